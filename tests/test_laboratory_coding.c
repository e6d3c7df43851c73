#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "measure/laboratory_coding.h"
#include "measure/statistics.h"

struct laboratory {
    struct cr_parameters parameters;
    struct cr_setting setting;
};

/* A laboratory whose raters err by `rating_sd`. */
static void open_laboratory(struct laboratory *laboratory, double rating_sd) {
    memset(laboratory, 0, sizeof *laboratory);
    cr_registry_reset(&cr_parameter_registry, &laboratory->parameters);
    laboratory->parameters.laboratory_rating_sd = rating_sd;
    laboratory->parameters.laboratory_conflict_weight = 1.0;
    laboratory->parameters.laboratory_apprehension_weight = 1.0;
    laboratory->setting.parameters = &laboratory->parameters;
    laboratory->setting.luck = (struct cr_stream){.seed = 5, .replicate = 1};
    cr_quantile_normal(&laboratory->setting.normal);
}

/* What infants of all kinds do. */
static const struct cr_laboratory_record seen[] = {
    {.intervals = 24, .exploration = 24},
    {.intervals = 24, .approach = 10, .contact = 9, .exploration = 14},
    {.intervals = 24, .approach = 3, .contact = 2, .turning_away = 15, .contradictions = 3, .exploration = 6},
    {.intervals = 24, .approach = 2, .contact = 6, .protest = 18, .turning_away = 4, .contradictions = 4},
    {.intervals = 24, .protest = 12, .turning_away = 12, .contradictions = 11, .apprehension = 20},
    {.intervals = 24, .approach = 12, .contact = 3, .protest = 6, .turning_away = 6, .apprehension = 8},
    {.intervals = 24, .turning_away = 24},
    {.intervals = 24, .protest = 24, .contact = 12},
    {.intervals = 24, .approach = 24, .contact = 24},
    {.intervals = 24, .approach = 1, .protest = 1, .turning_away = 1, .exploration = 21},
};
enum { SEEN = sizeof seen / sizeof *seen };

static struct cr_coding code(const struct laboratory *laboratory, const struct cr_laboratory_record *record) {
    return cr_laboratory_code(&laboratory->setting, record, 3, 0);
}

/* Each cut stands exactly on the scale's value, and just above it, and where nothing and everything reaches it. */
static void the_class_follows_the_written_rule_at_and_around_each_cut(void **state) {
    (void)state;
    struct laboratory laboratory;
    open_laboratory(&laboratory, 0.0);
    int given[CR_CLASSES] = {0};
    for (int s = 0; s < SEEN; s++) {
        const struct cr_coding scales = code(&laboratory, &seen[s]);
        for (int d = 0; d < 4; d++)
            for (int a = 0; a < 4; a++)
                for (int r = 0; r < 4; r++) {
                    const double d_cut[] = {scales.disorganization, nextafter(scales.disorganization, 10.0), 0.0, 10.0};
                    const double a_cut[] = {scales.avoidance, nextafter(scales.avoidance, 10.0), 0.0, 10.0};
                    const double r_cut[] = {scales.resistance, nextafter(scales.resistance, 10.0), 0.0, 10.0};
                    laboratory.parameters.laboratory_disorganization_cut = d_cut[d];
                    laboratory.parameters.laboratory_avoidance_cut = a_cut[a];
                    laboratory.parameters.laboratory_resistance_cut = r_cut[r];
                    const enum cr_class class = code(&laboratory, &seen[s]).class;
                    const bool disorganized = d == 0 || d == 2;
                    const bool avoidant = a == 0 || a == 2;
                    const bool resistant = r == 0 || r == 2;
                    given[class]++;
                    if (disorganized)
                        assert_int_equal(class, CR_CLASS_D);
                    else if (avoidant && scales.avoidance > scales.resistance)
                        assert_int_equal(class, CR_CLASS_A);
                    else if (avoidant && scales.avoidance == scales.resistance)
                        assert_true(class == CR_CLASS_A || class == (resistant ? CR_CLASS_C : CR_CLASS_B));
                    else
                        assert_int_equal(class, resistant ? CR_CLASS_C : CR_CLASS_B);
                }
    }
    for (int class = 0; class < CR_CLASSES; class ++)
        assert_true(given[class] > 0);
}

static void the_cuts_move_the_class_and_no_scale(void **state) {
    (void)state;
    struct laboratory laboratory;
    open_laboratory(&laboratory, 0.0);
    for (int s = 0; s < SEEN; s++) {
        const struct cr_coding before = code(&laboratory, &seen[s]);
        laboratory.parameters.laboratory_disorganization_cut = 1.5;
        laboratory.parameters.laboratory_avoidance_cut = 2.5;
        laboratory.parameters.laboratory_resistance_cut = 6.5;
        const struct cr_coding after = code(&laboratory, &seen[s]);
        assert_true(before.proximity == after.proximity && before.contact == after.contact);
        assert_true(before.resistance == after.resistance && before.avoidance == after.avoidance);
        assert_true(before.disorganization == after.disorganization && before.exploration == after.exploration);
    }
}

