#ifndef CR_MODEL_POPULATION_H
#define CR_MODEL_POPULATION_H

#include <stdint.h>

#include "base/stream.h"
#include "model/caregiving.h"
#include "model/scenario.h"
#include "model/strategy.h"

/* The people, as a structure of arrays: array[person], or array[kind][person] where a person has several of one kind.
 * One row of CR_PERSON_ROWS an array: type, name, how many. A person's number never changes; people are numbered in no
 * meaningful order. */

enum { CR_WEEKS_A_YEAR = 52 };

/* Whom a person can turn to. */
enum cr_role_of_figure { CR_CAREGIVER, CR_PARTNER, CR_FIGURE_ROLES };
enum { CR_NOBODY = -1 };

/* What is counted of a childhood as it was lived. */
enum cr_lived {
    CR_LIVED_WEEKS,
    CR_LIVED_AVAILABLE, /* weeks in which the caregiver was available */
    CR_LIVED_EPISODES,  /* needs, with their outcomes: */
    CR_LIVED_COMFORTED,
    CR_LIVED_REBUFFED,
    CR_LIVED_FRIGHTENED,
    CR_LIVED
};

enum cr_sex { CR_FEMALE, CR_MALE };

#define CR_PERSON_ROWS(ARRAY, ARRAYS)                                                                                  \
    /* Fixed at birth. */                                                                                              \
    ARRAY(int32_t, birth)           /* week of birth */                                                                \
    ARRAY(int32_t, death)           /* week of death */                                                                \
    ARRAY(int32_t, caregiver_death) /* week in which the caregiver dies; never before the child is grown up */         \
    ARRAY(uint8_t, sex)             /* enum cr_sex */                                                                  \
    ARRAY(double, temperament)      /* negative temperament, sd */                                                     \
    ARRAY(uint64_t, befallen)       /* bit e: event e of the timeline befalls this person */                           \
    /* The caregiver, as natural to it; events come on top. */                                                         \
    ARRAY(struct cr_profile, caregiver)                                                                                \
    ARRAY(uint32_t, caregivers)       /* how many caregivers there have been, at least 1 */                            \
    ARRAY(double, hardship)           /* how hard times are for the family, standard normal over time */               \
    ARRAY(uint8_t, caregiver_present) /* 1 while the caregiver is available */                                         \
    /* The internal working model; all in [0, 1]. */                                                                   \
    ARRAYS(double, general, CR_BELIEFS)                                                                                \
    ARRAYS(double, prototype, CR_BELIEFS)                                                                              \
    ARRAYS(double, specific, CR_FIGURE_ROLES *CR_BELIEFS) /* [role * CR_BELIEFS + belief] */                           \
    ARRAYS(double, experience, CR_FIGURE_ROLES)           /* episodes with that figure, >= 0 */                        \
    /* How far each figure has moved general beliefs towards security so far, and, last, all else. */                  \
    ARRAYS(double, swayed, CR_FIGURE_ROLES + 1)                                                                        \
    /* Childhood as lived: weeks, weeks with the caregiver available, bids, and what came of them. */                  \
    ARRAYS(float, lived, CR_LIVED)                                                                                     \
    /* Feeling. */                                                                                                     \
    ARRAY(double, arousal) /* unsoothed distress that is left, >= 0; a need of average severity is 1 */                \
    ARRAY(double, strain)  /* slow average of arousal, >= 0 */                                                         \
    ARRAY(double, grief)   /* in [0, 1] */                                                                             \
    /* This week: what was chosen, what came of it. */                                                                 \
    ARRAYS(double, policy, CR_STRATEGIES) /* chance of each strategy; of those who live */                             \
    ARRAY(int32_t, turned_to)             /* enum cr_role_of_figure, or CR_NOBODY */                                   \
    ARRAYS(uint8_t, bids, CR_STRATEGIES)  /* episodes by strategy */                                                   \
    ARRAY(uint8_t, comforted)             /* episodes that ended in comfort */                                         \
    ARRAY(uint8_t, rebuffed)              /* in rebuff */                                                              \
    ARRAY(uint8_t, frightened)            /* in fright */                                                              \
    ARRAY(double, felt)                   /* distress that the needs of this week raised, summed */                    \
    ARRAY(double, shown)                  /* what of it showed, summed */                                              \
    /* As a figure to the partner this week. */                                                                        \
    ARRAY(uint8_t, present)            /* 1 while available */                                                         \
    ARRAY(double, figure_sensitivity)  /* in [0, 1] */                                                                 \
    ARRAY(double, figure_availability) /* in [0, 1] */                                                                 \
    ARRAY(double, figure_rebuff)       /* in [0, 1] */                                                                 \
    ARRAY(double, figure_fright)       /* in [0, 1] */                                                                 \
    /* Love. */                                                                                                        \
    ARRAY(int32_t, partner)     /* a person, or CR_NOBODY */                                                           \
    ARRAY(int32_t, bond)        /* number of the present relationship, or CR_NOBODY */                                 \
    ARRAY(uint32_t, bonds_had)  /* relationships so far */                                                             \
    ARRAY(double, irritation)   /* at the partner, in [0, 1] */                                                        \
    ARRAY(double, support)      /* account of comfort got from the partner, in [-1, 1] */                              \
    ARRAY(double, satisfaction) /* with the relationship, latent; 0 is neither satisfied nor dissatisfied */           \
    ARRAY(double, commitment)   /* to the relationship, latent */

