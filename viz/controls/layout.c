#include "viz/controls/layout.h"

#include <math.h>
#include <string.h>

#include "base/numeric.h"

/* Points. */
static const double wide = 1500.0;        /* window from which panels stand in two columns */
static const double panel_width = 304.0;  /* of a column, at least; */
static const double panel_share = 0.20;   /* of the window, in one column, */
static const double panels_share = 0.385; /* in two */
static const double scene_width = 300.0;  /* of a scene, at least */
static const double scene_alone = 400.0;  /* of the only scene beside a card, at which panels may stay */
static const double scene_least = 162.0;  /* of one of two scenes beside a card in a small window */

static const double glide_seconds = 0.25;

double cr_layout_scale(int width, int height, double asked) {
    const double large = 0.8 * cr_min(width / 1600.0, height / 900.0);
    return cr_max(1.0, cr_max(asked, floor(4.0 * large + 1e-9) / 4.0));
}

static struct cr_rect box(double left, double top, double right, double bottom) {
    const double x = round(left), y = round(top);
    return (struct cr_rect){x, y, cr_max(0.0, round(right) - x), cr_max(0.0, round(bottom) - y)};
}

static void place_panels(struct cr_layout *layout, struct cr_rect room, int columns, double gap) {
    const int rows = 3;
    const double width = (room.width - gap * (columns - 1)) / columns, height = (room.height - gap * (rows - 1)) / rows;
    layout->panel_count = 0;
    for (int column = 0; column < columns; column++)
        for (int row = 0; row < rows; row++) {
            const double x = room.x + (width + gap) * column, y = room.y + (height + gap) * row;
            layout->panel[layout->panel_count++] = box(x, y, x + width, y + height);
        }
}

static void place_scenes(struct cr_layout *layout, struct cr_rect room, size_t worlds, double gap) {
    if (worlds < 2) {
        layout->scene[0] = room;
        return;
    }
    const double width = floor((room.width - gap) / 2.0), name = round(CR_LAYOUT_NAME * layout->scale);
    for (size_t w = 0; w < 2; w++) {
        const double x = w == 0 ? room.x : cr_rect_right(room) - width;
        layout->name[w] = (struct cr_rect){x, room.y, width, name};
        layout->scene[w] = (struct cr_rect){x, room.y + name, width, room.height - name};
    }
}

/* The width of what stands beside the scenes in so much room: the best one if the scenes keep enough, else the usual
 * one, else what the scenes can spare. */
static double choose_side(const struct cr_layout_wish *wish, double scale, double room, double margin) {
    const double worlds = (double)wish->worlds, gaps = margin * worlds;
    const double usual = scene_width * scale * worlds, least = worlds > 1.0 ? scene_least * scale * worlds : usual;
    if (!(wish->side > 0.0))
        return 0.0;
    if (room - gaps - usual >= wish->side_broad * scale)
        return wish->side_broad * scale;
    return cr_min(wish->side * scale, cr_max(0.0, room - gaps - least));
}

/* The widths of the columns of panels together, with the gap between them: of two, else of one, else 0. */
static double choose_panels(const struct cr_layout_wish *wish, double scale, double spare, bool two) {
    const double least = panel_width * scale, both = cr_max(2.0 * least, panels_share * wish->width);
    const double one = cr_max(least, panel_share * wish->width);
    return two && both <= spare ? both : spare >= least ? cr_min(one, spare) : 0.0;
}

