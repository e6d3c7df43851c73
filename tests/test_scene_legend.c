#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "report/colour.h"
#include "viz/draw/tint.h"
#include "viz/scene/flares.h"
#include "viz/scene/scene_backdrop.h"

static struct cr_scene_content content_of(enum cr_arrangement arrangement) {
    return (struct cr_scene_content){.arrangement = arrangement,
        .ties = true,
        .children = true,
        .differences = true,
        .shapes = true,
        .ties_one_in = 1,
        .flares_one_in = 1,
        .worlds = 1};
}

static bool says(const struct cr_scene_content *content, const char *text) {
    struct cr_scene_legend legend;
    cr_scene_legend_fill(&legend, content);
    assert_true(legend.count < CR_SCENE_LEGEND_MOST);
    for (size_t k = 0; k < legend.count; k++)
        if (strstr(legend.entries[k].text, text))
            return true;
    return false;
}

/* Whether an entry says just that. */
static bool lists(const struct cr_scene_content *content, const char *text) {
    struct cr_scene_legend legend;
    cr_scene_legend_fill(&legend, content);
    for (size_t k = 0; k < legend.count; k++)
        if (strcmp(legend.entries[k].text, text) == 0)
            return true;
    return false;
}

static void the_legend_tells_what_is_left_out(void **state) {
    (void)state;
    struct cr_scene_content content = content_of(CR_ARRANGEMENT_PLANE);
    assert_false(says(&content, "Drawn: 1 in") || says(&content, "of 1 in"));
    content.ties_one_in = 4;
    assert_true(says(&content, "1 in 4 couples"));
    content.ties = false;
    assert_false(says(&content, "1 in 4 couples"));
    content.flares_one_in = 8;
    assert_true(says(&content, "1 in 8 people"));
    content = content_of(CR_ARRANGEMENT_TIMELINE);
    assert_false(says(&content, "1 in"));
    content.ties_one_in = 64;
    assert_true(says(&content, "1 in 64 relationships"));
}

static void the_legend_tells_only_what_can_be_seen(void **state) {
    (void)state;
    struct cr_scene_content content = content_of(CR_ARRANGEMENT_PLANE);
    assert_true(says(&content, "child, same index"));
    assert_true(says(&content, "satisfied"));
    assert_false(says(&content, "there") || says(&content, "other world"));
    assert_false(says(&content, "at home"));
    content.worlds = 2;
    assert_true(says(&content, "other style or partner in the other world"));
    assert_true(says(&content, "alike in both"));
    content.differences = content.children = content.ties = false;
    assert_false(says(&content, "there") || says(&content, "other world"));
    assert_false(says(&content, "child"));
    assert_false(says(&content, "satisfied"));
    content = content_of(CR_ARRANGEMENT_MAP);
    assert_true(says(&content, "at home, clockwise by birth"));
    content = content_of(CR_ARRANGEMENT_TIMELINE);
    assert_true(says(&content, "death of one"));
    assert_false(says(&content, "the other world"));
    content.worlds = 2;
    content.differences = true;
    assert_true(says(&content, "not in the other world"));
    assert_true(says(&content, "ends otherwise there"));
    assert_true(says(&content, "alike in both"));
    content.differences = false;
    assert_false(says(&content, "ends otherwise there"));
    assert_false(says(&content, "protest"));
}

/* Everything that the scene may show of what happens has its entry. */
static void the_legend_tells_every_flare(void **state) {
    (void)state;
    static const char *const everyday[] = {
        "protest", "deactivation", "appeasement", "comforted", "rebuffed", "frightened", "quarrel"};
    static const char *const lives[] = {"pairing", "moving in together", "wedding", "separation", "death",
        "partner left behind", "birth", "earned security"};
    enum { EVERYDAY = sizeof everyday / sizeof everyday[0], LIVES = sizeof lives / sizeof lives[0] };
    assert_int_equal(EVERYDAY + LIVES, CR_FLARE_KINDS);
    for (int arrangement = CR_ARRANGEMENT_PLANE; arrangement <= CR_ARRANGEMENT_MAP; arrangement++) {
        struct cr_scene_content content = content_of((enum cr_arrangement)arrangement);
        for (int shown = 0; shown < CR_FLARES_SHOWN; shown++) {
            content.flares = (enum cr_flares_shown)shown;
            for (int k = 0; k < EVERYDAY; k++)
                assert_int_equal(lists(&content, everyday[k]), shown == CR_FLARES_ALL);
            for (int k = 0; k < LIVES; k++)
                assert_int_equal(lists(&content, lives[k]), shown != CR_FLARES_NONE);
            assert_int_equal(says(&content, "Comfort that follows no flare: 1 in"), shown == CR_FLARES_ALL);
            assert_int_equal(says(&content, "faster time runs"), shown != CR_FLARES_NONE);
        }
        content.flares = CR_FLARES_ALL;
        content.children = false;
        assert_false(lists(&content, "birth"));
    }
}

