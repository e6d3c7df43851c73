#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "failing_allocation.h"
#include "near.h"
#include "two_worlds.h"
#include "viz/card/card.h"

enum { WIDTH = 800, HEIGHT = 940 };

/* Two worlds and a renderer without a window. */
struct stage {
    struct two_worlds worlds;
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    struct cr_card *card;
};

static void look_at(struct stage *stage, int32_t person) {
    two_worlds_look_at(&stage->worlds, person);
}

static void live_a_year(struct stage *stage) {
    two_worlds_live(&stage->worlds, stage->worlds.run[0].simulation.week + 52);
}

static int begin(void **state) {
    struct stage *stage = calloc(1, sizeof *stage);
    if (stage == NULL)
        return -1;
    two_worlds_begin(&stage->worlds, 30 * 52);
    stage->surface = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_ARGB8888);
    stage->renderer = stage->surface != NULL ? SDL_CreateSoftwareRenderer(stage->surface) : NULL;
    stage->card = stage->renderer != NULL ? cr_card_new(stage->renderer, NULL) : NULL;
    *state = stage;
    return stage->card != NULL ? 0 : -1;
}

static int end(void **state) {
    struct stage *stage = *state;
    cr_card_free(stage->card);
    cr_card_free(NULL);
    two_worlds_end(&stage->worlds);
    SDL_DestroyRenderer(stage->renderer);
    SDL_FreeSurface(stage->surface);
    free(stage);
    return 0;
}

static const struct cr_look look = {.theme = CR_THEME_LIGHT, .scale = 1.0, .text_scale = 1.0};

static void draw_in(struct stage *stage, enum cr_card_kind kind, SDL_Rect where) {
    struct cr_error error = {0};
    SDL_SetRenderDrawColor(stage->renderer, 1, 2, 3, 255);
    SDL_RenderClear(stage->renderer);
    if (cr_card_draw(stage->card, kind, &stage->worlds.sight, &look, where, 0, &error) != 0)
        fail_msg("%s", error.sentence);
    SDL_RenderFlush(stage->renderer);
}

/* Draws it in its own size, 10 pixels off the corner. */
static void draw(struct stage *stage, enum cr_card_kind kind) {
    const int width = (int)cr_card_width(kind, stage->worlds.sight.count, true);
    draw_in(stage, kind, (SDL_Rect){10, 10, width, cr_card_height(kind, &stage->worlds.sight, &look, width)});
}

static uint32_t pixel(const struct stage *stage, int x, int y) {
    return *(const uint32_t *)(const void *)((const unsigned char *)stage->surface->pixels + y * stage->surface->pitch +
                                             4 * x) &
           0xFFFFFFU;
}

/* How many pixels are dark: letters and lines on the light ground. */
static int dark(const struct stage *stage, SDL_Rect where) {
    int count = 0;
    for (int y = where.y; y < where.y + where.h; y++)
        for (int x = where.x; x < where.x + where.w; x++)
            count += (pixel(stage, x, y) & 255U) < 100 && pixel(stage, x, y) != 0x010203;
    return count;
}

static const SDL_Rect everywhere = {0, 0, WIDTH, HEIGHT};

/* Somebody with a partner, or without, who will live for long. */
static int32_t somebody(const struct stage *stage, bool partnered) {
    const struct cr_population *people = &stage->worlds.run[0].simulation.people;
    for (int32_t i = 0; i < 120; i++)
        if (people->death[i] > 36 * 52 && (people->partner[i] != CR_NOBODY) == partnered)
            return i;
    fail_msg("nobody is like that");
    return CR_NOBODY;
}

static uint64_t digest(const struct stage *stage) {
    uint64_t sum = 1469598103934665603U;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            sum = (sum ^ pixel(stage, x, y)) * 1099511628211U;
    return sum;
}

