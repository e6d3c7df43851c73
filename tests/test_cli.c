#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* The program as its users meet it: what it prints, where, and its exit status. */

#define FIXTURES CR_SOURCE_DIR "/tests/fixtures/"

static char output[1 << 20]; /* of the last call, the standard error among it if it was not sent elsewhere */

/* Calls "cradle ARGUMENTS" by the shell, which may redirect. Returns the exit status. */
static int cradle(const char *arguments) {
    char command[2048];
    snprintf(command, sizeof command, "'%s' %s", CR_EXECUTABLE, arguments);
    FILE *const stream = popen(command, "r"); /* NOLINT(cert-env33-c): the shell is what users call it from */
    assert_non_null(stream);
    const size_t length = fread(output, 1, sizeof output - 1, stream);
    output[length] = '\0';
    const int status = pclose(stream);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void prints(const char *part) {
    if (!strstr(output, part))
        fail_msg("not printed: %s; but: %.2000s", part, output);
}

static void a_call_without_a_command_is_wrong(void **state) {
    (void)state;
    assert_int_equal(cradle("2>&1 >/dev/null"), 2);
    prints("usage: cradle COMMAND");
}

static void help_goes_to_the_standard_output(void **state) {
    (void)state;
    static const char *const calls[] = {"--help", "-h", "help"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(cradle(calls[i]), 0);
        prints("usage: cradle COMMAND");
        prints("  check ");
        assert_null(strstr(output, "  manual"));
    }
}

static void the_version_is_told(void **state) {
    (void)state;
    assert_int_equal(cradle("--version"), 0);
    assert_memory_equal(output, "cradle ", 7);
    assert_in_range(strspn(output + 7, "0123456789."), 5, 20);
    assert_string_equal(output + 7 + strspn(output + 7, "0123456789."), "\n");
}

static void an_unknown_command_names_the_nearest_one(void **state) {
    (void)state;
    assert_int_equal(cradle("chekc 2>&1"), 2);
    assert_string_equal(output, "cradle: unknown command chekc; did you mean check?\n");
    assert_int_equal(cradle("zzzzzz 2>&1"), 2);
    assert_string_equal(output, "cradle: unknown command zzzzzz; see cradle --help\n");
    assert_int_equal(cradle("'' 2>&1"), 2);
    prints("unknown command (empty)");
    assert_int_equal(cradle("--people 3 2>&1"), 2);
    prints("a command must come before --people");
}

static void every_command_has_help_with_options_and_examples(void **state) {
    (void)state;
    static char list[1 << 16];
    assert_int_equal(cradle("completion bash"), 0);
    const char *words = strstr(output, "help) COMPREPLY=($(compgen -W '");
    assert_non_null(words);
    words = strchr(words, '\'') + 1;
    snprintf(list, sizeof list, "%.*s completion manual", (int)strcspn(words, "'"), words);
    int count = 0;
    for (char *name = strtok(list, " "); name; name = strtok(NULL, " "), count++) {
        char call[256], usage[256];
        snprintf(call, sizeof call, "%s --help", name);
        snprintf(usage, sizeof usage, "usage: cradle %s", name);
        assert_int_equal(cradle(call), 0);
        prints(usage);
        prints("options:\n");
        prints("--help");
        prints("examples:\n");
        for (const char *line = output; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
            assert_in_range(strcspn(line, "\n"), 0, 100);
    }
    assert_in_range(count, 5, 100);
}

static void a_wrong_option_is_refused_with_the_nearest_one(void **state) {
    (void)state;
    static const struct {
        const char *call, *sentence;
    } pairs[] = {{"check --peeple 3 x", "cradle check: unknown option --peeple; did you mean --people?\n"},
        {"check --zzzzzz x", "cradle check: unknown option --zzzzzz; see cradle check --help\n"},
        {"check -x", "cradle check: unknown option -x; see cradle check --help\n"},
        {"check --se 3 x", "cradle check: --se could be several options; see cradle check --help\n"},
        {"check x --people", "cradle check: --people needs a value; see cradle check --help\n"},
        {"check --help=3", "cradle check: --help takes no value\n"},
        {"check", "cradle check: FILE... is missing; see cradle check --help\n"},
        {"params a b", "cradle params: b is one argument too many; see cradle params --help\n"},
        {"params --format xml", "cradle params: --format must be one of text|md|csv, not xml\n"},
        {"check x --people many",
            "cradle check: --people: run.people must be a whole number from 2 to 10000000, not many\n"},
        {"check x --years=nan", "cradle check: --years: run.years must be a number from 0.02 to 150, not nan\n"},
        {"check x --set people",
            "cradle check: --set must be followed by key=value, such as run.people=1000, not people\n"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char call[256];
        snprintf(call, sizeof call, "%s 2>&1 >/dev/null", pairs[i].call);
        assert_int_equal(cradle(call), 2);
        assert_string_equal(output, pairs[i].sentence);
    }
}

static void letters_stand_for_their_options(void **state) {
    (void)state;
    static const struct {
        const char *call, *sentence;
    } pairs[] = {{"chart lines x -o", "cradle chart: -o needs a value; see cradle chart --help\n"},
        {"chart lines x -o=a.svg", "cradle chart: -o takes its value without '=': -o FILE, or --output=FILE\n"},
        {"chart lines x -o ''", "cradle chart: --output must be followed by a value, not empty\n"},
        {"chart lines x -x -o a.svg", "cradle chart: unknown option -x; see cradle chart --help\n"},
        {"chart -xo a.svg lines x", "cradle chart: unknown option -x; see cradle chart --help\n"},
        {"chart lines -oa.svg", "cradle chart: KIND SOURCE is missing; see cradle chart --help\n"},
        {"check -o a.svg x", "cradle check: unknown option -o; see cradle check --help\n"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char call[256];
        snprintf(call, sizeof call, "%s 2>&1 >/dev/null", pairs[i].call);
        assert_int_equal(cradle(call), 2);
        assert_string_equal(output, pairs[i].sentence);
    }
    assert_int_equal(cradle("chart -h"), 0);
    prints("-o, --output FILE");
    assert_int_equal(cradle("manual"), 0);
    prints("\n.B \\-o, \\-\\-output \\fIFILE\\fR\n");
    assert_int_equal(cradle("completion zsh"), 0);
    prints("'(-o --output)'{-o,--output=}'[");
    assert_int_equal(cradle("completion bash"), 0);
    prints("'chart --output' | 'chart -o') compopt -o filenames;");
}

static void check_tells_what_is_right_in_a_line(void **state) {
    (void)state;
    assert_int_equal(cradle("check " FIXTURES "parent.cfg"), 0);
    assert_string_equal(output, FIXTURES "parent.cfg: ok: parent (The scenario that others start from), 300 people, "
                                         "12.5 years, 2 profiles, 1 event, 3 changes\n");
}

static void a_change_after_the_end_of_the_run_is_noted(void **state) {
    (void)state;
    assert_int_equal(cradle("check " FIXTURES "parent.cfg --years 10 2>&1 >/dev/null"), 0);
    prints("parent.cfg changes learning.rate in week 520, which is after the end of a run of 520 weeks\n");
    assert_int_equal(cradle("check " FIXTURES "parent.cfg --years 10.1 2>&1 >/dev/null"), 0);
    assert_null(strstr(output, "after the end"));
}

static void a_change_can_be_set_and_is_looked_at(void **state) {
    (void)state;
    assert_int_equal(cradle("check " FIXTURES "parent.cfg --set at.3.grief.years=2 --set at.520.times.load=4"), 0);
    prints(", 1 event, 4 changes\n");
    assert_int_equal(cradle("check " FIXTURES "parent.cfg --set at.3.grief.years=99 2>&1"), 2);
    prints("cradle check: --set: at.3.grief.years must be a number from 0.01 to 20, not 99\n");
}

static void only_of_a_live_parameter_it_is_told_how_it_changes(void **state) {
    (void)state;
    assert_int_equal(cradle("params times.load"), 0);
    prints("changes : ( { week = 520; key = \"times.load\"; value = 1; } );");
    prints("at.520.times.load=1\n");
    static const char *const others[] = {"params run.people", "params ecr.anxiety_cut", "params study.points"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(cradle(others[i]), 0);
        assert_null(strstr(output, "at.520"));
    }
}

static void options_override_the_file_in_their_order(void **state) {
    (void)state;
    assert_int_equal(cradle("check --set run.people=40 " FIXTURES "parent.cfg --people 50 --years 3"), 0);
    prints("50 people, 3 years");
    assert_int_equal(cradle("check " FIXTURES "parent.cfg --people 50 --set run.people=40"), 0);
    prints("40 people, 12.5 years");
}

static void check_looks_at_all_files(void **state) {
    (void)state;
    assert_int_equal(
        cradle("check " FIXTURES "cycle_one.cfg " FIXTURES "parent.cfg absent.cfg " FIXTURES "child.cfg 2>&1"), 2);
    prints("parent.cfg: ok:");
    prints("child.cfg: ok:");
    prints("cannot extend itself");
    prints("cannot read absent.cfg");
}

static void check_refuses_what_an_option_makes_wrong(void **state) {
    (void)state;
    assert_int_equal(cradle("check " FIXTURES "parent.cfg --set profile.atuned.share=1 2>&1"), 2);
    assert_string_equal(output, "cradle check: --set: the scenario has no profile atuned; did you mean attuned?\n");
}

static void params_shows_every_row_within_120_columns(void **state) {
    (void)state;
    assert_int_equal(cradle("params"), 0);
    prints("run.people ");
    prints("profile.<name>.sensitivity ");
    prints("event.<name>.age ");
    for (const char *line = output; *line;) {
        const size_t length = strcspn(line, "\n");
        if (length > 120)
            fail_msg("%.*s", (int)length, line);
        line += length + (line[length] == '\n');
    }
}

static void params_finds_keys_groups_and_beginnings(void **state) {
    (void)state;
    assert_int_equal(cradle("params run.people"), 0);
    prints("  default     4000\n");
    prints("--set run.people=4000");
    assert_int_equal(cradle("params run"), 0);
    prints("run.people");
    prints("run.years");
    assert_null(strstr(output, "profile."));
    assert_int_equal(cradle("params profile.sens"), 0);
    prints("profile.<name>.sensitivity");
    static const char *const keys[] = {"profile.attuned.rebuff", "profile.rebuff", "'profile.<name>.rebuff'"};
    for (size_t i = 0; i < 3; i++) {
        char call[64];
        snprintf(call, sizeof call, "params %s", keys[i]);
        assert_int_equal(cradle(call), 0);
        assert_memory_equal(output, "profile.<name>.rebuff\n", 22);
        prints("profiles : { some_name : { rebuff = ");
    }
}

static void an_unknown_parameter_names_the_nearest_one(void **state) {
    (void)state;
    assert_int_equal(cradle("params run.poeple 2>&1"), 2);
    assert_string_equal(output, "cradle params: unknown parameter run.poeple; did you mean run.people?\n");
    assert_int_equal(cradle("params people 2>&1"), 2);
    prints("did you mean run.people?");
    assert_int_equal(cradle("params rnu 2>&1"), 2);
    prints("did you mean run?");
}

/* Counts the fields of every line of CSV; the lines must be alike. */
static int columns_of_csv(void) {
    int columns = 0, fields = 1;
    bool quoted = false;
    for (const char *at = output; *at; at++) {
        if (*at == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        fields += *at == ',';
        if (*at != '\n')
            continue;
        if (columns)
            assert_int_equal(fields, columns);
        columns = fields;
        fields = 1;
    }
    assert_false(quoted);
    return columns;
}

static void tables_have_one_cell_a_column(void **state) {
    (void)state;
    assert_int_equal(cradle("params --format csv"), 0);
    assert_memory_equal(output, "key,type,default,range,unit,role,what,source\n", 45);
    assert_int_equal(columns_of_csv(), 8);
    assert_int_equal(cradle("measures --format csv"), 0);
    assert_int_equal(columns_of_csv(), 6);
    assert_int_equal(cradle("params run --format md"), 0);
    prints("| key | type |");
    prints("\n| run.people | integer | 4000 | 2 to 10000000 |");
}

static void measures_are_found_by_their_beginning(void **state) {
    (void)state;
    assert_int_equal(cradle("measures ssp_share"), 0);
    prints("  instrument  Strange Situation\n");
    assert_int_equal(cradle("measures ssp"), 0);
    prints("ssp_share ");
    assert_int_equal(cradle("measures spp_share 2>&1"), 2);
    assert_string_equal(output, "cradle measures: unknown measure spp_share; did you mean ssp_share?\n");
}

static void a_full_disk_is_a_failure(void **state) {
    (void)state;
    assert_int_equal(cradle("params 2>&1 >/dev/full"), 1);
    prints("standard output could not be written");
}

static void shells_accept_the_completion(void **state) {
    (void)state;
    assert_int_equal(cradle("completion bash | bash -n 2>&1"), 0);
    assert_string_equal(output, "");
    assert_int_equal(cradle("completion zsh"), 0);
    assert_memory_equal(output, "#compdef cradle\n", 16);
    assert_int_equal(cradle("completion fish 2>&1"), 2);
}

static void completion_knows_commands_options_and_keys(void **state) {
    (void)state;
    static const char complete[] = "completion bash | bash -c 'source /dev/stdin; compopt() { :; }; "
                                   "COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _cradle; "
                                   "echo \"${COMPREPLY[*]}\"'";
    static const struct {
        const char *words, *found;
    } pairs[] = {{"cradle chec", "check\n"}, {"cradle check --peo", "--people\n"},
        {"cradle check --set run.peo", "run.people=\n"}, {"cradle params --format m", "md\n"},
        {"cradle params run.peo", "run.people\n"}, {"cradle measures ssp_sha", "ssp_share\n"},
        {"cradle check " FIXTURES "paren", FIXTURES "parent.cfg\n"},
        {"cradle chart lines " FIXTURES "paren", FIXTURES "parent.cfg\n"},
        {"cradle chart -o " FIXTURES "paren", FIXTURES "parent.cfg\n"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char call[1024];
        snprintf(call, sizeof call, complete, pairs[i].words);
        assert_int_equal(cradle(call), 0);
        assert_string_equal(output, pairs[i].found);
    }
}

static void the_manual_knows_every_command_and_parameter(void **state) {
    (void)state;
    assert_int_equal(cradle("manual"), 0);
    assert_memory_equal(output, ".TH CRADLE 1 ", 13);
    prints(".SS \"cradle check FILE... [OPTIONS]\"\n");
    prints("\n.B run.people\n");
    prints("\n.B \\-\\-people \\fIN\\fR\n");
    for (const char *at = output; *at; at++)
        assert_true((unsigned char)*at < 0x80);
    assert_int_equal(
        cradle("manual | if command -v mandoc >/dev/null; then mandoc -Tlint 2>&1; else cat >/dev/null; fi"), 0);
    assert_string_equal(output, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_without_a_command_is_wrong),
        cmocka_unit_test(help_goes_to_the_standard_output),
        cmocka_unit_test(the_version_is_told),
        cmocka_unit_test(an_unknown_command_names_the_nearest_one),
        cmocka_unit_test(every_command_has_help_with_options_and_examples),
        cmocka_unit_test(a_wrong_option_is_refused_with_the_nearest_one),
        cmocka_unit_test(letters_stand_for_their_options),
        cmocka_unit_test(check_tells_what_is_right_in_a_line),
        cmocka_unit_test(options_override_the_file_in_their_order),
        cmocka_unit_test(a_change_after_the_end_of_the_run_is_noted),
        cmocka_unit_test(a_change_can_be_set_and_is_looked_at),
        cmocka_unit_test(only_of_a_live_parameter_it_is_told_how_it_changes),
        cmocka_unit_test(check_looks_at_all_files),
        cmocka_unit_test(check_refuses_what_an_option_makes_wrong),
        cmocka_unit_test(params_shows_every_row_within_120_columns),
        cmocka_unit_test(params_finds_keys_groups_and_beginnings),
        cmocka_unit_test(an_unknown_parameter_names_the_nearest_one),
        cmocka_unit_test(tables_have_one_cell_a_column),
        cmocka_unit_test(measures_are_found_by_their_beginning),
        cmocka_unit_test(a_full_disk_is_a_failure),
        cmocka_unit_test(shells_accept_the_completion),
        cmocka_unit_test(completion_knows_commands_options_and_keys),
        cmocka_unit_test(the_manual_knows_every_command_and_parameter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
