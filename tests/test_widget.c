#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "near.h"
#include "viz/controls/widget.h"

struct desk {
    struct cr_widgets widgets;
};

static int open_desk(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    assert_non_null(desk);
    desk->widgets.list = calloc(CR_WIDGETS_MAX, sizeof *desk->widgets.list);
    assert_non_null(desk->widgets.list);
    *state = desk;
    return 0;
}

static int close_desk(void **state) {
    struct desk *desk = *state;
    free(desk->widgets.list);
    free(desk);
    return 0;
}

static const struct cr_rect frame = {0.0, 0.0, 400.0, 300.0};

/* A toolbar of two buttons (the first is off), a text, a slider; a drawer with a field scrolled half out of view. */
static void fill(struct cr_widgets *widgets, bool box) {
    cr_widgets_begin(widgets);
    cr_widgets_layer(widgets, CR_LAYER_TOOLBAR, CR_PLATE_BAR, frame);
    cr_widgets_add(widgets, CR_WIDGET_BUTTON, "first", (struct cr_rect){0.0, 0.0, 20.0, 20.0})->off = true;
    cr_widgets_add(widgets, CR_WIDGET_BUTTON, "second", (struct cr_rect){20.0, 0.0, 20.0, 20.0});
    cr_widgets_add(widgets, CR_WIDGET_TEXT, "", (struct cr_rect){40.0, 0.0, 20.0, 20.0});
    cr_widgets_add(widgets, CR_WIDGET_SLIDER, "slider", (struct cr_rect){60.0, 0.0, 20.0, 20.0});
    cr_widgets_layer(widgets, CR_LAYER_DRAWER, CR_PLATE_BAR, frame);
    widgets->place[CR_LAYER_DRAWER].view = (struct cr_rect){0.0, 100.0, 400.0, 100.0};
    cr_widgets_add(widgets, CR_WIDGET_FIELD, "field", (struct cr_rect){0.0, 80.0, 50.0, 40.0})->scrolled = true;
    if (box) {
        cr_widgets_layer(widgets, CR_LAYER_BOX, CR_PLATE_FLOATING, frame);
        cr_widgets_add(widgets, CR_WIDGET_BUTTON, "yes", (struct cr_rect){15.0, 0.0, 20.0, 20.0});
        cr_widgets_add(widgets, CR_WIDGET_BUTTON, "no", (struct cr_rect){100.0, 0.0, 20.0, 20.0});
    }
    cr_widgets_end(widgets);
}

static void widgets_are_found_by_name(void **state) {
    struct cr_widgets *widgets = &((struct desk *)*state)->widgets;
    fill(widgets, false);
    assert_string_equal(cr_widgets_find(widgets, "slider")->name, "slider");
    assert_null(cr_widgets_find(widgets, "none"));
    assert_null(cr_widgets_find(widgets, ""));
}

static void the_topmost_widget_is_hit(void **state) {
    struct cr_widgets *widgets = &((struct desk *)*state)->widgets;
    fill(widgets, false);
    assert_string_equal(cr_widgets_at(widgets, 25.0, 5.0)->name, "second");
    assert_null(cr_widgets_at(widgets, 45.0, 5.0)); /* a text */
    fill(widgets, true);
    assert_string_equal(cr_widgets_at(widgets, 25.0, 5.0)->name, "yes");
    assert_null(cr_widgets_at(widgets, 65.0, 5.0)); /* below the box */
}

static void what_is_scrolled_out_of_view_is_not_hit(void **state) {
    struct cr_widgets *widgets = &((struct desk *)*state)->widgets;
    fill(widgets, false);
    assert_null(cr_widgets_at(widgets, 10.0, 95.0));
    assert_string_equal(cr_widgets_at(widgets, 10.0, 105.0)->name, "field");
    assert_near(cr_widgets_visible(widgets, cr_widgets_find(widgets, "field")).height, 20.0, 0.0);
}

static void tab_goes_round_through_all_that_can_be_used(void **state) {
    struct cr_widgets *widgets = &((struct desk *)*state)->widgets;
    static const char *const order[] = {"second", "slider", "field", "second"};
    fill(widgets, false);
    const char *name = "";
    for (int i = 0; i < 4; i++) {
        name = cr_widgets_next(widgets, name, 1)->name;
        assert_string_equal(name, order[i]);
    }
    assert_string_equal(cr_widgets_next(widgets, "second", -1)->name, "field");
    assert_string_equal(cr_widgets_next(widgets, "", -1)->name, "field");
}

static void an_open_box_keeps_the_focus(void **state) {
    struct cr_widgets *widgets = &((struct desk *)*state)->widgets;
    fill(widgets, true);
    assert_true(cr_widgets_boxed(widgets));
    assert_string_equal(cr_widgets_next(widgets, "slider", 1)->name, "yes");
    assert_string_equal(cr_widgets_next(widgets, "yes", 1)->name, "no");
    assert_string_equal(cr_widgets_next(widgets, "no", 1)->name, "yes");
    fill(widgets, false);
    assert_false(cr_widgets_boxed(widgets));
}

static void nothing_takes_the_focus_where_there_is_nothing(void **state) {
    struct cr_widgets *widgets = &((struct desk *)*state)->widgets;
    cr_widgets_begin(widgets);
    cr_widgets_end(widgets);
    assert_null(cr_widgets_next(widgets, "", 1));
    assert_null(cr_widgets_at(widgets, 1.0, 1.0));
}