void cr_layout_make(struct cr_layout *layout, const struct cr_layout_wish *wish) {
    *layout = (struct cr_layout){.scale = cr_min(wish->scale, cr_min((double)wish->width / CR_LAYOUT_LEAST_WIDTH,
                                                                  (double)wish->height / CR_LAYOUT_LEAST_HEIGHT))};
    const double scale = layout->scale, width = wish->width, height = wish->height;
    const double margin = round(CR_LAYOUT_MARGIN * scale);
    const double top = round(CR_LAYOUT_TOOLBAR * scale), bottom = height - round(CR_LAYOUT_SCRUB * scale);
    layout->toolbar = box(0.0, 0.0, width, top);
    layout->scrub = box(0.0, bottom, width, height);

    double left = 0.0, right = width;
    if (wish->drawer) {
        layout->drawer = box(0.0, top, CR_LAYOUT_DRAWER * scale, bottom);
        left = cr_rect_right(layout->drawer);
    }
    const double beside = floor(choose_side(wish, scale, right - left - 2.0 * margin, margin));
    const double taken = beside > 0.0 ? beside + margin : 0.0;
    const double scenes = (double)wish->worlds * (beside > 0.0 && wish->worlds < 2 ? scene_alone : scene_width) * scale;
    const bool two = width >= wide * scale && (wish->worlds < 2 || !wish->drawer || width >= 1900.0 * scale);
    const double spare = right - left - 2.0 * margin - scenes - taken;
    const double panels = wish->panels && wish->enlarged < 0 ? choose_panels(wish, scale, spare, two) : 0.0;
    if (panels > 0.0) {
        right -= round(panels) + margin;
        const struct cr_rect room = {right, top + margin, round(panels), bottom - top - 2.0 * margin};
        place_panels(layout, room, panels >= 2.0 * panel_width * scale * 0.999 && two ? 2 : 1, margin);
    }
    struct cr_rect room = box(left + margin, top + margin, right - margin, bottom - margin);
    /* The scene stays in view, small, beside the panel. */
    const double most = room.width - taken - margin - panel_width * scale;
    if (wish->panels && wish->enlarged >= 0 && most >= scene_least * scale * (double)wish->worlds + margin) {
        const double side =
            cr_min(cr_max(scene_width * scale * (double)wish->worlds, 0.34 * (room.width - taken)), most);
        const double edge = round(room.x + side + taken);
        layout->panel_count = (size_t)wish->enlarged + 1;
        layout->panel[wish->enlarged] = box(edge + margin, room.y, cr_rect_right(room), cr_rect_bottom(room));
        room.width = edge - room.x;
    }
    if (beside > 0.0) {
        layout->side = box(cr_rect_right(room) - beside, room.y, cr_rect_right(room), cr_rect_bottom(room));
        room.width -= taken;
    }
    place_scenes(layout, room, wish->worlds, margin);
}

static bool same_beside(const struct cr_layout_wish *one, const struct cr_layout_wish *other) {
    return one->side == other->side && one->side_broad == other->side_broad;
}

static bool same_but_beside(const struct cr_layout_wish *one, const struct cr_layout_wish *other) {
    return one->width == other->width && one->height == other->height && one->scale == other->scale &&
           one->worlds == other->worlds && one->drawer == other->drawer && one->panels == other->panels &&
           one->enlarged == other->enlarged;
}

void cr_layout_glide(
    struct cr_layout_glide *glide, const struct cr_layout_wish *wish, bool at_once, struct cr_layout *layout) {
    cr_layout_make(layout, wish);
    if (at_once || !glide->begun || !same_but_beside(&glide->wish, wish))
        glide->left = 0.0;
    else if (!same_beside(&glide->wish, wish)) {
        glide->left = glide_seconds;
        memcpy(glide->from, glide->scene, sizeof glide->from);
    }
    glide->wish = *wish;
    glide->begun = true;
    /* quick at first, then slower */
    const double share = glide->left / glide_seconds, away = share * share;
    for (size_t w = 0; w < wish->worlds && glide->left > 0.0; w++) {
        struct cr_rect *const scene = &layout->scene[w];
        const struct cr_rect from = glide->from[w], to = *scene;
        scene->x = round(to.x + away * (from.x - to.x));
        scene->width = round(to.width + away * (from.width - to.width));
        if (wish->worlds > 1) {
            layout->name[w].x = scene->x;
            layout->name[w].width = scene->width;
        }
    }
    memcpy(glide->scene, layout->scene, sizeof glide->scene);
}

void cr_layout_pass(struct cr_layout_glide *glide, double seconds) {
    glide->left = cr_max(0.0, glide->left - seconds);
}

struct cr_rect cr_layout_centre(struct cr_rect around, double width, double height) {
    const double w = floor(cr_min(width, around.width)), h = floor(cr_min(height, around.height));
    return (struct cr_rect){
        round(around.x + (around.width - w) / 2.0), round(around.y + (around.height - h) / 2.0), w, h};
}
