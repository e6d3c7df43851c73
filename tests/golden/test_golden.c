/* The same scenario, seed and version give the same bytes: on x86-64 those that stand here. Whoever changes what
 * happens changes these digests, on purpose and once. */
// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <gsl/gsl_errno.h>

#include "io/digest.h"
#include "model/simulation.h"

/* The digest of all that 300 people are after 30 years. */
static void people_of(const char *sha256, const char *assignment) {
#if !defined(__x86_64__)
    (void)sha256;
    (void)assignment;
    skip();
#else
    gsl_set_error_handler_off();
    struct cr_error error = {0};
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    scenario.parameters.run_people = 300;
    scenario.parameters.run_years = 30.0;
    scenario.parameters.run_seed = 7;
    assert_int_equal(cr_scenario_assign(&scenario, assignment, "", &error), 0);
    struct cr_simulation simulation;
    assert_int_equal(cr_simulation_init(&simulation, &scenario, 3, &error), 0);
    for (int32_t week = cr_simulation_weeks(&scenario); week > 0; week--) {
        assert_int_equal(cr_simulation_reserve(&simulation, &error), 0);
        cr_simulation_step(&simulation);
    }
    struct cr_digest digest;
    char hex[CR_DIGEST_HEX_SIZE];
    cr_digest_init(&digest);
    cr_digest_update(&digest, simulation.people.memory, simulation.people.bytes);
    cr_digest_hex(&digest, hex);
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
    assert_string_equal(hex, sha256);
#endif
}

static void the_baseline_lives_as_it_always_did(void **state) {
    (void)state;
    people_of("b87bab8fa933551ed7eb66ddb4276b4a7ee404cf0bc77fc74b0d7c476348beb9", "run.replicates=1");
}

static void so_do_children_of_rejecting_caregivers(void **state) {
    (void)state;
    people_of("ee6dcad4101974e932943bf814eeae830869490db9b8699ffe950ae156d7c041", "caregiving.rebuff=0.4");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_baseline_lives_as_it_always_did),
        cmocka_unit_test(so_do_children_of_rejecting_caregivers),
    };
    return cmocka_run_group_tests_name("golden", tests, NULL, NULL);
}
