#ifndef CR_VIZ_PATHS_H
#define CR_VIZ_PATHS_H

#include "viz/world/snapshot.h"

/* Where everybody has been on the plane of anxiety and avoidance in the last ten years or so, to show the way of
 * whoever is chosen. Only what was seen is there: of weeks that no snapshot showed, nothing. */
enum { CR_PATHS_KEPT = 64, CR_PATHS_WEEKS = 8 };

struct cr_path_point {
    uint16_t anxiety, avoidance; /* 0 for 1, CR_PATH_MOST for 7; */
};
enum { CR_PATH_MOST = 65534, CR_PATH_NOWHERE = 65535 };

struct cr_paths {
    uint32_t people;
    int32_t week[CR_PATHS_KEPT];  /* of the places kept, oldest first from `begin` on, around the end */
    struct cr_path_point *points; /* owned: [kept][person]; those not alive are at CR_PATH_NOWHERE */
    int begin, count;
};

/* Makes room, and begins with nothing; nothing happens if there is room. Begin with all zero. CR_ERROR_MEMORY leaves it
 * empty. */
CR_NODISCARD int cr_paths_fit(struct cr_paths *paths, uint32_t people, struct cr_error *error);
void cr_paths_free(struct cr_paths *paths);

/* Keeps the places of a snapshot, once in CR_PATHS_WEEKS. Forgets what is of a later week, and of years ago all that
 * was before a gap. */
void cr_paths_see(struct cr_paths *paths, const struct cr_snapshot *snapshot);

/* The k-th place kept of a person (0 the oldest); false if it was nowhere. */
bool cr_paths_at(const struct cr_paths *paths, uint32_t person, int k, double *anxiety, double *avoidance);

#endif