/* Side by side, each of two scenes tells a half, and nothing is told twice but what is left out. */
static void two_scenes_share_one_legend(void **state) {
    (void)state;
    for (int arrangement = 0; arrangement < CR_ARRANGEMENTS; arrangement++) {
        struct cr_scene_content content = content_of((enum cr_arrangement)arrangement);
        struct cr_scene_legend whole, half[2];
        content.worlds = 2;
        cr_scene_legend_fill(&whole, &content);
        size_t told = 0, notes = 0;
        for (int k = 0; k < 2; k++) {
            content.half = k == 0 ? CR_LEGEND_LEFT : CR_LEGEND_RIGHT;
            cr_scene_legend_fill(&half[k], &content);
            notes += half[k].note[0] != '\0';
            told += half[k].count;
        }
        assert_int_equal(told - notes, whole.count - (whole.note[0] != '\0'));
        for (size_t k = 0; k < half[0].count; k++)
            for (size_t j = 0; j < half[1].count; j++)
                assert_true(half[0].entries[k].text == half[0].note || half[1].entries[j].text == half[1].note ||
                            strcmp(half[0].entries[k].text, half[1].entries[j].text) != 0);
    }
}

static void a_shared_legend_is_larger_and_leaves_both_pictures_alike(void **state) {
    (void)state;
    struct cr_map map = {0};
    assert_int_equal(cr_map_fit(&map, 50, NULL), 0);
    for (int arrangement = 0; arrangement < CR_ARRANGEMENTS; arrangement++) {
        struct cr_scene_layout layout[3];
        for (int half = 0; half < 3; half++) {
            struct cr_scene_backdrop backdrop = {.look = {CR_THEME_DARK, 1.0, 1.0, false},
                .content = content_of((enum cr_arrangement)arrangement),
                .camera = cr_camera_all(),
                .map = &map};
            backdrop.content.worlds = 2;
            backdrop.content.half = (enum cr_legend_half)half;
            assert_int_equal(cr_scene_backdrop_lay(&backdrop, 480, 740, NULL), 0);
            layout[half] = backdrop.layout;
        }
        assert_true(layout[CR_LEGEND_LEFT].legend_unit > 1.15 * layout[CR_LEGEND_WHOLE].legend_unit);
        assert_true(layout[CR_LEGEND_LEFT].legend_unit == layout[CR_LEGEND_RIGHT].legend_unit);
        assert_memory_equal(
            &layout[CR_LEGEND_LEFT].plot, &layout[CR_LEGEND_RIGHT].plot, sizeof layout[CR_LEGEND_LEFT].plot);
    }
    cr_map_free(&map);
}

static void expect_legend_fits(struct cr_scene_backdrop *backdrop) {
    const struct cr_scene_layout *layout = &backdrop->layout;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, layout->width, layout->height);
    cairo_t *cairo = cairo_create(surface);
    assert_int_equal(cr_scene_backdrop_draw(backdrop, cairo, NULL), 0);
    struct cr_canvas canvas;
    assert_int_equal(
        cr_canvas_init(&canvas, cairo, cr_theme(CR_THEME_DARK), layout->width, layout->height, 1.0, NULL), 0);
    canvas.unit = layout->legend_unit;
    struct cr_scene_legend legend;
    cr_scene_legend_fill(&legend, &backdrop->content);
    const struct cr_extent room = cr_scene_legend_measure(&legend, &canvas, layout->beside, layout->legend.width);
    assert_true(room.width <= layout->legend.width + 1.0);
    assert_true(room.height <= layout->legend.height + 1.0);
    cr_canvas_free(&canvas);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

