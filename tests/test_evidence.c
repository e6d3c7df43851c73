#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "study/evidence.h"

static const char entry_b[] = "{ id = \"ssp.B\"; quantity = \"share secure\"; value = 0.5; low = 0.4; high = 0.6;"
                              " source = \"A 2023\"; use = \"cal\"; measure = \"ssp_share\"; group = \"B\"; }";

struct folder {
    char path[64];
    char file[2][96];
};

static int make_folder(void **state) {
    struct folder *folder = malloc(sizeof *folder);
    if (!folder)
        return -1;
    (void)snprintf(folder->path, sizeof folder->path, "/tmp/cradle_evidence_XXXXXX");
    *state = folder;
    if (!mkdtemp(folder->path))
        return -1;
    (void)snprintf(folder->file[0], sizeof folder->file[0], "%s/b.cfg", folder->path);
    (void)snprintf(folder->file[1], sizeof folder->file[1], "%s/a.cfg", folder->path);
    return 0;
}

static int remove_folder(void **state) {
    struct folder *folder = *state;
    (void)unlink(folder->file[0]);
    (void)unlink(folder->file[1]);
    const int code = rmdir(folder->path);
    free(folder);
    return code;
}

static void write_text(const char *path, const char *format, ...) CR_PRINTF(2, 3);
static void write_text(const char *path, const char *format, ...) {
    FILE *file = fopen(path, "wb");
    va_list arguments;
    assert_non_null(file);
    va_start(arguments, format);
    (void)vfprintf(file, format, arguments);
    va_end(arguments);
    assert_int_equal(fclose(file), 0);
}

/* Expects that reading `path` fails and that the sentence is `file` and then `rest`. */
static void expect_refusal(const char *path, int expected, const char *file, const char *rest) {
    struct cr_evidence evidence;
    struct cr_error error = {0};
    char sentence[512];
    assert_int_equal(cr_evidence_read(&evidence, path, NULL, NULL, &error), expected);
    (void)snprintf(sentence, sizeof sentence, "%s%s", file, rest);
    assert_string_equal(error.sentence, sentence);
    assert_int_equal(evidence.entry_count, 0);
    assert_null(evidence.entries);
}

static void a_file_of_evidence_is_read(void **state) {
    const struct folder *folder = *state;
    write_text(folder->file[0],
        "title = \"Infancy\";\nevidence = ( %s,\n{ id = \"x\"; quantity = \"q\"; value = 2; low = -1; high = 3L;"
        " source = \"s\"; use = \"val\"; measure = \"m\"; group = \"all\"; note = \"why\"; } );\n",
        entry_b);
    struct cr_evidence evidence;
    struct cr_error error = {0};
    assert_int_equal(cr_evidence_read(&evidence, folder->file[0], NULL, NULL, &error), 0);
    assert_int_equal(evidence.file_count, 1);
    assert_string_equal(evidence.files[0].title, "Infancy");
    assert_int_equal(evidence.entry_count, 2);
    const struct cr_evidence_entry *entry = &evidence.entries[0];
    assert_string_equal(entry->id, "ssp.B");
    assert_string_equal(entry->measure, "ssp_share");
    assert_string_equal(entry->group, "B");
    assert_string_equal(entry->source, "A 2023");
    assert_null(entry->note);
    assert_int_equal(entry->use, CR_EVIDENCE_CALIBRATED);
    assert_true(entry->value == 0.5 && entry->low == 0.4 && entry->high == 0.6);
    entry++;
    assert_string_equal(entry->note, "why");
    assert_int_equal(entry->use, CR_EVIDENCE_HELD_OUT);
    assert_true(entry->value == 2.0 && entry->low == -1.0 && entry->high == 3.0);
    cr_evidence_free(&evidence);
    cr_evidence_free(&evidence);
}

