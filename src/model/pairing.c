#include "model/pairing.h"

#include <stdlib.h>
#include <string.h>

int cr_meeting_init(struct cr_meeting *meeting, uint32_t people, struct cr_error *error) {
    meeting->count = 0;
    meeting->guest = malloc((people + 1) * sizeof *meeting->guest);
    return meeting->guest != NULL
               ? 0
               : cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the meetings of %u persons", people);
}

void cr_meeting_free(struct cr_meeting *meeting) {
    free(meeting->guest);
    memset(meeting, 0, sizeof *meeting);
}

static void gather(const struct cr_setting *setting, const struct cr_population *people, struct cr_meeting *meeting) {
    const struct cr_parameters *p = setting->parameters;
    const int32_t week = setting->week;
    meeting->count = 0;
    for (uint32_t i = 0; i < people->count; i++) {
        if (people->partner[i] != CR_NOBODY || !cr_person_alive(people, i, week + 1))
            continue;
        const double age = cr_person_age(people, i, week);
        if (age < p->life_adult_age)
            continue;
        double u[4];
        cr_stream_uniforms(&setting->luck, CR_LUCK_MEETING, i, (uint32_t)week, 0, u);
        const double drawn = p->meeting_rate * (1.0 - people->grief[i]) *
                             (1.0 - p->meeting_reticence * people->policy[CR_DEACTIVATE][i]);
        if (u[0] >= drawn || u[0] >= drawn * setting->youth[cr_setting_age(week - people->birth[i])])
            continue;
        meeting->guest[meeting->count++] =
            (struct cr_guest){.place = age + p->meeting_age_spread * cr_quantile_draw(&setting->normal, u[1]),
                .person = i,
                .sex = people->sex[i]};
    }
}

static int by_place(const void *left, const void *right) {
    const struct cr_guest *a = left;
    const struct cr_guest *b = right;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->person < b->person ? -1 : 1;
}

/* The nearest guest of the other sex; the count where there is none. */
static uint32_t nearest(const struct cr_meeting *meeting, uint32_t of) {
    const struct cr_guest *guest = meeting->guest;
    uint32_t best = meeting->count;
    double least = HUGE_VAL;
    for (uint32_t k = of; k-- > 0 && guest[of].place - guest[k].place < least;)
        if (guest[k].sex != guest[of].sex) {
            least = guest[of].place - guest[k].place;
            best = k;
        }
    for (uint32_t k = of + 1; k < meeting->count && guest[k].place - guest[of].place < least; k++)
        if (guest[k].sex != guest[of].sex) {
            least = guest[k].place - guest[of].place;
            best = k;
        }
    return best;
}

/* (48) Whether `i` would have `other`. */
static bool accepts(
    const struct cr_setting *setting, const struct cr_population *people, uint32_t i, uint32_t other, double fit) {
    const struct cr_parameters *p = setting->parameters;
    double u[4];
    cr_stream_uniforms(&setting->luck, CR_LUCK_MEETING, i, (uint32_t)setting->week, 1, u);
    const double impression = fit + p->pairing_impression_error * cr_quantile_draw(&setting->normal, u[0]);
    const double gap = fabs((double)(people->birth[i] - people->birth[other])) / CR_WEEKS_A_YEAR;
    const double wanting = people->arousal[i] / (1.0 + people->arousal[i]);
    return u[1] < cr_logistic(p->pairing_acceptance + p->pairing_impression * impression - p->pairing_age_gap * gap +
                              p->pairing_loneliness * wanting);
}

void cr_pairing_meet(const struct cr_setting *setting, struct cr_population *people, struct cr_bonds *bonds,
    struct cr_meeting *meeting) {
    gather(setting, people, meeting);
    qsort(meeting->guest, meeting->count, sizeof *meeting->guest, by_place);
    for (uint32_t k = 0; k < meeting->count; k++) {
        const uint32_t other = nearest(meeting, k);
        if (other == meeting->count || other < k || nearest(meeting, other) != k)
            continue;
        const uint32_t a = meeting->guest[k].person;
        const uint32_t b = meeting->guest[other].person;
        const double fit = cr_couple_fit(setting, a, b);
        if (accepts(setting, people, a, b, fit) && accepts(setting, people, b, a, fit))
            cr_couple_form(setting, people, bonds, a, b);
    }
}
