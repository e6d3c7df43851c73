#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "viz/card/card_words.h"

static void expect_who(bool female, int32_t birth, int32_t week, int32_t death, const char *expected) {
    char words[CR_CARD_WORDS];
    struct cr_dossier dossier;
    memset(&dossier, 0, sizeof dossier);
    dossier.female = female;
    dossier.birth = birth;
    dossier.week = week;
    dossier.death = death;
    assert_string_equal(cr_card_who(&dossier, words), expected);
}

static void a_person_is_told_by_sex_and_age(void **state) {
    (void)state;
    expect_who(true, 100, 100 + 31 * 52 + 51, -1, "woman, 31 years");
    expect_who(false, 100, 100 + 5 * 52, -1, "boy, 5 years");
    expect_who(true, 100, 100 + 52, -1, "girl, 12 months");
    expect_who(false, 100, 101, -1, "boy, 1 week");
    expect_who(false, 0, 90 * 52, 74 * 52 + 3, "man, died at 74");
    expect_who(true, 100, 99, -1, "not born yet");
}

static void time_is_told_in_the_unit_that_fits(void **state) {
    (void)state;
    char text[CR_CARD_TIME];
    assert_string_equal(cr_card_time(0, text), "0 weeks");
    assert_string_equal(cr_card_time(8, text), "8 weeks");
    assert_string_equal(cr_card_time(9, text), "2 months");
    assert_string_equal(cr_card_time(103, text), "23 months");
    assert_string_equal(cr_card_time(104, text), "2 years");
}

static void expect_event(enum cr_life_event_kind kind, int8_t by, int32_t other, const char *expected) {
    char words[CR_CARD_WORDS];
    const struct cr_life_event event = {.kind = (uint8_t)kind, .by = by, .other = other};
    assert_string_equal(cr_card_event(&event, words), expected);
}

static void events_are_told_from_the_persons_side(void **state) {
    (void)state;
    expect_event(CR_LIFE_WEDDING, 0, 87, "marries 87");
    expect_event(CR_LIFE_SEPARATION, 0, 87, "leaves 87");
    expect_event(CR_LIFE_SEPARATION, 1, 87, "left by 87");
    expect_event(CR_LIFE_SEPARATION, 2, 87, "parts from 87");
    expect_event(CR_LIFE_BEREAVEMENT, 0, 87, "loses 87");
    expect_event(CR_LIFE_EARNING, 0, CR_NOBODY, "earns security");
    expect_event(CR_LIFE_VISIT, 0, CR_NOBODY, "A");
}

static void what_lasts_matters_more(void **state) {
    (void)state;
    const struct cr_life_event parting = {.kind = CR_LIFE_SEPARATION, .other = 3}, birth = {.kind = CR_LIFE_BIRTH};
    assert_true(cr_card_event_weight(&parting, 20 * 52) > cr_card_event_weight(&parting, 52));
    assert_int_equal(cr_card_event_weight(&birth, 0), 0);
}

static void what_is_not_known_is_a_dash(void **state) {
    (void)state;
    assert_string_equal(cr_card_style(CR_STYLE_NONE), "–");
    assert_string_equal(cr_card_style(CR_STYLE_FEARFUL), "fearful");
    assert_string_equal(cr_card_class(CR_CLASS_NONE), "–");
    assert_string_equal(cr_card_class(CR_CLASS_D), "D, disorganized");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_told_by_sex_and_age),
        cmocka_unit_test(time_is_told_in_the_unit_that_fits),
        cmocka_unit_test(events_are_told_from_the_persons_side),
        cmocka_unit_test(what_lasts_matters_more),
        cmocka_unit_test(what_is_not_known_is_a_dash),
    };
    return cmocka_run_group_tests_name("card_words", tests, NULL, NULL);
}
