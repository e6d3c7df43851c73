#ifndef CR_STUDY_STUDY_TABLE_H
#define CR_STUDY_STUDY_TABLE_H

#include "study/study.h"

/* The points of a study of design table, from a CSV file (RFC 4180; UTF-8, with or without a byte order mark, any line
 * ends): the first line names the keys, each of the others is a point, with a value for every key as --set takes it.
 * Blanks about a value and empty lines do not count.
 *
 * Adds the file's columns to the study's axes, of which there are none yet. `where` ("path:line: ") says who asks for
 * the file. CR_ERROR_CONFIG, with file, line and key, for what cannot be opened or is wrong; CR_ERROR_IO when reading
 * breaks off; CR_ERROR_MEMORY. */
CR_NODISCARD int cr_study_table_read(
    struct cr_study *study, const char *path, const char *where, struct cr_error *error);

#endif
