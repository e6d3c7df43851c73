#ifndef CR_IO_EVIDENCE_FILE_H
#define CR_IO_EVIDENCE_FILE_H

#include <stddef.h>

#include "base/error.h"

/* Published findings that the model is held against, as read from libconfig files:
 *
 *     title = "Infancy";
 *     evidence = (
 *         { id = "ssp.B"; quantity = "share secure in the Strange Situation"; value = 0.516; low = 0.476; high = 0.556;
 *           source = "Madigan et al. 2023"; use = "cal"; measure = "ssp_share"; group = "B"; note = "optional"; }
 *     );
 *
 * Every entry needs all keys but `note`; low <= value <= high. */

enum cr_evidence_use {
    CR_EVIDENCE_CALIBRATED, /* "cal": parameters may be fitted to it */
    CR_EVIDENCE_HELD_OUT    /* "val": never fitted, only reported */
};

/* Text is owned by the struct cr_evidence that holds the entry. */
struct cr_evidence_entry {
    char *id;       /* a word of at most CR_EVIDENCE_ID_MAX letters, digits, '.', '-', '_'; unique in all files */
    char *quantity; /* what was measured, in words */
    double value;   /* as published; in the unit of the measure */
    double low;     /* the band in which a simulated value agrees */
    double high;
    char *source;  /* citation */
    char *measure; /* name of the measure that stands for it, and the group of people it is taken from */
    char *group;
    char *note; /* NULL: none */
    enum cr_evidence_use use;
    size_t file; /* index of the file it stands in */
};

enum { CR_EVIDENCE_ID_MAX = 24 };

struct cr_evidence_file {
    char *path;
    char *title;
};

struct cr_evidence {
    struct cr_evidence_file *files; /* owned; by name */
    size_t file_count;
    struct cr_evidence_entry *entries; /* owned; file by file, in the order of the file */
    size_t entry_count;
};

/* Says whether a measure of that name and group exists: 0, or a negative code after recording in `error` a sentence
 * that begins with `where` ("file:line: "). */
typedef int cr_evidence_check(
    void *context, const char *measure, const char *group, const char *where, struct cr_error *error);

/* Reads a file, or all files of a folder whose names end in ".cfg", sorted by name. `check` may be NULL. Unknown,
 * missing and repeated keys, wrong types, bad numbers and a second use of an id are refused with file, line and key:
 * CR_ERROR_CONFIG, as for a path that cannot be opened. CR_ERROR_IO when reading breaks off, CR_ERROR_MEMORY. Nothing
 * needs to be freed after a failure; otherwise free with cr_evidence_free. */
CR_NODISCARD int cr_evidence_read(
    struct cr_evidence *evidence, const char *path, cr_evidence_check *check, void *context, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_evidence_free(struct cr_evidence *evidence);

#endif
