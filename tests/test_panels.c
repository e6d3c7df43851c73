#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "failing_allocation.h"
#include "two_worlds.h"
#include "viz/panel/panels.h"

enum { WIDTH = 640, HEIGHT = 480, YEARS = 26 };

/* Two worlds and a renderer without a window. */
struct stage {
    struct two_worlds worlds;
    SDL_Surface *surface;
    SDL_Renderer *renderer;
};

static void stage_begin(struct stage *stage, int32_t years) {
    two_worlds_begin(&stage->worlds, years * 52);
    stage->surface = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_ARGB8888);
    assert_non_null(stage->surface);
    stage->renderer = SDL_CreateSoftwareRenderer(stage->surface);
    assert_non_null(stage->renderer);
}

static void stage_end(struct stage *stage) {
    two_worlds_end(&stage->worlds);
    SDL_DestroyRenderer(stage->renderer);
    SDL_FreeSurface(stage->surface);
}

static int begin(void **state) {
    struct stage *stage = malloc(sizeof *stage);
    if (stage == NULL)
        return -1;
    stage_begin(stage, YEARS);
    *state = stage;
    return 0;
}

static int end(void **state) {
    stage_end(*state);
    free(*state);
    return 0;
}

static struct cr_panels *panels_of(struct stage *stage) {
    struct cr_error error = {0};
    struct cr_panels *panels = cr_panels_new(stage->renderer, &error);
    if (panels == NULL)
        fail_msg("%s", error.sentence);
    return panels;
}

static void see(struct cr_panels *panels, const struct cr_sight *sight) {
    struct cr_error error = {0};
    if (cr_panels_see(panels, sight, &error) != 0)
        fail_msg("%s", error.sentence);
}

static const struct cr_look look = {.theme = CR_THEME_DARK, .scale = 1.0, .text_scale = 1.0};

static void draw(struct stage *stage, struct cr_panels *panels, size_t place, SDL_Rect where) {
    struct cr_error error = {0};
    if (cr_panels_draw(panels, place, &look, where, &error) != 0)
        fail_msg("%s", error.sentence);
    SDL_RenderFlush(stage->renderer);
}

static void blank(struct stage *stage) {
    SDL_SetRenderDrawColor(stage->renderer, 1, 2, 3, 255);
    SDL_RenderClear(stage->renderer);
    SDL_RenderFlush(stage->renderer);
}

/* The sum of what is bright in a rectangle: letters and lines on the dark ground. */
static int64_t bright(const struct stage *stage, SDL_Rect where) {
    int64_t count = 0;
    for (int y = where.y; y < where.y + where.h; y++) {
        const uint32_t *row =
            (const uint32_t *)(const void *)((const unsigned char *)stage->surface->pixels + y * stage->surface->pitch);
        for (int x = where.x; x < where.x + where.w; x++)
            count += (row[x] & 255U) > 100;
    }
    return count;
}

static uint32_t pixel(const struct stage *stage, int x, int y) {
    return *(const uint32_t *)(const void *)((const unsigned char *)stage->surface->pixels + y * stage->surface->pitch +
                                             4 * x);
}

static const SDL_Rect left = {0, 0, 310, 240}, right = {320, 0, 310, 240};

static void a_panel_is_seen_once_it_is_drawn(void **state) {
    struct stage *stage = *state;
    struct cr_panels *panels = panels_of(stage);
    blank(stage);
    draw(stage, panels, 0, left);
    assert_int_equal(bright(stage, left), 0);
    assert_int_equal(pixel(stage, 20, 20) & 0xFFFFFFU, 0x14181F); /* the ground of the theme */
    assert_int_equal(pixel(stage, 400, 20) & 0xFFFFFFU, 0x010203);
    see(panels, &stage->worlds.sight);
    draw(stage, panels, 0, left);
    draw(stage, panels, 1, right);
    cr_panels_wait(panels);
    draw(stage, panels, 0, left);
    draw(stage, panels, 1, right);
    assert_true(bright(stage, left) > 500);
    assert_true(bright(stage, right) > 500);
    assert_int_equal(pixel(stage, 315, 20) & 0xFFFFFFU, 0x010203);
    cr_panels_free(panels);
}

