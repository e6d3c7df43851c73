#include <stdio.h>

#include "measure/gathering.h"
#include "measure/measure_functions.h"

static bool seen(const struct cr_record *record, int visit, uint32_t i) {
    return record->visits[visit][i].week >= 0;
}

void cr_measure_ssp_share(const struct cr_record *record, struct cr_readings *readings) {
    int64_t count[CR_CLASSES] = {0};
    int64_t n = 0;
    for (uint32_t i = 0; i < record->people; i++)
        if (seen(record, 0, i)) {
            count[record->visits[0][i].coding.class]++;
            n++;
        }
    for (int k = 0; k < CR_CLASSES; k++)
        cr_readings_add(readings, cr_class_names[k], cr_statistics_share(count[k], n));
}

/* One row an infant at a visit: caregiver's observed sensitivity and fright, temperament, and one column of interest.
 */
static void gather(const struct cr_record *record, struct cr_sample *sample) {
    for (uint32_t i = 0; i < record->people; i++)
        if (seen(record, 0, i)) {
            const struct cr_visit *visit = &record->visits[0][i];
            const struct cr_visit *again = &record->visits[1][i];
            const double row[CR_SAMPLE_COLUMNS] = {visit->sensitivity, visit->fright,
                record->simulation->people.temperament[i], (double)visit->coding.class,
                again->week >= 0 ? (double)(again->coding.class == CR_CLASS_B) : CR_MISSING,
                (double)(visit->coding.class == CR_CLASS_B)};
            cr_sample_add6(sample, row);
        }
}

static void mark(struct cr_sample *sample, enum cr_class class) {
    for (size_t k = 0; k < sample->count; k++)
        sample->column[5][k] = sample->column[3][k] == (double)class;
}

void cr_measure_ssp_sensitivity_r(const struct cr_record *record, struct cr_readings *readings) {
    static const enum cr_class classes[] = {CR_CLASS_B, CR_CLASS_A, CR_CLASS_C, CR_CLASS_D};
    struct cr_sample sample = {0};
    gather(record, &sample);
    for (int k = 0; k < CR_CLASSES; k++) {
        mark(&sample, classes[k]);
        cr_readings_add(readings, classes[k] == CR_CLASS_B ? "secure" : cr_class_names[classes[k]],
            cr_statistics_correlation(sample.column[0], sample.column[5], sample.count));
    }
    cr_sample_finish(&sample, readings);
}

void cr_measure_ssp_fright_r(const struct cr_record *record, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    gather(record, &sample);
    mark(&sample, CR_CLASS_D);
    cr_readings_add(readings, "D", cr_statistics_correlation(sample.column[1], sample.column[5], sample.count));
    cr_sample_finish(&sample, readings);
}

void cr_measure_ssp_stability_r(const struct cr_record *record, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    gather(record, &sample);
    cr_readings_add(readings, "all", cr_statistics_correlation(sample.column[4], sample.column[5], sample.count));
    cr_sample_finish(&sample, readings);
}

void cr_measure_ssp_temperament_d(const struct cr_record *record, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    gather(record, &sample);
    for (size_t k = 0; k < sample.count; k++)
        sample.column[5][k] = 1.0 - sample.column[5][k];
    cr_readings_add(readings, "insecure", cr_statistics_cohen_d(sample.column[5], sample.column[2], sample.count));
    mark(&sample, CR_CLASS_C);
    cr_readings_add(readings, "C", cr_statistics_cohen_d(sample.column[5], sample.column[2], sample.count));
    cr_sample_finish(&sample, readings);
}

void cr_measure_ssp_arousal(const struct cr_record *record, struct cr_readings *readings) {
    for (int class = 0; class < CR_CLASSES; class ++) {
        struct cr_sample sample = {0};
        for (uint32_t i = 0; i < record->people; i++) {
            const struct cr_coding *coding = &record->visits[0][i].coding;
            if (seen(record, 0, i) && (int)coding->class == class)
                cr_sample_add(&sample, coding->shown, coding->felt, 0.0, 0.0);
        }
        char group[CR_GROUP_SIZE];
        (void)snprintf(group, sizeof group, "%s shown", cr_class_names[class]);
        cr_readings_add(readings, group, cr_statistics_mean(sample.column[0], sample.count));
        (void)snprintf(group, sizeof group, "%s felt", cr_class_names[class]);
        cr_readings_add(readings, group, cr_statistics_mean(sample.column[1], sample.count));
        cr_sample_finish(&sample, readings);
    }
}

/* Means over infants at the first visit of what `take` finds, under that name. */
static void mean_at_visit(const struct cr_record *record, const char *group,
    double (*take)(const struct cr_visit *visit, int which), int which, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    for (uint32_t i = 0; i < record->people; i++)
        if (seen(record, 0, i))
            cr_sample_add(&sample, take(&record->visits[0][i], which), 0.0, 0.0, 0.0);
    cr_readings_add(readings, group, cr_statistics_mean(sample.column[0], sample.count));
    cr_sample_finish(&sample, readings);
}

static double scale_of(const struct cr_visit *visit, int which) {
    const double scales[] = {visit->coding.proximity, visit->coding.contact, visit->coding.resistance,
        visit->coding.avoidance, visit->coding.disorganization};
    return scales[which];
}

void cr_measure_ssp_scale(const struct cr_record *record, struct cr_readings *readings) {
    static const char *const names[] = {"proximity", "contact", "resistance", "avoidance", "disorganization"};
    for (int k = 0; k < 5; k++)
        mean_at_visit(record, names[k], scale_of, k, readings);
}

static double chance_of(const struct cr_visit *visit, int which) {
    return visit->policy[which];
}

void cr_measure_infant_strategy_share(const struct cr_record *record, struct cr_readings *readings) {
    for (int k = 0; k < CR_STRATEGIES; k++)
        mean_at_visit(record, cr_strategy_names[k], chance_of, k, readings);
}
