#ifndef CR_VIZ_SCENE_STATE_H
#define CR_VIZ_SCENE_STATE_H

#include "viz/draw/pane.h"
#include "viz/draw/stamps.h"
#include "viz/scene/arrangement_timeline.h"
#include "viz/scene/counterparts.h"
#include "viz/scene/flares.h"
#include "viz/scene/motion.h"
#include "viz/scene/paths.h"
#include "viz/scene/scene.h"
#include "viz/scene/scene_backdrop.h"
#include "viz/scene/trails.h"

/* What a scene keeps from frame to frame; for the files scene*.c alone. */

enum { CR_TINTS = 65, CR_OWN_TIES = 64 };

/* What was seen of one world; array[person] unless told. */
struct cr_scene_sight {
    float *anxiety, *avoidance; /* owned: the one block of these arrays of persons; NaN where there is nobody */
    int32_t *partner;
    uint8_t *presence; /* enum cr_presence */
    int8_t *style;
    struct cr_map_couple *couples; /* owned, room for people / 2: those who last, by number of the bond */
    int32_t couple_count;
    struct cr_map map;
    struct cr_motion motion;
};

struct cr_scene {
    SDL_Renderer *renderer; /* borrowed */

    /* What was seen. */
    uint32_t people, alive;
    int32_t week, weeks;
    uint64_t era;
    double anxiety_cut, avoidance_cut;
    struct cr_scene_sight here, there; /* the second is empty for one world */
    bool two;
    double *birth;            /* owned: the one block of these arrays of persons; week, NaN while it is not known */
    float *trail_x, *trail_y; /* where its trail has got to, pixels of the picture */
    int32_t *bond;
    uint8_t *differs;    /* whether it fares differently there */
    bool at_once;        /* time has jumped: people are to be moved at once */
    bool unplaced;       /* where people belong must be worked out anew */
    double changing;     /* seconds until people leave trails again */
    uint32_t homes;      /* how often homes were given out */
    struct cr_tie *ties; /* owned */
    int32_t tie_count, tie_capacity;
    int32_t *lasting; /* owned, room for people / 2 */
    int32_t lasting_count;
    struct cr_counterparts elsewhere; /* the other world's; empty for one world */
    uint64_t elsewhere_era;
    struct cr_paths paths;
    struct cr_flares flares;
    struct cr_trails trails;

    /* What is drawn. */
    struct cr_scene_options options;
    struct cr_look look;
    SDL_Rect where;
    struct cr_scene_backdrop backdrop; /* as it was drawn last */
    uint32_t backdrop_homes;
    bool drawn; /* whether there is a backdrop */
    struct cr_pane backdrop_pane, label;
    int32_t label_number; /* what the label says, and how it was drawn */
    bool label_year;
    enum cr_theme_name label_theme;
    double label_unit;
    struct cr_raster ground; /* what people are drawn on */
    SDL_Texture *picture;    /* owned; what they are drawn to, */
    struct cr_raster frame;  /* and its pixels, while that lasts */
    struct cr_stamps stamps;
    struct cr_camera cameras[CR_ARRANGEMENTS];
    uint32_t tints[CR_TINTS];
    const struct cr_theme *tints_of;

    /* Relationships of the chosen person, as far as they were searched. */
    int32_t own[CR_OWN_TIES], own_count, own_of, own_searched;
};

/* Where a place of the picture without zoom is seen, in pixels of the picture. */
static inline double cr_scene_across(const struct cr_scene *scene, double x) {
    const struct cr_camera *camera = &scene->backdrop.camera;
    return camera->x + camera->zoom * x;
}
static inline double cr_scene_down(const struct cr_scene *scene, double y) {
    const struct cr_camera *camera = &scene->backdrop.camera;
    return camera->y + camera->zoom * y;
}

/* Whether a person is drawn as a dot. */
bool cr_scene_shows(const struct cr_scene *scene, int32_t person);

/* The radius of a dot, in pixels. */
double cr_scene_dot(const struct cr_scene *scene);

/* The colour of a satisfaction, as a pixel. */
uint32_t cr_scene_tint(const struct cr_scene *scene, double satisfaction);

/* Whether it is marked what is otherwise in the other world. */
static inline bool cr_scene_compares(const struct cr_scene *scene) {
    return scene->options.differences && scene->two;
}

/* How strongly a person is drawn, 0 to 1: who is alike in both worlds is fainter while they are compared. */
static inline double cr_scene_emphasis(const struct cr_scene *scene, int32_t person) {
    return cr_scene_compares(scene) && !scene->differs[person] ? CR_SCENE_FAINT : 1.0;
}

/* Of so many ties one is drawn. */
int32_t cr_scene_ties_one_in(const struct cr_scene *scene, enum cr_arrangement arrangement);

/* The tie that a relationship's number stands for; NULL if there is none such. */
const struct cr_tie *cr_scene_tie(const struct cr_scene *scene, int32_t bond);

/* Says where everybody belongs in the present arrangement. */
void cr_scene_aim(struct cr_scene *scene);

/* Draws the parts of a frame, in this order. */
void cr_scene_add_trails(struct cr_scene *scene);
void cr_scene_draw_ties(struct cr_scene *scene);
void cr_scene_draw_differences(struct cr_scene *scene);
void cr_scene_draw_people(struct cr_scene *scene);
void cr_scene_draw_flares(struct cr_scene *scene);
void cr_scene_draw_followed(struct cr_scene *scene);
void cr_scene_draw_timeline(struct cr_scene *scene);

/* Draws the tie of a person, if it has one, so that it stands out. */
void cr_scene_draw_tie_of(struct cr_scene *scene, int32_t person);

/* Shows the number of the chosen one beside its dot; on the timeline the year, at the cursor. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_scene_show_label(struct cr_scene *scene, struct cr_error *error);

/* Where a week is seen on the timeline, in pixels of the picture. */
double cr_scene_week_across(const struct cr_scene *scene, double week);

/* How the timeline's view is at present. */
struct cr_timeline_view cr_scene_timeline_view(const struct cr_scene *scene);

/* Forgets which relationships are the chosen person's. */
void cr_scene_forget_own(struct cr_scene *scene);

/* Gives back all that was seen. */
void cr_scene_forget_sight(struct cr_scene *scene);

#endif
