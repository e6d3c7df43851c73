#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawing.h"
#include "near.h"
#include "report/chart_plate.h"
#include "report/chart_reading.h"

enum { WIDTH = 800, HEIGHT = 500 };

static const enum cr_theme_name theme = CR_THEME_DARK;

static const double years[] = {10.0, 20.0, 30.0, 40.0};
static const double shares[] = {NAN, 0.25, 0.5, 0.6173}, low[] = {NAN, 0.2, 0.4, 0.5}, high[] = {NAN, 0.3, 0.6, 0.7};
static const double others[] = {0.1, NAN, 0.2, 0.3};
static const struct cr_line lines[] = {{.name = "protest",
                                           .meaning = CR_MEANING_PREOCCUPIED,
                                           .x = years,
                                           .y = shares,
                                           .low = low,
                                           .high = high,
                                           .count = 4},
    {.name = "open", .meaning = CR_MEANING_SECURE, .x = years, .y = others, .count = 4}};

static struct cr_chart line_chart(size_t count) {
    struct cr_chart chart = {.kind = CR_CHART_LINES};
    chart.of.lines = (struct cr_chart_lines){.x = {.label = "year", .whole = true, .to = 50.0},
        .y = {.form = CR_NUMBER_PERCENT, .to = 1.0},
        .lines = lines,
        .line_count = count};
    return chart;
}

/* The chart drawn and read where a value of its x axis stands, in the middle of the plot's height. */
static bool read_off(const struct cr_chart *chart, size_t plot, double at, struct cr_chart_reading *reading) {
    struct drawing drawing = drawing_of(chart, WIDTH, HEIGHT, theme);
    const struct cr_plot *where = &drawing.placement.plots[plot];
    const bool any = cr_chart_read(chart, &drawing.placement, theme, cr_scale_place(&where->x, at),
        where->area.y + where->area.height / 2.0, reading);
    drawing_free(&drawing);
    return any;
}

static void the_nearest_point_tells_every_line_in_its_own_form(void **state) {
    (void)state;
    const struct cr_chart chart = line_chart(2);
    struct cr_chart_reading reading;
    assert_true(read_off(&chart, 0, 37.0, &reading));
    assert_string_equal(reading.where, "Year 40");
    assert_int_equal(reading.count, 2);
    assert_string_equal(reading.values[0].name, "protest");
    assert_string_equal(reading.values[0].text, "61.7%");
    assert_string_equal(reading.values[0].interval, "50.0% to 70.0%");
    assert_string_equal(reading.values[1].text, "30.0%");
    assert_string_equal(reading.values[1].interval, "");
    const struct cr_mark mark = cr_theme_mark(cr_theme(theme), CR_MEANING_PREOCCUPIED, 0);
    assert_near(reading.values[0].mark.colour.red, mark.colour.red, 0.0);
    assert_int_equal(reading.values[0].mark.dash_count, mark.dash_count);
}

static void the_marks_stand_where_the_line_was_drawn(void **state) {
    (void)state;
    const struct cr_chart chart = line_chart(1);
    struct drawing drawing = drawing_of(&chart, WIDTH, HEIGHT, theme);
    struct cr_chart_reading reading;
    assert_true(cr_chart_read_at(&chart, &drawing.placement, theme, 0, 30.0, 0, &reading));
    const struct cr_colour colour = cr_theme(theme)->colours[CR_MEANING_PREOCCUPIED];
    assert_true(drawing_count(&drawing, drawing_around(reading.left, reading.values[0].y, 2.0), colour) > 0);
    const struct cr_chart_look look = {.theme = theme, .width = WIDTH, .height = HEIGHT};
    const struct cr_rect above = {reading.left - 2.0, reading.area.y + 5.0, 4.0, 20.0};
    const struct cr_colour ground = cr_theme(theme)->background;
    const int before = drawing_count(&drawing, above, ground);
    assert_int_equal(cr_chart_plate_mark(&reading, &look, drawing.cairo, NULL), 0);
    assert_true(drawing_count(&drawing, above, ground) <= before - 20);
    drawing_free(&drawing);
}

static void only_what_is_known_there_is_told(void **state) {
    (void)state;
    const struct cr_chart both = line_chart(2), one = line_chart(1);
    struct cr_chart_reading reading;
    assert_true(read_off(&both, 0, 20.0, &reading));
    assert_int_equal(reading.count, 1);
    assert_string_equal(reading.values[0].name, "protest");
    assert_true(read_off(&one, 0, 2.0, &reading)); /* nothing is known before year 20 */
    assert_string_equal(reading.where, "Year 20");
}