static void in_a_frame_one_new_picture_is_taken_over(void **state) {
    struct stage *stage = *state;
    struct cr_panels *panels = panels_of(stage);
    see(panels, &stage->worlds.sight);
    blank(stage);
    draw(stage, panels, 0, left);
    draw(stage, panels, 1, right);
    /* Both are drawn soon, and then come in one after the other. */
    int64_t seen[2] = {0, 0};
    int frames = 0;
    for (; frames < 2000 && (seen[0] == 0 || seen[1] == 0); frames++) {
        const int64_t before[2] = {seen[0], seen[1]};
        SDL_Delay(2);
        draw(stage, panels, 0, left);
        draw(stage, panels, 1, right);
        seen[0] = bright(stage, left);
        seen[1] = bright(stage, right);
        assert_false(before[0] == 0 && before[1] == 0 && seen[0] > 0 && seen[1] > 0);
    }
    assert_true(seen[0] > 0 && seen[1] > 0);
    cr_panels_free(panels);
}

static void what_is_not_new_is_not_drawn_again(void **state) {
    struct stage *stage = *state;
    struct cr_panels *panels = panels_of(stage);
    see(panels, &stage->worlds.sight);
    draw(stage, panels, 0, left);
    cr_panels_wait(panels);
    draw(stage, panels, 0, left);
    const long held = allocations_held;
    see(panels, &stage->worlds.sight);
    for (int k = 0; k < 20; k++)
        draw(stage, panels, 0, left);
    assert_true(allocations_held == held);
    cr_panels_free(panels);
}

static void another_choice_size_or_theme_is_drawn_at_once(void **state) {
    struct stage *stage = *state;
    struct cr_panels *panels = panels_of(stage);
    see(panels, &stage->worlds.sight);
    draw(stage, panels, 0, left);
    cr_panels_wait(panels);
    draw(stage, panels, 0, left);
    const int64_t first = bright(stage, left);
    struct cr_panel_choice choice;
    assert_true(cr_panel_find("self_worth", &choice));
    cr_panels_choose(panels, 0, choice);
    assert_int_equal(cr_panels_choice(panels, 0).measure, choice.measure);
    draw(stage, panels, 0, left);
    cr_panels_wait(panels);
    draw(stage, panels, 0, left);
    const int64_t second = bright(stage, left);
    assert_true(second > 300 && second != first);
    struct cr_error error = {0};
    const struct cr_look light = {.theme = CR_THEME_LIGHT, .scale = 1.0, .text_scale = 1.0};
    assert_int_equal(cr_panels_draw(panels, 0, &light, left, &error), 0);
    cr_panels_wait(panels);
    assert_int_equal(cr_panels_draw(panels, 0, &light, left, &error), 0);
    SDL_RenderFlush(stage->renderer);
    assert_int_equal(pixel(stage, 2, 2) & 0xFFFFFFU, 0xFFFFFF);
    cr_panels_free(panels);
}

static void lost_textures_are_made_anew(void **state) {
    struct stage *stage = *state;
    struct cr_panels *panels = panels_of(stage);
    see(panels, &stage->worlds.sight);
    draw(stage, panels, 0, left);
    cr_panels_wait(panels);
    draw(stage, panels, 0, left);
    cr_panels_forget_textures(panels);
    draw(stage, panels, 0, left);
    assert_int_equal(bright(stage, left), 0);
    cr_panels_wait(panels);
    draw(stage, panels, 0, left);
    assert_true(bright(stage, left) > 500);
    cr_panels_free(panels);
}

