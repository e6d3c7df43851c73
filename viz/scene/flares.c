#include "viz/scene/flares.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"
#include "base/stream.h"

/* Seconds that each lasts. */
static const float lasts[CR_FLARE_KINDS] = {
    [CR_FLARE_PROTEST] = 0.75F,
    [CR_FLARE_DEACTIVATION] = 0.85F,
    [CR_FLARE_APPEASEMENT] = 0.85F,
    [CR_FLARE_COMFORT] = 0.8F,
    [CR_FLARE_REBUFF] = 0.9F,
    [CR_FLARE_FRIGHT] = 1.2F,
    [CR_FLARE_BIRTH] = 1.0F,
    [CR_FLARE_DEATH] = 1.6F,
    [CR_FLARE_EARNING] = 5.0F,
    [CR_FLARE_QUARREL] = 0.6F,
    [CR_FLARE_PAIRING] = 1.2F,
    [CR_FLARE_MOVING_IN] = 1.0F,
    [CR_FLARE_WEDDING] = 1.5F,
    [CR_FLARE_SEPARATION] = 1.4F,
    [CR_FLARE_BEREAVEMENT] = 1.6F,
};

/* Those that a person may show again and again have a bit each while they last. */
_Static_assert(CR_FLARE_FRIGHT < 8, "a byte holds them");

/* What came of a bid is seen so many seconds after it. */
static const float follows_after = 0.4F;

/* Persons who may show what they do at a time; how often a second each may; and for how many person-weeks a second
 * each event in a life is shown. */
enum { SHOWING = 2500 };
static const double often = 1.2, lives = 3000.0;

/* With reduced motion what is seen stays for so long at least. */
static const double still_seconds = 1.5;

int cr_flares_fit(struct cr_flares *flares, uint32_t people, struct cr_error *error) {
    if (flares->busy && flares->people == people)
        return 0;
    cr_flares_free(flares);
    flares->busy = calloc(people > 0 ? people : 1, sizeof *flares->busy);
    flares->flare = calloc(CR_FLARES_MOST, sizeof *flares->flare);
    if (!flares->busy || !flares->flare) {
        cr_flares_free(flares);
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to draw %u persons", people);
    }
    flares->people = people;
    flares->one_in = 1;
    flares->waited = still_seconds;
    return 0;
}

void cr_flares_free(struct cr_flares *flares) {
    free(flares->busy);
    free(flares->flare);
    *flares = (struct cr_flares){0};
}

void cr_flares_clear(struct cr_flares *flares) {
    if (flares->busy)
        memset(flares->busy, 0, flares->people);
    flares->count = 0;
    flares->waited = still_seconds;
}

double cr_flare_phase(const struct cr_flare *flare) {
    return cr_clamp((double)(flare->age / lasts[flare->kind]), 0.0, 1.0);
}

/* Returns whether it begins: it does not last already, and there is room. */
static bool begin(struct cr_flares *flares, enum cr_flare_kind kind, int32_t a, int32_t b, float age) {
    if (flares->count == CR_FLARES_MOST || a == CR_NOBODY || (kind >= CR_FLARE_QUARREL && b == CR_NOBODY))
        return false;
    if (kind <= CR_FLARE_FRIGHT) {
        const uint8_t bit = (uint8_t)(1U << (unsigned)kind);
        if (flares->busy[a] & bit)
            return false;
        flares->busy[a] |= bit;
    }
    flares->flare[flares->count++] = (struct cr_flare){(uint8_t)kind, {a, b}, age};
    return true;
}

/* What makes a choice among flares that depends on nothing but whom, when and what. */
static void draw(uint32_t who, int32_t week, int kind, double u[4]) {
    static const struct cr_stream choice = {.seed = 0, .replicate = 0};
    cr_stream_uniforms(&choice, CR_LUCK_RESAMPLE, who, (uint32_t)week, (uint32_t)kind, u);
}

static bool follows(const int32_t *followed, size_t count, int32_t person) {
    for (size_t k = 0; k < count; k++)
        if (followed[k] == person && person != CR_NOBODY)
            return true;
    return false;
}

/* A person who did something in some of the weeks of a glance shows it as if the glance were of one week. */
static double share_of(double times, double weeks) {
    return cr_min(1.0, times / weeks);
}

struct pace {
    double weeks, chance; /* of the glance; of whoever does something in all of them to show it */
    float follow;         /* the age that what follows a bid begins with */
};

/* All that a person shows of a week hangs on one draw: who shows the one shows the more frequent, too. */
static void see_person(
    struct cr_flares *flares, const struct cr_snapshot *snapshot, const struct pace *pace, uint32_t i, bool followed) {
    static const int strategies[] = {CR_PROTEST, CR_DEACTIVATE, CR_APPEASE};
    const uint8_t came[] = {snapshot->comforted[i], snapshot->rebuffed[i], snapshot->frightened[i]};
    double u[4], episodes = snapshot->bids[CR_BID][i];
    bool seeks = false;
    draw(i, snapshot->week, CR_FLARE_PROTEST, u);
    for (int k = 0; k < 3; k++) {
        const double times = snapshot->bids[strategies[k]][i];
        episodes += times;
        if (times > 0.0 && (followed || u[0] < share_of(times, pace->weeks) * pace->chance))
            seeks |= begin(flares, (enum cr_flare_kind)(CR_FLARE_PROTEST + k), (int32_t)i, CR_NOBODY, 0.0F);
    }
    for (int k = 0; k < 3; k++) {
        const enum cr_flare_kind kind = (enum cr_flare_kind)(CR_FLARE_COMFORT + k);
        const double rarer = kind == CR_FLARE_COMFORT ? CR_FLARES_COMFORT_ONE_IN : 1.0;
        const bool by_itself = !seeks && u[0] < share_of(came[k], pace->weeks) * pace->chance / rarer;
        const bool follows_bid = seeks && u[1 + k] < share_of(came[k], cr_min(cr_max(1.0, episodes), pace->weeks));
        if (came[k] > 0 && (followed || by_itself || follows_bid))
            (void)begin(flares, kind, (int32_t)i, CR_NOBODY, seeks ? pace->follow : 0.0F);
    }
}