static void steps_along_the_axis_stop_at_its_ends(void **state) {
    (void)state;
    const struct cr_chart chart = line_chart(2);
    struct drawing drawing = drawing_of(&chart, WIDTH, HEIGHT, theme);
    struct cr_chart_reading reading;
    assert_true(cr_chart_read_at(&chart, &drawing.placement, theme, 0, INFINITY, 0, &reading));
    assert_near(reading.at, 40.0, 0.0);
    assert_true(cr_chart_read_at(&chart, &drawing.placement, theme, 0, reading.at, -1, &reading));
    assert_near(reading.at, 30.0, 0.0);
    assert_true(cr_chart_read_at(&chart, &drawing.placement, theme, 0, reading.at, -9, &reading));
    assert_near(reading.at, 10.0, 0.0);
    assert_true(cr_chart_read_at(&chart, &drawing.placement, theme, 0, reading.at, 2, &reading));
    assert_near(reading.at, 30.0, 0.0);
    assert_false(cr_chart_read_at(&chart, &drawing.placement, theme, 1, 0.0, 0, &reading));
    drawing_free(&drawing);
}

static void away_from_the_plot_nothing_is_read(void **state) {
    (void)state;
    struct cr_chart chart = line_chart(2);
    struct drawing drawing = drawing_of(&chart, WIDTH, HEIGHT, theme);
    struct cr_chart_reading reading;
    const struct cr_rect area = drawing.placement.area;
    assert_false(cr_chart_read(&chart, &drawing.placement, theme, area.x + 50.0, area.y - 20.0, &reading));
    assert_true(cr_chart_read(&chart, &drawing.placement, theme, area.x + 50.0, area.y - 5.0, &reading));
    drawing_free(&drawing);
    chart.of.lines.line_count = 0;
    assert_false(read_off(&chart, 0, 20.0, &reading));
}

static void survival_holds_until_the_next_step(void **state) {
    (void)state;
    static const double time[] = {2.0, 6.0}, survival[] = {0.8, 0.4};
    static const struct cr_survival_line curves[] = {{.name = "all", .time = time, .survival = survival, .count = 2}};
    struct cr_chart chart = {.kind = CR_CHART_SURVIVAL};
    chart.of.survival = (struct cr_chart_survival){.x = {.label = "years together", .to = 10.0},
        .y = {.form = CR_NUMBER_PERCENT},
        .lines = curves,
        .line_count = 1};
    struct cr_chart_reading reading;
    assert_true(read_off(&chart, 0, 5.5, &reading));
    assert_string_equal(reading.where, "Years together: 2");
    assert_near(reading.values[0].value, 0.8, 0.0);
    assert_true(read_off(&chart, 0, 6.5, &reading));
    assert_near(reading.values[0].value, 0.4, 0.0);
}

static void bars_and_rates_are_read_over_their_whole_width(void **state) {
    (void)state;
    static const char *const names[] = {"secure", "fearful"};
    static const double values[] = {0.82, 1.15}, from[] = {0.0, 1.0}, to[] = {1.0, 3.0}, rate[] = {0.5, 0.25};
    static const enum cr_meaning meanings[] = {CR_MEANING_SECURE, CR_MEANING_FEARFUL};
    const struct cr_bar_series bars = {.values = values, .meanings = meanings};
    struct cr_chart chart = {.kind = CR_CHART_BARS};
    chart.of.bars =
        (struct cr_chart_bars){.x = {.category_count = 2, .categories = names}, .series = &bars, .series_count = 1};
    struct cr_chart_reading reading;
    assert_true(read_off(&chart, 0, 0.6, &reading));
    assert_string_equal(reading.where, "Fearful");
    assert_string_equal(reading.values[0].text, "1.15");
    assert_near(reading.values[0].mark.colour.red, cr_theme(theme)->colours[CR_MEANING_FEARFUL].red, 0.0);
    assert_near(reading.right - reading.left, reading.area.width / 2.0, 1.0);
    const struct cr_hazard_line hazard = {.name = "all", .from = from, .to = to, .rate = rate, .count = 2};
    chart = (struct cr_chart){.kind = CR_CHART_HAZARD};
    chart.of.hazard = (struct cr_chart_hazard){.x = {.label = "years", .to = 3.0}, .lines = &hazard, .line_count = 1};
    assert_true(read_off(&chart, 0, 1.2, &reading));
    assert_string_equal(reading.where, "Years 1 to 3");
    assert_near(reading.values[0].value, 0.25, 0.0);
    assert_near(reading.right - reading.left, reading.area.width * 2.0 / 3.0, 1.0);
}