static void a_full_list_stays_whole(void **state) {
    struct cr_widgets *widgets = &((struct desk *)*state)->widgets;
    cr_widgets_begin(widgets);
    cr_widgets_layer(widgets, CR_LAYER_GROUND, CR_PLATE_PLAIN, frame);
    for (int i = 0; i < CR_WIDGETS_MAX + 10; i++)
        assert_non_null(cr_widgets_add(widgets, CR_WIDGET_BUTTON, "x", frame));
    cr_widgets_end(widgets);
    assert_int_equal(widgets->count, CR_WIDGETS_MAX - 1);
}

static void a_layers_sum_tells_of_its_own_changes_alone(void **state) {
    struct cr_widgets *widgets = &((struct desk *)*state)->widgets;
    fill(widgets, false);
    const uint64_t toolbar = cr_widgets_sum(widgets, CR_LAYER_TOOLBAR),
                   drawer = cr_widgets_sum(widgets, CR_LAYER_DRAWER);
    fill(widgets, false);
    assert_true(cr_widgets_sum(widgets, CR_LAYER_TOOLBAR) == toolbar);
    widgets->list[1].on = true;
    assert_false(cr_widgets_sum(widgets, CR_LAYER_TOOLBAR) == toolbar);
    assert_true(cr_widgets_sum(widgets, CR_LAYER_DRAWER) == drawer);
    widgets->place[CR_LAYER_DRAWER].scroll = 3.0;
    assert_false(cr_widgets_sum(widgets, CR_LAYER_DRAWER) == drawer);
}

static struct cr_widget slider_of(double low, double high, double bend) {
    struct cr_widget slider;
    memset(&slider, 0, sizeof slider);
    slider.where = (struct cr_rect){100.0, 0.0, 214.0, 20.0};
    slider.low = low;
    slider.high = high;
    slider.bend = bend;
    return slider;
}

static void a_slider_gives_the_value_under_the_mouse(void **state) {
    (void)state;
    const double bends[] = {0.0, 1.0, 2.5, 6.0};
    for (int b = 0; b < 4; b++) {
        const struct cr_widget slider = slider_of(-1.0, 3.0, bends[b]);
        for (int i = 0; i <= 20; i++) {
            const double value = -1.0 + 4.0 * i / 20.0;
            assert_near(cr_slider_value_at(&slider, cr_slider_place(&slider, value, 1.0), 1.0), value, 1e-9);
        }
        assert_near(cr_slider_value_at(&slider, 0.0, 1.0), -1.0, 0.0);
        assert_near(cr_slider_value_at(&slider, 1000.0, 1.0), 3.0, 0.0);
    }
}

static void the_knob_stays_within_the_slider(void **state) {
    (void)state;
    const struct cr_widget slider = slider_of(0.0, 10.0, 1.0);
    assert_near(cr_slider_place(&slider, 0.0, 1.0), 107.0, 1e-9);
    assert_near(cr_slider_place(&slider, 10.0, 1.0), 307.0, 1e-9);
    assert_near(cr_slider_place(&slider, 99.0, 1.0), 307.0, 1e-9);
}

static void arrow_keys_step_to_numbers_that_read_well(void **state) {
    (void)state;
    struct cr_widget slider = slider_of(0.0, 1.0, 1.0);
    slider.value = 0.806;
    assert_near(cr_slider_step(&slider, 1.0), 0.82, 1e-12);
    assert_near(cr_slider_step(&slider, -1.0), 0.8, 1e-12);
    slider.value = 1.0;
    assert_near(cr_slider_step(&slider, 5.0), 1.0, 0.0);
    slider = slider_of(0.0, 5.0, 1.0);
    slider.step = 1.0;
    slider.value = 3.0;
    assert_near(cr_slider_step(&slider, 1.0), 4.0, 0.0);
    assert_near(cr_slider_step(&slider, 99.0), 5.0, 0.0);
}

static void small_values_have_room_where_they_are_what_matters(void **state) {
    (void)state;
    assert_near(cr_slider_bend(0.0, 1.0, 0.5), 1.0, 0.0);
    assert_near(cr_slider_bend(0.0, 1.0, 0.0), 1.0, 0.0);
    struct cr_widget slider = slider_of(0.0, 1000.0, cr_slider_bend(0.0, 1000.0, 20.0));
    assert_near(cr_slider_place(&slider, 20.0, 1.0), 107.0 + 0.4 * 200.0, 1e-6);
    slider.value = 20.0;
    const double next = cr_slider_step(&slider, 1.0);
    assert_true(next > 20.0 && next < 24.0);
    assert_near(cr_slider_round(&slider, 20.0), 20.0, 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(widgets_are_found_by_name, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(the_topmost_widget_is_hit, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(what_is_scrolled_out_of_view_is_not_hit, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(tab_goes_round_through_all_that_can_be_used, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(an_open_box_keeps_the_focus, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(nothing_takes_the_focus_where_there_is_nothing, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(a_full_list_stays_whole, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(a_layers_sum_tells_of_its_own_changes_alone, open_desk, close_desk),
        cmocka_unit_test(a_slider_gives_the_value_under_the_mouse),
        cmocka_unit_test(the_knob_stays_within_the_slider),
        cmocka_unit_test(arrow_keys_step_to_numbers_that_read_well),
        cmocka_unit_test(small_values_have_room_where_they_are_what_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
