#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "near.h"
#include "seat.h"
#include "viz/viewer/choice.h"
#include "viz/viewer/deed.h"
#include "viz/viewer/face.h"
#include "viz/viewer/input.h"

/* Grown up early, so that there are couples. */
static struct seat *open_seat(size_t worlds, int width, int height) {
    struct seat *const seat = take_seat(worlds, width, height, 15 * CR_WEEKS_A_YEAR, 12.0);
    frames(seat, 1);
    return seat;
}

static void type(struct seat *seat, const char *text) {
    for (; *text; text++) {
        SDL_Event event = {.type = SDL_TEXTINPUT};
        event.text.text[0] = *text;
        (void)SDL_PushEvent(&event);
    }
    frames(seat, 1);
}

static const struct cr_widget *find(const struct seat *seat, const char *name) {
    return cr_widgets_find(&seat->viewer.widgets, name);
}

static void scroll_wheel(struct seat *seat, double x, double y, int steps) {
    SDL_Event event = {.type = SDL_MOUSEMOTION};
    event.motion.x = (Sint32)x;
    event.motion.y = (Sint32)y;
    (void)SDL_PushEvent(&event);
    event = (SDL_Event){.type = SDL_MOUSEWHEEL};
    event.wheel.y = steps;
    (void)SDL_PushEvent(&event);
    frames(seat, 2);
}

/* Somebody with a partner. */
static int32_t somebody(const struct seat *seat) {
    const struct cr_snapshot *const now = cr_viewer_now(&seat->viewer, 0);
    for (uint32_t i = 0; i < now->people; i++)
        if (now->partner[i] != CR_NOBODY)
            return (int32_t)i;
    fail_msg("nobody has a partner");
    return CR_NOBODY;
}

static const char *tip(const struct seat *seat) {
    const struct cr_widgets *const widgets = &seat->viewer.widgets;
    const size_t at = widgets->begin[CR_LAYER_TIP];
    return at < widgets->begin[CR_LAYER_TIP + 1] ? widgets->list[at].label : "";
}

/* Walks with Tab until it is back where it began; each control takes the focus, tells what it does, and is in view. */
static void walk(struct seat *seat) {
    const struct cr_widgets *const widgets = &seat->viewer.widgets;
    char visited[CR_WIDGETS_MAX][CR_WIDGET_NAME];
    size_t count = 0, controls = 0;
    char first[CR_WIDGET_NAME];
    press(seat, SDLK_TAB, 0);
    (void)snprintf(first, sizeof first, "%s", seat->viewer.focus);
    do {
        const struct cr_widget *const focused = find(seat, seat->viewer.focus);
        assert_non_null(focused);
        assert_true(seat->viewer.by_keys);
        const struct cr_rect seen = cr_widgets_visible(widgets, focused);
        if (!(seen.width > 0.0 && seen.height > 0.0))
            fail_msg("%s is out of view", focused->name);
        if (focused->action == CR_DO_NOTHING || !(*focused->tip || *cr_action_row(focused->action)->words))
            fail_msg("%s does not tell what it does", focused->name);
        (void)snprintf(visited[count++], CR_WIDGET_NAME, "%s", focused->name);
        press(seat, SDLK_TAB, 0);
    } while (strcmp(seat->viewer.focus, first) != 0 && count < CR_WIDGETS_MAX);
    for (size_t i = cr_widgets_boxed(widgets) ? widgets->begin[CR_LAYER_BOX] : 0; i < widgets->count; i++) {
        const struct cr_widget *const each = &widgets->list[i];
        bool found = !*each->name || each->off || each->passed;
        controls += !found;
        for (size_t k = 0; k < count && !found; k++)
            found = strcmp(visited[k], each->name) == 0;
        if (!found)
            fail_msg("%s is not reached by keys", each->name);
    }
    assert_int_equal(count, controls);
}

