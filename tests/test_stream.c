#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <stdlib.h>
#include <string.h>

#include "base/stream.h"

enum { PURPOSES = CR_LUCK_DESIGN + 1 };

static const struct cr_stream luck = {.seed = UINT64_C(0x123456789abcdef0), .replicate = 3};

/* The word that a uniform number was made of. */
static uint32_t word_of(double u) {
    return (uint32_t)(u * 0x1p32 - 0.5);
}

/* kat_vectors of Random123 1.14, lines "philox4x32 10": counter, key, result. */
static const struct {
    uint32_t counter[4], key[2], result[4];
} known_answers[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff},
        {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0},
        {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

static void the_numbers_are_those_of_the_published_known_answers(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof known_answers / sizeof *known_answers; i++) {
        const uint32_t *counter = known_answers[i].counter;
        const struct cr_stream stream = {
            .seed = (uint64_t)known_answers[i].key[1] << 32U | known_answers[i].key[0], .replicate = counter[3]};
        double u[4];
        cr_stream_uniforms(
            &stream, (enum cr_purpose)(counter[2] >> 24U), counter[0], counter[1], counter[2] & 0xffffffU, u);
        for (int k = 0; k < 4; k++)
            assert_int_equal(word_of(u[k]), known_answers[i].result[k]);
    }
}

static void every_number_lies_in_the_open_interval_on_the_promised_grid(void **state) {
    (void)state;
    for (uint32_t block = 0; block < 10000; block++) {
        double u[4];
        cr_stream_uniforms(&luck, CR_LUCK_WEEK, 5, 6, block, u);
        for (int k = 0; k < 4; k++) {
            assert_true(u[k] > 0.0 && u[k] < 1.0);
            assert_true((uint64_t)(u[k] * 0x1p33) % 2 == 1);
            assert_true((double)(uint64_t)(u[k] * 0x1p33) * 0x1p-33 == u[k]);
        }
    }
}

static void a_generator_gives_the_numbers_of_the_blocks_in_order(void **state) {
    (void)state;
    gsl_rng *numbers = gsl_rng_alloc(cr_stream_rng_type);
    gsl_rng *words = gsl_rng_alloc(cr_stream_rng_type);
    cr_stream_seek(numbers, &luck, CR_LUCK_COUPLE, 17, 23);
    cr_stream_seek(words, &luck, CR_LUCK_COUPLE, 17, 23);
    for (uint32_t block = 0; block < 100; block++) {
        double u[4];
        cr_stream_uniforms(&luck, CR_LUCK_COUPLE, 17, 23, block, u);
        for (int k = 0; k < 4; k++) {
            assert_true(gsl_rng_uniform(numbers) == u[k]);
            assert_int_equal(gsl_rng_get(words), word_of(u[k]));
        }
    }
    gsl_rng_free(numbers);
    gsl_rng_free(words);
}

static void a_generator_starts_anew_wherever_it_is_placed(void **state) {
    (void)state;
    gsl_rng *rng = gsl_rng_alloc(cr_stream_rng_type);
    double u[4];
    cr_stream_seek(rng, &luck, CR_LUCK_BIRTH, 1, 2);
    for (int k = 0; k < 7; k++)
        (void)gsl_rng_get(rng);
    cr_stream_seek(rng, &luck, CR_LUCK_WEEK, 3, 4);
    cr_stream_uniforms(&luck, CR_LUCK_WEEK, 3, 4, 0, u);
    assert_true(gsl_rng_uniform(rng) == u[0]);
    gsl_rng_free(rng);
}

static void a_seeded_generator_stands_at_the_place_for_resampling(void **state) {
    (void)state;
    gsl_rng *rng = gsl_rng_alloc(cr_stream_rng_type);
    const struct cr_stream plain = {.seed = 4711, .replicate = 0};
    double u[4];
    cr_stream_seek(rng, &luck, CR_LUCK_BIRTH, 1, 2);
    gsl_rng_set(rng, 4711);
    cr_stream_uniforms(&plain, CR_LUCK_RESAMPLE, 0, 0, 0, u);
    for (int k = 0; k < 4; k++)
        assert_true(gsl_rng_uniform(rng) == u[k]);
    gsl_rng_free(rng);
}

static void a_copy_of_a_generator_goes_on_alike(void **state) {
    (void)state;
    gsl_rng *rng = gsl_rng_alloc(cr_stream_rng_type);
    cr_stream_seek(rng, &luck, CR_LUCK_RATING, 9, 9);
    for (int k = 0; k < 6; k++)
        (void)gsl_rng_get(rng);
    gsl_rng *copy = gsl_rng_clone(rng);
    for (int k = 0; k < 20; k++)
        assert_int_equal(gsl_rng_get(rng), gsl_rng_get(copy));
    gsl_rng_free(rng);
    gsl_rng_free(copy);
}

static int by_bytes(const void *left, const void *right) {
    return memcmp(left, right, 4 * sizeof(double));
}

