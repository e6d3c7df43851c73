#ifndef CR_MODEL_COUPLE_H
#define CR_MODEL_COUPLE_H

#include "model/population.h"
#include "model/setting.h"

/* Relationships: how two people who paired fare, how they commit, and how they part. */

enum cr_stage { CR_DATING, CR_COHABITING, CR_MARRIED };

/* (44) Why a relationship ended: the largest part of what the one who left held against it; if both left, the one with
 * the lower number. */
enum cr_ending {
    CR_LASTING,      /* it has not ended */
    CR_MISFIT,       /* the two do not fit */
    CR_UNMET_NEED,   /* comfort did not come */
    CR_CONFLICT,     /* quarrels */
    CR_IRRITATION,   /* the partner's demands */
    CR_ALTERNATIVES, /* the prospect of something better */
    CR_DEATH,        /* one of the two died */
    CR_ENDINGS
};

/* Their names, in tables. */
extern const char *const cr_ending_names[CR_ENDINGS];
extern const char *const cr_stage_names[3];

/* One relationship. Weeks are -1 for what has not happened. */
struct cr_bond {
    int32_t person[2]; /* the two, the lower number first */
    int32_t start, cohabiting, married, end;
    int32_t order[2]; /* which relationship it is in each partner's life, from 1 */
    uint8_t stage;    /* enum cr_stage; the last one reached */
    uint8_t ending;   /* enum cr_ending */
    int8_t ended_by;  /* 0 or 1: who left or died; 2: both in the same week; -1: nobody yet */
    uint8_t quarrels; /* quarrels of this week */
    double fit;       /* how well the two fit, standard normal */
    double friction;  /* factor that misfit puts on the rate of quarrels */
    double intimacy;  /* in [0, 1] */
    double conflict;  /* recent quarrels a week, >= 0 */
    double satisfaction_start[2], satisfaction_end[2]; /* at the start, and in the last week together so far */
    double satisfaction_sum[2];                        /* over the weeks together */
};

/* All relationships of a run, in the order in which they began. */
struct cr_bonds {
    struct cr_bond *bond; /* owned; `count` used of `capacity` */
    int32_t count, capacity;
    int32_t *active; /* owned; numbers of those that last, ascending; `active_count` used of `capacity` */
    int32_t active_count;
};

/* Makes room for `more` further relationships. CR_ERROR_MEMORY leaves all as it was. */
CR_NODISCARD int cr_bonds_reserve(struct cr_bonds *bonds, int32_t more, struct cr_error *error);
void cr_bonds_free(struct cr_bonds *bonds);

/* (37) Begins a relationship of two single adults. There must be room (cr_bonds_reserve). */
void cr_couple_form(
    const struct cr_setting *setting, struct cr_population *people, struct cr_bonds *bonds, uint32_t a, uint32_t b);

/* How well two people would fit: a fixed property of the pair, standard normal, whoever asks. */
double cr_couple_fit(const struct cr_setting *setting, uint32_t a, uint32_t b);

/* (36), (38)-(44) A week of the active relationships begin <= k < end: quarrels, intimacy, satisfaction, commitment,
 * stage, and whether somebody leaves (sets `ending`, `ended_by` and `end`). Writes only to these bonds and their
 * partners. */
void cr_couple_settle(
    const struct cr_setting *setting, struct cr_population *people, struct cr_bonds *bonds, int32_t begin, int32_t end);

/* (45) Parts those whose relationship has ended this week or of whom one dies before the next: grief, what each held of
 * the relationship, and the list of active relationships. Beliefs stay as they are. */
void cr_couple_part(const struct cr_setting *setting, struct cr_population *people, struct cr_bonds *bonds);

/* (41) A partner's commitment, by the investment model (Rusbult 1980): satisfaction, investments and dependence
 * against alternatives. `side` is 0 or 1. */
double cr_couple_commitment(
    const struct cr_setting *setting, const struct cr_population *people, const struct cr_bond *bond, int side);

#endif
