#include "viz/scene/paths.h"

#include <math.h>
#include <stdlib.h>

#include "base/numeric.h"

/* A gap of more weeks is a jump. */
enum { GAP = 3 * CR_WEEKS_A_YEAR };

int cr_paths_fit(struct cr_paths *paths, uint32_t people, struct cr_error *error) {
    if (paths->points && paths->people == people)
        return 0;
    cr_paths_free(paths);
    paths->points = malloc((people > 0 ? (size_t)people : 1) * CR_PATHS_KEPT * sizeof *paths->points);
    if (!paths->points)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to follow %u persons", people);
    paths->people = people;
    return 0;
}

void cr_paths_free(struct cr_paths *paths) {
    free(paths->points);
    *paths = (struct cr_paths){0};
}

static int slot(const struct cr_paths *paths, int k) {
    return (paths->begin + k) % CR_PATHS_KEPT;
}

static uint16_t coded(float index) {
    return (uint16_t)(cr_clamp(((double)index - 1.0) / 6.0, 0.0, 1.0) * CR_PATH_MOST + 0.5);
}

void cr_paths_see(struct cr_paths *paths, const struct cr_snapshot *snapshot) {
    while (paths->count > 0 && paths->week[slot(paths, paths->count - 1)] > snapshot->week)
        paths->count--;
    if (paths->count > 0) {
        const int32_t since = snapshot->week - paths->week[slot(paths, paths->count - 1)];
        if (since < CR_PATHS_WEEKS)
            return;
        if (since > GAP)
            paths->count = 0;
    }
    if (paths->count == CR_PATHS_KEPT) {
        paths->begin = slot(paths, 1);
        paths->count--;
    }
    const int now = slot(paths, paths->count++);
    paths->week[now] = snapshot->week;
    struct cr_path_point *point = paths->points + (size_t)now * paths->people;
    for (uint32_t i = 0; i < paths->people; i++) {
        const float anxiety = snapshot->anxiety[i], avoidance = snapshot->avoidance[i];
        point[i] = isnan(anxiety) || isnan(avoidance) ? (struct cr_path_point){CR_PATH_NOWHERE, CR_PATH_NOWHERE}
                                                      : (struct cr_path_point){coded(anxiety), coded(avoidance)};
    }
}

bool cr_paths_at(const struct cr_paths *paths, uint32_t person, int k, double *anxiety, double *avoidance) {
    const struct cr_path_point point = paths->points[(size_t)slot(paths, k) * paths->people + person];
    if (point.anxiety == CR_PATH_NOWHERE)
        return false;
    *anxiety = 1.0 + 6.0 * point.anxiety / CR_PATH_MOST;
    *avoidance = 1.0 + 6.0 * point.avoidance / CR_PATH_MOST;
    return true;
}
