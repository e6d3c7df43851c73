#include "viz/scene/scene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"
#include "viz/draw/tint.h"
#include "viz/scene/scene_state.h"

const char *const cr_arrangement_names[CR_ARRANGEMENTS] = {"plane", "map", "timeline"};
const char *const cr_flares_shown_names[CR_FLARES_SHOWN] = {"all", "lives", "none"};

/* After a change of arrangement people leave no trails for so many seconds. */
static const double change_seconds = 1.0;

/* What is smaller than this many pixels a side is not drawn. */
enum { SMALLEST = 96 };

struct cr_scene *cr_scene_new(SDL_Renderer *renderer, struct cr_error *error) {
    struct cr_scene *scene = calloc(1, sizeof *scene);
    if (!scene) {
        cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for a scene");
        return NULL;
    }
    scene->renderer = renderer;
    scene->options = (struct cr_scene_options){.chosen = CR_NOBODY, .hovered = CR_NOBODY};
    scene->own_of = CR_NOBODY;
    for (int k = 0; k < CR_ARRANGEMENTS; k++)
        scene->cameras[k] = cr_camera_all();
    return scene;
}

void cr_scene_forget_textures(struct cr_scene *scene) {
    if (scene->picture)
        SDL_DestroyTexture(scene->picture);
    scene->picture = NULL;
    cr_pane_free(&scene->backdrop_pane);
    cr_pane_free(&scene->label);
    scene->drawn = false;
}

void cr_scene_free(struct cr_scene *scene) {
    if (!scene)
        return;
    cr_scene_forget_textures(scene);
    cr_scene_forget_sight(scene);
    cr_trails_free(&scene->trails);
    cr_raster_free(&scene->ground);
    cr_stamps_free(&scene->stamps);
    free(scene);
}

static int32_t person_or_nobody(const struct cr_scene *scene, int32_t person) {
    return person >= 0 && (uint32_t)person < scene->people ? person : CR_NOBODY;
}

static bool same_look(const struct cr_look *a, const struct cr_look *b) {
    return a->theme == b->theme && a->scale == b->scale && a->text_scale == b->text_scale;
}

static bool same_content(const struct cr_scene_content *a, const struct cr_scene_content *b) {
    return a->arrangement == b->arrangement && a->ties == b->ties && a->children == b->children &&
           a->differences == b->differences && a->shapes == b->shapes && a->ties_one_in == b->ties_one_in &&
           a->flares_one_in == b->flares_one_in && a->flares == b->flares && a->half == b->half &&
           a->worlds == b->worlds;
}

static bool same_camera(const struct cr_camera *a, const struct cr_camera *b) {
    return a->zoom == b->zoom && a->x == b->x && a->y == b->y;
}

static bool same_backdrop(const struct cr_scene_backdrop *a, const struct cr_scene_backdrop *b) {
    return same_look(&a->look, &b->look) && same_content(&a->content, &b->content) &&
           same_camera(&a->camera, &b->camera) && a->layout.width == b->layout.width &&
           a->layout.height == b->layout.height && a->anxiety_cut == b->anxiety_cut &&
           a->avoidance_cut == b->avoidance_cut && a->begin == b->begin && a->end == b->end;
}

/* The content that the legend tells of. */
static struct cr_scene_content content_of(const struct cr_scene *scene) {
    const enum cr_arrangement arrangement = scene->options.arrangement;
    return (struct cr_scene_content){.arrangement = arrangement,
        .ties = scene->options.ties,
        .children = scene->options.children,
        .differences = scene->options.differences,
        .shapes = scene->backdrop.content.shapes,
        .ties_one_in = cr_scene_ties_one_in(scene, arrangement),
        .flares_one_in = scene->people > 0 ? scene->flares.one_in : 1,
        .flares = scene->options.flares,
        .half = scene->options.legend,
        .worlds = scene->two ? 2 : 1};
}

/* Draws the backdrop and keeps the part of it that the picture lies on. */
static int draw_backdrop(struct cr_scene *scene, struct cr_error *error) {
    const struct cr_scene_layout *layout = &scene->backdrop.layout;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, layout->width, layout->height);
    cairo_t *cairo = cairo_create(surface);
    int code = cr_scene_backdrop_draw(&scene->backdrop, cairo, error);
    cairo_destroy(cairo);
    if (!code)
        code = cr_pane_take(&scene->backdrop_pane, scene->renderer, surface, error);
    if (!code)
        code = cr_raster_fit(&scene->ground, (int)layout->plot.width, (int)layout->plot.height, error);
    if (!code) {
        const unsigned char *data = cairo_image_surface_get_data(surface);
        const int stride = cairo_image_surface_get_stride(surface);
        for (int y = 0; y < scene->ground.height; y++) {
            const unsigned char *row =
                data + (ptrdiff_t)(y + (int)layout->plot.y) * stride + 4 * (ptrdiff_t)layout->plot.x;
            uint32_t *to = scene->ground.pixels + (ptrdiff_t)y * scene->ground.stride;
            memcpy(to, row, (size_t)scene->ground.width * sizeof *to);
            for (int x = 0; x < scene->ground.width; x++)
                to[x] |= UINT32_C(0xFF000000);
        }
    }
    cairo_surface_destroy(surface);
    return code;
}