/* Who the infant is, and what it feels, must not matter to one who sees but what it does. */
static void without_error_infants_who_do_the_same_are_coded_the_same(void **state) {
    (void)state;
    struct laboratory laboratory;
    open_laboratory(&laboratory, 0.0);
    for (int s = 0; s < SEEN; s++) {
        const struct cr_coding one = cr_laboratory_code(&laboratory.setting, &seen[s], 0, 0);
        for (uint32_t infant = 1; infant < 50; infant++) {
            struct cr_laboratory_record record = seen[s];
            record.felt = infant;
            record.shown = 0.5 * infant;
            struct cr_coding other = cr_laboratory_code(&laboratory.setting, &record, infant, infant % 2);
            assert_true(other.felt == record.felt && other.shown == record.shown);
            assert_int_equal(one.class, other.class);
            assert_true(one.proximity == other.proximity && one.contact == other.contact);
            assert_true(one.resistance == other.resistance && one.avoidance == other.avoidance);
            assert_true(one.disorganization == other.disorganization && one.exploration == other.exploration);
        }
    }
}

static void an_infant_that_only_plays_stands_lowest_on_every_scale_and_is_secure(void **state) {
    (void)state;
    struct laboratory laboratory;
    open_laboratory(&laboratory, 0.0);
    const struct cr_coding coding = code(&laboratory, &seen[0]);
    assert_true(coding.proximity == 1.0 && coding.contact == 1.0 && coding.resistance == 1.0);
    assert_true(coding.avoidance == 1.0 && coding.disorganization == 1.0 && coding.exploration == 1.0);
    assert_int_equal(coding.class, CR_CLASS_B);
}

static void more_of_a_behaviour_raises_its_own_scale(void **state) {
    (void)state;
    struct laboratory laboratory;
    open_laboratory(&laboratory, 0.0);
    for (int n = 0; n < 12; n++) {
        const struct cr_laboratory_record few = {.intervals = 24,
            .approach = n,
            .contact = n,
            .protest = n,
            .turning_away = n,
            .contradictions = n / 2,
            .apprehension = n / 2};
        const struct cr_coding less = code(&laboratory, &few);
        struct cr_laboratory_record more = few;
        more.approach++;
        assert_true(code(&laboratory, &more).proximity > less.proximity);
        more = few;
        more.contact++;
        assert_true(code(&laboratory, &more).contact > less.contact);
        more = few;
        more.protest++;
        assert_true(code(&laboratory, &more).resistance > less.resistance);
        more = few;
        more.turning_away++;
        assert_true(code(&laboratory, &more).avoidance > less.avoidance);
        assert_true(code(&laboratory, &more).resistance == less.resistance);
        more = few;
        more.contradictions++;
        assert_true(code(&laboratory, &more).disorganization > less.disorganization);
        more = few;
        more.apprehension++;
        assert_true(code(&laboratory, &more).disorganization > less.disorganization);
        more = few;
        more.exploration = 6;
        assert_true(code(&laboratory, &more).exploration == 0.25);
    }
}

static void scales_stay_in_their_range_whatever_the_error(void **state) {
    (void)state;
    struct laboratory laboratory;
    open_laboratory(&laboratory, 3.0);
    double least[5] = {10.0, 10.0, 10.0, 10.0, 10.0};
    double most[5] = {0};
    for (uint32_t infant = 0; infant < 2000; infant++) {
        const struct cr_laboratory_record *record = &seen[infant % SEEN];
        const struct cr_coding coding = cr_laboratory_code(&laboratory.setting, record, infant, 0);
        const double scale[5] = {
            coding.proximity, coding.contact, coding.resistance, coding.avoidance, coding.disorganization};
        for (int k = 0; k < 5; k++) {
            least[k] = fmin(least[k], scale[k]);
            most[k] = fmax(most[k], scale[k]);
        }
        assert_true(coding.exploration >= 0.0 && coding.exploration <= 1.0);
        assert_in_range(coding.class, CR_CLASS_A, CR_CLASS_D);
    }
    for (int k = 0; k < 5; k++) {
        assert_true(least[k] == 1.0);
        assert_true(most[k] == (k == 4 ? 9.0 : 7.0));
    }
}

