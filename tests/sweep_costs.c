#include "sweep_costs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "study/sweep.h"
#include "study/workers.h"

double sweep_costs_now(void) {
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int tell(const struct cr_error *error) {
    (void)fprintf(stderr, "the costs of a sweep cannot be measured: %s\n", error->sentence);
    return -1;
}

static int keep_alone(struct cr_study *study, const char *measure, struct cr_error *error) {
    study->measures.kept = calloc(1, sizeof *study->measures.kept);
    if (study->measures.kept == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for a study");
    study->measures.kept[0].measure = cr_measure_find(measure);
    study->measures.count = 1;
    study->measures.all = false;
    return 0;
}

int sweep_costs_study(
    struct cr_study *study, int64_t points, int64_t replicates, int64_t people, double years, const char *measure) {
    struct cr_error error = {0};
    struct cr_axis *axis;
    cr_study_init(study);
    study->scenario.parameters.run_people = people;
    study->scenario.parameters.run_years = years;
    study->scenario.parameters.run_replicates = replicates;
    int status = cr_study_add_axis(study, "caregiving.sensitivity", &axis, "", &error);
    for (int64_t k = 0; status == 0 && k < points; k++)
        status = cr_axis_add_value(axis, 0.3 + 0.6 * (double)k / (double)points, &error);
    if (status == 0 && measure != NULL)
        status = keep_alone(study, measure, &error);
    if (status == 0)
        status = cr_study_check(study, &error);
    return status == 0 ? 0 : tell(&error);
}

/* Bytes of a process that are in memory; 0 when it is gone. */
static double memory_of(pid_t process) {
    char path[64], line[256] = "";
    (void)snprintf(path, sizeof path, "/proc/%ld/statm", (long)process);
    FILE *stream = fopen(path, "r");
    if (stream == NULL)
        return 0.0;
    const char *blank = fgets(line, sizeof line, stream) != NULL ? strchr(line, ' ') : NULL;
    (void)fclose(stream);
    return blank != NULL ? (double)strtol(blank, NULL, 10) * (double)sysconf(_SC_PAGESIZE) : 0.0;
}

struct watch {
    struct sweep_costs *costs;
    const struct cr_workers *workers;
    const int64_t *looks;
    size_t look_count, looked;
    int64_t runs;
};

static void add_run(void *context, const struct cr_run_outcome *outcome) {
    struct watch *watch = context;
    watch->costs->run_seconds += outcome->seconds;
    watch->runs++;
    if (watch->looked < watch->look_count && watch->runs == watch->looks[watch->looked]) {
        watch->costs->main_memory[watch->looked] = memory_of(getpid());
        watch->costs->worker_memory[watch->looked] = memory_of(watch->workers->worker[0].process);
        watch->looked++;
    }
}

static int run(const struct cr_study *study, size_t jobs, const char *path, struct watch *watch) {
    struct cr_error error = {0};
    struct cr_workers workers;
    struct cr_sweep_state state;
    const double begun = sweep_costs_now();
    int status = cr_workers_start(&workers, jobs, cr_sweep_work, (void *)study, study->axis_count, &error);
    watch->workers = &workers;
    if (status == 0) {
        const struct cr_crew crew = cr_workers_crew(&workers);
        const struct cr_sweep_plan plan = {
            .study = study, .path = path, .shard = 1, .shards = 1, .crew = &crew, .told = add_run, .context = watch};
        status = cr_sweep_run(&plan, &state, &error);
        if (status == 0 && state.tally.failed > 0)
            status = cr_error_set(&error, CR_ERROR_NUMERIC, "%lld runs failed", (long long)state.tally.failed);
    }
    cr_workers_stop(&workers);
    watch->costs->seconds = sweep_costs_now() - begun;
    watch->costs->run_seconds /= (double)watch->runs;
    return status == 0 ? 0 : tell(&error);
}

int sweep_costs_measure(
    const struct cr_study *study, size_t jobs, const int64_t *looks, size_t look_count, struct sweep_costs *costs) {
    const char *temporary = getenv("TMPDIR");
    char folder[512], path[544];
    *costs = (struct sweep_costs){0};
    (void)snprintf(folder, sizeof folder, "%s/cradle_sweep_XXXXXX", temporary != NULL ? temporary : "/tmp");
    if (mkdtemp(folder) == NULL) {
        (void)fprintf(stderr, "the folder %s cannot be made\n", folder);
        return -1;
    }
    (void)snprintf(path, sizeof path, "%s/store.db", folder);
    struct watch watch = {.costs = costs, .looks = looks, .look_count = look_count};
    const int status = run(study, jobs, path, &watch);
    (void)unlink(path);
    (void)rmdir(folder);
    return status;
}
