#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "drawing.h"
#include "failing_allocation.h"
#include "gallery.h"
#include "near.h"

static struct gallery gallery;

static int fill(void **state) {
    (void)state;
    gallery_fill(&gallery);
    return 0;
}

static const char *const temporary = "/tmp";

/* The bytes of a file in the temporary folder, which is removed; yours to free. */
static char *taken(const char *name, size_t *size) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", temporary, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    bytes[*size] = '\0';
    (void)fclose(file);
    assert_int_equal(unlink(path), 0);
    return bytes;
}

static void every_chart_is_drawn_at_every_size(void **state) {
    (void)state;
    static const int sizes[][2] = {{64, 64}, {100, 400}, {400, 70}, {320, 240}, {800, 500}};
    for (size_t i = 0; i < gallery.count; i++)
        for (int s = 0; s < 5; s++)
            for (int theme = 0; theme < 2; theme++) {
                struct drawing drawing =
                    drawing_of(&gallery.charts[i].chart, sizes[s][0], sizes[s][1], (enum cr_theme_name)theme);
                const struct cr_rect all = {0.0, 0.0, sizes[s][0], sizes[s][1]};
                const struct cr_colour background = cr_theme((enum cr_theme_name)theme)->background;
                assert_true(drawing_count(&drawing, all, background) < sizes[s][0] * sizes[s][1] - 20);
                drawing_free(&drawing);
            }
}

static void legend_and_title_never_touch_the_data(void **state) {
    (void)state;
    static const int sizes[][2] = {{320, 240}, {800, 500}, {1600, 1000}, {400, 900}, {304, 168}};
    for (size_t i = 0; i < gallery.count; i++)
        for (int s = 0; s < 5; s++)
            for (int place = CR_LEGEND_BEST; place <= CR_LEGEND_NONE; place++) {
                struct cr_chart chart = gallery.charts[i].chart;
                chart.legend = (enum cr_legend_place)place;
                struct drawing drawing = drawing_of(&chart, sizes[s][0], sizes[s][1], CR_THEME_LIGHT);
                const struct cr_placement *at = &drawing.placement;
                assert_false(at->legend.width > 0.0 && cr_rect_overlap(at->legend, at->area));
                assert_false(cr_rect_overlap(at->title, at->area));
                assert_false(cr_rect_overlap(at->title, at->legend));
                assert_true(place != CR_LEGEND_NONE || at->legend.width <= 0.0);
                assert_true(cr_rect_right(at->area) <= sizes[s][0] && cr_rect_bottom(at->area) <= sizes[s][1]);
                assert_true(at->area.width > 0.28 * sizes[s][0] && at->area.height > 0.25 * sizes[s][1]);
                drawing_free(&drawing);
            }
}

/* A panel in a small window, with larger letters than usual. */
static struct cr_placement low_panel(const struct cr_chart *chart) {
    const struct cr_chart_look look = {.theme = CR_THEME_DARK, .text_scale = 1.22};
    struct drawing drawing = drawing_blank(304, 168);
    struct cr_placement placement;
    assert_int_equal(
        cr_chart_draw(chart, &look, drawing.cairo, (struct cr_rect){0.0, 0.0, 304.0, 168.0}, &placement, NULL), 0);
    drawing_free(&drawing);
    return placement;
}

