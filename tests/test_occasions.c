#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawing.h"
#include "near.h"

static const double x[] = {0.0, 50.0, 100.0}, y[] = {0.2, 0.5, 0.4};
static const struct cr_line line = {.name = "secure", .x = x, .y = y, .count = 3};

static struct cr_chart with(const struct cr_occasion *occasions, size_t count) {
    struct cr_chart chart = {.kind = CR_CHART_LINES, .occasions = occasions, .occasion_count = count};
    chart.of.lines = (struct cr_chart_lines){.lines = &line, .line_count = 1, .y = {.from = 0.0, .to = 1.0}};
    return chart;
}

static const struct cr_colour *soft(void) {
    return &cr_theme(CR_THEME_LIGHT)->soft_ink;
}

/* How many pixels of the line's colour stand in the column of a value, within the data. */
static int line_at(const struct drawing *drawing, double value) {
    const struct cr_rect area = drawing->placement.area;
    const double place = floor(cr_scale_place(&drawing->placement.x, value));
    return drawing_count(drawing, (struct cr_rect){place, area.y, 1.0, area.height}, *soft());
}

static void an_occasion_is_a_line_through_the_data(void **state) {
    (void)state;
    const struct cr_occasion occasions[] = {{30.0, "separation shock"}, {70.0, NULL}};
    const struct cr_chart chart = with(occasions, 2);
    struct drawing drawing = drawing_of(&chart, 800, 500, CR_THEME_LIGHT);
    assert_true(line_at(&drawing, 30.0) > 100);
    assert_true(line_at(&drawing, 70.0) > 100);
    assert_int_equal(line_at(&drawing, 45.0), 0);
    drawing_free(&drawing);
}

static void labels_stand_above_the_data_and_take_room_only_if_they_must(void **state) {
    (void)state;
    const struct cr_occasion apart[] = {{10.0, "shock"}, {90.0, "therapy"}};
    const struct cr_occasion near[] = {{48.0, "separation shock"}, {50.0, "therapy for all"}};
    const struct cr_chart charts[] = {with(NULL, 0), with(apart, 2), with(near, 2)};
    double top[3];
    for (int i = 0; i < 3; i++) {
        struct drawing drawing = drawing_of(&charts[i], 800, 500, CR_THEME_LIGHT);
        top[i] = drawing.placement.area.y;
        drawing_free(&drawing);
    }
    assert_true(top[1] > top[0] + 10.0);
    assert_near(top[2] - top[1], top[1] - top[0], 1.0);
}

static void what_lies_outside_the_axis_is_left_out(void **state) {
    (void)state;
    const struct cr_occasion occasions[] = {{-5.0, "before"}, {(double)NAN, "never"}, {1e301, "late"}};
    const struct cr_chart none = with(NULL, 0), out = with(occasions, 3);
    struct drawing drawing = drawing_of(&none, 400, 300, CR_THEME_LIGHT);
    struct drawing other = drawing_of(&out, 400, 300, CR_THEME_LIGHT);
    const struct cr_rect all = {0.0, 0.0, 400.0, 300.0};
    assert_near(other.placement.area.y, drawing.placement.area.y, 0.0);
    assert_int_equal(drawing_count(&other, all, *soft()), drawing_count(&drawing, all, *soft()));
    drawing_free(&drawing);
    drawing_free(&other);
}

static void a_crowd_of_occasions_keeps_its_lines(void **state) {
    (void)state;
    struct cr_occasion occasions[40];
    for (int i = 0; i < 40; i++)
        occasions[i] = (struct cr_occasion){2.0 * i + 10.0, "another separation shock"};
    const struct cr_chart chart = with(occasions, 40);
    struct drawing drawing = drawing_of(&chart, 800, 500, CR_THEME_LIGHT);
    for (int i = 0; i < 40; i++)
        assert_true(line_at(&drawing, occasions[i].at) > 80);
    drawing_free(&drawing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_occasion_is_a_line_through_the_data),
        cmocka_unit_test(labels_stand_above_the_data_and_take_room_only_if_they_must),
        cmocka_unit_test(what_lies_outside_the_axis_is_left_out),
        cmocka_unit_test(a_crowd_of_occasions_keeps_its_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
