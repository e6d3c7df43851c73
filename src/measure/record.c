#include "measure/record.h"

#include <stdlib.h>
#include <string.h>

#include "model/figure.h"

const int32_t cr_visit_age[CR_VISITS] = {56, 78};

static const struct cr_visit no_visit = {.week = -1, .coding = {.class = CR_CLASS_NONE}};

static void *allocate(size_t count, size_t size, bool *failed) {
    void *memory = calloc(count == 0 ? 1 : count, size);
    *failed = *failed || memory == NULL;
    return memory;
}

static bool open_survey(struct cr_survey *survey, uint32_t people) {
    bool failed = false;
    float **reals[] = {&survey->anxiety, &survey->avoidance, &survey->worth, &survey->satisfaction, &survey->commitment,
        &survey->conflict, &survey->perceived, &survey->actual, &survey->swayed[0], &survey->swayed[1],
        &survey->swayed[2], &survey->felt, &survey->shown};
    for (size_t k = 0; k < sizeof reals / sizeof *reals; k++)
        *reals[k] = allocate(people, sizeof(float), &failed);
    survey->partner = allocate(people, sizeof(int32_t), &failed);
    survey->bond = allocate(people, sizeof(int32_t), &failed);
    for (int k = 0; k < CR_STRATEGIES; k++)
        survey->bids[k] = allocate(people, sizeof(uint8_t), &failed);
    return !failed;
}

static void close_survey(struct cr_survey *survey) {
    float *reals[] = {survey->anxiety, survey->avoidance, survey->worth, survey->satisfaction, survey->commitment,
        survey->conflict, survey->perceived, survey->actual, survey->swayed[0], survey->swayed[1], survey->swayed[2],
        survey->felt, survey->shown};
    for (size_t k = 0; k < sizeof reals / sizeof *reals; k++)
        free(reals[k]);
    free(survey->partner);
    free(survey->bond);
    for (int k = 0; k < CR_STRATEGIES; k++)
        free(survey->bids[k]);
}

int cr_record_init(struct cr_record *record, const struct cr_simulation *simulation, struct cr_error *error) {
    memset(record, 0, sizeof *record);
    record->simulation = simulation;
    record->people = simulation->people.count;
    const int32_t years = cr_simulation_weeks(simulation->scenario) / CR_WEEKS_A_YEAR;
    bool failed = false;
    for (int v = 0; v < CR_VISITS; v++)
        record->visits[v] = allocate(record->people, sizeof(struct cr_visit), &failed);
    record->surveys = allocate((size_t)years, sizeof(struct cr_survey), &failed);
    for (; !failed && record->survey_capacity < years; record->survey_capacity++)
        failed = !open_survey(&record->surveys[record->survey_capacity], record->people);
    if (failed) {
        cr_record_free(record);
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to record %u persons over %d years",
            simulation->people.count, years);
    }
    for (int v = 0; v < CR_VISITS; v++)
        for (uint32_t i = 0; i < record->people; i++)
            record->visits[v][i] = no_visit;
    return 0;
}

void cr_record_free(struct cr_record *record) {
    for (int32_t y = 0; y < record->survey_capacity; y++)
        close_survey(&record->surveys[y]);
    free(record->surveys);
    for (int v = 0; v < CR_VISITS; v++)
        free(record->visits[v]);
    memset(record, 0, sizeof *record);
}

static void visit(struct cr_record *record, uint32_t i, int v) {
    const struct cr_simulation *simulation = record->simulation;
    const struct cr_population *people = &simulation->people;
    struct cr_visit *visit = &record->visits[v][i];
    const struct cr_laboratory_record seen = cr_strange_situation(&simulation->setting, people, i, (uint32_t)v);
    visit->week = simulation->setting.week;
    visit->coding = cr_laboratory_code(&simulation->setting, &seen, i, (uint32_t)v);
    (void)cr_person_caregiver_now(&simulation->setting, people, i, &visit->care);
    visit->caregiver = people->caregivers[i];
    for (int k = 0; k < CR_STRATEGIES; k++)
        visit->policy[k] = people->policy[k][i];
    visit->sensitivity =
        cr_home_observation(&simulation->setting, visit->care.sensitivity, i, (uint32_t)v, CR_HOME_SENSITIVITY);
    visit->fright = cr_home_observation(&simulation->setting, visit->care.fright, i, (uint32_t)v, CR_HOME_FRIGHT);
}

