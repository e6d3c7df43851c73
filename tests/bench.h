#ifndef CR_TESTS_BENCH_H
#define CR_TESTS_BENCH_H

#include <stdbool.h>
#include <stddef.h>

/* The parts of `./dev bench`. Each prints its tables; `quick` takes less time and tells less. They return 0, or -1
 * after telling why not on the standard error. */

/* How fast the simulation steps: agent-weeks a second at 1,000, 10,000 and 100,000 people, on one thread and on two. */
int bench_simulation(bool quick);

/* What sweeps cost beside their runs: the efficiency of two jobs, the overhead of a run, memory over many runs. Call
 * while the process has one thread. */
int bench_sweep(bool quick);

/* Sorts the values and returns the middle one. */
double bench_median(double *values, size_t count);

#endif