static void all_controls_are_reached_by_keys_and_tell_what_they_do(void **state) {
    (void)state;
    struct seat *seat = open_seat(2, 1280, 720);
    walk(seat);
    cr_choice_take(&seat->viewer, somebody(seat), CR_SHOWN_PERSON);
    frames(seat, 30);
    assert_non_null(find(seat, "card:0"));
    walk(seat);
    press(seat, SDLK_i, 0);
    walk(seat);
    press(seat, SDLK_p, 0);
    type(seat, "times");
    frames(seat, 1);
    walk(seat);
    seat->viewer.hint = 0;
    frames(seat, 1);
    walk(seat);
    cr_deed_do(&seat->viewer, CR_DO_SEARCH, -1);
    frames(seat, 1);
    walk(seat);
    cr_deed_do(&seat->viewer, CR_DO_CLOSE, -1);
    cr_deed_do(&seat->viewer, CR_DO_HELP, -1);
    frames(seat, 1);
    walk(seat);
    leave_seat(seat);
}

static void a_sign_without_words_tells_them_when_keys_stop_at_it(void **state) {
    (void)state;
    struct seat *seat = open_seat(1, 1024, 640);
    cr_input_focus(&seat->viewer, "week");
    press(seat, SDLK_TAB, 0);
    assert_string_equal(seat->viewer.focus, "year");
    assert_string_equal(tip(seat), "");
    frames(seat, 40);
    assert_string_equal(tip(seat), "One year on (Shift + →)");
    press(seat, SDLK_TAB, 0);
    assert_string_equal(tip(seat), "");
    leave_seat(seat);
}

static void escape_closes_one_thing_at_a_time(void **state) {
    (void)state;
    struct seat *seat = open_seat(1, 1600, 900);
    struct cr_viewer *const viewer = &seat->viewer;
    cr_choice_take(viewer, somebody(seat), CR_SHOWN_PERSON);
    press(seat, SDLK_p, 0);
    viewer->enlarged = 1;
    viewer->hint = 0;
    cr_deed_do(viewer, CR_DO_HELP, -1);
    frames(seat, 1);
    for (int open = 5; open > 0; open--) {
        const int left = (viewer->box != CR_BOX_NONE) + (viewer->hint >= 0) + (viewer->enlarged >= 0) +
                         (viewer->drawer != CR_DRAWER_NONE) + (viewer->choice.person != CR_NOBODY);
        assert_int_equal(left, open);
        press(seat, SDLK_ESCAPE, 0);
    }
    assert_int_equal(viewer->choice.person, CR_NOBODY);
    leave_seat(seat);
}

static void a_card_hides_nothing_of_the_scenes(void **state) {
    (void)state;
    for (size_t worlds = 1; worlds <= 2; worlds++) {
        struct seat *seat = open_seat(worlds, 1024, 640);
        struct cr_viewer *const viewer = &seat->viewer;
        cr_choice_take(viewer, somebody(seat), CR_SHOWN_COUPLE);
        frames(seat, 2);
        const double on_the_way = viewer->layout.scene[worlds - 1].width;
        frames(seat, 30);
        assert_true(viewer->card_place.width > 300.0);
        assert_true(viewer->layout.scene[worlds - 1].width < on_the_way);
        for (size_t w = 0; w < worlds; w++) {
            assert_false(cr_rect_overlap(viewer->card_place, viewer->layout.scene[w]));
            double x, y;
            assert_true(cr_scene_place(viewer->scene[w], viewer->choice.person, &x, &y));
            assert_true(cr_layout_within(viewer->layout.scene[w], x, y));
            assert_int_equal(cr_scene_pick(viewer->scene[w], x, y).person, viewer->choice.person);
        }
        /* and is there at once where nothing is to glide */
        press(seat, SDLK_ESCAPE, 0);
        frames(seat, 30);
        const double before = viewer->layout.scene[0].width;
        viewer->look.reduced_motion = true;
        cr_choice_take(viewer, somebody(seat), CR_SHOWN_PERSON);
        frames(seat, 1);
        const double after = viewer->layout.scene[0].width;
        frames(seat, 30);
        assert_true(after < before);
        assert_near(viewer->layout.scene[0].width, after, 0.0);
        leave_seat(seat);
    }
}