static void picture_and_legend_share_the_scene_without_overlap(void **state) {
    (void)state;
    static const struct {
        int width, height;
        double scale, text_scale;
    } scenes[] = {{960, 800, 1.0, 1.0}, {600, 500, 1.0, 1.0}, {480, 800, 1.0, 1.0}, {1920, 1600, 2.0, 1.0},
        {420, 400, 1.0, 1.0}, {960, 800, 1.0, 1.4}};
    struct cr_map map = {0};
    assert_int_equal(cr_map_fit(&map, 50, NULL), 0);
    for (size_t k = 0; k < sizeof scenes / sizeof scenes[0]; k++) {
        for (int arrangement = 0; arrangement < CR_ARRANGEMENTS; arrangement++) {
            struct cr_scene_backdrop backdrop = {.look = {CR_THEME_DARK, scenes[k].scale, scenes[k].text_scale, false},
                .content = content_of((enum cr_arrangement)arrangement),
                .camera = cr_camera_all(),
                .map = &map};
            backdrop.content.worlds = 2;
            backdrop.content.ties_one_in = backdrop.content.flares_one_in = 16;
            assert_int_equal(cr_scene_backdrop_lay(&backdrop, scenes[k].width, scenes[k].height, NULL), 0);
            const struct cr_scene_layout *layout = &backdrop.layout;
            const struct cr_rect scene = {0.0, 0.0, scenes[k].width, scenes[k].height};
            assert_false(cr_rect_overlap(layout->plot, layout->legend));
            assert_true(layout->plot.x >= 0.0 && cr_rect_right(layout->plot) <= scene.width);
            assert_true(layout->plot.y >= 0.0 && cr_rect_bottom(layout->plot) <= scene.height);
            assert_true(cr_rect_right(layout->legend) <= scene.width && cr_rect_bottom(layout->legend) <= scene.height);
            expect_legend_fits(&backdrop);
            assert_true(layout->plot.width * layout->plot.height > 0.35 * scene.width * scene.height);
        }
    }
    cr_map_free(&map);
}

/* The scene of a window of 1024 x 640 points. */
static void no_entry_is_cut_in_the_smallest_window(void **state) {
    (void)state;
    static const enum cr_arrangement arrangements[] = {CR_ARRANGEMENT_PLANE, CR_ARRANGEMENT_TIMELINE};
    for (size_t k = 0; k < 2; k++) {
        struct cr_scene_backdrop backdrop = {
            .look = {CR_THEME_DARK, 1.0, 1.0, false}, .content = content_of(arrangements[k])};
        assert_int_equal(cr_scene_backdrop_lay(&backdrop, 696, 520, NULL), 0);
        cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 696, 520);
        cairo_t *cairo = cairo_create(surface);
        struct cr_canvas canvas;
        assert_int_equal(cr_canvas_init(&canvas, cairo, cr_theme(CR_THEME_DARK), 696, 520, 1.0, NULL), 0);
        canvas.unit = backdrop.layout.legend_unit;
        struct cr_scene_legend legend;
        cr_scene_legend_fill(&legend, &backdrop.content);
        legend.count -= legend.note[0] != '\0';
        assert_true(backdrop.layout.beside);
        const struct cr_extent whole = cr_scene_legend_measure(&legend, &canvas, true, 10000.0);
        assert_true(whole.width <= backdrop.layout.legend.width + 1.0);
        cr_canvas_free(&canvas);
        cairo_destroy(cairo);
        cairo_surface_destroy(surface);
    }
}

/* Whether anything but the ground of the first pixel is drawn in a row or column of pixels. */
static bool is_inked(cairo_surface_t *surface, int x, int y, int width, int height) {
    const int stride = cairo_image_surface_get_stride(surface);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    bool inked = false;
    for (int row = y; row < y + height; row++)
        for (int column = x; column < x + width; column++)
            inked |= memcmp(data + (size_t)row * (size_t)stride + 4 * (size_t)column, data, 3) != 0;
    return inked;
}