static void panels_ask_for_what_they_show_and_for_no_more(void **state) {
    struct stage *stage = *state;
    struct cr_panels *panels = panels_of(stage);
    const int icc = cr_measure_find("satisfaction_icc"), course = cr_measure_find("ecr_mean");
    const int ages = cr_measure_find("style_share_by_age");
    cr_panels_choose(panels, 0, (struct cr_panel_choice){CR_PANEL_MEASURE, icc});
    cr_panels_choose(panels, 1, (struct cr_panel_choice){CR_PANEL_MEASURE, icc});
    cr_panels_choose(panels, 2, (struct cr_panel_choice){CR_PANEL_MEASURE, course});
    cr_panels_choose(panels, 3, (struct cr_panel_choice){CR_PANEL_STYLES_BY_AGE, -1});
    cr_panels_choose(panels, 4, (struct cr_panel_choice){CR_PANEL_HAZARD, -1});
    const struct cr_wants few = cr_panels_wants(panels, 4), all = cr_panels_wants(panels, 5);
    assert_int_equal(few.count, 2);
    assert_int_equal(few.measure[0], icc);
    assert_int_equal(few.measure[1], ages);
    assert_false(few.stability);
    assert_true(all.stability);
    assert_int_equal(cr_panels_wants(panels, 0).count, 0);
    cr_panels_free(panels);
}

static void what_is_seen_tells_where_it_stands(void **state) {
    struct stage *stage = *state;
    struct cr_panels *panels = panels_of(stage);
    struct cr_panel_seen seen;
    see(panels, &stage->worlds.sight);
    draw(stage, panels, 0, left);
    assert_false(cr_panels_seen(panels, 0, &seen));
    cr_panels_wait(panels);
    draw(stage, panels, 0, left);
    assert_true(cr_panels_seen(panels, 0, &seen));
    assert_string_equal(seen.chart->title, "Protest and deactivation");
    const struct cr_plot plot = seen.placement->plots[0];
    assert_true(plot.area.height > 100.0 && cr_rect_bottom(plot.area) < left.h);
    /* The chart stays as it is seen, whatever is asked for in the meantime. */
    cr_panels_choose(panels, 0, (struct cr_panel_choice){CR_PANEL_AROUSAL, -1});
    assert_true(cr_panels_seen(panels, 0, &seen));
    assert_int_equal(seen.chart->kind, CR_CHART_LINES);
    draw(stage, panels, 0, left);
    cr_panels_wait(panels);
    draw(stage, panels, 0, left);
    assert_true(cr_panels_seen(panels, 0, &seen));
    assert_int_equal(seen.chart->kind, CR_CHART_BARS);
    cr_panels_free(panels);
}

static void a_group_alone_is_drawn_at_once_and_ends_with_another_choice(void **state) {
    struct stage *stage = *state;
    struct cr_panels *panels = panels_of(stage);
    struct cr_panel_seen seen;
    see(panels, &stage->worlds.sight);
    for (int k = 0; k < 3; k++) {
        if (k == 1)
            cr_panels_choose_group(panels, 0, "open");
        if (k == 2)
            cr_panels_choose(panels, 0, (struct cr_panel_choice){CR_PANEL_STRATEGIES, -1});
        assert_string_equal(cr_panels_group(panels, 0), k == 1 ? "open" : "");
        draw(stage, panels, 0, left);
        cr_panels_wait(panels);
        draw(stage, panels, 0, left);
        assert_true(cr_panels_seen(panels, 0, &seen));
        assert_int_equal(seen.chart->of.lines.line_count, k == 1 ? 1 : 4);
    }
    cr_panels_free(panels);
}