static void a_folder_is_read_by_name_of_its_files(void **state) {
    const struct folder *folder = *state;
    write_text(folder->file[0], "title = \"Second\"; evidence = ( %s );", entry_b);
    write_text(folder->file[1],
        "title = \"First\"; evidence = ( { id = \"x\"; quantity = \"q\"; value = 2; low = 2; high = 2; source = \"s\";"
        " use = \"val\"; measure = \"m\"; group = \"all\"; } );");
    struct cr_evidence evidence;
    assert_int_equal(cr_evidence_read(&evidence, folder->path, NULL, NULL, NULL), 0);
    assert_int_equal(evidence.file_count, 2);
    assert_string_equal(evidence.files[0].title, "First");
    assert_string_equal(evidence.files[1].title, "Second");
    assert_string_equal(evidence.entries[1].id, "ssp.B");
    assert_int_equal(evidence.entries[1].file, 1);
    cr_evidence_free(&evidence);
}

static void an_id_stands_in_one_file_only(void **state) {
    const struct folder *folder = *state;
    write_text(folder->file[0], "title = \"Second\";\nevidence = (\n%s );", entry_b);
    write_text(folder->file[1], "title = \"First\"; evidence = ( %s );", entry_b);
    char rest[128];
    (void)snprintf(rest, sizeof rest, ":3: id ssp.B stands already in %s", folder->file[1]);
    expect_refusal(folder->path, CR_ERROR_CONFIG, folder->file[0], rest);
}

static void what_holds_no_evidence_is_refused(void **state) {
    const struct folder *folder = *state;
    expect_refusal(folder->path, CR_ERROR_CONFIG, folder->path, " holds no file of evidence (*.cfg)");
    expect_refusal("/nowhere", CR_ERROR_CONFIG, "", "cannot read /nowhere: No such file or directory");
    write_text(folder->file[0], "title = \"Nothing\"; evidence = ( );");
    expect_refusal(
        folder->file[0], CR_ERROR_CONFIG, folder->file[0], ":1: evidence must be a list of entries in ( parentheses )");
    write_text(folder->file[0], "evidence = ( %s );", entry_b);
    expect_refusal(folder->file[0], CR_ERROR_CONFIG, folder->file[0], ":1: key title is missing");
}

