#ifndef CR_VIZ_PANEL_MATTER_H
#define CR_VIZ_PANEL_MATTER_H

#include <stdatomic.h>

#include "viz/world/engine.h"

/* What charts of panels are made of: a copy of the findings of a sight. Once others hold it, it never changes, so that
 * it can be read on another thread. */

struct cr_panel_world {
    char name[CR_SCENARIO_NAME_SIZE]; /* of the scenario */
    struct cr_findings findings;      /* owned */
    struct cr_change *changes;        /* owned: those by hand and those of the file, by week */
    size_t change_count, change_capacity;
};

struct cr_panel_matter {
    struct cr_panel_world world[CR_WORLDS_MAX];
    size_t count;              /* worlds */
    int32_t week, head, weeks; /* lived, lived at most, length of the run */
    double adult_age;          /* years */
    uint64_t number;           /* of the copy; another number is another content */
    atomic_int holders;
};

/* Brings `*matter` (NULL at first) up to date with a sight: nothing if it shows what it showed, a new one if somebody
 * else holds the old one. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_panel_matter_see(
    struct cr_panel_matter **matter, const struct cr_sight *sight, struct cr_error *error);

/* One holder more; returns the same. */
struct cr_panel_matter *cr_panel_matter_hold(struct cr_panel_matter *matter);

/* One holder less; the last one frees it. NULL is fine. */
void cr_panel_matter_let_go(struct cr_panel_matter *matter);

/* The survey that was the last one in the present week; -1 before the first. */
int32_t cr_panel_matter_survey(const struct cr_panel_matter *matter);

#endif
