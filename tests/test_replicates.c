#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "failing_allocation.h"
#include "small_run.h"
#include "study/collection.h"
#include "study/replicates.h"

/* What a test's `take` was handed. */
struct taken {
    uint32_t numbers[32];
    int count;
    uint32_t fail_at;    /* refuses this replicate; 0: none */
    uint64_t digest[32]; /* of each replicate's readings and panel */
    size_t panel_rows;
    struct cr_collection collection;
    double done; /* the last progress told */
    int told;
};

/* FNV-1a; bytes of the same NaN are the same. */
static uint64_t mix(uint64_t digest, const void *data, size_t size) {
    const unsigned char *byte = data;
    for (size_t k = 0; k < size; k++)
        digest = (digest ^ byte[k]) * UINT64_C(1099511628211);
    return digest;
}

static uint64_t digest_of(const struct cr_replicate *replicate) {
    uint64_t digest = UINT64_C(14695981039346656037);
    for (size_t k = 0; k < replicate->readings.count; k++) {
        const struct cr_reading *reading = &replicate->readings.reading[k];
        const double year = isnan(reading->year) ? -1.0 : reading->year;
        const double value = isnan(reading->estimate.value) ? -1e9 : reading->estimate.value;
        const double se = isnan(reading->estimate.se) ? -1e9 : reading->estimate.se;
        digest = mix(digest, &reading->measure, sizeof reading->measure);
        digest = mix(digest, reading->group, strlen(reading->group));
        digest = mix(digest, &year, sizeof year);
        digest = mix(digest, &value, sizeof value);
        digest = mix(digest, &se, sizeof se);
        digest = mix(digest, &reading->estimate.n, sizeof reading->estimate.n);
    }
    for (size_t k = 0; k < replicate->panel.count; k++) {
        const struct cr_panel_row *row = &replicate->panel.rows[k];
        digest = mix(digest, &row->felt, sizeof row->felt);
        digest = mix(digest, row->share, sizeof row->share);
    }
    return digest;
}

static int take(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    struct taken *taken = context;
    if (replicate->number == taken->fail_at)
        return cr_error_set(error, CR_ERROR_IO, "there is no room for replicate %u", replicate->number);
    taken->digest[taken->count] = digest_of(replicate);
    taken->numbers[taken->count++] = replicate->number;
    taken->panel_rows += replicate->panel.count;
    return cr_collection_add(&taken->collection, &replicate->readings, error);
}

static void progress(void *context, double done) {
    struct taken *taken = context;
    if (done >= taken->done && done <= 1.0) /* a step back would stay visible in the count */
        taken->told++;
    else
        taken->told = -1000000;
    taken->done = done;
}

static int run(const struct cr_scenario *scenario, int threads, struct taken *taken, struct cr_error *error) {
    const struct cr_replicates_plan plan = {.scenario = scenario,
        .threads = threads,
        .panel_interval = 26,
        .take = take,
        .progress = progress,
        .context = taken};
    return cr_replicates_run(&plan, error);
}

static void ten_small_ones(struct cr_scenario *scenario) {
    cr_scenario_init(scenario);
    scenario->parameters.run_people = 60;
    scenario->parameters.run_years = 14.3;
    scenario->parameters.run_replicates = 10;
    scenario->parameters.life_birth_years = 1.0;
    scenario->parameters.life_adult_age = 12.0;
}

static void replicates_side_by_side_give_the_same_at_any_number_of_threads(void **state) {
    (void)state;
    struct cr_scenario scenario;
    ten_small_ones(&scenario);
    struct taken one = {0}, many = {0};
    assert_int_equal(run(&scenario, 1, &one, NULL), 0);
    for (int threads = 2; threads <= 3; threads++) {
        memset(&many, 0, sizeof many);
        assert_int_equal(run(&scenario, threads, &many, NULL), 0);
        assert_int_equal(many.count, 10);
        assert_memory_equal(one.digest, many.digest, sizeof one.digest);
        assert_int_equal(one.panel_rows, many.panel_rows);
        cr_collection_free(&many.collection);
    }
    assert_true(one.panel_rows > 0);
    cr_collection_free(&one.collection);
}

/* Enough people, and couples, for more than one thread within a week (512 each). */
static void threads_that_share_one_replicate_give_the_same(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    scenario.parameters.run_people = 1300;
    scenario.parameters.run_years = 15.0; /* with a survey at the end */
    scenario.parameters.life_birth_years = 0.1;
    scenario.parameters.life_adult_age = 12.0;
    scenario.parameters.meeting_rate = 1.0;
    scenario.parameters.meeting_reticence = 0.0;
    scenario.parameters.pairing_acceptance = 8.0;
    scenario.parameters.separation_rate = 0.0;
    struct taken one = {0}, two = {0};
    assert_int_equal(run(&scenario, 1, &one, NULL), 0);
    assert_int_equal(run(&scenario, 2, &two, NULL), 0);
    assert_int_equal(one.count, 1);
    assert_true(one.digest[0] == two.digest[0]);
    const int64_t row = cr_collection_find(&one.collection, "partnered_share", "all");
    assert_true(row >= 0 && cr_collection_at(&one.collection, (size_t)row, 0).value > 0.8);
    cr_collection_free(&one.collection);
    cr_collection_free(&two.collection);
}

