#include "study/ranks.h"

#include <mpi.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "study/outcome_message.h"

/* TAG_LEAVE is to stop without finalizing, because a rank was lost. */
enum tag { TAG_RUN, TAG_OUTCOME, TAG_BEAT, TAG_STOP, TAG_LEAVE, TAG_BYE };

enum { FINALIZE_SECONDS = 10 };

#define NAP_SECONDS 0.001
#define FAREWELL_SECONDS 2.0
/* Rank 0 may be kept by its disk. */
#define LEADER_SILENCE_SECONDS (6.0 * CR_RANK_SILENCE_SECONDS)

/* A run on its way to a rank: two numbers, then the values. The buffer outlives the sending. */
struct letter {
    double *values; /* owned; the first two are the numbers' bytes */
    MPI_Request sending;
};

struct cr_rank {
    bool lost;
    double heard;
    struct cr_given_run *queue; /* owned; runs that it has, their values owned */
    struct letter *letters;     /* owned; one a place in the queue */
    size_t queued, next_letter;
};

static void send_empty(int to, enum tag tag) {
    MPI_Request request;
    if (MPI_Isend(NULL, 0, MPI_BYTE, to, (int)tag, MPI_COMM_WORLD, &request) == MPI_SUCCESS)
        (void)MPI_Request_free(&request);
}

static int make_others(struct cr_ranks *ranks) {
    ranks->others = calloc((size_t)ranks->size, sizeof *ranks->others);
    ranks->orphans = calloc((size_t)ranks->size * ranks->depth, sizeof *ranks->orphans);
    if (ranks->others == NULL || ranks->orphans == NULL)
        return CR_ERROR_MEMORY;
    for (int r = 1; r < ranks->size; r++) {
        struct cr_rank *other = &ranks->others[r];
        other->heard = cr_clock_seconds();
        other->queue = calloc(ranks->depth, sizeof *other->queue);
        other->letters = calloc(ranks->depth, sizeof *other->letters);
        if (other->queue == NULL || other->letters == NULL)
            return CR_ERROR_MEMORY;
        for (size_t k = 0; k < ranks->depth; k++) {
            other->queue[k].run.values = calloc(ranks->value_count + 1, sizeof(double));
            other->letters[k] =
                (struct letter){.values = calloc(ranks->value_count + 2, sizeof(double)), .sending = MPI_REQUEST_NULL};
            if (other->queue[k].run.values == NULL || other->letters[k].values == NULL)
                return CR_ERROR_MEMORY;
        }
    }
    for (size_t k = 0; k < (size_t)ranks->size * ranks->depth; k++) {
        ranks->orphans[k].run.values = calloc(ranks->value_count + 1, sizeof(double));
        if (ranks->orphans[k].run.values == NULL)
            return CR_ERROR_MEMORY;
    }
    return 0;
}

static void free_others(struct cr_ranks *ranks) {
    for (int r = 1; ranks->others != NULL && r < ranks->size; r++) {
        struct cr_rank *other = &ranks->others[r];
        for (size_t k = 0; k < ranks->depth; k++) {
            if (other->queue != NULL)
                free(other->queue[k].run.values);
            if (other->letters != NULL)
                free(other->letters[k].values);
        }
        free(other->queue);
        free(other->letters);
    }
    for (size_t k = 0; ranks->orphans != NULL && k < (size_t)ranks->size * ranks->depth; k++)
        free(ranks->orphans[k].run.values);
    free(ranks->others);
    free(ranks->orphans);
}

int cr_ranks_start(struct cr_ranks *ranks, size_t jobs, cr_crew_work *work, void *context, size_t value_count,
    struct cr_error *error) {
    *ranks = (struct cr_ranks){.value_count = value_count, .depth = jobs * CR_WORKER_QUEUE};
    int status = cr_workers_start(&ranks->local, jobs, work, context, value_count, error);
    if (status != 0)
        return status;
    if (MPI_Init(NULL, NULL) != MPI_SUCCESS)
        return cr_error_set(error, CR_ERROR_IO, "MPI cannot be started");
    ranks->initialized = true;
    (void)MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    (void)MPI_Comm_rank(MPI_COMM_WORLD, &ranks->rank);
    (void)MPI_Comm_size(MPI_COMM_WORLD, &ranks->size);
    ranks->last_beat = cr_clock_seconds();
    if (ranks->rank == 0 && make_others(ranks) != 0)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %d ranks", ranks->size);
    return 0;
}

