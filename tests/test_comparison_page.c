#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "made_up_comparison.h"
#include "page_reader.h"

/* Three scenarios that all tests look at, and a folder to write to. */
struct place {
    struct made_up_comparison made;
    char folder[64], file[96], partial[112];
};

static const char *const common[] = {"run.people=60", "run.years=42", "run.replicates=3", NULL};
static const char *const three[] = {"", "caregiving.inconsistency=0.7", "caregiving.rebuff=0.45"};
static const char *const none[] = {"", "", ""};

static int make_place(void **state) {
    struct place *const place = calloc(1, sizeof *place);
    if (place == NULL)
        return -1;
    *state = place;
    (void)snprintf(place->folder, sizeof place->folder, "/tmp/cradle_page_XXXXXX");
    if (mkdtemp(place->folder) == NULL)
        return -1;
    (void)snprintf(place->file, sizeof place->file, "%s/report.html", place->folder);
    (void)snprintf(place->partial, sizeof place->partial, "%s.partial", place->file);
    made_up_comparison_begin(&place->made, 3, three, common, true);
    return 0;
}

static int remove_place(void **state) {
    struct place *const place = *state;
    made_up_comparison_end(&place->made);
    (void)unlink(place->file);
    const int status = rmdir(place->folder);
    free(place);
    return status;
}

/* The two first scenarios alone. */
static struct cr_comparison_page page_of_two(const struct place *place) {
    struct cr_comparison_page page = place->made.page;
    page.count = 2;
    return page;
}

static char *write_page(const struct place *place, const struct cr_comparison_page *page, size_t *size) {
    struct cr_error error = {0};
    char *content = NULL;
    gsize length = 0;
    if (cr_comparison_page_write(page, place->file, &error) != 0)
        fail_msg("%s", error.sentence);
    assert_true(g_file_get_contents(place->file, &content, &length, NULL));
    assert_int_equal(unlink(place->file), 0);
    *size = length;
    return content;
}

/* Writes a page, which must be one that anybody can read, and gives what stands in it. */
static struct page_reader read_page(const struct place *place, const struct cr_comparison_page *page) {
    size_t size;
    char *const content = write_page(place, page, &size);
    struct page_reader reader = page_reader_read(content, size);
    assert_string_equal(reader.wrong, "");
    assert_true(size < (size_t)5 << 20U);
    g_free(content);
    return reader;
}

static void expect_words(const struct page_reader *reader, const char *words) {
    if (!page_reader_finds(reader, words))
        fail_msg("the page does not say \"%s\"", words);
}

static void a_page_can_be_read_by_everybody(void **state) {
    const struct place *place = *state;
    const struct cr_comparison_page page = page_of_two(place);
    struct page_reader reader = read_page(place, &page);
    assert_true(reader.headings > 10);
    assert_true(reader.drawings >= 2 * 4);
    assert_true(reader.tables >= 3);
    assert_true(reader.details >= 2);
    expect_words(&reader, "other compared with plain");
    expect_words(&reader, "caregiving.inconsistency");
    assert_false(page_reader_finds(&reader, "caregiving.rebuff"));
    expect_words(&reader, "cradle compare plain.cfg other.cfg");
    expect_words(&reader, "Benjamini");
    page_reader_free(&reader);
}

static void more_scenarios_are_all_compared_with_the_first(void **state) {
    const struct place *place = *state;
    struct page_reader reader = read_page(place, &place->made.page);
    expect_words(&reader, "other and third compared with plain");
    expect_words(&reader, "third compared with plain");
    expect_words(&reader, "caregiving.rebuff");
    expect_words(&reader, "Fingerprint of third");
    page_reader_free(&reader);
}

static void the_same_comparison_gives_the_same_bytes(void **state) {
    const struct place *place = *state;
    const struct cr_comparison_page page = page_of_two(place);
    size_t size, again_size;
    char *const content = write_page(place, &page, &size), *const again = write_page(place, &page, &again_size);
    assert_int_equal(size, again_size);
    assert_memory_equal(content, again, size);
    g_free(content);
    g_free(again);
}