static void a_card_is_scrolled_by_wheel_and_keys_and_its_names_lead_on(void **state) {
    (void)state;
    struct seat *seat = open_seat(1, 1024, 640);
    struct cr_viewer *const viewer = &seat->viewer;
    const int32_t person = somebody(seat), partner = cr_viewer_now(viewer, 0)->partner[person];
    cr_choice_take(viewer, person, CR_SHOWN_PERSON);
    frames(seat, 30);
    const struct cr_rect card = viewer->card_place;
    assert_true(viewer->card_length > 50.0);
    scroll_wheel(seat, card.x + 50.0, card.y + 50.0, -1);
    assert_near(viewer->card_scroll, 60.0, 0.0);
    press(seat, SDLK_PAGEDOWN, 0);
    frames(seat, 1);
    assert_near(viewer->card_scroll, viewer->card_length, 0.0);
    press(seat, SDLK_PAGEUP, 0);
    assert_near(viewer->card_scroll, 0.0, 0.0);
    /* Tab brings a name into view, Enter goes there. */
    int steps = 0;
    while ((strncmp(viewer->focus, "card:", 5) != 0 || find(seat, viewer->focus)->argument != partner) && steps++ < 60)
        press(seat, SDLK_TAB, 0);
    assert_true(steps < 60);
    press(seat, SDLK_RETURN, 0);
    assert_int_equal(viewer->choice.person, partner);
    leave_seat(seat);
}

static void who_is_found_is_seen_beside_the_scene_and_the_search(void **state) {
    (void)state;
    struct seat *seat = open_seat(1, 1024, 640);
    struct cr_viewer *const viewer = &seat->viewer;
    cr_deed_do(viewer, CR_DO_SEARCH, -1);
    frames(seat, 30);
    const struct cr_rect *const box = &viewer->widgets.place[CR_LAYER_BOX].frame;
    assert_false(cr_rect_overlap(cr_rect_without(*box, 6.0, 6.0, 6.0, 6.0), viewer->layout.scene[0]));
    assert_non_null(find(seat, "search:married"));
    type(seat, "adult");
    press(seat, SDLK_RETURN, 0);
    frames(seat, 30);
    assert_int_equal(viewer->box, CR_BOX_SEARCH);
    assert_true(viewer->choice.person != CR_NOBODY);
    assert_null(find(seat, "search:married"));
    assert_true(viewer->card_place.height > 300.0);
    assert_false(cr_rect_overlap(cr_rect_without(*box, 6.0, 6.0, 6.0, 6.0), viewer->card_place));
    assert_false(cr_rect_overlap(viewer->card_place, viewer->layout.scene[0]));
    double x, y;
    assert_true(cr_scene_place(viewer->scene[0], viewer->choice.person, &x, &y));
    assert_true(cr_layout_within(viewer->layout.scene[0], x, y));
    /* Who types on looks for somebody else; a suggestion by keys leaves the focus where Enter finds the next. */
    type(seat, "s");
    frames(seat, 1);
    assert_non_null(find(seat, "search:married"));
    cr_deed_do(viewer, CR_DO_SEARCH_WORD, 5);
    frames(seat, 1);
    assert_string_equal(viewer->focus, "search_text");
    leave_seat(seat);
}

/* Types a value into the field of conflict.rate. */
static void type_rate(struct seat *seat, const char *text) {
    cr_input_focus(&seat->viewer, "value:conflict.rate");
    frames(seat, 1);
    type(seat, text);
    press(seat, SDLK_RETURN, 0);
}

