#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "failing_allocation.h"
#include "measure/stability.h"
#include "small_run.h"

static const char *const lively[] = {"run.people=200", "run.years=34", "life.birth_years=3", "life.median_age=40",
    "life.death_doubling=4", "meeting.rate=0.8", "pairing.acceptance=1", NULL};

static int live(void **state) {
    struct small_run *run = malloc(sizeof *run);
    if (run == NULL)
        return -1;
    small_run_begin(run, 1, lively);
    while (small_run_week(run))
        continue;
    *state = run;
    return 0;
}

static int end(void **state) {
    small_run_end(*state);
    free(*state);
    return 0;
}

static void every_relationship_is_a_spell_that_death_and_the_present_censor(void **state) {
    const struct small_run *run = *state;
    const struct cr_bonds *bonds = &run->simulation.bonds;
    struct cr_relationship_spells spells;
    assert_int_equal(cr_relationship_spells_init(&spells, &run->record, NULL), 0);
    cr_relationship_spells_take(&spells, &run->record, CR_PAIRING_ALL);
    assert_int_equal(spells.count, bonds->count);
    int32_t lasting = 0, died = 0, parted = 0;
    for (int32_t k = 0; k < bonds->count; k++) {
        const struct cr_bond *bond = &bonds->bond[k];
        const int32_t until = bond->ending == CR_LASTING ? run->simulation.week : bond->end;
        assert_true(spells.weeks[k] == until - bond->start);
        assert_int_equal(spells.separated[k], bond->ending != CR_LASTING && bond->ending != CR_DEATH);
        lasting += bond->ending == CR_LASTING;
        died += bond->ending == CR_DEATH;
        parted += spells.separated[k];
    }
    assert_true(lasting > 5 && died > 5 && parted > 50);
    cr_relationship_spells_free(&spells);
    cr_relationship_spells_free(&spells);
}

/* How many of the two were insecure when last asked before the week; -1 if one was never asked. */
static int insecure(const struct small_run *run, const struct cr_bond *bond) {
    int count = 0;
    int32_t last = -1;
    while (last + 1 < run->record.survey_count && run->record.surveys[last + 1].week < bond->start)
        last++;
    for (int side = 0; side < 2; side++) {
        const enum cr_style style = cr_record_style(&run->record, last, (uint32_t)bond->person[side]);
        if (style == CR_STYLE_NONE)
            return -1;
        count += style != CR_STYLE_SECURE;
    }
    return count;
}

static void pairings_go_by_the_last_survey_before_the_start(void **state) {
    const struct small_run *run = *state;
    const struct cr_bonds *bonds = &run->simulation.bonds;
    struct cr_relationship_spells spells;
    assert_int_equal(cr_relationship_spells_init(&spells, &run->record, NULL), 0);
    for (int pairing = CR_PAIRING_BOTH_SECURE; pairing < CR_PAIRINGS; pairing++) {
        cr_relationship_spells_take(&spells, &run->record, (enum cr_pairing_kind)pairing);
        size_t next = 0;
        for (int32_t k = 0; k < bonds->count; k++) {
            const struct cr_bond *bond = &bonds->bond[k];
            if (insecure(run, bond) != pairing - CR_PAIRING_BOTH_SECURE)
                continue;
            assert_true(next < spells.count);
            assert_true(
                spells.weeks[next] == (bond->end >= 0 ? bond->end : run->simulation.week) - (double)bond->start);
            next++;
        }
        assert_int_equal(next, spells.count);
        assert_true(next > 10);
    }
    cr_relationship_spells_free(&spells);
}

static void without_memory_there_are_no_spells(void **state) {
    const struct small_run *run = *state;
    for (long n = 0; n < 2; n++) {
        struct cr_relationship_spells spells;
        struct cr_error error = {0};
        allocations_left = n;
        assert_int_equal(cr_relationship_spells_init(&spells, &run->record, &error), CR_ERROR_MEMORY);
        allocations_left = -1;
        assert_non_null(strstr(error.sentence, "memory"));
        cr_relationship_spells_free(&spells);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_relationship_is_a_spell_that_death_and_the_present_censor),
        cmocka_unit_test(pairings_go_by_the_last_survey_before_the_start),
        cmocka_unit_test(without_memory_there_are_no_spells),
    };
    return cmocka_run_group_tests_name("stability", tests, live, end);
}