static void answer(const struct cr_simulation *simulation, struct cr_survey *survey, uint32_t i) {
    const struct cr_population *people = &simulation->people;
    const struct cr_setting *setting = &simulation->setting;
    const struct cr_parameters *p = setting->parameters;
    survey->worth[i] = (float)people->general[CR_WORTH][i];
    survey->swayed[0][i] = (float)people->swayed[CR_PARTNER][i];
    survey->swayed[1][i] = (float)people->swayed[CR_CAREGIVER][i];
    survey->swayed[2][i] = (float)people->swayed[CR_FIGURE_ROLES][i];
    survey->felt[i] = (float)people->felt[i];
    survey->shown[i] = (float)people->shown[i];
    if (people->turned_to[i] != CR_NOBODY)
        for (int k = 0; k < CR_STRATEGIES; k++)
            survey->bids[k][i] = people->bids[k][i];
    if (cr_person_age(people, i, setting->week) < p->life_adult_age)
        return;
    const struct cr_ecr ecr = cr_self_report_ecr(setting, people, i);
    survey->anxiety[i] = (float)ecr.anxiety;
    survey->avoidance[i] = (float)ecr.avoidance;
    const int32_t partner = people->partner[i];
    if (partner == CR_NOBODY)
        return;
    double belief[CR_BELIEFS];
    cr_person_expects(people, i, CR_PARTNER, p->working_model_shrinkage, belief);
    survey->partner[i] = partner;
    survey->bond[i] = people->bond[i];
    survey->satisfaction[i] = (float)cr_self_report_satisfaction(setting, people, i);
    survey->commitment[i] = (float)people->commitment[i];
    survey->conflict[i] = (float)simulation->bonds.bond[people->bond[i]].conflict;
    survey->perceived[i] = (float)belief[CR_OPEN];
    survey->actual[i] = (float)cr_figure_openness(p, people, (uint32_t)partner);
}

static void survey(struct cr_record *record) {
    const struct cr_simulation *simulation = record->simulation;
    struct cr_survey *survey = &record->surveys[record->survey_count++];
    survey->week = simulation->setting.week;
    for (uint32_t i = 0; i < record->people; i++) {
        float *const reals[] = {&survey->anxiety[i], &survey->avoidance[i], &survey->worth[i], &survey->satisfaction[i],
            &survey->commitment[i], &survey->conflict[i], &survey->perceived[i], &survey->actual[i],
            &survey->swayed[0][i], &survey->swayed[1][i], &survey->swayed[2][i], &survey->felt[i], &survey->shown[i]};
        for (size_t k = 0; k < sizeof reals / sizeof *reals; k++)
            *reals[k] = NAN;
        survey->partner[i] = CR_NOBODY;
        survey->bond[i] = CR_NOBODY;
        for (int k = 0; k < CR_STRATEGIES; k++)
            survey->bids[k][i] = 0;
        if (cr_person_alive(&simulation->people, i, survey->week))
            answer(simulation, survey, i);
    }
}

void cr_record_week(struct cr_record *record) {
    const struct cr_simulation *simulation = record->simulation;
    const struct cr_population *people = &simulation->people;
    const int32_t week = simulation->setting.week;
    for (uint32_t i = 0; i < record->people; i++)
        for (int v = 0; v < CR_VISITS; v++)
            if (week - people->birth[i] == cr_visit_age[v])
                visit(record, i, v);
    if (simulation->week % CR_WEEKS_A_YEAR == 0 && record->survey_count < record->survey_capacity)
        survey(record);
}

void cr_record_rewind(struct cr_record *record, int32_t weeks) {
    const int32_t years = weeks / CR_WEEKS_A_YEAR;
    record->survey_count = years < record->survey_capacity ? years : record->survey_capacity;
    for (int v = 0; v < CR_VISITS; v++)
        for (uint32_t i = 0; i < record->people; i++)
            if (record->visits[v][i].week >= weeks)
                record->visits[v][i] = no_visit;
}

double cr_record_age(const struct cr_record *record, const struct cr_survey *survey, uint32_t i) {
    return cr_person_age(&record->simulation->people, i, survey->week);
}

int32_t cr_record_survey_at_age(const struct cr_record *record, uint32_t i, double age) {
    const struct cr_population *people = &record->simulation->people;
    const double at = people->birth[i] + age * CR_WEEKS_A_YEAR;
    for (int32_t y = (int32_t)cr_max(0.0, at / CR_WEEKS_A_YEAR - 2.0); y < record->survey_count; y++)
        if (record->surveys[y].week >= at)
            return cr_person_alive(people, i, record->surveys[y].week) ? y : -1;
    return -1;
}

int32_t cr_record_survey_before(int32_t week) {
    return week / CR_WEEKS_A_YEAR - 1;
}

enum cr_style cr_record_style(const struct cr_record *record, int32_t survey, uint32_t i) {
    if (survey < 0)
        return CR_STYLE_NONE;
    const struct cr_survey *answers = &record->surveys[survey];
    return cr_self_report_style(record->simulation->setting.parameters, answers->anxiety[i], answers->avoidance[i]);
}
