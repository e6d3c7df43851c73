#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/self_report.h"
#include "measure/statistics.h"

/* People of whom a test sets what they believe, before anything has happened to them. */
struct company {
    struct cr_parameters parameters;
    struct cr_setting setting;
    struct cr_population people;
};

enum { COUNT = 4000 };

static int make_company(void **state) {
    struct company *company = calloc(1, sizeof *company);
    if (company == NULL || cr_population_init(&company->people, COUNT, NULL) != 0)
        return -1;
    cr_registry_reset(&cr_parameter_registry, &company->parameters);
    company->setting.parameters = &company->parameters;
    company->setting.luck = (struct cr_stream){.seed = 11, .replicate = 1};
    company->setting.week = 2000;
    cr_quantile_normal(&company->setting.normal);
    double beliefs[CR_BELIEFS];
    cr_working_model_initial(&company->parameters, beliefs);
    for (uint32_t i = 0; i < COUNT; i++) {
        for (int b = 0; b < CR_BELIEFS; b++) {
            company->people.general[b][i] = beliefs[b];
            for (int role = 0; role < CR_FIGURE_ROLES; role++)
                company->people.specific[role * CR_BELIEFS + b][i] = beliefs[b];
        }
        company->people.partner[i] = CR_NOBODY;
        company->people.bond[i] = CR_NOBODY;
    }
    company->setting.signals = cr_episode_signals(&company->parameters);
    company->parameters.ecr_anxiety_gain = 5.0; /* no scale is at its end */
    company->parameters.ecr_avoidance_gain = 5.0;
    company->parameters.ecr_error_sd = 0.0;
    company->parameters.satisfaction_error_sd = 0.0;
    *state = company;
    return 0;
}

static int free_company(void **state) {
    struct company *company = *state;
    cr_population_free(&company->people);
    free(company);
    return 0;
}

static struct cr_ecr answer(const struct company *company, uint32_t i) {
    return cr_self_report_ecr(&company->setting, &company->people, i);
}

static void a_rating_at_its_cut_counts_as_insecure_and_just_below_as_secure(void **state) {
    const struct company *company = *state;
    const struct cr_parameters *p = &company->parameters;
    const double anxious = p->ecr_anxiety_cut;
    const double calm = nextafter(anxious, 0.0);
    const double distant = p->ecr_avoidance_cut;
    const double close = nextafter(distant, 0.0);
    assert_int_equal(cr_self_report_style(p, calm, close), CR_STYLE_SECURE);
    assert_int_equal(cr_self_report_style(p, anxious, close), CR_STYLE_PREOCCUPIED);
    assert_int_equal(cr_self_report_style(p, calm, distant), CR_STYLE_DISMISSING);
    assert_int_equal(cr_self_report_style(p, anxious, distant), CR_STYLE_FEARFUL);
    assert_int_equal(cr_self_report_style(p, 1.0, 1.0), CR_STYLE_SECURE);
    assert_int_equal(cr_self_report_style(p, 7.0, 1.0), CR_STYLE_PREOCCUPIED);
    assert_int_equal(cr_self_report_style(p, 1.0, 7.0), CR_STYLE_DISMISSING);
    assert_int_equal(cr_self_report_style(p, 7.0, 7.0), CR_STYLE_FEARFUL);
}

static void each_scale_has_a_cut_of_its_own(void **state) {
    struct company *company = *state;
    company->parameters.ecr_anxiety_cut = 3.0;
    company->parameters.ecr_avoidance_cut = 5.0;
    assert_int_equal(cr_self_report_style(&company->parameters, 4.0, 4.0), CR_STYLE_PREOCCUPIED);
    company->parameters.ecr_anxiety_cut = 5.0;
    company->parameters.ecr_avoidance_cut = 3.0;
    assert_int_equal(cr_self_report_style(&company->parameters, 4.0, 4.0), CR_STYLE_DISMISSING);
}

static void a_missing_rating_makes_no_style(void **state) {
    const struct company *company = *state;
    const double none = (double)NAN;
    assert_int_equal(cr_self_report_style(&company->parameters, none, 2.0), CR_STYLE_NONE);
    assert_int_equal(cr_self_report_style(&company->parameters, 2.0, none), CR_STYLE_NONE);
    assert_int_equal(cr_self_report_style(&company->parameters, none, none), CR_STYLE_NONE);
}

