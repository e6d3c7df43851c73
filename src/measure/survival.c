#include "measure/survival.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>

enum mark_kind { MARK_ENTRY, MARK_CENSORED, MARK_EVENT };

struct mark {
    double time;
    int group;
    enum mark_kind kind;
};

/* Walks through all distinct times and knows, at each, who is at risk and who ends. */
struct walk {
    struct mark *marks;
    size_t count, position;
    int64_t spells;
    double time;
    int64_t at_risk[CR_LOG_RANK_GROUPS_MAX];
    int64_t events[CR_LOG_RANK_GROUPS_MAX];
    int64_t leaving[CR_LOG_RANK_GROUPS_MAX]; /* change of at_risk just after `time` */
};

static double entry_of(const struct cr_spells *spells, size_t i) {
    return spells->entry ? spells->entry[i] : 0.0;
}

static bool counts(const struct cr_spells *spells, size_t i) {
    const double entry = entry_of(spells, i), exit = spells->exit[i];
    return entry >= 0.0 && isfinite(exit) && (entry < exit || (entry == 0.0 && exit == 0.0));
}

static int by_time(const void *left, const void *right) {
    const double a = ((const struct mark *)left)->time, b = ((const struct mark *)right)->time;
    return (a > b) - (a < b);
}

/* `group` may be NULL: all are of group 0. */
static int walk_init(
    struct walk *walk, const struct cr_spells *spells, const int *group, size_t groups, struct cr_error *error) {
    memset(walk, 0, sizeof *walk);
    walk->marks = malloc((2 * spells->count + 1) * sizeof *walk->marks);
    if (!walk->marks)
        return cr_error_set(error, CR_ERROR_MEMORY, "no memory for the survival of %zu spells", spells->count);
    for (size_t i = 0; i < spells->count; i++) {
        const int g = group ? group[i] : 0;
        if (!counts(spells, i) || g < 0 || (size_t)g >= groups)
            continue;
        const double entry = entry_of(spells, i);
        walk->spells++;
        if (entry == 0.0)
            walk->at_risk[g]++;
        else
            walk->marks[walk->count++] = (struct mark){.time = entry, .group = g, .kind = MARK_ENTRY};
        walk->marks[walk->count++] =
            (struct mark){.time = spells->exit[i], .group = g, .kind = spells->event[i] ? MARK_EVENT : MARK_CENSORED};
    }
    if (walk->count > 0)
        qsort(walk->marks, walk->count, sizeof *walk->marks, by_time);
    return 0;
}

static void walk_free(struct walk *walk) {
    free(walk->marks);
    walk->marks = NULL;
}

/* Entries and exits at a time take effect after it: whoever leaves at t was at risk at t, whoever enters was not. */
static bool walk_next(struct walk *walk, size_t groups) {
    if (walk->position == walk->count)
        return false;
    for (size_t g = 0; g < groups; g++) {
        walk->at_risk[g] -= walk->leaving[g];
        walk->leaving[g] = walk->events[g] = 0;
    }
    walk->time = walk->marks[walk->position].time;
    for (; walk->position < walk->count && walk->marks[walk->position].time == walk->time; walk->position++) {
        const struct mark *mark = &walk->marks[walk->position];
        walk->leaving[mark->group] += mark->kind == MARK_ENTRY ? -1 : 1;
        walk->events[mark->group] += mark->kind == MARK_EVENT;
    }
    return true;
}

static size_t distinct_times(const struct walk *walk) {
    size_t distinct = 0;
    for (size_t i = 0; i < walk->count; i++)
        distinct += i == 0 || walk->marks[i].time != walk->marks[i - 1].time;
    return distinct;
}

int cr_survival_init(struct cr_survival *survival, const struct cr_spells *spells, struct cr_error *error) {
    struct walk walk;
    memset(survival, 0, sizeof *survival);
    int code = walk_init(&walk, spells, NULL, 1, error);
    if (code)
        return code;
    survival->steps = malloc((distinct_times(&walk) + 1) * sizeof *survival->steps);
    if (!survival->steps) {
        code = cr_error_set(error, CR_ERROR_MEMORY, "no memory for the survival of %zu spells", spells->count);
        goto out;
    }
    survival->spells = walk.spells;
    double product = 1.0, greenwood = 0.0;
    while (walk_next(&walk, 1)) {
        const double risk = (double)walk.at_risk[0], ended = (double)walk.events[0];
        if (walk.events[0] > 0) {
            product *= (risk - ended) / risk;
            greenwood += ended / (risk * (risk - ended));
        }
        survival->events += walk.events[0];
        survival->steps[survival->count++] = (struct cr_survival_step){
            .time = walk.time,
            .at_risk = walk.at_risk[0],
            .events = walk.events[0],
            .survival = product,
            .se = product > 0.0 ? product * sqrt(greenwood) : (double)NAN,
        };
    }
out:
    walk_free(&walk);
    return code;
}

void cr_survival_free(struct cr_survival *survival) {
    free(survival->steps);
    memset(survival, 0, sizeof *survival);
}

