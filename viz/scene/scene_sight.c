#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"
#include "viz/scene/scene_state.h"

/* A change of the week by more, or back, is a jump in time. */
enum { JUMP = 3 * CR_WEEKS_A_YEAR };

static void forget(struct cr_scene_sight *sight) {
    free(sight->anxiety);
    free(sight->couples);
    cr_map_free(&sight->map);
    cr_motion_free(&sight->motion);
    memset(sight, 0, sizeof *sight);
}

void cr_scene_forget_sight(struct cr_scene *scene) {
    forget(&scene->here);
    forget(&scene->there);
    cr_counterparts_free(&scene->elsewhere);
    free(scene->birth);
    free(scene->ties);
    free(scene->lasting);
    cr_paths_free(&scene->paths);
    cr_flares_free(&scene->flares);
    scene->birth = NULL;
    scene->trail_x = scene->trail_y = NULL;
    scene->bond = NULL;
    scene->differs = NULL;
    scene->ties = NULL;
    scene->lasting = NULL;
    scene->people = 0;
    scene->tie_count = scene->tie_capacity = scene->lasting_count = 0;
    cr_scene_forget_own(scene);
}

static bool fit(struct cr_scene_sight *sight, uint32_t people) {
    const size_t count = people > 0 ? people : 1;
    if (sight->couples)
        return true;
    forget(sight);
    float *block = calloc(count, 2 * sizeof(float) + sizeof(int32_t) + 2);
    sight->couples = calloc(count / 2 + 1, sizeof *sight->couples);
    sight->anxiety = block;
    if (!block || !sight->couples) {
        forget(sight);
        return false;
    }
    sight->avoidance = block + count;
    sight->partner = (int32_t *)(void *)(block + 2 * count);
    sight->presence = (uint8_t *)(sight->partner + count);
    sight->style = (int8_t *)(sight->presence + count);
    return true;
}

static bool fit_persons(struct cr_scene *scene, uint32_t people) {
    const size_t count = people > 0 ? people : 1;
    if (scene->lasting)
        return true;
    free(scene->birth);
    scene->birth = calloc(count, sizeof(double) + 2 * sizeof(float) + sizeof(int32_t) + 1);
    scene->lasting = calloc(count / 2 + 1, sizeof *scene->lasting);
    if (!scene->birth || !scene->lasting)
        return false;
    scene->trail_x = (float *)(void *)(scene->birth + count);
    scene->trail_y = scene->trail_x + count;
    scene->bond = (int32_t *)(void *)(scene->trail_y + count);
    scene->differs = (uint8_t *)(scene->bond + count);
    for (size_t i = 0; i < count; i++)
        scene->birth[i] = (double)NAN;
    return true;
}

static bool fit_ties(struct cr_scene *scene, int32_t count) {
    if (count <= scene->tie_capacity)
        return true;
    const int32_t capacity = count < 512 ? 1024 : 2 * count;
    struct cr_tie *ties = realloc(scene->ties, (size_t)capacity * sizeof *ties);
    if (!ties)
        return false;
    scene->ties = ties;
    scene->tie_capacity = capacity;
    return true;
}

/* Room for all that is seen; of another number of people everything is new. */
static int make_room(struct cr_scene *scene, const struct cr_snapshot *snapshot, const struct cr_snapshot *other,
    struct cr_error *error) {
    const bool two = other != NULL;
    if (scene->people != snapshot->people) {
        cr_scene_forget_sight(scene);
        scene->at_once = true;
    }
    if (!two && scene->two) {
        forget(&scene->there);
        cr_counterparts_free(&scene->elsewhere);
    }
    const uint32_t people = snapshot->people;
    if (!fit(&scene->here, people) || !fit_persons(scene, people) || !fit_ties(scene, snapshot->tie_count) ||
        (two && !fit(&scene->there, people)))
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to draw %u persons", people);
    int code = cr_motion_fit(&scene->here.motion, people, error);
    if (!code && two)
        code = cr_motion_fit(&scene->there.motion, people, error);
    if (!code)
        code = cr_map_fit(&scene->here.map, people, error);
    if (!code && two)
        code = cr_map_fit(&scene->there.map, people, error);
    if (!code && two)
        code = cr_counterparts_fit(&scene->elsewhere, people, other->tie_count, error);
    if (!code)
        code = cr_paths_fit(&scene->paths, people, error);
    if (!code)
        code = cr_flares_fit(&scene->flares, people, error);
    return code;
}

static void copy_sight(struct cr_scene_sight *sight, const struct cr_snapshot *snapshot) {
    const size_t people = snapshot->people;
    memcpy(sight->presence, snapshot->presence, people * sizeof *sight->presence);
    memcpy(sight->style, snapshot->style, people * sizeof *sight->style);
    memcpy(sight->anxiety, snapshot->anxiety, people * sizeof *sight->anxiety);
    memcpy(sight->avoidance, snapshot->avoidance, people * sizeof *sight->avoidance);
    memcpy(sight->partner, snapshot->partner, people * sizeof *sight->partner);
    sight->couple_count = snapshot->lasting_count;
    for (int32_t k = 0; k < snapshot->lasting_count; k++) {
        const struct cr_tie *tie = &snapshot->ties[snapshot->lasting[k]];
        sight->couples[k] = cr_map_couple(tie->person, tie->stage, tie->start, tie->cohabiting, tie->married);
    }
}

