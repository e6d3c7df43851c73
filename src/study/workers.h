#ifndef CR_STUDY_WORKERS_H
#define CR_STUDY_WORKERS_H

#include <poll.h>
#include <sys/types.h>

#include "study/crew.h"

/* A crew of processes of this machine, forked from this one, each doing one run at a time on one thread. A process
 * that dies (a defect, or the system short of memory) takes nothing with it: another is forked and its run is tried
 * once more; a run whose process dies twice has failed. When this process dies, so do they. */

enum { CR_WORKER_QUEUE = 2, CR_WORKER_ATTEMPTS = 2 };

/* A run that was given and has not come back. */
struct cr_given_run {
    struct cr_waiting_run run; /* its values: owned by the worker */
    int attempts;              /* how many processes it has cost */
};

struct cr_worker {
    pid_t process;                              /* 0: there is none */
    int socket;                                 /* towards it */
    struct cr_given_run queue[CR_WORKER_QUEUE]; /* the first is being done */
    size_t queued;
};

struct cr_workers {
    cr_crew_work *work;
    void *context;            /* borrowed */
    size_t value_count;       /* values of a run, one an axis */
    struct cr_worker *worker; /* owned */
    size_t count;
    struct pollfd *look; /* owned: for each, whether there is something to take */
    size_t next_look;    /* whose outcome is taken first, so that none waits for ever */
};

/* Forks `count` processes. Call while the process has one thread. Each process inherits what `context` holds.
 * CR_ERROR_IO, CR_ERROR_MEMORY. Stop in any case. */
CR_NODISCARD int cr_workers_start(struct cr_workers *workers, size_t count, cr_crew_work *work, void *context,
    size_t value_count, struct cr_error *error);

/* Them as a crew; borrows `workers`. */
struct cr_crew cr_workers_crew(struct cr_workers *workers);

/* Ends the processes, whatever they are doing; safe twice. */
void cr_workers_stop(struct cr_workers *workers);

#endif
