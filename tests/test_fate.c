#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "io/run_files.h"
#include "measure/earned_security.h"
#include "small_run.h"
#include "study/fate.h"

enum { YEARS = 60, END = YEARS * CR_WEEKS_A_YEAR, ADULT = 18 };

static const char *const nobody_moves[] = {"run.people=24", "run.years=60", NULL};

/* A run of 60 years that nothing has happened in: all were born in its first week and live on, nobody was surveyed. */
static void begin_empty(struct small_run *run) {
    small_run_begin(run, 1, nobody_moves);
    struct cr_simulation *simulation = &run->simulation;
    simulation->week = END;
    assert_int_equal(cr_bonds_reserve(&simulation->bonds, 32, NULL), 0);
    for (uint32_t i = 0; i < run->record.people; i++) {
        simulation->people.birth[i] = 0;
        simulation->people.death[i] = 2 * END;
        simulation->people.bonds_had[i] = 0;
    }
    for (int32_t y = 0; y < YEARS; y++) {
        struct cr_survey *survey = &run->record.surveys[run->record.survey_count++];
        survey->week = (y + 1) * CR_WEEKS_A_YEAR - 1;
        for (uint32_t i = 0; i < run->record.people; i++)
            survey->anxiety[i] = survey->avoidance[i] = NAN;
    }
}

static void bond(struct small_run *run, int32_t a, int32_t b, enum cr_ending ending, int32_t end) {
    struct cr_bonds *bonds = &run->simulation.bonds;
    bonds->bond[bonds->count++] =
        (struct cr_bond){.person = {a, b}, .start = 20, .end = end, .ending = (uint8_t)ending};
    run->simulation.people.bonds_had[a]++;
    run->simulation.people.bonds_had[b]++;
}

static void rate(struct small_run *run, uint32_t i, int32_t first, int32_t last, enum cr_style style) {
    const struct cr_parameters *p = &run->scenario.parameters;
    const bool worried = style == CR_STYLE_FEARFUL || style == CR_STYLE_PREOCCUPIED;
    const bool distant = style == CR_STYLE_FEARFUL || style == CR_STYLE_DISMISSING;
    for (int32_t y = first; y <= last; y++) {
        run->record.surveys[y].anxiety[i] = (float)p->ecr_anxiety_cut + (worried ? 0.5F : -0.5F);
        run->record.surveys[y].avoidance[i] = (float)p->ecr_avoidance_cut + (distant ? 0.5F : -0.5F);
    }
}

static struct cr_fates fates_of(const struct small_run *run) {
    struct cr_fates fates = {0};
    assert_int_equal(cr_fates_add(&fates, &run->record, NULL), 0);
    assert_int_equal(fates.replicates, 1);
    assert_int_equal(fates.people, run->record.people);
    return fates;
}