static void a_complaint_is_over_as_soon_as_a_value_holds(void **state) {
    (void)state;
    struct seat *seat = open_seat(1, 1024, 640);
    struct cr_viewer *const viewer = &seat->viewer;
    press(seat, SDLK_p, 0);
    type(seat, "conflict rate");
    frames(seat, 1);
    type_rate(seat, "900");
    assert_true(viewer->toast_left > 3.0);
    assert_non_null(strstr(viewer->toast, "conflict.rate"));
    /* another one that cannot be; then one that can, before it is even taken */
    press(seat, SDLK_BACKSPACE, 0);
    assert_true(viewer->toast_left > 3.0);
    press(seat, SDLK_BACKSPACE, 0);
    press(seat, SDLK_BACKSPACE, 0);
    type(seat, "0.2");
    assert_near(viewer->toast_left, 0.0, 0.0);
    press(seat, SDLK_RETURN, 0);
    assert_near(viewer->toast_left, 0.0, 0.0);
    /* by a slider, by giving up, and by a message that is none, which stays */
    type_rate(seat, "900");
    assert_true(viewer->toast_left > 3.0);
    const struct cr_widget *const slider = find(seat, "parameter:conflict.rate");
    assert_non_null(slider);
    cr_deed_slide(viewer, slider, 0.3, false);
    frames(seat, 40);
    assert_near(viewer->toast_left, 0.0, 0.0);
    type_rate(seat, "x");
    press(seat, SDLK_ESCAPE, 0);
    assert_near(viewer->toast_left, 0.0, 0.0);
    cr_viewer_tell(viewer, "something else");
    type_rate(seat, "0.25");
    assert_true(viewer->toast_left > 3.0);
    leave_seat(seat);
}

static void the_buttons_of_a_panel_have_a_ground_of_their_own_within_it(void **state) {
    (void)state;
    struct seat *seat = open_seat(1, 1600, 900);
    const struct cr_rect panel = seat->viewer.layout.panel[1];
    scroll_wheel(seat, panel.x + 20.0, panel.y + 60.0, 0);
    const struct cr_layer_place *const place = &seat->viewer.widgets.place[CR_LAYER_PANEL];
    assert_int_equal(place->plate, CR_PLATE_FLOATING);
    static const char *const names[] = {"measure:1", "enlarge:1"};
    for (size_t i = 0; i < 2; i++) {
        const struct cr_widget *const button = find(seat, names[i]);
        assert_non_null(button);
        assert_true(button->where.x >= place->frame.x + 6.0 && button->where.y >= panel.y);
        assert_true(cr_rect_right(button->where) <= cr_rect_right(panel));
        assert_true(cr_rect_bottom(button->where) <= panel.y + 30.0);
    }
    assert_false(cr_rect_overlap(find(seat, names[0])->where, find(seat, names[1])->where));
    leave_seat(seat);
}

static bool is_clickable(const struct cr_widget *widget) {
    return *widget->name && !widget->off && widget->kind != CR_WIDGET_TEXT;
}

/* Of scenes the place alone may lie beneath a message. */
static void assert_nothing_beneath(const struct seat *seat) {
    const struct cr_widgets *const widgets = &seat->viewer.widgets;
    const struct cr_rect toast = widgets->place[CR_LAYER_TOAST].frame;
    assert_true(toast.width > 100.0 && toast.x >= 0.0 && cr_rect_right(toast) <= seat->viewer.window.width);
    for (size_t i = 0; i < widgets->count; i++) {
        const struct cr_widget *const each = &widgets->list[i];
        if (is_clickable(each) && each->action != CR_DO_SCENE &&
            cr_rect_overlap(cr_widgets_visible(widgets, each), toast))
            fail_msg("%s lies beneath a message", each->name);
    }
    assert_false(cr_rect_overlap(widgets->place[CR_LAYER_HINT].frame, toast));
}

