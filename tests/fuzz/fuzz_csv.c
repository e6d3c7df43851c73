#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/fuzz.h"
#include "io/csv_file.h"

/* No CSV file, however broken, crashes its reader: it is read whole, every word once, or refused with a sentence. */

static void promise(bool kept, const char *sentence) {
    if (!kept) {
        (void)fprintf(stderr, "broken promise: %s\n", sentence);
        abort();
    }
}

static void write_input(char *path, const uint8_t *data, size_t size) {
    const int descriptor = mkstemp(path);
    promise(descriptor >= 0, "a temporary file can be made");
    FILE *const stream = fdopen(descriptor, "wb");
    promise(stream && fwrite(data, 1, size, stream) == size && fclose(stream) == 0, "the input can be written");
}

static void promise_words(const struct cr_csv_column *column, size_t rows) {
    for (size_t i = 0; i < rows; i++)
        promise(column->word[i] >= -1 && column->word[i] < (int32_t)column->word_count, "a cell has a word, or none");
    for (size_t w = 0; w < column->word_count; w++)
        promise(cr_csv_word(column, column->words[w]) == (int32_t)w, "every word stands once");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[] = "/tmp/fuzz-csv-XXXXXX";
    write_input(path, data, size);

    struct cr_csv_column columns[] = {{.name = "group", .text = true}, {.name = "value"}};
    struct cr_csv_file file;
    struct cr_error error = {0};
    const int code = cr_csv_read(&file, path, columns, 2, &error);
    promise(code == (int)error.code, "the code that is returned is the code that is recorded");
    promise(code <= 0, "codes are negative");
    promise((code != 0) == (error.sentence[0] != '\0'), "a failure has a sentence, and only a failure");
    promise(strchr(error.sentence, '\n') == NULL, "a sentence is one line");
    if (code == 0)
        promise_words(&columns[0], file.rows);
    cr_csv_free(&file);
    cr_csv_free(&file);
    (void)unlink(path);
    return 0;
}
