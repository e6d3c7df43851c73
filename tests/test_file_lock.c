#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <time.h>

#include "failing_allocation.h"
#include "io/file_lock.h"
#include "store_place.h"

static void lock_path(const struct store_place *place, char *path, size_t size) {
    snprintf(path, size, "%s-lock", place->store);
}

/* A process that holds the lock until it is killed. */
static pid_t holder_of(const char *path) {
    int ready[2];
    char byte = 0;
    assert_int_equal(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        struct cr_file_lock lock;
        const bool taken = cr_file_lock_take(&lock, path, NULL) == 0;
        (void)!write(ready[1], taken ? "y" : "n", 1);
        for (;;)
            pause();
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void end(pid_t child) {
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void a_lock_is_a_file_beside_the_other_and_goes_when_dropped(void **state) {
    const struct store_place *const place = *state;
    char path[128];
    struct cr_file_lock lock;
    lock_path(place, path, sizeof path);
    assert_int_equal(cr_file_lock_take(&lock, place->store, NULL), 0);
    assert_true(exists(path));
    assert_false(exists(place->store));
    cr_file_lock_drop(&lock);
    assert_false(exists(path));
    cr_file_lock_drop(&lock);
    assert_int_equal(cr_file_lock_take(&lock, place->store, NULL), 0);
    cr_file_lock_drop(&lock);
}

static void another_name_of_the_file_has_the_same_lock(void **state) {
    const struct store_place *const place = *state;
    char path[128], alias[128];
    struct cr_file_lock lock;
    lock_path(place, path, sizeof path);
    snprintf(alias, sizeof alias, "%s-alias", place->store);
    fclose(fopen(place->store, "w"));
    assert_int_equal(symlink(place->store, alias), 0);
    assert_int_equal(cr_file_lock_take(&lock, alias, NULL), 0);
    assert_true(exists(path));
    cr_file_lock_drop(&lock);
    assert_int_equal(unlink(alias), 0);
    assert_int_equal(unlink(place->store), 0);
}

static void a_second_process_is_told_who_holds_it(void **state) {
    const struct store_place *const place = *state;
    char expected[256], path[128];
    struct cr_file_lock lock;
    struct cr_error error = {0};
    const pid_t child = holder_of(place->store);
    assert_int_equal(cr_file_lock_take(&lock, place->store, &error), CR_ERROR_USAGE);
    snprintf(expected, sizeof expected, "%s is being written to by another process (%ld); wait for it or end it first",
        place->store, (long)child);
    assert_string_equal(error.sentence, expected);
    cr_file_lock_drop(&lock);
    lock_path(place, path, sizeof path);
    assert_true(exists(path));
    assert_int_equal(cr_file_lock_take(&lock, place->store, NULL), CR_ERROR_USAGE);
    end(child);
}

static void a_lock_that_a_killed_process_left_does_not_hinder(void **state) {
    const struct store_place *const place = *state;
    char path[128];
    struct cr_file_lock lock;
    end(holder_of(place->store));
    lock_path(place, path, sizeof path);
    assert_true(exists(path));
    assert_int_equal(cr_file_lock_take(&lock, place->store, NULL), 0);
    cr_file_lock_drop(&lock);
    assert_false(exists(path));
}

static void where_no_file_can_be_made_the_sentence_says_why(void **state) {
    (void)state;
    struct cr_file_lock lock;
    struct cr_error error = {0};
    assert_int_equal(cr_file_lock_take(&lock, "/no/such/folder/x.db", &error), CR_ERROR_IO);
    assert_string_equal(error.sentence, "/no/such/folder/x.db-lock cannot be made: No such file or directory");
    cr_file_lock_drop(&lock);
}

/* What processes share that take turns. */
struct turns {
    volatile int inside, taken, clashes;
};

static void take_turns(struct turns *turns, const char *path) {
    for (int done = 0; done < 25;) {
        struct cr_file_lock lock;
        if (cr_file_lock_take(&lock, path, NULL) != 0)
            continue;
        turns->inside++;
        turns->taken++; /* lost if another does the same just now */
        (void)nanosleep(&(struct timespec){.tv_nsec = 20000}, NULL);
        turns->clashes += turns->inside != 1;
        turns->inside--;
        cr_file_lock_drop(&lock);
        done++;
    }
}

static void of_many_processes_one_at_a_time_holds_it(void **state) {
    const struct store_place *const place = *state;
    enum { PROCESSES = 6 };
    struct turns *const turns = shared_memory(sizeof *turns);
    pid_t children[PROCESSES];
    for (int k = 0; k < PROCESSES; k++) {
        children[k] = fork();
        if (children[k] == 0) {
            take_turns(turns, place->store);
            _exit(0);
        }
    }
    for (int k = 0; k < PROCESSES; k++)
        assert_int_equal(wait_for(children[k]), 0);
    assert_int_equal(turns->clashes, 0);
    assert_int_equal(turns->taken, PROCESSES * 25);
    assert_int_equal(files_in(place->folder), 0);
    munmap(turns, sizeof *turns);
}

static void a_program_without_standard_input_locks_and_unlocks_all_the_same(void **state) {
    const struct store_place *const place = *state;
    char path[128];
    lock_path(place, path, sizeof path);
    const pid_t child = fork();
    if (child == 0) {
        struct cr_file_lock lock;
        (void)close(STDIN_FILENO); /* so that the lock's own descriptor is 0 */
        if (cr_file_lock_take(&lock, place->store, NULL) != 0)
            _exit(1);
        cr_file_lock_drop(&lock);
        _exit(exists(path) ? 2 : 0);
    }
    assert_int_equal(wait_for(child), 0);
}

static void without_memory_nothing_is_locked(void **state) {
    const struct store_place *const place = *state;
    struct cr_file_lock lock;
    struct cr_error error = {0};
    const long held = allocations_held;
    allocations_left = 0;
    const int status = cr_file_lock_take(&lock, place->store, &error);
    allocations_left = -1;
    assert_int_equal(status, CR_ERROR_MEMORY);
    assert_int_equal(error.code, CR_ERROR_MEMORY);
    assert_int_equal(files_in(place->folder), 0);
    cr_file_lock_drop(&lock);
    assert_int_equal(cr_file_lock_take(&lock, place->store, NULL), 0);
    cr_file_lock_drop(&lock);
    assert_int_equal(allocations_held, held);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(a_lock_is_a_file_beside_the_other_and_goes_when_dropped),
        IN_A_STORE_PLACE(another_name_of_the_file_has_the_same_lock),
        IN_A_STORE_PLACE(a_second_process_is_told_who_holds_it),
        IN_A_STORE_PLACE(a_lock_that_a_killed_process_left_does_not_hinder),
        cmocka_unit_test(where_no_file_can_be_made_the_sentence_says_why),
        IN_A_STORE_PLACE(of_many_processes_one_at_a_time_holds_it),
        IN_A_STORE_PLACE(a_program_without_standard_input_locks_and_unlocks_all_the_same),
        IN_A_STORE_PLACE(without_memory_nothing_is_locked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
