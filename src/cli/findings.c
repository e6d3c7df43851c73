#include "cli/findings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { LINE_WIDTH = 110 };

static const char *name_of(const struct cr_difference *row, char *buffer, size_t size) {
    return cr_text_format(buffer, size, "%s %s", cr_measures[row->measure].name, row->group);
}

/* How large the difference is beside what matters; -1 where it is undefined. */
static double size_of(const struct cr_difference *row) {
    return row->finding == CR_FINDING_UNDEFINED ? -1.0 : fabs(row->difference.value) / row->least;
}

struct ranked {
    const struct cr_difference *row;
};

/* The largest differences first; those of the same size as they come. */
static int by_size(const void *left, const void *right) {
    const struct cr_difference *a = ((const struct ranked *)left)->row, *b = ((const struct ranked *)right)->row;
    const double x = size_of(a), y = size_of(b);
    if (x != y)
        return x < y ? 1 : -1;
    return (a > b) - (a < b);
}

static void print_row(const struct cr_difference *row) {
    char name[96], effect[24] = "";
    if (!isnan(row->effect))
        cr_text_format(effect, sizeof effect, "%s = %.2f", cr_effect_letter(row->effect_kind), row->effect);
    (void)printf("  %-42.42s %8.3f %8.3f %9.4f [%8.4f,%8.4f] %-11s %.2g\n", name_of(row, name, sizeof name),
        row->first.value, row->second.value, row->difference.value, row->t.low, row->t.high, effect, row->corrected);
}

static void print_finding(const struct ranked *rows, size_t count, enum cr_finding finding) {
    static const char *const headings[CR_FINDINGS] = {[CR_FINDING_DIFFERS] = "What differs",
        [CR_FINDING_SLIGHT] = "What differs, but by less than matters",
        [CR_FINDING_SAME] = "What does not differ by as much as matters",
        [CR_FINDING_OPEN] = "What cannot be told yet",
        [CR_FINDING_UNDEFINED] = "What is undefined"};
    size_t found = 0;
    for (size_t k = 0; k < count; k++)
        found += rows[k].row->finding == finding;
    if (found == 0)
        return;
    (void)printf("\n%s (%zu)\n", headings[finding], found);
    size_t column = 0;
    for (size_t k = 0; k < count; k++) {
        char name[96];
        if (rows[k].row->finding != finding)
            continue;
        if (finding == CR_FINDING_DIFFERS || finding == CR_FINDING_OPEN) {
            print_row(rows[k].row);
            continue;
        }
        /* Names alone, as many to a line as fit. */
        const size_t length = strlen(name_of(rows[k].row, name, sizeof name));
        const bool fits = column > 0 && column + length + 2 <= LINE_WIDTH;
        if (column > 0 && !fits)
            (void)putchar('\n');
        column = (fits ? column : 0) + (size_t)printf("%s%s;", fits ? " " : "  ", name);
    }
    if (column > 0)
        (void)putchar('\n');
}

static int print_comparison(
    const struct cr_compared *compared, const struct cr_scenario *scenarios, size_t k, struct cr_error *error) {
    const struct cr_comparison *comparison = &compared->comparisons[k - 1];
    struct ranked *rows = malloc((comparison->count + 1) * sizeof *rows);
    if (rows == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the table");
    for (size_t r = 0; r < comparison->count; r++)
        rows[r].row = &comparison->row[r];
    (void)printf("\n%s compared with %s: %lld replicates of each, %s\n", scenarios[k].name, scenarios[0].name,
        (long long)compared->replicates, comparison->paired ? "paired under common luck" : "each with luck of its own");
    if (comparison->paired && cr_comparison_is_exactly_equal(comparison)) {
        (void)printf("\nNothing differs: every measure is exactly the same in every pair of replicates.\n");
        free(rows);
        return 0;
    }
    qsort(rows, comparison->count, sizeof *rows, by_size);
    (void)printf("\n  %-42s %8.8s %8.8s %9s %-19s %-11s %s\n", "measure, group", scenarios[0].name, scenarios[k].name,
        "differ by", "", "effect", "p");
    for (int finding = 0; finding < CR_FINDINGS; finding++)
        print_finding(rows, comparison->count, (enum cr_finding)finding);
    free(rows);
    const double gain = cr_comparison_median_gain(comparison);
    if (!isnan(gain))
        (void)printf("\nPairing divides the variance of the differences by %.1f (median).\n", gain);
    return 0;
}

/* The same persons under two histories. */
static void print_who_differs(const struct cr_compared *compared, size_t k) {
    const struct cr_fates *first = &compared->histories[0].fates, *second = &compared->histories[k].fates;
    if (!compared->comparisons[k - 1].paired || first->people != second->people)
        return;
    (void)printf("\nWho differs: of the same persons under both histories\n");
    for (int trait = 0; trait < CR_TRAITS; trait++) {
        const struct cr_changes changes = cr_fates_compare(first, second, (enum cr_trait)trait);
        if (changes.known == 0)
            continue;
        int from = 0, to = 0;
        int64_t largest = 0;
        for (int i = 0; i < cr_trait_values((enum cr_trait)trait); i++)
            for (int j = 0; j < cr_trait_values((enum cr_trait)trait); j++)
                if (i != j && changes.count[i][j] > largest) {
                    largest = changes.count[i][j];
                    from = i;
                    to = j;
                }
        (void)printf("  %-18s %5.1f %% of %lld changed", cr_trait_name((enum cr_trait)trait),
            100.0 * (double)changes.changed / (double)changes.known, (long long)changes.known);
        if (largest > 0)
            (void)printf("; most often from %s to %s (%.1f %%)", cr_trait_value_name((enum cr_trait)trait, from),
                cr_trait_value_name((enum cr_trait)trait, to), 100.0 * (double)largest / (double)changes.known);
        (void)putchar('\n');
    }
}

static int print_log_rank(const struct cr_compared *compared, size_t k, struct cr_error *error) {
    const struct cr_lengths *both[] = {&compared->histories[0].lengths, &compared->histories[k].lengths};
    struct cr_log_rank test;
    const int status = cr_lengths_log_rank(both, 2, &test, error);
    if (status == 0 && !isnan(test.p))
        (void)printf("\nRelationships: %zu and %zu; log-rank chi2(%lld) = %.2f, p = %.2g, as if those of one run were "
                     "independent\n",
            both[0]->count, both[1]->count, (long long)test.df, test.chi2, test.p);
    return status;
}

int cr_findings_print(const struct cr_compared *compared, const struct cr_scenario *scenarios, struct cr_error *error) {
    int status = 0;
    for (size_t k = 1; status == 0 && k < compared->count; k++) {
        status = print_comparison(compared, scenarios, k, error);
        if (status == 0)
            print_who_differs(compared, k);
        if (status == 0)
            status = print_log_rank(compared, k, error);
    }
    const struct cr_comparison *first = &compared->comparisons[0];
    if (status == 0)
        (void)printf("\n[%g %% intervals by Student's t%s; p corrected over %zu measures (Benjamini & Hochberg);\n"
                     " effects: h of shares, q of correlations, d of means over the sd between persons; what matters: "
                     "a share\n of .02, a correlation of .05, a scale point of .1, and so on]\n",
            100.0 * first->level, first->paired ? " over pairs" : " (Welch)", first->tests);
    return status;
}
