#ifndef CR_MEASURE_GATHERING_H
#define CR_MEASURE_GATHERING_H

#include "measure/clustered.h"
#include "measure/measures.h"
#include "measure/sample.h"

/* What measures over surveys have in common: going through the adults of some surveys, all together or by style. */

/* The surveys first <= y < last. */
struct cr_surveys {
    int32_t first, last;
};
struct cr_surveys cr_surveys_all(const struct cr_record *record);
struct cr_surveys cr_surveys_one(int32_t survey);

/* Whether person `i` answered as an adult. */
bool cr_survey_adult(const struct cr_survey *survey, uint32_t i);

/* What to take of an adult at a survey; NaN: nothing. */
typedef double cr_taking(const struct cr_record *record, const struct cr_survey *survey, uint32_t i);

/* Adds the mean of what is taken, of all adults (group "all") and by style at the survey. */
void cr_gather_mean_by_style(
    const struct cr_record *record, struct cr_surveys surveys, cr_taking *take, struct cr_readings *readings);

/* Frees a sample and passes on that it lacked memory. */
void cr_sample_finish(struct cr_sample *sample, struct cr_readings *readings);

#endif
