#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "failing_allocation.h"
#include "io/csv_file.h"

enum { WORD, NUMBER, COLUMNS };

struct read {
    struct cr_csv_column column[COLUMNS]; /* "who" in words, "how_much" in numbers */
    struct cr_csv_file file;
    struct cr_error error;
    char path[64];
    int status;
};

/* Puts bytes into a file and reads it, which is gone afterwards. */
static void read_bytes(struct read *read, const char *bytes, size_t size) {
    *read = (struct read){.column = {[WORD] = {.name = "who", .text = true}, [NUMBER] = {.name = "how_much"}},
        .path = "/tmp/cradle_csv_XXXXXX"};
    const int descriptor = mkstemp(read->path);
    assert_true(descriptor >= 0);
    FILE *stream = fdopen(descriptor, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
    read->status = cr_csv_read(&read->file, read->path, read->column, COLUMNS, &read->error);
    assert_int_equal(unlink(read->path), 0);
    assert_int_equal(read->status, read->error.code);
}

static void expect_rows(const char *text, size_t size, const char *const *words, const double *numbers, size_t rows) {
    struct read read;
    read_bytes(&read, text, size);
    if (read.status != 0)
        fail_msg("%s", read.error.sentence);
    assert_int_equal(read.file.rows, rows);
    for (size_t i = 0; i < rows; i++) {
        const int32_t word = read.column[WORD].word[i];
        const double number = read.column[NUMBER].number[i];
        if (words[i] == NULL)
            assert_int_equal(word, -1);
        else
            assert_string_equal(read.column[WORD].words[word], words[i]);
        assert_true(isnan(numbers[i]) ? isnan(number) : number == numbers[i]);
    }
    cr_csv_free(&read.file);
    cr_csv_free(&read.file);
}

#define EXPECT(text, words, numbers)                                                                                   \
    expect_rows(text, sizeof(text) - 1, words, numbers, sizeof(numbers) / sizeof *(numbers))

/* The sentence may name the file by "%s". */
static void refuse(const char *text, size_t size, const char *sentence) {
    struct read read;
    char expected[400];
    read_bytes(&read, text, size);
    (void)snprintf(expected, sizeof expected, sentence, read.path); /* NOLINT(clang-diagnostic-format-nonliteral) */
    assert_int_equal(read.status, CR_ERROR_USAGE);
    assert_string_equal(read.error.sentence, expected);
    cr_csv_free(&read.file);
}

#define REFUSE(text, sentence) refuse(text, sizeof(text) - 1, sentence)

static void columns_are_found_by_their_names(void **state) {
    (void)state;
    static const char *const words[] = {"anna", "ben"};
    static const double numbers[] = {1.5, -2e3};
    EXPECT("who,how_much\nanna,1.5\nben,-2e3\n", words, numbers);
    EXPECT("other,how_much,more,who\n9,1.5,x,anna\n8,-2e3,y,ben\n", words, numbers);
}

static void what_is_missing_is_na(void **state) {
    (void)state;
    static const char *const words[] = {NULL, "", "anna"};
    static const double numbers[] = {1.0, 2.0, (double)NAN};
    EXPECT("who,how_much\nNA,1\n,2\nanna,NA\n", words, numbers);
}

static void infinity_is_read_as_tables_write_it(void **state) {
    (void)state;
    static const char *const words[] = {"a", "a"};
    const double numbers[] = {HUGE_VAL, -HUGE_VAL};
    EXPECT("who,how_much\na,Inf\na,-Inf\n", words, numbers);
}

static void quotes_hold_commas_quotes_and_lines(void **state) {
    (void)state;
    static const char *const words[] = {"a, b", "say \"no\"", "two\nlines"};
    static const double numbers[] = {1.0, 2.0, 3.0};
    EXPECT("who,\"how_much\"\n\"a, b\",1\n\"say \"\"no\"\"\",\"2\"\n\"two\nlines\",3\n", words, numbers);
}

static void files_of_other_systems_and_programs_are_read(void **state) {
    (void)state;
    static const char *const words[] = {"anna", "ben"};
    static const double numbers[] = {1.0, 2.0};
    EXPECT("who,how_much\r\nanna,1\r\nben,2\r\n", words, numbers);
    EXPECT("\xef\xbb\xbfwho,how_much\r\nanna,1\r\nben,2\r\n", words, numbers);
    EXPECT("who,how_much\nanna,1\nben,2", words, numbers);
    EXPECT("\n\nwho,how_much\n\nanna,1\n\n\nben,2\n\n", words, numbers);
}

static void a_header_alone_is_a_file_without_rows(void **state) {
    (void)state;
    struct read read;
    read_bytes(&read, "who,how_much\n", 13);
    assert_int_equal(read.status, 0);
    assert_int_equal(read.file.rows, 0);
    assert_int_equal(cr_csv_word(&read.column[WORD], "anna"), -1);
    cr_csv_free(&read.file);
    read_bytes(&read, "who,how_much", 12);
    assert_int_equal(read.status, 0);
    cr_csv_free(&read.file);
}

static void an_empty_file_is_told(void **state) {
    (void)state;
    REFUSE("", "%s is empty");
    REFUSE("\n\n", "%s is empty");
    REFUSE("\xef\xbb\xbf", "%s is empty");
}

static void a_column_that_is_not_there_or_there_twice_is_named(void **state) {
    (void)state;
    REFUSE("who,much\nanna,1\n", "%s has no column how_much");
    REFUSE("\"who,how_much\"\nanna\n", "%s has no column who");
    REFUSE("who,how_much,who\nanna,1,ben\n", "%s has the column who more than once");
}

static void columns_that_nobody_asked_for_may_be_there_twice(void **state) {
    (void)state;
    static const char *const words[] = {"anna"};
    static const double numbers[] = {1.0};
    EXPECT("x,who,x,how_much,x\n1,anna,2,1,3\n", words, numbers);
}

static void a_wrong_number_is_told_with_its_line(void **state) {
    (void)state;
    REFUSE("who,how_much\nanna,1\nben,1.5x\n", "%s:3: how_much is no number: 1.5x");
    REFUSE("who,how_much\nanna,\n", "%s:2: how_much is no number: (empty)");
    REFUSE("who,how_much\nanna,nan\n", "%s:2: how_much is no number: nan");
    REFUSE("who,how_much\nanna,1e999\n", "%s:2: how_much is no number: 1e999");
    REFUSE("who,how_much\nanna,\"1,5\"\n", "%s:2: how_much is no number: 1,5");
}

static void lines_are_counted_as_an_editor_shows_them(void **state) {
    (void)state;
    REFUSE("\r\nwho,how_much\r\n\r\n\"anna\r\nberta\",1\r\nben,x\r\n", "%s:6: how_much is no number: x");
}

static void rows_of_another_length_are_told_with_their_line(void **state) {
    (void)state;
    REFUSE("who,how_much\nanna,1\nben\n", "%s:3: the row has 1 values, not 2");
    REFUSE("who,how_much\nanna,1,2\n", "%s:2: the row has 3 values, not 2");
    REFUSE("who,how_much\nanna,1\nben", "%s:3: the row has 1 values, not 2");
}

static void a_quote_out_of_place_is_told(void **state) {
    (void)state;
    REFUSE("who,how_much\nan\"na,1\n", "%s:2: this is no CSV; each quote within a value must be written twice");
    REFUSE("who,how_much\n\"an\"na,1\n", "%s:2: this is no CSV; each quote within a value must be written twice");
    REFUSE("who,how_much\nanna,1\n\"ben,2\n", "%s:4: this is no CSV; each quote within a value must be written twice");
}

static void nul_bytes_are_not_taken_for_the_end_of_a_value(void **state) {
    (void)state;
    REFUSE("who,how_much\nanna,1\0"
           "2\n",
        "%s:2: there is a NUL byte; is it a text?");
    REFUSE("who\0x,how_much\nanna,1\n", "%s:1: there is a NUL byte; is it a text?");
    REFUSE("\0", "%s:1: there is a NUL byte; is it a text?");
}

static void what_cannot_be_opened_or_read_is_told(void **state) {
    (void)state;
    struct cr_csv_column column = {.name = "who", .text = true};
    struct cr_csv_file file;
    struct cr_error error = {0};
    assert_int_equal(cr_csv_read(&file, "/nowhere/a.csv", &column, 1, &error), CR_ERROR_USAGE);
    assert_string_equal(error.sentence, "/nowhere/a.csv cannot be read: No such file or directory");
    error = (struct cr_error){0};
    cr_csv_free(&file);
    assert_int_equal(cr_csv_read(&file, "/tmp", &column, 1, &error), CR_ERROR_IO);
    assert_string_equal(error.sentence, "/tmp cannot be read: Is a directory");
    cr_csv_free(&file);
}

static void a_huge_value_is_one_word(void **state) {
    (void)state;
    enum { HUGE = 3 << 20 };
    struct read read;
    char *text = malloc(HUGE + 64);
    assert_non_null(text);
    size_t used = (size_t)snprintf(text, 64, "who,how_much\n\"");
    memset(text + used, 'x', HUGE);
    used += HUGE;
    used += (size_t)snprintf(text + used, 64, "\",7\nanna,8\n");
    read_bytes(&read, text, used);
    assert_int_equal(read.status, 0);
    assert_int_equal(read.file.rows, 2);
    assert_int_equal(strlen(read.column[WORD].words[0]), HUGE);
    assert_true(read.column[NUMBER].number[1] == 8.0);
    cr_csv_free(&read.file);
    free(text);
}

static void each_word_stands_once_in_the_order_in_which_it_came(void **state) {
    (void)state;
    static const char *const expected[] = {"c", "a", "b"};
    static const int32_t order[] = {0, 1, 0, 0, 2, 1, -1, 1};
    struct read read;
    const char text[] = "who,how_much\nc,1\na,1\nc,1\nc,1\nb,1\na,1\nNA,1\na,1\n";
    read_bytes(&read, text, sizeof text - 1);
    assert_int_equal(read.status, 0);
    assert_int_equal(read.column[WORD].word_count, 3);
    for (int32_t w = 0; w < 3; w++) {
        assert_string_equal(read.column[WORD].words[w], expected[w]);
        assert_int_equal(cr_csv_word(&read.column[WORD], expected[w]), w);
    }
    assert_int_equal(cr_csv_word(&read.column[WORD], "NA"), -1);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(read.column[WORD].word[i], order[i]);
    cr_csv_free(&read.file);
}

static double seconds(void) {
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), 0);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* With a search along all words this would take hours. */
static void a_million_rows_with_as_many_words_are_read_in_seconds(void **state) {
    (void)state;
    enum { ROWS = 1000000, ROW_SIZE = 24 };
    struct read read;
    char *text = malloc((size_t)ROWS * ROW_SIZE + 64);
    assert_non_null(text);
    size_t used = (size_t)snprintf(text, 64, "who,how_much\n");
    for (int i = 0; i < ROWS; i++)
        used += (size_t)snprintf(text + used, ROW_SIZE, "w%d,%d\n", (int)((i * 7919L) % ROWS), i);
    const double before = seconds();
    read_bytes(&read, text, used);
    assert_true(seconds() - before < 30.0);
    assert_int_equal(read.status, 0);
    assert_int_equal(read.file.rows, ROWS);
    assert_int_equal(read.column[WORD].word_count, ROWS);
    assert_true(read.column[NUMBER].number[ROWS - 1] == ROWS - 1);
    cr_csv_free(&read.file);
    free(text);
}

