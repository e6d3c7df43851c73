#ifndef CR_MEASURE_SURVIVAL_H
#define CR_MEASURE_SURVIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "measure/statistics.h"

/* Survival of spells (relationships, above all) that may be right-censored and left-truncated.
 *
 * A spell is observed from `entry` to `exit`, both in weeks since its beginning. `event` says that it ended at `exit`;
 * otherwise it is censored there. A spell is at risk at time t if entry < t <= exit (Andersen & Gill's counting
 * process); one with `entry` 0 is not truncated and is at risk at time 0 too, so that an end in the very week of its
 * beginning counts. A spell with a missing (NaN) time, a negative one, or an exit before its entry does not count; a
 * truncated one that leaves as it enters was never at risk and does not count either. */
struct cr_spells {
    const double *entry; /* weeks; NULL: no spell is truncated */
    const double *exit;  /* weeks */
    const bool *event;
    size_t count; /* length of all arrays, which are borrowed */
};

/* The Kaplan-Meier estimate at one of the times at which a spell enters, ends or is censored. */
struct cr_survival_step {
    double time;     /* weeks */
    int64_t at_risk; /* at `time` */
    int64_t events;  /* at `time` */
    double survival; /* from `time` on, up to the next step */
    double se;       /* Greenwood's; NaN once survival is 0 */
};

struct cr_survival {
    struct cr_survival_step *steps; /* owned; by time, each time once */
    size_t count;
    int64_t spells; /* that count */
    int64_t events; /* in all */
};

/* Kaplan-Meier (product-limit) estimate S(t) = product over event times u <= t of (1 - d(u) / r(u)), where d spells
 * end of r at risk (Kaplan & Meier 1958; with delayed entry Tsai, Jewell & Wang 1987), with Greenwood's (1926)
 * variance S(t)^2 * sum of d / (r (r - d)). Where truncated spells leave few at risk early on, the estimate rests on
 * those few: look at `at_risk`. Free the result with cr_survival_free. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_survival_init(struct cr_survival *survival, const struct cr_spells *spells, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_survival_free(struct cr_survival *survival);

/* Survival at `time` (weeks), with Greenwood's se; n = number at risk at `time`. Undefined after the last time at
 * which anybody was observed, unless survival had reached 0 before, and for a negative time. */
struct cr_estimate cr_survival_at(const struct cr_survival *survival, double time);

/* The first time (weeks) by which survival is a half or less; NaN if it stays above. */
double cr_survival_median(const struct cr_survival *survival);

/* One interval of a life table. */
struct cr_hazard {
    double from, to;         /* weeks; ends within (from, to] count, and at 0 in an interval that starts there */
    double exposure;         /* spell-weeks observed between `from` and `to` */
    int64_t events;          /* ends in the interval */
    struct cr_estimate rate; /* events / exposure, per week; se = sqrt(events) / exposure; n = spells observed in it */
};

/* Life-table hazard by interval, as occurrence/exposure rate, which takes truncation and censoring as they come
 * (Hoem 1976). `edges` holds `intervals` + 1 increasing times in weeks; `hazards` is room for `intervals` results. */
void cr_survival_hazards(
    const struct cr_spells *spells, const double *edges, size_t intervals, struct cr_hazard *hazards);

enum { CR_LOG_RANK_GROUPS_MAX = 32 };

struct cr_log_rank {
    double chi2; /* NaN when undefined */
    int64_t df;
    double p;
    double observed[CR_LOG_RANK_GROUPS_MAX]; /* ends in each group */
    double expected[CR_LOG_RANK_GROUPS_MAX]; /* ends in each group if all had the same hazard */
};

/* Log-rank test that `groups` groups share one hazard (Mantel 1966; k groups and hypergeometric covariance as in
 * Kalbfleisch & Prentice 2002). `group` holds for each spell 0 ... `groups` - 1; one with any other number
 * does not count. The degrees of freedom are the rank of the covariance: groups - 1 as long as each group was at risk
 * together with others. With none left, chi2 and p are NaN. CR_ERROR_MEMORY; CR_ERROR_USAGE for `groups` outside
 * 1 ... CR_LOG_RANK_GROUPS_MAX. */
CR_NODISCARD int cr_survival_log_rank(
    struct cr_log_rank *test, const struct cr_spells *spells, const int *group, size_t groups, struct cr_error *error);

#endif
