#include <float.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "report/scale.h"

static void values_go_to_their_places_and_back(void **state) {
    (void)state;
    const struct cr_scale across = {18.0, 70.0, 40.0, 560.0, false}, up = {0.0, 1.0, 300.0, 20.0, false};
    assert_near(cr_scale_place(&across, 18.0), 40.0, 1e-12);
    assert_near(cr_scale_place(&across, 44.0), 300.0, 1e-12);
    assert_near(cr_scale_place(&up, 0.75), 90.0, 1e-12);
    for (double value = 0.0; value <= 1.0; value += 0.125)
        assert_near(cr_scale_value(&up, cr_scale_place(&up, value)), value, 1e-12);
}

static void a_logarithmic_scale_gives_each_power_the_same_room(void **state) {
    (void)state;
    const struct cr_scale scale = {0.01, 100.0, 0.0, 400.0, true};
    for (int power = -2; power <= 2; power++) {
        assert_near(cr_scale_place(&scale, pow(10.0, power)), 100.0 * (power + 2), 1e-9);
        assert_near(cr_scale_value(&scale, 100.0 * (power + 2)), pow(10.0, power), 1e-9);
    }
    assert_true(isnan(cr_scale_place(&scale, 0.0)));
    assert_true(isnan(cr_scale_place(&scale, -1.0)));
}

static void no_place_is_out_of_reach_of_the_drawing(void **state) {
    (void)state;
    const struct cr_scale scale = {0.0, 1e-6, 0.0, 500.0, false};
    const struct cr_scale whole = {-1e300, 1e300, 0.0, 500.0, false};
    assert_near(cr_scale_place(&scale, 1e9), 1e5 + 500.0, 0.0);
    assert_near(cr_scale_place(&scale, -DBL_MAX), -1e5, 0.0);
    assert_near(cr_scale_place(&whole, 0.0), 250.0, 1e-9);
    assert_true(isnan(cr_scale_place(&scale, (double)NAN)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_go_to_their_places_and_back),
        cmocka_unit_test(a_logarithmic_scale_gives_each_power_the_same_room),
        cmocka_unit_test(no_place_is_out_of_reach_of_the_drawing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
