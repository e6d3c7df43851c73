#include <omp.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "study/sweep.h"
#include "sweep_costs.h"

enum { REPEATS_MAX = 7 };

/* Every `of`-th run of a study of one point, and nothing else. */
_Noreturn static void only_work(const struct cr_study *study, int64_t first, int64_t of) {
    omp_set_num_threads(1);
    for (int64_t k = first; k <= study->scenario.parameters.run_replicates; k += of) {
        struct cr_run_outcome outcome;
        memset(&outcome, 0, sizeof outcome);
        const struct cr_waiting_run run = {.run = k, .replicate = k, .values = study->axes[0].values};
        cr_sweep_work((void *)study, &run, &outcome);
        cr_run_outcome_free(&outcome);
    }
    _exit(0);
}

/* Seconds of the runs alone, in two processes that know nothing of each other: what the machine has to give. */
static double two_processes(const struct cr_study *study) {
    const double begun = sweep_costs_now();
    (void)fflush(stdout);
    for (int k = 1; k <= 2; k++)
        if (fork() == 0)
            only_work(study, k, 2);
    while (wait(NULL) > 0)
        continue;
    return sweep_costs_now() - begun;
}

static int show_efficiency(bool quick) {
    const size_t repeats = quick ? 3 : REPEATS_MAX;
    const int64_t runs = quick ? 48 : 96;
    double sweep[REPEATS_MAX], machine[REPEATS_MAX];
    double run_seconds = 0.0;
    struct cr_study study;
    int status = sweep_costs_study(&study, 1, runs, 1000, 5.0, NULL);
    for (size_t r = 0; status == 0 && r < repeats; r++) {
        struct sweep_costs one, two;
        status = sweep_costs_measure(&study, 1, NULL, 0, &one);
        if (status == 0)
            status = sweep_costs_measure(&study, 2, NULL, 0, &two);
        if (status != 0)
            break;
        sweep[r] = one.seconds / two.seconds / 2.0;
        machine[r] = one.seconds / two_processes(&study) / 2.0;
        run_seconds += one.run_seconds / (double)repeats;
    }
    cr_study_free(&study);
    if (status != 0)
        return status;
    const double median = bench_median(sweep, repeats);
    printf("\nEfficiency of two jobs: seconds of one job / (2 x seconds of two), %lld runs of %.0f ms, %zu repeats\n",
        (long long)runs, 1e3 * run_seconds, repeats);
    printf("%-36s %6.3f  (%.3f to %.3f)\n", "cradle sweep, median", median, sweep[0], sweep[repeats - 1]);
    const double best = bench_median(machine, repeats);
    printf("%-36s %6.3f  (%.3f to %.3f)\n", "two processes without a sweep", best, machine[0], machine[repeats - 1]);
    (void)fflush(stdout);
    return 0;
}

static int show_overhead(bool quick) {
    static const char *const kept[] = {"ssp_share", NULL};
    const size_t repeats = quick ? 3 : 5;
    const int64_t runs = quick ? 2000 : 10000;
    printf("\nOverhead: jobs x seconds a run, less the run's own work; %lld runs of almost no work, %zu repeats\n",
        (long long)runs, repeats);
    printf("%8s  %-12s %12s\n", "jobs", "kept", "ms a run");
    for (size_t jobs = 1; jobs <= 2; jobs++)
        for (size_t k = 0; k < sizeof kept / sizeof *kept; k++) {
            double overhead[REPEATS_MAX];
            struct cr_study study;
            int status = sweep_costs_study(&study, 100, runs / 100, 2, 0.02, kept[k]);
            for (size_t r = 0; status == 0 && r < repeats; r++) {
                struct sweep_costs costs;
                status = sweep_costs_measure(&study, jobs, NULL, 0, &costs);
                overhead[r] = 1e3 * ((double)jobs * costs.seconds / (double)runs - costs.run_seconds);
            }
            cr_study_free(&study);
            if (status != 0)
                return status;
            const double median = bench_median(overhead, repeats);
            printf("%8zu  %-12s %12.3f  (%.3f to %.3f)\n", jobs, kept[k] != NULL ? "one measure" : "all measures",
                median, overhead[0], overhead[repeats - 1]);
            (void)fflush(stdout);
        }
    return 0;
}

static int show_memory(bool quick) {
    static const int64_t full[] = {10000, 100000}, part[] = {1000, 10000};
    const int64_t *looks = quick ? part : full;
    struct cr_study study;
    struct sweep_costs costs;
    int status = sweep_costs_study(&study, 100, looks[1] / 100, 2, 0.02, NULL);
    if (status == 0)
        status = sweep_costs_measure(&study, 2, looks, 2, &costs);
    cr_study_free(&study);
    if (status != 0)
        return status;
    printf("\nMemory over many short runs of all measures, two jobs; MB in memory\n");
    printf("%-16s %12s %12s %8s\n", "runs done", "main", "worker", "");
    for (size_t k = 0; k < 2; k++)
        printf(
            "%-16lld %12.2f %12.2f\n", (long long)looks[k], 1e-6 * costs.main_memory[k], 1e-6 * costs.worker_memory[k]);
    printf("%-16s %11.1f%% %11.1f%%\n", "growth", 100.0 * (costs.main_memory[1] / costs.main_memory[0] - 1.0),
        100.0 * (costs.worker_memory[1] / costs.worker_memory[0] - 1.0));
    printf("%.0f runs a second\n\n", (double)looks[1] / costs.seconds);
    (void)fflush(stdout);
    return 0;
}

int bench_sweep(bool quick) {
    printf("Sweeps\n");
    int status = show_efficiency(quick);
    if (status == 0)
        status = show_overhead(quick);
    return status == 0 ? show_memory(quick) : status;
}
