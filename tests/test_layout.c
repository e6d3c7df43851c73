#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "near.h"
#include "viz/controls/layout.h"

static const struct {
    int width, height;
    double scale;
} sizes[] = {{1024, 640, 1.0}, {1280, 720, 1.0}, {1600, 900, 1.0}, {1920, 1080, 1.25}, {2560, 1440, 1.5},
    {3840, 2160, 2.0}, {3840, 2160, 1.0}, {640, 400, 1.0}, {1024, 2000, 1.0}, {3440, 1440, 1.0}};
enum { SIZES = sizeof sizes / sizeof *sizes };

enum { CARD = 348, BROAD_CARD = 720 };

static struct cr_layout_wish wish_for(size_t size, size_t worlds, bool drawer, bool panels, int enlarged) {
    return (struct cr_layout_wish){.width = sizes[size].width,
        .height = sizes[size].height,
        .scale = sizes[size].scale,
        .worlds = worlds,
        .drawer = drawer,
        .panels = panels,
        .enlarged = enlarged};
}

static struct cr_layout make(size_t size, size_t worlds, bool drawer, bool panels, int enlarged) {
    const struct cr_layout_wish wish = wish_for(size, worlds, drawer, panels, enlarged);
    struct cr_layout layout;
    cr_layout_make(&layout, &wish);
    return layout;
}

static void assert_whole(struct cr_rect rect) {
    assert_near(rect.x, round(rect.x), 0.0);
    assert_near(rect.y, round(rect.y), 0.0);
    assert_near(rect.width, round(rect.width), 0.0);
    assert_near(rect.height, round(rect.height), 0.0);
}

static size_t collect(const struct cr_layout *layout, struct cr_rect all[17]) {
    size_t count = 0;
    all[count++] = layout->toolbar;
    all[count++] = layout->scrub;
    all[count++] = layout->drawer;
    all[count++] = layout->side;
    for (int w = 0; w < 2; w++) {
        all[count++] = layout->scene[w];
        all[count++] = layout->name[w];
    }
    for (size_t i = 0; i < layout->panel_count; i++)
        all[count++] = layout->panel[i];
    return count;
}

/* Calls `check` with the layout of every size, number of worlds, and thing that can be open. */
static void for_all(void (*check)(size_t size, size_t worlds, const struct cr_layout *layout)) {
    for (size_t s = 0; s < SIZES; s++)
        for (size_t worlds = 1; worlds <= 2; worlds++)
            for (int open = 0; open < 16; open++)
                for (int enlarged = -1; enlarged < 6; enlarged += 3) {
                    struct cr_layout_wish wish = wish_for(s, worlds, open & 1, open & 2, enlarged);
                    struct cr_layout layout;
                    wish.side = open & 4 ? CARD : 0.0;
                    wish.side_broad = open & 4 ? (open & 8 ? BROAD_CARD : CARD) : 0.0;
                    cr_layout_make(&layout, &wish);
                    check(s, worlds, &layout);
                }
}

static void stand_apart(size_t size, size_t worlds, const struct cr_layout *layout) {
    struct cr_rect all[17];
    const size_t count = collect(layout, all);
    (void)worlds;
    for (size_t i = 0; i < count; i++) {
        assert_whole(all[i]);
        assert_true(all[i].width >= 0.0 && all[i].height >= 0.0);
        assert_true(all[i].x >= 0.0 && cr_rect_right(all[i]) <= sizes[size].width);
        assert_true(all[i].y >= 0.0 && cr_rect_bottom(all[i]) <= sizes[size].height);
        for (size_t j = 0; j < i; j++)
            if (all[i].width > 0.0 && all[j].width > 0.0)
                assert_false(cr_rect_overlap(all[i], all[j]));
    }
}

static void nothing_overlaps_or_leaves_the_window(void **state) {
    (void)state;
    for_all(stand_apart);
}

static void have_room(size_t size, size_t worlds, const struct cr_layout *layout) {
    (void)size;
    for (size_t w = 0; w < worlds; w++) {
        assert_true(layout->scene[w].width >= 160.0 * layout->scale);
        assert_true(layout->scene[w].height >= 0.99 * 400.0 * layout->scale);
    }
    for (size_t i = 0; i < layout->panel_count; i++)
        if (layout->panel[i].width > 0.0) {
            assert_true(layout->panel[i].width >= 0.99 * 290.0 * layout->scale);
            assert_true(layout->panel[i].height >= 0.99 * 160.0 * layout->scale);
        }
}

/* A card keeps nine tenths of its letters even where a drawer is open beside two worlds in the smallest window. */
static void hold_a_card(size_t size, size_t worlds, const struct cr_layout *layout) {
    (void)size;
    (void)worlds;
    if (layout->side.width > 0.0) {
        assert_true(layout->side.width >= 0.9 * CARD * layout->scale);
        assert_near(layout->side.y, layout->toolbar.height + round(CR_LAYOUT_MARGIN * layout->scale), 0.0);
    }
}

