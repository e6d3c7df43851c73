#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "near.h"
#include "viz/draw/camera.h"
#include "viz/scene/motion.h"
#include "viz/scene/paths.h"

static struct cr_motion motion_of(uint32_t people) {
    struct cr_motion motion = {0};
    assert_int_equal(cr_motion_fit(&motion, people, NULL), 0);
    return motion;
}

static void whoever_appears_begins_where_it_belongs(void **state) {
    (void)state;
    struct cr_motion motion = motion_of(2);
    cr_motion_aim(&motion, 1, 30.0F, 40.0F);
    cr_motion_pass(&motion, 0.1);
    assert_near((double)motion.x[1], 30.0, 0.0);
    assert_near((double)motion.y[1], 40.0, 0.0);
    assert_near((double)motion.seen[1], 0.25, 1e-6);
    assert_near((double)motion.seen[0], 0.0, 0.0);
    cr_motion_pass(&motion, 1.0);
    assert_near((double)motion.seen[1], 1.0, 0.0);
    cr_motion_leave(&motion, 1);
    cr_motion_pass(&motion, 0.2);
    assert_near((double)motion.seen[1], 0.5, 1e-6);
    cr_motion_pass(&motion, 0.5);
    assert_near((double)motion.seen[1], 0.0, 0.0);
    cr_motion_free(&motion);
    cr_motion_free(&motion);
}

static void the_way_does_not_hang_on_the_rate_of_frames(void **state) {
    (void)state;
    double after[2];
    for (int k = 0; k < 2; k++) {
        struct cr_motion motion = motion_of(1);
        cr_motion_aim(&motion, 0, 0.0F, 0.0F);
        cr_motion_arrive(&motion);
        cr_motion_aim(&motion, 0, 100.0F, -50.0F);
        for (int frame = 0; frame < (k == 0 ? 4 : 40); frame++)
            cr_motion_pass(&motion, k == 0 ? 0.05 : 0.005);
        after[k] = (double)motion.x[0];
        assert_near((double)motion.y[0], -0.5 * after[k], 1e-3);
        for (int frame = 0; frame < 30; frame++)
            cr_motion_pass(&motion, 0.05);
        assert_true(motion.x[0] == 100.0F && motion.y[0] == -50.0F);
        cr_motion_free(&motion);
    }
    assert_near(after[0], after[1], 0.01);
    assert_near(after[0], 100.0 * (1.0 - exp(-1.5)), 0.1);
}

static void arriving_ends_all_gliding(void **state) {
    (void)state;
    struct cr_motion motion = motion_of(1);
    cr_motion_aim(&motion, 0, 1.0F, 1.0F);
    cr_motion_arrive(&motion);
    assert_true(motion.seen[0] == 1.0F);
    cr_motion_aim(&motion, 0, 9.0F, 7.0F);
    cr_motion_shift(&motion, 2.0, -1.0);
    assert_true(motion.x[0] == 3.0F && motion.y[0] == 0.0F && motion.goal_x[0] == 9.0F);
    cr_motion_arrive(&motion);
    assert_true(motion.x[0] == 9.0F && motion.y[0] == 7.0F);
    cr_motion_free(&motion);
}

static void a_camera_never_leaves_an_edge_bare(void **state) {
    (void)state;
    struct cr_camera camera = cr_camera_all();
    for (int k = 0; k < 200; k++) {
        camera = cr_camera_zoom(camera, k % 7 == 0 ? 0.4 : 1.3, 37.0 * k - 2000.0, 11.0 * (k % 60), 640.0, 480.0);
        camera = cr_camera_pan(camera, 400.0 * ((k % 5) - 2), -90.0 * ((k % 3) - 1), 640.0, 480.0);
        assert_true(camera.zoom >= 1.0 && camera.zoom <= CR_CAMERA_MOST);
        assert_true(camera.x <= 0.0 && camera.x + camera.zoom * 640.0 >= 640.0 - 1e-6);
        assert_true(camera.y <= 0.0 && camera.y + camera.zoom * 480.0 >= 480.0 - 1e-6);
    }
}