static void without_memory_nothing_is_read(void **state) {
    (void)state;
    const char text[] = "x,who,how_much\n1,anna,1\n2,ben,2\n3,anna,NA\n";
    char path[] = "/tmp/cradle_csv_XXXXXX";
    const int descriptor = mkstemp(path);
    assert_int_equal(write(descriptor, text, sizeof text - 1), sizeof text - 1);
    assert_int_equal(close(descriptor), 0);
    const long held = allocations_held;
    long n = 0;
    for (int status = -1; status != 0; n++) {
        struct cr_csv_column column[COLUMNS] = {
            [WORD] = {.name = "who", .text = true}, [NUMBER] = {.name = "how_much"}};
        struct cr_csv_file file;
        struct cr_error error = {0};
        allocations_left = n;
        status = cr_csv_read(&file, path, column, COLUMNS, &error);
        allocations_left = -1;
        cr_csv_free(&file);
        assert_int_equal(allocations_held, held);
        assert_int_equal(status, error.code);
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_non_null(strstr(error.sentence, "not enough memory to read /tmp/cradle_csv_"));
        }
    }
    assert_true(n > 10);
    assert_int_equal(unlink(path), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_found_by_their_names),
        cmocka_unit_test(what_is_missing_is_na),
        cmocka_unit_test(infinity_is_read_as_tables_write_it),
        cmocka_unit_test(quotes_hold_commas_quotes_and_lines),
        cmocka_unit_test(files_of_other_systems_and_programs_are_read),
        cmocka_unit_test(a_header_alone_is_a_file_without_rows),
        cmocka_unit_test(an_empty_file_is_told),
        cmocka_unit_test(a_column_that_is_not_there_or_there_twice_is_named),
        cmocka_unit_test(columns_that_nobody_asked_for_may_be_there_twice),
        cmocka_unit_test(a_wrong_number_is_told_with_its_line),
        cmocka_unit_test(lines_are_counted_as_an_editor_shows_them),
        cmocka_unit_test(rows_of_another_length_are_told_with_their_line),
        cmocka_unit_test(a_quote_out_of_place_is_told),
        cmocka_unit_test(nul_bytes_are_not_taken_for_the_end_of_a_value),
        cmocka_unit_test(what_cannot_be_opened_or_read_is_told),
        cmocka_unit_test(a_huge_value_is_one_word),
        cmocka_unit_test(each_word_stands_once_in_the_order_in_which_it_came),
        cmocka_unit_test(a_million_rows_with_as_many_words_are_read_in_seconds),
        cmocka_unit_test(without_memory_nothing_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
