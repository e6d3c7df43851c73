/* The front of the benchmarks: bench [--quick] [simulation|sweep]. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_value(const void *left, const void *right) {
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return (a > b) - (a < b);
}

double bench_median(double *values, size_t count) {
    qsort(values, count, sizeof *values, by_value);
    return values[count / 2];
}

int main(int argc, char **argv) {
    /* Sweeps fork, which threads do not go well with; so they come first. */
    static const struct {
        const char *name;
        int (*bench)(bool quick);
    } parts[] = {{"sweep", bench_sweep}, {"simulation", bench_simulation}};
    enum { PARTS = sizeof parts / sizeof *parts };
    bool quick = false, chosen[PARTS] = {false}, any = false;
    for (int i = 1; i < argc; i++) {
        bool known = strcmp(argv[i], "--quick") == 0;
        quick = quick || known;
        for (size_t k = 0; k < PARTS; k++)
            if (strcmp(argv[i], parts[k].name) == 0)
                known = any = chosen[k] = true;
        if (!known) {
            (void)fprintf(stderr, "bench: usage: bench [--quick] [simulation|sweep], not %s\n", argv[i]);
            return 2;
        }
    }
    int status = 0;
    for (size_t k = 0; status == 0 && k < PARTS; k++)
        if (chosen[k] || !any)
            status = parts[k].bench(quick);
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