static void magnifying_keeps_the_point_that_it_is_about(void **state) {
    (void)state;
    const struct cr_camera one = cr_camera_zoom(cr_camera_all(), 4.0, 320.0, 200.0, 640.0, 480.0);
    assert_near(one.x + one.zoom * 320.0, 320.0, 1e-9);
    const struct cr_camera two = cr_camera_zoom(one, 2.0, 100.0, 300.0, 640.0, 480.0);
    assert_near(two.zoom, 8.0, 1e-12);
    assert_near((100.0 - two.x) / two.zoom, (100.0 - one.x) / one.zoom, 1e-9);
}

/* A snapshot of three people in some week: the first walks along, the second is not there. */
static void walk(struct cr_paths *paths, struct cr_snapshot *snapshot, int32_t week) {
    snapshot->week = week;
    snapshot->anxiety[0] = 1.0F + (float)(week % 600) / 100.0F;
    snapshot->avoidance[0] = 7.0F;
    snapshot->anxiety[2] = snapshot->avoidance[2] = 4.0F;
    cr_paths_see(paths, snapshot);
}

static void a_path_keeps_the_last_ten_years(void **state) {
    (void)state;
    struct cr_paths paths = {0};
    struct cr_snapshot snapshot;
    assert_int_equal(cr_snapshot_init(&snapshot, 3, NULL), 0);
    assert_int_equal(cr_paths_fit(&paths, 3, NULL), 0);
    double anxiety, avoidance;
    for (int32_t week = 1; week <= 599; week++)
        walk(&paths, &snapshot, week);
    assert_int_equal(paths.count, CR_PATHS_KEPT);
    for (int k = 0; k < paths.count; k++) {
        const int32_t week = 593 - CR_PATHS_WEEKS * (CR_PATHS_KEPT - 1 - k);
        assert_true(cr_paths_at(&paths, 0, k, &anxiety, &avoidance));
        assert_near(anxiety, 1.0 + week / 100.0, 1e-4);
        assert_near(avoidance, 7.0, 0.0);
        assert_false(cr_paths_at(&paths, 1, k, &anxiety, &avoidance));
        assert_true(cr_paths_at(&paths, 2, k, &anxiety, &avoidance));
        assert_near(anxiety, 4.0, 1e-4);
    }
    cr_paths_free(&paths);
    cr_paths_free(&paths);
    cr_snapshot_free(&snapshot);
}

static void what_lies_ahead_again_is_forgotten(void **state) {
    (void)state;
    struct cr_paths paths = {0};
    struct cr_snapshot snapshot;
    assert_int_equal(cr_snapshot_init(&snapshot, 3, NULL), 0);
    assert_int_equal(cr_paths_fit(&paths, 3, NULL), 0);
    double anxiety, avoidance;
    for (int32_t week = 8; week <= 400; week += 8)
        walk(&paths, &snapshot, week);
    walk(&paths, &snapshot, 203);
    assert_int_equal(paths.count, 25);
    assert_true(cr_paths_at(&paths, 0, 24, &anxiety, &avoidance));
    assert_near(anxiety, 3.0, 1e-4);
    /* and what was before a gap of many years */
    walk(&paths, &snapshot, 203 + 157 + 8);
    assert_int_equal(paths.count, 1);
    walk(&paths, &snapshot, 1);
    assert_int_equal(paths.count, 1);
    assert_int_equal(paths.week[(paths.begin) % CR_PATHS_KEPT], 1);
    cr_paths_free(&paths);
    cr_snapshot_free(&snapshot);
}

static void without_memory_all_is_empty(void **state) {
    (void)state;
    struct cr_motion motion = {0};
    struct cr_paths paths = {0};
    allocations_left = 0;
    assert_int_equal(cr_motion_fit(&motion, 5, NULL), CR_ERROR_MEMORY);
    assert_int_equal(cr_paths_fit(&paths, 5, NULL), CR_ERROR_MEMORY);
    allocations_left = -1;
    assert_null(motion.x);
    assert_null(paths.points);
    cr_motion_pass(&motion, 1.0);
    cr_motion_arrive(&motion);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_appears_begins_where_it_belongs),
        cmocka_unit_test(the_way_does_not_hang_on_the_rate_of_frames),
        cmocka_unit_test(arriving_ends_all_gliding),
        cmocka_unit_test(a_camera_never_leaves_an_edge_bare),
        cmocka_unit_test(magnifying_keeps_the_point_that_it_is_about),
        cmocka_unit_test(a_path_keeps_the_last_ten_years),
        cmocka_unit_test(what_lies_ahead_again_is_forgotten),
        cmocka_unit_test(without_memory_all_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
