#ifndef CR_IO_CONFIG_FILE_H
#define CR_IO_CONFIG_FILE_H

#include <libconfig.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* One libconfig file, read with care: scenarios, studies and evidence all come through here.
 *
 * The text is gathered before libconfig sees it, because libconfig ends the program when an included file cannot be
 * read, knows includes only beside the first file, takes an unended comment for the end, "." for 0, and of a whole
 * number its lowest 32 bits. So here `@include "other.cfg"` (at the beginning of its line) is relative to the file it
 * stands in, may be nested CR_CONFIG_INCLUDES deep, and every setting still knows the file and line it was written in.
 * Whole numbers of up to 18 digits keep their value (those above 9 digits are of type CONFIG_TYPE_INT64). Refused with
 * a sentence: what is no UTF-8 text, comments and texts without end, hexadecimal and malformed numbers, groups nested
 * deeper than CR_CONFIG_NESTING, more than CR_CONFIG_BYTES, CR_CONFIG_SETTINGS or CR_CONFIG_FILES in all. */

enum { CR_CONFIG_INCLUDES = 10, CR_CONFIG_NESTING = 32, CR_CONFIG_BYTES = 4 << 20, CR_CONFIG_SETTINGS = 20000 };
enum { CR_CONFIG_FILES = 1000 };
enum { CR_CONFIG_PATH_SIZE = 4096, CR_CONFIG_WHERE_SIZE = 256 };

struct cr_config_span {
    unsigned first;   /* line of the gathered text with which the span begins, from 1 */
    unsigned line;    /* the line of the file that is */
    const char *path; /* the file, borrowed from `paths` */
};

struct cr_config_file {
    config_t config;
    bool parsed; /* whether `config` needs to be destroyed */
    char *text;  /* owned: the gathered text */
    struct cr_config_span *spans;
    size_t span_count;
    char **paths; /* owned: each file that was gathered, as it was named, the first being the file itself */
    size_t path_count;
};

/* Fills `file` (any content) from the file at `path`. The caller frees it, also after a failure. CR_ERROR_CONFIG for
 * all that is wrong with the text or the name, CR_ERROR_IO when reading breaks off, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_config_file_read(const char *path, struct cr_config_file *file, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_config_file_free(struct cr_config_file *file);

/* Writes "path:line: " of a setting, for the beginning of a sentence; a long path loses its beginning. Returns
 * `buffer`, of CR_CONFIG_WHERE_SIZE bytes. */
const char *cr_config_file_where(
    const struct cr_config_file *file, const config_setting_t *setting, char buffer[CR_CONFIG_WHERE_SIZE]);

/* Turns a path that a setting names into one to open: relative to the folder of the file in which the setting stands.
 * CR_ERROR_CONFIG when it is empty or too long for `buffer`. */
CR_NODISCARD int cr_config_file_beside(const struct cr_config_file *file, const config_setting_t *setting,
    const char *relative, char buffer[CR_CONFIG_PATH_SIZE], struct cr_error *error);

#endif
