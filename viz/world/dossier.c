#include "viz/world/dossier.h"

#include <math.h>
#include <string.h>

#include "measure/earned_security.h"

/* Puts an event into its place. Birth comes first and stays; of too many others the oldest goes. */
static void happen(struct cr_dossier *dossier, struct cr_life_event event) {
    struct cr_life_event *const events = dossier->events;
    if (dossier->event_count == CR_DOSSIER_EVENTS) {
        if (event.week < events[1].week)
            return;
        memmove(&events[1], &events[2], (CR_DOSSIER_EVENTS - 2) * sizeof *events);
        dossier->event_count--;
    }
    size_t place = dossier->event_count++;
    for (; place > 0 && events[place - 1].week > event.week; place--)
        events[place] = events[place - 1];
    events[place] = event;
}

static void fill_childhood(struct cr_dossier *dossier, const struct cr_record *record, uint32_t i) {
    const struct cr_simulation *simulation = record->simulation;
    const struct cr_population *people = &simulation->people;
    if (people->birth[i] <= simulation->week)
        happen(dossier, (struct cr_life_event){.week = people->birth[i], .kind = CR_LIFE_BIRTH, .other = CR_NOBODY});
    for (int v = 0; v < CR_VISITS; v++) {
        const struct cr_visit *visit = &record->visits[v][i];
        dossier->coding[v] = visit->coding;
        if (visit->week >= 0)
            happen(dossier, (struct cr_life_event){.week = visit->week,
                                .kind = CR_LIFE_VISIT,
                                .detail = (int8_t)visit->coding.class,
                                .other = CR_NOBODY});
    }
    for (int k = 0; k < CR_LIVED; k++)
        dossier->lived[k] = (double)people->lived[k][i];
    dossier->caregivers = people->caregivers[i];
    dossier->caregiver_alive = simulation->week < people->caregiver_death[i];
    (void)cr_person_caregiver_now(&simulation->setting, people, i, &dossier->caregiver);
    if (!dossier->caregiver_alive && people->caregiver_death[i] < people->death[i])
        happen(dossier, (struct cr_life_event){
                            .week = people->caregiver_death[i], .kind = CR_LIFE_CAREGIVER_DEATH, .other = CR_NOBODY});
}

/* Events of the scenario's timeline that brought a new caregiver, in the week in which the model changes them. */
static void fill_caregivers(struct cr_dossier *dossier, const struct cr_simulation *simulation, uint32_t i) {
    const struct cr_population *people = &simulation->people;
    for (size_t e = 0; e < simulation->scenario->event_count; e++) {
        const struct cr_event *event = &simulation->scenario->events[e].event;
        if (!event->replaces || (people->befallen[i] >> e & 1U) == 0)
            continue;
        const double age = event->age + event->length;
        int32_t week = people->birth[i] + (int32_t)(age * CR_WEEKS_A_YEAR) - 1;
        while (cr_person_age(people, i, week) < age)
            week++;
        if (week < simulation->week && week < people->death[i])
            happen(dossier, (struct cr_life_event){.week = week, .kind = CR_LIFE_NEW_CAREGIVER, .other = CR_NOBODY});
    }
}

static void fill_minds(struct cr_dossier *dossier, const struct cr_simulation *simulation, uint32_t i) {
    const struct cr_population *people = &simulation->people;
    const double shrinkage = simulation->setting.parameters->working_model_shrinkage;
    const bool lives = cr_person_alive(people, i, simulation->week);
    const struct cr_ecr index =
        lives ? cr_self_report_index(&simulation->setting, people, i) : (struct cr_ecr){(double)NAN, (double)NAN};
    dossier->anxiety = index.anxiety;
    dossier->avoidance = index.avoidance;
    cr_person_expects(people, i, CR_CAREGIVER, shrinkage, dossier->of_caregiver);
    cr_person_expects(people, i, CR_PARTNER, shrinkage, dossier->of_partner);
    for (int b = 0; b < CR_BELIEFS; b++) {
        dossier->prototype[b] = people->prototype[b][i];
        dossier->general[b] = people->general[b][i];
        if (people->partner[i] == CR_NOBODY)
            dossier->of_partner[b] = NAN;
    }
    for (int role = 0; role < CR_FIGURE_ROLES; role++)
        dossier->experience[role] = people->experience[role][i];
    for (int k = 0; k < CR_STRATEGIES; k++)
        dossier->policy[k] = people->policy[k][i];
    dossier->turned_to = people->turned_to[i];
    dossier->arousal = people->arousal[i];
    dossier->strain = people->strain[i];
    dossier->grief = people->grief[i];
    dossier->felt = people->felt[i];
    dossier->shown = people->shown[i];
}

static void fill_couple(struct cr_dossier *dossier, const struct cr_simulation *simulation, uint32_t i) {
    const struct cr_population *people = &simulation->people;
    dossier->partner = people->partner[i];
    dossier->bond = people->bond[i];
    dossier->satisfaction = dossier->commitment = dossier->irritation = dossier->conflict = NAN;
    dossier->intimacy = dossier->fit = dossier->partner_satisfaction = NAN;
    if (dossier->partner == CR_NOBODY)
        return;
    const struct cr_bond *bond = &simulation->bonds.bond[dossier->bond];
    dossier->together = simulation->week - bond->start;
    dossier->satisfaction = people->satisfaction[i];
    dossier->commitment = people->commitment[i];
    dossier->irritation = people->irritation[i];
    dossier->conflict = bond->conflict;
    dossier->intimacy = bond->intimacy;
    dossier->fit = bond->fit;
    dossier->partner_satisfaction = people->satisfaction[dossier->partner];
}

