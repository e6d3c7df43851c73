#ifndef CR_TESTS_STORE_PLACE_H
#define CR_TESTS_STORE_PLACE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/stream.h"
#include "io/store_export.h"
#include "study/study.h"

/* A folder of its own for stores, and what tests of stores and sweeps share. Include after cmocka.h. */
struct store_place {
    char folder[64];
    char store[96], other[96], third[96]; /* paths of files in it that are not there yet */
};

/* A folder that is kept in memory, if there is one: stores sync often. */
static inline const char *quick_folder(void) {
    return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

static inline int make_store_place(void **state) {
    struct store_place *const place = calloc(1, sizeof *place);
    if (!place)
        return -1;
    snprintf(place->folder, sizeof place->folder, "%s/cradle_store_XXXXXX", quick_folder());
    if (!mkdtemp(place->folder))
        return -1;
    snprintf(place->store, sizeof place->store, "%s/store.db", place->folder);
    snprintf(place->other, sizeof place->other, "%s/other.db", place->folder);
    snprintf(place->third, sizeof place->third, "%s/third.db", place->folder);
    *state = place;
    return 0;
}

/* Removes all files of a folder and tells how many there were. */
static inline int empty_folder(const char *folder) {
    DIR *const files = opendir(folder);
    assert_non_null(files);
    int count = 0;
    const struct dirent *each;
    while ((each = readdir(files)) != NULL) {
        char path[512];
        if (each->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, each->d_name);
        count += unlink(path) == 0;
    }
    closedir(files);
    return count;
}

static inline int clear_store_place(void **state) {
    struct store_place *const place = *state;
    (void)empty_folder(place->folder);
    rmdir(place->folder);
    free(place);
    return 0;
}

#define IN_A_STORE_PLACE(test) cmocka_unit_test_setup_teardown(test, make_store_place, clear_store_place)

static inline bool exists(const char *path) {
    return access(path, F_OK) == 0;
}

/* How many files a folder has. */
static inline int files_in(const char *folder) {
    DIR *const files = opendir(folder);
    assert_non_null(files);
    int count = 0;
    const struct dirent *each;
    while ((each = readdir(files)) != NULL)
        count += each->d_name[0] != '.';
    closedir(files);
    return count;
}

/* All bytes of a file and a NUL; the caller frees them. */
static inline char *bytes_of(const char *path, size_t *size) {
    FILE *const stream = fopen(path, "rb");
    if (!stream)
        fail_msg("%s is not there", path);
    assert_int_equal(fseek(stream, 0, SEEK_END), 0);
    const long length = ftell(stream);
    assert_true(length >= 0);
    rewind(stream);
    char *const bytes = malloc((size_t)length + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)length, stream), length);
    bytes[length] = '\0';
    fclose(stream);
    if (size)
        *size = (size_t)length;
    return bytes;
}

static inline void put_bytes(const char *path, const char *bytes, size_t size) {
    FILE *const stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

/* Memory that the processes of a test share; all zero. */
static inline void *shared_memory(size_t size) {
    FILE *const file = tmpfile();
    assert_non_null(file);
    assert_int_equal(ftruncate(fileno(file), (off_t)size), 0);
    void *const memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    assert_true(memory != MAP_FAILED);
    fclose(file);
    return memory;
}

/* Carries out SQL on a database of whatever kind; `rows`, unless NULL, gets what it yields: cells parted by '|', rows
 * ended by ';'. */
static inline void ask(const char *path, const char *sql, char *rows, size_t size) {
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    size_t used = 0;
    if (rows)
        rows[0] = '\0';
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    while (*sql) {
        const char *rest = "";
        if (sqlite3_prepare_v2(database, sql, -1, &statement, &rest) != SQLITE_OK)
            fail_msg("%s: %s", sql, sqlite3_errmsg(database));
        int stepped = SQLITE_DONE;
        while (statement && (stepped = sqlite3_step(statement)) == SQLITE_ROW)
            for (int k = 0; rows && k < sqlite3_column_count(statement); k++) {
                const char *const cell = (const char *)sqlite3_column_text(statement, k);
                used += (size_t)snprintf(rows + used, size - used, "%s%c", cell ? cell : "-",
                    k + 1 < sqlite3_column_count(statement) ? '|' : ';');
                assert_true(used < size);
            }
        if (stepped != SQLITE_DONE)
            fail_msg("%s: %s", sql, sqlite3_errmsg(database));
        sqlite3_finalize(statement);
        sql = rest;
    }
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

#define assert_rows(path, sql, expected)                                                                               \
    do {                                                                                                               \
        char rows_found[4096];                                                                                         \
        ask(path, sql, rows_found, sizeof rows_found);                                                                 \
        assert_string_equal(rows_found, expected);                                                                     \
    } while (0)

static inline bool is_empty(const struct cr_store *store) {
    bool answer;
    assert_int_equal(cr_store_is_empty(store, &answer, NULL), 0);
    return answer;
}

/* All tables of a store as `cradle export` writes them, one after the other; the caller frees the text. */
static inline char *export_of(const char *path) {
    struct cr_store store;
    struct cr_error error = {0};
    char folder[64];
    char *text = NULL;
    size_t used = 0;
    snprintf(folder, sizeof folder, "%s/cradle_export_XXXXXX", quick_folder());
    assert_non_null(mkdtemp(folder));
    if (cr_store_open(&store, path, CR_STORE_READ, &error) != 0)
        fail_msg("%s", error.sentence);
    for (int k = 0; k < CR_EXPORT_TABLES; k++) {
        char file[128];
        int64_t rows;
        size_t size;
        if (cr_export_write(&store, (enum cr_export_table)k, folder, &rows, &error) != 0)
            fail_msg("%s", error.sentence);
        snprintf(file, sizeof file, "%s/%s.csv", folder, cr_export_table_name((enum cr_export_table)k));
        char *const table = bytes_of(file, &size);
        text = realloc(text, used + size + 1);
        assert_non_null(text);
        memcpy(text + used, table, size + 1);
        used += size;
        free(table);
    }
    cr_store_close(&store);
    assert_int_equal(empty_folder(folder), CR_EXPORT_TABLES);
    rmdir(folder);
    return text;
}

/* Two texts are equal, or the first line that is not is shown. */
static inline void same_text(const char *one, const char *other) {
    for (int line = 1; *one || *other; line++) {
        const size_t a = strcspn(one, "\n"), b = strcspn(other, "\n");
        if (a != b || strncmp(one, other, a) != 0)
            fail_msg("line %d: %.*s; but: %.*s", line, (int)a, one, (int)b, other);
        one += a + (one[a] == '\n');
        other += b + (other[b] == '\n');
    }
}

/* Chance: the next number in (0, 1) of a series of its own. */
struct chance {
    uint32_t series, draws;
};

static inline double draw_chance(struct chance *chance) {
    const struct cr_stream stream = {.seed = 1};
    double u[4];
    cr_stream_uniforms(&stream, CR_LUCK_RESAMPLE, chance->series, chance->draws++, 0, u);
    return u[0];
}

/* Waits for a forked child and tells the status that it exited with. */
static inline int wait_for(pid_t child) {
    int how = 0;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how));
    return WEXITSTATUS(how);
}

#endif