static void the_paragraph_is_that_whose_cut_is_exceeded_further(void **state) {
    struct company *company = *state;
    struct cr_parameters *p = &company->parameters;
    p->ecr_anxiety_cut = 3.0;
    p->ecr_avoidance_cut = 4.0;
    assert_int_equal(cr_self_report_paragraph(p, nextafter(3.0, 0.0), nextafter(4.0, 0.0)), CR_PARAGRAPH_SECURE);
    assert_int_equal(cr_self_report_paragraph(p, 3.0, 2.0), CR_PARAGRAPH_ANXIOUS);
    assert_int_equal(cr_self_report_paragraph(p, 2.0, 4.0), CR_PARAGRAPH_AVOIDANT);
    assert_int_equal(cr_self_report_paragraph(p, 4.5, 5.0), CR_PARAGRAPH_ANXIOUS);
    assert_int_equal(cr_self_report_paragraph(p, 4.5, 6.0), CR_PARAGRAPH_AVOIDANT);
    for (double anxiety = 1.0; anxiety <= 7.0; anxiety += 0.25)
        for (double avoidance = 1.0; avoidance <= 7.0; avoidance += 0.25) {
            const bool secure = cr_self_report_style(p, anxiety, avoidance) == CR_STYLE_SECURE;
            assert_true(secure == (cr_self_report_paragraph(p, anxiety, avoidance) == CR_PARAGRAPH_SECURE));
        }
}

static void ratings_stay_from_one_to_seven_whatever_is_believed_and_however_wrong(void **state) {
    struct company *company = *state;
    company->parameters.ecr_error_sd = 3.0;
    double least[2] = {9.0, 9.0};
    double most[2] = {0.0, 0.0};
    for (uint32_t i = 0; i < COUNT; i++) {
        for (int b = 0; b < CR_BELIEFS; b++)
            company->people.general[b][i] = (i >> b) & 1U ? 0.999 : 0.001;
        company->people.temperament[i] = (double)(i % 7) - 3.0;
        company->people.strain[i] = (double)(i % 11) * 100.0;
        const struct cr_ecr ecr = answer(company, i);
        const double rating[2] = {ecr.anxiety, ecr.avoidance};
        for (int k = 0; k < 2; k++) {
            least[k] = fmin(least[k], rating[k]);
            most[k] = fmax(most[k], rating[k]);
            assert_true(rating[k] >= 1.0 && rating[k] <= 7.0);
        }
    }
    for (int k = 0; k < 2; k++)
        assert_true(least[k] == 1.0 && most[k] == 7.0);
}

static void ratings_err_by_the_stated_sd_and_independently(void **state) {
    struct company *company = *state;
    static double error[4][COUNT];
    company->parameters.ecr_anxiety_gain = 0.1;
    company->parameters.ecr_avoidance_gain = 0.1;
    const struct cr_ecr truth = answer(company, 0);
    company->parameters.ecr_error_sd = 0.1;
    company->parameters.satisfaction_error_sd = 0.1;
    assert_true(truth.anxiety > 1.5 && truth.anxiety < 6.5 && truth.avoidance > 1.5 && truth.avoidance < 6.5);
    for (uint32_t i = 0; i < COUNT; i++) {
        company->setting.week = 2000;
        const struct cr_ecr ecr = answer(company, i);
        error[0][i] = ecr.anxiety - truth.anxiety;
        error[1][i] = ecr.avoidance - truth.avoidance;
        company->setting.week = 2001;
        error[2][i] = answer(company, i).anxiety - truth.anxiety;
        company->setting.week = 2000;
        company->people.partner[i] = (int32_t)((i + 1) % COUNT);
        company->people.satisfaction[i] = 0.7;
        error[3][i] = cr_self_report_satisfaction(&company->setting, &company->people, i) - 0.7;
    }
    for (int k = 0; k < 4; k++) {
        assert_true(fabs(cr_statistics_sd(error[k], COUNT).value / 0.1 - 1.0) < 0.05);
        assert_true(fabs(cr_statistics_mean(error[k], COUNT).value) < 0.1 * 5.0 / sqrt(COUNT));
        for (int other = 0; other < k; other++)
            assert_true(fabs(cr_statistics_correlation(error[k], error[other], COUNT).value) < 5.0 / sqrt(COUNT));
    }
}

static void the_index_is_the_rating_without_its_error(void **state) {
    struct company *company = *state;
    for (uint32_t i = 0; i < COUNT; i++) {
        company->people.general[CR_WORTH][i] = (double)(i % 100) / 100.0;
        company->people.general[CR_OPEN][i] = (double)(i % 37) / 37.0;
        company->people.strain[i] = (double)(i % 11);
    }
    double errors = 0.0;
    for (uint32_t i = 0; i < COUNT; i++) {
        company->parameters.ecr_error_sd = 0.0;
        const struct cr_ecr exact = answer(company, i);
        company->parameters.ecr_error_sd = 0.5;
        const struct cr_ecr index = cr_self_report_index(&company->setting, &company->people, i);
        const struct cr_ecr rated = answer(company, i);
        assert_true(index.anxiety == exact.anxiety && index.avoidance == exact.avoidance);
        assert_true(rated.anxiety != index.anxiety && rated.avoidance != index.avoidance);
        errors += fabs(rated.anxiety - index.anxiety);
    }
    assert_true(errors / COUNT > 0.3 && errors / COUNT < 0.5); /* sqrt(2 / pi) * sd, less at the ends of the scale */
}

