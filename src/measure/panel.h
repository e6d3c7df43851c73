#ifndef CR_MEASURE_PANEL_H
#define CR_MEASURE_PANEL_H

#include "model/simulation.h"

/* The same people observed again and again: one row a living person and observation. */
struct cr_panel_row {
    uint32_t person;
    int32_t week;
    int32_t partner;                        /* CR_NOBODY: none */
    uint8_t adult;                          /* 1: the adult instruments below were taken */
    float age;                              /* years */
    float anxiety, avoidance, satisfaction; /* as rated; NaN: not asked */
    float trust;    /* chance of comfort that is believed in, free of fear, towards the partner; NaN without one */
    float conflict; /* recent quarrels a week */
    float perceived, actual;    /* availability of the partner: believed and true chance of comfort on asking */
    float share[CR_STRATEGIES]; /* chance of each strategy towards whom the person turned to this week */
    float felt, shown;          /* distress that this week's needs raised, felt and shown */
    float strain;
};

struct cr_panel {
    struct cr_panel_row *rows; /* owned; by week, then person */
    size_t count, capacity;
    int32_t interval; /* weeks from one observation to the next; 0: never */
};

/* Takes down everybody alive if the week just lived is one of observation. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_panel_week(struct cr_panel *panel, const struct cr_simulation *simulation, struct cr_error *error);
void cr_panel_free(struct cr_panel *panel);

#endif
