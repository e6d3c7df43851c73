#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "failing_allocation.h"
#include "viz/viewer/script.h"

static struct cr_script parsed(const char *text) {
    struct cr_script script;
    struct cr_error error = {0};
    if (cr_script_parse(&script, text, "t", &error) != 0)
        fail_msg("%s", error.sentence);
    return script;
}

static void lines_become_commands_with_their_words(void **state) {
    (void)state;
    struct cr_script script =
        parsed("# a comment\n\nkey shift+right # year\n  type \"happy couple\" now\r\nclick 10 20\nquit");
    assert_int_equal(script.count, 4);
    assert_int_equal(script.lines[0].command, CR_SCRIPT_KEY);
    assert_int_equal(script.lines[0].number, 3);
    assert_string_equal(script.lines[0].words[0], "shift+right");
    assert_int_equal(script.lines[1].count, 2);
    assert_string_equal(script.lines[1].words[0], "happy couple");
    assert_string_equal(script.lines[1].words[1], "now");
    assert_int_equal(script.lines[2].command, CR_SCRIPT_CLICK);
    assert_int_equal(script.lines[3].command, CR_SCRIPT_QUIT);
    assert_int_equal(script.lines[3].number, 6);
    cr_script_free(&script);
    cr_script_free(&script);
    script = parsed("");
    assert_int_equal(script.count, 0);
    cr_script_free(&script);
}

static void what_is_wrong_is_told_with_its_line(void **state) {
    (void)state;
    static const struct {
        const char *text, *sentence;
    } wrong[] = {{"key p\nklick play", "t:2: there is no command klick; did you mean click?"},
        {"frobnicate", "t:1: there is no command frobnicate"}, {"key", "t:1: key takes KEY"},
        {"wait 1 2", "t:1: wait takes FRAMES"}, {"quit now", "t:1: quit takes nothing"},
        {"type \"open", "t:1: a word is too long or does not end"},
        {"drag a b", "t:1: drag takes WIDGET FROM TO | X Y X Y"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct cr_script script;
        struct cr_error error = {0};
        assert_int_equal(cr_script_parse(&script, wrong[i].text, "t", &error), CR_ERROR_USAGE);
        assert_string_equal(error.sentence, wrong[i].sentence);
        cr_script_free(&script);
    }
    char text[400] = "type ";
    memset(text + 5, 'x', 300);
    struct cr_script script;
    assert_int_equal(cr_script_parse(&script, text, "t", NULL), CR_ERROR_USAGE);
    cr_script_free(&script);
}

static int expectation(const char *line, const char *json, struct cr_error *error) {
    struct cr_script script = parsed(line);
    json_t *state = json_loads(json, 0, NULL);
    assert_non_null(state);
    const int code = cr_script_expect(&script.lines[0], state, error);
    json_decref(state);
    cr_script_free(&script);
    return code;
}

static const char json[] = "{\"week\":520,\"drawer\":\"none\",\"share\":0.30000000000000004,\"on\":true,\"hint\":null,"
                           "\"panels\":[{\"name\":\"survival\"},{\"name\":\"earned\"}],"
                           "\"parameters\":{\"conflict.rate\":0.5}}";

static void what_holds_is_let_pass(void **state) {
    (void)state;
    static const char *const true_lines[] = {"expect week 520", "expect week = 520", "expect week > 519.5",
        "expect week < 521", "expect week != 519", "expect drawer none", "expect drawer != help", "expect share 0.3",
        "expect on true", "expect hint null", "expect panels.1.name earned", "expect panels.count 2",
        "expect parameters.conflict.rate 0.5"};
    for (size_t i = 0; i < sizeof true_lines / sizeof *true_lines; i++)
        if (expectation(true_lines[i], json, NULL) != 0)
            fail_msg("should hold: %s", true_lines[i]);
}

static void what_does_not_hold_is_told_with_what_is_there(void **state) {
    (void)state;
    static const struct {
        const char *line, *sentence;
    } pairs[] = {{"expect week 521", "line 1: expected week = 521, but it is 520"},
        {"expect week > 520", "line 1: expected week > 520, but it is 520"},
        {"expect week != 520", "line 1: expected week != 520, but it is 520"},
        {"expect drawer < 3", "line 1: expected drawer < 3, but it is none"},
        {"expect nothing 3", "line 1: the state has no nothing"},
        {"expect panels.7.name x", "line 1: the state has no panels.7.name"},
        {"expect panels.x.name x", "line 1: the state has no panels.x.name"},
        {"expect week >= 3", "line 1: >= is none of =, !=, <, >"},
        {"expect panels x", "line 1: expected panels = x, but it is (several)"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct cr_error error = {0};
        assert_int_equal(expectation(pairs[i].line, json, &error), CR_ERROR_NUMERIC);
        assert_string_equal(error.sentence, pairs[i].sentence);
    }
}

static void a_file_is_read_whole(void **state) {
    (void)state;
    char path[] = "/tmp/cradle-script-XXXXXX";
    const int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *stream = fdopen(file, "w");
    for (int i = 0; i < 3000; i++)
        (void)fprintf(stream, "wait 1\n");
    (void)fclose(stream);
    struct cr_script script;
    assert_int_equal(cr_script_read(&script, path, NULL), 0);
    assert_int_equal(script.count, 3000);
    cr_script_free(&script);
    (void)unlink(path);
    struct cr_error error = {0};
    assert_int_equal(cr_script_read(&script, path, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, path));
    cr_script_free(&script);
}

static void without_memory_it_is_refused(void **state) {
    (void)state;
    for (long n = 0; n < 3; n++) {
        struct cr_script script;
        struct cr_error error = {0};
        char text[800] = "";
        for (int i = 0; i < 40; i++)
            strcat(text, "key p\n");
        allocations_left = n;
        const int code = cr_script_parse(&script, text, "t", &error);
        allocations_left = -1;
        assert_int_equal(code, n < 3 && code ? CR_ERROR_MEMORY : 0);
        if (n == 0)
            assert_int_equal(code, CR_ERROR_MEMORY);
        cr_script_free(&script);
    }
    assert_int_equal(allocations_held, 0);
}

static void every_command_tells_what_it_takes(void **state) {
    (void)state;
    for (int c = 0; c < CR_SCRIPT_COMMANDS; c++) {
        const struct cr_script_row *row = cr_script_row((enum cr_script_command)c);
        assert_true(row->least <= row->most && row->most <= CR_SCRIPT_WORDS);
        assert_true(*row->what && (*row->arguments || row->most == 0));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_become_commands_with_their_words),
        cmocka_unit_test(what_is_wrong_is_told_with_its_line),
        cmocka_unit_test(what_holds_is_let_pass),
        cmocka_unit_test(what_does_not_hold_is_told_with_what_is_there),
        cmocka_unit_test(a_file_is_read_whole),
        cmocka_unit_test(without_memory_it_is_refused),
        cmocka_unit_test(every_command_tells_what_it_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
