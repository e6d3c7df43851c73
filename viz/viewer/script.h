#ifndef CR_VIZ_SCRIPT_H
#define CR_VIZ_SCRIPT_H

#include <jansson.h>
#include <stddef.h>

#include "base/error.h"

/* A list of keys, clicks and waits, one command a line; '#' begins a comment, "..." holds words with blanks together.
 * The commands stand in viz/viewer/script_commands.def. What is read here is carried out by viz/viewer/script_play.h.
 */

enum { CR_SCRIPT_WORDS = 8, CR_SCRIPT_WORD_SIZE = 256 };

enum cr_script_command {
#define CR_SCRIPT_ROW(command, name, least, most, arguments, what) CR_SCRIPT_##command,
#include "viz/viewer/script_commands.def"
    CR_SCRIPT_COMMANDS
};

struct cr_script_row {
    const char *name;
    size_t least, most; /* words after it */
    const char *arguments, *what;
};

/* The row of a command; static. */
const struct cr_script_row *cr_script_row(enum cr_script_command command);

struct cr_script_line {
    int number; /* in the file, from 1 */
    enum cr_script_command command;
    size_t count;
    char words[CR_SCRIPT_WORDS][CR_SCRIPT_WORD_SIZE]; /* without the command */
};

struct cr_script {
    struct cr_script_line *lines; /* owned */
    size_t count, capacity;
};

/* Reads a whole text. `where` names it in sentences. CR_ERROR_USAGE with the line's number, CR_ERROR_MEMORY. Free with
 * cr_script_free in any case; safe twice. */
CR_NODISCARD int cr_script_parse(struct cr_script *script, const char *text, const char *where, struct cr_error *error);

/* The same from a file; "-" is the standard input. CR_ERROR_IO, too. */
CR_NODISCARD int cr_script_read(struct cr_script *script, const char *path, struct cr_error *error);
void cr_script_free(struct cr_script *script);

/* Whether what a line CR_SCRIPT_EXPECT says holds of a state. CR_ERROR_NUMERIC with a sentence that tells what is there
 * instead if it does not, or if there is nothing of that path. */
CR_NODISCARD int cr_script_expect(const struct cr_script_line *line, json_t *state, struct cr_error *error);

#endif
