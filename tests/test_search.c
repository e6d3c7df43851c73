#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "viz/viewer/search.h"

/* Eight people: 0 and 1 a couple of preoccupied and dismissing, 2 and 3 both secure (3 by earning), 4 and 5 fearful and
 * secure, 6 a secure single, 7 a child; and one more that has died. Even numbers are female. */
enum { PEOPLE = 9 };

static const uint8_t presence[PEOPLE] = {
    CR_ADULT, CR_ADULT, CR_ADULT, CR_ADULT, CR_ADULT, CR_ADULT, CR_ADULT, CR_CHILD, CR_DEAD};
static const int8_t styles[PEOPLE] = {CR_STYLE_PREOCCUPIED, CR_STYLE_DISMISSING, CR_STYLE_SECURE, CR_STYLE_SECURE,
    CR_STYLE_FEARFUL, CR_STYLE_SECURE, CR_STYLE_SECURE, CR_STYLE_NONE, CR_STYLE_SECURE};
static const int32_t partners[PEOPLE] = {1, 0, 3, 2, 5, 4, CR_NOBODY, CR_NOBODY, CR_NOBODY};

static const float ages[PEOPLE] = {30.0F, 28.0F, 50.0F, 45.0F, 40.0F, 60.0F, 25.0F, 4.0F, 90.0F};

struct crowd {
    struct cr_snapshot snapshot;
    struct cr_tie ties[3];
};

static int gather(void **state) {
    static struct crowd crowd;
    memset(&crowd, 0, sizeof crowd);
    struct cr_snapshot *const snapshot = &crowd.snapshot;
    assert_int_equal(cr_snapshot_init(snapshot, PEOPLE, NULL), 0);
    for (int i = 0; i < PEOPLE; i++) {
        snapshot->presence[i] = presence[i];
        snapshot->style[i] = styles[i];
        snapshot->female[i] = i % 2 == 0;
        snapshot->age[i] = ages[i];
        snapshot->partner[i] = partners[i];
        snapshot->bond[i] = partners[i] == CR_NOBODY ? CR_NOBODY : i / 2;
        snapshot->earning[i] = i == 3 ? CR_EARNING_SECURE : CR_EARNING_NONE;
    }
    const struct cr_tie ties[] = {{.person = {0, 1}, .start = 300, .satisfaction = -0.5F, .stage = CR_DATING},
        {.person = {2, 3}, .start = 100, .satisfaction = 0.4F, .stage = CR_MARRIED},
        {.person = {4, 5}, .start = 200, .satisfaction = 0.9F, .stage = CR_COHABITING}};
    memcpy(crowd.ties, ties, sizeof ties);
    snapshot->ties = crowd.ties;
    snapshot->tie_count = 3;
    *state = &crowd;
    return 0;
}

static int part(void **state) {
    struct crowd *crowd = *state;
    crowd->snapshot.ties = NULL;
    cr_snapshot_free(&crowd->snapshot);
    return 0;
}

static struct cr_query query_of(const char *text) {
    struct cr_query query;
    struct cr_error error = {0};
    if (cr_query_parse(text, &query, &error) != 0)
        fail_msg("%s", error.sentence);
    return query;
}

/* All answers in their order, as digits. */
static void assert_finds(const struct crowd *crowd, const char *text, const char *expected) {
    const struct cr_query query = query_of(text);
    char found[16] = "";
    struct cr_found one = cr_query_next(&query, &crowd->snapshot, CR_NOBODY);
    const int32_t first = one.person;
    for (size_t i = 0; one.person != CR_NOBODY && i < 10; i++) {
        found[i] = (char)('0' + one.person);
        assert_int_equal(one.place, (int)i + 1);
        assert_int_equal(one.all, (int)strlen(expected));
        one = cr_query_next(&query, &crowd->snapshot, one.person);
        if (one.person == first)
            break;
    }
    assert_string_equal(found, expected);
}

static void a_number_finds_that_person_even_dead(void **state) {
    assert_finds(*state, "4", "4");
    assert_finds(*state, "#8", "8");
    static const char *const ways[] = {"no. 7", "no.7", "No 7", "person 7", "# 7", "person no. 7", "number 7", "#7."};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        assert_finds(*state, ways[i], "7");
    const struct cr_query query = query_of("99");
    assert_int_equal(cr_query_next(&query, &((struct crowd *)*state)->snapshot, CR_NOBODY).person, CR_NOBODY);
}

static void styles_find_the_living_in_order(void **state) {
    assert_finds(*state, "secure", "2356");
    assert_finds(*state, "Anxious", "0");
    assert_finds(*state, "preoccupied", "0");
    assert_finds(*state, "avoidant person", "1");
    assert_finds(*state, "a fearful person", "4");
}

static void states_and_ages_narrow_it(void **state) {
    assert_finds(*state, "secure single", "6");
    assert_finds(*state, "secure partnered", "235");
    assert_finds(*state, "child", "7");
    assert_finds(*state, "show me an earned-secure person", "3");
    assert_finds(*state, "fearful single", "");
}