static void a_small_chart_is_read_by_itself(void **state) {
    (void)state;
    struct cr_chart panels[] = {line_chart(1), line_chart(2)};
    panels[0].title = "protest";
    panels[1].title = "open bids";
    struct cr_chart chart = {.kind = CR_CHART_MULTIPLES};
    chart.of.multiples = (struct cr_chart_multiples){.panels = panels, .count = 2};
    struct cr_chart_reading reading;
    for (size_t plot = 0; plot < 2; plot++) {
        assert_true(read_off(&chart, plot, 40.0, &reading));
        assert_int_equal(reading.plot, plot);
        assert_int_equal(reading.count, plot + 1);
        assert_string_equal(reading.where, plot == 0 ? "protest \302\267 Year 40" : "open bids \302\267 Year 40");
    }
}

static void charts_without_series_tell_nothing(void **state) {
    (void)state;
    static const double xs[] = {1.0, 2.0, 3.0}, ys[] = {2.0, 3.0, 1.0};
    struct cr_chart chart = {.kind = CR_CHART_DENSITY};
    chart.of.density = (struct cr_chart_density){.xs = xs, .ys = ys, .count = 3, .x_cut = NAN, .y_cut = NAN};
    struct cr_chart_reading reading;
    struct drawing drawing = drawing_of(&chart, WIDTH, HEIGHT, theme);
    assert_false(cr_chart_read(&chart, &drawing.placement, theme, (double)WIDTH / 2.0, (double)HEIGHT / 2.0, &reading));
    drawing_free(&drawing);
}

static void a_plate_has_room_for_its_words_and_its_swatches(void **state) {
    (void)state;
    const struct cr_chart chart = line_chart(2);
    const struct cr_chart_look look = {.theme = theme, .width = WIDTH, .height = HEIGHT};
    struct cr_chart_reading reading;
    assert_true(read_off(&chart, 0, 40.0, &reading));
    struct drawing drawing = drawing_of(&chart, WIDTH, HEIGHT, theme);
    struct cr_extent bare, noted;
    struct cr_chart_plate plate = {.reading = &reading, .most_width = 300.0};
    cairo_set_source_rgb(drawing.cairo, 0.0, 0.0, 0.0);
    cairo_paint(drawing.cairo);
    assert_int_equal(cr_chart_plate_draw(&plate, &look, drawing.cairo, 10.0, 10.0, &bare, NULL), 0);
    const struct cr_rect box = {10.0, 10.0, bare.width, bare.height}, all = {0.0, 0.0, WIDTH, HEIGHT};
    const struct cr_colour colour = cr_theme(theme)->colours[CR_MEANING_PREOCCUPIED], black = {0.0, 0.0, 0.0, 1.0};
    assert_true(drawing_count(&drawing, box, colour) > 10);
    assert_int_equal(WIDTH * HEIGHT - drawing_count(&drawing, all, black),
        (int)(bare.width * bare.height) - drawing_count(&drawing, box, black));
    assert_true(bare.height >= 3.0 * cr_canvas_unit(WIDTH, HEIGHT, 1.0));
    plate.note = "With 95% intervals; death censors, and it is as of year 36, which is a good while ago";
    assert_int_equal(cr_chart_plate_draw(&plate, &look, drawing.cairo, 10.0, 10.0, &noted, NULL), 0);
    assert_true(noted.height > bare.height + 10.0 && noted.width <= 301.0);
    const double line = 0.5 * (noted.height - bare.height);
    plate.note = "As of year 36. Changed in year 35: conflict rate; in year 34: working model generalization; in year "
                 "33: needs rate adult; in year 32: Partners away; in year 31: Calmer couples; in year 30: Rise in "
                 "sensitivity of care; in year 29: Separation shock; in year 28: Unreliable care, Hard times";
    assert_int_equal(cr_chart_plate_draw(&plate, &look, drawing.cairo, 10.0, 10.0, &noted, NULL), 0);
    assert_true(noted.height > bare.height + 5.0 * line); /* nothing is left out */
    drawing_free(&drawing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_point_tells_every_line_in_its_own_form),
        cmocka_unit_test(the_marks_stand_where_the_line_was_drawn),
        cmocka_unit_test(only_what_is_known_there_is_told),
        cmocka_unit_test(steps_along_the_axis_stop_at_its_ends),
        cmocka_unit_test(away_from_the_plot_nothing_is_read),
        cmocka_unit_test(survival_holds_until_the_next_step),
        cmocka_unit_test(bars_and_rates_are_read_over_their_whole_width),
        cmocka_unit_test(a_small_chart_is_read_by_itself),
        cmocka_unit_test(charts_without_series_tell_nothing),
        cmocka_unit_test(a_plate_has_room_for_its_words_and_its_swatches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