struct cr_population {
    uint32_t count; /* persons ever, born or still to be born */
#define CR_ARRAY(type, name) type *name;
#define CR_ARRAYS(type, name, kinds) type *name[kinds];
    CR_PERSON_ROWS(CR_ARRAY, CR_ARRAYS)
#undef CR_ARRAY
#undef CR_ARRAYS
    void *memory; /* owned: the one block that all arrays lie in */
    size_t bytes; /* its size */
};

/* Allocates `count` persons, all zero. CR_ERROR_MEMORY. Free with cr_population_free, which is safe twice. */
CR_NODISCARD int cr_population_init(struct cr_population *people, uint32_t count, struct cr_error *error);
void cr_population_free(struct cr_population *people);

/* Gives person `i` everything that is fixed at birth, an initial working model and a first caregiver. */
void cr_population_birth(
    struct cr_population *people, uint32_t i, const struct cr_scenario *scenario, const struct cr_stream *luck);

static inline bool cr_person_alive(const struct cr_population *people, uint32_t i, int32_t week) {
    return week >= people->birth[i] && week < people->death[i];
}

/* Age in years; negative before birth. */
static inline double cr_person_age(const struct cr_population *people, uint32_t i, int32_t week) {
    return (double)(week - people->birth[i]) / CR_WEEKS_A_YEAR;
}

struct cr_setting;

/* (19)-(20b) The caregiver as it is to person `i` in the present week: as natural to it, in hard or easy times, under
 * the events of the timeline and of the period that last. Returns the factor that those of the timeline put on the rate
 * of needs. */
double cr_person_caregiver_now(
    const struct cr_setting *setting, const struct cr_population *people, uint32_t i, struct cr_profile *care);

/* (1) The beliefs that a person goes by towards the figure in a role: specific beliefs shrunk towards general ones
 * while experience is thin; for CR_NOBODY the general beliefs. */
static inline void cr_person_expects(
    const struct cr_population *people, uint32_t i, int role, double shrinkage, double belief[CR_BELIEFS]) {
    const double w = role == CR_NOBODY ? 0.0 : cr_working_model_weight(people->experience[role][i], shrinkage);
    for (int b = 0; b < CR_BELIEFS; b++) {
        const double general = people->general[b][i];
        belief[b] = w == 0.0 ? general : general + w * (people->specific[role * CR_BELIEFS + b][i] - general);
    }
}

#endif
