#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "made_up_comparison.h"
#include "report/measure_words.h"

static void expect_words(const char *measure, const char *group, const char *expected) {
    char words[CR_WORDS_SIZE];
    assert_string_equal(cr_measure_words(cr_measure_find(measure), group, words), expected);
}

static void groups_are_told_in_words(void **state) {
    (void)state;
    expect_words("ssp_share", "B", "Share of infants in class B (secure)");
    expect_words("ssp_arousal", "A felt", "Arousal felt by infants of class A (avoidant)");
    expect_words("self_worth", "all", "Self-worth of adults");
    expect_words("self_worth", "fearful", "Self-worth of fearful adults");
    expect_words("strategy_share", "secure open", "Needs of secure adults met by open bids");
    expect_words("style_share_by_age", "18-24 secure", "Share of secure adults at 18–24");
    expect_words("distress", "felt", "Distress of adults, felt");
    expect_words("distress", "fearful shown", "Distress of fearful adults, shown");
    expect_words("relationship_survival", "1", "Relationships that last 1 year");
    expect_words("relationship_survival", "secure-insecure 5", "Relationships that last 5 years: secure with insecure");
    expect_words("ended_13_months", "unmarried 5-10", "Ended within 13 months: unmarried, 5–10 years");
    expect_words("security_continuity_r", "age_18", "Continuity of security, infancy to age 18");
    expect_words("ending_share", "unmet_need", "Endings for reason of unmet need");
}

static void a_part_means_what_its_measure_means_by_it(void **state) {
    (void)state;
    expect_words("earned_security", "partner", "Earned security that a partner brought");
    expect_words("satisfaction_avoidance_beta", "partner", "Slope of satisfaction on avoidance (the partner’s)");
}

static void a_heading_stands_over_the_words_of_its_groups(void **state) {
    (void)state;
    static const char *const pairs[][3] = {{"ssp_share", "A", "A (avoidant)"}, {"relationship_survival", "1", "1 year"},
        {"relationship_survival", "secure-insecure 5", "secure with insecure, 5"},
        {"strategy_share", "secure open", "secure, open bids"}, {"relationship_hazard", "5-10", "5–10"},
        {"self_worth", "all", "all"}};
    char words[CR_WORDS_SIZE];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(cr_measure_group_words(cr_measure_find(pairs[i][0]), pairs[i][1], words), pairs[i][2]);
    assert_string_equal(cr_measure_whole_words(cr_measure_find("style_share")), "Attachment styles of adults");
    assert_string_equal(cr_measure_whole_words(cr_measure_find("self_worth")), "Self-worth of adults");
}

static void within_a_sentence_words_begin_small(void **state) {
    (void)state;
    char words[CR_WORDS_SIZE];
    assert_string_equal(
        cr_measure_inner_words(cr_measure_find("ecr_mean"), "anxiety", words), "mean attachment anxiety");
    assert_string_equal(cr_measure_inner_words(cr_measure_find("ssp_scale"), "resistance", words),
        "Strange Situation rating: resistance");
}

static void a_phone_gets_few_words(void **state) {
    (void)state;
    char words[CR_WORDS_SIZE];
    assert_string_equal(cr_measure_brief_words(cr_measure_find("ssp_share"), "D", words), "Class D");
    assert_string_equal(cr_measure_brief_words(cr_measure_find("ecr_sd"), "anxiety", words),
        "Standard deviation of attachment anxiety");
}

/* A new measure without words would be told by the registry's name. */
static void every_measure_and_group_of_a_run_has_words_of_its_own(void **state) {
    (void)state;
    static const char *const common[] = {"run.people=60", "run.years=20", NULL};
    static const char *const none[] = {""};
    struct made_up_comparison made;
    made_up_comparison_begin(&made, 1, none, common, true);
    const struct cr_collection *const measures = &made.histories[0].measures;
    assert_true(measures->row_count > 100);
    for (size_t r = 0; r < measures->row_count; r++) {
        const struct cr_reading *const row = &measures->row[r];
        char words[CR_WORDS_SIZE];
        cr_measure_words(row->measure, row->group, words);
        if (strncmp(words, cr_measures[row->measure].name, strlen(cr_measures[row->measure].name)) == 0)
            fail_msg("%s of %s has no words", cr_measures[row->measure].name, row->group);
        for (size_t other = 0; other < r; other++) {
            char others[CR_WORDS_SIZE];
            if (strcmp(words, cr_measure_words(measures->row[other].measure, measures->row[other].group, others)) == 0)
                fail_msg("two rows are told as \"%s\"", words);
        }
    }
    made_up_comparison_end(&made);
}

static void details_come_after_what_they_are_details_of(void **state) {
    (void)state;
    assert_true(cr_measure_is_main(cr_measure_find("self_worth"), "all"));
    assert_false(cr_measure_is_main(cr_measure_find("self_worth"), "secure"));
    assert_true(cr_measure_is_main(cr_measure_find("strategy_share"), "open"));
    assert_false(cr_measure_is_main(cr_measure_find("strategy_share"), "secure open"));
    assert_false(cr_measure_is_main(cr_measure_find("ecr_sd"), "anxiety"));
    assert_false(cr_measure_is_main(cr_measure_find("style_share_by_age"), "18-24 secure"));
    assert_false(cr_measure_is_main(cr_measure_find("distress"), "felt"));
}

static void only_what_cannot_exceed_one_is_bounded(void **state) {
    (void)state;
    assert_true(cr_measure_is_bounded(cr_measure_find("ssp_share")));
    assert_true(cr_measure_is_bounded(cr_measure_find("ecr_r")));
    assert_false(cr_measure_is_bounded(cr_measure_find("ecr_mean")));
    assert_string_equal(cr_measure_unit_words(cr_measure_find("ecr_mean")), "scale points");
    assert_string_equal(cr_measure_unit_words(cr_measure_find("ssp_share")), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_told_in_words),
        cmocka_unit_test(a_part_means_what_its_measure_means_by_it),
        cmocka_unit_test(a_heading_stands_over_the_words_of_its_groups),
        cmocka_unit_test(within_a_sentence_words_begin_small),
        cmocka_unit_test(a_phone_gets_few_words),
        cmocka_unit_test(every_measure_and_group_of_a_run_has_words_of_its_own),
        cmocka_unit_test(details_come_after_what_they_are_details_of),
        cmocka_unit_test(only_what_cannot_exceed_one_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
