#include "viz/scene/counterparts.h"

#include <stdlib.h>
#include <string.h>

int cr_counterparts_fit(struct cr_counterparts *counterparts, uint32_t people, int32_t ties, struct cr_error *error) {
    if (!counterparts->latest || counterparts->people != people) {
        cr_counterparts_free(counterparts);
        counterparts->latest = malloc((people + 1) * sizeof *counterparts->latest);
        counterparts->lasting = malloc((people / 2 + 1) * sizeof *counterparts->lasting);
        if (!counterparts->latest || !counterparts->lasting) {
            cr_counterparts_free(counterparts);
            return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to compare %u persons", people);
        }
        memset(counterparts->latest, 0xFF, people * sizeof *counterparts->latest);
        counterparts->people = people;
    }
    if (ties > counterparts->capacity) {
        const int32_t capacity = ties < 512 ? 1024 : 2 * ties;
        struct cr_counterpart *const known = realloc(counterparts->known, (size_t)capacity * sizeof *known);
        if (!known)
            return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to compare %d relationships", ties);
        counterparts->known = known;
        counterparts->capacity = capacity;
    }
    return 0;
}

void cr_counterparts_free(struct cr_counterparts *counterparts) {
    free(counterparts->latest);
    free(counterparts->known);
    free(counterparts->lasting);
    memset(counterparts, 0, sizeof *counterparts);
}

static void follow(struct cr_counterpart *known, const struct cr_tie *tie) {
    known->end = tie->end;
    known->by_death = tie->ending == CR_DEATH;
}

static void add(struct cr_counterparts *counterparts, const struct cr_tie *tie) {
    const int32_t number = counterparts->count++;
    struct cr_counterpart *known = &counterparts->known[number];
    known->start = tie->start;
    for (int side = 0; side < 2; side++) {
        const int32_t person = tie->person[side];
        known->person[side] = person;
        known->earlier[side] = counterparts->latest[person];
        counterparts->latest[person] = number;
    }
    follow(known, tie);
}

void cr_counterparts_see(struct cr_counterparts *counterparts, const struct cr_snapshot *other, bool anew) {
    if (anew) {
        memset(counterparts->latest, 0xFF, counterparts->people * sizeof *counterparts->latest);
        counterparts->count = counterparts->lasting_count = 0;
    }
    for (int32_t k = 0; k < counterparts->lasting_count; k++) {
        const int32_t number = counterparts->lasting[k];
        follow(&counterparts->known[number], &other->ties[number]);
    }
    while (counterparts->count < other->tie_count)
        add(counterparts, &other->ties[counterparts->count]);
    counterparts->lasting_count = other->lasting_count;
    if (other->lasting_count > 0)
        memcpy(counterparts->lasting, other->lasting, (size_t)other->lasting_count * sizeof *counterparts->lasting);
    counterparts->week = other->week;
}

/* The one of the same two that began nearest; NULL if none did within a year. */
static const struct cr_counterpart *search(const struct cr_counterparts *counterparts, const struct cr_tie *tie) {
    const struct cr_counterpart *found = NULL;
    int32_t number = counterparts->latest[tie->person[0]], best = CR_COUNTERPARTS_NEAR + 1;
    while (number != CR_NOBODY) {
        const struct cr_counterpart *known = &counterparts->known[number];
        const int side = known->person[0] == tie->person[0] ? 0 : 1;
        const int32_t apart = abs(known->start - tie->start);
        if (known->person[1 - side] == tie->person[1] && apart < best) {
            best = apart;
            found = known;
        }
        number = known->earlier[side];
    }
    return found;
}

enum cr_elsewhere cr_counterparts_find(const struct cr_counterparts *counterparts, const struct cr_tie *tie) {
    const struct cr_counterpart *known = search(counterparts, tie);
    if (!known)
        return CR_ELSEWHERE_NOT;
    /* what lasts has not ended by now */
    const int32_t end = tie->end >= 0 ? tie->end : counterparts->week;
    const int32_t other = known->end >= 0 ? known->end : counterparts->week;
    const bool ended = tie->end >= 0 && known->end >= 0;
    const bool alike = !ended || (tie->ending == CR_DEATH) == known->by_death;
    return alike && abs(end - other) <= CR_COUNTERPARTS_NEAR ? CR_ELSEWHERE_ALIKE : CR_ELSEWHERE_OTHERWISE;
}