static void the_last_relationship_decides_the_partner_fate(void **state) {
    (void)state;
    struct small_run run;
    begin_empty(&run);
    int32_t *death = run.simulation.people.death, *birth = run.simulation.people.birth;
    bond(&run, 1, 2, CR_LASTING, -1);
    bond(&run, 3, 4, CR_CONFLICT, 2000);
    death[4] = 2500; /* left, and died later */
    death[6] = 2001;
    bond(&run, 5, 6, CR_DEATH, 2000);
    birth[7] = END - 10 * CR_WEEKS_A_YEAR;
    birth[8] = 0;
    death[8] = 10 * CR_WEEKS_A_YEAR;
    death[11] = 1500;
    bond(&run, 10, 11, CR_DEATH, 1499); /* widowed, and then together with somebody who was left */
    bond(&run, 5, 9, CR_MISFIT, 900);
    bond(&run, 9, 10, CR_LASTING, -1);
    death[12] = death[13] = 2001;
    bond(&run, 12, 13, CR_DEATH, 2000);
    birth[14] = END + 5;
    death[16] = 2001;
    death[15] = 2200; /* widowed, and died later */
    bond(&run, 15, 16, CR_DEATH, 2000);
    death[18] = 1500;
    bond(&run, 17, 18, CR_DEATH, 1499);
    bond(&run, 17, 19, CR_ALTERNATIVES, 2000); /* widowed, and then left */
    death[20] = ADULT * CR_WEEKS_A_YEAR - 1;
    death[21] = ADULT * CR_WEEKS_A_YEAR;
    struct cr_fates fates = fates_of(&run);
    static const int expected[22] = {[0] = CR_FATE_NEVER,
        [1] = CR_FATE_TOGETHER,
        [2] = CR_FATE_TOGETHER,
        [3] = CR_FATE_SEPARATED,
        [4] = CR_FATE_SEPARATED,
        [5] = CR_FATE_SEPARATED, /* what counts is the relationship that began last */
        [6] = CR_FATE_TOGETHER,
        [7] = CR_FATE_NONE,
        [8] = CR_FATE_NONE,
        [9] = CR_FATE_TOGETHER,
        [10] = CR_FATE_TOGETHER,
        [11] = CR_FATE_TOGETHER,
        [12] = CR_FATE_TOGETHER,
        [13] = CR_FATE_TOGETHER,
        [14] = CR_FATE_NONE,
        [15] = CR_FATE_WIDOWED,
        [16] = CR_FATE_TOGETHER,
        [17] = CR_FATE_SEPARATED,
        [18] = CR_FATE_TOGETHER,
        [19] = CR_FATE_SEPARATED,
        [20] = CR_FATE_NONE,
        [21] = CR_FATE_NEVER};
    for (int i = 0; i < 22; i++)
        if (fates.fate[i].partner != expected[i])
            fail_msg("person %d has the fate %d, not %d", i, fates.fate[i].partner, expected[i]);
    assert_int_equal(fates.fate[0].relationships, 0);
    assert_int_equal(fates.fate[1].relationships, 1);
    assert_int_equal(fates.fate[10].relationships, 2);
    cr_fates_free(&fates);
    small_run_end(&run);
}

static void more_relationships_than_there_is_room_for_count_as_the_most(void **state) {
    (void)state;
    struct small_run run;
    begin_empty(&run);
    run.simulation.people.bonds_had[0] = 254;
    run.simulation.people.bonds_had[1] = 255;
    run.simulation.people.bonds_had[2] = 256;
    run.simulation.people.bonds_had[3] = 70000;
    struct cr_fates fates = fates_of(&run);
    assert_int_equal(fates.fate[0].relationships, 254);
    for (int i = 1; i <= 3; i++)
        assert_int_equal(fates.fate[i].relationships, 255);
    cr_fates_free(&fates);
    small_run_end(&run);
}

/* The survey of year y takes place a week before y + 1 years have passed: the first from 18 on is that of year 18. */
static void styles_are_those_of_the_first_surveys_at_18_and_40_and_of_the_last_answered(void **state) {
    (void)state;
    struct small_run run;
    begin_empty(&run);
    rate(&run, 0, 0, 17, CR_STYLE_PREOCCUPIED);
    rate(&run, 0, 18, 39, CR_STYLE_SECURE);
    rate(&run, 0, 40, 40, CR_STYLE_FEARFUL);
    rate(&run, 0, 41, 50, CR_STYLE_DISMISSING);
    run.simulation.people.death[0] = 52 * CR_WEEKS_A_YEAR;
    rate(&run, 1, 18, 30, CR_STYLE_PREOCCUPIED);
    run.simulation.people.death[1] = 31 * CR_WEEKS_A_YEAR;
    run.record.visits[0][0] = (struct cr_visit){.week = 56, .coding.class = CR_CLASS_C};
    run.record.visits[1][1] = (struct cr_visit){.week = 78, .coding.class = CR_CLASS_A}; /* the second visit only */
    struct cr_fates fates = fates_of(&run);
    assert_int_equal(fates.fate[0].class, CR_CLASS_C);
    assert_int_equal(fates.fate[0].style_18, CR_STYLE_SECURE);
    assert_int_equal(fates.fate[0].style_40, CR_STYLE_FEARFUL);
    assert_int_equal(fates.fate[0].style_end, CR_STYLE_DISMISSING);
    assert_int_equal(fates.fate[1].class, CR_CLASS_NONE);
    assert_int_equal(fates.fate[1].style_18, CR_STYLE_PREOCCUPIED);
    assert_int_equal(fates.fate[1].style_40, CR_STYLE_NONE);
    assert_int_equal(fates.fate[1].style_end, CR_STYLE_PREOCCUPIED);
    assert_int_equal(fates.fate[2].style_18, CR_STYLE_NONE);
    assert_int_equal(fates.fate[2].style_end, CR_STYLE_NONE);
    cr_fates_free(&fates);
    small_run_end(&run);
}