static void no_purpose_person_week_block_or_replicate_shares_anothers_numbers(void **state) {
    (void)state;
    enum { PERSONS = 13, WEEKS = 13, BLOCKS = 3, REPLICATES = 3, SEEDS = 3 };
    const uint64_t seeds[SEEDS] = {1, 2, UINT64_C(0x100000001)};
    const size_t total = (size_t)PURPOSES * PERSONS * WEEKS * BLOCKS * REPLICATES * SEEDS;
    double(*all)[4] = malloc(total * sizeof *all);
    assert_non_null(all);
    size_t n = 0;
    for (int seed = 0; seed < SEEDS; seed++)
        for (uint32_t replicate = 1; replicate <= REPLICATES; replicate++)
            for (int purpose = 0; purpose < PURPOSES; purpose++)
                for (uint32_t person = 0; person < PERSONS; person++)
                    for (uint32_t week = 0; week < WEEKS; week++)
                        for (uint32_t block = 0; block < BLOCKS; block++)
                            cr_stream_uniforms(&(struct cr_stream){.seed = seeds[seed], .replicate = replicate},
                                (enum cr_purpose)purpose, person, week, block, all[n++]);
    assert_int_equal(n, total);
    qsort(all, n, sizeof *all, by_bytes);
    for (size_t i = 1; i < n; i++)
        assert_int_not_equal(by_bytes(all[i - 1], all[i]), 0);
    free(all);
}

static void the_last_block_of_a_purpose_is_not_the_first_of_the_next(void **state) {
    (void)state;
    for (int purpose = 0; purpose + 1 < PURPOSES; purpose++) {
        double last[4], first[4];
        cr_stream_uniforms(&luck, (enum cr_purpose)purpose, 1, 1, (1U << 24U) - 1, last);
        cr_stream_uniforms(&luck, (enum cr_purpose)(purpose + 1), 1, 1, 0, first);
        assert_int_not_equal(by_bytes(last, first), 0);
    }
}

static void what_others_draw_changes_nobodys_numbers(void **state) {
    (void)state;
    double alone[4], among_many[4], other[4];
    cr_stream_uniforms(&luck, CR_LUCK_EPISODE, 7, 100, 0, alone);
    for (uint32_t person = 0; person < 1000; person++)
        cr_stream_uniforms(&luck, CR_LUCK_EPISODE, person, 100, 0, other);
    cr_stream_uniforms(&luck, CR_LUCK_EPISODE, 7, 100, 0, among_many);
    assert_memory_equal(alone, among_many, sizeof alone);
}

/* Whether counts are as uneven as chance makes them: neither too uneven nor too even. */
static void expect_even(const int *count, int bins, double expected) {
    double chi2 = 0.0;
    for (int k = 0; k < bins; k++)
        chi2 += (count[k] - expected) * (count[k] - expected) / expected;
    const double p = gsl_cdf_chisq_Q(chi2, bins - 1);
    if (!(p > 1e-4 && p < 1.0 - 1e-4))
        fail_msg("chi2 is %g with %d degrees of freedom, p = %g", chi2, bins - 1, p);
}

static void every_purposes_numbers_are_uniform(void **state) {
    (void)state;
    enum { BINS = 64, DRAWS = 20000 };
    for (int purpose = 0; purpose < PURPOSES; purpose++)
        for (int place = 0; place < 4; place++) {
            int count[BINS] = {0};
            for (uint32_t person = 0; person < DRAWS; person++) {
                double u[4];
                cr_stream_uniforms(&luck, (enum cr_purpose)purpose, person, 52, 0, u);
                count[(int)(u[place] * BINS)]++;
            }
            expect_even(count, BINS, (double)DRAWS / BINS);
        }
}

/* How the numbers of neighbours in one respect fall into a grid. */
static void neighbours_are_independent(uint32_t person_step, uint32_t week_step, uint32_t block_step) {
    enum { SIDE = 12, DRAWS = 40000 };
    int count[SIDE * SIDE] = {0};
    for (uint32_t n = 0; n < DRAWS; n++) {
        const uint32_t person = n % 200;
        const uint32_t week = 2 * (n / 200);
        double here[4], there[4];
        cr_stream_uniforms(&luck, CR_LUCK_WEEK, 2 * person, week, 0, here);
        cr_stream_uniforms(&luck, CR_LUCK_WEEK, 2 * person + person_step, week + week_step, block_step, there);
        count[(int)(here[1] * SIDE) * SIDE + (int)(there[1] * SIDE)]++;
    }
    expect_even(count, SIDE * SIDE, (double)DRAWS / (SIDE * SIDE));
}

static void neighbouring_persons_weeks_and_blocks_are_independent(void **state) {
    (void)state;
    neighbours_are_independent(1, 0, 0);
    neighbours_are_independent(0, 1, 0);
    neighbours_are_independent(0, 0, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_numbers_are_those_of_the_published_known_answers),
        cmocka_unit_test(every_number_lies_in_the_open_interval_on_the_promised_grid),
        cmocka_unit_test(a_generator_gives_the_numbers_of_the_blocks_in_order),
        cmocka_unit_test(a_generator_starts_anew_wherever_it_is_placed),
        cmocka_unit_test(a_seeded_generator_stands_at_the_place_for_resampling),
        cmocka_unit_test(a_copy_of_a_generator_goes_on_alike),
        cmocka_unit_test(no_purpose_person_week_block_or_replicate_shares_anothers_numbers),
        cmocka_unit_test(the_last_block_of_a_purpose_is_not_the_first_of_the_next),
        cmocka_unit_test(what_others_draw_changes_nobodys_numbers),
        cmocka_unit_test(every_purposes_numbers_are_uniform),
        cmocka_unit_test(neighbouring_persons_weeks_and_blocks_are_independent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