static void in_a_low_chart_the_data_have_the_room(void **state) {
    (void)state;
    static const double x[] = {0.0, 40.0}, y[] = {0.2, 0.6};
    static const char *const names[] = {"protest", "deactivation", "open bids", "appeasement"};
    struct cr_line lines[4];
    for (int k = 0; k < 4; k++)
        lines[k] = (struct cr_line){.name = names[k], .x = x, .y = y, .count = 2};
    struct cr_chart chart = {.kind = CR_CHART_LINES,
        .title = "Protest and deactivation",
        .subtitle = "Share of adults' needs by the way comfort is sought",
        .note = "As of year 40",
        .legend = CR_LEGEND_ABOVE};
    chart.of.lines = (struct cr_chart_lines){
        .x = {.label = "year"}, .y = {.form = CR_NUMBER_PERCENT}, .lines = lines, .line_count = 4};
    const struct cr_placement many = low_panel(&chart);
    assert_true(many.area.height > 0.6 * 168.0);
    assert_true(many.legend.x > cr_rect_right(many.area)); /* four names would take two rows above */
    assert_true(many.without_subtitle && many.without_note);
    chart.of.lines.line_count = 2;
    const struct cr_placement few = low_panel(&chart);
    assert_true(few.area.height > 0.5 * 168.0);
    assert_true(cr_rect_bottom(few.legend) <= few.area.y && few.area.width > many.area.width + 80.0);
    struct cr_chart panels[] = {chart, chart};
    struct cr_chart small = chart;
    small.kind = CR_CHART_MULTIPLES;
    small.of.multiples = (struct cr_chart_multiples){.panels = panels, .count = 2};
    const struct cr_placement both = low_panel(&small);
    assert_int_equal(both.plot_count, 2);
    assert_true(both.plots[1].area.height > 0.45 * 168.0);
}

static void the_same_chart_gives_the_same_bytes(void **state) {
    (void)state;
    static const char *const endings[] = {"svg", "png", "pdf"};
    const struct cr_chart_look look = {.width = 640.0, .height = 400.0};
    for (size_t i = 0; i < gallery.count; i++)
        for (int e = 0; e < 3; e++) {
            char name[2][64], *bytes[2];
            size_t size[2];
            for (int k = 0; k < 2; k++) {
                (void)snprintf(name[k], sizeof name[k], "cradle-chart-%ld-%d.%s", (long)getpid(), k, endings[e]);
                assert_int_equal(cr_chart_write(&gallery.charts[i].chart, &look, temporary, name[k], NULL), 0);
            }
            for (int k = 0; k < 2; k++)
                bytes[k] = taken(name[k], &size[k]);
            assert_int_equal(size[0], size[1]);
            assert_memory_equal(bytes[0], bytes[1], size[0]);
            free(bytes[0]);
            free(bytes[1]);
        }
}

/* Calls `check` with each id that is declared in the text. */
static void for_each_id(
    const char *svg, const char *mark, void (*check)(const char *id, size_t length, void *more), void *more) {
    for (const char *at = strstr(svg, mark); at; at = strstr(at + 1, mark)) {
        const char *id = at + strlen(mark);
        check(id, strcspn(id, "\")"), more);
    }
}

static void expect_prefix(const char *id, size_t length, void *prefix) {
    assert_true(length > strlen(prefix));
    assert_memory_equal(id, prefix, strlen(prefix));
}

static void expect_once(const char *id, size_t length, void *svg) {
    char declared[96];
    (void)snprintf(declared, sizeof declared, " id=\"%.*s\"", (int)length, id);
    const char *first = strstr(svg, declared);
    assert_non_null(first);
    assert_null(strstr(first + 1, declared));
}

static void charts_in_one_page_share_no_id(void **state) {
    (void)state;
    const struct cr_chart_look look = {.width = 640.0, .height = 400.0};
    for (size_t i = 0; i < gallery.count; i++) {
        char *svg = NULL, prefix[] = "c0-";
        prefix[1] = (char)('a' + i);
        assert_int_equal(cr_chart_svg(&gallery.charts[i].chart, &look, prefix, &svg, NULL), 0);
        assert_ptr_equal(strstr(svg, "<svg"), svg);
        for_each_id(svg, " id=\"", expect_prefix, prefix);
        for_each_id(svg, "href=\"#", expect_prefix, prefix);
        for_each_id(svg, "url(#", expect_prefix, prefix);
        for_each_id(svg, " id=\"", expect_once, svg);
        for_each_id(svg, "href=\"#", expect_once, svg);
        free(svg);
    }
}

