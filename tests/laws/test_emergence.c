/* What care makes of infants: styles are read off, and follow from how reliably, how kindly and how safely comfort
 * comes. Each quality of care is raised with the other three held, under the same luck. */
// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include "laws/law.h"

enum { REPLICATES = 8 };

/* Infants of caregivers who are all alike, up to the second visit. */
static struct cr_scenario nursery(void) {
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    struct cr_parameters *p = &scenario.parameters;
    p->run_people = 500;
    p->run_years = 1.6;
    p->life_birth_years = 0.02;
    p->caregiving_concentration = 200.0;
    p->caregiving_fright_concentration = 200.0;
    p->caregiving_coherence = 0.0;
    p->caregiving_sensitivity = 0.65;
    p->caregiving_availability = 0.80;
    p->caregiving_inconsistency = 0.20;
    p->caregiving_rebuff = 0.15;
    p->caregiving_fright = 0.02;
    return scenario;
}

static void more_sensitive_caregivers_have_more_secure_infants(void **state) {
    (void)state;
    struct cr_scenario scenario = nursery();
    scenario.parameters.caregiving_sensitivity = 0.45;
    struct cr_collection dull = law_run(&scenario, REPLICATES);
    scenario.parameters.caregiving_sensitivity = 0.85;
    struct cr_collection keen = law_run(&scenario, REPLICATES);
    law_assert_raised(&dull, &keen, "ssp_share", "B");
    cr_collection_free(&dull);
    cr_collection_free(&keen);
}

static void rebuffed_infants_deactivate_and_avoid(void **state) {
    (void)state;
    struct cr_scenario scenario = nursery();
    scenario.parameters.caregiving_rebuff = 0.05;
    struct cr_collection kind = law_run(&scenario, REPLICATES);
    scenario.parameters.caregiving_rebuff = 0.45;
    struct cr_collection harsh = law_run(&scenario, REPLICATES);
    law_assert_raised(&kind, &harsh, "infant_strategy_share", "deactivate");
    law_assert_raised(&kind, &harsh, "ssp_scale", "avoidance");
    law_assert_raised(&kind, &harsh, "ssp_share", "A");
    cr_collection_free(&kind);
    cr_collection_free(&harsh);
}

/* Available as often in both, but in the one for months on end, in the other switching from week to week. */
static void infants_of_caregivers_who_switch_protest_and_resist(void **state) {
    (void)state;
    struct cr_scenario scenario = nursery();
    scenario.parameters.caregiving_availability = 0.55;
    scenario.parameters.caregiving_inconsistency = 0.01;
    struct cr_collection steady = law_run(&scenario, REPLICATES);
    scenario.parameters.caregiving_inconsistency = 0.80;
    struct cr_collection switching = law_run(&scenario, REPLICATES);
    law_assert_raised(&steady, &switching, "infant_strategy_share", "protest");
    law_assert_raised(&steady, &switching, "ssp_scale", "resistance");
    law_assert_raised(&steady, &switching, "ssp_share", "C");
    cr_collection_free(&steady);
    cr_collection_free(&switching);
}

static void frightened_infants_are_disorganized(void **state) {
    (void)state;
    struct cr_scenario scenario = nursery();
    struct cr_collection safe = law_run(&scenario, REPLICATES);
    scenario.parameters.caregiving_fright = 0.30;
    struct cr_collection frightening = law_run(&scenario, REPLICATES);
    law_assert_raised(&safe, &frightening, "ssp_scale", "disorganization");
    law_assert_raised(&safe, &frightening, "ssp_share", "D");
    cr_collection_free(&safe);
    cr_collection_free(&frightening);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_sensitive_caregivers_have_more_secure_infants),
        cmocka_unit_test(rebuffed_infants_deactivate_and_avoid),
        cmocka_unit_test(infants_of_caregivers_who_switch_protest_and_resist),
        cmocka_unit_test(frightened_infants_are_disorganized),
    };
    return cmocka_run_group_tests_name("laws: emergence", tests, NULL, NULL);
}