static void replicates_differ_from_each_other(void **state) {
    (void)state;
    struct cr_scenario scenario;
    ten_small_ones(&scenario);
    struct taken taken = {0};
    assert_int_equal(run(&scenario, 2, &taken, NULL), 0);
    for (int k = 0; k < taken.count; k++)
        for (int other = 0; other < k; other++)
            assert_true(taken.digest[k] != taken.digest[other]);
    cr_collection_free(&taken.collection);
}

static void replicate_7_alone_is_replicate_7_of_10(void **state) {
    (void)state;
    struct cr_scenario scenario;
    ten_small_ones(&scenario);
    struct taken all = {0}, alone = {0};
    assert_int_equal(run(&scenario, 2, &all, NULL), 0);
    scenario.parameters.run_replicates = 1;
    scenario.parameters.run_first_replicate = 7;
    assert_int_equal(run(&scenario, 2, &alone, NULL), 0);
    assert_int_equal(alone.count, 1);
    assert_int_equal(alone.numbers[0], 7);
    assert_int_equal(all.numbers[6], 7);
    assert_true(alone.digest[0] == all.digest[6]);
    cr_collection_free(&all.collection);
    cr_collection_free(&alone.collection);
}

static void replicates_are_taken_in_the_order_of_their_numbers(void **state) {
    (void)state;
    struct cr_scenario scenario;
    ten_small_ones(&scenario);
    scenario.parameters.run_first_replicate = 41;
    scenario.parameters.run_replicates = 13;
    scenario.parameters.run_years = 1.0;
    for (int threads = 1; threads <= 4; threads++) {
        struct taken taken = {0};
        assert_int_equal(run(&scenario, threads, &taken, NULL), 0);
        assert_int_equal(taken.count, 13);
        for (int k = 0; k < 13; k++)
            assert_int_equal(taken.numbers[k], 41 + k);
        cr_collection_free(&taken.collection);
    }
}

static void a_take_that_fails_ends_the_run_and_its_sentence_is_passed_on(void **state) {
    (void)state;
    struct cr_scenario scenario;
    ten_small_ones(&scenario);
    for (int threads = 1; threads <= 3; threads++)
        for (uint32_t at = 1; at <= 10; at += 3) {
            struct taken taken = {.fail_at = at};
            struct cr_error error = {0};
            char sentence[64];
            assert_int_equal(run(&scenario, threads, &taken, &error), CR_ERROR_IO);
            assert_int_equal(error.code, CR_ERROR_IO);
            (void)snprintf(sentence, sizeof sentence, "there is no room for replicate %u", at);
            assert_string_equal(error.sentence, sentence);
            assert_int_equal(taken.count, at - 1); /* those before it, and none after it */
            cr_collection_free(&taken.collection);
            memset(&taken, 0, sizeof taken);
            taken.fail_at = at;
            assert_int_equal(run(&scenario, threads, &taken, NULL), CR_ERROR_IO);
            cr_collection_free(&taken.collection);
        }
}

static void progress_never_goes_back_and_ends_at_one(void **state) {
    (void)state;
    struct cr_scenario scenario;
    ten_small_ones(&scenario);
    for (int threads = 1; threads <= 2; threads++) {
        struct taken taken = {0};
        assert_int_equal(run(&scenario, threads, &taken, NULL), 0);
        assert_true(taken.told >= 10);
        assert_true(taken.done == 1.0);
        cr_collection_free(&taken.collection);
    }
}

static void nobody_needs_to_be_told_of_progress(void **state) {
    (void)state;
    struct cr_scenario scenario;
    ten_small_ones(&scenario);
    scenario.parameters.run_years = 0.02;
    struct taken taken = {0};
    const struct cr_replicates_plan plan = {.scenario = &scenario, .threads = 1, .take = take, .context = &taken};
    assert_int_equal(cr_replicates_run(&plan, NULL), 0);
    assert_int_equal(taken.count, 10);
    assert_int_equal(taken.panel_rows, 0);
    cr_collection_free(&taken.collection);
}

/* Every allocation of a short run fails once. */
static void a_run_without_memory_says_so(void **state) {
    (void)state;
    struct cr_scenario scenario;
    ten_small_ones(&scenario);
    scenario.parameters.run_people = 4;
    scenario.parameters.run_years = 1.0;
    scenario.parameters.run_replicates = 1;
    int status = CR_ERROR_MEMORY;
    long n = 0;
    for (; status != 0; n++) {
        struct taken taken = {0};
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        status = run(&scenario, 1, &taken, &error);
        allocations_left = -1;
        assert_int_equal(status, error.code);
        assert_true(status == 0 || status == CR_ERROR_MEMORY);
        assert_int_equal(taken.count == 1 && taken.collection.replicates == 1, status == 0);
        cr_collection_free(&taken.collection);
        assert_int_equal(allocations_held, held);
    }
    assert_true(n > 30);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replicates_side_by_side_give_the_same_at_any_number_of_threads),
        cmocka_unit_test(threads_that_share_one_replicate_give_the_same),
        cmocka_unit_test(replicates_differ_from_each_other),
        cmocka_unit_test(replicate_7_alone_is_replicate_7_of_10),
        cmocka_unit_test(replicates_are_taken_in_the_order_of_their_numbers),
        cmocka_unit_test(a_take_that_fails_ends_the_run_and_its_sentence_is_passed_on),
        cmocka_unit_test(progress_never_goes_back_and_ends_at_one),
        cmocka_unit_test(nobody_needs_to_be_told_of_progress),
        cmocka_unit_test(a_run_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
