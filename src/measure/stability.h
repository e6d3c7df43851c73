#ifndef CR_MEASURE_STABILITY_H
#define CR_MEASURE_STABILITY_H

#include "measure/record.h"

/* Relationships as spells from their start until they end; death and the present week censor. */

/* The pairings by which they are told apart: both partners' style (secure or not) at the last survey before the start;
 * relationships of which that is unknown are in none of the last three. */
enum cr_pairing_kind { CR_PAIRING_ALL, CR_PAIRING_BOTH_SECURE, CR_PAIRING_MIXED, CR_PAIRING_NEITHER, CR_PAIRINGS };

struct cr_relationship_spells {
    double *weeks;   /* owned; how long, so far */
    bool *separated; /* owned; false: censored */
    size_t count;
};

/* Makes room for all relationships of a record so far. CR_ERROR_MEMORY. Free in any case; safe twice. */
CR_NODISCARD int cr_relationship_spells_init(
    struct cr_relationship_spells *spells, const struct cr_record *record, struct cr_error *error);
void cr_relationship_spells_free(struct cr_relationship_spells *spells);

/* Takes those of a pairing, in the order in which they began; all that was taken before is gone. */
void cr_relationship_spells_take(
    struct cr_relationship_spells *spells, const struct cr_record *record, enum cr_pairing_kind pairing);

#endif
