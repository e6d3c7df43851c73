#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include "near.h"
#include "seat.h"
#include "viz/viewer/alteration.h"
#include "viz/viewer/choice.h"
#include "viz/viewer/deed.h"
#include "viz/viewer/input.h"
#include "viz/viewer/state.h"

static int open_seat(void **state) {
    *state = take_seat(1, 1024, 640, 0, 18.0);
    return 0;
}

static int close_seat(void **state) {
    leave_seat(*state);
    return 0;
}

static json_t *state_of(struct seat *seat) {
    struct cr_error error = {0};
    json_t *json = cr_state_make(&seat->viewer, &error);
    if (!json)
        fail_msg("%s", error.sentence);
    return json;
}

static const char *text_at(json_t *json, const char *name) {
    const char *text = json_string_value(json_object_get(json, name));
    assert_non_null(text);
    return text;
}

static int64_t number_at(json_t *json, const char *name) {
    assert_true(json_is_integer(json_object_get(json, name)));
    return json_integer_value(json_object_get(json, name));
}

static void the_state_tells_what_is_shown_at_the_start(void **state) {
    struct seat *seat = *state;
    json_t *json = state_of(seat);
    assert_int_equal(number_at(json, "week"), 0);
    assert_int_equal(number_at(json, "weeks"), 25 * 52);
    assert_string_equal(text_at(json, "arrangement"), "plane");
    assert_string_equal(text_at(json, "theme"), "dark");
    assert_string_equal(text_at(json, "drawer"), "none");
    assert_true(json_is_false(json_object_get(json, "playing")));
    assert_true(json_is_null(json_object_get(json_object_get(json, "selection"), "person")));
    assert_int_equal(json_array_size(json_object_get(json, "panels")), 6);
    assert_int_equal(json_array_size(json_object_get(json, "changes")), 0);
    assert_int_equal(json_array_size(json_object_get(json, "worlds")), 1);
    json_decref(json);
}

static void keys_change_it(void **state) {
    struct seat *seat = *state;
    press(seat, SDLK_RIGHT, KMOD_LSHIFT);
    press(seat, SDLK_RIGHT, KMOD_NONE);
    press(seat, SDLK_2, KMOD_NONE);
    press(seat, SDLK_t, KMOD_NONE);
    press(seat, SDLK_i, KMOD_NONE);
    json_t *json = state_of(seat);
    assert_int_equal(number_at(json, "week"), 53);
    assert_string_equal(text_at(json, "arrangement"), "map");
    assert_string_equal(text_at(json, "theme"), "light");
    assert_string_equal(text_at(json, "drawer"), "interventions");
    json_decref(json);
    press(seat, SDLK_ESCAPE, KMOD_NONE);
    press(seat, SDLK_LEFT, KMOD_NONE);
    json = state_of(seat);
    assert_int_equal(number_at(json, "week"), 52);
    assert_int_equal(number_at(json, "head"), 53);
    assert_string_equal(text_at(json, "drawer"), "none");
    json_decref(json);
}

static void every_panel_tells_the_last_value_of_its_lines(void **state) {
    struct seat *seat = *state;
    for (size_t i = 0; i < 2; i++) {
        struct cr_panel_choice choice;
        assert_true(cr_panel_find(i == 0 ? "strategies" : "arousal", &choice));
        cr_panels_choose(seat->viewer.panels, i, choice);
    }
    cr_deed_go(&seat->viewer, 22 * 52);
    frames(seat, 3);
    const struct cr_findings *findings = &cr_viewer_now(&seat->viewer, 0)->findings;
    json_t *json = state_of(seat);
    json_t *lines = json_object_get(json_array_get(json_object_get(json, "panels"), 0), "lines");
    assert_int_equal(json_array_size(lines), 4);
    json_t *protest = json_array_get(lines, 0);
    assert_string_equal(text_at(protest, "name"), "protest");
    assert_near(json_number_value(json_object_get(protest, "at")), 22.0, 0.0);
    bool compared = false;
    for (size_t k = 0; k < findings->series_count; k++)
        if (findings->series[k].measure == cr_measure_find("strategy_share") &&
            strcmp(findings->series[k].group, "protest") == 0) {
            assert_near(json_real_value(json_object_get(protest, "value")), (double)findings->series[k].value[21], 0.0);
            compared = true;
        }
    assert_true(compared);
    lines = json_object_get(json_array_get(json_object_get(json, "panels"), 1), "lines");
    assert_int_equal(json_array_size(lines), 2 * (1 + CR_STYLES));
    assert_string_equal(text_at(json_array_get(lines, 0), "name"), "felt");
    assert_string_equal(text_at(json_array_get(lines, 0), "at"), "all");
    assert_true(json_real_value(json_object_get(json_array_get(lines, 0), "value")) > 0.0);
    json_decref(json);
}