/* How many steps lie before `time`, or up to and including it. */
static size_t steps_before(const struct cr_survival *survival, double time, bool including) {
    size_t low = 0, high = survival->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (survival->steps[middle].time < time || (including && survival->steps[middle].time == time))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct cr_estimate cr_survival_at(const struct cr_survival *survival, double time) {
    if (!(time >= 0.0) || survival->count == 0)
        return cr_estimate_undefined(0);
    const size_t next = steps_before(survival, time, false), passed = steps_before(survival, time, true);
    /* between two steps nothing changes, so those at risk at the next one are at risk now */
    const int64_t at_risk = next < survival->count ? survival->steps[next].at_risk : 0;
    if (passed == 0)
        return (struct cr_estimate){.value = 1.0, .se = 0.0, .n = at_risk};
    const struct cr_survival_step *step = &survival->steps[passed - 1];
    if (next == survival->count && step->survival > 0.0)
        return cr_estimate_undefined(0);
    return (struct cr_estimate){.value = step->survival, .se = step->se, .n = at_risk};
}

double cr_survival_median(const struct cr_survival *survival) {
    for (size_t i = 0; i < survival->count; i++)
        if (survival->steps[i].survival <= 0.5 + 1e-12) /* a product of fractions that is exactly 1/2 may round up */
            return survival->steps[i].time;
    return (double)NAN;
}

void cr_survival_hazards(
    const struct cr_spells *spells, const double *edges, size_t intervals, struct cr_hazard *hazards) {
    for (size_t k = 0; k < intervals; k++) {
        struct cr_hazard *hazard = &hazards[k];
        *hazard = (struct cr_hazard){.from = edges[k], .to = edges[k + 1]};
        int64_t observed = 0;
        for (size_t i = 0; i < spells->count; i++) {
            const double exit = spells->exit[i];
            const bool at_zero = hazard->from == 0.0 && exit == 0.0;
            if (!counts(spells, i) || !(entry_of(spells, i) < hazard->to && (exit > hazard->from || at_zero)))
                continue;
            observed++;
            hazard->exposure += fmin(exit, hazard->to) - fmax(entry_of(spells, i), hazard->from);
            hazard->events += spells->event[i] && exit <= hazard->to;
        }
        hazard->rate = cr_estimate_undefined(observed);
        if (hazard->exposure > 0.0) {
            hazard->rate.value = (double)hazard->events / hazard->exposure;
            hazard->rate.se = sqrt((double)hazard->events) / hazard->exposure;
        }
    }
}

/* Adds one event time to observed, expected and their covariance. */
static void log_rank_add(struct cr_log_rank *test, const struct walk *walk, size_t groups, double *covariance) {
    double risk = 0.0, ended = 0.0;
    for (size_t g = 0; g < groups; g++) {
        risk += (double)walk->at_risk[g];
        ended += (double)walk->events[g];
    }
    if (ended == 0.0)
        return;
    const double spread = risk > 1.0 ? ended * (risk - ended) / (risk - 1.0) : 0.0;
    for (size_t g = 0; g < groups; g++) {
        const double share = (double)walk->at_risk[g] / risk;
        test->observed[g] += (double)walk->events[g];
        test->expected[g] += ended * share;
        for (size_t h = 0; h < groups; h++)
            covariance[g * groups + h] += spread * share * ((g == h) - (double)walk->at_risk[h] / risk);
    }
}

/* The quadratic form through the eigenvectors: the covariance of all groups is singular by construction, and more so
 * when a group was never at risk together with another; its rank is what the test has of degrees of freedom. */
static int log_rank_solve(struct cr_log_rank *test, double *covariance, size_t groups, struct cr_error *error) {
    double values_data[CR_LOG_RANK_GROUPS_MAX];
    double vectors_data[CR_LOG_RANK_GROUPS_MAX * CR_LOG_RANK_GROUPS_MAX];
    gsl_matrix_view matrix = gsl_matrix_view_array(covariance, groups, groups);
    gsl_vector_view values = gsl_vector_view_array(values_data, groups);
    gsl_matrix_view vectors = gsl_matrix_view_array(vectors_data, groups, groups);
    gsl_eigen_symmv_workspace *workspace = gsl_eigen_symmv_alloc(groups);
    if (!workspace)
        return cr_error_set(error, CR_ERROR_MEMORY, "no memory for the log-rank test of %zu groups", groups);
    gsl_eigen_symmv(&matrix.matrix, &values.vector, &vectors.matrix, workspace);
    gsl_eigen_symmv_free(workspace);
    double largest = 0.0, chi2 = 0.0;
    for (size_t k = 0; k < groups; k++)
        largest = fmax(largest, values_data[k]);
    for (size_t k = 0; k < groups; k++) {
        if (values_data[k] <= 1e-10 * largest)
            continue;
        double along = 0.0;
        for (size_t g = 0; g < groups; g++)
            along += vectors_data[g * groups + k] * (test->observed[g] - test->expected[g]);
        chi2 += along * along / values_data[k];
        test->df++;
    }
    if (test->df > 0) {
        test->chi2 = chi2;
        test->p = gsl_cdf_chisq_Q(chi2, (double)test->df);
    }
    return 0;
}

int cr_survival_log_rank(
    struct cr_log_rank *test, const struct cr_spells *spells, const int *group, size_t groups, struct cr_error *error) {
    memset(test, 0, sizeof *test);
    test->chi2 = test->p = (double)NAN;
    if (groups < 1 || groups > CR_LOG_RANK_GROUPS_MAX)
        return cr_error_set(
            error, CR_ERROR_USAGE, "a log-rank test compares 1 to %d groups, not %zu", CR_LOG_RANK_GROUPS_MAX, groups);
    double covariance[CR_LOG_RANK_GROUPS_MAX * CR_LOG_RANK_GROUPS_MAX] = {0.0};
    struct walk walk;
    int code = walk_init(&walk, spells, group, groups, error);
    if (code)
        return code;
    while (walk_next(&walk, groups))
        log_rank_add(test, &walk, groups, covariance);
    walk_free(&walk);
    return log_rank_solve(test, covariance, groups, error);
}
