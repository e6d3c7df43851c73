#include <omp.h>
#include <stdio.h>

#include "bench.h"
#include "model/simulation.h"
#include "sweep_costs.h"

/* Lives through the scenario once; returns agent-weeks a second, or a negative number after telling why not. */
static double once(const struct cr_scenario *scenario, int threads) {
    struct cr_simulation simulation;
    struct cr_error error = {0};
    omp_set_num_threads(threads);
    if (cr_simulation_init(&simulation, scenario, 1, &error) != 0) {
        (void)fprintf(stderr, "bench: %s\n", error.sentence);
        return -1.0;
    }
    double lived = 0.0;
    double taken = 0.0;
    const int32_t weeks = cr_simulation_weeks(scenario);
    while (simulation.week < weeks) {
        lived += cr_simulation_alive(&simulation);
        const double before = sweep_costs_now();
        if (cr_simulation_reserve(&simulation, &error) != 0) {
            (void)fprintf(stderr, "bench: %s\n", error.sentence);
            cr_simulation_free(&simulation);
            return -1.0;
        }
        cr_simulation_step(&simulation);
        taken += sweep_costs_now() - before;
    }
    cr_simulation_free(&simulation);
    return lived / taken;
}

int bench_simulation(bool quick) {
    static const int64_t sizes[] = {1000, 10000, 100000};
    enum { REPEATS_MAX = 5 };
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    scenario.parameters.run_years = 40.0;
    printf("The step of the baseline, births to year 40; million agent-weeks a second, median (minimum to maximum)\n");
    printf("%10s %8s %8s\n", "people", "threads", "repeats");
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes - (quick ? 1 : 0); s++)
        for (int threads = 1; threads <= 2; threads++) {
            double rate[REPEATS_MAX];
            const int repeats = sizes[s] < 100000 ? REPEATS_MAX : 1;
            scenario.parameters.run_people = sizes[s];
            for (int r = 0; r < repeats; r++) {
                rate[r] = once(&scenario, threads);
                if (rate[r] < 0.0) {
                    cr_scenario_free(&scenario);
                    return -1;
                }
            }
            const double median = bench_median(rate, (size_t)repeats);
            printf("%10lld %8d %8d %8.2f  (%.2f to %.2f)\n", (long long)sizes[s], threads, repeats, median / 1e6,
                rate[0] / 1e6, rate[repeats - 1] / 1e6);
            (void)fflush(stdout);
        }
    cr_scenario_free(&scenario);
    return 0;
}
