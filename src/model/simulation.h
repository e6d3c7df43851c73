#ifndef CR_MODEL_SIMULATION_H
#define CR_MODEL_SIMULATION_H

#include "model/couple.h"
#include "model/pairing.h"
#include "model/population.h"

/* One replicate: the people, their relationships, and the week. The caller owns the loop:
 *
 *     cr_simulation_init(&simulation, &scenario, replicate, &error);
 *     while (simulation.week < cr_simulation_weeks(&scenario)) {
 *         cr_simulation_reserve(&simulation, &error);
 *         cr_simulation_step(&simulation);
 *     }
 *     cr_simulation_free(&simulation);
 */
struct cr_simulation {
    const struct cr_scenario *scenario; /* borrowed; must outlive the simulation */
    struct cr_stream luck;
    int32_t week; /* weeks simulated so far */
    struct cr_population people;
    struct cr_bonds bonds;
    struct cr_meeting meeting;
    struct cr_parameters parameters; /* in force in the week that was lived last; what the setting points to */
    size_t changes;                  /* how many of the scenario's changes they contain, the first ones */
    struct cr_setting setting;
};

/* Begins replicate number `replicate` (from 1) of a scenario that cr_scenario_check has passed. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_simulation_init(
    struct cr_simulation *simulation, const struct cr_scenario *scenario, uint32_t replicate, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_simulation_free(struct cr_simulation *simulation);

/* How many weeks a run of the scenario lasts. */
int32_t cr_simulation_weeks(const struct cr_scenario *scenario);

/* Makes room for all that a step may need. Call before each step. CR_ERROR_MEMORY leaves the simulation as it was. */
CR_NODISCARD int cr_simulation_reserve(struct cr_simulation *simulation, struct cr_error *error);

/* Brings the setting, its week and parameters, to what it is once the week before simulation->week has been lived (week
 * 0, if none has). For whoever has put the simulation into another week, or rewritten its past: the scenario's
 * parameters, or changes of weeks that were lived. Changes of weeks to come need nothing; each step looks for them. */
void cr_simulation_resolve(struct cr_simulation *simulation);

/* Lives one week, with the parameters in force in it. Cannot fail. Gives the same result at any number of OpenMP
 * threads. */
void cr_simulation_step(struct cr_simulation *simulation);

/* How many people live in the present week. */
uint32_t cr_simulation_alive(const struct cr_simulation *simulation);

/* Checks every invariant: beliefs in [0, 1], policies that sum to one, partners that are each other's, active
 * relationships of the living, finite feelings. CR_ERROR_NUMERIC names the first that is broken. For tests. */
CR_NODISCARD int cr_simulation_verify(const struct cr_simulation *simulation, struct cr_error *error);

#endif
