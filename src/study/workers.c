#include "study/workers.h"

#include <errno.h>
#include <omp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/text.h"
#include "study/outcome_message.h"

/* Both return whether all bytes went; not if the other side is gone. */
static bool send_all(int socket, const void *data, size_t size) {
    const char *from = data;
    while (size > 0) {
        const ssize_t sent = send(socket, from, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        from += sent;
        size -= (size_t)sent;
    }
    return true;
}

static bool receive_all(int socket, void *data, size_t size) {
    char *to = data;
    while (size > 0) {
        const ssize_t received = recv(socket, to, size, 0);
        if (received < 0 && errno == EINTR)
            continue;
        if (received <= 0)
            return false;
        to += received;
        size -= (size_t)received;
    }
    return true;
}

static bool send_run(int socket, const struct cr_waiting_run *run, size_t value_count) {
    const int64_t numbers[2] = {run->run, run->replicate};
    return send_all(socket, numbers, sizeof numbers) && send_all(socket, run->values, value_count * sizeof(double));
}

static bool send_outcome(int socket, const struct cr_run_outcome *outcome) {
    struct cr_outcome_head head;
    cr_outcome_head_from(&head, outcome);
    return send_all(socket, &head, sizeof head) &&
           send_all(socket, outcome->readings, outcome->reading_count * sizeof *outcome->readings);
}

/* The life of a worker's process: ends when there is no one left to work for. */
_Noreturn static void serve(const struct cr_workers *workers, int socket) {
    struct cr_waiting_run run = {.values = calloc(workers->value_count + 1, sizeof(double))};
    int64_t numbers[2];
    bool going = run.values != NULL;
    omp_set_num_threads(1);
    while (going && receive_all(socket, numbers, sizeof numbers) &&
           receive_all(socket, run.values, workers->value_count * sizeof(double))) {
        struct cr_run_outcome outcome;
        memset(&outcome, 0, sizeof outcome);
        run.run = outcome.run = numbers[0];
        run.replicate = numbers[1];
        workers->work(workers->context, &run, &outcome);
        going = send_outcome(socket, &outcome);
        cr_run_outcome_free(&outcome);
    }
    free(run.values);
    _exit(0);
}

static void forget_others(const struct cr_workers *workers) {
    for (size_t k = 0; k < workers->count; k++)
        if (workers->worker[k].process != 0)
            (void)close(workers->worker[k].socket);
}

static int hire(struct cr_workers *workers, struct cr_worker *worker, struct cr_error *error) {
    int pair[2];
    const pid_t parent = getpid();
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
        return cr_error_set(error, CR_ERROR_IO, "no worker can be started: %s", strerror(errno));
    const pid_t process = fork();
    if (process < 0) {
        (void)close(pair[0]);
        (void)close(pair[1]);
        return cr_error_set(error, CR_ERROR_IO, "no worker can be started: %s", strerror(errno));
    }
    if (process == 0) {
        /* What a terminal sends to all of its processes is for the first of them to heed. */
        sigset_t heedless;
        (void)sigemptyset(&heedless);
        (void)sigaddset(&heedless, SIGINT);
        (void)sigaddset(&heedless, SIGHUP);
        (void)sigprocmask(SIG_SETMASK, &heedless, NULL);
#ifdef __linux__
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(0);
#else
        (void)parent;
#endif
        (void)close(pair[0]);
        forget_others(workers);
        serve(workers, pair[1]);
    }
    (void)close(pair[1]);
    worker->process = process;
    worker->socket = pair[0];
    return 0;
}

int cr_workers_start(struct cr_workers *workers, size_t count, cr_crew_work *work, void *context, size_t value_count,
    struct cr_error *error) {
    *workers = (struct cr_workers){.work = work, .context = context, .value_count = value_count};
    workers->worker = calloc(count, sizeof *workers->worker);
    workers->look = calloc(count, sizeof *workers->look);
    if (workers->worker == NULL || workers->look == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %zu workers", count);
    workers->count = count;
    int status = 0;
    for (size_t k = 0; status == 0 && k < count; k++) {
        for (size_t i = 0; status == 0 && i < CR_WORKER_QUEUE; i++) {
            workers->worker[k].queue[i].run.values = calloc(value_count + 1, sizeof(double));
            if (workers->worker[k].queue[i].run.values == NULL)
                status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %zu workers", count);
        }
        if (status == 0)
            status = hire(workers, &workers->worker[k], error);
    }
    return status;
}

/* Waits for the end of a process and says why it came. */
static void bury(struct cr_worker *worker, char *why, size_t size) {
    int how = 0;
    (void)close(worker->socket);
    (void)kill(worker->process, SIGKILL);
    while (waitpid(worker->process, &how, 0) < 0 && errno == EINTR)
        continue;
    worker->process = 0;
    if (WIFSIGNALED(how))
        cr_text_format(why, size, "its process was ended by signal %d (%s)", WTERMSIG(how), strsignal(WTERMSIG(how)));
    else
        cr_text_format(why, size, "its process ended by itself with status %d", WEXITSTATUS(how));
}

void cr_workers_stop(struct cr_workers *workers) {
    char why[1];
    for (size_t k = 0; k < workers->count; k++) {
        struct cr_worker *worker = &workers->worker[k];
        if (worker->process != 0)
            bury(worker, why, sizeof why);
        for (size_t i = 0; i < CR_WORKER_QUEUE; i++)
            free(worker->queue[i].run.values);
    }
    free(workers->worker);
    free(workers->look);
    *workers = (struct cr_workers){0};
}

/* The one with the fewest runs that can take another. */
static struct cr_worker *least_busy(const struct cr_workers *workers) {
    struct cr_worker *best = NULL;
    for (size_t k = 0; k < workers->count; k++) {
        struct cr_worker *each = &workers->worker[k];
        if (each->queued < CR_WORKER_QUEUE && (best == NULL || each->queued < best->queued))
            best = each;
    }
    return best;
}

static bool has_room(void *self) {
    return least_busy(self) != NULL;
}

static void remove_first(struct cr_worker *worker) {
    const struct cr_given_run first = worker->queue[0];
    for (size_t i = 1; i < worker->queued; i++)
        worker->queue[i - 1] = worker->queue[i];
    worker->queue[worker->queued - 1] = first; /* its values serve the next run that is given */
    worker->queued--;
}

/* Replaces a process that has died. Its first run is tried again, or has failed: then `outcome` tells so. */
static int replace(
    struct cr_workers *workers, struct cr_worker *worker, struct cr_run_outcome *outcome, struct cr_error *error) {
    char why[128];
    bury(worker, why, sizeof why);
    memset(outcome, 0, sizeof *outcome); /* part of one may have come */
    if (worker->queued > 0 && ++worker->queue[0].attempts >= CR_WORKER_ATTEMPTS) {
        outcome->run = worker->queue[0].run.run;
        outcome->status = CR_ERROR_IO;
        cr_text_format(
            outcome->sentence, sizeof outcome->sentence, "%s, %d times over", why, worker->queue[0].attempts);
        remove_first(worker);
    }
    const int status = hire(workers, worker, error);
    for (size_t i = 0; status == 0 && i < worker->queued; i++)
        (void)send_run(worker->socket, &worker->queue[i].run, workers->value_count);
    return status;
}

static int give(void *self, const struct cr_waiting_run *run, struct cr_error *error) {
    struct cr_workers *workers = self;
    struct cr_worker *worker = least_busy(workers);
    (void)error;
    struct cr_given_run *given = &worker->queue[worker->queued++];
    given->attempts = 0;
    given->run.run = run->run;
    given->run.replicate = run->replicate;
    memcpy(given->run.values, run->values, workers->value_count * sizeof(double));
    /* If it is dead, `take` finds out. */
    (void)send_run(worker->socket, &given->run, workers->value_count);
    return 0;
}

static int receive(
    struct cr_workers *workers, struct cr_worker *worker, struct cr_run_outcome *outcome, struct cr_error *error) {
    struct cr_outcome_head head;
    memset(outcome, 0, sizeof *outcome);
    if (!receive_all(worker->socket, &head, sizeof head))
        return replace(workers, worker, outcome, error);
    const int status = cr_outcome_from_head(outcome, &head, error);
    if (status != 0)
        return status;
    if (!receive_all(worker->socket, outcome->readings, outcome->reading_count * sizeof *outcome->readings)) {
        cr_run_outcome_free(outcome);
        return replace(workers, worker, outcome, error);
    }
    remove_first(worker);
    return 0;
}

static int take(void *self, double seconds, struct cr_run_outcome *outcome, struct cr_error *error) {
    struct cr_workers *workers = self;
    memset(outcome, 0, sizeof *outcome);
    for (size_t k = 0; k < workers->count; k++)
        workers->look[k] = (struct pollfd){.fd = workers->worker[k].socket, .events = POLLIN};
    if (poll(workers->look, (nfds_t)workers->count, (int)(seconds * 1e3)) <= 0)
        return 0;
    for (size_t k = 0; k < workers->count; k++) {
        const size_t who = (workers->next_look + k) % workers->count;
        if (workers->look[who].revents != 0) {
            workers->next_look = who + 1;
            return receive(workers, &workers->worker[who], outcome, error);
        }
    }
    return 0;
}

struct cr_crew cr_workers_crew(struct cr_workers *workers) {
    return (struct cr_crew){.self = workers, .has_room = has_room, .give = give, .take = take};
}
