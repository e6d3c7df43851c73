#include "study/sensitivity.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/sweeping.h"

/* A line of the table: an axis, with its indices. */
struct line {
    const struct cr_stored_index *rank; /* what lines are sorted by: the total index, or mu* */
    const struct cr_stored_index *other, *third;
};

static int compare_lines(const void *one, const void *another) {
    const struct line *a = one, *b = another;
    const double x = isnan(a->rank->value) ? -1e300 : a->rank->value;
    const double y = isnan(b->rank->value) ? -1e300 : b->rank->value;
    return x != y ? (x < y) - (x > y) : strcmp(a->rank->parameter, b->rank->parameter);
}

static void print_number(const struct cr_stored_index *index) {
    if (isnan(index->value))
        (void)printf("  %28s", "NA");
    else
        (void)printf("  %8.3g  [%8.3g, %8.3g]", index->value, index->low, index->high);
}

static void print_reading(
    const struct cr_sensitivity *sensitivity, size_t reading, const struct cr_study *study, struct line *lines) {
    const bool morris = study->settings.design == CR_DESIGN_MORRIS;
    const struct cr_stored_index *rows = sensitivity->rows + reading * sensitivity->rows_a_reading;
    const size_t each = morris ? 3 : 2;
    for (size_t i = 0; i < study->axis_count; i++)
        lines[i] = morris ? (struct line){&rows[each * i], &rows[each * i + 1], &rows[each * i + 2]}
                          : (struct line){&rows[each * i + 1], &rows[each * i], NULL};
    qsort(lines, study->axis_count, sizeof *lines, compare_lines);
    int64_t least = lines[0].rank->n, most = least;
    for (size_t i = 1; i < study->axis_count; i++) {
        least = lines[i].rank->n < least ? lines[i].rank->n : least;
        most = lines[i].rank->n > most ? lines[i].rank->n : most;
    }
    char n[48];
    cr_text_format(n, sizeof n, least == most ? "%lld" : "%lld to %lld", (long long)least, (long long)most);
    (void)printf("\n%s, %s (n = %s)\n  %-36s  %-28s  %-28s%s\n", rows->measure, rows->group, n, "",
        morris ? "mu*" : "total", morris ? "mu" : "first order", morris ? "  sigma" : "");
    for (size_t i = 0; i < study->axis_count; i++) {
        (void)printf("  %-36s", lines[i].rank->parameter);
        print_number(lines[i].rank);
        print_number(lines[i].other);
        if (lines[i].third != NULL)
            print_number(lines[i].third);
        (void)putchar('\n');
    }
}

/* The largest second-order indices of a reading. */
static void print_pairs(const struct cr_sensitivity *sensitivity, size_t reading, const struct cr_study *study) {
    enum { MOST = 3 };
    const struct cr_stored_index *rows = sensitivity->rows + reading * sensitivity->rows_a_reading;
    const struct cr_stored_index *best[MOST] = {NULL};
    for (size_t k = 2 * study->axis_count; k < sensitivity->rows_a_reading; k++)
        for (size_t place = 0; place < MOST; place++)
            if (rows[k].low > 0.0 && (best[place] == NULL || rows[k].value > best[place]->value)) {
                for (size_t last = MOST - 1; last > place; last--)
                    best[last] = best[last - 1];
                best[place] = &rows[k];
                break;
            }
    for (size_t place = 0; place < MOST && best[place] != NULL; place++)
        (void)printf("  %s with %s: second order %.3g [%.3g, %.3g]\n", best[place]->parameter, best[place]->other,
            best[place]->value, best[place]->low, best[place]->high);
}

static bool is_wanted(const struct cr_stored_reading *reading, const char *wanted) {
    if (wanted == NULL)
        return true;
    const size_t length = strlen(reading->measure);
    return strncmp(reading->measure, wanted, length) == 0 &&
           (wanted[length] == '\0' || (wanted[length] == ':' && strcmp(wanted + length + 1, reading->group) == 0));
}