static void the_same_question_in_the_same_week_has_the_same_answer(void **state) {
    struct company *company = *state;
    company->parameters.ecr_error_sd = 1.0;
    const struct cr_ecr first = answer(company, 5);
    const struct cr_ecr second = answer(company, 5);
    assert_true(first.anxiety == second.anxiety && first.avoidance == second.avoidance);
}

static void who_thinks_more_of_oneself_is_less_anxious(void **state) {
    struct company *company = *state;
    for (int open = 1; open <= 9; open += 4) {
        double before = 8.0;
        for (int worth = 0; worth <= 10; worth++) {
            company->people.general[CR_OPEN][0] = 0.1 * open;
            company->people.general[CR_WORTH][0] = 0.1 * worth;
            const double anxiety = answer(company, 0).anxiety;
            assert_true(anxiety < before);
            before = anxiety;
        }
    }
}

/* Deactivation is made the better choice by its price alone: no belief changes. */
static void who_deactivates_more_is_more_avoidant(void **state) {
    struct company *company = *state;
    double before = 0.0;
    for (int step = 0; step <= 10; step++) {
        company->parameters.choice_alone_cost = 0.1 * (10 - step);
        const double avoidance = answer(company, 0).avoidance;
        assert_true(avoidance > before);
        before = avoidance;
    }
}

static void who_expects_rebuff_is_more_avoidant_and_who_expects_comfort_is_less(void **state) {
    struct company *company = *state;
    double before = 0.0;
    for (int step = 0; step <= 10; step++) {
        company->people.general[CR_REBUFF][0] = 0.1 * step;
        const double avoidance = answer(company, 0).avoidance;
        assert_true(avoidance > before);
        before = avoidance;
    }
    before = 8.0;
    for (int step = 0; step <= 10; step++) {
        company->people.general[CR_OPEN][1] = 0.1 * step;
        const double avoidance = answer(company, 1).avoidance;
        assert_true(avoidance < before);
        before = avoidance;
    }
}

static void strain_makes_anxious(void **state) {
    struct company *company = *state;
    const struct cr_ecr calm = answer(company, 0);
    company->people.strain[0] = 5.0;
    const struct cr_ecr strained = answer(company, 0);
    assert_true(strained.anxiety > calm.anxiety);
    assert_true(strained.avoidance == calm.avoidance);
}

static void a_partner_colours_the_answers_by_the_stated_weight_and_only_once_known(void **state) {
    struct company *company = *state;
    struct cr_population *people = &company->people;
    company->parameters.ecr_partner_weight = 0.5;
    const struct cr_ecr single = answer(company, 0);
    people->partner[0] = 1;
    people->specific[CR_PARTNER * CR_BELIEFS + CR_OPEN][0] = 0.95;
    people->specific[CR_PARTNER * CR_BELIEFS + CR_WORTH][0] = 0.95;
    const struct cr_ecr met = answer(company, 0);
    assert_true(met.anxiety == single.anxiety && met.avoidance == single.avoidance);
    people->experience[CR_PARTNER][0] = 1e6;
    const struct cr_ecr known = answer(company, 0);
    assert_true(known.anxiety < single.anxiety && known.avoidance < single.avoidance);
    company->parameters.ecr_partner_weight = 0.0;
    const struct cr_ecr plain = answer(company, 0);
    assert_true(plain.anxiety == single.anxiety && plain.avoidance == single.avoidance);
}

static void satisfaction_is_asked_only_of_those_with_a_partner(void **state) {
    struct company *company = *state;
    company->people.satisfaction[0] = 0.4;
    assert_true(isnan(cr_self_report_satisfaction(&company->setting, &company->people, 0)));
    company->people.partner[0] = 1;
    assert_true(cr_self_report_satisfaction(&company->setting, &company->people, 0) == 0.4);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_company, free_company)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_rating_at_its_cut_counts_as_insecure_and_just_below_as_secure),
        TEST(each_scale_has_a_cut_of_its_own),
        TEST(a_missing_rating_makes_no_style),
        TEST(the_paragraph_is_that_whose_cut_is_exceeded_further),
        TEST(ratings_stay_from_one_to_seven_whatever_is_believed_and_however_wrong),
        TEST(ratings_err_by_the_stated_sd_and_independently),
        TEST(the_index_is_the_rating_without_its_error),
        TEST(the_same_question_in_the_same_week_has_the_same_answer),
        TEST(who_thinks_more_of_oneself_is_less_anxious),
        TEST(who_deactivates_more_is_more_avoidant),
        TEST(who_expects_rebuff_is_more_avoidant_and_who_expects_comfort_is_less),
        TEST(strain_makes_anxious),
        TEST(a_partner_colours_the_answers_by_the_stated_weight_and_only_once_known),
        TEST(satisfaction_is_asked_only_of_those_with_a_partner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