static void nobody_has_no_card(void **state) {
    struct stage *stage = *state;
    look_at(stage, CR_NOBODY);
    draw(stage, CR_CARD_PERSON);
    assert_int_equal(dark(stage, everywhere), 0);
    assert_int_equal(pixel(stage, 30, 30), 0x010203);
    struct cr_rect where;
    int32_t person;
    assert_false(cr_card_link(stage->card, 0, &where, &person));
}

static void a_card_fills_its_place_and_no_more(void **state) {
    struct stage *stage = *state;
    const double width = cr_card_width(CR_CARD_PERSON, 1, true);
    look_at(stage, somebody(stage, true));
    draw(stage, CR_CARD_PERSON);
    assert_true(dark(stage, everywhere) > 3000);
    assert_int_equal(pixel(stage, 9, 300), 0x010203);
    assert_int_equal(pixel(stage, 10 + (int)width, 300), 0x010203);
    assert_int_equal(pixel(stage, 14, 300), 0xFFFFFF);
    assert_int_equal(pixel(stage, 10, 10), 0x010203); /* its corners are round */
}

static void the_partners_name_leads_to_the_partner(void **state) {
    struct stage *stage = *state;
    const int32_t person = somebody(stage, true), partner = stage->worlds.run[0].simulation.people.partner[person];
    const double width = cr_card_width(CR_CARD_PERSON, 1, true);
    struct cr_rect where;
    int32_t linked;
    int found = 0;
    look_at(stage, person);
    draw(stage, CR_CARD_PERSON);
    for (size_t k = 0; cr_card_link(stage->card, k, &where, &linked); k++) {
        assert_int_not_equal(linked, person);
        assert_true(where.x >= 0.0 && where.y >= 0.0 && cr_rect_right(where) <= width);
        found += linked == partner && where.width * where.height > 300.0;
    }
    assert_true(found > 0);
    look_at(stage, CR_NOBODY);
    draw(stage, CR_CARD_PERSON);
    assert_false(cr_card_link(stage->card, 0, &where, &linked));
}

static void a_couple_has_two_columns(void **state) {
    struct stage *stage = *state;
    const SDL_Rect left = {20, 20, 330, 60}, right = {375, 20, 330, 60};
    look_at(stage, somebody(stage, true));
    draw(stage, CR_CARD_COUPLE);
    assert_true(dark(stage, left) > 300 && dark(stage, right) > 300);
    look_at(stage, somebody(stage, false));
    draw(stage, CR_CARD_COUPLE);
    assert_true(dark(stage, left) > 300);
    assert_int_equal(dark(stage, right), 0);
}

static void two_worlds_stand_side_by_side_with_differences_marked(void **state) {
    struct stage *stage = *state;
    assert_true(cr_card_width(CR_CARD_PERSON, 2, true) > 1.5 * cr_card_width(CR_CARD_PERSON, 1, true));
    assert_near(cr_card_width(CR_CARD_PERSON, 2, false), cr_card_width(CR_CARD_PERSON, 1, false), 0.0);
    look_at(stage, somebody(stage, true));
    stage->worlds.sight.count = 2;
    draw(stage, CR_CARD_PERSON);
    const uint64_t differing = digest(stage);
    assert_true(dark(stage, (SDL_Rect){375, 20, 330, 60}) > 300);
    /* The same twice has no difference. */
    const struct cr_dossier apart = stage->worlds.sight.of[1].dossier;
    stage->worlds.sight.of[1].dossier = stage->worlds.sight.of[0].dossier;
    cr_card_wait(stage->card);
    cr_card_forget_textures(stage->card);
    draw(stage, CR_CARD_PERSON);
    const uint32_t red = 0xD4442A;
    int marked = 0;
    for (int y = 60; y < 400; y++)
        for (int x = 20; x < 340; x++)
            marked += pixel(stage, x, y) == red;
    assert_int_equal(marked, 0);
    assert_true(digest(stage) != differing);
    stage->worlds.sight.of[1].dossier = apart;
    stage->worlds.sight.count = 1;
}