static int print(const struct cr_sensitivity *sensitivity, const struct cr_study *study, const char *wanted,
    double level, struct cr_error *error) {
    struct line *lines = calloc(study->axis_count, sizeof *lines);
    size_t printed = 0;
    if (lines == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the table");
    for (size_t k = 0; k < sensitivity->readings.count; k++)
        if (is_wanted(&sensitivity->readings.reading[k], wanted)) {
            print_reading(sensitivity, k, study, lines);
            if (study->settings.design == CR_DESIGN_SALTELLI)
                print_pairs(sensitivity, k, study);
            printed++;
        }
    free(lines);
    if (printed == 0)
        return cr_error_set(error, CR_ERROR_USAGE, "the study keeps no measure %s", wanted);
    (void)printf("\n[%g %% intervals, bootstrap%s]\n", 100.0 * level,
        study->settings.design == CR_DESIGN_MORRIS
            ? "; mu*, mu and sigma in units of the measure, for a move over the whole range of a parameter"
            : "; shares of the variance over the ranges of the parameters");
    if (sensitivity->left_out > 0)
        (void)printf("note: up to %lld %s left out for want of a value\n", (long long)sensitivity->left_out,
            study->settings.design == CR_DESIGN_MORRIS ? "effects were" : "base points were");
    return 0;
}

static int sensitivity(const struct cr_call *call, struct cr_error *error) {
    struct cr_study study;
    struct cr_sensitivity result = {0};
    struct cr_swept swept = {0};
    int status = cr_call_study(call, call->arguments[0], &study, error);
    if (status == 0 && !cr_sensitivity_fits(&study))
        status = cr_error_set(error, CR_ERROR_USAGE,
            "%s: sensitivity needs design = \"morris\" or \"saltelli\"; other designs are for cradle sweep",
            call->arguments[0]);
    if (status == 0 && !study.measures.all && study.measures.count == 0)
        status = cr_error_set(
            error, CR_ERROR_USAGE, "%s: the study keeps no measures, which sensitivity is about", call->arguments[0]);
    if (status == 0)
        status = cr_call_sweep(call, &study, 1, 1, &swept, error);
    const struct cr_sensitivity_plan plan = {.study = &study,
        .path = cr_call_text(call, "store"),
        .resamples = (size_t)cr_call_integer(call, "resamples", 1000),
        .level = cr_call_real(call, "level", 0.95)};
    if (status == 0 && swept.leads)
        status = cr_sensitivity_run(&result, &plan, error);
    if (status == 0 && swept.leads)
        status = print(&result, &study, cr_call_text(call, "measure"), plan.level, error);
    cr_sensitivity_free(&result);
    cr_study_free(&study);
    return status != 0 ? status : swept.failed > 0 ? CR_ERROR_NUMERIC : 0;
}

static const struct cr_option options[] = {CR_SWEEP_OPTIONS,
    {.name = "measure",
        .type = CR_OPTION_TEXT,
        .argument = "NAME",
        .what = "prints this measure alone, or MEASURE:GROUP; the store gets all",
        .initial = "all that the study keeps"},
    {.name = "resamples",
        .type = CR_OPTION_INTEGER,
        .argument = "N",
        .minimum = 100,
        .maximum = 100000,
        .what = "resamples of the bootstrap",
        .initial = "1000"},
    {.name = "level",
        .type = CR_OPTION_REAL,
        .argument = "P",
        .minimum = 0.5,
        .maximum = 0.999,
        .what = "confidence of the intervals",
        .initial = "0.95"},
    {0}};

static const struct cr_example examples[] = {
    {"cradle sensitivity configs/studies/morris_screening.cfg --store screening.db", "which parameters matter at all"},
    {"cradle sensitivity configs/studies/sobol_twelve.cfg --store sobol.db",
        "which share of each measure's variance twelve parameters make, alone and together"},
    {"cradle sensitivity STUDY --store sobol.db --resume --measure style_share:secure",
        "one measure, from the runs at hand"},
    {"cradle export sobol.db --table indices", "all indices as CSV"}, {0}};

const struct cr_command cr_command_sensitivity = {
    .name = "sensitivity",
    .summary = "tells which parameters matter: Morris screening, Sobol indices",
    .arguments = "STUDY",
    .least = 1,
    .most = 1,
    .description =
        "Runs a study of design morris or saltelli as `cradle sweep` does, with the same options and into the same "
        "kind of store, then computes what each axis does to each measure, prints it, largest first, and writes it to "
        "the store's table `indices`. With --resume and a complete store it only computes.\n\nDesign morris gives the "
        "mean (mu), the mean absolute value (mu*) and the standard deviation (sigma) of elementary effects (Morris "
        "1991, Campolongo et al. 2007). Design saltelli gives first-order, total and, unless second_order = false, "
        "second-order indices (estimators of Saltelli et al. 2010 and Jansen 1999). Intervals are percentiles of the "
        "bootstrap over trajectories or base points. Of a point counts the mean over its replicates; all points have "
        "the same luck.",
    .options = options,
    .examples = examples,
    .main = sensitivity,
};
