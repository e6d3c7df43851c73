#ifndef CR_VIZ_ARRANGEMENT_MAP_H
#define CR_VIZ_ARRANGEMENT_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "model/couple.h"

/* The map of who belongs to whom: a disc of rings about the centre. Everybody has a home in the outer rings, clockwise
 * by birth, and is there as a child and while single. Couples live inside, side by side, in the direction of their
 * homes: the further their bond has gone, the nearer the centre, so in three bands: married, living together, dating.
 * Homes hang on births alone, and a couple's place on the two and their stage, but that it makes way for couples who
 * have been at that stage for longer. So hardly anybody moves but who pairs, parts or takes a step, and the same people
 * are in the same places in two worlds. */

struct cr_map_ring {
    float radius;
    int32_t first, count; /* its places for couples: numbers first ... first + count - 1 */
    float turn;           /* where the first of them stands, in places */
};

enum { CR_MAP_BANDS = 3 };

/* Lengths are in units of the disc's radius; x runs right and y down from its centre; angles are shares of a turn,
 * clockwise from above. */
struct cr_map {
    uint32_t people;
    float pitch;               /* the least distance between people, nearly */
    float *home_x, *home_y;    /* owned, [person] */
    float *home_angle;         /* 0 to 1 */
    float *x, *y;              /* owned, [person]: where each is now */
    struct cr_map_ring *rings; /* owned: those of the couples, from the centre outwards */
    int32_t ring_count;
    int32_t
        band[CR_MAP_BANDS + 1];    /* first ring of the married, those who live together, those who date, and the end */
    float edge[CR_MAP_BANDS];      /* radius at which each band ends */
    float home_inner;              /* radius at which homes begin */
    int32_t tenants[CR_MAP_BANDS]; /* how many couples live in each band */
    uint8_t *taken;                /* owned: of each place for a couple, whether one lives there */
    struct cr_map_couple *order[2]; /* owned: room to sort couples in */
    struct cr_map_home *homes;      /* owned: places of homes, clockwise */
    struct cr_map_birth *births;    /* owned: room to sort in */
};

/* Lays out rings for so many people; nothing happens if they are. All are at home, in the order of their numbers. Begin
 * with all zero. CR_ERROR_MEMORY leaves it empty. */
CR_NODISCARD int cr_map_fit(struct cr_map *map, uint32_t people, struct cr_error *error);
void cr_map_free(struct cr_map *map);

/* Gives everybody a home, clockwise by birth (any unit; NaN counts as last). */
void cr_map_settle(struct cr_map *map, const double *birth);

/* Gives everybody the home that they have on another map of as many people. */
void cr_map_settle_like(struct cr_map *map, const struct cr_map *other);

struct cr_map_couple {
    int32_t person[2];
    int32_t since; /* the week, 0 to 65535, in which they reached the stage */
    uint8_t stage; /* enum cr_stage */
};

/* The couple of a relationship that has reached such a stage in such weeks (-1: not). */
struct cr_map_couple cr_map_couple(
    const int32_t person[2], uint8_t stage, int32_t start, int32_t cohabiting, int32_t married);

/* Says where everybody is, given all couples, at most half as many as people, by number of their relationships. */
void cr_map_arrange(struct cr_map *map, const struct cr_map_couple *couples, size_t count);

#endif
