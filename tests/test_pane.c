#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "viz/draw/pane.h"

/* A window in memory, red all over. */
struct window {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
};

static struct window window_open(int width, int height) {
    struct window window = {SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888), NULL};
    assert_non_null(window.surface);
    window.renderer = SDL_CreateSoftwareRenderer(window.surface);
    assert_non_null(window.renderer);
    SDL_SetRenderDrawColor(window.renderer, 255, 0, 0, 255);
    SDL_RenderClear(window.renderer);
    return window;
}

static void window_close(struct window *window) {
    SDL_DestroyRenderer(window->renderer);
    SDL_FreeSurface(window->surface);
}

static uint32_t pixel_at(const struct window *window, int x, int y) {
    SDL_RenderFlush(window->renderer);
    const uint32_t *row = (const uint32_t *)(const void *)((const unsigned char *)window->surface->pixels +
                                                           (ptrdiff_t)y * window->surface->pitch);
    return row[x] & 0xFFFFFF;
}

static void assert_colour(uint32_t pixel, int red, int green, int blue) {
    assert_in_range((int)(pixel >> 16 & 255) - red + 2, 0, 4);
    assert_in_range((int)(pixel >> 8 & 255) - green + 2, 0, 4);
    assert_in_range((int)(pixel & 255) - blue + 2, 0, 4);
}

/* The left half blue, half covering; the right half empty. */
static void draw_half(struct cr_pane *pane, const struct window *window) {
    cairo_t *cairo = cr_pane_begin(pane, 8, 4, NULL);
    assert_non_null(cairo);
    cairo_set_source_rgba(cairo, 0.0, 0.0, 1.0, 0.5);
    cairo_rectangle(cairo, 0.0, 0.0, 4.0, 4.0);
    cairo_fill(cairo);
    cairo_destroy(cairo);
    assert_int_equal(cr_pane_end(pane, window->renderer, NULL), 0);
}

static void what_lets_through_is_blended_as_cairo_would(void **state) {
    (void)state;
    struct window window = window_open(20, 20);
    struct cr_pane pane = {0};
    draw_half(&pane, &window);
    assert_int_equal(pane.width, 8);
    assert_int_equal(pane.height, 4);
    cr_pane_show(&pane, window.renderer, 5, 6);
    assert_colour(pixel_at(&window, 6, 7), 127, 0, 128);
    assert_colour(pixel_at(&window, 11, 7), 255, 0, 0);
    assert_colour(pixel_at(&window, 4, 7), 255, 0, 0);
    assert_colour(pixel_at(&window, 6, 10), 255, 0, 0);
    cr_pane_free(&pane);
    cr_pane_free(&pane);
    window_close(&window);
}

static void a_pane_is_drawn_anew_in_its_texture_or_another_size(void **state) {
    (void)state;
    struct window window = window_open(20, 20);
    struct cr_pane pane = {0};
    draw_half(&pane, &window);
    const SDL_Texture *texture = pane.texture;
    draw_half(&pane, &window);
    assert_ptr_equal(pane.texture, texture);
    cairo_t *cairo = cr_pane_begin(&pane, 3, 5, NULL);
    cairo_set_source_rgb(cairo, 0.0, 1.0, 0.0);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    assert_int_equal(cr_pane_end(&pane, window.renderer, NULL), 0);
    assert_int_equal(pane.width, 3);
    assert_int_equal(pane.height, 5);
    cr_pane_show(&pane, window.renderer, 0, 0);
    assert_colour(pixel_at(&window, 2, 4), 0, 255, 0);
    assert_colour(pixel_at(&window, 3, 4), 255, 0, 0);
    cr_pane_free(&pane);
    window_close(&window);
}

static void a_picture_drawn_elsewhere_is_taken_over(void **state) {
    (void)state;
    static const cairo_format_t formats[] = {CAIRO_FORMAT_ARGB32, CAIRO_FORMAT_RGB24};
    for (int k = 0; k < 2; k++) {
        struct window window = window_open(10, 10);
        struct cr_pane pane = {0};
        cairo_surface_t *surface = cairo_image_surface_create(formats[k], 5, 5);
        cairo_t *cairo = cairo_create(surface);
        cairo_set_source_rgb(cairo, 0.2, 0.4, 0.6);
        cairo_paint(cairo);
        cairo_destroy(cairo);
        assert_int_equal(cr_pane_take(&pane, window.renderer, surface, NULL), 0);
        cairo_surface_destroy(surface);
        SDL_BlendMode mode = SDL_BLENDMODE_BLEND;
        SDL_GetTextureBlendMode(pane.texture, &mode);
        assert_int_equal(mode, SDL_BLENDMODE_NONE);
        cr_pane_show(&pane, window.renderer, 2, 2);
        assert_colour(pixel_at(&window, 2, 6), 51, 102, 153);
        cr_pane_free(&pane);
        window_close(&window);
    }
}

static void what_something_else_covers_is_left_out(void **state) {
    (void)state;
    struct window window = window_open(12, 12);
    struct cr_pane pane = {0};
    cairo_t *cairo = cr_pane_begin(&pane, 10, 10, NULL);
    cairo_set_source_rgb(cairo, 0.0, 0.0, 1.0);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    assert_int_equal(cr_pane_end(&pane, window.renderer, NULL), 0);
    cr_pane_show_around(&pane, window.renderer, 1, 1, (SDL_Rect){3, 2, 4, 5});
    for (int y = 0; y < 12; y++) {
        for (int x = 0; x < 12; x++) {
            const bool inside = x >= 1 && x < 11 && y >= 1 && y < 11;
            const bool hole = x >= 4 && x < 8 && y >= 3 && y < 8;
            assert_colour(pixel_at(&window, x, y), inside && !hole ? 0 : 255, 0, inside && !hole ? 255 : 0);
        }
    }
    cr_pane_free(&pane);
    window_close(&window);
}

static void nothing_is_shown_before_anything_is_drawn(void **state) {
    (void)state;
    struct window window = window_open(4, 4);
    const struct cr_pane pane = {0};
    cr_pane_show(&pane, window.renderer, 0, 0);
    cr_pane_show_around(&pane, window.renderer, 0, 0, (SDL_Rect){0, 0, 1, 1});
    assert_colour(pixel_at(&window, 1, 1), 255, 0, 0);
    window_close(&window);
}

static void a_picture_too_large_is_an_error(void **state) {
    (void)state;
    struct cr_pane pane = {0};
    struct cr_error error = {0};
    assert_null(cr_pane_begin(&pane, 100000, 100000, &error));
    assert_int_equal(error.code, CR_ERROR_MEMORY);
    assert_non_null(strstr(error.sentence, "100000 x 100000"));
    cr_pane_free(&pane);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_lets_through_is_blended_as_cairo_would),
        cmocka_unit_test(a_pane_is_drawn_anew_in_its_texture_or_another_size),
        cmocka_unit_test(a_picture_drawn_elsewhere_is_taken_over),
        cmocka_unit_test(what_something_else_covers_is_left_out),
        cmocka_unit_test(nothing_is_shown_before_anything_is_drawn),
        cmocka_unit_test(a_picture_too_large_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