static void an_svg_says_what_it_shows(void **state) {
    (void)state;
    const struct cr_chart_look look = {.width = 640.0, .height = 400.0};
    char *svg = NULL;
    assert_int_equal(cr_chart_svg(&gallery.charts[0].chart, &look, "a", &svg, NULL), 0);
    assert_non_null(strstr(svg, "role=\"img\" aria-labelledby=\"atitle adesc\""));
    assert_non_null(strstr(svg, "Security recovers within a decade of a separation shock</title>"));
    assert_non_null(strstr(svg, ">Line chart of share of adults by age (years): secure, preoccupied, dismissing, "
                                "fearful.</desc>"));
    free(svg);
    struct cr_chart told = gallery.charts[0].chart;
    told.description = "Told.";
    assert_int_equal(cr_chart_svg(&told, &look, "a", &svg, NULL), 0);
    assert_non_null(strstr(svg, ">Told.</desc>"));
    free(svg);
}

static void expect_refused(const struct cr_chart *chart, struct cr_chart_look look, const char *name, const char *why) {
    struct cr_error error = {0};
    assert_int_equal(cr_chart_write(chart, &look, temporary, name, &error), CR_ERROR_USAGE);
    if (!strstr(error.sentence, why))
        fail_msg("\"%s\" does not say \"%s\"", error.sentence, why);
}

static void bad_sizes_names_and_prefixes_are_refused_in_a_sentence(void **state) {
    (void)state;
    const struct cr_chart *chart = &gallery.charts[0].chart;
    expect_refused(chart, (struct cr_chart_look){.width = 10.0, .height = 400.0}, "a.svg", "10 by 400");
    expect_refused(chart, (struct cr_chart_look){.width = 640.0, .height = 1e9}, "a.png", "64 to 16384");
    expect_refused(chart, (struct cr_chart_look){.width = (double)NAN, .height = 400.0}, "a.pdf", "nan");
    expect_refused(
        chart, (struct cr_chart_look){.width = 640.0, .height = 400.0, .text_scale = -1.0}, "a.png", "0.25 to 8");
    expect_refused(chart, (struct cr_chart_look){.width = 640.0, .height = 400.0}, "a.gif", "unlike a.gif");
    expect_refused(chart, (struct cr_chart_look){.width = 640.0, .height = 400.0}, "svg", ".svg, .png or .pdf");
    struct cr_chart unknown = *chart;
    unknown.kind = CR_CHART_KINDS;
    expect_refused(&unknown, (struct cr_chart_look){.width = 640.0, .height = 400.0}, "a.png", "no kind of chart");
    static const char *const prefixes[] = {"", "1a", "a b", "-a"};
    for (int i = 0; i < 4; i++) {
        char *svg = NULL;
        assert_int_equal(
            cr_chart_svg(chart, &(struct cr_chart_look){.width = 640.0, .height = 400.0}, prefixes[i], &svg, NULL),
            CR_ERROR_USAGE);
        assert_null(svg);
    }
}

static void a_folder_that_is_not_there_is_told(void **state) {
    (void)state;
    struct cr_error error = {0};
    const struct cr_chart_look look = {.width = 640.0, .height = 400.0};
    assert_int_equal(
        cr_chart_write(&gallery.charts[0].chart, &look, "/tmp/no/such/folder", "a.svg", &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "/tmp/no/such/folder/a.svg"));
}

static void any_failed_allocation_is_told_and_leaks_nothing(void **state) {
    (void)state;
    const struct cr_chart_look look = {.width = 200.0, .height = 150.0};
    const long held = allocations_held;
    for (size_t i = 0; i < gallery.count; i++)
        for (long n = 0;; n++) {
            char *svg = NULL;
            struct cr_error error = {0};
            allocations_left = n;
            const int code = cr_chart_svg(&gallery.charts[i].chart, &look, "a", &svg, &error);
            allocations_left = -1;
            free(svg);
            assert_int_equal(allocations_held, held);
            if (code == 0)
                break;
            assert_int_equal(code, CR_ERROR_MEMORY);
            assert_true(strlen(error.sentence) > 10);
            assert_true(n < 200);
        }
}

