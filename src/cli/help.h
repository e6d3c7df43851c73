#ifndef CR_CLI_HELP_H
#define CR_CLI_HELP_H

#include <stdio.h>

#include "cli/command.h"

enum { CR_HELP_WIDTH = 80 };

/* Prints a text broken at blanks into lines of at most `width` columns, each after `indent` blanks; the cursor stands
 * in column `column` already. Keeps line ends of the text; ends with one. Columns are counted in characters of UTF-8.
 */
void cr_help_wrap(FILE *out, const char *text, int column, int indent, int width);

/* Writes what values an option takes and what it is when not given, such as "1 to 4096; default: all cores"; "" if
 * there is nothing to tell. Returns `buffer`. */
const char *cr_help_option_range(const struct cr_option *option, char *buffer, size_t size);

/* Prints the list of commands; the help of one. */
void cr_help_program(FILE *out);
void cr_help_command(FILE *out, const struct cr_command *command);

#endif
