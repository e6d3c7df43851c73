#ifndef CR_STUDY_COMPARISON_H
#define CR_STUDY_COMPARISON_H

#include <stdbool.h>

#include "measure/unit.h"
#include "study/bootstrap.h"
#include "study/collection.h"
#include "study/kept.h"

/* Two scenarios compared, measure by measure, over replicates. Paired: replicate k of both has the same luck, and what
 * counts is the difference within each pair. Unpaired: each scenario has luck of its own. */

enum cr_finding {
    CR_FINDING_DIFFERS,   /* corrected p below 1 - level */
    CR_FINDING_SLIGHT,    /* that, and surely by less than matters */
    CR_FINDING_SAME,      /* surely by less than matters: both one-sided tests against the least difference that
                             matters reject at 1 - level (two one-sided tests; Schuirmann 1987) */
    CR_FINDING_OPEN,      /* cannot be told yet */
    CR_FINDING_UNDEFINED, /* fewer than two replicates gave a value */
    CR_FINDINGS
};
/* The finding in words, such as "differs". */
extern const char *const cr_finding_names[CR_FINDINGS];

struct cr_difference {
    int measure; /* number of the row in cr_measures */
    char group[CR_GROUP_SIZE];
    struct cr_estimate first, second; /* mean of each scenario over replicates, with its standard error */
    struct cr_estimate difference;    /* second less first; n = pairs, or the smaller n */
    double df;                        /* degrees of freedom of its t */
    struct cr_interval t;             /* Student's, or Welch's (1947) if unpaired */
    struct cr_interval bootstrap;     /* percentile, over pairs, or over replicates of each */
    enum cr_effect effect_kind;
    double effect;     /* standardized; NaN: undefined */
    double p;          /* two-sided, of no difference; 1 where all differences are exactly 0 */
    double corrected;  /* p after Benjamini & Hochberg (1995) over all rows that have one */
    double least;      /* the smallest difference that matters, of the measure's unit */
    double detectable; /* the difference that as many replicates find (p below 1 - level, uncorrected) with a
                          chance of .8 */
    double needed;     /* replicates of each that would find one of size `least` with that chance; NaN: unknown */
    double gain;       /* variance of the difference unpaired over paired; Inf where only the latter is 0; NaN:
                          unpaired, or no variance at all */
    enum cr_finding finding;
};

struct cr_comparison {
    struct cr_difference *row; /* owned; in the order of the collections */
    size_t count;
    size_t tests; /* rows that have a p: what the correction is over */
    bool paired;
    double level;
};

struct cr_comparison_plan {
    const struct cr_collection *first, *second; /* borrowed; of as many replicates if paired */
    const struct cr_kept_list *wanted;          /* borrowed: the measures that count; NULL: all */
    bool paired;
    const struct cr_bootstrap *bootstrap; /* its level is that of all intervals, such as 0.95 */
};

/* Compares the rows that both have. Of a pair in which either value is missing neither counts. CR_ERROR_MEMORY;
 * CR_ERROR_USAGE when a paired comparison has collections of different numbers of replicates. Free in any case. */
CR_NODISCARD int cr_comparison_init(
    struct cr_comparison *comparison, const struct cr_comparison_plan *plan, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_comparison_free(struct cr_comparison *comparison);

/* How many rows have a finding. */
size_t cr_comparison_count(const struct cr_comparison *comparison, enum cr_finding finding);

/* Whether there are rows that have a difference, and it is exactly 0 in all of them. */
bool cr_comparison_is_exactly_equal(const struct cr_comparison *comparison);

/* The width of the widest interval (t) of all defined rows, each in the unit of its measure; 0 without rows. */
double cr_comparison_widest(const struct cr_comparison *comparison);

/* The median of the finite gains over rows; NaN for none. */
double cr_comparison_median_gain(const struct cr_comparison *comparison);

#endif