static void a_chart_may_stand_anywhere_on_a_drawing(void **state) {
    (void)state;
    struct drawing drawing = drawing_blank(600, 400);
    const struct cr_rect where = {150.0, 100.0, 320.0, 240.0}, all = {0.0, 0.0, 600.0, 400.0};
    const struct cr_chart_look look = {.theme = CR_THEME_DARK};
    const struct cr_colour white = CR_COLOUR(0xFFFFFF);
    struct cr_placement placement;
    assert_int_equal(cr_chart_draw(&gallery.charts[0].chart, &look, drawing.cairo, where, &placement, NULL), 0);
    assert_int_equal(drawing_count(&drawing, all, white), 600 * 400 - 320 * 240);
    assert_true(placement.area.x > where.x && cr_rect_bottom(placement.area) < cr_rect_bottom(where));
    assert_near(cr_scale_value(&placement.x, placement.area.x), 18.0, 1e-9);
    drawing_free(&drawing);
}

static void a_million_points_are_drawn_in_half_a_second(void **state) {
    (void)state;
    enum { POINTS = 1000000 };
    double *y = malloc(POINTS * sizeof *y);
    assert_non_null(y);
    uint32_t luck = 1;
    for (size_t i = 0; i < POINTS; i++) {
        luck = luck * 1664525U + 1013904223U;
        y[i] = (double)(luck >> 8);
    }
    const struct cr_line line = {.name = "noise", .y = y, .count = POINTS};
    const struct cr_chart chart = {.kind = CR_CHART_LINES, .of.lines = {.lines = &line, .line_count = 1}};
    const clock_t before = clock();
    struct drawing drawing = drawing_of(&chart, 1600, 1000, CR_THEME_LIGHT);
    const double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
    print_message("a million points: %.3f s of processor time\n", seconds);
#ifdef NDEBUG /* neither sanitizers nor a debugger slow it down */
    assert_true(seconds < 0.5);
#endif
    drawing_free(&drawing);
    free(y);
}

static void heights_suit_their_charts(void **state) {
    (void)state;
    for (size_t i = 0; i < gallery.count; i++) {
        const double height = cr_chart_height(&gallery.charts[i].chart, 800.0);
        assert_true(height >= 300.0 && height <= 1400.0);
    }
    struct cr_forest_row rows[60] = {{0}};
    for (int i = 0; i < 60; i++)
        rows[i] = (struct cr_forest_row){.label = "measure", .estimate = i, .low = i - 1.0, .high = i + 1.0};
    struct cr_chart forest = {.kind = CR_CHART_FOREST, .of.forest = {.rows = rows, .row_count = 60}};
    const double sixty = cr_chart_height(&forest, 800.0);
    forest.of.forest.row_count = 6;
    assert_true(sixty > 4.0 * cr_chart_height(&forest, 800.0));
    forest.kind = CR_CHART_KINDS;
    assert_near(cr_chart_height(&forest, 800.0), 500.0, 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_chart_is_drawn_at_every_size),
        cmocka_unit_test(legend_and_title_never_touch_the_data),
        cmocka_unit_test(in_a_low_chart_the_data_have_the_room),
        cmocka_unit_test(the_same_chart_gives_the_same_bytes),
        cmocka_unit_test(charts_in_one_page_share_no_id),
        cmocka_unit_test(an_svg_says_what_it_shows),
        cmocka_unit_test(bad_sizes_names_and_prefixes_are_refused_in_a_sentence),
        cmocka_unit_test(a_folder_that_is_not_there_is_told),
        cmocka_unit_test(any_failed_allocation_is_told_and_leaks_nothing),
        cmocka_unit_test(a_chart_may_stand_anywhere_on_a_drawing),
        cmocka_unit_test(a_million_points_are_drawn_in_half_a_second),
        cmocka_unit_test(heights_suit_their_charts),
    };
    return cmocka_run_group_tests(tests, fill, NULL);
}
