#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/params.h"
#include "measure/measures.h"

/* What can be completed for options and arguments of these names. */
static bool is_file(const char *argument) {
    return argument && (strstr(argument, "FILE") || strstr(argument, "DIR") || strstr(argument, "SCENARIO") ||
                           strstr(argument, "STUDY") || strstr(argument, "STORE") || strstr(argument, "SOURCE"));
}

static void print_words(const char *choices) {
    for (const char *at = choices; *at; at++)
        putchar(*at == '|' ? ' ' : *at);
}

static void print_keys(const char *after) {
    char key[CR_PARAMS_KEY_SIZE];
    for (size_t i = 0; cr_params_row(i, key); i++)
        if (!strchr(key, '<') && strncmp(key, CR_PARAMS_STUDY, sizeof CR_PARAMS_STUDY - 1) != 0)
            printf("%s%s%s", i ? " " : "", key, after);
}

static void print_measures(void) {
    for (int m = 0; m < cr_measure_count; m++)
        printf("%s%s", m ? " " : "", cr_measures[m].name);
}

static void print_bash_option(const struct cr_command *command, const struct cr_option *option) {
    if (option->type == CR_OPTION_FLAG)
        return;
    printf("    '%s --%s'", command->name, option->name);
    if (option->letter)
        printf(" | '%s -%c'", command->name, option->letter);
    putchar(')');
    if (option->type == CR_OPTION_ASSIGNMENT) {
        printf(" compopt -o nospace; COMPREPLY=($(compgen -W \"$assignments\" -- \"$word\"));");
    } else if (option->type == CR_OPTION_CHOICE) {
        printf(" COMPREPLY=($(compgen -W '");
        print_words(option->choices);
        printf("' -- \"$word\"));");
    } else if (is_file(option->argument)) {
        printf(" compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\"));");
    }
    printf(" return ;;\n");
}

static void print_bash(void) {
    printf("# bash completion for cradle; made by: cradle completion bash\n"
           "# shellcheck disable=SC2207 # no word holds a blank\n"
           "_cradle() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}\n"
           "    local options='--help' keys assignments measures\n"
           "    keys='");
    print_keys("");
    printf("'\n    assignments='");
    print_keys("=");
    printf("'\n    measures='");
    print_measures();
    printf("'\n    COMPREPLY=()\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
           "        COMPREPLY=($(compgen -W 'help --help --version");
    for (const struct cr_command *const *each = cr_commands(); *each; each++)
        if (!(*each)->hidden)
            printf(" %s", (*each)->name);
    printf("' -- \"$word\"))\n"
           "        return\n"
           "    fi\n"
           "    case \"$command $before\" in\n");
    for (const struct cr_command *const *each = cr_commands(); *each; each++)
        for (const struct cr_option *option = (*each)->options; option && option->name; option++)
            print_bash_option(*each, option);
    printf("    esac\n"
           "    case $command in\n");
    for (const struct cr_command *const *each = cr_commands(); *each; each++) {
        if (!(*each)->options)
            continue;
        printf("    %s) options='", (*each)->name);
        for (const struct cr_option *option = (*each)->options; option->name; option++)
            printf("--%s ", option->name);
        printf("--help' ;;\n");
    }
    printf("    esac\n"
           "    if [[ $word == -* ]]; then\n"
           "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
           "        return\n"
           "    fi\n"
           "    case $command in\n");
    for (const struct cr_command *const *each = cr_commands(); *each; each++) {
        if (strstr((*each)->arguments, "KEY"))
            printf("    %s) COMPREPLY=($(compgen -W \"$keys\" -- \"$word\")) ;;\n", (*each)->name);
        else if (strstr((*each)->arguments, "NAME"))
            printf("    %s) COMPREPLY=($(compgen -W \"$measures\" -- \"$word\")) ;;\n", (*each)->name);
        else if (is_file((*each)->arguments))
            printf("    %s) compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\")) ;;\n", (*each)->name);
    }
    printf("    help) COMPREPLY=($(compgen -W '");
    for (const struct cr_command *const *each = cr_commands(); *each; each++)
        if (!(*each)->hidden)
            printf("%s%s", each == cr_commands() ? "" : " ", (*each)->name);
    printf("' -- \"$word\")) ;;\n"
           "    esac\n"
           "}\n"
           "complete -F _cradle cradle\n");
}