static void stages_find_those_in_such_couples(void **state) {
    assert_finds(*state, "married", "23");
    assert_finds(*state, "married couple", "2");
    assert_finds(*state, "Dating", "01");
    assert_finds(*state, "cohabiting", "45");
    assert_finds(*state, "living together", "45");
    assert_finds(*state, "fearful, living together", "4");
    assert_finds(*state, "together", "012345");
    assert_finds(*state, "married child", "");
}

static void sexes_and_ages_are_found(void **state) {
    assert_finds(*state, "woman", "0246");
    assert_finds(*state, "men", "135");
    assert_finds(*state, "married man", "3");
    assert_finds(*state, "male", "1357");
    assert_finds(*state, "boy", "7");
    assert_finds(*state, "girl", "");
    assert_finds(*state, "oldest", "52340167");
    assert_finds(*state, "youngest", "76104325");
    assert_finds(*state, "oldest woman", "2406");
    assert_finds(*state, "youngest couple", "024");
    assert_finds(*state, "oldest couple", "420");
    assert_finds(*state, "oldest secure man", "53");
}

static void couples_are_found_whichever_partner_is_which(void **state) {
    assert_finds(*state, "couple", "024");
    assert_finds(*state, "anxious-avoidant couple", "0");
    assert_finds(*state, "avoidant, anxious couple", "0");
    assert_finds(*state, "fearful couple", "4");
    assert_finds(*state, "secure-secure couple", "2");
    assert_finds(*state, "earned couple", "2");
    const struct cr_query query = query_of("anxious-avoidant couple");
    assert_int_equal(cr_query_next(&query, &((struct crowd *)*state)->snapshot, CR_NOBODY).partner, 1);
}

static void couples_are_ranked(void **state) {
    assert_finds(*state, "longest couple", "240");
    assert_finds(*state, "happiest couple", "420");
    assert_finds(*state, "unhappiest", "024");
}

static void after_the_last_comes_the_first(void **state) {
    const struct crowd *crowd = *state;
    const struct cr_query query = query_of("secure");
    assert_int_equal(cr_query_next(&query, &crowd->snapshot, 6).person, 2);
    assert_int_equal(cr_query_next(&query, &crowd->snapshot, 0).person, 2); /* one who is not meant */
    assert_int_equal(cr_query_next(&query, &crowd->snapshot, 1000).person, 2);
}

static void equal_ranks_are_told_apart_by_number(void **state) {
    struct crowd *crowd = *state;
    for (int i = 0; i < 3; i++)
        crowd->ties[i].satisfaction = 0.25F;
    assert_finds(crowd, "happiest couple", "024");
}

static void what_cannot_be_is_refused_in_a_sentence(void **state) {
    (void)state;
    static const struct {
        const char *text, *part;
    } wrong[] = {{"", "whom?"}, {"   ", "whom?"}, {"secrue", "did you mean secure?"}, {"xyzzyx", "is not known"},
        {"secure fearful", "two are for a couple"}, {"secure fearful anxious couple", "two styles at most"},
        {"single couple", "nobody in a couple is single"}, {"-5x", "is not known"},
        {"99999999999", "nobody of the number"}, {"no.", "which number"}, {"no couple", "which number"},
        {"17 18", "one number"}, {"man woman", "one sex"}, {"married single", "nobody in a couple is single"},
        {"maried", "did you mean married?"}, {"oldset", "did you mean oldest?"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct cr_query query;
        struct cr_error error = {0};
        assert_int_equal(cr_query_parse(wrong[i].text, &query, &error), CR_ERROR_USAGE);
        if (!strstr(error.sentence, wrong[i].part))
            fail_msg("\"%s\" gives: %s", wrong[i].text, error.sentence);
    }
}

static void what_is_suggested_can_be_asked(void **state) {
    (void)state;
    for (const char *const *each = cr_search_suggestions; *each; each++)
        (void)query_of(*each);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_number_finds_that_person_even_dead, gather, part),
        cmocka_unit_test_setup_teardown(styles_find_the_living_in_order, gather, part),
        cmocka_unit_test_setup_teardown(states_and_ages_narrow_it, gather, part),
        cmocka_unit_test_setup_teardown(stages_find_those_in_such_couples, gather, part),
        cmocka_unit_test_setup_teardown(sexes_and_ages_are_found, gather, part),
        cmocka_unit_test_setup_teardown(couples_are_found_whichever_partner_is_which, gather, part),
        cmocka_unit_test_setup_teardown(couples_are_ranked, gather, part),
        cmocka_unit_test_setup_teardown(after_the_last_comes_the_first, gather, part),
        cmocka_unit_test_setup_teardown(equal_ranks_are_told_apart_by_number, gather, part),
        cmocka_unit_test(what_cannot_be_is_refused_in_a_sentence),
        cmocka_unit_test(what_is_suggested_can_be_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