static void what_has_not_changed_is_not_drawn_again(void **state) {
    struct stage *stage = *state;
    look_at(stage, somebody(stage, true));
    draw(stage, CR_CARD_PERSON);
    const uint64_t before = digest(stage);
    allocations_left = 0;
    draw(stage, CR_CARD_PERSON);
    allocations_left = -1;
    assert_true(digest(stage) == before);
}

/* While weeks are lived a card may lag behind, but not for ever, and not if it is waited for. */
static void a_new_week_is_shown_sooner_or_later(void **state) {
    struct stage *stage = *state;
    const int32_t person = somebody(stage, true);
    look_at(stage, person);
    draw(stage, CR_CARD_PERSON);
    const uint64_t before = digest(stage);
    stage->worlds.sight.living = true;
    live_a_year(stage);
    look_at(stage, person);
    int frames = 0;
    do {
        SDL_Delay(5);
        draw(stage, CR_CARD_PERSON);
    } while (digest(stage) == before && ++frames < 400);
    const uint64_t second = digest(stage);
    assert_true(second != before);
    live_a_year(stage);
    look_at(stage, person);
    cr_card_wait(stage->card);
    draw(stage, CR_CARD_PERSON);
    assert_true(digest(stage) != second);
    stage->worlds.sight.living = false;
    live_a_year(stage);
    look_at(stage, person);
    const uint64_t third = digest(stage);
    draw(stage, CR_CARD_PERSON);
    assert_true(digest(stage) != third);
}

static void everybody_has_a_card_at_any_size(void **state) {
    struct stage *stage = *state;
    for (int32_t person = 0; person < 120; person += 7) {
        look_at(stage, person);
        stage->worlds.sight.count = 1 + (size_t)person % 2;
        draw_in(stage, person % 3 == 0 ? CR_CARD_COUPLE : CR_CARD_PERSON,
            (SDL_Rect){10, 10, 240 + 4 * person, 220 + 4 * person});
        assert_true(dark(stage, everywhere) > 50);
    }
    stage->worlds.sight.count = 1;
    draw_in(stage, CR_CARD_PERSON, (SDL_Rect){10, 10, 0, 40});
    assert_int_equal(dark(stage, everywhere), 0);
}

/* The rows of pixels of a card in a low window, scrolled by so much. */
static uint64_t draw_scrolled(struct stage *stage, int scroll, int from, int to) {
    struct cr_error error = {0};
    uint64_t sum = 1469598103934665603U;
    SDL_SetRenderDrawColor(stage->renderer, 1, 2, 3, 255);
    SDL_RenderClear(stage->renderer);
    if (cr_card_draw(stage->card, CR_CARD_PERSON, &stage->worlds.sight, &look, (SDL_Rect){10, 10, 348, 400}, scroll,
            &error) != 0)
        fail_msg("%s", error.sentence);
    SDL_RenderFlush(stage->renderer);
    for (int y = from; y < to; y++)
        for (int x = 20; x < 345; x++)
            sum = (sum ^ pixel(stage, x, y)) * 1099511628211U;
    return sum;
}

static void what_has_no_room_is_scrolled_into_view(void **state) {
    struct stage *stage = *state;
    look_at(stage, somebody(stage, true));
    const int all = cr_card_height(CR_CARD_PERSON, &stage->worlds.sight, &look, 348);
    assert_true(all > 600);
    const uint64_t lower = draw_scrolled(stage, 0, 200, 400);
    struct cr_rect where;
    int32_t person;
    assert_true(cr_card_link(stage->card, 0, &where, &person));
    allocations_left = 0; /* it is only shown elsewhere, not drawn again */
    assert_true(draw_scrolled(stage, 100, 100, 300) == lower);
    allocations_left = -1;
    /* Where names stand does not hang on what is in view. */
    struct cr_rect scrolled;
    assert_true(where.y > 400.0);
    (void)draw_scrolled(stage, all - 400, 0, 1);
    assert_true(cr_card_link(stage->card, 0, &scrolled, &person));
    assert_true(scrolled.y == where.y);
    assert_false(cr_card_link(stage->card, 1000, &where, &person));
    /* nothing leaves its place */
    assert_int_equal(dark(stage, (SDL_Rect){0, 0, WIDTH, 10}), 0);
    assert_int_equal(dark(stage, (SDL_Rect){0, 411, WIDTH, HEIGHT - 411}), 0);
}