static void compared_with_itself_nothing_differs(void **state) {
    const struct place *place = *state;
    struct made_up_comparison made;
    made_up_comparison_begin(&made, 2, none, common, true);
    memcpy(made.scenarios[1].name, "plain", sizeof "plain");
    struct page_reader reader = read_page(place, &made.page);
    expect_words(&reader, "plain (2) compared with plain");
    expect_words(&reader, "Nothing differs: under plain and plain (2) all");
    expect_words(&reader, "The scenarios are identical");
    expect_words(&reader, "no difference at all");
    expect_words(&reader, "nobody changed");
    expect_words(&reader, "there is no difference to draw");
    assert_false(page_reader_finds(&reader, "What differs"));
    assert_false(page_reader_finds(&reader, "What cannot be told yet"));
    page_reader_free(&reader);
    made_up_comparison_end(&made);
}

static void of_single_replicates_nothing_is_claimed(void **state) {
    const struct place *place = *state;
    static const char *const one[] = {"run.people=60", "run.years=25", "run.replicates=1", NULL};
    struct made_up_comparison made;
    made_up_comparison_begin(&made, 2, three, one, true);
    struct page_reader reader = read_page(place, &made.page);
    expect_words(&reader, "Nothing can be told of plain and other: that takes two replicates or more of each.");
    expect_words(&reader, "A difference takes two replicates or more.");
    assert_false(page_reader_finds(&reader, "nan"));
    page_reader_free(&reader);
    made_up_comparison_end(&made);
}

static void of_infants_alone_there_are_no_couples_to_draw(void **state) {
    const struct place *place = *state;
    static const char *const brief[] = {"run.people=60", "run.years=3", "run.replicates=2", NULL};
    struct made_up_comparison made;
    made_up_comparison_begin(&made, 2, three, brief, true);
    struct page_reader reader = read_page(place, &made.page);
    assert_false(page_reader_finds(&reader, "How long relationships last"));
    assert_false(page_reader_finds(&reader, "From the cradle on"));
    assert_false(page_reader_finds(&reader, "nan"));
    page_reader_free(&reader);
    made_up_comparison_end(&made);
}

static void persons_without_common_luck_are_not_matched(void **state) {
    const struct place *place = *state;
    struct made_up_comparison made;
    made_up_comparison_begin(&made, 2, three, common, false);
    struct page_reader reader = read_page(place, &made.page);
    expect_words(&reader, "Here persons cannot be matched");
    expect_words(&reader, "not paired: each scenario has luck of its own");
    assert_false(page_reader_finds(&reader, "How much pairing helped"));
    page_reader_free(&reader);
    made_up_comparison_end(&made);
}

/* A comparison of one row that is known. */
static struct cr_comparison one_row(struct cr_difference *row, const char *measure, const char *group) {
    *row = (struct cr_difference){.measure = cr_measure_find(measure),
        .first = {0.52, 0.01, 3},
        .second = {0.41, 0.01, 3},
        .difference = {-0.11, 0.005, 3},
        .df = 2.0,
        .t = {-0.12, -0.10},
        .bootstrap = {-0.118, -0.102},
        .effect_kind = CR_EFFECT_H,
        .effect = -0.22,
        .p = 0.0004,
        .corrected = 0.0004,
        .least = 0.02,
        .detectable = 0.015,
        .needed = 2.0,
        .gain = 4.0,
        .finding = CR_FINDING_DIFFERS};
    memcpy(row->group, group, strlen(group) + 1);
    return (struct cr_comparison){.row = row, .count = 1, .tests = 1, .paired = true, .level = 0.95};
}

static void findings_are_told_in_sentences(void **state) {
    const struct place *place = *state;
    struct cr_difference row;
    const struct cr_comparison comparison = one_row(&row, "ssp_share", "B");
    struct cr_comparison_page page = page_of_two(place);
    page.comparisons = &comparison;
    struct page_reader reader = read_page(place, &page);
    expect_words(&reader, "1 of 1 measures differ between plain and other, most of all share of infants in class B "
                          "(secure) (lower by .11, h = \xE2\x88\x92"
                          "0.22).");
    expect_words(&reader, "Share of infants in class B (secure): .52 under plain, .41 under other: lower by .11 [.10, "
                          ".12], h = \xE2\x88\x92"
                          "0.22.");
    expect_words(&reader, "Pairing divided the variance of a difference by 4.0");
    expect_words(&reader, "< .001");
    page_reader_free(&reader);
}

