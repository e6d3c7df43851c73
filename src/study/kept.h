#ifndef CR_STUDY_KEPT_H
#define CR_STUDY_KEPT_H

#include "measure/measures.h"

/* Which measures are wanted, of all that a run gives. */

/* A measure that is wanted. */
struct cr_kept {
    int measure;               /* number of the row in cr_measures */
    char group[CR_GROUP_SIZE]; /* "": all its groups */
};

struct cr_kept_list {
    struct cr_kept *kept; /* owned */
    size_t count;
    bool all; /* every measure is wanted, whatever the list */
};

/* Gives everything back; safe twice. */
void cr_kept_list_free(struct cr_kept_list *list);

/* Whether a measure and group are wanted. */
bool cr_kept_list_has(const struct cr_kept_list *list, int measure, const char *group);

/* Reads "measure" or "measure:group", of time courses or of whole runs. CR_ERROR_CONFIG, after `where` as in
 * cr_field_set, with the nearest name. Whether a run gives that group is not known before it has run. */
CR_NODISCARD int cr_kept_parse(
    struct cr_kept *kept, const char *text, bool course, const char *where, struct cr_error *error);

/* Reads several, separated by commas. CR_ERROR_CONFIG as cr_kept_parse; CR_ERROR_MEMORY. Free the list in any case. */
CR_NODISCARD int cr_kept_list_parse(
    struct cr_kept_list *list, const char *text, const char *where, struct cr_error *error);

#endif
