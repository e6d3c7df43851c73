/* Infancy and what is left of it (Fraley 2002): with a prototype of early care the correlation of infant with adult
 * security settles on a plateau; without one it decays to zero. One parameter makes the difference. */
// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <math.h>

#include "laws/law.h"

enum { REPLICATES = 4 };

/* `strength` < 0: as the baseline has it. */
static struct cr_collection lives(double strength) {
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    struct cr_parameters *p = &scenario.parameters;
    p->run_people = 2000;
    p->run_years = 52.0;
    p->life_birth_years = 3.0;
    if (strength >= 0.0)
        p->prototype_strength = strength;
    return law_run(&scenario, REPLICATES);
}

static void tell(const struct cr_collection *collection) {
    static const char *const ages[] = {"age_18", "age_20", "age_25", "age_30", "age_35", "age_40", "age_45"};
    for (size_t k = 0; k < sizeof ages / sizeof *ages; k++) {
        const struct cr_estimate r = law_mean(collection, "security_continuity_r", ages[k]);
        print_message("    r of security in infancy and at %s: %.3f +- %.3f\n", ages[k], r.value, r.se);
    }
}

/* Half of what there was at 18, or more, is left at 48, and the last decade takes no more than a tenth of a
 * correlation. */
static void with_a_prototype_the_correlation_with_infancy_settles_on_a_plateau(void **state) {
    (void)state;
    struct cr_collection collection = lives(-1.0);
    tell(&collection);
    const struct cr_estimate early = law_mean(&collection, "security_continuity_r", "age_18");
    const struct cr_estimate middle = law_mean(&collection, "security_continuity_r", "age_35");
    const struct cr_estimate late = law_mean(&collection, "security_continuity_r", "age_48");
    print_message("    at 48: %.3f +- %.3f\n", late.value, late.se);
    assert_true(cr_statistics_t_interval(late, 0.99).low > 0.1);
    assert_true(late.value > 0.5 * early.value);
    assert_true(middle.value - late.value < 0.05);
    cr_collection_free(&collection);
}

static void without_a_prototype_it_decays_to_about_zero(void **state) {
    (void)state;
    struct cr_collection collection = lives(0.0);
    tell(&collection);
    const struct cr_estimate early = law_mean(&collection, "security_continuity_r", "age_18");
    const struct cr_estimate late = law_mean(&collection, "security_continuity_r", "age_48");
    print_message("    at 48: %.3f +- %.3f\n", late.value, late.se);
    assert_true(early.value > 0.15);
    assert_true(fabs(late.value) < 0.1);
    cr_collection_free(&collection);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_a_prototype_the_correlation_with_infancy_settles_on_a_plateau),
        cmocka_unit_test(without_a_prototype_it_decays_to_about_zero),
    };
    return cmocka_run_group_tests_name("laws: continuity", tests, NULL, NULL);
}