static void the_numbers_of_the_years_stand_where_it_is_told(void **state) {
    (void)state;
    struct cr_scene_backdrop backdrop = {.look = {CR_THEME_DARK, 1.0, 1.0, false},
        .content = content_of(CR_ARRANGEMENT_TIMELINE),
        .camera = {.zoom = 1.0},
        .begin = 800,
        .end = 3640};
    assert_int_equal(cr_scene_backdrop_lay(&backdrop, 900, 700, NULL), 0);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 900, 700);
    cairo_t *cairo = cairo_create(surface);
    assert_int_equal(cr_scene_backdrop_draw(&backdrop, cairo, NULL), 0);
    cairo_surface_flush(surface);
    assert_true(backdrop.number_count >= 4);
    for (size_t k = 0; k < backdrop.number_count; k++) {
        const struct cr_rect number = backdrop.numbers[k];
        const int x = (int)floor(number.x), y = (int)floor(number.y);
        const int width = (int)ceil(number.width) + 1, height = (int)ceil(number.height) + 1;
        assert_true(is_inked(surface, x, y, width, height));
        assert_false(is_inked(surface, x - 3, y, 2, height) || is_inked(surface, x + width + 1, y, 2, height));
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

static void the_plane_is_read_as_it_is_drawn(void **state) {
    (void)state;
    struct cr_scene_backdrop backdrop = {
        .look = {CR_THEME_DARK, 1.0, 1.0, false}, .content = content_of(CR_ARRANGEMENT_PLANE)};
    assert_int_equal(cr_scene_backdrop_lay(&backdrop, 900, 700, NULL), 0);
    const struct cr_scene_layout *layout = &backdrop.layout;
    for (double value = 1.0; value <= 7.0; value += 0.75) {
        assert_near(cr_scene_plane_anxiety(layout, cr_scene_plane_x(layout, value)), value, 1e-9);
        assert_near(cr_scene_plane_avoidance(layout, cr_scene_plane_y(layout, value)), value, 1e-9);
    }
    assert_true(cr_scene_plane_x(layout, 1.0) > 0.0 && cr_scene_plane_x(layout, 7.0) < layout->plot.width);
    assert_true(cr_scene_plane_y(layout, 7.0) > 0.0 && cr_scene_plane_y(layout, 1.0) < layout->plot.height);
}

static void a_tie_tells_satisfaction_on_any_ground(void **state) {
    (void)state;
    for (int theme = 0; theme < 2; theme++) {
        const struct cr_theme *look = cr_theme((enum cr_theme_name)theme);
        const struct cr_colour low = cr_tint(look, -2.0), middle = cr_tint(look, 0.0), high = cr_tint(look, 2.0);
        assert_true(low.red > low.blue + 0.2);
        assert_true(high.blue > high.red + 0.2);
        assert_true(cr_colour_distance(low, high) > 0.2);
        for (double s = -2.0; s <= 2.0; s += 0.1)
            assert_true(cr_colour_contrast(cr_tint(look, s), look->background) > 1.8);
        assert_near(cr_colour_distance(cr_tint(look, (double)NAN), middle), 0.0, 1e-9);
        double last = -1.0;
        for (double s = -0.8; s <= 0.8; s += 0.1) {
            const struct cr_colour colour = cr_tint(look, s);
            assert_true(colour.blue - colour.red > last);
            last = colour.blue - colour.red;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_legend_tells_what_is_left_out),
        cmocka_unit_test(the_legend_tells_only_what_can_be_seen),
        cmocka_unit_test(the_legend_tells_every_flare),
        cmocka_unit_test(two_scenes_share_one_legend),
        cmocka_unit_test(a_shared_legend_is_larger_and_leaves_both_pictures_alike),
        cmocka_unit_test(picture_and_legend_share_the_scene_without_overlap),
        cmocka_unit_test(no_entry_is_cut_in_the_smallest_window),
        cmocka_unit_test(the_numbers_of_the_years_stand_where_it_is_told),
        cmocka_unit_test(the_plane_is_read_as_it_is_drawn),
        cmocka_unit_test(a_tie_tells_satisfaction_on_any_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
