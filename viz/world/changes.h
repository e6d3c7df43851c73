#ifndef CR_VIZ_CHANGES_H
#define CR_VIZ_CHANGES_H

#include "model/scenario.h"

/* How the changes of a world's scenario come about: from those that it came with and those that were made by hand,
 * which hold for good or for a while. */

struct cr_made_change {
    int32_t week, end; /* holds from one to before the other; CR_FOR_GOOD, or beyond the run */
    const struct cr_field *field;
    double value;
};

enum { CR_FOR_GOOD = 0 };

struct cr_changes {
    struct cr_change *planned; /* owned: those that the scenario came with */
    size_t planned_count;
    struct cr_made_change *made; /* owned: in the order in which they were made */
    size_t made_count;
};

/* Begins with those of the scenario, and none made. CR_ERROR_MEMORY. Free in any case; safe twice. */
CR_NODISCARD int cr_changes_init(
    struct cr_changes *changes, const struct cr_scenario *scenario, struct cr_error *error);
void cr_changes_free(struct cr_changes *changes);

/* Makes one, and has the scenario's changes follow from all of them:
 * - those made for later weeks are forgotten, those made for earlier ones end when they were to;
 * - one for good holds until the next planned one of the same parameter;
 * - one for a while holds as long as it was to, over whatever else was to happen to its parameter; then the value is
 *   what it would be by then without it.
 * CR_ERROR_CONFIG for a value out of range or a parameter that may not change, CR_ERROR_MEMORY; nothing is changed
 * then.
 */
CR_NODISCARD int cr_changes_make(struct cr_changes *changes, struct cr_scenario *scenario,
    const struct cr_made_change *change, struct cr_error *error);

#endif