static void see_needs(struct cr_flares *flares, const struct cr_snapshot *snapshot, const struct pace *pace,
    const int32_t *followed, size_t count) {
    for (uint32_t i = 0; i < snapshot->people; i++) {
        const bool shown = follows(followed, count, (int32_t)i);
        const unsigned does = (unsigned)snapshot->bids[CR_PROTEST][i] | snapshot->bids[CR_DEACTIVATE][i] |
                              snapshot->bids[CR_APPEASE][i] | snapshot->comforted[i] | snapshot->rebuffed[i] |
                              snapshot->frightened[i];
        if (does != 0 && (shown || i % (uint32_t)flares->one_in == 0))
            see_person(flares, snapshot, pace, i, shown);
    }
}

static bool quarrels(uint32_t tie, const struct cr_snapshot *snapshot, double times, double weeks, double chance) {
    double u[4];
    draw(tie, snapshot->week, CR_FLARE_QUARREL, u);
    return u[0] < share_of(times, weeks) * chance;
}

static void see_quarrels(struct cr_flares *flares, const struct cr_snapshot *snapshot, double weeks, double chance,
    const int32_t *followed, size_t count) {
    for (int32_t k = 0; k < snapshot->lasting_count; k++) {
        const int32_t number = snapshot->lasting[k];
        const struct cr_tie *tie = &snapshot->ties[number];
        if (tie->quarrels == 0)
            continue;
        if (follows(followed, count, tie->person[0]) || follows(followed, count, tie->person[1]) ||
            (number % flares->one_in == 0 && quarrels((uint32_t)number, snapshot, tie->quarrels, weeks, chance)))
            (void)begin(flares, CR_FLARE_QUARREL, tie->person[0], tie->person[1], 0.0F);
    }
}

static void see_events(
    struct cr_flares *flares, const struct cr_snapshot *snapshot, double share, const int32_t *followed, size_t count) {
    static const enum cr_flare_kind kinds[CR_HAPPENINGS] = {
        [CR_HAPPENED_BIRTH] = CR_FLARE_BIRTH,
        [CR_HAPPENED_PAIRING] = CR_FLARE_PAIRING,
        [CR_HAPPENED_MOVING_IN] = CR_FLARE_MOVING_IN,
        [CR_HAPPENED_WEDDING] = CR_FLARE_WEDDING,
        [CR_HAPPENED_SEPARATION] = CR_FLARE_SEPARATION,
        [CR_HAPPENED_DEATH] = CR_FLARE_DEATH,
        [CR_HAPPENED_EARNING] = CR_FLARE_EARNING,
    };
    for (size_t k = 0; k < snapshot->happening_count; k++) {
        const struct cr_happening *happening = &snapshot->happenings[k];
        double u[4];
        draw((uint32_t)happening->person[0], happening->week, CR_FLARE_KINDS + happening->kind, u);
        if (u[0] >= share && !follows(followed, count, happening->person[0]) &&
            !follows(followed, count, happening->person[1]))
            continue;
        const enum cr_flare_kind kind = kinds[happening->kind];
        const bool one = kind < CR_FLARE_QUARREL;
        (void)begin(flares, kind, happening->person[0], one ? CR_NOBODY : happening->person[1], 0.0F);
        if (kind == CR_FLARE_DEATH)
            (void)begin(flares, CR_FLARE_BEREAVEMENT, happening->person[0], happening->person[1], 0.0F);
    }
}

void cr_flares_see(
    struct cr_flares *flares, const struct cr_snapshot *snapshot, const int32_t *followed, size_t count, bool still) {
    const double weeks = cr_max(1.0, snapshot->week - flares->week), waited = cr_max(flares->waited, 1e-3);
    flares->week = snapshot->week;
    if (still) {
        if (waited < still_seconds)
            return;
        cr_flares_clear(flares);
    }
    flares->waited = 0.0;
    flares->one_in = 1;
    while (snapshot->alive > (uint32_t)(SHOWING * flares->one_in))
        flares->one_in *= 2;
    const double chance = cr_min(1.0, often * waited);
    see_needs(flares, snapshot, &(struct pace){weeks, chance, still ? 0.0F : -follows_after}, followed, count);
    see_quarrels(flares, snapshot, weeks, chance, followed, count);
    see_events(flares, snapshot, cr_min(1.0, lives * waited / (weeks * cr_max(1.0, snapshot->alive))), followed, count);
}

void cr_flares_pass(struct cr_flares *flares, double seconds, bool still) {
    flares->waited += seconds;
    if (still)
        return;
    size_t left = 0;
    for (size_t k = 0; k < flares->count; k++) {
        struct cr_flare flare = flares->flare[k];
        flare.age += (float)seconds;
        if (flare.age < lasts[flare.kind])
            flares->flare[left++] = flare;
        else if (flare.kind <= CR_FLARE_FRIGHT)
            flares->busy[flare.person[0]] &= (uint8_t) ~(1U << flare.kind);
    }
    flares->count = left;
}