/* Inside single quotes, with what _arguments and _describe read as signs of their own held back. */
static void print_zsh_text(const char *text) {
    for (const char *at = text; *at; at++) {
        if (*at == '\'') {
            printf("'\\''");
            continue;
        }
        if (strchr("[]:\\", *at))
            putchar('\\');
        putchar(*at);
    }
}

static void print_zsh_option(const struct cr_option *option) {
    const char *const equals = option->type == CR_OPTION_FLAG ? "" : "=";
    if (option->letter)
        printf("            '(-%c --%s)'{-%c,--%s%s}'[", option->letter, option->name, option->letter, option->name,
            equals);
    else
        printf("            '%s--%s%s[", option->type == CR_OPTION_ASSIGNMENT ? "*" : "", option->name, equals);
    print_zsh_text(option->what);
    putchar(']');
    if (option->type != CR_OPTION_FLAG)
        printf(":%s:", option->argument);
    if (option->type == CR_OPTION_ASSIGNMENT) {
        printf("{compadd -S= -a keys}");
    } else if (option->type == CR_OPTION_CHOICE) {
        putchar('(');
        print_words(option->choices);
        putchar(')');
    } else if (option->type != CR_OPTION_FLAG && is_file(option->argument)) {
        printf("_files");
    }
    printf("' \\\n");
}

static void print_zsh(void) {
    printf("#compdef cradle\n"
           "# zsh completion for cradle; made by: cradle completion zsh\n"
           "_cradle() {\n"
           "    local -a commands keys measures\n"
           "    commands=(\n");
    for (const struct cr_command *const *each = cr_commands(); *each; each++) {
        if ((*each)->hidden)
            continue;
        printf("        '%s:", (*each)->name);
        print_zsh_text((*each)->summary);
        printf("'\n");
    }
    printf("    )\n"
           "    keys=(");
    print_keys("");
    printf(")\n    measures=(");
    print_measures();
    printf(")\n"
           "    if (( CURRENT == 2 )); then\n"
           "        _describe command commands\n"
           "        return\n"
           "    fi\n"
           "    local command=$words[2]\n"
           "    shift words\n"
           "    (( CURRENT-- ))\n"
           "    case $command in\n");
    for (const struct cr_command *const *each = cr_commands(); *each; each++) {
        if ((*each)->hidden)
            continue;
        printf("    %s)\n        _arguments \\\n", (*each)->name);
        for (const struct cr_option *option = (*each)->options; option && option->name; option++)
            print_zsh_option(option);
        printf("            '--help[shows help]'");
        if (strstr((*each)->arguments, "KEY"))
            printf(" \\\n            '*:key:{compadd -a keys}'");
        else if (strstr((*each)->arguments, "NAME"))
            printf(" \\\n            '*:measure:{compadd -a measures}'");
        else if (is_file((*each)->arguments))
            printf(" \\\n            '*:file:_files'");
        printf(" ;;\n");
    }
    printf("    esac\n"
           "}\n"
           "if [ \"$funcstack[1]\" = _cradle ]; then\n"
           "    _cradle \"$@\"\n"
           "else\n"
           "    compdef _cradle cradle\n"
           "fi\n");
}

static int completion(const struct cr_call *call, struct cr_error *error) {
    const char *const shell = call->arguments[0];
    if (strcmp(shell, "bash") == 0)
        print_bash();
    else if (strcmp(shell, "zsh") == 0)
        print_zsh();
    else
        return cr_error_set(error, CR_ERROR_USAGE, "there is completion for bash and zsh, not for %.80s", shell);
    return 0;
}

static const struct cr_example examples[] = {{"source <(cradle completion bash)", "in ~/.bashrc"},
    {"source <(cradle completion zsh)", "in ~/.zshrc, after compinit"}, {0}};

const struct cr_command cr_command_completion = {
    .name = "completion",
    .summary = "prints a script that completes cradle's words in bash or zsh",
    .arguments = "bash|zsh",
    .least = 1,
    .most = 1,
    .description = "Prints a script for the shell that completes commands, options, keys and files of cradle.",
    .examples = examples,
    .hidden = true,
    .main = completion,
};
