#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/params.h"

/* The day on which the prose of this file was last changed; the build's own day would make builds differ. */
#define PROSE_DATE "2026-11-21"

/* One character of UTF-8, as roff writes it. Returns the bytes it took. */
static size_t print_character(const char *text) {
    const unsigned char lead = (unsigned char)*text;
    const size_t length = lead < 0x80 ? 1 : (lead < 0xe0 ? 2 : (lead < 0xf0 ? 3 : 4));
    if (length == 1) {
        if (*text == '\\')
            printf("\\e");
        else if (*text == '-')
            printf("\\-");
        else if (*text == '\'')
            printf("\\(aq");
        else if (*text == '"')
            printf("\\(dq");
        else if (*text == '^')
            printf("\\(ha");
        else if (*text == '~')
            printf("\\(ti");
        else if (*text == '`')
            printf("\\(ga");
        else
            putchar(*text);
        return 1;
    }
    unsigned point = lead & (0xffU >> (length + 1));
    for (size_t i = 1; i < length; i++)
        point = point << 6U | ((unsigned char)text[i] & 0x3fU);
    printf("\\[u%04X]", point);
    return length;
}

/* A line of roff, whatever its length. */
static void print_line(const char *text) {
    if (*text == '.')
        printf("\\&");
    while (*text)
        text += print_character(text);
    putchar('\n');
}

/* Prose, in short lines; an empty line of the text begins a paragraph, other line ends stay. */
static void print_text(const char *text) {
    enum { SHORT = 56 }; /* escapes make lines longer */
    size_t column = 0;
    while (*text) {
        if (*text == '\n') {
            const size_t ends = strspn(text, "\n");
            printf(ends > 1 ? "\n.PP\n" : "\n.br\n");
            text += ends;
            column = 0;
            continue;
        }
        const size_t length = strcspn(text, " \n");
        if (column > 0 && column + length > SHORT) {
            putchar('\n');
            column = 0;
        } else if (column > 0) {
            putchar(' ');
        }
        if (column == 0 && *text == '.')
            printf("\\&");
        for (const char *const end = text + length; text < end;)
            text += print_character(text);
        column += length + 1;
        text += strspn(text, " ");
    }
    putchar('\n');
}

static void print_verbatim(const char *const *lines) {
    printf(".PP\n.nf\n");
    for (; *lines; lines++)
        print_line(*lines);
    printf(".fi\n");
}

static void print_option(const struct cr_option *option) {
    char text[512], range[200];
    printf(".TP\n.B ");
    if (option->letter)
        printf("\\-%c, ", option->letter);
    printf("\\-\\-");
    for (const char *at = option->name; *at;)
        at += print_character(at);
    if (option->argument)
        printf(" \\fI%s\\fR", option->argument);
    putchar('\n');
    cr_help_option_range(option, range, sizeof range);
    print_text(
        cr_text_format(text, sizeof text, "%s%s%s%s", option->what, *range ? " (" : "", range, *range ? ")" : ""));
}

static void print_command(const struct cr_command *command) {
    printf(".SS \"cradle %s%s%s%s\"\n", command->name, *command->arguments ? " " : "", command->arguments,
        command->options ? " [OPTIONS]" : "");
    print_text(command->description);
    for (const struct cr_option *each = command->options; each && each->name; each++)
        print_option(each);
}

static void print_examples(void) {
    printf(".SH EXAMPLES\n");
    for (const struct cr_command *const *each = cr_commands(); *each; each++)
        for (const struct cr_example *example = (*each)->examples; example && example->call; example++) {
            printf(".TP\n.B ");
            print_line(example->call);
            print_text(example->what);
        }
}

static void print_parameters(void) {
    char key[CR_PARAMS_KEY_SIZE], initial[64], range[256], text[1024];
    const struct cr_field *field;
    printf(".SH PARAMETERS\n");
    for (size_t i = 0; (field = cr_params_row(i, key)); i++) {
        const bool pure = strcmp(field->unit, "1") == 0;
        printf(".TP\n.B ");
        print_line(key);
        print_text(field->what);
        printf(".br\n");
        print_text(cr_text_format(text, sizeof text, "Default %s, %s%s%s. Source: %s",
            cr_params_initial(field, initial, sizeof initial), cr_field_range(field, range, sizeof range),
            pure ? "" : ", ", pure ? "" : field->unit, field->source));
    }
}

static int manual(const struct cr_call *call, struct cr_error *error) {
    static const char *const scenario[] = {"title = \"Inconsistent care, and a war\";", "extends = \"baseline.cfg\";",
        "run : { people = 2000; };", "profiles : { erratic : { share = 1.0; inconsistency = 0.9; }; };",
        "events : { war : { age = 3.0; length = 0.5; availability = -0.5; }; };", NULL};
    (void)call;
    (void)error;
    printf(".TH CRADLE 1 %s \"cradle %s\" \"User Commands\"\n", PROSE_DATE, cr_version());
    printf(".SH NAME\ncradle \\- an agent\\-based simulator of attachment, from the cradle to the grave\n"
           ".SH SYNOPSIS\n.B cradle\n.I COMMAND\n[\\fIARGUMENTS\\fR] [\\fIOPTIONS\\fR]\n"
           ".SH DESCRIPTION\n");
    print_text("Cradle simulates how people attach to their caregivers in childhood and to each other as adults, and "
               "measures them with the instruments of the field. Results go to the standard output or into files; "
               "progress and errors go to the standard error. Options may be shortened as long as they stay "
               "unambiguous, and may stand before or behind arguments.");
    printf(".SH COMMANDS\n");
    for (const struct cr_command *const *each = cr_commands(); *each; each++)
        print_command(*each);
    printf(".SH OPTIONS\nEvery command has\n");
    print_option(&(struct cr_option){
        .name = "help", .type = CR_OPTION_FLAG, .what = "shows what the command does, its options, and examples"});
    printf(".PP\n.B cradle \\-\\-version\nshows the version.\n");
    printf(".SH SCENARIOS\n"
           "A scenario is a file of libconfig. Its groups are the groups of the parameters;\n"
           ".B profiles\nnames kinds of caregivers and\n.B events\nwhat befalls children at an age.\n"
           "It may begin from another scenario that it\n.BR extends ,\n"
           "whose settings its own override, and may contain others by\n.BR @include ;\n"
           "both are relative to the file.\n");
    print_verbatim(scenario);
    print_parameters();
    printf(".SH EXIT STATUS\n"
           ".TP\n.B 0\nAll is well.\n"
           ".TP\n.B 1\nA run or a check failed, or a file could not be written.\n"
           ".TP\n.B 2\nThe call or a configuration was wrong.\n");
    print_examples();
    return 0;
}

static const struct cr_example examples[] = {{"cradle manual | man -l -", "reads the manual"}, {0}};

const struct cr_command cr_command_manual = {
    .name = "manual",
    .summary = "prints the manual page",
    .arguments = "",
    .least = 0,
    .most = 0,
    .description = "Prints the manual page, cradle(1), made from the same tables as the help.",
    .examples = examples,
    .hidden = true,
    .main = manual,
};
