#ifndef CR_STUDY_FATE_H
#define CR_STUDY_FATE_H

#include "measure/record.h"

/* What became of each simulated person, in a few words; under two histories the same person can be looked up in both,
 * by replicate and number. */

enum cr_partner_fate {
    CR_FATE_NEVER,     /* never had a partner */
    CR_FATE_TOGETHER,  /* has one at the end, or had one at death */
    CR_FATE_SEPARATED, /* the last relationship ended by leaving */
    CR_FATE_WIDOWED,   /* the last relationship ended by the partner's death */
    CR_PARTNER_FATES,
    CR_FATE_NONE = -1 /* not grown up */
};
extern const char *const cr_partner_fate_names[CR_PARTNER_FATES];

/* Classes and styles are of measure/laboratory_coding.h and measure/self_report.h, -1 where they are missing. */
struct cr_fate {
    int8_t class;                         /* enum cr_class at the first visit */
    int8_t style_18, style_40, style_end; /* enum cr_style at the first surveys from 18 and from 40 on, and the last
                                             that was answered */
    int8_t partner;                       /* enum cr_partner_fate */
    bool earned;                          /* whether security was earned (measure/earned_security.h) */
    uint8_t relationships;                /* how many; 255 stands for all above */
};

struct cr_fates {
    struct cr_fate *fate; /* owned; of person i in the k-th replicate: fate[k * people + i] */
    size_t replicates, people;
    size_t capacity; /* replicates that there is room for */
};

/* Adds those of a replicate that was lived to its end; all have the same number of people. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_fates_add(struct cr_fates *fates, const struct cr_record *record, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_fates_free(struct cr_fates *fates);

/* What can change between two histories. */
enum cr_trait {
    CR_TRAIT_CLASS,
    CR_TRAIT_STYLE_18,
    CR_TRAIT_STYLE_40,
    CR_TRAIT_STYLE_END,
    CR_TRAIT_PARTNER,
    CR_TRAIT_EARNED,
    CR_TRAITS
};
enum { CR_TRAIT_VALUES_MAX = 4 };

/* The trait in words, such as "class in infancy"; how many values it has; and the name of each. */
const char *cr_trait_name(enum cr_trait trait);
int cr_trait_values(enum cr_trait trait);
const char *cr_trait_value_name(enum cr_trait trait, int value);

/* A person's value of a trait; -1: missing. */
int cr_trait_of(const struct cr_fate *fate, enum cr_trait trait);

/* The same persons under two histories: how many went from which value to which. */
struct cr_changes {
    int64_t count[CR_TRAIT_VALUES_MAX][CR_TRAIT_VALUES_MAX]; /* [under the first][under the second] */
    int64_t known, changed;                                  /* persons with a value in both; with different ones */
};

/* Compares person by person, over the replicates that both have. Both must have as many people. */
struct cr_changes cr_fates_compare(const struct cr_fates *first, const struct cr_fates *second, enum cr_trait trait);

#endif
