#ifndef CR_STUDY_EVIDENCE_H
#define CR_STUDY_EVIDENCE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "io/evidence_file.h"
#include "measure/statistics.h"

/* The model held against evidence: for each published finding, what the simulation gave and whether that is inside the
 * band. */

enum cr_verdict_state {
    CR_VERDICT_NOT_AVAILABLE, /* the simulation gave no value */
    CR_VERDICT_INSIDE,        /* within the band, ends included */
    CR_VERDICT_OUTSIDE
};

struct cr_verdict {
    struct cr_estimate simulated; /* n = replicates that gave a value; of a single one its own n */
    enum cr_verdict_state state;
};

/* A measure as it was in one replicate (numbered from 0); undefined when there is none. */
typedef struct cr_estimate cr_evidence_look_up(
    void *context, const char *measure, const char *group, int64_t replicate);

/* Fills `verdicts`, room for evidence->entry_count of them. The simulated value is the mean over the replicates that
 * gave one and its se comes from their spread, sd / sqrt(n); with only one such replicate both are its own. */
void cr_evidence_judge(const struct cr_evidence *evidence, int64_t replicates, cr_evidence_look_up *look_up,
    void *context, struct cr_verdict *verdicts);

struct cr_evidence_tally {
    size_t inside, available, entries;
};

/* Counts the verdicts on evidence of one use. */
struct cr_evidence_tally cr_evidence_count(
    const struct cr_evidence *evidence, const struct cr_verdict *verdicts, enum cr_evidence_use use);

/* Prints the table of evidence, grouped by file, at most 110 columns wide (UTF-8), and the tallies below it. Whether
 * writing went well is for the caller to ask of `stream`. */
void cr_evidence_print(const struct cr_evidence *evidence, const struct cr_verdict *verdicts, FILE *stream);

#endif
