#include "model/pairing.h"

#include <stdlib.h>
#include <string.h>

/* What of a person's luck in meeting is for what. */
enum { BLOCK_OUT, BLOCK_ACCEPT, BLOCK_OPEN, BLOCK_MOMENT };

/* So many of those born nearest to a moment are as likely to be come across. More than one, so that nobody is met more
 * often for having been born between two gaps. */
enum { NEAREST = 16 };

int cr_meeting_init(struct cr_meeting *meeting, uint32_t people, struct cr_error *error) {
    *meeting = (struct cr_meeting){.passer_by[0] = malloc((people + 1) * sizeof *meeting->passer_by[0])};
    return meeting->passer_by[0] != NULL
               ? 0
               : cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the meetings of %u persons", people);
}

void cr_meeting_free(struct cr_meeting *meeting) {
    free(meeting->passer_by[0]);
    memset(meeting, 0, sizeof *meeting);
}

static double moment_of(const struct cr_population *people, const struct cr_stream *luck, uint32_t i) {
    double u[4];
    cr_stream_uniforms(luck, CR_LUCK_MEETING, i, 0, BLOCK_MOMENT, u);
    return (double)people->birth[i] + u[0];
}

static int by_moment(const void *left, const void *right) {
    const struct cr_passer_by *a = left, *b = right;
    if (a->moment != b->moment)
        return a->moment < b->moment ? -1 : 1;
    return a->person < b->person ? -1 : 1;
}

void cr_meeting_arrange(struct cr_meeting *meeting, const struct cr_population *people, const struct cr_stream *luck) {
    struct cr_passer_by *at = meeting->passer_by[0];
    for (int sex = 0; sex < 2; sex++) {
        meeting->passer_by[sex] = at;
        for (uint32_t i = 0; i < people->count; i++)
            if (people->sex[i] == sex)
                *at++ = (struct cr_passer_by){.moment = moment_of(people, luck, i), .person = i};
        meeting->count[sex] = (uint32_t)(at - meeting->passer_by[sex]);
        qsort(meeting->passer_by[sex], meeting->count[sex], sizeof *at, by_moment);
    }
}

/* The share of its readiness to meet others that grief, deactivation and age leave a single adult; 0 to all others. */
static double readiness(const struct cr_setting *setting, const struct cr_population *people, uint32_t i) {
    const struct cr_parameters *p = setting->parameters;
    const int32_t week = setting->week;
    if (people->partner[i] != CR_NOBODY || !cr_person_alive(people, i, week + 1) ||
        cr_person_age(people, i, week) < p->life_adult_age)
        return 0.0;
    return (1.0 - people->grief[i]) * (1.0 - p->meeting_reticence * people->policy[CR_DEACTIVATE][i]) *
           setting->youth[cr_setting_age(week - people->birth[i])];
}

/* How many were born before the moment. */
static int64_t born_before(const struct cr_passer_by *passer_by, uint32_t count, double moment) {
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (passer_by[middle].moment < moment)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int32_t cr_pairing_encounter(const struct cr_setting *setting, const struct cr_population *people,
    const struct cr_meeting *meeting, uint32_t i) {
    const struct cr_parameters *p = setting->parameters;
    if (people->partner[i] != CR_NOBODY)
        return CR_NOBODY;
    double u[4], v[4];
    cr_stream_uniforms(&setting->luck, CR_LUCK_MEETING, i, (uint32_t)setting->week, BLOCK_OUT, u);
    if (u[0] >= p->meeting_rate || u[0] >= p->meeting_rate * readiness(setting, people, i))
        return CR_NOBODY;
    const int other = people->sex[i] == CR_FEMALE ? CR_MALE : CR_FEMALE;
    const struct cr_passer_by *passer_by = meeting->passer_by[other];
    const int64_t count = meeting->count[other];
    if (count == 0)
        return CR_NOBODY;
    /* Where nobody was born before or after, people are met who were born on this side instead. */
    const double first = passer_by[0].moment, last = passer_by[count - 1].moment;
    double moment = moment_of(people, &setting->luck, i) +
                    CR_WEEKS_A_YEAR * p->meeting_age_spread * cr_quantile_draw(&setting->normal, u[1]);
    moment = moment < first ? 2.0 * first - moment : moment > last ? 2.0 * last - moment : moment;
    const int64_t width = count < NEAREST ? count : NEAREST;
    int64_t place = born_before(passer_by, (uint32_t)count, moment) - width / 2;
    place = place < 0 ? 0 : place > count - width ? count - width : place;
    const uint32_t j = passer_by[place + (int64_t)(u[2] * (double)width)].person;
    cr_stream_uniforms(&setting->luck, CR_LUCK_MEETING, j, (uint32_t)setting->week, BLOCK_OPEN, v);
    return v[0] < readiness(setting, people, j) ? (int32_t)j : CR_NOBODY;
}

/* (48) Whether `i` would have `other`. */
static bool accepts(
    const struct cr_setting *setting, const struct cr_population *people, uint32_t i, uint32_t other, double fit) {
    const struct cr_parameters *p = setting->parameters;
    double u[4];
    cr_stream_uniforms(&setting->luck, CR_LUCK_MEETING, i, (uint32_t)setting->week, BLOCK_ACCEPT, u);
    const double impression = fit + p->pairing_impression_error * cr_quantile_draw(&setting->normal, u[0]);
    const double gap = fabs((double)(people->birth[i] - people->birth[other])) / CR_WEEKS_A_YEAR;
    const double wanting = people->arousal[i] / (1.0 + people->arousal[i]);
    return u[1] < cr_logistic(p->pairing_acceptance + p->pairing_impression * impression - p->pairing_age_gap * gap +
                              p->pairing_loneliness * wanting);
}

void cr_pairing_meet(const struct cr_setting *setting, struct cr_population *people, struct cr_bonds *bonds,
    const struct cr_meeting *meeting) {
    for (uint32_t i = 0; i < people->count; i++) {
        const int32_t met = cr_pairing_encounter(setting, people, meeting, i);
        if (met == CR_NOBODY)
            continue;
        const uint32_t j = (uint32_t)met;
        const double fit = cr_couple_fit(setting, i, j);
        if (accepts(setting, people, i, j, fit) && accepts(setting, people, j, i, fit))
            cr_couple_form(setting, people, bonds, i, j);
    }
}
