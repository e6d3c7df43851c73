#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "failing_allocation.h"
#include "store_place.h"
#include "study/workers.h"

/* What the workers of a test share with it. */
enum { RUNS_MAX = 64, EVERY_RUN = -1 };

struct shared {
    volatile int begun[RUNS_MAX]; /* how often a run was begun */
    volatile pid_t by[RUNS_MAX];  /* and by whom last */
};

struct task {
    struct shared *shared;
    int64_t dies;     /* the run whose process dies; 0: none, EVERY_RUN: all */
    int deaths;       /* how often it does */
    int signal;       /* of what; 0: it exits with status 7 */
    size_t readings;  /* of every run */
    long nanoseconds; /* that a run takes */
};

/* Gives back the number, the replicate, the values, and readings that can be told. */
static void work(void *context, const struct cr_waiting_run *run, struct cr_run_outcome *outcome) {
    const struct task *const task = context;
    struct shared *const shared = task->shared;
    shared->by[run->run] = getpid();
    const int begun = ++shared->begun[run->run];
    if ((run->run == task->dies || task->dies == EVERY_RUN) && begun <= task->deaths) {
        if (task->signal == 0)
            _exit(7);
        (void)signal(task->signal, SIG_DFL);
        (void)raise(task->signal);
    }
    if (task->nanoseconds > 0)
        (void)nanosleep(&(struct timespec){.tv_nsec = task->nanoseconds}, NULL);
    outcome->status = (int)-run->run;
    outcome->seconds = run->values[0] + run->values[1];
    snprintf(outcome->sentence, sizeof outcome->sentence, "replicate %d", (int)run->replicate);
    if (task->readings == 0)
        return;
    outcome->readings = calloc(task->readings, sizeof *outcome->readings);
    outcome->reading_count = task->readings;
    for (size_t k = 0; k < task->readings; k++)
        outcome->readings[k].estimate.value = (double)run->run * 1e6 + (double)k;
}

static void task_begin(struct task *task) {
    *task = (struct task){.shared = shared_memory(sizeof *task->shared)};
}

static void task_end(struct task *task) {
    munmap(task->shared, sizeof *task->shared);
}

static void started(struct cr_workers *workers, size_t count, struct task *task) {
    struct cr_error error = {0};
    if (cr_workers_start(workers, count, work, task, 2, &error) != 0)
        fail_msg("%s", error.sentence);
}

static void check(const struct cr_run_outcome *outcome, const struct task *task) {
    char sentence[64];
    assert_int_equal(outcome->status, (int)-outcome->run);
    assert_true(outcome->seconds == (double)outcome->run + 0.5);
    snprintf(sentence, sizeof sentence, "replicate %d", (int)outcome->run + 100);
    assert_string_equal(outcome->sentence, sentence);
    assert_int_equal(outcome->reading_count, task->readings);
    for (size_t k = 0; k < task->readings; k++)
        assert_true(outcome->readings[k].estimate.value == (double)outcome->run * 1e6 + (double)k);
}

/* Has runs 1 to `count` done; every one must come back once. Those that fail by themselves are kept in `failed`. */
static void have_done(struct cr_workers *workers, const struct task *task, int64_t count, char failed[][512]) {
    const struct cr_crew crew = cr_workers_crew(workers);
    int64_t given = 0, back = 0;
    bool seen[RUNS_MAX] = {false};
    while (back < count) {
        struct cr_run_outcome outcome;
        double values[2] = {(double)given + 1.0, 0.5};
        const struct cr_waiting_run run = {.run = given + 1, .replicate = given + 101, .values = values};
        if (given < count && crew.has_room(crew.self)) {
            assert_int_equal(crew.give(crew.self, &run, NULL), 0);
            given++;
            continue;
        }
        assert_int_equal(crew.take(crew.self, 5.0, &outcome, NULL), 0);
        if (outcome.run == 0)
            continue;
        assert_in_range(outcome.run, 1, given);
        assert_false(seen[outcome.run]);
        seen[outcome.run] = true;
        back++;
        if (strncmp(outcome.sentence, "its process", 11) == 0 && failed != NULL)
            snprintf(failed[outcome.run], 512, "%d: %.200s", outcome.status, outcome.sentence);
        else
            check(&outcome, task);
        cr_run_outcome_free(&outcome);
    }
}

static void every_run_comes_back_with_all_it_gave(void **state) {
    (void)state;
    static const size_t counts[] = {1, 2, 5};
    for (size_t k = 0; k < 3; k++) {
        struct cr_workers workers;
        struct task task;
        task_begin(&task);
        task.readings = 3;
        started(&workers, counts[k], &task);
        have_done(&workers, &task, 30, NULL);
        cr_workers_stop(&workers);
        task_end(&task);
    }
}

