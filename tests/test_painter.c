#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "failing_allocation.h"
#include "viz/draw/painter.h"

/* A subject that fills its picture with a grey, and waits for a gate before it does. */
struct grey {
    double level;
    pthread_mutex_t *gate; /* NULL: none */
    bool fails;
};

static atomic_int given_back, drawn;

static int draw(void *subject, cairo_t *cairo, int width, int height, struct cr_error *error) {
    const struct grey *grey = subject;
    if (grey->gate != NULL) {
        pthread_mutex_lock(grey->gate);
        pthread_mutex_unlock(grey->gate);
    }
    atomic_fetch_add(&drawn, 1);
    if (grey->fails)
        return cr_error_set(error, CR_ERROR_MEMORY, "no colour is left");
    cairo_set_source_rgb(cairo, grey->level, grey->level, grey->level);
    cairo_rectangle(cairo, 0.0, 0.0, width, height);
    cairo_fill(cairo);
    return 0;
}

static void let_go(void *subject) {
    atomic_fetch_add(&given_back, 1);
    free(subject);
}

static void order_of(struct cr_painter *painter, size_t place, int width, double level, pthread_mutex_t *gate) {
    struct grey *grey = malloc(sizeof *grey);
    assert_non_null(grey);
    *grey = (struct grey){level, gate, false};
    cr_painter_order(painter, place,
        &(struct cr_painter_order){.width = width, .height = 8, .draw = draw, .subject = grey, .let_go = let_go});
}

static int level_of(cairo_surface_t *surface) {
    return cairo_image_surface_get_data(surface)[0];
}

static struct cr_painter *begin(void) {
    struct cr_error error = {0};
    struct cr_painter *painter = cr_painter_new(3, &error);
    if (painter == NULL)
        fail_msg("%s", error.sentence);
    atomic_store(&given_back, 0);
    atomic_store(&drawn, 0);
    return painter;
}

static void what_is_ordered_is_drawn_and_handed_over_once(void **state) {
    (void)state;
    struct cr_painter *painter = begin();
    struct cr_error error;
    assert_null(cr_painter_take(painter, 1, &error));
    order_of(painter, 1, 20, 1.0, NULL);
    cr_painter_wait(painter);
    assert_false(cr_painter_busy(painter, 1));
    cairo_surface_t *picture = cr_painter_take(painter, 1, &error);
    assert_non_null(picture);
    assert_int_equal(error.code, 0);
    assert_int_equal(cairo_image_surface_get_width(picture), 20);
    assert_int_equal(cairo_image_surface_get_height(picture), 8);
    assert_int_equal(cairo_image_surface_get_format(picture), CAIRO_FORMAT_RGB24);
    assert_int_equal(level_of(picture), 255);
    cairo_surface_destroy(picture);
    assert_null(cr_painter_take(painter, 1, &error));
    assert_null(cr_painter_take(painter, 0, &error));
    assert_int_equal(atomic_load(&given_back), 1);
    cr_painter_free(painter);
}

/* While the painter is held up with the first order, the second is replaced by the third. */
static void of_several_orders_for_a_place_the_newest_counts(void **state) {
    (void)state;
    struct cr_painter *painter = begin();
    struct cr_error error;
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&gate);
    order_of(painter, 0, 10, 0.0, &gate);
    order_of(painter, 1, 10, 0.5, NULL);
    assert_true(cr_painter_busy(painter, 1));
    order_of(painter, 1, 12, 1.0, NULL);
    assert_int_equal(atomic_load(&given_back), 1);
    pthread_mutex_unlock(&gate);
    cr_painter_wait(painter);
    assert_int_equal(atomic_load(&drawn), 2);
    assert_int_equal(atomic_load(&given_back), 3);
    cairo_surface_t *picture = cr_painter_take(painter, 1, &error);
    assert_int_equal(level_of(picture), 255);
    assert_int_equal(cairo_image_surface_get_width(picture), 12);
    cairo_surface_destroy(picture);
    picture = cr_painter_take(painter, 0, &error);
    assert_int_equal(level_of(picture), 0);
    cairo_surface_destroy(picture);
    cr_painter_free(painter);
}

static void a_newer_picture_replaces_one_that_was_not_fetched(void **state) {
    (void)state;
    struct cr_painter *painter = begin();
    struct cr_error error;
    order_of(painter, 2, 10, 0.0, NULL);
    cr_painter_wait(painter);
    order_of(painter, 2, 10, 1.0, NULL);
    cr_painter_wait(painter);
    assert_true(cr_painter_ready(painter, 2));
    assert_false(cr_painter_ready(painter, 1));
    cairo_surface_t *picture = cr_painter_take(painter, 2, &error);
    assert_int_equal(level_of(picture), 255);
    cairo_surface_destroy(picture);
    assert_false(cr_painter_ready(painter, 2));
    assert_null(cr_painter_take(painter, 2, &error));
    cr_painter_free(painter);
}

static void a_failure_is_told_once(void **state) {
    (void)state;
    struct cr_painter *painter = begin();
    struct cr_error error;
    struct grey *grey = malloc(sizeof *grey);
    assert_non_null(grey);
    *grey = (struct grey){0.0, NULL, true};
    cr_painter_order(painter, 0,
        &(struct cr_painter_order){.width = 4, .height = 4, .draw = draw, .subject = grey, .let_go = let_go});
    cr_painter_wait(painter);
    assert_true(cr_painter_ready(painter, 0));
    assert_null(cr_painter_take(painter, 0, &error));
    assert_false(cr_painter_ready(painter, 0));
    assert_int_equal(error.code, CR_ERROR_MEMORY);
    assert_string_equal(error.sentence, "no colour is left");
    assert_null(cr_painter_take(painter, 0, &error));
    assert_int_equal(error.code, 0);
    assert_int_equal(atomic_load(&given_back), 1);
    cr_painter_free(painter);
}

static void a_picture_that_is_too_large_is_a_failure(void **state) {
    (void)state;
    struct cr_painter *painter = begin();
    struct cr_error error;
    order_of(painter, 0, 1 << 24, 0.0, NULL);
    cr_painter_wait(painter);
    assert_null(cr_painter_take(painter, 0, &error));
    assert_int_equal(error.code, CR_ERROR_MEMORY);
    cr_painter_free(painter);
}

static void whatever_is_still_waiting_is_given_back_in_the_end(void **state) {
    (void)state;
    struct cr_painter *painter = begin();
    for (int k = 0; k < 60; k++)
        order_of(painter, (size_t)k % 3, 16, 0.25, NULL);
    cr_painter_free(painter);
    assert_int_equal(atomic_load(&given_back), 60);
    cr_painter_free(NULL);
}

static void without_memory_there_is_no_painter(void **state) {
    (void)state;
    for (long n = 0; n < 2; n++) {
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        assert_null(cr_painter_new(3, &error));
        allocations_left = -1;
        assert_int_equal(error.code, CR_ERROR_MEMORY);
        assert_true(allocations_held == held);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_ordered_is_drawn_and_handed_over_once),
        cmocka_unit_test(of_several_orders_for_a_place_the_newest_counts),
        cmocka_unit_test(a_newer_picture_replaces_one_that_was_not_fetched),
        cmocka_unit_test(a_failure_is_told_once),
        cmocka_unit_test(a_picture_that_is_too_large_is_a_failure),
        cmocka_unit_test(whatever_is_still_waiting_is_given_back_in_the_end),
        cmocka_unit_test(without_memory_there_is_no_painter),
    };
    return cmocka_run_group_tests_name("painter", tests, NULL, NULL);
}
