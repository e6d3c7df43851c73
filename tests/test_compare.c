#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "failing_allocation.h"
#include "study/compare.h"
#include "study/replicates.h"

enum { SCENARIOS_MAX = 3 };

/* Scenarios of few people who grow up soon, equal but for learning.rate. */
struct trial {
    struct cr_scenario scenarios[SCENARIOS_MAX];
    struct cr_compare_plan plan;
    double done; /* the last progress told; -1 after a step back or beyond all */
    int told;
};

static void progress(void *context, double done) {
    struct trial *trial = context;
    trial->done = trial->done >= 0.0 && done >= trial->done && done <= 1.0 + 1e-12 ? done : -1.0;
    trial->told++;
}

static void begin(struct trial *trial, size_t count) {
    *trial = (struct trial){.plan = {.scenarios = trial->scenarios,
                                .count = count,
                                .replicates = 4,
                                .paired = true,
                                .resamples = 100,
                                .level = 0.95,
                                .threads = 2,
                                .progress = progress,
                                .context = trial}};
    for (size_t k = 0; k < count; k++) {
        struct cr_parameters *p = &trial->scenarios[k].parameters;
        cr_scenario_init(&trial->scenarios[k]);
        p->run_people = 30;
        p->run_years = 13.0;
        p->life_birth_years = 1.0;
        p->life_adult_age = 12.0;
        p->meeting_rate = 0.8;
        p->pairing_acceptance = 2.0;
        p->learning_rate *= 1.0 + (double)k;
    }
}

static void same_scenarios(struct trial *trial) {
    for (size_t k = 1; k < trial->plan.count; k++)
        trial->scenarios[k].parameters.learning_rate = trial->scenarios[0].parameters.learning_rate;
}

static void run(const struct trial *trial, struct cr_compared *compared) {
    struct cr_error error = {0};
    if (cr_compare_run(compared, &trial->plan, &error) != 0)
        fail_msg("%s", error.sentence);
}