static void letters_grow_with_the_wish_for_larger_text(void **state) {
    struct stage *stage = *state;
    look_at(stage, somebody(stage, true));
    const int usual = cr_card_height(CR_CARD_PERSON, &stage->worlds.sight, &look, 348);
    struct cr_look large = look;
    large.text_scale = 1.5;
    assert_near(cr_card_height(CR_CARD_PERSON, &stage->worlds.sight, &large, 522), 1.5 * usual, 2.0);
    struct cr_error error = {0};
    double heights[2];
    for (int k = 0; k < 2; k++) {
        struct cr_rect where;
        int32_t person;
        const SDL_Rect place = {0, 0, k == 0 ? 348 : 522, 800};
        assert_int_equal(
            cr_card_draw(stage->card, CR_CARD_PERSON, &stage->worlds.sight, k == 0 ? &look : &large, place, 0, &error),
            0);
        assert_true(cr_card_link(stage->card, 0, &where, &person));
        heights[k] = where.height;
    }
    assert_near(heights[1] / heights[0], 1.5, 0.05);
}

static void textures_that_were_lost_are_made_anew(void **state) {
    struct stage *stage = *state;
    look_at(stage, somebody(stage, true));
    draw(stage, CR_CARD_PERSON);
    const uint64_t before = digest(stage);
    cr_card_forget_textures(stage->card);
    draw(stage, CR_CARD_PERSON);
    assert_true(digest(stage) == before);
}

static void without_memory_there_is_no_card(void **state) {
    struct stage *stage = *state;
    for (long n = 0; n < 3; n++) {
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        assert_null(cr_card_new(stage->renderer, &error));
        allocations_left = -1;
        assert_int_equal(error.code, CR_ERROR_MEMORY);
        assert_true(allocations_held == held);
    }
    look_at(stage, somebody(stage, true));
    cr_card_forget_textures(stage->card);
    struct cr_error error = {0};
    long n = 0;
    int status = -1;
    for (; n < 100 && status != 0; n++) {
        allocations_left = n;
        status = cr_card_draw(
            stage->card, CR_CARD_PERSON, &stage->worlds.sight, &look, (SDL_Rect){10, 10, 380, 740}, 0, &error);
        allocations_left = -1;
    }
    assert_true(n > 2 && n < 100);
    assert_int_equal(error.code, CR_ERROR_MEMORY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_has_no_card),
        cmocka_unit_test(a_card_fills_its_place_and_no_more),
        cmocka_unit_test(the_partners_name_leads_to_the_partner),
        cmocka_unit_test(a_couple_has_two_columns),
        cmocka_unit_test(two_worlds_stand_side_by_side_with_differences_marked),
        cmocka_unit_test(what_has_not_changed_is_not_drawn_again),
        cmocka_unit_test(a_new_week_is_shown_sooner_or_later),
        cmocka_unit_test(everybody_has_a_card_at_any_size),
        cmocka_unit_test(what_has_no_room_is_scrolled_into_view),
        cmocka_unit_test(letters_grow_with_the_wish_for_larger_text),
        cmocka_unit_test(textures_that_were_lost_are_made_anew),
        cmocka_unit_test(without_memory_there_is_no_card),
    };
    return cmocka_run_group_tests_name("card", tests, begin, end);
}
