#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "report/ticks.h"

static struct cr_ticks found(struct cr_chart_axis axis, double wanted, enum cr_ticks_fit fit) {
    struct cr_ticks ticks;
    cr_ticks_find(&ticks, &axis, wanted, fit);
    assert_in_range(ticks.count, 1, CR_TICKS_MOST);
    for (size_t k = 1; k < ticks.count; k++)
        assert_true(ticks.at[k] > ticks.at[k - 1]);
    return ticks;
}

static void expect(struct cr_ticks ticks, const char *texts) {
    char joined[512] = "";
    for (size_t k = 0; k < ticks.count; k++) {
        strcat(joined, k ? " " : "");
        strcat(joined, ticks.text[k]);
    }
    assert_string_equal(joined, texts);
}

static void ticks_are_where_a_person_would_set_them(void **state) {
    (void)state;
    expect(found((struct cr_chart_axis){.from = 0.0, .to = 100.0}, 6, CR_TICKS_INSIDE), "0 20 40 60 80 100");
    expect(found((struct cr_chart_axis){.from = 1.0, .to = 7.0}, 7, CR_TICKS_INSIDE), "1 2 3 4 5 6 7");
    expect(found((struct cr_chart_axis){.from = 18.0, .to = 70.0, .whole = true}, 6, CR_TICKS_INSIDE),
        "20 30 40 50 60 70");
    expect(found((struct cr_chart_axis){.from = 0.013, .to = 0.97}, 6, CR_TICKS_COVER), "0.0 0.2 0.4 0.6 0.8 1.0");
    expect(
        found((struct cr_chart_axis){.from = -0.82, .to = 0.75}, 5, CR_TICKS_COVER), "\u22121.0 \u22120.5 0.0 0.5 1.0");
    expect(found((struct cr_chart_axis){.from = 0.0, .to = 0.6, .form = CR_NUMBER_PERCENT}, 4, CR_TICKS_INSIDE),
        "0% 20% 40% 60%");
    expect(
        found((struct cr_chart_axis){.from = 0.0, .to = 40000.0}, 5, CR_TICKS_INSIDE), "0 10,000 20,000 30,000 40,000");
}

static void ticks_cover_or_lie_within_as_asked(void **state) {
    (void)state;
    for (double from = -977.31; from < 1000.0; from += 61.7)
        for (double length = 1e-3; length < 1e6; length *= 3.7)
            for (double wanted = 2.0; wanted < 12.0; wanted += 1.0) {
                const struct cr_chart_axis axis = {.from = from, .to = from + length};
                const struct cr_ticks over = found(axis, wanted, CR_TICKS_COVER);
                const struct cr_ticks within = found(axis, wanted, CR_TICKS_INSIDE);
                const double slack = 1e-6 * length;
                assert_true(over.at[0] <= axis.from + slack && over.at[over.count - 1] >= axis.to - slack);
                assert_true(within.at[0] >= axis.from - slack && within.at[within.count - 1] <= axis.to + slack);
                assert_true((double)within.count <= 2.5 * wanted + 1.0);
                assert_true(within.count >= 2);
            }
}

static void every_tick_is_written_exactly_and_differently(void **state) {
    (void)state;
    for (double from = -3.3; from < 4.0; from += 0.77)
        for (double length = 2e-3; length < 2e4; length *= 2.3) {
            const struct cr_ticks ticks =
                found((struct cr_chart_axis){.from = from, .to = from + length}, 6.0, CR_TICKS_INSIDE);
            for (size_t k = 0; k < ticks.count; k++) {
                char plain[CR_TICK_TEXT] = "", *to = plain;
                for (const char *at = ticks.text[k]; *at; at++) {
                    if (strncmp(at, "\u2212", 3) == 0) {
                        *to++ = '-';
                        at += 2;
                    } else if (*at != ',') {
                        *to++ = *at;
                    }
                }
                if (!strstr(plain, "\u00D7"))
                    assert_near(strtod(plain, NULL), ticks.at[k], 1e-9 * fmax(1.0, fabs(ticks.at[k])));
                assert_true(k == 0 || strcmp(ticks.text[k], ticks.text[k - 1]) != 0);
            }
        }
}

static void years_and_counts_have_whole_ticks(void **state) {
    (void)state;
    for (double to = 1.0; to < 300.0; to += 1.3) {
        const struct cr_ticks ticks =
            found((struct cr_chart_axis){.from = 0.0, .to = to, .whole = true}, 7.0, CR_TICKS_INSIDE);
        for (size_t k = 0; k < ticks.count; k++)
            assert_near(ticks.at[k], round(ticks.at[k]), 0.0);
    }
    expect(found((struct cr_chart_axis){.from = 3.2, .to = 3.9, .whole = true}, 5.0, CR_TICKS_COVER), "3 4");
}

