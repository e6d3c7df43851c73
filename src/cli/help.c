#include "cli/help.h"

#include <string.h>

#include "base/text.h"
#include "model/parameters.h"

static int columns(const char *text, size_t length) {
    int count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xc0U) != 0x80U;
    return count;
}

void cr_help_wrap(FILE *out, const char *text, int column, int indent, int width) {
    bool begun = column > indent; /* whether a word stands on the line */
    while (*text) {
        if (*text == '\n') {
            putc('\n', out);
            column = 0;
            begun = false;
            text++;
            continue;
        }
        text += strspn(text, " ");
        const size_t length = strcspn(text, " \n");
        const int needed = columns(text, length);
        if (length == 0)
            continue;
        if (begun && column + 1 + needed > width) {
            putc('\n', out);
            column = 0;
            begun = false;
        }
        if (begun) {
            putc(' ', out);
            column++;
        } else if (column < indent) {
            fprintf(out, "%*s", indent - column, "");
            column = indent;
        }
        fprintf(out, "%.*s", (int)length, text);
        column += needed;
        begun = true;
        text += length;
    }
    putc('\n', out);
}

const char *cr_help_option_range(const struct cr_option *option, char *buffer, size_t size) {
    char low[32], high[32], range[160] = "";
    const struct cr_field *field = NULL;
    switch (option->type) {
    case CR_OPTION_INTEGER:
    case CR_OPTION_REAL:
        cr_text_format(range, sizeof range, "%s to %s", cr_text_real(option->minimum, low, sizeof low),
            cr_text_real(option->maximum, high, sizeof high));
        break;
    case CR_OPTION_CHOICE:
        cr_text_format(range, sizeof range, "%s", option->choices);
        break;
    case CR_OPTION_PARAMETER:
        field = cr_registry_find(&cr_parameter_registry, option->key);
        if (field)
            cr_field_range(field, range, sizeof range);
        break;
    case CR_OPTION_FLAG:
    case CR_OPTION_TEXT:
    case CR_OPTION_ASSIGNMENT:
        break;
    }
    return cr_text_format(buffer, size, "%s%s%s%s", range, *range && option->initial ? "; " : "",
        option->initial ? "default: " : "", option->initial ? option->initial : "");
}

void cr_help_program(FILE *out) {
    fprintf(out, "usage: cradle COMMAND [ARGUMENTS] [OPTIONS]\n\n");
    fprintf(out, "An agent-based simulator of attachment, from the cradle to the grave.\n\ncommands:\n");
    for (const struct cr_command *const *each = cr_commands(); *each; each++)
        if (!(*each)->hidden)
            fprintf(out, "  %-18s %s\n", (*each)->name, (*each)->summary);
    fprintf(out, "\n  cradle COMMAND --help   shows what a command does, its options, and examples\n"
                 "  cradle --version        shows the version\n");
}

static void print_option(FILE *out, const struct cr_option *option) {
    enum { INDENT = 22 };
    char text[512], range[200], letter[8] = "";
    const char *const argument = option->argument;
    if (option->letter)
        cr_text_format(letter, sizeof letter, "-%c, ", option->letter);
    const int column =
        fprintf(out, "  %s--%s%s%s", letter, option->name, argument ? " " : "", argument ? argument : "");
    cr_help_option_range(option, range, sizeof range);
    cr_text_format(text, sizeof text, "%s%s%s%s", option->what, *range ? " (" : "", range, *range ? ")" : "");
    if (column + 2 > INDENT)
        putc('\n', out);
    fprintf(out, "%*s", column + 2 > INDENT ? INDENT : INDENT - column, "");
    cr_help_wrap(out, text, INDENT, INDENT, CR_HELP_WIDTH);
}

void cr_help_command(FILE *out, const struct cr_command *command) {
    fprintf(out, "usage: cradle %s%s%s%s\n\n", command->name, *command->arguments ? " " : "", command->arguments,
        command->options ? " [OPTIONS]" : "");
    cr_help_wrap(out, command->description, 0, 0, CR_HELP_WIDTH);
    fprintf(out, "\noptions:\n");
    for (const struct cr_option *each = command->options; each && each->name; each++)
        print_option(out, each);
    print_option(out, &(struct cr_option){.name = "help", .type = CR_OPTION_FLAG, .what = "shows this help"});
    if (!command->examples)
        return;
    fprintf(out, "\nexamples:\n");
    for (const struct cr_example *each = command->examples; each->call; each++) {
        fprintf(out, "  %s\n", each->call);
        cr_help_wrap(out, each->what, 0, 6, CR_HELP_WIDTH);
    }
}
