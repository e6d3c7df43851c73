#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "failing_allocation.h"
#include "report/palette.h"

static void expect_bytes(struct cr_bytes *page, const char *expected) {
    cr_bytes_add(page, "", 1);
    assert_string_equal(page->data, expected);
    cr_bytes_free(page);
}

static void a_colour_becomes_the_name_of_its_pair(void **state) {
    (void)state;
    struct cr_palette palette = {0};
    struct cr_bytes page = {0}, light = {0}, dark = {0};
    struct cr_error error = {0};
    assert_int_equal(cr_palette_add_drawing(&palette, &page, "<a fill=\"rgb(1%,2%,3%)\"/><b fill=\"rgb(9%,9%,9%)\"/>",
                         "<a fill=\"rgb(7%,7%,77%)\"/><b fill=\"rgb(9%,9%,9%)\"/>", &error),
        0);
    assert_int_equal(
        cr_palette_add_drawing(&palette, &page, "<c s=\"f:rgb(1%,2%,3%);\"/>", "<c s=\"f:rgb(7%,7%,77%);\"/>", &error),
        0);
    assert_int_equal(palette.count, 2);
    expect_bytes(&page, "<a fill=\"var(--k0)\"/><b fill=\"var(--k1)\"/><c s=\"f:var(--k0);\"/>");
    cr_palette_add_light(&palette, &light);
    expect_bytes(&light, "--k0:rgb(1%,2%,3%);--k1:rgb(9%,9%,9%);");
    cr_palette_add_dark(&palette, &dark);
    expect_bytes(&dark, "--k0:rgb(7%,7%,77%);--k1:rgb(9%,9%,9%);");
    cr_palette_free(&palette);
    cr_palette_free(&palette);
}

/* One light colour may have two dark ones: a marker's rim and the paper. */
static void the_same_light_colour_may_stand_for_two_dark_ones(void **state) {
    (void)state;
    struct cr_palette palette = {0};
    struct cr_bytes page = {0};
    struct cr_error error = {0};
    assert_int_equal(cr_palette_add_drawing(&palette, &page, "rgb(1%) rgb(1%)", "rgb(2%) rgb(3%)", &error), 0);
    expect_bytes(&page, "var(--k0) var(--k1)");
    cr_palette_free(&palette);
}

static void drawings_of_unlike_shape_stay_light(void **state) {
    (void)state;
    struct cr_palette palette = {0};
    struct cr_bytes page = {0};
    struct cr_error error = {0};
    assert_int_equal(
        cr_palette_add_drawing(&palette, &page, "<a f=\"rgb(1%)\"/>", "<a f=\"rgb(2%)\" x=\"1\"/>", &error), 0);
    assert_int_equal(palette.count, 0);
    expect_bytes(&page, "<a f=\"rgb(1%)\"/>");
    cr_palette_free(&palette);
}

static void without_memory_it_says_so(void **state) {
    (void)state;
    struct cr_palette palette = {0};
    struct cr_bytes page = {0};
    struct cr_error error = {0};
    allocations_left = 0;
    assert_int_equal(cr_palette_add_drawing(&palette, &page, "rgb(1%)", "rgb(2%)", &error), CR_ERROR_MEMORY);
    allocations_left = -1;
    cr_palette_free(&palette);
    cr_bytes_free(&page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_colour_becomes_the_name_of_its_pair),
        cmocka_unit_test(the_same_light_colour_may_stand_for_two_dark_ones),
        cmocka_unit_test(drawings_of_unlike_shape_stay_light),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
