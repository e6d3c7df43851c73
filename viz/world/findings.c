#include "viz/world/findings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/survival.h"

static const double survival_years = 30.0;
static const double hazard_edges[CR_HAZARD_STEPS + 1] = {
    0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0};

static int lack_memory(struct cr_error *error) {
    return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for what the panels show");
}

void cr_findings_free(struct cr_findings *findings) {
    for (size_t k = 0; k < findings->series_count; k++) {
        free(findings->series[k].value);
        free(findings->series[k].se);
    }
    free(findings->series);
    cr_readings_free(&findings->whole);
    memset(findings, 0, sizeof *findings);
}

static bool grow_values(float **values, int32_t capacity) {
    float *const grown = realloc(*values, (size_t)capacity * sizeof *grown);
    if (grown != NULL)
        *values = grown;
    return grown != NULL;
}

static bool reserve_surveys(struct cr_findings *findings, int32_t count) {
    if (count <= findings->survey_capacity)
        return true;
    const int32_t capacity = count < 64 ? 64 : 2 * count;
    for (size_t k = 0; k < findings->series_count; k++)
        if (!grow_values(&findings->series[k].value, capacity) || !grow_values(&findings->series[k].se, capacity))
            return false;
    findings->survey_capacity = capacity;
    return true;
}

static bool reserve_series(struct cr_findings *findings, size_t count) {
    if (count <= findings->series_capacity)
        return true;
    const size_t capacity = count < 64 ? 64 : 2 * count;
    struct cr_series *const grown = realloc(findings->series, capacity * sizeof *grown);
    if (grown == NULL)
        return false;
    findings->series = grown;
    findings->series_capacity = capacity;
    return true;
}

/* Adds a series without a value at any survey so far; NULL without memory. */
static struct cr_series *add_series(struct cr_findings *findings, int measure, const char *group) {
    if (!reserve_series(findings, findings->series_count + 1))
        return NULL;
    struct cr_series *const series = &findings->series[findings->series_count];
    *series = (struct cr_series){.measure = measure};
    (void)snprintf(series->group, sizeof series->group, "%s", group);
    if (!grow_values(&series->value, findings->survey_capacity) ||
        !grow_values(&series->se, findings->survey_capacity)) {
        free(series->value);
        return NULL;
    }
    for (int32_t s = 0; s <= findings->survey_count; s++)
        series->value[s] = series->se[s] = NAN;
    findings->series_count++;
    return series;
}

static struct cr_series *find_series(struct cr_findings *findings, int measure, const char *group) {
    for (size_t k = 0; k < findings->series_count; k++)
        if (findings->series[k].measure == measure && strcmp(findings->series[k].group, group) == 0)
            return &findings->series[k];
    return add_series(findings, measure, group);
}

static bool take_in(struct cr_findings *findings, const struct cr_readings *readings) {
    const int32_t survey = findings->survey_count;
    if (readings->failed || !reserve_surveys(findings, survey + 1))
        return false;
    for (size_t k = 0; k < findings->series_count; k++)
        findings->series[k].value[survey] = findings->series[k].se[survey] = NAN;
    for (size_t k = 0; k < readings->count; k++) {
        const struct cr_reading *const reading = &readings->reading[k];
        struct cr_series *const series = find_series(findings, reading->measure, reading->group);
        if (series == NULL)
            return false;
        series->value[survey] = (float)reading->estimate.value;
        series->se[survey] = (float)reading->estimate.se;
    }
    findings->survey_count++;
    return true;
}

int cr_findings_add(struct cr_findings *findings, const struct cr_record *record, struct cr_error *error) {
    bool added = true;
    while (added && findings->survey_count < record->survey_count) {
        struct cr_readings readings = {.year = findings->survey_count + 1};
        for (readings.measure = 0; readings.measure < cr_measure_count; readings.measure++)
            if (cr_measures[readings.measure].course != NULL)
                cr_measures[readings.measure].course(record, findings->survey_count, &readings);
        added = take_in(findings, &readings);
        cr_readings_free(&readings);
        findings->version++;
    }
    return added ? 0 : lack_memory(error);
}

/* Survival and hazard without anything known. */
static void blank(struct cr_stability *stability) {
    memset(stability, 0, sizeof *stability);
    for (int k = 0; k < CR_SURVIVAL_POINTS; k++)
        stability->years[k] = survival_years * k / (CR_SURVIVAL_POINTS - 1);
    for (int k = 0; k < CR_HAZARD_STEPS; k++) {
        stability->from[k] = hazard_edges[k];
        stability->to[k] = hazard_edges[k + 1];
    }
    for (int p = 0; p < CR_PAIRINGS; p++) {
        for (int k = 0; k < CR_SURVIVAL_POINTS; k++)
            stability->survival[p][k] = stability->low[p][k] = stability->high[p][k] = NAN;
        for (int k = 0; k < CR_HAZARD_STEPS; k++)
            stability->rate[p][k] = stability->rate_low[p][k] = stability->rate_high[p][k] = NAN;
    }
}