static void a_run_may_give_nothing_or_very_much(void **state) {
    (void)state;
    static const size_t readings[] = {0, 100000};
    for (size_t k = 0; k < 2; k++) {
        struct cr_workers workers;
        struct task task;
        task_begin(&task);
        task.readings = readings[k];
        started(&workers, 2, &task);
        have_done(&workers, &task, 6, NULL);
        cr_workers_stop(&workers);
        task_end(&task);
    }
}

static void all_workers_have_their_share(void **state) {
    (void)state;
    enum { WORKERS = 4 };
    struct cr_workers workers;
    struct task task;
    pid_t who[WORKERS] = {0};
    int different = 0;
    task_begin(&task);
    task.nanoseconds = 3000000;
    started(&workers, WORKERS, &task);
    have_done(&workers, &task, 40, NULL);
    for (int run = 1; run <= 40; run++) {
        int k = 0;
        assert_int_equal(task.shared->begun[run], 1);
        assert_true(task.shared->by[run] != getpid());
        while (k < different && who[k] != task.shared->by[run])
            k++;
        if (k == different)
            who[different++] = task.shared->by[run];
    }
    assert_int_equal(different, WORKERS);
    cr_workers_stop(&workers);
    task_end(&task);
}

static void more_workers_than_runs_do_no_harm(void **state) {
    (void)state;
    struct cr_workers workers;
    struct task task;
    task_begin(&task);
    started(&workers, 40, &task);
    have_done(&workers, &task, 3, NULL);
    cr_workers_stop(&workers);
    task_end(&task);
}

static void a_worker_that_is_killed_costs_nothing(void **state) {
    (void)state;
    static const size_t counts[] = {1, 3};
    for (size_t k = 0; k < 2; k++) {
        struct cr_workers workers;
        struct task task;
        task_begin(&task);
        task.dies = 4;
        task.deaths = 1;
        task.signal = SIGKILL;
        task.readings = 2;
        started(&workers, counts[k], &task);
        have_done(&workers, &task, 20, NULL);
        for (int run = 1; run <= 20; run++)
            assert_in_range(task.shared->begun[run], 1, run == 4 || counts[k] > 1 ? 2 : 1);
        assert_int_equal(task.shared->begun[4], 2);
        cr_workers_stop(&workers);
        task_end(&task);
    }
}

static void every_run_may_cost_a_worker(void **state) {
    (void)state;
    struct cr_workers workers;
    struct task task;
    task_begin(&task);
    task.dies = EVERY_RUN;
    task.deaths = 1;
    task.signal = SIGKILL;
    started(&workers, 2, &task);
    have_done(&workers, &task, 20, NULL);
    for (int run = 1; run <= 20; run++)
        assert_int_equal(task.shared->begun[run], 2);
    cr_workers_stop(&workers);
    task_end(&task);
}

static void a_run_whose_worker_dies_twice_has_failed_and_stops_no_other(void **state) {
    (void)state;
    static const struct {
        int signal;
        const char *sentence;
    } ends[] = {{SIGKILL, "-4: its process was ended by signal 9 (Killed), 2 times over"},
        {SIGABRT, "-4: its process was ended by signal 6 (Aborted), 2 times over"},
        {SIGTERM, "-4: its process was ended by signal 15 (Terminated), 2 times over"},
        {0, "-4: its process ended by itself with status 7, 2 times over"}};
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
        struct cr_workers workers;
        struct task task;
        char failed[RUNS_MAX][512];
        memset(failed, 0, sizeof failed);
        task_begin(&task);
        task.dies = 2;
        task.deaths = 1000;
        task.signal = ends[k].signal;
        started(&workers, 2, &task);
        have_done(&workers, &task, 12, failed);
        for (int run = 1; run <= 12; run++)
            assert_string_equal(failed[run], run == 2 ? ends[k].sentence : "");
        assert_int_equal(task.shared->begun[2], CR_WORKER_ATTEMPTS);
        cr_workers_stop(&workers);
        task_end(&task);
    }
}

/* Whether a process is neither there nor waited for. */
static bool is_gone(pid_t process) {
    return kill(process, 0) != 0 && errno == ESRCH;
}

static void stopping_ends_workers_that_are_busy(void **state) {
    (void)state;
    enum { WORKERS = 3 };
    struct cr_workers workers;
    struct task task;
    pid_t processes[WORKERS];
    task_begin(&task);
    task.nanoseconds = 999999999;
    started(&workers, WORKERS, &task);
    const struct cr_crew crew = cr_workers_crew(&workers);
    for (int64_t run = 1; crew.has_room(crew.self); run++) {
        double values[2] = {1.0, 2.0};
        assert_int_equal(crew.give(crew.self, &(struct cr_waiting_run){.run = run, .values = values}, NULL), 0);
    }
    for (int k = 0; k < WORKERS; k++)
        processes[k] = workers.worker[k].process;
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    cr_workers_stop(&workers);
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_true((double)(after.tv_sec - before.tv_sec) + 1e-9 * (double)(after.tv_nsec - before.tv_nsec) < 0.9);
    for (int k = 0; k < WORKERS; k++)
        assert_true(is_gone(processes[k]));
    cr_workers_stop(&workers);
    task_end(&task);
}

