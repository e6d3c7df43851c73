#include "viz/scene/arrangement_map.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"

static const double circle = 6.28318530717958648, golden = 0.61803398874989485;

/* Lengths in the map's pitch. Of all who could be a couple at a time, each band holds a share: more than
 * will be there together, so that who comes later still finds a place near the best one. */
static const double partners = 1.08, couple_length = 2.3, ring_gap = 1.0, band_gap = 0.6, home_gap = 1.5,
                    home_pitch = 0.84;
static const double shares[CR_MAP_BANDS] = {0.82, 0.24, 0.55};

struct cr_map_home {
    float x, y, angle;
};

struct cr_map_birth {
    double moment;
    uint32_t person;
};

static int compare_homes(const void *first, const void *second) {
    const struct cr_map_home *a = first, *b = second;
    if (a->angle != b->angle)
        return a->angle < b->angle ? -1 : 1;
    const float inner = a->x * a->x + a->y * a->y, other = b->x * b->x + b->y * b->y;
    return inner < other ? -1 : inner > other;
}

static int compare_births(const void *first, const void *second) {
    const struct cr_map_birth *a = first, *b = second;
    if (a->moment != b->moment)
        return a->moment < b->moment ? -1 : 1;
    return a->person < b->person ? -1 : a->person > b->person;
}

static int32_t places_on(double radius) {
    return (int32_t)cr_max(1.0, floor(circle * radius / couple_length));
}

/* Rings from the centre outwards, band by band, each until it holds its share; returns where they end. `rings` may be
 * NULL, to count only. */
static double lay_rings(struct cr_map *map, struct cr_map_ring *rings) {
    double radius = 0.9 - ring_gap;
    int32_t places = 0;
    map->ring_count = 0;
    for (int band = 0; band < CR_MAP_BANDS; band++) {
        const int32_t wanted = places + (int32_t)ceil(shares[band] * map->people / 2.0);
        map->band[band] = map->ring_count;
        do {
            radius += ring_gap;
            const int32_t count = places_on(radius);
            if (rings)
                rings[map->ring_count] =
                    (struct cr_map_ring){(float)radius, places, count, (float)fmod(golden * map->ring_count, 1.0)};
            places += count;
            map->ring_count++;
        } while (places < wanted);
        map->edge[band] = (float)(radius + 0.5 * ring_gap + 0.5 * band_gap);
        radius += band_gap;
    }
    map->band[CR_MAP_BANDS] = map->ring_count;
    return radius - band_gap + 0.5 * ring_gap;
}

/* As many rings of homes as are needed, evenly filled; returns where they end. */
static double lay_homes(struct cr_map *map, double inner) {
    int rings = 0;
    double room = 0.0, around = 0.0;
    while (rings == 0 || room < map->people) {
        const double radius = inner + (rings + 0.5) * home_pitch;
        room += floor(circle * radius / home_pitch);
        around += radius;
        rings++;
    }
    uint32_t laid = 0;
    double due = 0.0;
    for (int ring = 0; ring < rings; ring++) {
        const double radius = inner + (ring + 0.5) * home_pitch;
        due += map->people * radius / around;
        const uint32_t up_to = ring == rings - 1 ? map->people : (uint32_t)due;
        const uint32_t count = up_to - laid;
        for (uint32_t k = 0; k < count; k++) {
            const double turn = fmod((k + fmod(golden * ring, 1.0)) / count, 1.0);
            map->homes[laid + k] = (struct cr_map_home){
                (float)(radius * sin(circle * turn)), (float)(-radius * cos(circle * turn)), (float)turn};
        }
        laid = up_to;
    }
    qsort(map->homes, map->people, sizeof *map->homes, compare_homes);
    return inner + rings * home_pitch;
}

static size_t place_count(const struct cr_map *map) {
    const struct cr_map_ring *last = &map->rings[map->ring_count - 1];
    return (size_t)last->first + (size_t)last->count;
}

