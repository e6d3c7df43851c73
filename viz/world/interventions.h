#ifndef CR_VIZ_INTERVENTIONS_H
#define CR_VIZ_INTERVENTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/registry.h"

/* Interventions that the model has: changes of live parameters for a while, by one button. The rows stand in
 * viz/world/interventions.def. */

enum { CR_INTERVENTION_SETTINGS = 4 };

struct cr_intervention {
    const char *name;     /* a word, for scripts */
    const char *title;    /* for people */
    int32_t weeks;        /* how long it lasts */
    const char *what;     /* what it is, in half a sentence */
    const char *settings; /* "key=value", separated by blanks */
};

/* All of them; static. */
size_t cr_intervention_count(void);
const struct cr_intervention *cr_intervention(size_t index);

struct cr_intervention_setting {
    const struct cr_field *field; /* static */
    double value;
};

/* Reads what an intervention sets. CR_ERROR_CONFIG for what is no live parameter or out of its range, which no row of
 * the table is. */
CR_NODISCARD int cr_intervention_settings(const struct cr_intervention *intervention,
    struct cr_intervention_setting settings[CR_INTERVENTION_SETTINGS], size_t *count, struct cr_error *error);

#endif