static void copy_run(const struct cr_ranks *ranks, struct cr_given_run *to, const struct cr_waiting_run *run) {
    to->run.run = run->run;
    to->run.replicate = run->replicate;
    memcpy(to->run.values, run->values, ranks->value_count * sizeof(double));
}

static void beat(struct cr_ranks *ranks) {
    const double time = cr_clock_seconds();
    if (time - ranks->last_beat < CR_RANK_BEAT_SECONDS)
        return;
    ranks->last_beat = time;
    if (ranks->rank != 0)
        send_empty(0, TAG_BEAT);
    for (int r = 1; ranks->rank == 0 && r < ranks->size; r++)
        send_empty(r, TAG_BEAT);
}

/* The rank with the fewest runs that can take another; 0: none. */
static int least_busy(const struct cr_ranks *ranks) {
    int best = 0;
    for (int r = 1; r < ranks->size; r++) {
        const struct cr_rank *each = &ranks->others[r];
        if (!each->lost && each->queued < ranks->depth && (best == 0 || each->queued < ranks->others[best].queued))
            best = r;
    }
    return best;
}

static void send_run(struct cr_ranks *ranks, int to, const struct cr_waiting_run *run) {
    struct cr_rank *other = &ranks->others[to];
    copy_run(ranks, &other->queue[other->queued++], run);
    struct letter *letter = &other->letters[other->next_letter];
    other->next_letter = (other->next_letter + 1) % ranks->depth;
    /* The rank has answered what went out in this buffer before, so it has arrived. */
    (void)MPI_Wait(&letter->sending, MPI_STATUS_IGNORE);
    const int64_t numbers[2] = {run->run, run->replicate};
    memcpy(letter->values, numbers, sizeof numbers);
    memcpy(letter->values + 2, run->values, ranks->value_count * sizeof(double));
    (void)MPI_Isend(letter->values, (int)((ranks->value_count + 2) * sizeof(double)), MPI_BYTE, to, TAG_RUN,
        MPI_COMM_WORLD, &letter->sending);
}

static bool has_room(void *self) {
    struct cr_ranks *ranks = self;
    const struct cr_crew local = cr_workers_crew(&ranks->local);
    return ranks->orphan_count == 0 && (least_busy(ranks) != 0 || local.has_room(local.self));
}

static int give(void *self, const struct cr_waiting_run *run, struct cr_error *error) {
    struct cr_ranks *ranks = self;
    const struct cr_crew local = cr_workers_crew(&ranks->local);
    const int to = least_busy(ranks);
    /* Others first: their way is longer. */
    if (to != 0 && (ranks->others[to].queued == 0 || !local.has_room(local.self))) {
        send_run(ranks, to, run);
        return 0;
    }
    if (local.has_room(local.self))
        return local.give(local.self, run, error);
    send_run(ranks, to, run);
    return 0;
}

static int give_orphans(struct cr_ranks *ranks, struct cr_error *error) {
    const struct cr_crew local = cr_workers_crew(&ranks->local);
    int status = 0;
    while (status == 0 && ranks->orphan_count > 0 && (least_busy(ranks) != 0 || local.has_room(local.self)))
        status = give(ranks, &ranks->orphans[--ranks->orphan_count].run, error);
    return status;
}

static void look_for_lost(struct cr_ranks *ranks) {
    const double time = cr_clock_seconds();
    for (int r = 1; r < ranks->size; r++) {
        struct cr_rank *other = &ranks->others[r];
        if (other->lost || time - other->heard < CR_RANK_SILENCE_SECONDS)
            continue;
        other->lost = ranks->lost = true;
        for (size_t k = 0; k < other->queued; k++)
            copy_run(ranks, &ranks->orphans[ranks->orphan_count++], &other->queue[k].run);
        other->queued = 0;
    }
}