/* Brings the layout, and what is seldom drawn, up to date. */
static int prepare(struct cr_scene *scene, int width, int height, struct cr_error *error) {
    struct cr_scene_backdrop wanted = {.look = scene->look,
        .content = content_of(scene),
        .layout = {.width = width, .height = height},
        .camera = scene->cameras[scene->options.arrangement],
        .map = &scene->here.map};
    if (wanted.content.arrangement == CR_ARRANGEMENT_PLANE) {
        wanted.anxiety_cut = scene->anxiety_cut;
        wanted.avoidance_cut = scene->avoidance_cut;
    } else if (wanted.content.arrangement == CR_ARRANGEMENT_TIMELINE) {
        wanted.begin = scene->tie_count > 0 ? cr_timeline_begin(scene->ties[0].start) : 0;
        wanted.end = scene->weeks;
    }
    const struct cr_scene_backdrop old = scene->backdrop;
    bool same = scene->drawn && same_backdrop(&old, &wanted) &&
                (wanted.content.arrangement != CR_ARRANGEMENT_MAP || scene->backdrop_homes == scene->homes);
    if (!same) {
        int code = cr_scene_backdrop_lay(&wanted, width, height, error);
        if (code)
            return code;
        scene->backdrop = wanted;
    }
    const double dot =
        scene->options.arrangement == CR_ARRANGEMENT_TIMELINE ? 2.6 * scene->look.scale : cr_scene_dot(scene);
    const struct cr_theme *theme = cr_theme(scene->look.theme);
    int code = cr_stamps_make(&scene->stamps, theme, dot, scene->look.scale, error);
    const bool shapes = cr_stamp_is_shaped(dot);
    if (!code && (!same || shapes != scene->backdrop.content.shapes)) {
        scene->backdrop.content.shapes = shapes;
        scene->drawn = false;
        code = draw_backdrop(scene, error);
    }
    if (code)
        return code;
    scene->drawn = true;
    scene->backdrop_homes = scene->homes;
    const struct cr_rect plot = scene->backdrop.layout.plot, before = old.layout.plot;
    if (old.layout.width != width || old.layout.height != height || scene->look.scale != old.look.scale)
        scene->unplaced = scene->at_once = true;
    if (plot.x != before.x || plot.y != before.y || plot.width != before.width || plot.height != before.height) {
        /* in the window they stay where they are, and glide to where they belong now */
        cr_motion_shift(&scene->here.motion, before.x - plot.x, before.y - plot.y);
        cr_motion_shift(&scene->there.motion, before.x - plot.x, before.y - plot.y);
        scene->unplaced = true;
        scene->changing = change_seconds;
    }
    if (!same_camera(&scene->backdrop.camera, &old.camera))
        cr_trails_clear(&scene->trails);
    if (scene->tints_of != theme)
        for (int k = 0; k < CR_TINTS; k++)
            scene->tints[k] = cr_raster_ink(cr_tint(theme, CR_TINT_MOST * (2.0 * k / (CR_TINTS - 1) - 1.0)));
    scene->tints_of = theme;
    return cr_trails_fit(
        &scene->trails, scene->ground.width, scene->ground.height, scene->look.theme == CR_THEME_LIGHT, error);
}

static void move_people(struct cr_scene *scene, double seconds) {
    if (scene->people == 0)
        return;
    if (scene->unplaced)
        cr_scene_aim(scene);
    scene->unplaced = false;
    const bool at_once = scene->at_once || scene->look.reduced_motion;
    struct cr_motion *const motions[] = {&scene->here.motion, &scene->there.motion};
    for (int k = 0; k < (scene->two ? 2 : 1); k++) {
        if (at_once)
            cr_motion_arrive(motions[k]);
        else
            cr_motion_pass(motions[k], seconds);
    }
    cr_flares_pass(&scene->flares, seconds, scene->look.reduced_motion);
    cr_trails_fade(&scene->trails, seconds);
    scene->changing = cr_max(0.0, scene->changing - seconds);
    if (!scene->options.trails || scene->look.reduced_motion)
        cr_trails_clear(&scene->trails);
    if (at_once || scene->changing > 0.0 || !scene->options.trails) {
        memcpy(scene->trail_x, scene->here.motion.x, scene->people * sizeof *scene->trail_x);
        memcpy(scene->trail_y, scene->here.motion.y, scene->people * sizeof *scene->trail_y);
    } else {
        cr_scene_add_trails(scene);
    }
    scene->at_once = false;
}