static void raters_err_by_the_stated_sd_independently_on_each_scale_and_occasion(void **state) {
    (void)state;
    enum { INFANTS = 4000, ERRORS = 8 };
    static double error[ERRORS][INFANTS];
    struct laboratory exact, rated;
    open_laboratory(&exact, 0.0);
    open_laboratory(&rated, 0.2);
    rated.parameters.laboratory_home_error_sd = 0.2;
    rated.parameters.laboratory_fright_error_sd = 0.2;
    const struct cr_laboratory_record record = {.intervals = 24,
        .approach = 6,
        .contact = 12,
        .protest = 10,
        .turning_away = 12,
        .contradictions = 6,
        .apprehension = 6};
    const struct cr_coding truth = code(&exact, &record);
    assert_true(truth.disorganization > 2.0 && truth.disorganization < 8.0); /* no error meets an end of the scale */
    for (uint32_t i = 0; i < INFANTS; i++) {
        const struct cr_coding coding = cr_laboratory_code(&rated.setting, &record, i, 0);
        error[0][i] = coding.proximity - truth.proximity;
        error[1][i] = coding.contact - truth.contact;
        error[2][i] = coding.resistance - truth.resistance;
        error[3][i] = coding.avoidance - truth.avoidance;
        error[4][i] = coding.disorganization - truth.disorganization;
        error[5][i] = cr_laboratory_code(&rated.setting, &record, i, 1).proximity - truth.proximity;
        error[6][i] = cr_home_observation(&rated.setting, 0.5, i, 0, CR_HOME_SENSITIVITY) - 5.0;
        error[7][i] = cr_home_observation(&rated.setting, 0.5, i, 0, CR_HOME_FRIGHT) - 5.0;
    }
    for (int k = 0; k < ERRORS; k++) {
        assert_true(fabs(cr_statistics_sd(error[k], INFANTS).value / 0.2 - 1.0) < 0.05);
        assert_true(fabs(cr_statistics_mean(error[k], INFANTS).value) < 0.2 * 5.0 / sqrt(INFANTS));
        for (int other = 0; other < k; other++)
            assert_true(fabs(cr_statistics_correlation(error[k], error[other], INFANTS).value) < 5.0 / sqrt(INFANTS));
    }
}

static void the_same_visit_is_rated_the_same_again(void **state) {
    (void)state;
    struct laboratory laboratory;
    open_laboratory(&laboratory, 1.0);
    const struct cr_coding first = cr_laboratory_code(&laboratory.setting, &seen[5], 12, 1);
    const struct cr_coding second = cr_laboratory_code(&laboratory.setting, &seen[5], 12, 1);
    assert_true(first.avoidance == second.avoidance && first.disorganization == second.disorganization);
    laboratory.setting.week = 1000;
    assert_true(cr_laboratory_code(&laboratory.setting, &seen[5], 12, 1).avoidance == first.avoidance);
    laboratory.setting.luck.replicate = 2;
    assert_true(cr_laboratory_code(&laboratory.setting, &seen[5], 12, 1).avoidance != first.avoidance);
}

static void an_observer_at_home_carries_a_probability_to_a_scale_of_nine(void **state) {
    (void)state;
    struct laboratory laboratory;
    open_laboratory(&laboratory, 0.0);
    for (int k = CR_HOME_SENSITIVITY; k <= CR_HOME_FRIGHT; k++) {
        const enum cr_home_scale scale = (enum cr_home_scale)k;
        double *const error_sd = scale == CR_HOME_FRIGHT ? &laboratory.parameters.laboratory_fright_error_sd
                                                         : &laboratory.parameters.laboratory_home_error_sd;
        *error_sd = 0.0;
        assert_true(cr_home_observation(&laboratory.setting, 0.0, 1, 0, scale) == 1.0);
        assert_true(cr_home_observation(&laboratory.setting, 0.5, 1, 0, scale) == 5.0);
        assert_true(cr_home_observation(&laboratory.setting, 1.0, 1, 1, scale) == 9.0);
        *error_sd = 8.0;
        double least = 10.0;
        double most = 0.0;
        for (uint32_t infant = 0; infant < 200; infant++) {
            const double rated = cr_home_observation(&laboratory.setting, 0.3, infant, 0, scale);
            least = fmin(least, rated);
            most = fmax(most, rated);
        }
        assert_true(least == 1.0 && most == 9.0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_class_follows_the_written_rule_at_and_around_each_cut),
        cmocka_unit_test(the_cuts_move_the_class_and_no_scale),
        cmocka_unit_test(without_error_infants_who_do_the_same_are_coded_the_same),
        cmocka_unit_test(an_infant_that_only_plays_stands_lowest_on_every_scale_and_is_secure),
        cmocka_unit_test(more_of_a_behaviour_raises_its_own_scale),
        cmocka_unit_test(scales_stay_in_their_range_whatever_the_error),
        cmocka_unit_test(raters_err_by_the_stated_sd_independently_on_each_scale_and_occasion),
        cmocka_unit_test(the_same_visit_is_rated_the_same_again),
        cmocka_unit_test(an_observer_at_home_carries_a_probability_to_a_scale_of_nine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