/* Takes the run off the rank's queue; false if it is not there, having been given to another meanwhile. */
static bool cross_off(struct cr_ranks *ranks, int rank, int64_t run) {
    struct cr_rank *other = &ranks->others[rank];
    for (size_t k = 0; k < other->queued; k++)
        if (other->queue[k].run.run == run) {
            const struct cr_given_run last = other->queue[--other->queued];
            other->queue[other->queued] = other->queue[k];
            other->queue[k] = last;
            return true;
        }
    return false;
}

/* An outcome's bytes, as one message. */
static int unpack(const char *bytes, size_t size, struct cr_run_outcome *outcome, struct cr_error *error) {
    struct cr_outcome_head head;
    memcpy(&head, bytes, sizeof head);
    const int status = cr_outcome_from_head(outcome, &head, error);
    if (status == 0)
        memcpy(outcome->readings, bytes + sizeof head, size - sizeof head);
    return status;
}

/* Receives a message that has been found; its bytes are the caller's. */
static char *receive(MPI_Message *message, const MPI_Status *found, size_t *size) {
    int count = 0;
    (void)MPI_Get_count(found, MPI_BYTE, &count);
    char *bytes = malloc((size_t)count + 1);
    if (bytes != NULL)
        (void)MPI_Mrecv(bytes, count, MPI_BYTE, message, MPI_STATUS_IGNORE);
    *size = (size_t)count;
    return bytes;
}

/* Takes one message, if there is any; an outcome if it brought one that is wanted. */
static int take_message(struct cr_ranks *ranks, bool *any, struct cr_run_outcome *outcome, struct cr_error *error) {
    MPI_Message message;
    MPI_Status found;
    int there = 0;
    (void)MPI_Improbe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &message, &found);
    *any = there != 0;
    if (!*any)
        return 0;
    size_t size;
    char *bytes = receive(&message, &found, &size);
    if (bytes == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for what a rank sent");
    struct cr_rank *sender = &ranks->others[found.MPI_SOURCE];
    sender->heard = cr_clock_seconds();
    sender->lost = false;
    int status = 0;
    if (found.MPI_TAG == TAG_OUTCOME)
        status = unpack(bytes, size, outcome, error);
    free(bytes);
    if (status == 0 && outcome->run != 0 && !cross_off(ranks, found.MPI_SOURCE, outcome->run)) {
        cr_run_outcome_free(outcome);
        memset(outcome, 0, sizeof *outcome);
    }
    return status;
}

static int take(void *self, double seconds, struct cr_run_outcome *outcome, struct cr_error *error) {
    struct cr_ranks *ranks = self;
    const struct cr_crew local = cr_workers_crew(&ranks->local);
    const double until = cr_clock_seconds() + seconds;
    memset(outcome, 0, sizeof *outcome);
    do {
        bool any = true;
        int status = 0;
        while (status == 0 && any && outcome->run == 0)
            status = take_message(ranks, &any, outcome, error);
        beat(ranks);
        look_for_lost(ranks);
        if (status == 0)
            status = give_orphans(ranks, error);
        if (status == 0 && outcome->run == 0)
            status = local.take(local.self, NAP_SECONDS, outcome, error);
        if (status != 0)
            return status;
    } while (outcome->run == 0 && cr_clock_seconds() < until);
    return 0;
}

struct cr_crew cr_ranks_crew(struct cr_ranks *ranks) {
    return (struct cr_crew){.self = ranks, .has_room = has_room, .give = give, .take = take};
}

/* What a rank other than 0 knows while it serves. */
struct service {
    struct cr_ranks *ranks;
    struct cr_waiting_run run; /* its values: owned */
    double heard;              /* of rank 0 */
    bool stopped;
};