/* One broken field at a time: `find` in a good entry is replaced. */
static void every_broken_field_is_refused_with_file_line_and_key(void **state) {
    const struct folder *folder = *state;
    static const struct {
        const char *find, *replace, *sentence;
    } cases[] = {
        {"id = \"ssp.B\";", "", ":3: key id is missing"},
        {"\"ssp.B\"", "\"two words\"",
            ":3: id must be a word of at most 24 letters, digits, '.', '-' and '_', not \"two words\""},
        {"\"ssp.B\"", "7", ":3: id must be a text"},
        {"\"share secure\"", "\"\"", ":3: quantity must be a text"},
        {"share secure", "share\\x1b[2J", ":3: quantity holds a control character"},
        {"share secure", "share\\xff", ":3: quantity is not UTF-8"},
        {"value = 0.5;", "", ":3: key value is missing"},
        {"value = 0.5;", "value = \"0.5\";", ":3: value must be a finite number"},
        {"value = 0.5;", "value = 1e999;", ":3: 1e999 is no number"},
        {"value = 0.5;", "value = true;", ":3: value must be a finite number"},
        {"value = 0.5;", "value = 0.39;", ":3: value (0.39) of ssp.B is outside its band, 0.4 to 0.6"},
        {"value = 0.5;", "value = 0.61;", ":3: value (0.61) of ssp.B is outside its band, 0.4 to 0.6"},
        {"low = 0.4;", "low = 0.7;", ":3: low (0.7) of ssp.B is above high (0.6)"},
        {"low = 0.4;", "", ":3: key low is missing"},
        {"high = 0.6;", "", ":3: key high is missing"},
        {"source = \"A 2023\";", "", ":3: key source is missing"},
        {"\"cal\"", "\"fit\"", ":3: use must be \"cal\" (may be fitted) or \"val\" (held out), not \"fit\""},
        {"use = \"cal\";", "", ":3: key use is missing"},
        {"measure = \"ssp_share\";", "", ":3: key measure is missing"},
        {"measure =", "mesure =", ":3: unknown key mesure; did you mean measure?"},
        {"group = \"B\";", "", ":3: key group is missing"},
        {"group = \"B\";", "group = \"B\"; zzzzzzzzzz = 1;", ":3: unknown key zzzzzzzzzz"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = strstr(entry_b, cases[i].find);
        assert_non_null(found);
        write_text(folder->file[0], "title = \"Infancy\";\nevidence = (\n%.*s%s%s );\n", (int)(found - entry_b),
            entry_b, cases[i].replace, found + strlen(cases[i].find));
        expect_refusal(folder->file[0], CR_ERROR_CONFIG, folder->file[0], cases[i].sentence);
    }
    write_text(folder->file[0], "title = \"Infancy\"; evidence = (\n 7 );");
    expect_refusal(
        folder->file[0], CR_ERROR_CONFIG, folder->file[0], ":2: an entry of evidence must stand in { braces }");
    write_text(folder->file[0], "title = \"Infancy\";\nevidense = ( %s );", entry_b);
    expect_refusal(
        folder->file[0], CR_ERROR_CONFIG, folder->file[0], ":2: unknown key evidense; did you mean evidence?");
}

static void text_that_is_no_config_is_refused(void **state) {
    const struct folder *folder = *state;
    struct cr_evidence evidence;
    struct cr_error error = {0};
    write_text(folder->file[0], "title = \"Infancy\";\nevidence = ( { id = ;\n");
    assert_int_equal(cr_evidence_read(&evidence, folder->file[0], NULL, NULL, &error), CR_ERROR_CONFIG);
    assert_non_null(strstr(error.sentence, "/b.cfg:2: "));
    assert_int_equal(mkdir(folder->file[1], 0700), 0);
    char rest[128];
    (void)snprintf(rest, sizeof rest, "%s: it is a folder", folder->file[1]);
    expect_refusal(folder->path, CR_ERROR_CONFIG, "cannot read ", rest);
    assert_int_equal(rmdir(folder->file[1]), 0);
}

static int only_known(
    void *context, const char *measure, const char *group, const char *where, struct cr_error *error) {
    if (strcmp(measure, context) == 0)
        return 0;
    return cr_error_set(error, CR_ERROR_CONFIG, "%sno measure %s of %s", where, measure, group);
}

static void the_caller_says_which_measures_there_are(void **state) {
    const struct folder *folder = *state;
    char known[] = "ssp_share", other[] = "other", sentence[128];
    struct cr_evidence evidence;
    struct cr_error error = {0};
    write_text(folder->file[0], "title = \"Infancy\";\nevidence = (\n%s );", entry_b);
    assert_int_equal(cr_evidence_read(&evidence, folder->file[0], only_known, known, NULL), 0);
    cr_evidence_free(&evidence);
    assert_int_equal(cr_evidence_read(&evidence, folder->file[0], only_known, other, &error), CR_ERROR_CONFIG);
    (void)snprintf(sentence, sizeof sentence, "%s:3: no measure ssp_share of B", folder->file[0]);
    assert_string_equal(error.sentence, sentence);
}

struct shipped {
    const char *id, *measure, *group;
    double value, low, high;
    enum cr_evidence_use use;
};

static void the_shipped_evidence_is_complete_and_in_order(void **state) {
    (void)state;
    const enum cr_evidence_use CAL = CR_EVIDENCE_CALIBRATED, VAL = CR_EVIDENCE_HELD_OUT;
    const struct shipped expected[] = {
        {"adult.shares.secure", "adult_three_way_share", "secure", .59, .53, .65, CAL},
        {"adult.shares.avoidant", "adult_three_way_share", "avoidant", .25, .19, .31, CAL},
        {"adult.shares.anxious", "adult_three_way_share", "anxious", .11, .05, .17, CAL},
        {"ecr.sd.anxiety", "ecr_sd", "anxiety", 1.20, 1.05, 1.35, CAL},
        {"ecr.sd.avoidance", "ecr_sd", "avoidance", 1.24, 1.09, 1.39, CAL},
        {"ecr.r.18-24", "ecr_r", "18-24", -.13, -.28, .02, VAL},
        {"ecr.r.50-80", "ecr_r", "50-80", .17, .02, .32, VAL},
        {"ecr.age", "ecr_age_slope", "anxiety", -.16, -.25, -.08, VAL},
        {"stab.plateau", "security_continuity_r", "age_30", .325, .2, .45, VAL},
        {"end.dur.0-1", "ended_13_months", "unmarried 0-1", .45, .35, .55, CAL},
        {"end.dur.1-3", "ended_13_months", "unmarried 1-3", .29, .20, .38, CAL},
        {"end.dur.3-5", "ended_13_months", "unmarried 3-5", .14, .04, .24, CAL},
        {"end.dur.5-10", "ended_13_months", "unmarried 5-10", .24, .14, .34, CAL},
        {"end.married", "ended_13_months", "married", .014, .006, .021, CAL},
        {"marr.surv.1", "marriage_survival", "1", .949, .899, .999, VAL},
        {"marr.surv.5", "marriage_survival", "5", .783, .733, .833, VAL},
        {"marr.surv.10", "marriage_survival", "10", .653, .603, .703, VAL},
        {"marr.surv.20", "marriage_survival", "20", .495, .445, .545, VAL},
        {"cohab.surv.1", "cohabitation_survival", "1", .84, .78, .90, VAL},
        {"cohab.surv.3", "cohabitation_survival", "3", .64, .58, .70, VAL},
        {"cohab.surv.5", "cohabitation_survival", "5", .54, .48, .60, VAL},
        {"cohab.surv.10", "cohabitation_survival", "10", .41, .35, .47, VAL},
        {"sat.partner", "partner_satisfaction_r", "all", .70, .55, .80, CAL},
        {"pair.avo", "partner_avoidance_r", "all", -.03, -.2, .17, VAL},
        {"sat.avo.actor", "satisfaction_avoidance_beta", "actor", -.14, -.28, -.01, VAL},
        {"sat.avo.partner", "satisfaction_avoidance_beta", "partner", -.07, -.2, .06, VAL},
        {"sat.daily.conflict", "satisfaction_conflict_within_r", "all", -.43, -.55, -.31, CAL},
        {"sat.daily.icc", "satisfaction_icc", "all", .49, .37, .61, CAL},
        {"ssp.B", "ssp_share", "B", .516, .476, .556, CAL},
        {"ssp.A", "ssp_share", "A", .147, .107, .187, CAL},
        {"ssp.C", "ssp_share", "C", .102, .062, .142, CAL},
        {"ssp.D", "ssp_share", "D", .235, .195, .275, CAL},
        {"ssp.sens", "ssp_sensitivity_r", "secure", .25, .22, .28, CAL},
        {"ssp.sensA", "ssp_sensitivity_r", "A", -.24, -.34, -.13, VAL},
        {"ssp.sensC", "ssp_sensitivity_r", "C", -.12, -.19, -.06, VAL},
        {"ssp.sensD", "ssp_sensitivity_r", "D", -.19, -.27, -.11, VAL},
        {"ssp.stab", "ssp_stability_r", "all", .25, .19, .36, CAL},
        {"ssp.fright", "ssp_fright_r", "D", .34, .26, .42, CAL},
    };
    enum { COUNT = sizeof expected / sizeof *expected };
    struct cr_evidence evidence;
    struct cr_error error = {0};
    const int code = cr_evidence_read(&evidence, CR_SOURCE_DIR "/configs/evidence", NULL, NULL, &error);
    assert_string_equal(error.sentence, "");
    assert_int_equal(code, 0);
    assert_int_equal(evidence.entry_count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        const struct cr_evidence_entry *entry = &evidence.entries[i];
        assert_string_equal(entry->id, expected[i].id);
        assert_string_equal(entry->measure, expected[i].measure);
        assert_string_equal(entry->group, expected[i].group);
        assert_int_equal(entry->use, expected[i].use);
        assert_true(entry->value == expected[i].value);
        assert_true(entry->low == expected[i].low && entry->high == expected[i].high);
    }
    cr_evidence_free(&evidence);
}

/* Entries for judging: measure "m", group by name; bands 0 to 1. */
static char title_one[] = "First file", title_two[] = "Second file", any_path[] = "x.cfg";
static char measure[] = "m", source[] = "s", at_edge[] = "edge", above[] = "above", none[] = "none",
            spread[] = "spread";
static char long_quantity[] = "a quantity that takes more room than one line of the table has, so that it goes on";
static char accented[] = "d\xc3\xa9j\xc3\xa0 vu",
            thorough[] = "an_unbroken_word_that_is_longer_than_its_column_is_wide_by_far";

static struct cr_evidence_entry entry_of(char *group, char *quantity, enum cr_evidence_use use, size_t file) {
    return (struct cr_evidence_entry){.id = group,
        .quantity = quantity,
        .value = 0.5,
        .low = 0.0,
        .high = 1.0,
        .source = source,
        .measure = measure,
        .group = group,
        .use = use,
        .file = file};
}

static struct cr_estimate look_up(void *context, const char *name, const char *group, int64_t replicate) {
    (void)context;
    assert_string_equal(name, "m");
    if (strcmp(group, "edge") == 0)
        return (struct cr_estimate){.value = 1.0, .se = 0.25, .n = 10};
    if (strcmp(group, "above") == 0)
        return (struct cr_estimate){.value = 1.5, .se = (double)NAN, .n = 1};
    if (strcmp(group, "spread") == 0 && replicate != 1)
        return (struct cr_estimate){.value = 0.25 * (double)replicate, .se = 9.0, .n = 10};
    return cr_estimate_undefined(0);
}

enum { JUDGED = 4 };

static void judge(struct cr_evidence *evidence, struct cr_evidence_entry entries[JUDGED],
    struct cr_evidence_file files[2], int64_t replicates, struct cr_verdict verdicts[JUDGED]) {
    files[0] = (struct cr_evidence_file){.path = any_path, .title = title_one};
    files[1] = (struct cr_evidence_file){.path = any_path, .title = title_two};
    entries[0] = entry_of(at_edge, long_quantity, CR_EVIDENCE_CALIBRATED, 0);
    entries[1] = entry_of(above, accented, CR_EVIDENCE_CALIBRATED, 0);
    entries[2] = entry_of(none, thorough, CR_EVIDENCE_HELD_OUT, 1);
    entries[3] = entry_of(spread, source, CR_EVIDENCE_HELD_OUT, 1);
    *evidence = (struct cr_evidence){.files = files, .file_count = 2, .entries = entries, .entry_count = JUDGED};
    cr_evidence_judge(evidence, replicates, look_up, NULL, verdicts);
}

static void a_single_replicate_is_judged_by_its_own_estimate(void **state) {
    (void)state;
    struct cr_evidence evidence;
    struct cr_evidence_entry entries[JUDGED];
    struct cr_evidence_file files[2];
    struct cr_verdict verdicts[JUDGED];
    judge(&evidence, entries, files, 1, verdicts);
    assert_int_equal(verdicts[0].state, CR_VERDICT_INSIDE);
    assert_true(verdicts[0].simulated.se == 0.25);
    assert_int_equal(verdicts[0].simulated.n, 10);
    assert_int_equal(verdicts[1].state, CR_VERDICT_OUTSIDE);
    assert_int_equal(verdicts[2].state, CR_VERDICT_NOT_AVAILABLE);
    assert_int_equal(verdicts[3].state, CR_VERDICT_INSIDE);
}

static void several_replicates_are_judged_by_their_mean_and_spread(void **state) {
    (void)state;
    struct cr_evidence evidence;
    struct cr_evidence_entry entries[JUDGED];
    struct cr_evidence_file files[2];
    struct cr_verdict verdicts[JUDGED];
    judge(&evidence, entries, files, 4, verdicts);
    /* 0, 0.5 and 0.75 are there; the second is not available */
    assert_int_equal(verdicts[3].simulated.n, 3);
    assert_true(fabs(verdicts[3].simulated.value - 1.25 / 3.0) < 1e-15);
    assert_true(fabs(verdicts[3].simulated.se - 0.220479275922049) < 1e-12);
    assert_true(verdicts[0].simulated.se == 0.0);
}

static void the_tally_keeps_what_is_held_out_apart(void **state) {
    (void)state;
    struct cr_evidence evidence;
    struct cr_evidence_entry entries[JUDGED];
    struct cr_evidence_file files[2];
    struct cr_verdict verdicts[JUDGED];
    judge(&evidence, entries, files, 1, verdicts);
    const struct cr_evidence_tally fitted = cr_evidence_count(&evidence, verdicts, CR_EVIDENCE_CALIBRATED);
    const struct cr_evidence_tally held = cr_evidence_count(&evidence, verdicts, CR_EVIDENCE_HELD_OUT);
    assert_true(fitted.inside == 1 && fitted.available == 2 && fitted.entries == 2);
    assert_true(held.inside == 1 && held.available == 1 && held.entries == 2);
}

static void the_table_keeps_to_its_width_and_says_every_verdict(void **state) {
    (void)state;
    struct cr_evidence evidence;
    struct cr_evidence_entry entries[JUDGED];
    struct cr_evidence_file files[2];
    struct cr_verdict verdicts[JUDGED];
    judge(&evidence, entries, files, 1, verdicts);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    cr_evidence_print(&evidence, verdicts, stream);
    assert_int_equal(fclose(stream), 0);
    assert_string_equal(text,
        "id      quantity                                        published  band    simulated \xc2\xb1 se  verdict  "
        "use\n"
        "\n"
        "First file\n"
        "edge    a quantity that takes more room than one line   0.5        0 to 1  1.000 \xc2\xb1 0.250   in band  "
        "calibrated\n"
        "        of the table has, so that it goes on\n"
        "above   d\xc3\xa9j\xc3\xa0 vu                                         0.5        0 to 1  1.500           MISS "
        "    calibrated\n"
        "\n"
        "Second file\n"
        "none    an_unbroken_word_that_is_longer_than_its_colum  0.5        0 to 1  -               n/a      held out\n"
        "        n_is_wide_by_far\n"
        "spread  s                                               0.5        0 to 1  0.000 \xc2\xb1 9.000   in band  "
        "held out\n"
        "\n"
        "calibrated: 1 of 2 inside\n"
        "held out: 1 of 2 inside (1 not available)\n");
    free(text);
}

static void the_shipped_table_fits_110_columns(void **state) {
    (void)state;
    struct cr_evidence evidence;
    assert_int_equal(cr_evidence_read(&evidence, CR_SOURCE_DIR "/configs/evidence", NULL, NULL, NULL), 0);
    struct cr_verdict *verdicts = calloc(evidence.entry_count, sizeof *verdicts);
    assert_non_null(verdicts);
    for (size_t i = 0; i < evidence.entry_count; i++)
        verdicts[i] =
            (struct cr_verdict){.simulated = {.value = -0.99999, .se = 0.12345, .n = 1}, .state = CR_VERDICT_OUTSIDE};
    char *text = NULL;
    size_t size = 0, width = 0, widest = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    cr_evidence_print(&evidence, verdicts, stream);
    assert_int_equal(fclose(stream), 0);
    for (const char *c = text; *c; c++) {
        width = *c == '\n' ? 0 : width + (((unsigned char)*c & 0xc0U) != 0x80U);
        widest = width > widest ? width : widest;
    }
    assert_in_range(widest, 80, 110);
    free(text);
    free(verdicts);
    cr_evidence_free(&evidence);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_file_of_evidence_is_read),
        IN_A_FOLDER(a_folder_is_read_by_name_of_its_files),
        IN_A_FOLDER(an_id_stands_in_one_file_only),
        IN_A_FOLDER(what_holds_no_evidence_is_refused),
        IN_A_FOLDER(every_broken_field_is_refused_with_file_line_and_key),
        IN_A_FOLDER(text_that_is_no_config_is_refused),
        IN_A_FOLDER(the_caller_says_which_measures_there_are),
        cmocka_unit_test(the_shipped_evidence_is_complete_and_in_order),
        cmocka_unit_test(a_single_replicate_is_judged_by_its_own_estimate),
        cmocka_unit_test(several_replicates_are_judged_by_their_mean_and_spread),
        cmocka_unit_test(the_tally_keeps_what_is_held_out_apart),
        cmocka_unit_test(the_table_keeps_to_its_width_and_says_every_verdict),
        cmocka_unit_test(the_shipped_table_fits_110_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
