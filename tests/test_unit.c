#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "measure/measures.h"
#include "measure/unit.h"
#include "near.h"

static const double pi = 3.14159265358979324;

static void every_measures_unit_is_known_and_has_a_difference_that_matters(void **state) {
    (void)state;
    assert_true(cr_measure_count > 30);
    for (int m = 0; m < cr_measure_count; m++) {
        const struct cr_unit *unit = cr_unit_find(cr_measures[m].unit);
        if (unit == NULL)
            fail_msg("the unit of %s, \"%s\", is unknown", cr_measures[m].name, cr_measures[m].unit);
        assert_string_equal(unit->name, cr_measures[m].unit);
        assert_true(unit->least > 0.0 && unit->least < 1.0);
    }
}

static void what_is_no_unit_is_not_found(void **state) {
    (void)state;
    assert_null(cr_unit_find(""));
    assert_null(cr_unit_find("furlongs"));
    assert_null(cr_unit_find("shar"));
    assert_null(cr_unit_find("shares"));
}

static void effects_have_the_letters_of_the_literature(void **state) {
    (void)state;
    assert_string_equal(cr_effect_letter(cr_unit_find("share")->effect), "h");
    assert_string_equal(cr_effect_letter(cr_unit_find("correlation")->effect), "q");
    assert_string_equal(cr_effect_letter(cr_unit_find("latent scale")->effect), "d");
    assert_string_equal(cr_effect_letter(cr_unit_find("per year")->effect), "");
}

/* arcsin sqrt(1/2) = pi/4, arcsin sqrt(3/4) = pi/3. */
static void the_effect_of_shares_is_the_difference_of_their_arcs(void **state) {
    (void)state;
    assert_near(cr_effect_size(CR_EFFECT_H, 0.5, 0.75, 1.0), pi / 6.0, 1e-15);
    assert_near(cr_effect_size(CR_EFFECT_H, 0.75, 0.5, 1.0), -pi / 6.0, 1e-15);
    assert_near(cr_effect_size(CR_EFFECT_H, 0.0, 1.0, 1.0), pi, 1e-15);
    assert_true(cr_effect_size(CR_EFFECT_H, 0.3, 0.3, 1.0) == 0.0);
}

static void the_effect_of_correlations_is_the_difference_of_their_z(void **state) {
    (void)state;
    assert_near(cr_effect_size(CR_EFFECT_Q, 0.0, tanh(1.0), 1.0), 1.0, 1e-15);
    assert_near(cr_effect_size(CR_EFFECT_Q, tanh(0.25), tanh(-0.5), 1.0), -0.75, 1e-15);
}

static void the_effect_of_means_is_counted_in_standard_deviations(void **state) {
    (void)state;
    assert_near(cr_effect_size(CR_EFFECT_D, 3.0, 5.0, 4.0), 0.5, 1e-15);
    assert_near(cr_effect_size(CR_EFFECT_D, 5.0, 3.0, 0.5), -4.0, 1e-15);
}

static void effects_are_undefined_where_they_have_no_meaning(void **state) {
    (void)state;
    const double none = (double)NAN;
    assert_true(isnan(cr_effect_size(CR_EFFECT_NONE, 0.1, 0.2, 1.0)));
    assert_true(isnan(cr_effect_size(CR_EFFECT_H, -0.1, 0.2, 1.0)));
    assert_true(isnan(cr_effect_size(CR_EFFECT_H, 0.1, 1.2, 1.0)));
    assert_true(isnan(cr_effect_size(CR_EFFECT_H, none, 0.2, 1.0)));
    assert_true(isnan(cr_effect_size(CR_EFFECT_Q, 1.0, 0.5, 1.0)));
    assert_true(isnan(cr_effect_size(CR_EFFECT_Q, 0.5, -1.0, 1.0)));
    assert_true(isnan(cr_effect_size(CR_EFFECT_Q, 1.0, 1.0, 1.0)));
    assert_true(isnan(cr_effect_size(CR_EFFECT_D, 1.0, 2.0, 0.0)));
    assert_true(isnan(cr_effect_size(CR_EFFECT_D, 1.0, 2.0, none)));
    assert_true(isnan(cr_effect_size(CR_EFFECT_D, 1.0, none, 1.0)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_measures_unit_is_known_and_has_a_difference_that_matters),
        cmocka_unit_test(what_is_no_unit_is_not_found),
        cmocka_unit_test(effects_have_the_letters_of_the_literature),
        cmocka_unit_test(the_effect_of_shares_is_the_difference_of_their_arcs),
        cmocka_unit_test(the_effect_of_correlations_is_the_difference_of_their_z),
        cmocka_unit_test(the_effect_of_means_is_counted_in_standard_deviations),
        cmocka_unit_test(effects_are_undefined_where_they_have_no_meaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
