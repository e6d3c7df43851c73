#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "study_place.h"

#define STUDY "scenario = \"mix.cfg\"; design = \"table\"; table = \"points.csv\";"

static void refused_table(const struct study_place *place, const char *table, const char *sentence) {
    write_text(place->table, table);
    refused(place, STUDY, sentence);
}

static void assert_table(const struct study_place *place, const char *table) {
    static const double rates[] = {0.25, 0.5, 1e-3}, truths[] = {1, 0, 1};
    struct cr_study study;
    write_text(place->table, table);
    accepted(place, STUDY, &study);
    assert_int_equal(study.axis_count, 2);
    assert_string_equal(study.axes[0].key, "learning.rate");
    assert_string_equal(study.axes[1].key, "event.war.replaces");
    for (size_t k = 0; k < 2; k++) {
        assert_int_equal(study.axes[k].value_count, 3);
        for (size_t i = 0; i < 3; i++)
            assert_true(study.axes[k].values[i] == (k ? truths : rates)[i]);
    }
    cr_study_free(&study);
}

static void a_table_is_read_however_it_is_written(void **state) {
    static const char *const tables[] = {"learning.rate,event.war.replaces\n0.25,true\n0.5,false\n0.001,yes\n",
        "learning.rate,event.war.replaces\r\n0.25,true\r\n0.5,false\r\n1e-3,on",
        "\xef\xbb\xbflearning.rate,event.war.replaces\n0.25,1\n0.5,0\n1e-3,1",
        "\"learning.rate\",\"event.war.replaces\"\n\"0.25\",\"true\"\n0.5,\"false\"\n0.001,true\n",
        "\n learning.rate ,\tevent.war.replaces\n\n  0.25, true\n0.5 ,false\n\n\n1e-3,true\n\n",
        "learning.rate,event.war.replaces\r0.25,true\r0.5,false\r1e-3,true\r"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        assert_table(*state, tables[i]);
}

static void a_table_may_be_long(void **state) {
    const struct study_place *const place = *state;
    FILE *const stream = fopen(place->table, "w");
    assert_non_null(stream);
    fprintf(stream, "learning.rate,run.seed\n");
    for (int i = 0; i < 20000; i++)
        fprintf(stream, "%.17g,%d\n", i / 32768.0, i);
    assert_int_equal(fclose(stream), 0);
    struct cr_study study;
    accepted(place, STUDY, &study);
    assert_int_equal(cr_study_points(&study), 20000);
    for (int i = 0; i < 20000; i++)
        assert_true(study.axes[0].values[i] == i / 32768.0 && study.axes[1].values[i] == i);
    cr_study_free(&study);
}

static void a_wrong_cell_is_told_with_line_and_key(void **state) {
    const struct study_place *const place = *state;
    refused_table(place, "learning.rate,run.people\n0.1,50\n1.5,50\n",
        "points.csv:3: learning.rate must be a number from 0 to 1, not 1.5");
    refused_table(place, "learning.rate,run.people\r\n0.1,50\r\n\r\n0.5,5x\r\n",
        "points.csv:4: run.people must be a whole number from 2 to 10000000, not 5x");
    refused_table(place, "learning.rate,run.people\n0.1,\n",
        "points.csv:2: run.people must be a whole number from 2 to 10000000, not empty");
    refused_table(place, "profile.cold.share\n1\n-1\n",
        "points.csv:3: profile.cold.share must be a number from 0 to 1000000, not -1");
    refused_table(place, "learning.rate\rNA\r", "points.csv:2: learning.rate must be a number from 0 to 1, not NA");
    refused_table(place, "caregiving.form\nmix\n",
        "points.csv:2: caregiving.form must be one of distribution | profiles, not mix");
}

static void a_row_has_a_value_for_every_key(void **state) {
    const struct study_place *const place = *state;
    refused_table(place, "learning.rate,run.people\n0.1\n",
        "points.csv:2: the row must have 2 values, as many as there are keys, not 1");
    refused_table(place, "learning.rate,run.people\n0.1,50\n0.1,50,60\n",
        "points.csv:3: the row must have 2 values, as many as there are keys, not 3");
}

static void the_first_line_names_known_keys_once(void **state) {
    const struct study_place *const place = *state;
    refused_table(
        place, "learning.rat\n0.1\n", "points.csv:1: unknown parameter learning.rat; did you mean learning.rate?");
    refused_table(place, "\nlearning.rate,\n0.1,2\n", "points.csv:2: the first line must name the key of every column");
    refused_table(place, "learning.rate,learning.rate\n0.1,0.2\n", "points.csv:1: two axes have the key learning.rate");
    refused_table(place, "\nrun.replicates\n2\n",
        "points.csv:2: run.replicates numbers the runs of a point and cannot be an axis; every point has the same "
        "replicates");
    refused_table(place, "", "points.csv:1: the table is empty; its first line must name the keys");
    refused_table(place, "\n\n", "points.csv:2: the table is empty; its first line must name the keys");
    refused_table(place, "learning.rate\n", "points.csv:1: the table has no points; every line after the first is one");
}

static void broken_text_is_refused_with_its_line(void **state) {
    const struct study_place *const place = *state;
    static const char quotes[] = "quotes must enclose a whole value, and be doubled within it";
    char sentence[128];
    snprintf(sentence, sizeof sentence, "points.csv:2: %s", quotes);
    refused_table(place, "learning.rate\n0.1\"2\"\n", sentence);
    refused_table(place, "learning.rate\n\"0.1\"2\n", sentence);
    refused_table(place, "learning.rate\n\"0.1", sentence);
    refused_table(place, "learning.rate\n\x01\n", "points.csv:2: this is no text (it holds a control character)");
    refused_table(place, "learning.rate\n0.1\n\xff\n", "points.csv:3: this is no UTF-8 text");
    refused_table(place, "l\xe9rning.rate\n0.1\n", "points.csv:1: this is no UTF-8 text");
    write_bytes(place->table, "learning.rate\n0.\0001\n", 19);
    refused(place, STUDY, "points.csv:2: this is no text (it holds a control character)");
}

static void a_folder_is_no_table(void **state) {
    const struct study_place *const place = *state;
    char sentence[256];
    snprintf(sentence, sizeof sentence, "study.cfg:1: cannot read the table %s/.: it is a folder", place->folder);
    refused(place, "design = \"table\"; table = \".\";", sentence);
}

static void a_table_cut_anywhere_does_no_harm(void **state) {
    const struct study_place *const place = *state;
    static const char whole[] = "\xef\xbb\xbflearning.rate,\"run.people\"\r\n\"0.25\",50\r\n0.5,\"60\"\r\n";
    write_text(place->study, STUDY);
    int accepted_cuts = 0;
    for (size_t size = 0; size < sizeof whole; size++) {
        struct cr_study study;
        struct cr_error error = {0};
        write_bytes(place->table, whole, size);
        const int code = cr_study_read(place->study, &study, &error);
        assert_int_equal(code, error.code);
        assert_true(code == 0 || code == CR_ERROR_CONFIG);
        accepted_cuts += code == 0;
        cr_study_free(&study);
    }
    assert_in_range(accepted_cuts, 4, 12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(a_table_is_read_however_it_is_written),
        IN_A_PLACE(a_table_may_be_long),
        IN_A_PLACE(a_wrong_cell_is_told_with_line_and_key),
        IN_A_PLACE(a_row_has_a_value_for_every_key),
        IN_A_PLACE(the_first_line_names_known_keys_once),
        IN_A_PLACE(broken_text_is_refused_with_its_line),
        IN_A_PLACE(a_folder_is_no_table),
        IN_A_PLACE(a_table_cut_anywhere_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