static void a_panel_is_kept_as_a_drawing(void **state) {
    struct stage *stage = *state;
    struct cr_panels *panels = panels_of(stage);
    struct cr_error error = {0};
    char folder[] = "/tmp/cradle-panels-XXXXXX", path[64], head[8] = {0};
    assert_non_null(mkdtemp(folder));
    assert_int_equal(cr_panels_write(panels, 0, CR_THEME_LIGHT, 600.0, 400.0, folder, "a.svg", &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, "a.svg"));
    see(panels, &stage->worlds.sight);
    error = (struct cr_error){0};
    assert_int_equal(cr_panels_write(panels, 0, CR_THEME_LIGHT, 600.0, 400.0, folder, "a.svg", &error), 0);
    (void)snprintf(path, sizeof path, "%s/a.svg", folder);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(head, 1, 5, file), 5);
    assert_string_equal(head, "<?xml");
    assert_int_equal(fclose(file), 0);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(
        cr_panels_write(panels, 0, CR_THEME_LIGHT, 600.0, 400.0, "/nowhere/at/all", "a.svg", &error), CR_ERROR_IO);
    assert_int_equal(rmdir(folder), 0);
    cr_panels_free(panels);
}

/* The sight goes on while the painter draws what it was. Also what the thread sanitizer looks at. */
static void living_on_does_not_disturb_what_is_being_drawn(void **state) {
    (void)state;
    struct stage *stage = malloc(sizeof *stage);
    assert_non_null(stage);
    stage_begin(stage, 15);
    stage->worlds.sight.count = 2;
    struct cr_panels *panels = panels_of(stage);
    const struct cr_wants wants = cr_panels_wants(panels, 2);
    for (int year = 16; year <= 22; year++) {
        two_worlds_live(&stage->worlds, year * 52);
        two_worlds_want(&stage->worlds, &wants);
        see(panels, &stage->worlds.sight);
        cr_panels_choose(panels, 1, (struct cr_panel_choice){(enum cr_panel_kind)(year % CR_PANEL_MEASURE), -1});
        for (int k = 0; k < 3; k++) {
            draw(stage, panels, 0, left);
            draw(stage, panels, 1, right);
        }
    }
    cr_panels_wait(panels);
    draw(stage, panels, 0, left);
    assert_true(bright(stage, left) > 500);
    cr_panels_free(panels);
    stage_end(stage);
    free(stage);
}

static void while_weeks_are_lived_a_panel_is_not_drawn_all_the_time(void **state) {
    (void)state;
    struct stage *stage = malloc(sizeof *stage);
    assert_non_null(stage);
    stage_begin(stage, 16);
    struct cr_panels *panels = panels_of(stage);
    stage->worlds.sight.living = true;
    see(panels, &stage->worlds.sight);
    const double begun = cr_clock_seconds();
    draw(stage, panels, 0, left);
    cr_panels_wait(panels);
    draw(stage, panels, 0, left);
    const int64_t before = bright(stage, left);
    for (int year = 17; year <= 20; year++)
        two_worlds_live(&stage->worlds, year * 52);
    see(panels, &stage->worlds.sight);
    draw(stage, panels, 0, left);
    SDL_Delay(50);
    draw(stage, panels, 0, left);
    const int64_t soon = bright(stage, left);
    const bool in_time = cr_clock_seconds() - begun < 0.25; /* not on a machine that is very slow */
    SDL_Delay(300);
    draw(stage, panels, 0, left);
    for (int k = 0; k < 1000 && bright(stage, left) == before; k++) {
        SDL_Delay(2);
        draw(stage, panels, 0, left);
    }
    assert_true(soon == before || !in_time);
    assert_true(bright(stage, left) != before);
    cr_panels_free(panels);
    stage_end(stage);
    free(stage);
}

/* The place of "now" on a panel over years; NaN before it is seen. */
static double now_of(const struct cr_panels *panels, size_t place) {
    struct cr_panel_seen seen;
    if (!cr_panels_seen(panels, place, &seen))
        return (double)NAN;
    assert_true(seen.chart->occasion_count > 0);
    assert_string_equal(seen.chart->occasions[0].label, "now");
    return seen.chart->occasions[0].at;
}

