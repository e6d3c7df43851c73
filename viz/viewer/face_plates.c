#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "viz/scene/scene_layout.h"
#include "viz/viewer/face.h"

/* What lies over the picture for a while: hints, messages, tips. */

/* Points. */
enum { RIM = 6, PAD = 12 };

static const char *const hints[] = {
    "Each dot is a person, its colour the style by the last survey. Left is at ease, right is anxious; up is avoidant. "
    "Lines tie couples: the stronger, the better the bond.",
    "Rings flare where people protest or turn away, and where couples form, quarrel and part. Space pauses; drag the "
    "bar "
    "below to look back.",
    "Click a person to see a life: care received, beliefs then and now, partners. P changes the world while people "
    "live; "
    "? shows all keys.",
};

int cr_face_hints(void) {
    return sizeof hints / sizeof *hints;
}

static double px(const struct cr_viewer *viewer, double points) {
    return round(cr_viewer_points(viewer, points));
}

void cr_face_hint(struct cr_viewer *viewer) {
    if (viewer->hint < 0)
        return;
    const struct cr_rect scene = viewer->layout.scene[0];
    const double wide = cr_min(px(viewer, 560.0), scene.width - px(viewer, 24.0));
    const double inner = wide - 2.0 * px(viewer, RIM + PAD), row = px(viewer, 30.0);
    const double text =
        ceil(cr_paint_height(&viewer->measure, &viewer->look, CR_LETTERS_PLAIN, hints[viewer->hint], inner));
    const double high = text + row + 2.0 * px(viewer, RIM + PAD) + px(viewer, 8.0);
    const struct cr_rect frame = {
        round(scene.x + (scene.width - wide) / 2.0), cr_rect_bottom(scene) - high - px(viewer, 6.0), wide, high};
    cr_widgets_layer(&viewer->widgets, CR_LAYER_HINT, CR_PLATE_FLOATING, frame);
    const double left = frame.x + px(viewer, RIM + PAD), top = frame.y + px(viewer, RIM + PAD);
    cr_face_text(viewer, CR_LETTERS_PLAIN, (struct cr_rect){left, top, inner, text}, hints[viewer->hint]);
    char count[32];
    (void)cr_text_format(count, sizeof count, "%d of %d", viewer->hint + 1, cr_face_hints());
    const double below = top + text + px(viewer, 8.0), button = px(viewer, 96.0);
    cr_face_text(viewer, CR_LETTERS_SOFT, (struct cr_rect){left, below, inner / 2.0, row}, count);
    const bool last = viewer->hint + 1 == cr_face_hints();
    struct cr_widget *next = cr_face_button(viewer, "hint_next", CR_ICON_NONE, last ? "Begin" : "Next", CR_DO_HINT_NEXT,
        (struct cr_rect){left + inner - button, below, button, row});
    next->primary = true;
    cr_face_button(viewer, "hint_close", CR_ICON_NONE, "Enough", CR_DO_HINTS,
        (struct cr_rect){left + inner - 2.0 * button - px(viewer, 8.0), below, button, row});
}

/* Shares of a scene's width, where the legend stands beside its picture: the picture's middle, and its width. */
static const double picture_middle = 0.4, picture_share = 0.72;

/* At the top of the picture, where nothing else lies: hints stand at its bottom, with the names of the axes, and
 * legends, cards and panels beside it. */
void cr_face_toast(struct cr_viewer *viewer) {
    if (!(viewer->toast_left > 0.0))
        return;
    const struct cr_rect first = viewer->layout.scene[0], last = viewer->layout.scene[viewer->viewing->count - 1];
    const bool wide = cr_scene_is_wide((int)first.width, (int)first.height);
    const double whole = cr_rect_right(last) - first.x, room = wide ? picture_share * first.width : whole;
    const double middle = first.x + (wide ? picture_middle * first.width : whole / 2.0);
    const double most = cr_min(px(viewer, 760.0), room - 2.0 * px(viewer, RIM + PAD));
    const double natural = cr_paint_width(&viewer->measure, &viewer->look, CR_LETTERS_PLAIN, viewer->toast);
    const double inner = cr_min(natural, most), pad = px(viewer, RIM + PAD);
    const double text = ceil(cr_paint_height(&viewer->measure, &viewer->look, CR_LETTERS_PLAIN, viewer->toast, inner));
    const double high = text + 2.0 * px(viewer, RIM + 8);
    const struct cr_rect frame = {round(middle - inner / 2.0 - pad), first.y, inner + 2.0 * pad, high};
    cr_widgets_layer(&viewer->widgets, CR_LAYER_TOAST, CR_PLATE_FLOATING, frame);
    cr_face_text(viewer, CR_LETTERS_PLAIN, (struct cr_rect){frame.x + pad, frame.y + px(viewer, RIM + 8), inner, text},
        viewer->toast);
}