/* Those that ended stay as they are, so only those that last, or lasted when they were seen last, are copied: the time
 * that it takes does not grow with the run. */
static void copy_ties(struct cr_scene *scene, const struct cr_snapshot *snapshot, bool anew) {
    if (anew) {
        if (snapshot->tie_count > 0)
            memcpy(scene->ties, snapshot->ties, (size_t)snapshot->tie_count * sizeof *scene->ties);
    } else {
        for (int32_t k = 0; k < scene->lasting_count; k++)
            scene->ties[scene->lasting[k]] = snapshot->ties[scene->lasting[k]];
        for (int32_t k = scene->tie_count; k < snapshot->tie_count; k++)
            scene->ties[k] = snapshot->ties[k];
    }
    scene->tie_count = snapshot->tie_count;
    scene->lasting_count = snapshot->lasting_count;
    if (snapshot->lasting_count > 0)
        memcpy(scene->lasting, snapshot->lasting, (size_t)snapshot->lasting_count * sizeof *scene->lasting);
}

/* Weeks of birth follow from ages; of those who were dead when first seen nothing is known, and they are spread evenly
 * among the others, as births are. */
static bool find_births(struct cr_scene *scene, const struct cr_snapshot *snapshot) {
    const double golden = 0.61803398874989485;
    bool changed = false;
    for (uint32_t i = 0; i < snapshot->people; i++) {
        double birth = round(snapshot->week - (double)snapshot->age[i] * CR_WEEKS_A_YEAR);
        if (snapshot->presence[i] == CR_DEAD || isnan(birth)) {
            if (!isnan(scene->birth[i]))
                continue;
            birth = fmod(golden * i, 1.0) * snapshot->parameters.life_birth_years * CR_WEEKS_A_YEAR;
        }
        changed = changed || !(fabs(birth - scene->birth[i]) < 1.5);
        scene->birth[i] = birth;
    }
    return changed;
}

static void compare(struct cr_scene *scene) {
    const struct cr_scene_sight *here = &scene->here, *there = &scene->there;
    for (uint32_t i = 0; i < scene->people; i++) {
        const bool both = here->presence[i] == CR_ADULT && there->presence[i] == CR_ADULT;
        const bool rated = here->style[i] != CR_STYLE_NONE && there->style[i] != CR_STYLE_NONE;
        scene->differs[i] =
            both && ((rated && here->style[i] != there->style[i]) || here->partner[i] != there->partner[i]);
    }
}

int cr_scene_see(struct cr_scene *scene, const struct cr_snapshot *snapshot, const struct cr_snapshot *other,
    struct cr_error *error) {
    const bool two = other && other->people == snapshot->people;
    const int code = make_room(scene, snapshot, two ? other : NULL, error);
    if (code)
        return code;
    const bool fresh = scene->people == 0;
    const bool jump = fresh || snapshot->week < scene->week || snapshot->week > scene->week + JUMP;
    const bool anew = jump || snapshot->era != scene->era || snapshot->tie_count < scene->tie_count;
    scene->people = snapshot->people;
    scene->alive = snapshot->alive;
    scene->week = snapshot->week;
    scene->weeks = snapshot->weeks;
    scene->era = snapshot->era;
    scene->anxiety_cut = snapshot->parameters.ecr_anxiety_cut;
    scene->avoidance_cut = snapshot->parameters.ecr_avoidance_cut;
    copy_sight(&scene->here, snapshot);
    memcpy(scene->bond, snapshot->bond, scene->people * sizeof *scene->bond);
    copy_ties(scene, snapshot, anew);
    scene->two = two;
    if (two) {
        copy_sight(&scene->there, other);
        compare(scene);
        cr_counterparts_see(&scene->elsewhere, other,
            jump || other->era != scene->elsewhere_era || other->tie_count < scene->elsewhere.count);
        scene->elsewhere_era = other->era;
    }
    if (find_births(scene, snapshot)) {
        cr_map_settle(&scene->here.map, scene->birth);
        scene->homes++;
    }
    if (two)
        cr_map_settle_like(&scene->there.map, &scene->here.map);
    if (anew)
        cr_scene_forget_own(scene);
    if (jump) {
        cr_flares_clear(&scene->flares);
        cr_trails_clear(&scene->trails);
        scene->at_once = true;
    }
    const int32_t partner = scene->options.chosen == CR_NOBODY || (uint32_t)scene->options.chosen >= scene->people
                                ? CR_NOBODY
                                : scene->here.partner[scene->options.chosen];
    const int32_t followed[] = {scene->options.chosen, partner, scene->options.hovered};
    cr_flares_see(&scene->flares, snapshot, followed, 3, scene->look.reduced_motion);
    cr_paths_see(&scene->paths, snapshot);
    scene->unplaced = true;
    return 0;
}
