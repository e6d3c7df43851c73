#ifndef CR_VIZ_SEARCH_H
#define CR_VIZ_SEARCH_H

#include "viz/world/snapshot.h"

/* "Show me an earned-secure person", "the longest couple": finds people and couples in a snapshot by words. Styles are
 * those rated at the last survey, earned security too. */

enum cr_search_order {
    CR_SEARCH_BY_NUMBER,
    CR_SEARCH_LONGEST, /* this and the next two are of couples */
    CR_SEARCH_HAPPIEST,
    CR_SEARCH_UNHAPPIEST,
    CR_SEARCH_OLDEST, /* of couples: by both ages together */
    CR_SEARCH_YOUNGEST
};

enum cr_search_state { CR_SEARCH_ANY, CR_SEARCH_SINGLE, CR_SEARCH_PARTNERED };

enum cr_search_sex { CR_SEARCH_EITHER, CR_SEARCH_FEMALE, CR_SEARCH_MALE };

enum cr_search_stage { CR_SEARCH_ANY_STAGE, CR_SEARCH_DATING, CR_SEARCH_COHABITING, CR_SEARCH_MARRIED };

struct cr_query {
    int32_t id;   /* a person's number; CR_NOBODY for none */
    bool couple;  /* a couple is meant, and the person with the lower number stands for it */
    int style[2]; /* enum cr_style: of the person, or of one partner and the other; CR_STYLE_NONE for any */
    bool earned, child, adult;
    enum cr_search_state state;
    enum cr_search_sex sex;     /* of the person, or of one partner */
    enum cr_search_stage stage; /* of the couple, or of the one that the person is in */
    enum cr_search_order order;
};

/* The words that are known, for a list under the field; static. Ends with NULL. */
extern const char *const cr_search_suggestions[];

/* Reads a query; capitals, commas and hyphens do not matter. CR_ERROR_USAGE with a sentence that tells the word that is
 * not known, and the nearest one. Nothing but blanks is an error, too. */
CR_NODISCARD int cr_query_parse(const char *text, struct cr_query *query, struct cr_error *error);

struct cr_found {
    int32_t person;     /* CR_NOBODY: nobody is like that now */
    int32_t partner;    /* of a couple; else CR_NOBODY */
    int32_t place, all; /* which of how many, from 1 */
};

/* The first of those who answer the query in its order, or the one after the person of the last answer (and after the
 * last again the first). */
struct cr_found cr_query_next(const struct cr_query *query, const struct cr_snapshot *snapshot, int32_t last);

#endif