static void sample_survival(struct cr_stability *stability, int pairing, const struct cr_survival *survival) {
    stability->relationships[pairing] = survival->spells;
    stability->ends[pairing] = survival->events;
    for (int k = 0; k < CR_SURVIVAL_POINTS; k++) {
        struct cr_estimate at = cr_survival_at(survival, CR_WEEKS_A_YEAR * stability->years[k]);
        if (at.n < CR_STABILITY_LEAST)
            at = cr_estimate_undefined(at.n);
        /* Greenwood's variance has no value once all have ended. */
        const double reach = isnan(at.se) ? 0.0 : CR_NORMAL_95 * at.se;
        stability->survival[pairing][k] = at.value;
        stability->low[pairing][k] = isnan(at.value) ? (double)NAN : fmax(0.0, at.value - reach);
        stability->high[pairing][k] = isnan(at.value) ? (double)NAN : fmin(1.0, at.value + reach);
    }
}

static void sample_hazard(struct cr_stability *stability, int pairing, const struct cr_spells *spells) {
    double edges[CR_HAZARD_STEPS + 1];
    struct cr_hazard hazards[CR_HAZARD_STEPS];
    for (int k = 0; k <= CR_HAZARD_STEPS; k++)
        edges[k] = CR_WEEKS_A_YEAR * hazard_edges[k];
    cr_survival_hazards(spells, edges, CR_HAZARD_STEPS, hazards);
    for (int k = 0; k < CR_HAZARD_STEPS; k++) {
        const bool few = hazards[k].rate.n < CR_STABILITY_LEAST;
        const double rate = few ? (double)NAN : CR_WEEKS_A_YEAR * hazards[k].rate.value;
        const double reach = CR_NORMAL_95 * CR_WEEKS_A_YEAR * hazards[k].rate.se;
        stability->rate[pairing][k] = rate;
        stability->rate_low[pairing][k] = isnan(rate) ? (double)NAN : fmax(0.0, rate - reach);
        stability->rate_high[pairing][k] = isnan(rate) ? (double)NAN : rate + reach;
    }
}

static int work_out_stability(struct cr_stability *stability, const struct cr_record *record, struct cr_error *error) {
    struct cr_relationship_spells spells;
    int status = cr_relationship_spells_init(&spells, record, error);
    for (int p = 0; status == 0 && p < CR_PAIRINGS; p++) {
        cr_relationship_spells_take(&spells, record, (enum cr_pairing_kind)p);
        const struct cr_spells plain = {.exit = spells.weeks, .event = spells.separated, .count = spells.count};
        struct cr_survival survival;
        status = cr_survival_init(&survival, &plain, error);
        if (status == 0) {
            sample_survival(stability, p, &survival);
            sample_hazard(stability, p, &plain);
        }
        cr_survival_free(&survival);
    }
    cr_relationship_spells_free(&spells);
    return status;
}

int cr_findings_work_out(struct cr_findings *findings, const struct cr_record *record, const struct cr_wants *wants,
    struct cr_error *error) {
    struct cr_readings *const whole = &findings->whole;
    whole->count = 0;
    whole->year = NAN;
    whole->failed = false;
    for (size_t k = 0; k < wants->count; k++) {
        whole->measure = wants->measure[k];
        if (cr_measures[whole->measure].whole != NULL)
            cr_measures[whole->measure].whole(record, whole);
    }
    findings->as_of = record->simulation->week;
    findings->version++;
    blank(&findings->stability);
    if (whole->failed)
        return lack_memory(error);
    return wants->stability ? work_out_stability(&findings->stability, record, error) : 0;
}

void cr_findings_forget(struct cr_findings *findings, int32_t surveys) {
    if (surveys >= findings->survey_count)
        return;
    findings->survey_count = surveys;
    findings->version++;
}

static void copy_series(struct cr_series *to, const struct cr_series *from, int32_t surveys) {
    const size_t bytes = (size_t)surveys * sizeof *from->value;
    to->measure = from->measure;
    memcpy(to->group, from->group, sizeof to->group);
    if (bytes > 0) {
        memcpy(to->value, from->value, bytes);
        memcpy(to->se, from->se, bytes);
    }
}

static bool copy_readings(struct cr_readings *to, const struct cr_readings *from) {
    if (from->count > to->capacity) {
        struct cr_reading *const grown = realloc(to->reading, from->count * sizeof *grown);
        if (grown == NULL)
            return false;
        to->reading = grown;
        to->capacity = from->count;
    }
    if (from->count > 0)
        memcpy(to->reading, from->reading, from->count * sizeof *from->reading);
    to->count = from->count;
    return true;
}

int cr_findings_copy(struct cr_findings *to, const struct cr_findings *from, struct cr_error *error) {
    if (to->version == from->version)
        return 0;
    /* Until all is copied it is a copy of nothing. */
    to->version = 0;
    to->survey_count = 0;
    if (!copy_readings(&to->whole, &from->whole) || !reserve_surveys(to, from->survey_count + 1))
        return lack_memory(error);
    while (to->series_count < from->series_count)
        if (add_series(to, 0, "") == NULL)
            return lack_memory(error);
    for (size_t k = 0; k < from->series_count; k++)
        copy_series(&to->series[k], &from->series[k], from->survey_count);
    to->survey_count = from->survey_count;
    to->stability = from->stability;
    to->as_of = from->as_of;
    to->version = from->version;
    return 0;
}