static void what_cannot_be_told_comes_with_the_replicates_it_takes(void **state) {
    const struct place *place = *state;
    struct cr_difference row;
    const struct cr_comparison comparison = one_row(&row, "ecr_mean", "anxiety");
    struct cr_comparison_page page = page_of_two(place);
    page.comparisons = &comparison;
    row.finding = CR_FINDING_OPEN;
    row.difference.value = 0.05;
    row.t = (struct cr_interval){-0.08, 0.18};
    row.least = 0.1;
    row.needed = 1234.0;
    row.effect = (double)NAN;
    struct page_reader reader = read_page(place, &page);
    expect_words(&reader, "No difference was found between plain and other in 1 measures; 1 cannot be told yet, with 3 "
                          "replicates.");
    expect_words(&reader, "a difference of 0.05 [\xE2\x88\x92"
                          "0.08, 0.18] scale points. To find a difference of 0.1 takes about 1,234 replicates.");
    page_reader_free(&reader);
}

static void names_titles_and_commands_are_escaped(void **state) {
    const struct place *place = *state;
    struct cr_scenario scenarios[2] = {place->made.scenarios[0], place->made.scenarios[1]};
    struct cr_comparison_page page = page_of_two(place);
    page.scenarios = scenarios;
    page.command = "cradle compare 'a b.cfg' \"c&d.cfg\" --report <x>.html";
    (void)snprintf(scenarios[0].title, sizeof scenarios[0].title, "</dd><script>alert(1)</script> & \"more\" \xFF");
    (void)snprintf(scenarios[1].name, sizeof scenarios[1].name, "<b onclick='x'>&\xC3");
    struct page_reader reader = read_page(place, &page);
    expect_words(&reader, "</dd><script>alert(1)</script> & \"more\" \xEF\xBF\xBD");
    expect_words(&reader, "<b onclick='x'>&\xEF\xBF\xBD compared with plain");
    expect_words(&reader, page.command);
    page_reader_free(&reader);
}

static void evidence_is_shown_where_there_is_some(void **state) {
    const struct place *place = *state;
    struct cr_comparison_page page = page_of_two(place);
    struct cr_evidence_file file = {.path = "x.cfg", .title = "Infancy <1>"};
    struct cr_evidence_entry entries[2] = {{.quantity = "share secure",
                                               .value = 0.516,
                                               .low = 0.476,
                                               .high = 0.556,
                                               .source = "Madigan & others",
                                               .use = CR_EVIDENCE_CALIBRATED},
        {.quantity = "age of widows",
            .value = 59.0,
            .low = 50.0,
            .high = 70.0,
            .source = "S",
            .use = CR_EVIDENCE_HELD_OUT}};
    const struct cr_evidence evidence = {.files = &file, .file_count = 1, .entries = entries, .entry_count = 2};
    struct cr_verdict first[2] = {
        {{0.5, 0.01, 3}, CR_VERDICT_INSIDE}, {{(double)NAN, (double)NAN, 0}, CR_VERDICT_NOT_AVAILABLE}};
    struct cr_verdict second[2] = {{{0.4, 0.01, 3}, CR_VERDICT_OUTSIDE}, {{60.0, 1.0, 3}, CR_VERDICT_INSIDE}};
    struct cr_verdict *const verdicts[] = {first, second};
    page.evidence = &evidence;
    page.verdicts = verdicts;
    struct page_reader reader = read_page(place, &page);
    expect_words(&reader, "plain: 1 of 1 findings that parameters were fitted to lie in their band, and 0 of 0");
    expect_words(&reader, "other: 0 of 1 findings that parameters were fitted to lie in their band, and 1 of 1");
    expect_words(&reader, "[0.476, 0.556]");
    expect_words(&reader, "0.400\xE2\x9C\x97 outside");
    expect_words(&reader, "Madigan & others");
    page_reader_free(&reader);
    page.evidence = NULL;
    reader = read_page(place, &page);
    assert_false(page_reader_finds(&reader, "Held against the evidence"));
    page_reader_free(&reader);
}

