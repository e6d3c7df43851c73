#ifndef CR_STUDY_STUDY_H
#define CR_STUDY_STUDY_H

#include "measure/measures.h"
#include "model/scenario.h"
#include "study/axis.h"
#include "study/kept.h"

/* A study: one scenario run again and again while some of its parameters change. */

enum { CR_STUDY_AXES_MAX = 200 };

/* What GSL's Sobol sequence has dimensions for. */
enum { CR_STUDY_SOBOL_AXES_MAX = 40 };

/* The most runs that a study may have: points times replicates. */
#define CR_STUDY_RUNS_MAX INT64_C(1000000000)

enum cr_design_kind {
    CR_DESIGN_FACTORIAL,
    CR_DESIGN_ZIP,
    CR_DESIGN_LATIN_HYPERCUBE,
    CR_DESIGN_SOBOL,
    CR_DESIGN_HALTON,
    CR_DESIGN_TABLE,
    CR_DESIGN_MORRIS,
    CR_DESIGN_SALTELLI
};

enum cr_on_failure { CR_FAILURE_CONTINUE, CR_FAILURE_STOP };

/* What stands in a study file besides scenario, axes and measures; the rows of study/study.def, by name. */
struct cr_study_settings {
#define CR_REAL_ROW(group, name, ...) double name;
#define CR_INTEGER_ROW(group, name, ...) int64_t name;
#define CR_BOOLEAN_ROW(group, name, ...) bool name;
#define CR_CHOICE_ROW(group, name, ...) int name;
#include "study/study.def"
};
extern const struct cr_registry cr_study_registry;

struct cr_study {
    char name[CR_SCENARIO_NAME_SIZE]; /* a short word */
    char title[256];                  /* one sentence */
    char *text;                       /* owned: the study's file as it was read, for the record */
    struct cr_scenario scenario;      /* what every run begins from; run.replicates of it at each point */
    struct cr_study_settings settings;
    struct cr_axis *axes; /* owned */
    size_t axis_count;
    struct cr_kept_list measures; /* of the whole run */
    struct cr_kept_list series;   /* time courses */
};

/* A study of the default scenario without axes that keeps all measures and no series. */
void cr_study_init(struct cr_study *study);

/* Gives everything back; safe twice. */
void cr_study_free(struct cr_study *study);

/* Adds an axis with that key, and neither values nor range yet; stores it, borrowed until the next addition.
 * CR_ERROR_CONFIG for a key that the study's scenario does not know, with the nearest one, and for more than
 * CR_STUDY_AXES_MAX; CR_ERROR_MEMORY. `where` as in cr_field_set. */
CR_NODISCARD int cr_study_add_axis(
    struct cr_study *study, const char *key, struct cr_axis **axis, const char *where, struct cr_error *error);

/* Writes the word for the design and returns `buffer`; 32 bytes hold any. */
const char *cr_study_design_name(const struct cr_study *study, char *buffer, size_t size);

/* Whether the design takes the axes' lists of values (factorial, zip, table) rather than their ranges. */
bool cr_study_lists_values(const struct cr_study *study);

/* How many points the design has, and how many runs: points times run.replicates. At most CR_STUDY_RUNS_MAX for a study
 * that cr_study_check has passed. */
int64_t cr_study_points(const struct cr_study *study);
int64_t cr_study_runs(const struct cr_study *study);

/* Checks an axis against the design and the axes before it: that it has the values or the range that the design takes,
 * in zip and table as many as the first, a key that no other has, and is not what numbers the replicates.
 * CR_ERROR_CONFIG; `where` as in cr_field_set. */
CR_NODISCARD int cr_study_check_axis(
    const struct cr_study *study, size_t axis, const char *where, struct cr_error *error);

/* Checks what no single setting can: every axis, that there are as many as the design takes (factorial may have none
 * and is then the scenario alone; second-order indices need two), levels that are even, not too many runs, something
 * to keep. CR_ERROR_CONFIG with one sentence. */
CR_NODISCARD int cr_study_check(const struct cr_study *study, struct cr_error *error);

/* Fills `scenario` (any content) with a copy of the study's, the axes set to the `axis_count` values of a point. The
 * caller frees it, also after a failure. CR_ERROR_MEMORY; CR_ERROR_CONFIG when the values do not go together. */
CR_NODISCARD int cr_study_scenario(
    const struct cr_study *study, const double *values, struct cr_scenario *scenario, struct cr_error *error);

/* Whether a reading of a run is to be kept. */
bool cr_study_keeps(const struct cr_study *study, const struct cr_reading *reading);

#endif