int cr_map_fit(struct cr_map *map, uint32_t people, struct cr_error *error) {
    if (map->homes && map->people == people)
        return 0;
    cr_map_free(map);
    map->people = people;
    const double end = lay_rings(map, NULL);
    const size_t count = people > 0 ? people : 1;
    map->rings = calloc((size_t)map->ring_count, sizeof *map->rings);
    map->homes = calloc(count, sizeof *map->homes);
    map->births = calloc(count, sizeof *map->births);
    map->home_x = calloc(5 * count, sizeof *map->home_x);
    if (map->rings)
        (void)lay_rings(map, map->rings);
    map->order[0] = calloc(count + 1, sizeof *map->order[0]);
    map->taken = map->rings ? calloc(place_count(map), sizeof *map->taken) : NULL;
    if (!map->homes || !map->births || !map->home_x || !map->order[0] || !map->taken) {
        cr_map_free(map);
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for a map of %u persons", people);
    }
    map->order[1] = map->order[0] + (count + 1) / 2;
    map->home_y = map->home_x + count;
    map->home_angle = map->home_y + count;
    map->x = map->home_angle + count;
    map->y = map->x + count;
    const double inner = end + home_gap;
    const double scale = 1.0 / lay_homes(map, inner);
    map->pitch = (float)scale;
    map->home_inner = (float)(inner * scale);
    for (int32_t k = 0; k < map->ring_count; k++)
        map->rings[k].radius *= (float)scale;
    for (int band = 0; band < CR_MAP_BANDS; band++)
        map->edge[band] *= (float)scale;
    for (uint32_t k = 0; k < people; k++) {
        map->homes[k].x *= (float)scale;
        map->homes[k].y *= (float)scale;
        map->births[k] = (struct cr_map_birth){0.0, k};
    }
    cr_map_settle(map, NULL);
    return 0;
}

void cr_map_free(struct cr_map *map) {
    free(map->rings);
    free(map->homes);
    free(map->births);
    free(map->home_x);
    free(map->order[0]);
    free(map->taken);
    *map = (struct cr_map){0};
}

void cr_map_settle(struct cr_map *map, const double *birth) {
    for (uint32_t i = 0; i < map->people; i++)
        map->births[i] = (struct cr_map_birth){!birth ? 0.0 : (isnan(birth[i]) ? (double)INFINITY : birth[i]), i};
    qsort(map->births, map->people, sizeof *map->births, compare_births);
    for (uint32_t k = 0; k < map->people; k++) {
        const uint32_t i = map->births[k].person;
        map->home_x[i] = map->x[i] = map->homes[k].x;
        map->home_y[i] = map->y[i] = map->homes[k].y;
        map->home_angle[i] = map->homes[k].angle;
    }
}

void cr_map_settle_like(struct cr_map *map, const struct cr_map *other) {
    memcpy(map->home_x, other->home_x, map->people * sizeof *map->home_x);
    memcpy(map->home_y, other->home_y, map->people * sizeof *map->home_y);
    memcpy(map->home_angle, other->home_angle, map->people * sizeof *map->home_angle);
}

/* How far one goes clockwise from one angle to another, -0.5 to 0.5. */
static double turn_between(double from, double to) {
    const double turn = to - from;
    return turn - floor(turn + 0.5);
}

static int32_t wrapped(int32_t k, int32_t count) {
    const int32_t rest = k % count;
    return rest < 0 ? rest + count : rest;
}

static int32_t nearest_place(const struct cr_map_ring *ring, double angle) {
    return wrapped((int32_t)lround(angle * ring->count - (double)ring->turn), ring->count);
}

static int32_t band_size(const struct cr_map *map, int band) {
    const struct cr_map_ring *first = &map->rings[map->band[band]], *last = &map->rings[map->band[band + 1] - 1];
    return last->first + last->count - first->first;
}

/* The band of a stage; if it is full, the next one outwards, or inwards. */
static int band_with_room(const struct cr_map *map, int wanted) {
    for (int band = wanted; band < CR_MAP_BANDS; band++)
        if (map->tenants[band] < band_size(map, band))
            return band;
    int band = wanted;
    while (band > 0 && map->tenants[band] >= band_size(map, band))
        band--;
    return band;
}