static void a_message_covers_nothing_that_can_be_clicked(void **state) {
    (void)state;
    static const int sizes[][2] = {{1024, 640}, {1600, 900}};
    for (size_t i = 0; i < 4; i++) {
        struct seat *seat = open_seat(1 + i / 2, sizes[i % 2][0], sizes[i % 2][1]);
        struct cr_viewer *const viewer = &seat->viewer;
        viewer->look.reduced_motion = true;
        viewer->hint = 0;
        cr_viewer_tell(
            viewer, "The altered scenario is saved: /home/somebody/a/folder/of/scenarios/baseline-altered.cfg");
        frames(seat, 1);
        assert_nothing_beneath(seat);
        cr_choice_take(viewer, somebody(seat), CR_SHOWN_COUPLE);
        frames(seat, 1);
        assert_nothing_beneath(seat);
        press(seat, SDLK_p, 0);
        assert_nothing_beneath(seat);
        viewer->enlarged = 2;
        frames(seat, 1);
        assert_nothing_beneath(seat);
        leave_seat(seat);
    }
}

static void a_larger_window_has_larger_letters_unless_told(void **state) {
    (void)state;
    struct cr_error error = {0};
    struct seat *seat = open_seat(1, 1600, 900);
    assert_int_equal(cr_viewer_resize(&seat->viewer, 3840, 2160, &error), 0);
    frames(seat, 1);
    assert_near(seat->viewer.look.scale, 1.0, 0.0);
    seat->viewing.scale = 0.0;
    assert_int_equal(cr_viewer_resize(&seat->viewer, 2560, 1440, &error), 0);
    frames(seat, 1);
    assert_near(seat->viewer.look.scale, 1.25, 0.0);
    assert_int_equal(cr_viewer_resize(&seat->viewer, 1024, 640, &error), 0);
    frames(seat, 1);
    assert_near(seat->viewer.look.scale, 1.0, 0.0);
    leave_seat(seat);
}

/* What the search says beneath its field. */
static const char *search_line(const struct seat *seat) {
    const struct cr_widgets *const widgets = &seat->viewer.widgets;
    for (size_t i = widgets->begin[CR_LAYER_BOX]; i < widgets->begin[CR_LAYER_BOX + 1]; i++)
        if (widgets->list[i].kind == CR_WIDGET_TEXT)
            return widgets->list[i].label;
    return "";
}

static void a_search_claims_nothing_of_other_words_or_another_week(void **state) {
    (void)state;
    struct seat *seat = open_seat(1, 1024, 640);
    struct cr_viewer *const viewer = &seat->viewer;
    cr_deed_do(viewer, CR_DO_SEARCH, -1);
    frames(seat, 1);
    type(seat, "adult");
    press(seat, SDLK_RETURN, 0);
    assert_int_equal(strncmp(search_line(seat), "1 of ", 5), 0);
    assert_null(strstr(search_line(seat), "week"));
    cr_pace_go(&viewer->pace, 15 * CR_WEEKS_A_YEAR + 3);
    frames(seat, 3);
    assert_non_null(strstr(search_line(seat), " in Year 15 · week 0."));
    press(seat, SDLK_BACKSPACE, 0);
    assert_non_null(strstr(search_line(seat), "Enter finds"));
    leave_seat(seat);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_controls_are_reached_by_keys_and_tell_what_they_do),
        cmocka_unit_test(a_sign_without_words_tells_them_when_keys_stop_at_it),
        cmocka_unit_test(escape_closes_one_thing_at_a_time),
        cmocka_unit_test(a_card_hides_nothing_of_the_scenes),
        cmocka_unit_test(a_card_is_scrolled_by_wheel_and_keys_and_its_names_lead_on),
        cmocka_unit_test(who_is_found_is_seen_beside_the_scene_and_the_search),
        cmocka_unit_test(a_complaint_is_over_as_soon_as_a_value_holds),
        cmocka_unit_test(the_buttons_of_a_panel_have_a_ground_of_their_own_within_it),
        cmocka_unit_test(a_message_covers_nothing_that_can_be_clicked),
        cmocka_unit_test(a_larger_window_has_larger_letters_unless_told),
        cmocka_unit_test(a_search_claims_nothing_of_other_words_or_another_week),
    };
    return cmocka_run_group_tests_name("face", tests, NULL, NULL);
}