static void draw_frame(struct cr_scene *scene) {
    cr_trails_lay(&scene->trails, &scene->frame, &scene->ground);
    if (scene->people == 0)
        return;
    if (scene->options.arrangement == CR_ARRANGEMENT_TIMELINE) {
        cr_scene_draw_timeline(scene);
        return;
    }
    if (scene->options.ties)
        cr_scene_draw_ties(scene);
    if (cr_scene_compares(scene))
        cr_scene_draw_differences(scene);
    cr_scene_draw_people(scene);
    cr_scene_draw_flares(scene);
    cr_scene_draw_followed(scene);
}

/* The picture is drawn right into its texture, which has margins as a raster has. */
static int show_picture(struct cr_scene *scene, struct cr_error *error) {
    const int width = scene->ground.width, height = scene->ground.height;
    const int padded_width = cr_raster_padded_width(width), padded_height = cr_raster_padded_height(height);
    int there_width = 0, there_height = 0, pitch = 0;
    void *pixels = NULL;
    if (scene->picture)
        SDL_QueryTexture(scene->picture, NULL, NULL, &there_width, &there_height);
    if (there_width != padded_width || there_height != padded_height) {
        if (scene->picture)
            SDL_DestroyTexture(scene->picture);
        scene->picture = SDL_CreateTexture(
            scene->renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING, padded_width, padded_height);
        if (!scene->picture)
            return cr_error_set(error, CR_ERROR_MEMORY, "cannot show the scene: %s", SDL_GetError());
        SDL_SetTextureBlendMode(scene->picture, SDL_BLENDMODE_NONE);
    }
    if (SDL_LockTexture(scene->picture, NULL, &pixels, &pitch))
        return cr_error_set(error, CR_ERROR_MEMORY, "cannot show the scene: %s", SDL_GetError());
    scene->frame = cr_raster_within(pixels, pitch, width, height);
    draw_frame(scene);
    SDL_UnlockTexture(scene->picture);
    const struct cr_rect plot = scene->backdrop.layout.plot;
    const SDL_Rect from = {CR_RASTER_MARGIN, CR_RASTER_MARGIN, width, height};
    const SDL_Rect to = {scene->where.x + (int)plot.x, scene->where.y + (int)plot.y, width, height};
    SDL_RenderCopy(scene->renderer, scene->picture, &from, &to);
    return 0;
}

int cr_scene_draw(struct cr_scene *scene, const struct cr_scene_options *options, const struct cr_look *look,
    SDL_Rect where, double seconds, struct cr_error *error) {
    scene->where = where;
    if (where.w < SMALLEST || where.h < SMALLEST)
        return 0;
    const struct cr_scene_options before = scene->options;
    scene->options = *options;
    scene->options.chosen = person_or_nobody(scene, options->chosen);
    scene->options.hovered = person_or_nobody(scene, options->hovered);
    scene->look = *look;
    if (before.arrangement != options->arrangement || before.children != options->children) {
        scene->unplaced = true;
        scene->changing = change_seconds;
        cr_trails_clear(&scene->trails);
    }
    int code = prepare(scene, where.w, where.h, error);
    if (code)
        return code;
    move_people(scene, cr_clamp(seconds, 0.0, 1.0));
    SDL_Rect clip;
    const bool clipped = SDL_RenderIsClipEnabled(scene->renderer);
    SDL_RenderGetClipRect(scene->renderer, &clip);
    SDL_RenderSetClipRect(scene->renderer, &where);
    cr_pane_show_around(&scene->backdrop_pane, scene->renderer, where.x, where.y,
        (SDL_Rect){(int)scene->backdrop.layout.plot.x, (int)scene->backdrop.layout.plot.y, scene->ground.width,
            scene->ground.height});
    code = show_picture(scene, error);
    if (!code)
        code = cr_scene_show_label(scene, error);
    SDL_RenderSetClipRect(scene->renderer, clipped ? &clip : NULL);
    return code;
}

/* A point of the window, in pixels of the picture. */
static double picture_x(const struct cr_scene *scene, double x) {
    return x - scene->where.x - scene->backdrop.layout.plot.x;
}

static double picture_y(const struct cr_scene *scene, double y) {
    return y - scene->where.y - scene->backdrop.layout.plot.y;
}

void cr_scene_zoom(struct cr_scene *scene, double factor, double x, double y) {
    const struct cr_rect plot = scene->backdrop.layout.plot;
    struct cr_camera *camera = &scene->cameras[scene->options.arrangement];
    if (factor > 0.0)
        *camera = cr_camera_zoom(*camera, factor, picture_x(scene, x), picture_y(scene, y), plot.width, plot.height);
}

void cr_scene_pan(struct cr_scene *scene, double x, double y) {
    const struct cr_rect plot = scene->backdrop.layout.plot;
    struct cr_camera *camera = &scene->cameras[scene->options.arrangement];
    *camera = cr_camera_pan(*camera, x, y, plot.width, plot.height);
}

void cr_scene_show_all(struct cr_scene *scene) {
    scene->cameras[scene->options.arrangement] = cr_camera_all();
}