static int heed(struct service *service, struct cr_error *error) {
    const struct cr_crew local = cr_workers_crew(&service->ranks->local);
    MPI_Message message;
    MPI_Status found;
    int there = 0, status = 0;
    (void)MPI_Improbe(0, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &message, &found);
    if (there == 0)
        return 0;
    size_t size;
    char *bytes = receive(&message, &found, &size);
    if (bytes == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for what rank 0 sent");
    service->heard = cr_clock_seconds();
    service->ranks->lost = found.MPI_TAG == TAG_LEAVE;
    service->stopped = found.MPI_TAG == TAG_STOP || found.MPI_TAG == TAG_LEAVE;
    if (found.MPI_TAG == TAG_RUN) {
        int64_t numbers[2];
        memcpy(numbers, bytes, sizeof numbers);
        memcpy(service->run.values, bytes + sizeof numbers, size - sizeof numbers);
        service->run.run = numbers[0];
        service->run.replicate = numbers[1];
        status = local.give(local.self, &service->run, error);
    }
    free(bytes);
    return status;
}

static int check_leader(const struct service *service, struct cr_error *error) {
    return cr_clock_seconds() - service->heard < LEADER_SILENCE_SECONDS
               ? 0
               : cr_error_set(error, CR_ERROR_IO, "rank 0 has not been heard of for too long");
}

/* Sends an outcome, and goes on living meanwhile. */
static int send_outcome(struct service *service, const struct cr_run_outcome *outcome, struct cr_error *error) {
    struct cr_outcome_head head;
    const size_t tail = outcome->reading_count * sizeof *outcome->readings;
    char *bytes = malloc(sizeof head + tail);
    if (bytes == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for what a run gave");
    cr_outcome_head_from(&head, outcome);
    memcpy(bytes, &head, sizeof head);
    if (tail > 0)
        memcpy(bytes + sizeof head, outcome->readings, tail);
    MPI_Request sending;
    int status = 0, sent = 0;
    (void)MPI_Isend(bytes, (int)(sizeof head + tail), MPI_BYTE, 0, TAG_OUTCOME, MPI_COMM_WORLD, &sending);
    (void)MPI_Test(&sending, &sent, MPI_STATUS_IGNORE);
    while (status == 0 && sent == 0 && !service->stopped) {
        beat(service->ranks);
        status = heed(service, error);
        if (status == 0)
            status = check_leader(service, error);
        (void)MPI_Test(&sending, &sent, MPI_STATUS_IGNORE);
    }
    if (sent != 0)
        free(bytes); /* what is still being sent must stay */
    return status;
}

int cr_ranks_serve(struct cr_ranks *ranks, struct cr_error *error) {
    const struct cr_crew local = cr_workers_crew(&ranks->local);
    struct service service = {.ranks = ranks, .heard = cr_clock_seconds()};
    service.run.values = calloc(ranks->value_count + 1, sizeof(double));
    int status = service.run.values != NULL
                     ? 0
                     : cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the runs of a rank");
    while (status == 0 && !service.stopped) {
        struct cr_run_outcome outcome;
        beat(ranks);
        status = heed(&service, error);
        if (status == 0)
            status = check_leader(&service, error);
        if (status != 0 || service.stopped)
            break;
        status = local.take(local.self, NAP_SECONDS, &outcome, error);
        if (status == 0 && outcome.run != 0)
            status = send_outcome(&service, &outcome, error);
        cr_run_outcome_free(&outcome);
    }
    free(service.run.values);
    return status;
}

/* Waits until all that live have said farewell, so that finalizing does not hang; false if any did not. */
static bool part(struct cr_ranks *ranks) {
    const double until = cr_clock_seconds() + FAREWELL_SECONDS;
    int left = ranks->size - 1;
    for (int r = 1; r < ranks->size; r++)
        send_empty(r, ranks->lost ? TAG_LEAVE : TAG_STOP);
    while (left > 0 && cr_clock_seconds() < until) {
        MPI_Message message;
        MPI_Status found;
        int there = 0;
        size_t size;
        (void)MPI_Improbe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &message, &found);
        if (there != 0) {
            free(receive(&message, &found, &size));
            left -= found.MPI_TAG == TAG_BYE;
        } else {
            (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        }
    }
    return left == 0;
}

void cr_ranks_stop(struct cr_ranks *ranks) {
    if (ranks->initialized) {
        bool all = true;
        if (ranks->rank == 0)
            all = part(ranks);
        else
            send_empty(0, TAG_BYE);
        /* Where a rank was lost just now, finalizing hangs in those that do not know it yet. */
        (void)alarm(ranks->rank == 0 ? 0 : FINALIZE_SECONDS);
        if (all && !ranks->lost)
            (void)MPI_Finalize();
        (void)alarm(0);
    }
    free_others(ranks);
    cr_workers_stop(&ranks->local);
    *ranks = (struct cr_ranks){0};
}
