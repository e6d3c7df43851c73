#ifndef CR_MEASURE_RECORD_H
#define CR_MEASURE_RECORD_H

#include "measure/laboratory_coding.h"
#include "measure/self_report.h"
#include "model/simulation.h"

/* What is kept of one replicate as it runs: the infants' laboratory visits, and a survey of everybody once a year. All
 * measures are computed from this and from the simulation's relationships. Recording changes nothing that happens. */

/* Ages in weeks at which infants visit the laboratory: about 13 and 18 months. */
enum { CR_VISITS = 2 };
extern const int32_t cr_visit_age[CR_VISITS];

struct cr_visit {
    struct cr_coding coding;
    struct cr_profile care;       /* the caregiver as it is at the time, events included */
    uint32_t caregiver;           /* which of the child's caregivers came along, from 1 */
    double sensitivity;           /* the caregiver's, as observed at home: 1-9 */
    double fright;                /* its frightening behaviour, as observed: 1-9 */
    double policy[CR_STRATEGIES]; /* chance of each strategy towards the caregiver in that week */
    int32_t week;                 /* -1 while the visit has not taken place */
};

/* A survey's answers, one array[person] each; NaN, or a negative number, for what is missing. */
struct cr_survey {
    int32_t week;
    float *anxiety, *avoidance; /* ECR as rated */
    float *worth;               /* self-worth, 0-1 */
    float *satisfaction;        /* as rated */
    float *commitment;          /* latent */
    float *conflict;            /* recent quarrels a week with the partner */
    float *perceived, *actual;  /* the partner's availability: chance of comfort on asking */
    float *swayed[3];    /* how far partners, caregivers, all else have moved general beliefs towards security so far */
    float *felt, *shown; /* distress that the needs of the survey's week raised, felt and shown */
    int32_t *partner;    /* CR_NOBODY for none */
    int32_t *bond;       /* number of the relationship with the partner; CR_NOBODY for none */
    uint8_t *bids[CR_STRATEGIES]; /* episodes with the figure in the survey's week; all 0 without one */
};

struct cr_record {
    const struct cr_simulation *simulation; /* borrowed */
    uint32_t people;
    struct cr_visit *visits[CR_VISITS]; /* owned; [visit][person] */
    struct cr_survey *surveys;          /* owned; one a year, the first after one year */
    int32_t survey_count, survey_capacity;
};

/* Makes room for a whole run of the simulation. CR_ERROR_MEMORY. Free with cr_record_free; safe twice. */
CR_NODISCARD int cr_record_init(
    struct cr_record *record, const struct cr_simulation *simulation, struct cr_error *error);
void cr_record_free(struct cr_record *record);

/* Takes down what the week just lived has to offer. Call after each step. */
void cr_record_week(struct cr_record *record);

/* Forgets what was taken down after the first `weeks` weeks, so that living them again, or others, records them anew.
 * For a simulation that has gone back to that week (model/checkpoint.h). Surveys are only put aside: going on to a
 * later week that was lived brings them back; visits are not. */
void cr_record_rewind(struct cr_record *record, int32_t weeks);

/* Age in years of person `i` at a survey; negative before birth. */
double cr_record_age(const struct cr_record *record, const struct cr_survey *survey, uint32_t i);

/* The first survey at which person `i` is at least `age` years old and alive; -1 for none. */
int32_t cr_record_survey_at_age(const struct cr_record *record, uint32_t i, double age);

/* The last survey before a week; -1 for none. */
int32_t cr_record_survey_before(int32_t week);

/* The style at a survey, by the cuts; CR_STYLE_NONE where the ratings are missing. */
enum cr_style cr_record_style(const struct cr_record *record, int32_t survey, uint32_t i);

#endif