static void tell_bond(struct cr_dossier *dossier, const struct cr_bond *bond, int side) {
    const int32_t other = bond->person[1 - side];
    happen(dossier, (struct cr_life_event){.week = bond->start, .kind = CR_LIFE_PAIRING, .other = other});
    if (bond->cohabiting >= 0)
        happen(dossier, (struct cr_life_event){.week = bond->cohabiting, .kind = CR_LIFE_MOVING_IN, .other = other});
    if (bond->married >= 0)
        happen(dossier, (struct cr_life_event){.week = bond->married, .kind = CR_LIFE_WEDDING, .other = other});
    if (bond->ending == CR_LASTING)
        return;
    const int8_t by = (int8_t)(bond->ended_by == 2 ? 2 : bond->ended_by != side);
    if (bond->ending != CR_DEATH)
        happen(dossier, (struct cr_life_event){.week = bond->end,
                            .kind = CR_LIFE_SEPARATION,
                            .detail = (int8_t)bond->ending,
                            .by = by,
                            .other = other});
    else if (by == 1)
        happen(dossier, (struct cr_life_event){.week = bond->end, .kind = CR_LIFE_BEREAVEMENT, .other = other});
}

/* Relationships stand in the order in which they began, and a person knows how many it had. */
static void fill_bonds(struct cr_dossier *dossier, const struct cr_simulation *simulation, uint32_t i) {
    const struct cr_bonds *bonds = &simulation->bonds;
    int32_t first = 0;
    int32_t last = bonds->count;
    while (first < last) {
        const int32_t middle = first + (last - first) / 2;
        if (bonds->bond[middle].start < dossier->birth)
            first = middle + 1;
        else
            last = middle;
    }
    uint32_t told = 0;
    for (int32_t k = first; k < bonds->count && told < simulation->people.bonds_had[i]; k++)
        for (int side = 0; side < 2; side++)
            if (bonds->bond[k].person[side] == (int32_t)i) {
                tell_bond(dossier, &bonds->bond[k], side);
                told++;
            }
}

static void fill_surveys(struct cr_dossier *dossier, const struct cr_record *record, uint32_t i) {
    dossier->year_count = record->survey_count < CR_DOSSIER_YEARS ? record->survey_count : CR_DOSSIER_YEARS;
    dossier->style_18 = dossier->style = CR_STYLE_NONE;
    for (int32_t s = 0; s < dossier->year_count; s++) {
        const struct cr_survey *survey = &record->surveys[s];
        dossier->year[s] = (float)(s + 1);
        dossier->anxiety_rated[s] = survey->anxiety[i];
        dossier->avoidance_rated[s] = survey->avoidance[i];
        dossier->worth[s] = survey->worth[i];
        dossier->satisfaction_rated[s] = survey->satisfaction[i];
        const enum cr_style style = cr_record_style(record, s, i);
        if (style == CR_STYLE_NONE)
            continue;
        dossier->style = style;
        if (dossier->style_18 == CR_STYLE_NONE)
            dossier->style_18 = style;
    }
}

static void fill_earning(struct cr_dossier *dossier, const struct cr_record *record, uint32_t i) {
    const struct cr_earned earned = cr_earned_security(record, i, record->survey_count - 1);
    dossier->earned = earned.survey >= 0;
    dossier->lost = earned.lost >= 0;
    if (dossier->earned)
        happen(dossier, (struct cr_life_event){.week = record->surveys[earned.survey].week,
                            .kind = CR_LIFE_EARNING,
                            .detail = (int8_t)earned.route,
                            .other = CR_NOBODY});
    if (dossier->lost)
        happen(dossier, (struct cr_life_event){
                            .week = record->surveys[earned.lost].week, .kind = CR_LIFE_LOSING, .other = CR_NOBODY});
}

void cr_dossier_fill(struct cr_dossier *dossier, const struct cr_record *record, int32_t person) {
    const struct cr_simulation *simulation = record->simulation;
    const struct cr_population *people = &simulation->people;
    memset(dossier, 0, sizeof *dossier);
    dossier->person = person;
    if (person == CR_NOBODY)
        return;
    const uint32_t i = (uint32_t)person;
    dossier->week = simulation->week;
    dossier->birth = people->birth[i];
    dossier->death = people->death[i] <= simulation->week ? people->death[i] : -1;
    dossier->female = people->sex[i] == CR_FEMALE;
    dossier->temperament = people->temperament[i];
    fill_childhood(dossier, record, i);
    fill_caregivers(dossier, simulation, i);
    fill_minds(dossier, simulation, i);
    fill_couple(dossier, simulation, i);
    fill_bonds(dossier, simulation, i);
    fill_surveys(dossier, record, i);
    fill_earning(dossier, record, i);
    if (dossier->death >= 0)
        happen(dossier, (struct cr_life_event){.week = dossier->death, .kind = CR_LIFE_DEATH, .other = CR_NOBODY});
}