static void a_card_always_has_room(void **state) {
    (void)state;
    for_all(hold_a_card);
}

/* Where a card stands with so much open. */
static struct cr_layout make_with_card(size_t size, size_t worlds, double side, double broad) {
    struct cr_layout_wish wish = wish_for(size, worlds, false, true, -1);
    struct cr_layout layout;
    wish.side = side;
    wish.side_broad = broad;
    cr_layout_make(&layout, &wish);
    return layout;
}

static void scenes_give_way_to_a_card(void **state) {
    (void)state;
    for (size_t worlds = 1; worlds <= 2; worlds++) {
        const struct cr_layout usual = make(2, worlds, false, true, -1), layout = make_with_card(2, worlds, CARD, CARD);
        const struct cr_rect last = layout.scene[worlds - 1];
        assert_near(layout.side.width, CARD, 0.0);
        assert_near(layout.side.x, cr_rect_right(last) + CR_LAYOUT_MARGIN, 0.0);
        assert_near(layout.side.height, layout.scene[0].height + (worlds > 1 ? CR_LAYOUT_NAME : 0.0), 0.0);
        assert_true(last.width < usual.scene[0].width);
    }
    /* Panels stay where the scene keeps enough, and go where it would not. */
    assert_int_equal(make_with_card(2, 1, CARD, CARD).panel_count, 6);
    assert_int_equal(make_with_card(1, 1, CARD, CARD).panel_count, 3);
    assert_int_equal(make_with_card(0, 1, CARD, CARD).panel_count, 0);
    assert_true(make_with_card(0, 1, CARD, CARD).scene[0].width > 600.0);
    /* Two columns stand beside each other where the window is wide enough, else beneath. */
    assert_near(make_with_card(2, 2, CARD, BROAD_CARD).side.width, BROAD_CARD, 0.0);
    assert_near(make_with_card(0, 2, CARD, BROAD_CARD).side.width, CARD, 0.0);
    /* Large letters take what the scene can spare. */
    assert_near(make_with_card(0, 1, 2 * CARD, 2 * CARD).side.width, 2 * CARD, 0.0);
}

static void scenes_glide_to_where_a_card_leaves_room(void **state) {
    (void)state;
    for (size_t worlds = 1; worlds <= 2; worlds++) {
        struct cr_layout_wish wish = wish_for(2, worlds, false, true, -1);
        struct cr_layout_glide glide = {.begun = false};
        struct cr_layout layout, goal;
        cr_layout_glide(&glide, &wish, false, &layout);
        const double before = layout.scene[0].width;
        wish.side = wish.side_broad = CARD;
        cr_layout_make(&goal, &wish);
        double width = before;
        for (int frame = 0; frame < 30; frame++) {
            cr_layout_glide(&glide, &wish, false, &layout);
            cr_layout_glide(&glide, &wish, false, &layout); /* asked twice it is the same */
            assert_true(layout.scene[0].width <= width && layout.scene[0].width >= goal.scene[0].width);
            assert_near(layout.name[0].width, worlds > 1 ? layout.scene[0].width : 0.0, 0.0);
            assert_whole(layout.scene[worlds - 1]);
            width = layout.scene[0].width;
            if (frame == 3)
                assert_true(width < before && width > goal.scene[0].width);
            cr_layout_pass(&glide, 1.0 / 60.0);
        }
        assert_near(width, goal.scene[0].width, 0.0);
        /* It turns round on the way; */
        wish.side = wish.side_broad = 0.0;
        cr_layout_glide(&glide, &wish, false, &layout);
        assert_near(layout.scene[0].width, width, 1.0);
        /* with reduced motion, and when the window changes, it is there at once. */
        cr_layout_glide(&glide, &wish, true, &layout);
        assert_near(layout.scene[0].width, before, 0.0);
        wish.side = wish.side_broad = CARD;
        cr_layout_glide(&glide, &wish, true, &layout);
        assert_near(layout.scene[0].width, goal.scene[0].width, 0.0);
        wish.width = 1400;
        cr_layout_make(&goal, &wish);
        cr_layout_glide(&glide, &wish, false, &layout);
        assert_near(layout.scene[0].width, goal.scene[0].width, 0.0);
    }
}

static void scenes_and_panels_always_have_room(void **state) {
    (void)state;
    for_all(have_room);
}

static void two_scenes_are_of_equal_size(void **state) {
    (void)state;
    for (size_t s = 0; s < SIZES; s++) {
        const struct cr_layout layout = make(s, 2, s % 2, true, -1);
        assert_near(layout.scene[0].width, layout.scene[1].width, 0.0);
        assert_near(layout.scene[0].height, layout.scene[1].height, 0.0);
        assert_near(layout.scene[0].y, layout.scene[1].y, 0.0);
        assert_near(cr_rect_bottom(layout.name[0]), layout.scene[0].y, 0.0);
    }
}