static void while_recorded_weeks_go_by_every_panel_has_its_turn_and_all_tell_of_one_week(void **state) {
    enum { SHOWN = 5, FRAMES = 150 };
    static const char *const names[SHOWN] = {"strategies", "earned", "satisfaction", "routes", "style_share"};
    struct stage *stage = *state;
    struct cr_panels *panels = panels_of(stage);
    double now[SHOWN], before[SHOWN];
    int count[SHOWN] = {0};
    for (size_t k = 0; k < SHOWN; k++) {
        struct cr_panel_choice choice;
        assert_true(cr_panel_find(names[k], &choice));
        cr_panels_choose(panels, k, choice);
        before[k] = -1.0;
    }
    stage->worlds.sight.living = false; /* weeks that are known come back at once */
    const double begun = cr_clock_seconds();
    for (int frame = 0; frame < FRAMES || (count[SHOWN - 1] < 3 && frame < 20 * FRAMES); frame++) {
        stage->worlds.sight.of[0].week = 16 * 52 + frame % (9 * 52);
        see(panels, &stage->worlds.sight);
        int least = INT_MAX, most = 0;
        for (size_t k = 0; k < SHOWN; k++) {
            draw(stage, panels, k, left);
            now[k] = now_of(panels, k);
            count[k] += !isnan(now[k]) && now[k] != before[k];
            before[k] = isnan(now[k]) ? before[k] : now[k];
            least = count[k] < least ? count[k] : least;
            most = count[k] > most ? count[k] : most;
        }
        assert_true(most - least <= 1);
        for (size_t k = 1; k < SHOWN && most == least && most > 0; k++)
            assert_true(now[k] == now[0]);
        SDL_Delay(8);
    }
    assert_true(count[0] >= 3);
    assert_true(count[0] <= 2.0 + (cr_clock_seconds() - begun) / 0.25);
    cr_panels_free(panels);
    stage->worlds.sight.of[0].week = YEARS * 52;
}

static void without_memory_there_are_no_panels(void **state) {
    struct stage *stage = *state;
    for (long n = 0; n < 3; n++) {
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        assert_null(cr_panels_new(stage->renderer, &error));
        allocations_left = -1;
        assert_int_equal(error.code, CR_ERROR_MEMORY);
        assert_true(allocations_held == held);
    }
    struct cr_panels *panels = panels_of(stage);
    struct cr_error error = {0};
    int failures = 0;
    for (long n = 0; n < 1000; n++) {
        allocations_left = n;
        const int status = cr_panels_see(panels, &stage->worlds.sight, &error);
        allocations_left = -1;
        if (status == 0)
            break;
        assert_int_equal(status, CR_ERROR_MEMORY);
        failures++;
    }
    assert_true(failures > 5 && failures < 1000);
    draw(stage, panels, 0, left);
    cr_panels_wait(panels);
    cr_panels_free(panels);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_panel_is_seen_once_it_is_drawn),
        cmocka_unit_test(in_a_frame_one_new_picture_is_taken_over),
        cmocka_unit_test(what_is_not_new_is_not_drawn_again),
        cmocka_unit_test(another_choice_size_or_theme_is_drawn_at_once),
        cmocka_unit_test(lost_textures_are_made_anew),
        cmocka_unit_test(panels_ask_for_what_they_show_and_for_no_more),
        cmocka_unit_test(what_is_seen_tells_where_it_stands),
        cmocka_unit_test(a_group_alone_is_drawn_at_once_and_ends_with_another_choice),
        cmocka_unit_test(a_panel_is_kept_as_a_drawing),
        cmocka_unit_test(living_on_does_not_disturb_what_is_being_drawn),
        cmocka_unit_test(while_weeks_are_lived_a_panel_is_not_drawn_all_the_time),
        cmocka_unit_test(while_recorded_weeks_go_by_every_panel_has_its_turn_and_all_tell_of_one_week),
        cmocka_unit_test(without_memory_there_are_no_panels),
    };
    return cmocka_run_group_tests_name("panels", tests, begin, end);
}