static bool same_number(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

/* Whether all values of two collections are the same. */
static bool same_values(const struct cr_collection *one, const struct cr_collection *other) {
    assert_int_equal(one->row_count, other->row_count);
    bool same = one->replicates == other->replicates;
    for (size_t k = 0; same && k < one->row_count * (size_t)one->replicates; k++)
        same = same_number(one->estimate[k].value, other->estimate[k].value);
    return same;
}

static bool same_rows(const struct cr_comparison *one, const struct cr_comparison *other) {
    bool same = one->count == other->count && one->tests == other->tests;
    for (size_t r = 0; same && r < one->count; r++) {
        const struct cr_difference *a = &one->row[r], *b = &other->row[r];
        same = same_number(a->difference.value, b->difference.value) && same_number(a->t.low, b->t.low) &&
               same_number(a->bootstrap.low, b->bootstrap.low) && same_number(a->corrected, b->corrected) &&
               same_number(a->effect, b->effect) && same_number(a->needed, b->needed) &&
               same_number(a->gain, b->gain) && a->finding == b->finding;
    }
    return same;
}

static void expect_same(const struct cr_compared *one, const struct cr_compared *other) {
    assert_int_equal(one->replicates, other->replicates);
    assert_true(one->widest == other->widest);
    for (size_t k = 0; k < one->count; k++) {
        const struct cr_fates *a = &one->histories[k].fates, *b = &other->histories[k].fates;
        assert_true(same_values(&one->histories[k].measures, &other->histories[k].measures));
        assert_int_equal(a->replicates, b->replicates);
        for (size_t i = 0; i < a->replicates * a->people; i++)
            for (int trait = 0; trait < CR_TRAITS; trait++)
                assert_int_equal(
                    cr_trait_of(&a->fate[i], (enum cr_trait)trait), cr_trait_of(&b->fate[i], (enum cr_trait)trait));
        assert_int_equal(one->histories[k].course_count, other->histories[k].course_count);
        for (size_t c = 0; c < one->histories[k].course_count; c++)
            assert_true(one->histories[k].course[c].mean == other->histories[k].course[c].mean);
        assert_int_equal(one->histories[k].lengths.count, other->histories[k].lengths.count);
    }
    for (size_t k = 0; k + 1 < one->count; k++)
        assert_true(same_rows(&one->comparisons[k], &other->comparisons[k]));
}

static void a_compared_with_a_gives_exactly_zero_everywhere(void **state) {
    (void)state;
    struct trial trial;
    struct cr_compared compared;
    begin(&trial, 2);
    same_scenarios(&trial);
    run(&trial, &compared);
    const struct cr_comparison *comparison = &compared.comparisons[0];
    assert_int_equal(compared.replicates, 4);
    assert_true(comparison->count > 100 && comparison->tests > 50);
    for (size_t r = 0; r < comparison->count; r++) {
        const struct cr_difference *row = &comparison->row[r];
        if (row->finding == CR_FINDING_UNDEFINED)
            continue;
        assert_true(row->difference.value == 0.0 && row->difference.se == 0.0 && row->t.low == 0.0 &&
                    row->t.high == 0.0 && row->bootstrap.low == 0.0 && row->bootstrap.high == 0.0 && row->p == 1.0);
        assert_int_equal(row->finding, CR_FINDING_SAME);
    }
    for (int trait = 0; trait < CR_TRAITS; trait++) {
        const struct cr_changes changes =
            cr_fates_compare(&compared.histories[0].fates, &compared.histories[1].fates, (enum cr_trait)trait);
        assert_int_equal(changes.changed, 0);
        assert_true(trait == CR_TRAIT_STYLE_18 || trait == CR_TRAIT_STYLE_40 || trait == CR_TRAIT_EARNED ||
                    changes.known > 100);
    }
    const struct cr_lengths *both[] = {&compared.histories[0].lengths, &compared.histories[1].lengths};
    struct cr_log_rank test;
    assert_int_equal(cr_lengths_log_rank(both, 2, &test, NULL), 0);
    assert_true(both[0]->count > 20 && test.chi2 < 1e-12);
    assert_true(compared.widest == 0.0);
    cr_compared_free(&compared);
    cr_compared_free(&compared);
}

static void all_others_are_compared_with_the_first(void **state) {
    (void)state;
    struct trial trial, pair;
    struct cr_compared three, two;
    begin(&trial, 3);
    run(&trial, &three);
    assert_int_equal(three.count, 3);
    begin(&pair, 2);
    pair.scenarios[1].parameters.learning_rate = trial.scenarios[2].parameters.learning_rate;
    run(&pair, &two);
    assert_true(same_rows(&three.comparisons[1], &two.comparisons[0]));
    assert_false(same_rows(&three.comparisons[0], &two.comparisons[0]));
    assert_true(three.widest >= two.widest);
    assert_true(trial.told > 12 && trial.done > 1.0 - 1e-9);
    cr_compared_free(&three);
    cr_compared_free(&two);
}

static void threads_change_nothing(void **state) {
    (void)state;
    struct trial trial;
    struct cr_compared one, two;
    begin(&trial, 2);
    trial.plan.threads = 1;
    run(&trial, &one);
    trial.done = 0.0;
    trial.plan.threads = 2;
    run(&trial, &two);
    expect_same(&one, &two);
    cr_compared_free(&one);
    cr_compared_free(&two);
}

static void the_scenarios_are_given_back_as_they_were(void **state) {
    (void)state;
    struct trial trial;
    struct cr_compared compared;
    begin(&trial, 2);
    trial.scenarios[0].parameters.run_first_replicate = 7;
    trial.scenarios[1].parameters.run_replicates = 99;
    struct cr_parameters before[2] = {trial.scenarios[0].parameters, trial.scenarios[1].parameters};
    run(&trial, &compared);
    for (int k = 0; k < 2; k++)
        assert_memory_equal(&trial.scenarios[k].parameters, &before[k], sizeof before[k]);
    cr_compared_free(&compared);
}

/* The replicates of a scenario with these numbers, from `first`. Free it. */
static int take(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    return cr_collection_add(context, &replicate->readings, error);
}

static struct cr_collection lived_alone(const struct cr_scenario *scenario, int64_t first, int64_t count) {
    struct cr_scenario own = *scenario;
    struct cr_collection collection = {0};
    own.parameters.run_first_replicate = first;
    own.parameters.run_replicates = count;
    const struct cr_replicates_plan plan = {.scenario = &own, .threads = 2, .take = take, .context = &collection};
    assert_int_equal(cr_replicates_run(&plan, NULL), 0);
    return collection;
}

static void expect_replicates(
    const struct cr_compared *compared, size_t k, const struct cr_scenario *scenario, int64_t first, int64_t count) {
    struct cr_collection alone = lived_alone(scenario, first, count);
    assert_true(same_values(&compared->histories[k].measures, &alone));
    cr_collection_free(&alone);
}

/* Whatever each scenario's own run.first_replicate is. */
static void pairs_share_the_first_scenarios_numbers(void **state) {
    (void)state;
    struct trial trial;
    struct cr_compared compared;
    begin(&trial, 2);
    trial.scenarios[0].parameters.run_first_replicate = 11;
    trial.scenarios[1].parameters.run_first_replicate = 300;
    run(&trial, &compared);
    expect_replicates(&compared, 0, &trial.scenarios[0], 11, 4);
    expect_replicates(&compared, 1, &trial.scenarios[1], 11, 4);
    cr_compared_free(&compared);
}

/* Also where a scenario's own number would make it meet another's. */
static void without_pairs_no_two_replicates_share_a_number(void **state) {
    (void)state;
    struct trial trial;
    struct cr_compared compared;
    begin(&trial, 3);
    same_scenarios(&trial);
    trial.plan.paired = false;
    trial.scenarios[0].parameters.run_first_replicate = 5;
    trial.scenarios[2].parameters.run_first_replicate = 1;
    run(&trial, &compared);
    for (int64_t k = 0; k < 3; k++)
        expect_replicates(&compared, (size_t)k, &trial.scenarios[0], 5 + CR_UNPAIRED_STEP * k, 4);
    for (size_t k = 0; k < 3; k++)
        for (size_t other = 0; other < k; other++)
            assert_false(same_values(&compared.histories[k].measures, &compared.histories[other].measures));
    assert_false(compared.comparisons[0].paired);
    assert_true(compared.widest > 0.0);
    cr_compared_free(&compared);
}

static struct cr_kept_list secure_infants(struct cr_kept *kept) {
    *kept = (struct cr_kept){.measure = cr_measure_find("ssp_share"), .group = "B"};
    return (struct cr_kept_list){.kept = kept, .count = 1};
}

static void replicates_are_added_until_the_interval_is_narrow_enough(void **state) {
    (void)state;
    struct trial trial;
    struct cr_compared compared, fewer;
    struct cr_kept kept;
    const struct cr_kept_list wanted = secure_infants(&kept);
    begin(&trial, 2);
    for (int k = 0; k < 2; k++)
        trial.scenarios[k].parameters.run_years = 3.0;
    trial.plan.wanted = &wanted;
    trial.plan.precision = 0.02;
    trial.plan.most = 1000;
    run(&trial, &compared);
    print_message("    %lld replicates: %.4f wide\n", (long long)compared.replicates, compared.widest);
    assert_true(compared.replicates > 30 && compared.replicates < 500);
    assert_true(compared.widest <= 0.02 && compared.widest > 0.01);
    const struct cr_difference *row = &compared.comparisons[0].row[0];
    assert_int_equal(compared.comparisons[0].count, 1);
    assert_true(compared.widest == row->t.high - row->t.low);
    for (int k = 0; k < 2; k++)
        assert_int_equal(compared.histories[k].measures.replicates, compared.replicates);
    assert_true(trial.done > 0.0 && trial.done < 1.0);
    /* Before the last half as many again, it was not. */
    trial.plan.precision = 0.0;
    trial.plan.replicates = (compared.replicates + 1) * 2 / 3;
    trial.done = 0.0;
    run(&trial, &fewer);
    assert_true(fewer.widest > 0.02);
    cr_compared_free(&compared);
    cr_compared_free(&fewer);
}

static void precision_is_given_up_at_the_most_replicates(void **state) {
    (void)state;
    struct trial trial;
    struct cr_compared compared;
    begin(&trial, 2);
    trial.plan.precision = 1e-6;
    trial.plan.most = 15;
    run(&trial, &compared);
    assert_int_equal(compared.replicates, 15);
    assert_true(compared.widest > 1e-6);
    assert_true(trial.done > 1.0 - 1e-9);
    cr_compared_free(&compared);
    trial.plan.most = 2; /* fewer than are lived anyway */
    trial.done = 0.0;
    run(&trial, &compared);
    assert_int_equal(compared.replicates, 4);
    assert_true(trial.done > 1.0 - 1e-9);
    cr_compared_free(&compared);
    trial.plan.most = 15;
    trial.plan.precision = 1e6;
    trial.done = 0.0;
    run(&trial, &compared);
    assert_int_equal(compared.replicates, 4);
    cr_compared_free(&compared);
}

static void batches_give_what_one_run_of_as_many_replicates_gives(void **state) {
    (void)state;
    for (int paired = 0; paired < 2; paired++) {
        struct trial trial;
        struct cr_compared batches, at_once;
        begin(&trial, 2);
        trial.plan.paired = paired;
        trial.plan.replicates = 2;
        trial.plan.precision = 1e-6;
        trial.plan.most = 13;
        run(&trial, &batches);
        trial.plan.precision = 0.0;
        trial.plan.replicates = 13;
        trial.plan.progress = NULL;
        run(&trial, &at_once);
        expect_same(&batches, &at_once);
        cr_compared_free(&batches);
        cr_compared_free(&at_once);
    }
}

static void only_wanted_measures_are_compared(void **state) {
    (void)state;
    struct trial trial;
    struct cr_compared compared;
    struct cr_kept_list wanted;
    begin(&trial, 2);
    assert_int_equal(cr_kept_list_parse(&wanted, "ssp_share,infant_strategy_share:open", "", NULL), 0);
    trial.plan.wanted = &wanted;
    run(&trial, &compared);
    assert_int_equal(compared.comparisons[0].count, 5);
    assert_int_equal(compared.comparisons[0].tests, 5);
    assert_true(compared.histories[0].measures.row_count > 100);
    cr_compared_free(&compared);
    cr_kept_list_free(&wanted);
}

static void a_group_that_there_is_not_is_told_after_the_first_replicate(void **state) {
    (void)state;
    struct trial trial;
    struct cr_compared compared;
    struct cr_kept_list wanted;
    struct cr_error error = {0};
    begin(&trial, 2);
    trial.plan.replicates = 200;
    trial.plan.threads = 1;
    assert_int_equal(cr_kept_list_parse(&wanted, "ssp_share:B,ssp_share:E", "", NULL), 0);
    trial.plan.wanted = &wanted;
    assert_int_equal(cr_compare_run(&compared, &trial.plan, &error), CR_ERROR_USAGE);
    assert_string_equal(error.sentence, "the measure ssp_share has no group \"E\"; its groups are: class A, B, C, D");
    assert_true(trial.done < 0.01);
    cr_compared_free(&compared);
    cr_kept_list_free(&wanted);
}

static void numbers_of_replicates_that_are_too_large_are_refused(void **state) {
    (void)state;
    struct trial trial;
    struct cr_compared compared;
    struct cr_error error = {0};
    begin(&trial, 2);
    trial.scenarios[0].parameters.run_first_replicate = CR_REPLICATE_MAX - CR_UNPAIRED_STEP - 3;
    trial.plan.paired = false;
    run(&trial, &compared);
    cr_compared_free(&compared);
    trial.scenarios[0].parameters.run_first_replicate++;
    assert_int_equal(cr_compare_run(&compared, &trial.plan, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, "1000000001; at most 1000000000 is allowed"));
    cr_compared_free(&compared);
    trial.plan.paired = true;
    trial.done = 0.0;
    run(&trial, &compared);
    cr_compared_free(&compared);
}

static void without_memory_it_says_so_and_gives_everything_back(void **state) {
    (void)state;
    struct trial trial;
    begin(&trial, 2);
    for (int k = 0; k < 2; k++) {
        trial.scenarios[k].parameters.run_people = 4;
        trial.scenarios[k].parameters.run_years = 1.2; /* with a visit to the laboratory */
        trial.scenarios[k].parameters.life_birth_years = 0.02;
    }
    trial.plan.paired = false;
    trial.plan.resamples = 2;
    trial.plan.replicates = 2;
    trial.plan.precision = 1e-6;
    trial.plan.most = 3;
    trial.plan.threads = 1;
    const long held = allocations_held;
    int code = CR_ERROR_MEMORY;
    long n = 0;
    /* All of the first replicate, and of what follows, which repeats it, some. */
    for (; code != 0; n += n < 150 ? 1 : 29) {
        struct cr_compared compared;
        struct cr_error error = {0};
        trial.done = 0.0;
        allocations_left = n;
        code = cr_compare_run(&compared, &trial.plan, &error);
        allocations_left = -1;
        assert_int_equal(error.code, code);
        assert_true(code == 0 || code == CR_ERROR_MEMORY);
        assert_true(code != 0 || compared.replicates == 3);
        cr_compared_free(&compared);
        assert_int_equal(allocations_held, held);
    }
    assert_true(n > 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_compared_with_a_gives_exactly_zero_everywhere),
        cmocka_unit_test(all_others_are_compared_with_the_first),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(the_scenarios_are_given_back_as_they_were),
        cmocka_unit_test(pairs_share_the_first_scenarios_numbers),
        cmocka_unit_test(without_pairs_no_two_replicates_share_a_number),
        cmocka_unit_test(replicates_are_added_until_the_interval_is_narrow_enough),
        cmocka_unit_test(precision_is_given_up_at_the_most_replicates),
        cmocka_unit_test(batches_give_what_one_run_of_as_many_replicates_gives),
        cmocka_unit_test(only_wanted_measures_are_compared),
        cmocka_unit_test(a_group_that_there_is_not_is_told_after_the_first_replicate),
        cmocka_unit_test(numbers_of_replicates_that_are_too_large_are_refused),
        cmocka_unit_test(without_memory_it_says_so_and_gives_everything_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