static void logarithmic_ticks_are_powers_or_ones_twos_and_fives(void **state) {
    (void)state;
    expect(found((struct cr_chart_axis){.from = 1e-9, .to = 1e6, .logarithmic = true}, 6.0, CR_TICKS_INSIDE),
        "10\u207B\u2079 10\u207B\u2076 0.001 1 1000 10\u2076");
    expect(found((struct cr_chart_axis){.from = 0.02, .to = 3.0, .logarithmic = true}, 8.0, CR_TICKS_INSIDE),
        "0.02 0.05 0.1 0.2 0.5 1 2");
    expect(found((struct cr_chart_axis){.from = 0.3, .to = 40.0, .logarithmic = true}, 8.0, CR_TICKS_COVER),
        "0.2 0.5 1 2 5 10 20 50");
    const struct cr_ticks narrow =
        found((struct cr_chart_axis){.from = 3.0, .to = 3.2, .logarithmic = true}, 5.0, CR_TICKS_INSIDE);
    assert_true(narrow.count >= 3);
}

static void huge_tiny_and_negative_ranges_have_ticks(void **state) {
    (void)state;
    static const double ranges[][2] = {
        {-1e300, 1e300}, {0.0, 1e-300}, {1e15, 1e15 + 8.0}, {-1e-12, 1e-12}, {-5e7, -1e7}, {1e299, 1e300}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        const struct cr_ticks ticks =
            found((struct cr_chart_axis){.from = ranges[i][0], .to = ranges[i][1]}, 6.0, CR_TICKS_COVER);
        for (size_t k = 0; k < ticks.count; k++)
            assert_true(isfinite(ticks.at[k]) && strlen(ticks.text[k]) > 0);
    }
    expect(found((struct cr_chart_axis){.from = 0.0, .to = 3e7}, 4.0, CR_TICKS_INSIDE),
        "0 1\u00A0\u00D7\u00A010\u2077 2\u00A0\u00D7\u00A010\u2077 3\u00A0\u00D7\u00A010\u2077");
}

static void expect_brief(double value, enum cr_number_form form, const char *text) {
    char buffer[CR_TICK_TEXT];
    assert_string_equal(cr_ticks_brief(value, form, buffer, sizeof buffer), text);
}

static void numbers_are_written_briefly(void **state) {
    (void)state;
    expect_brief(0.12345, CR_NUMBER_PLAIN, "0.12");
    expect_brief(0.01234, CR_NUMBER_PLAIN, "0.012");
    expect_brief(-12.345, CR_NUMBER_PLAIN, "\u221212.3");
    expect_brief(12345.0, CR_NUMBER_PLAIN, "12,345");
    expect_brief(1.23e9, CR_NUMBER_PLAIN, "1.2\u00A0\u00D7\u00A010\u2079");
    expect_brief(0.0, CR_NUMBER_PLAIN, "0");
    expect_brief(-0.0, CR_NUMBER_PLAIN, "0");
    expect_brief(0.523, CR_NUMBER_PERCENT, "52%");
    expect_brief(0.005, CR_NUMBER_PERCENT, "0.5%");
    expect_brief((double)NAN, CR_NUMBER_PLAIN, "NA");
    expect_brief(-INFINITY, CR_NUMBER_PLAIN, "\u2212\u221E");
}

static void a_list_of_numbers_is_written_with_common_decimals(void **state) {
    (void)state;
    const double tenths[] = {0.0, 0.1, 0.30000000000000004, 1.0}, mixed[] = {0.5, 12.25}, whole[] = {10.0, 2000.0};
    assert_int_equal(cr_ticks_decimals(tenths, 4, CR_NUMBER_PLAIN), 1);
    assert_int_equal(cr_ticks_decimals(tenths, 4, CR_NUMBER_PERCENT), 0);
    assert_int_equal(cr_ticks_decimals(mixed, 2, CR_NUMBER_PLAIN), 2);
    assert_int_equal(cr_ticks_decimals(whole, 2, CR_NUMBER_PLAIN), 0);
}

static void every_locale_writes_a_point(void **state) {
    (void)state;
    char buffer[CR_TICK_TEXT];
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8", "C"};
    for (int i = 0; i < 4; i++) {
        (void)setlocale(LC_NUMERIC, locales[i]);
        assert_string_equal(cr_ticks_write(-1234567.5, 1, CR_NUMBER_PLAIN, buffer, sizeof buffer), "\u22121,234,567.5");
    }
    (void)setlocale(LC_NUMERIC, "C");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_where_a_person_would_set_them),
        cmocka_unit_test(ticks_cover_or_lie_within_as_asked),
        cmocka_unit_test(every_tick_is_written_exactly_and_differently),
        cmocka_unit_test(years_and_counts_have_whole_ticks),
        cmocka_unit_test(logarithmic_ticks_are_powers_or_ones_twos_and_fives),
        cmocka_unit_test(huge_tiny_and_negative_ranges_have_ticks),
        cmocka_unit_test(numbers_are_written_briefly),
        cmocka_unit_test(a_list_of_numbers_is_written_with_common_decimals),
        cmocka_unit_test(every_locale_writes_a_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