static void a_profile_that_only_one_scenario_has_is_shown(void **state) {
    const struct place *place = *state;
    struct made_up_comparison made;
    struct cr_profile *profile;
    struct cr_error error = {0};
    made_up_comparison_begin(&made, 2, three, common, true);
    assert_int_equal(cr_scenario_profile(&made.scenarios[1], "cold", &profile, &error), 0);
    struct page_reader reader = read_page(place, &made.page);
    expect_words(&reader, "profile.cold.sensitivity");
    page_reader_free(&reader);
    made_up_comparison_end(&made);
}

static void expect_nothing_left(const struct place *place) {
    assert_int_not_equal(access(place->file, F_OK), 0);
    assert_int_not_equal(access(place->partial, F_OK), 0);
}

static void a_failing_disk_leaves_no_file(void **state) {
    const struct place *place = *state;
    const struct cr_comparison_page page = page_of_two(place);
    struct cr_error error = {0};
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    const struct rlimit limit = {.rlim_cur = 100000, .rlim_max = before.rlim_max};
    (void)signal(SIGXFSZ, SIG_IGN);
    const int limited = setrlimit(RLIMIT_FSIZE, &limit);
    const int status = cr_comparison_page_write(&page, place->file, &error);
    const int restored = setrlimit(RLIMIT_FSIZE, &before);
    (void)signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(limited, 0);
    assert_int_equal(restored, 0);
    assert_int_equal(status, CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, place->file));
    expect_nothing_left(place);
}

static void a_folder_that_is_not_there_is_told(void **state) {
    const struct place *place = *state;
    const struct cr_comparison_page page = page_of_two(place);
    struct cr_error error = {0};
    assert_int_equal(cr_comparison_page_write(&page, "/nowhere/at/all/report.html", &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "/nowhere/at/all/report.html"));
}

/* Allocations are many, so only some of them fail: all early ones, then in ever larger steps, to the end. */
static void any_allocation_may_fail(void **state) {
    const struct place *place = *state;
    struct cr_difference row;
    const struct cr_comparison comparison = one_row(&row, "ssp_share", "B");
    struct cr_comparison_page page = page_of_two(place);
    page.comparisons = &comparison;
    int status = -1, failures = 0;
    for (long n = 0; status != 0; n += 1 + n / 12) {
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        status = cr_comparison_page_write(&page, place->file, &error);
        allocations_left = -1;
        if (status == 0)
            break;
        assert_int_equal(status, CR_ERROR_MEMORY);
        assert_int_equal(allocations_held, held);
        expect_nothing_left(place);
        failures++;
    }
    assert_true(failures > 30);
    assert_int_equal(unlink(place->file), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_can_be_read_by_everybody),
        cmocka_unit_test(more_scenarios_are_all_compared_with_the_first),
        cmocka_unit_test(the_same_comparison_gives_the_same_bytes),
        cmocka_unit_test(compared_with_itself_nothing_differs),
        cmocka_unit_test(of_single_replicates_nothing_is_claimed),
        cmocka_unit_test(of_infants_alone_there_are_no_couples_to_draw),
        cmocka_unit_test(persons_without_common_luck_are_not_matched),
        cmocka_unit_test(findings_are_told_in_sentences),
        cmocka_unit_test(what_cannot_be_told_comes_with_the_replicates_it_takes),
        cmocka_unit_test(names_titles_and_commands_are_escaped),
        cmocka_unit_test(evidence_is_shown_where_there_is_some),
        cmocka_unit_test(a_profile_that_only_one_scenario_has_is_shown),
        cmocka_unit_test(a_failing_disk_leaves_no_file),
        cmocka_unit_test(a_folder_that_is_not_there_is_told),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, make_place, remove_place);
}
