#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawing.h"
#include "near.h"

enum { WIDTH = 800, HEIGHT = 500 };

static const double y[] = {1.0, 2.0}, z[] = {2.0, 1.0};
static const struct cr_line lines[] = {{.name = "one", .y = y, .count = 2}, {.name = "two", .y = z, .count = 2}};

static struct cr_chart chart_with(const char *title, const char *subtitle, const char *note) {
    struct cr_chart chart = {.kind = CR_CHART_LINES, .title = title, .subtitle = subtitle, .note = note};
    chart.of.lines = (struct cr_chart_lines){.lines = lines, .line_count = 2};
    return chart;
}

static double area_height(const struct cr_chart *chart, int width, int height) {
    struct drawing drawing = drawing_of(chart, width, height, CR_THEME_LIGHT);
    drawing_free(&drawing);
    return drawing.placement.area.height;
}

static void texts_take_room_in_a_large_chart(void **state) {
    (void)state;
    const struct cr_chart bare = chart_with(NULL, NULL, NULL), titled = chart_with("title", NULL, NULL);
    const struct cr_chart more = chart_with("title", "subtitle", NULL), all = chart_with("title", "subtitle", "note");
    assert_true(area_height(&bare, WIDTH, HEIGHT) > area_height(&titled, WIDTH, HEIGHT) + 10.0);
    assert_true(area_height(&titled, WIDTH, HEIGHT) > area_height(&more, WIDTH, HEIGHT) + 10.0);
    assert_true(area_height(&more, WIDTH, HEIGHT) > area_height(&all, WIDTH, HEIGHT) + 8.0);
}

static void notes_and_subtitles_give_way_in_a_small_one(void **state) {
    (void)state;
    const struct cr_chart titled = chart_with("title", NULL, NULL), all = chart_with("title", "subtitle", "note");
    const double without = area_height(&titled, 200, 80), with = area_height(&all, 200, 80);
    assert_near(with, without, 5.0);
    assert_true(with > 0.25 * 80.0);
}

static void where_a_note_has_no_room_the_brief_one_stands_in_a_line(void **state) {
    (void)state;
    static const char *const note =
        "As of year 26, with 95% intervals; death censors; styles before the start. Changed "
        "in year 26: Calmer couples; in year 25: Partners away; in year 24: conflict rate; "
        "in year 23: working model generalization; in year 22: needs rate adult";
    static const int sizes[][2] = {{310, 240}, {310, 168}, {250, 200}, {200, 150}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct cr_chart chart = chart_with("How long relationships last", NULL, NULL);
        struct drawing without = drawing_of(&chart, sizes[k][0], sizes[k][1], CR_THEME_LIGHT);
        chart.note = note;
        chart.brief = "As of year 26";
        struct drawing with = drawing_of(&chart, sizes[k][0], sizes[k][1], CR_THEME_LIGHT);
        const double room = cr_rect_bottom(without.placement.area) - cr_rect_bottom(with.placement.area);
        assert_true(with.placement.without_note);
        assert_true(room > 6.0 && room < 25.0);
        drawing_free(&without);
        drawing_free(&with);
    }
    struct cr_chart chart = chart_with("title", "subtitle", note);
    chart.brief = "As of year 26";
    struct drawing large = drawing_of(&chart, WIDTH, HEIGHT, CR_THEME_LIGHT);
    assert_false(large.placement.without_note);
    drawing_free(&large);
}

static void a_long_title_breaks_once_and_then_ends_in_an_ellipsis(void **state) {
    (void)state;
    const char *title = "People who lost their first caregiver early and found another one late, and those who never "
                        "did, as they see their partners at the age of forty, and what has become of it all";
    const struct cr_chart brief = chart_with("title", NULL, NULL), long_one = chart_with(title, NULL, NULL);
    struct drawing drawing = drawing_of(&brief, 400, 400, CR_THEME_LIGHT);
    struct drawing other = drawing_of(&long_one, 400, 400, CR_THEME_LIGHT);
    assert_near(other.placement.title.height, 2.0 * drawing.placement.title.height, 3.0);
    drawing_free(&drawing);
    drawing_free(&other);
}

static void a_legend_in_a_narrow_chart_stands_above(void **state) {
    (void)state;
    const struct cr_chart chart = chart_with("title", NULL, NULL);
    struct drawing wide = drawing_of(&chart, WIDTH, HEIGHT, CR_THEME_LIGHT);
    struct drawing narrow = drawing_of(&chart, 200, 300, CR_THEME_LIGHT);
    assert_true(wide.placement.legend.x > cr_rect_right(wide.placement.area));
    assert_true(cr_rect_bottom(narrow.placement.legend) < narrow.placement.area.y);
    drawing_free(&wide);
    drawing_free(&narrow);
}

static void without_data_a_chart_shows_what_it_knows(void **state) {
    (void)state;
    struct cr_chart chart = chart_with("title", NULL, NULL);
    chart.of.lines.line_count = 0;
    chart.of.lines.x = (struct cr_chart_axis){.label = "age", .from = 0.0, .to = 80.0};
    struct drawing drawing = drawing_of(&chart, WIDTH, HEIGHT, CR_THEME_LIGHT);
    const struct cr_rect area = drawing.placement.area;
    const struct cr_rect beneath = {0.0, cr_rect_bottom(area) + 2.0, WIDTH, HEIGHT};
    const struct cr_rect beside = {0.0, area.y, area.x - 1.0, area.height - 10.0};
    const struct cr_colour soft = cr_theme(CR_THEME_LIGHT)->soft_ink;
    assert_true(drawing_count(&drawing, beneath, soft) > 40);
    assert_int_equal(drawing_count(&drawing, beside, soft), 0);
    assert_true(drawing_count(&drawing, area, soft) > 20);
    drawing_free(&drawing);
}

static void without_data_a_chart_says_what_it_was_told_to_say(void **state) {
    (void)state;
    struct cr_chart chart = chart_with("title", NULL, NULL);
    chart.of.lines.line_count = 0;
    const struct cr_colour soft = cr_theme(CR_THEME_LIGHT)->soft_ink;
    int seen[2];
    for (int k = 0; k < 2; k++) {
        chart.empty = k == 0 ? NULL : "from year 19 on, when the first are grown up";
        struct drawing drawing = drawing_of(&chart, WIDTH, HEIGHT, CR_THEME_LIGHT);
        seen[k] = drawing_count(&drawing, drawing.placement.area, soft);
        drawing_free(&drawing);
    }
    assert_true(seen[0] > 20 && seen[1] > 2 * seen[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_take_room_in_a_large_chart),
        cmocka_unit_test(notes_and_subtitles_give_way_in_a_small_one),
        cmocka_unit_test(where_a_note_has_no_room_the_brief_one_stands_in_a_line),
        cmocka_unit_test(a_long_title_breaks_once_and_then_ends_in_an_ellipsis),
        cmocka_unit_test(a_legend_in_a_narrow_chart_stands_above),
        cmocka_unit_test(without_data_a_chart_shows_what_it_knows),
        cmocka_unit_test(without_data_a_chart_says_what_it_was_told_to_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
