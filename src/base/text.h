#ifndef CR_BASE_TEXT_H
#define CR_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Small helpers on NUL-terminated ASCII text. None allocates. */

/* The number of single-character insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`
 * (optimal string alignment distance). Texts longer than 127 characters compare by their first 127. */
size_t cr_text_distance(const char *a, const char *b);

/* Keeps track of the candidate nearest to a wanted name, for "did you mean" sentences.
 * Start with CR_NEAREST_INIT; `best` is borrowed from the caller and NULL while nothing is near enough (a distance of
 * at most a third of the wanted name's length, and at least 1 is always near enough). */
struct cr_nearest {
    const char *best;
    size_t distance;
};
#define CR_NEAREST_INIT                                                                                                \
    { 0, (size_t)-1 }
void cr_nearest_consider(struct cr_nearest *nearest, const char *wanted, const char *candidate);

/* Parses the whole of `text` as a finite real or a whole number, in decimals; surrounding blanks are refused.
 * Returns 0 and stores the value, or CR_ERROR_USAGE with nothing stored and no sentence (the caller knows the key). */
CR_NODISCARD int cr_text_to_real(const char *text, double *value);
CR_NODISCARD int cr_text_to_integer(const char *text, int64_t *value);

/* As snprintf, but returns `buffer`: for the layers that know no stdio. */
const char *cr_text_format(char *buffer, size_t size, const char *format, ...) CR_PRINTF(3, 4);

/* Writes a real with the fewest digits that read back the same ("0.1", "4000", "1e-09"; "NA" for a NaN) and returns
 * `buffer`; 32 bytes hold any. */
const char *cr_text_real(double value, char *buffer, size_t size);

/* Whether `text` is a plain word: letters, digits, '_' or '-', at least one and at most `limit` of them. */
bool cr_text_is_word(const char *text, size_t limit);

/* Whether `length` bytes are well-formed UTF-8 (Unicode 15, table 3-7). */
bool cr_text_is_utf8(const char *text, size_t length);

/* Writes the folder that a path lies in ("." for a bare name, "/" for one in the root) and returns its name, within
 * `path`; NULL if the folder does not fit. */
const char *cr_text_split_path(const char *path, char *folder, size_t size);

/* The index of `text` among words that are separated by '|'; -1 if it is none of them. */
int cr_text_choice(const char *words, const char *text);

#endif