static void security_is_earned_by_those_who_were_insecure(void **state) {
    (void)state;
    struct small_run run;
    begin_empty(&run);
    rate(&run, 0, 18, 20, CR_STYLE_FEARFUL);
    rate(&run, 0, 21, 59, CR_STYLE_SECURE);
    rate(&run, 1, 18, 59, CR_STYLE_SECURE);
    rate(&run, 2, 18, 59, CR_STYLE_FEARFUL);
    run.record.visits[0][3] = (struct cr_visit){.week = 56, .coding.class = CR_CLASS_A};
    rate(&run, 3, 18, 59, CR_STYLE_SECURE);
    struct cr_fates fates = fates_of(&run);
    assert_true(fates.fate[0].earned);
    assert_false(fates.fate[1].earned);
    assert_false(fates.fate[2].earned);
    assert_true(fates.fate[3].earned);
    assert_int_equal(cr_trait_of(&fates.fate[0], CR_TRAIT_EARNED), 1);
    assert_int_equal(cr_trait_of(&fates.fate[1], CR_TRAIT_EARNED), 0);
    assert_int_equal(cr_trait_of(&fates.fate[4], CR_TRAIT_EARNED), -1); /* never grown up, as far as is known */
    cr_fates_free(&fates);
    small_run_end(&run);
}

static void replicates_stand_one_after_the_other(void **state) {
    (void)state;
    struct small_run run;
    struct cr_fates fates = {0};
    begin_empty(&run);
    for (uint32_t r = 0; r < 40; r++) {
        run.simulation.people.bonds_had[r % 24] = r;
        assert_int_equal(cr_fates_add(&fates, &run.record, NULL), 0);
        run.simulation.people.bonds_had[r % 24] = 0;
    }
    assert_int_equal(fates.replicates, 40);
    for (uint32_t r = 0; r < 40; r++)
        for (uint32_t i = 0; i < 24; i++)
            assert_int_equal(fates.fate[r * 24 + i].relationships, i == r % 24 ? r : 0);
    cr_fates_free(&fates);
    cr_fates_free(&fates);
    assert_null(fates.fate);
    small_run_end(&run);
}

static void every_value_of_every_trait_has_a_name(void **state) {
    (void)state;
    for (int trait = 0; trait < CR_TRAITS; trait++) {
        const int values = cr_trait_values((enum cr_trait)trait);
        assert_in_range(values, 2, CR_TRAIT_VALUES_MAX);
        for (int value = 0; value < values; value++) {
            assert_true(strlen(cr_trait_value_name((enum cr_trait)trait, value)) > 0);
            for (int other = 0; other < value; other++)
                assert_string_not_equal(
                    cr_trait_value_name((enum cr_trait)trait, value), cr_trait_value_name((enum cr_trait)trait, other));
        }
        for (int other = 0; other < trait; other++)
            assert_string_not_equal(cr_trait_name((enum cr_trait)trait), cr_trait_name((enum cr_trait)other));
    }
}

static void changes_are_counted_person_by_person_where_both_are_known(void **state) {
    (void)state;
    struct cr_fate before[8], after[8];
    static const int8_t first[8] = {0, 0, 1, 1, 3, -1, 2, 0}, second[8] = {0, 1, 1, 0, 3, 2, -1, 1};
    for (int k = 0; k < 8; k++) {
        before[k] = (struct cr_fate){.style_40 = first[k], .style_18 = 2, .class = -1};
        after[k] = (struct cr_fate){.style_40 = second[k], .style_18 = 2, .class = 1};
    }
    const struct cr_fates one = {.fate = before, .replicates = 2, .people = 4};
    const struct cr_fates other = {.fate = after, .replicates = 2, .people = 4};
    const struct cr_changes changes = cr_fates_compare(&one, &other, CR_TRAIT_STYLE_40);
    assert_int_equal(changes.known, 6);
    assert_int_equal(changes.changed, 3);
    assert_int_equal(changes.count[0][0], 1);
    assert_int_equal(changes.count[0][1], 2);
    assert_int_equal(changes.count[1][0], 1);
    assert_int_equal(changes.count[1][1], 1);
    assert_int_equal(changes.count[3][3], 1);
    assert_int_equal(changes.count[2][2], 0);
    assert_int_equal(cr_fates_compare(&one, &other, CR_TRAIT_STYLE_18).changed, 0);
    assert_int_equal(cr_fates_compare(&one, &other, CR_TRAIT_STYLE_18).known, 8);
    assert_int_equal(cr_fates_compare(&one, &other, CR_TRAIT_CLASS).known, 0);
    const struct cr_fates shorter = {.fate = after, .replicates = 1, .people = 4};
    assert_int_equal(cr_fates_compare(&one, &shorter, CR_TRAIT_STYLE_40).known, 4);
    assert_int_equal(cr_fates_compare(&shorter, &one, CR_TRAIT_STYLE_40).known, 4);
}