static void taking_waits_no_longer_than_it_may(void **state) {
    (void)state;
    struct cr_workers workers;
    struct cr_run_outcome outcome;
    struct task task;
    task_begin(&task);
    started(&workers, 1, &task);
    const struct cr_crew crew = cr_workers_crew(&workers);
    memset(&outcome, 0x7f, sizeof outcome);
    assert_int_equal(crew.take(crew.self, 0.01, &outcome, NULL), 0);
    assert_int_equal(outcome.run, 0);
    assert_null(outcome.readings);
    cr_workers_stop(&workers);
    task_end(&task);
}

static void a_worker_that_dies_idle_is_replaced(void **state) {
    (void)state;
    struct cr_workers workers;
    struct task task;
    task_begin(&task);
    started(&workers, 2, &task);
    assert_int_equal(kill(workers.worker[0].process, SIGKILL), 0);
    assert_int_equal(kill(workers.worker[1].process, SIGKILL), 0);
    have_done(&workers, &task, 10, NULL);
    cr_workers_stop(&workers);
    task_end(&task);
}

static void when_their_parent_is_killed_so_are_they(void **state) {
    (void)state;
    struct task task;
    task_begin(&task);
    int pipes[2];
    pid_t process = 0;
    assert_int_equal(pipe(pipes), 0);
    task.nanoseconds = 999999999;
    const pid_t parent = fork();
    if (parent == 0) {
        struct cr_workers workers;
        double values[2] = {1.0, 2.0};
        started(&workers, 1, &task);
        const struct cr_crew crew = cr_workers_crew(&workers);
        (void)!crew.give(crew.self, &(struct cr_waiting_run){.run = 1, .values = values}, NULL);
        while (task.shared->begun[1] == 0)
            (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        (void)!write(pipes[1], &workers.worker[0].process, sizeof process);
        (void)raise(SIGKILL);
    }
    assert_int_equal(read(pipes[0], &process, sizeof process), sizeof process);
    assert_int_equal(waitpid(parent, NULL, 0), parent);
    /* The pipe ends when the last who holds it has ended. */
    close(pipes[1]);
    struct timespec before, after;
    char byte;
    clock_gettime(CLOCK_MONOTONIC, &before);
    assert_int_equal(read(pipes[0], &byte, 1), 0);
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_true((double)(after.tv_sec - before.tv_sec) + 1e-9 * (double)(after.tv_nsec - before.tv_nsec) < 0.9);
    close(pipes[0]);
    task_end(&task);
}

static void workers_without_standard_input_work_and_end(void **state) {
    (void)state;
    const pid_t child = fork();
    if (child == 0) {
        struct cr_workers workers;
        struct task task;
        task_begin(&task);
        (void)close(STDIN_FILENO); /* so that a socket's descriptor is 0 */
        started(&workers, 1, &task);
        const pid_t process = workers.worker[0].process;
        have_done(&workers, &task, 5, NULL);
        cr_workers_stop(&workers);
        _exit(is_gone(process) ? 0 : 1);
    }
    assert_int_equal(wait_for(child), 0);
}

static void without_memory_none_is_started(void **state) {
    (void)state;
    struct task task;
    struct cr_error error;
    struct cr_workers workers;
    int status = CR_ERROR_MEMORY;
    long n = 0;
    const long held = allocations_held;
    task_begin(&task);
    for (; status != 0; n++) {
        error = (struct cr_error){0};
        allocations_left = n;
        status = cr_workers_start(&workers, 2, work, &task, 2, &error);
        allocations_left = -1;
        assert_true(status == 0 || (status == CR_ERROR_MEMORY && error.code == CR_ERROR_MEMORY));
        cr_workers_stop(&workers);
    }
    assert_int_equal(n, 7); /* two lists and two runs a worker */
    assert_int_equal(allocations_held, held);
    task_end(&task);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_run_comes_back_with_all_it_gave),
        cmocka_unit_test(a_run_may_give_nothing_or_very_much),
        cmocka_unit_test(all_workers_have_their_share),
        cmocka_unit_test(more_workers_than_runs_do_no_harm),
        cmocka_unit_test(a_worker_that_is_killed_costs_nothing),
        cmocka_unit_test(every_run_may_cost_a_worker),
        cmocka_unit_test(a_run_whose_worker_dies_twice_has_failed_and_stops_no_other),
        cmocka_unit_test(stopping_ends_workers_that_are_busy),
        cmocka_unit_test(taking_waits_no_longer_than_it_may),
        cmocka_unit_test(a_worker_that_dies_idle_is_replaced),
        cmocka_unit_test(when_their_parent_is_killed_so_are_they),
        cmocka_unit_test(workers_without_standard_input_work_and_end),
        cmocka_unit_test(without_memory_none_is_started),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