static const char *const style_words[CR_STYLES] = {"secure", "preoccupied", "dismissing", "fearful"};

/* Who is under the mouse. */
static bool tell_person(const struct cr_viewer *viewer, char *text, size_t size) {
    const int32_t person = viewer->options.hovered;
    if (person == CR_NOBODY || viewer->box != CR_BOX_NONE)
        return false;
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    const int8_t style = now->style[person];
    char age[32] = "", partner[48] = "";
    if (isfinite(now->age[person]))
        (void)cr_text_format(age, sizeof age, ", %.0f years", floor((double)now->age[person]));
    if (now->partner[person] != CR_NOBODY)
        (void)cr_text_format(partner, sizeof partner, ", with %d", now->partner[person]);
    (void)cr_text_format(text, size, "Person %d%s%s%s%s%s", person, age, style >= 0 && style < CR_STYLES ? ", " : "",
        style >= 0 && style < CR_STYLES ? style_words[style] : "",
        now->earning[person] == CR_EARNING_SECURE ? " (earned)" : "", partner);
    return true;
}

/* What a control does, with its keys. */
static void tell_widget(const struct cr_widget *widget, char *text, size_t size) {
    const struct cr_action_row *const row = cr_action_row(widget->action);
    char keys[64];
    if (*widget->tip) {
        (void)cr_text_format(text, size, "%s", widget->tip);
        return;
    }
    (void)cr_action_keys(widget->action, 1, keys, sizeof keys);
    (void)cr_text_format(text, size, "%c%s%s%s%s",
        *row->words >= 'a' && *row->words <= 'z' ? *row->words - 32 : *row->words, row->words + 1, *keys ? " (" : "",
        keys, *keys ? ")" : "");
}

/* The control that the mouse rests on; a place only if it has words of its own. */
static const struct cr_widget *pointed_at(const struct cr_viewer *viewer) {
    const struct cr_widget *const widget = cr_widgets_find(&viewer->widgets, viewer->mouse.over);
    const bool tells = widget && widget->action != CR_DO_NOTHING && (widget->kind != CR_WIDGET_PLACE || *widget->tip);
    return tells && viewer->mouse.seen && !viewer->mouse.down && viewer->mouse.rests >= 0.5 ? widget : NULL;
}

/* The control that keys have moved the focus to and left it on, if it has no words on it; the drawer tells of its own.
 */
static const struct cr_widget *stepped_on(const struct cr_viewer *viewer) {
    const struct cr_widget *const widget = cr_widgets_find(&viewer->widgets, viewer->focus);
    if (!widget || !viewer->by_keys || viewer->focus_rests < 0.5 || widget->action == CR_DO_NOTHING ||
        widget->layer == CR_LAYER_DRAWER || *widget->label)
        return NULL;
    return widget->kind != CR_WIDGET_FIELD && (widget->kind != CR_WIDGET_PLACE || *widget->tip) ? widget : NULL;
}

void cr_face_tip(struct cr_viewer *viewer) {
    char text[CR_WIDGET_TIP + 64];
    const struct cr_widget *const pointed = pointed_at(viewer), *const stepped = pointed ? NULL : stepped_on(viewer);
    double x = viewer->mouse.x + px(viewer, 10.0), y = viewer->mouse.y, below = px(viewer, 18.0);
    if (pointed || stepped)
        tell_widget(pointed ? pointed : stepped, text, sizeof text);
    else if (!viewer->mouse.seen || !tell_person(viewer, text, sizeof text))
        return;
    if (stepped) {
        const struct cr_rect seen = cr_widgets_visible(&viewer->widgets, stepped);
        x = seen.x;
        y = seen.y;
        below = seen.height + px(viewer, 2.0);
    }
    const double most = px(viewer, 330.0), pad = px(viewer, RIM + 8);
    const double inner = cr_min(cr_paint_width(&viewer->measure, &viewer->look, CR_LETTERS_PLAIN, text), most);
    const double high = ceil(cr_paint_height(&viewer->measure, &viewer->look, CR_LETTERS_PLAIN, text, inner));
    struct cr_rect frame = {x, y + below, inner + 2.0 * pad, high + 2.0 * px(viewer, RIM + 5)};
    if (cr_rect_right(frame) > viewer->window.width)
        frame.x = viewer->window.width - frame.width;
    if (cr_rect_bottom(frame) > viewer->window.height)
        frame.y = y - frame.height - px(viewer, 4.0);
    frame.x = round(cr_max(frame.x, 0.0));
    frame.y = round(frame.y);
    cr_widgets_layer(&viewer->widgets, CR_LAYER_TIP, CR_PLATE_FLOATING, frame);
    cr_face_text(
        viewer, CR_LETTERS_PLAIN, (struct cr_rect){frame.x + pad, frame.y + px(viewer, RIM + 5), inner, high}, text);
}