/* Grown-ups from 12 on, and dead soon: some of everything within few years. */
static const char *const short_lives[] = {"run.people=150", "run.years=52.4", "life.birth_years=45",
    "life.adult_age=12", "life.median_age=38", "life.death_doubling=4", "meeting.rate=0.1", "pairing.acceptance=1",
    NULL};

/* The cells of a line of a file of a run, by the names of its columns. */
struct line {
    enum cr_run_file file;
    char text[4096];
    char *cell[64];
};

static bool read_line(struct line *line, FILE *stream) {
    size_t count, k = 0;
    (void)cr_run_file_columns(line->file, &count);
    if (fgets(line->text, sizeof line->text, stream) == NULL)
        return false;
    for (char *at = line->text; at != NULL && k < 64; k++) {
        line->cell[k] = at;
        at = strpbrk(at, ",\n");
        if (at != NULL)
            *at++ = '\0';
        if (at != NULL && *at == '\0')
            at = NULL;
    }
    assert_int_equal(k, count);
    return true;
}

static const char *cell(const struct line *line, const char *name) {
    size_t count;
    const struct cr_column *columns = cr_run_file_columns(line->file, &count);
    for (size_t k = 0; k < count; k++)
        if (strcmp(columns[k].name, name) == 0)
            return line->cell[k];
    fail_msg("there is no column %s", name);
    return NULL;
}

static long number(const struct line *line, const char *name) {
    return strtol(cell(line, name), NULL, 10);
}

static FILE *open_file(const char *folder, struct line *line) {
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s.csv", folder, cr_run_file_name(line->file));
    FILE *stream = fopen(path, "r");
    assert_non_null(stream);
    assert_true(read_line(line, stream));
    return stream;
}

static const char *name_or_na(enum cr_trait trait, const struct cr_fate *fate) {
    const int value = cr_trait_of(fate, trait);
    return value < 0 ? "NA" : cr_trait_value_name(trait, value);
}

/* How many fates are of each kind. */
struct tally {
    int partner[CR_PARTNER_FATES + 1], earned, young, old;
};

static void expect_person(const struct line *line, const struct cr_fate *fate, struct tally *tally) {
    assert_string_equal(name_or_na(CR_TRAIT_CLASS, fate), cell(line, "ssp_class"));
    assert_string_equal(name_or_na(CR_TRAIT_STYLE_18, fate), cell(line, "style_18"));
    assert_string_equal(name_or_na(CR_TRAIT_STYLE_40, fate), cell(line, "style_40"));
    assert_string_equal(name_or_na(CR_TRAIT_STYLE_END, fate), cell(line, "style_end"));
    assert_int_equal(fate->earned, strcmp(cell(line, "earned_age"), "NA") != 0);
    assert_int_equal(fate->relationships, number(line, "relationships"));
    assert_int_equal(fate->partner == CR_FATE_NEVER || fate->partner == CR_FATE_NONE, fate->relationships == 0);
    tally->earned += fate->earned;
    tally->young += fate->style_18 >= 0;
    tally->old += fate->style_40 >= 0;
    tally->partner[fate->partner < 0 ? CR_PARTNER_FATES : fate->partner]++;
}

static enum cr_partner_fate fate_by_row(const struct line *line, bool is_a) {
    const char *reason = cell(line, "reason"), *by = cell(line, "ended_by");
    if (strcmp(reason, "NA") == 0)
        return CR_FATE_TOGETHER;
    if (strcmp(reason, "death") != 0)
        return CR_FATE_SEPARATED;
    return strcmp(by, is_a ? "b" : "a") == 0 ? CR_FATE_WIDOWED : CR_FATE_TOGETHER;
}

