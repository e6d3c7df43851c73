#include "viz/controls/layout.h"

#include <math.h>

#include "base/numeric.h"

/* Points. */
static const double wide = 1500.0;        /* window from which panels stand in two columns */
static const double panel_width = 304.0;  /* of a column, at least; */
static const double panel_share = 0.20;   /* of the window, in one column, */
static const double panels_share = 0.385; /* in two */
static const double scene_width = 300.0;  /* of a scene, at least */

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
    const bool two = width >= wide * scale && (wish->worlds < 2 || !wish->drawer || width >= 1900.0 * scale);
    double panels =
        cr_max(two ? 2.0 * panel_width * scale : panel_width * scale, (two ? panels_share : panel_share) * width);
    const double spare = right - left - 2.0 * margin - (double)wish->worlds * scene_width * scale;
    if (wish->panels && panels > spare && two && spare >= panel_width * scale)
        panels = spare;
    if (wish->panels && wish->enlarged < 0 && panels <= spare) {
        right -= round(panels) + margin;
        const struct cr_rect room = {right, top + margin, round(panels), bottom - top - 2.0 * margin};
        place_panels(layout, room, panels >= 2.0 * panel_width * scale * 0.999 && two ? 2 : 1, margin);
    }
    struct cr_rect room = box(left + margin, top + margin, right - margin, bottom - margin);
    if (wish->panels && wish->enlarged >= 0) {
        /* The scene stays in view, small, beside the panel. */
        const double most = room.width - margin - panel_width * scale;
        const double side = cr_min(cr_max(scene_width * scale * (double)wish->worlds, 0.34 * room.width), most);
        const double edge = round(room.x + side);
        layout->panel_count = (size_t)wish->enlarged + 1;
        layout->panel[wish->enlarged] = box(edge + margin, room.y, cr_rect_right(room), cr_rect_bottom(room));
        room.width = edge - room.x;
    }
    place_scenes(layout, room, wish->worlds, margin);
}

struct cr_rect cr_layout_card(const struct cr_layout *layout, double width, double height, double x, double y) {
    const double margin = round(CR_LAYOUT_MARGIN * layout->scale);
    const struct cr_rect first = layout->scene[0];
    const struct cr_rect last = layout->scene[1].width > 0.0 ? layout->scene[1] : first;
    const struct cr_rect all = {first.x, first.y, cr_rect_right(last) - first.x, first.height};
    const double least = cr_min(width, all.width - 2.0 * margin), tall = cr_min(height, all.height - 2.0 * margin);
    struct cr_rect card = {all.x + margin, all.y + margin, round(least), round(tall)};
    const struct cr_rect about = {
        card.x - margin, card.y - margin, card.width + 2.0 * margin, card.height + 2.0 * margin};
    if (!cr_layout_within(about, x, y))
        return card;
    /* To the right of the point, over what is beside the scenes if it must. */
    const double right = cr_max(cr_rect_right(all) - margin - card.width, x + 2.0 * margin);
    card.x = round(cr_min(right, cr_rect_right(layout->toolbar) - margin - card.width));
    return card;
}

struct cr_rect cr_layout_centre(struct cr_rect around, double width, double height) {
    const double w = floor(cr_min(width, around.width)), h = floor(cr_min(height, around.height));
    return (struct cr_rect){
        round(around.x + (around.width - w) / 2.0), round(around.y + (around.height - h) / 2.0), w, h};
}