static bool take(struct cr_map *map, int32_t ring, double angle, int32_t aside, int32_t *place) {
    const struct cr_map_ring *r = &map->rings[ring];
    if (2 * abs(aside) > r->count)
        return false;
    *place = wrapped(nearest_place(r, angle) + aside, r->count);
    if (map->taken[r->first + *place])
        return false;
    map->taken[r->first + *place] = 1;
    return true;
}

/* A free place of a band that has one, as near to an angle as can be: on this ring or, since how far out it is within
 * the band means nothing, on any other; only then beside. Few others are in the way, so that few make way. */
static void find_place(struct cr_map *map, int band, int32_t ring, double angle, int32_t *found, int32_t *place) {
    const int32_t first = map->band[band], count = map->band[band + 1] - first;
    for (int32_t aside = 0;; aside++) {
        for (int32_t k = 0; k < count; k++) {
            *found = first + (ring - first + k) % count;
            if (take(map, *found, angle, aside, place) || (aside > 0 && take(map, *found, angle, -aside, place)))
                return;
        }
    }
}

/* The ring of a band for a share 0-1 of its places. */
static int32_t ring_at(const struct cr_map *map, int band, double share) {
    const int32_t wanted = map->rings[map->band[band]].first + (int32_t)(share * band_size(map, band));
    int32_t ring = map->band[band];
    while (ring < map->band[band + 1] - 1 && map->rings[ring + 1].first <= wanted)
        ring++;
    return ring;
}

static void house(struct cr_map *map, const struct cr_map_couple *couple) {
    const int32_t a = couple->person[0], b = couple->person[1];
    const double from = (double)map->home_angle[a], turn = turn_between(from, (double)map->home_angle[b]);
    const double angle = from + 0.5 * turn;
    const int band = band_with_room(map, CR_MARRIED - couple->stage);
    int32_t ring = ring_at(map, band, fmod(golden * (a + 1.0), 1.0)), place = 0;
    find_place(map, band, ring, angle - floor(angle), &ring, &place);
    map->tenants[band]++;
    const double radius = (double)map->rings[ring].radius;
    const double middle = circle * (place + (double)map->rings[ring].turn) / map->rings[ring].count;
    const double half = 0.5 * partners * (double)map->pitch / radius;
    for (int side = 0; side < 2; side++) {
        const int32_t person = (side == 0) == (turn >= 0.0) ? a : b;
        const double at = middle + (side == 0 ? -half : half);
        map->x[person] = (float)(radius * sin(at));
        map->y[person] = (float)(-radius * cos(at));
    }
}

struct cr_map_couple cr_map_couple(
    const int32_t person[2], uint8_t stage, int32_t start, int32_t cohabiting, int32_t married) {
    int32_t since = start;
    if (stage >= CR_COHABITING && cohabiting > since)
        since = cohabiting;
    if (stage >= CR_MARRIED && married > since)
        since = married;
    return (struct cr_map_couple){{person[0], person[1]}, since, stage};
}

/* Sorts by one byte of the week, and leaves those of equal ones in their order. */
static void sort_by_byte(const struct cr_map_couple *from, struct cr_map_couple *to, size_t count, unsigned shift) {
    size_t begin[257] = {0};
    for (size_t k = 0; k < count; k++)
        begin[(((unsigned)from[k].since >> shift) & 255) + 1]++;
    for (int k = 0; k < 256; k++)
        begin[k + 1] += begin[k];
    for (size_t k = 0; k < count; k++)
        to[begin[((unsigned)from[k].since >> shift) & 255]++] = from[k];
}

/* Whoever came to a band first chooses first, so that newcomers drive nobody out. */
void cr_map_arrange(struct cr_map *map, const struct cr_map_couple *couples, size_t count) {
    memset(map->taken, 0, place_count(map));
    memset(map->tenants, 0, sizeof map->tenants);
    memcpy(map->x, map->home_x, map->people * sizeof *map->x);
    memcpy(map->y, map->home_y, map->people * sizeof *map->y);
    sort_by_byte(couples, map->order[0], count, 0);
    sort_by_byte(map->order[0], map->order[1], count, 8);
    for (size_t k = 0; k < count; k++)
        house(map, &map->order[1][k]);
}