static void fates_agree_with_the_files_of_a_run(void **state) {
    (void)state;
    enum { PEOPLE = 150 };
    char folder[] = "/tmp/cradle_fates_XXXXXX", path[128];
    struct small_run run;
    struct cr_readings readings = {0};
    struct cr_run_files files;
    assert_non_null(mkdtemp(folder));
    small_run_begin(&run, 1, short_lives);
    while (small_run_week(&run))
        continue;
    assert_int_equal(cr_measures_compute(&run.record, &readings, NULL), 0);
    assert_int_equal(cr_run_files_open(&files, folder, false, NULL), 0);
    assert_int_equal(cr_run_files_add(&files, 1, &run.record, &readings, &run.panel, NULL), 0);
    assert_int_equal(cr_run_files_finish(&files, folder, &run.scenario, NULL), 0);
    cr_run_files_free(&files);
    struct cr_fates fates = fates_of(&run);

    struct tally tally = {0};
    struct line line = {.file = CR_FILE_PEOPLE};
    FILE *stream = open_file(folder, &line);
    for (int i = 0; i < PEOPLE; i++) {
        assert_true(read_line(&line, stream));
        expect_person(&line, &fates.fate[i], &tally);
    }
    assert_false(read_line(&line, stream));
    (void)fclose(stream);
    for (int k = 0; k <= CR_PARTNER_FATES; k++)
        assert_true(tally.partner[k] > 0);
    assert_true(tally.earned > 0 && tally.young > tally.earned && tally.old > 0);

    int partner[PEOPLE];
    for (int i = 0; i < PEOPLE; i++)
        partner[i] = fates.fate[i].partner < 0 ? CR_FATE_NONE : CR_FATE_NEVER;
    line.file = CR_FILE_RELATIONSHIPS;
    stream = open_file(folder, &line);
    while (read_line(&line, stream)) {
        partner[number(&line, "person_a")] = (int)fate_by_row(&line, true);
        partner[number(&line, "person_b")] = (int)fate_by_row(&line, false);
    }
    (void)fclose(stream);
    for (int i = 0; i < PEOPLE; i++)
        assert_int_equal(fates.fate[i].partner, partner[i]);

    cr_fates_free(&fates);
    cr_readings_free(&readings);
    small_run_end(&run);
    static const char *const written[] = {
        "manifest.json", "measures.csv", "series.csv", "people.csv", "relationships.csv", "infants.csv"};
    for (size_t k = 0; k < sizeof written / sizeof *written; k++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, written[k]);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
}

static void without_memory_fates_say_so_and_keep_what_they_had(void **state) {
    (void)state;
    struct small_run run;
    begin_empty(&run);
    const long held = allocations_held;
    for (long n = 0; n < 2; n++) {
        struct cr_fates fates = {0};
        struct cr_error error = {0};
        allocations_left = n;
        const int code = cr_fates_add(&fates, &run.record, &error);
        allocations_left = -1;
        assert_int_equal(code, CR_ERROR_MEMORY);
        assert_int_equal(error.code, CR_ERROR_MEMORY);
        assert_int_equal(fates.replicates, 0);
        assert_int_equal(cr_fates_add(&fates, &run.record, NULL), 0);
        assert_int_equal(fates.replicates, 1);
        cr_fates_free(&fates);
        assert_int_equal(allocations_held, held);
    }
    small_run_end(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_relationship_decides_the_partner_fate),
        cmocka_unit_test(more_relationships_than_there_is_room_for_count_as_the_most),
        cmocka_unit_test(styles_are_those_of_the_first_surveys_at_18_and_40_and_of_the_last_answered),
        cmocka_unit_test(security_is_earned_by_those_who_were_insecure),
        cmocka_unit_test(replicates_stand_one_after_the_other),
        cmocka_unit_test(every_value_of_every_trait_has_a_name),
        cmocka_unit_test(changes_are_counted_person_by_person_where_both_are_known),
        cmocka_unit_test(fates_agree_with_the_files_of_a_run),
        cmocka_unit_test(without_memory_fates_say_so_and_keep_what_they_had),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