static void panels_stand_in_two_columns_where_it_is_wide(void **state) {
    (void)state;
    const struct cr_layout wide = make(2, 1, false, true, -1), narrow = make(0, 1, false, true, -1);
    assert_int_equal(wide.panel_count, 6);
    assert_int_equal(narrow.panel_count, 3);
    assert_near(wide.panel[0].y, wide.panel[3].y, 0.0);
    assert_true(wide.panel[3].x > wide.panel[0].x);
    const struct cr_layout hidden = make(2, 1, false, false, -1);
    assert_int_equal(hidden.panel_count, 0);
    assert_true(hidden.scene[0].width > wide.scene[0].width);
}

static void an_enlarged_panel_takes_most_and_leaves_the_scene_in_view(void **state) {
    (void)state;
    const struct cr_layout layout = make(2, 1, false, true, 4), usual = make(2, 1, false, true, -1);
    assert_int_equal(layout.panel_count, 5);
    for (int i = 0; i < 4; i++)
        assert_near(layout.panel[i].width, 0.0, 0.0);
    assert_true(layout.panel[4].width > 3.0 * usual.panel[4].width);
    assert_true(layout.scene[0].width >= 300.0);
}

static void a_window_too_small_for_its_scale_gets_a_smaller_scale(void **state) {
    (void)state;
    const struct cr_layout_wish wish = {
        .width = 1024, .height = 640, .scale = 2.0, .worlds = 1, .panels = true, .enlarged = -1};
    struct cr_layout layout;
    cr_layout_make(&layout, &wish);
    assert_near(layout.scale, 1.0, 1e-12);
    assert_near(make(7, 1, false, true, -1).scale, 0.625, 1e-12);
    assert_near(make(5, 1, false, true, -1).scale, 2.0, 1e-12);
}

static void a_large_window_gets_a_larger_scale(void **state) {
    (void)state;
    static const struct {
        int width, height;
        double asked, scale;
    } cases[] = {{1024, 640, 1.0, 1.0}, {1600, 900, 1.0, 1.0}, {1920, 1080, 1.0, 1.0}, {2000, 1125, 1.0, 1.0},
        {2500, 1407, 1.0, 1.25}, {2560, 1440, 1.0, 1.25}, {3840, 2160, 1.0, 1.75}, {3840, 1080, 1.0, 1.0},
        {7680, 4320, 1.0, 3.75}, {2560, 1440, 2.0, 2.0}, {640, 400, 0.5, 1.0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_near(cr_layout_scale(cases[i].width, cases[i].height, cases[i].asked), cases[i].scale, 0.0);
}

static void a_box_in_the_middle_is_made_to_fit(void **state) {
    (void)state;
    const struct cr_rect room = {10.0, 20.0, 301.0, 200.0};
    const struct cr_rect small = cr_layout_centre(room, 100.0, 50.0), large = cr_layout_centre(room, 900.0, 900.0);
    assert_whole(small);
    assert_near(small.x + small.width / 2.0, room.x + room.width / 2.0, 1.0);
    assert_near(small.width, 100.0, 0.0);
    assert_near(large.x, room.x, 0.0);
    assert_near(large.width, room.width, 0.0);
    assert_near(large.height, room.height, 0.0);
}

static void edges_belong_to_one_side(void **state) {
    (void)state;
    const struct cr_rect rect = {1.0, 2.0, 3.0, 4.0};
    assert_true(cr_layout_within(rect, 1.0, 2.0));
    assert_false(cr_layout_within(rect, 4.0, 2.0));
    assert_false(cr_layout_within(rect, 1.0, 6.0));
    assert_false(cr_layout_within(rect, (double)NAN, 3.0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_overlaps_or_leaves_the_window),
        cmocka_unit_test(scenes_and_panels_always_have_room),
        cmocka_unit_test(two_scenes_are_of_equal_size),
        cmocka_unit_test(panels_stand_in_two_columns_where_it_is_wide),
        cmocka_unit_test(an_enlarged_panel_takes_most_and_leaves_the_scene_in_view),
        cmocka_unit_test(a_window_too_small_for_its_scale_gets_a_smaller_scale),
        cmocka_unit_test(a_card_always_has_room),
        cmocka_unit_test(scenes_give_way_to_a_card),
        cmocka_unit_test(scenes_glide_to_where_a_card_leaves_room),
        cmocka_unit_test(a_large_window_gets_a_larger_scale),
        cmocka_unit_test(a_box_in_the_middle_is_made_to_fit),
        cmocka_unit_test(edges_belong_to_one_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