static void a_change_is_told_with_its_week_and_what_it_changed(void **state) {
    struct seat *seat = *state;
    const struct cr_field *field = cr_registry_find(&cr_parameter_registry, "conflict.rate");
    press(seat, SDLK_RIGHT, KMOD_LSHIFT);
    cr_alteration_wish(&seat->viewer, field, 0.25, 0);
    frames(seat, 2);
    json_t *json = state_of(seat);
    json_t *change = json_array_get(json_object_get(json, "changes"), 0);
    assert_int_equal(number_at(change, "week"), 52);
    assert_string_equal(text_at(change, "parameter"), "conflict.rate");
    assert_near(json_real_value(json_object_get(json_object_get(json, "parameters"), "conflict.rate")), 0.25, 0.0);
    assert_true(json_is_true(json_object_get(json, "altered")));
    json_decref(json);
}

static void a_change_of_the_past_waits_for_an_answer(void **state) {
    struct seat *seat = *state;
    const struct cr_field *field = cr_registry_find(&cr_parameter_registry, "conflict.rate");
    press(seat, SDLK_RIGHT, KMOD_LSHIFT);
    press(seat, SDLK_RIGHT, KMOD_LSHIFT);
    press(seat, SDLK_HOME, KMOD_NONE);
    for (int agreed = 0; agreed < 2; agreed++) {
        cr_alteration_wish(&seat->viewer, field, 0.25, 0);
        frames(seat, 2);
        json_t *json = state_of(seat);
        assert_string_equal(text_at(json, "box"), "question");
        assert_string_equal(text_at(json, "focus"), "agree");
        assert_int_equal(json_array_size(json_object_get(json, "changes")), 0);
        json_decref(json);
        press(seat, agreed ? SDLK_RETURN : SDLK_ESCAPE, KMOD_NONE);
        frames(seat, 2);
        json = state_of(seat);
        assert_string_equal(text_at(json, "box"), "none");
        assert_int_equal(json_array_size(json_object_get(json, "changes")), agreed);
        assert_int_equal(number_at(json, "head"), agreed ? 0 : 104);
        json_decref(json);
    }
}

static void who_is_chosen_is_told_and_never_lies_under_the_card(void **state) {
    struct seat *seat = *state;
    cr_deed_go(&seat->viewer, 22 * 52);
    frames(seat, 2);
    for (int32_t person = 0; person < 40; person++) {
        cr_choice_take(&seat->viewer, person, CR_SHOWN_PERSON);
        frames(seat, 3);
        json_t *json = state_of(seat);
        json_t *selection = json_object_get(json, "selection");
        assert_int_equal(number_at(selection, "person"), person);
        assert_string_equal(text_at(selection, "card"), "person");
        if (json_is_true(json_object_get(selection, "in_view")))
            assert_true(json_is_false(json_object_get(selection, "under_card")));
        json_decref(json);
    }
}

static void every_control_can_be_reached_by_tab(void **state) {
    struct seat *seat = *state;
    size_t reached = 0;
    press(seat, SDLK_p, KMOD_NONE);
    cr_input_focus(&seat->viewer, "");
    size_t wanted = 0;
    for (size_t i = 0; i < seat->viewer.widgets.count; i++) {
        const struct cr_widget *each = &seat->viewer.widgets.list[i];
        wanted += each->kind != CR_WIDGET_TEXT && *each->name && !each->off && !each->passed;
    }
    char first[CR_WIDGET_NAME] = "";
    for (size_t i = 0; i < 2 * wanted; i++) {
        press(seat, SDLK_TAB, KMOD_NONE);
        if (i == 0)
            (void)strcpy(first, seat->viewer.focus);
        else if (strcmp(first, seat->viewer.focus) == 0)
            break;
        /* What has the focus is in view. */
        const struct cr_widget *focused = cr_widgets_find(&seat->viewer.widgets, seat->viewer.focus);
        assert_non_null(focused);
        assert_true(cr_widgets_visible(&seat->viewer.widgets, focused).height >= 0.99 * focused->where.height);
        reached++;
    }
    assert_int_equal(reached, wanted);
    assert_in_range(wanted, 100, 1000);
}

static void sliders_obey_arrow_keys_and_the_change_follows(void **state) {
    struct seat *seat = *state;
    press(seat, SDLK_p, KMOD_NONE);
    frames(seat, 1);
    cr_text_field_set(&seat->viewer.filter, "conflict.rate");
    frames(seat, 1);
    cr_input_focus(&seat->viewer, "parameter:conflict.rate");
    seat->viewer.by_keys = true;
    for (int i = 0; i < 3; i++)
        press(seat, SDLK_RIGHT, KMOD_NONE);
    assert_int_equal(cr_viewer_now(&seat->viewer, 0)->change_count, 0);
    frames(seat, 40);
    assert_int_equal(cr_viewer_now(&seat->viewer, 0)->change_count, 1);
    assert_true(cr_viewer_now(&seat->viewer, 0)->changes[0].value > 0.08);
}

static void two_worlds_are_both_told(void **state) {
    struct seat *seat = take_seat(2, 1024, 640, 0, 18.0);
    const struct cr_field *field = cr_registry_find(&cr_parameter_registry, "conflict.rate");
    (void)state;
    press(seat, SDLK_b, KMOD_NONE); /* from both to the first */
    press(seat, SDLK_b, KMOD_NONE); /* to the second */
    cr_alteration_wish(&seat->viewer, field, 0.25, 0);
    frames(seat, 2);
    json_t *json = state_of(seat);
    json_t *worlds = json_object_get(json, "worlds");
    assert_string_equal(text_at(json, "changes_act_on"), "B");
    assert_int_equal(json_array_size(worlds), 2);
    assert_int_equal(json_array_size(json_object_get(json_array_get(worlds, 0), "changes")), 0);
    assert_int_equal(json_array_size(json_object_get(json_array_get(worlds, 1), "changes")), 1);
    json_decref(json);
    leave_seat(seat);
}

static void it_is_written_whole_or_refused(void **state) {
    struct seat *seat = *state;
    char path[] = "/tmp/cradle-state-XXXXXX";
    struct cr_error error = {0};
    const int file = mkstemp(path);
    assert_true(file >= 0);
    (void)close(file);
    assert_int_equal(cr_state_write(&seat->viewer, path, &error), 0);
    json_t *json = json_load_file(path, 0, NULL);
    assert_non_null(json);
    assert_int_equal(number_at(json, "week"), 0);
    json_decref(json);
    (void)unlink(path);
    assert_int_equal(cr_state_write(&seat->viewer, "/nowhere/at/all.json", &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "all.json"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_state_tells_what_is_shown_at_the_start, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(keys_change_it, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(every_panel_tells_the_last_value_of_its_lines, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(a_change_is_told_with_its_week_and_what_it_changed, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(a_change_of_the_past_waits_for_an_answer, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(who_is_chosen_is_told_and_never_lies_under_the_card, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(every_control_can_be_reached_by_tab, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(sliders_obey_arrow_keys_and_the_change_follows, open_seat, close_seat),
        cmocka_unit_test(two_worlds_are_both_told),
        cmocka_unit_test_setup_teardown(it_is_written_whole_or_refused, open_seat, close_seat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
