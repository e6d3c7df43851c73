#include "viz/viewer/face.h"

#include <math.h>

#include "base/numeric.h"
#include "base/text.h"

struct cr_widget *cr_face_text(
    struct cr_viewer *viewer, enum cr_lettering_kind letters, struct cr_rect where, const char *text) {
    struct cr_widget *const widget = cr_widgets_add(&viewer->widgets, CR_WIDGET_TEXT, "", where);
    widget->letters = letters;
    /* A long text takes the longer field. */
    if (strlen(text) < sizeof widget->label)
        (void)cr_text_format(widget->label, sizeof widget->label, "%s", text);
    else
        (void)cr_text_format(widget->tip, sizeof widget->tip, "%s", text);
    return widget;
}

struct cr_widget *cr_face_button(struct cr_viewer *viewer, const char *name, enum cr_icon icon, const char *label,
    enum cr_action action, struct cr_rect where) {
    struct cr_widget *const widget = cr_widgets_add(&viewer->widgets, CR_WIDGET_BUTTON, name, where);
    widget->icon = icon;
    widget->action = action;
    (void)cr_text_format(widget->label, sizeof widget->label, "%s", label);
    return widget;
}

const char *cr_face_week(int32_t week, char *buffer, size_t size) {
    return cr_text_format(buffer, size, "Year %d \302\267 week %d", week / CR_WEEKS_A_YEAR, week % CR_WEEKS_A_YEAR);
}

static enum cr_card_kind card_kind(const struct cr_viewer *viewer) {
    return viewer->choice.card == CR_SHOWN_COUPLE ? CR_CARD_COUPLE : CR_CARD_PERSON;
}

/* While somebody is still being looked for, the search has the place of the card. */
static bool has_card(const struct cr_viewer *viewer) {
    return viewer->choice.person != CR_NOBODY && viewer->choice.card != CR_SHOWN_NOTHING &&
           (viewer->box != CR_BOX_SEARCH || viewer->choice.answered);
}

static void lay_out(struct cr_viewer *viewer) {
    struct cr_layout_wish wish = {.width = viewer->window.width,
        .height = viewer->window.height,
        .scale = viewer->wished_scale,
        .worlds = viewer->viewing->count,
        .drawer = viewer->drawer != CR_DRAWER_NONE,
        .panels = viewer->panels_shown,
        .enlarged = viewer->enlarged};
    if (has_card(viewer)) {
        const double letters = viewer->look.text_scale;
        wish.side = letters * cr_card_width(card_kind(viewer), viewer->viewing->count, false);
        wish.side_broad = letters * cr_card_width(card_kind(viewer), viewer->viewing->count, true);
    } else if (viewer->box == CR_BOX_SEARCH)
        wish.side = wish.side_broad = cr_card_width(CR_CARD_PERSON, 1, false);
    cr_layout_glide(&viewer->glide, &wish, viewer->look.reduced_motion, &viewer->layout);
    viewer->look.scale = viewer->layout.scale;
    viewer->measure.unit = 13.0 * viewer->look.scale * viewer->look.text_scale;
}

/* Beneath the search, if that is open; as high as what it has to tell. */
static void place_card(struct cr_viewer *viewer) {
    viewer->card_place = (struct cr_rect){0.0, 0.0, 0.0, 0.0};
    viewer->card_length = 0.0;
    if (!has_card(viewer))
        return;
    struct cr_rect place = viewer->layout.side;
    const double search = viewer->box == CR_BOX_SEARCH ? cr_face_search_height(viewer) : 0.0;
    const double whole = cr_card_height(card_kind(viewer), viewer->sight, &viewer->look, (int)place.width);
    place.y += search;
    place.height = cr_max(0.0, cr_min(whole, place.height - search));
    viewer->card_place = place;
    viewer->card_length = whole - place.height;
    viewer->card_scroll = cr_clamp(viewer->card_scroll, 0.0, viewer->card_length);
}

static void add_places(struct cr_viewer *viewer) {
    static const char *const names[] = {"scene", "scene:2"};
    const struct cr_layout *const layout = &viewer->layout;
    cr_widgets_layer(&viewer->widgets, CR_LAYER_GROUND, CR_PLATE_PLAIN,
        (struct cr_rect){0.0, 0.0, viewer->window.width, viewer->window.height});
    for (size_t w = 0; w < viewer->viewing->count && w < CR_WORLDS_MAX; w++) {
        struct cr_widget *scene = cr_widgets_add(&viewer->widgets, CR_WIDGET_PLACE, names[w], layout->scene[w]);
        scene->action = CR_DO_SCENE;
        scene->argument = (int)w;
    }
    for (size_t i = 0; i < layout->panel_count; i++) {
        char name[CR_WIDGET_NAME];
        if (!(layout->panel[i].width > 0.0))
            continue;
        (void)cr_text_format(name, sizeof name, "panel:%zu", i);
        struct cr_widget *panel = cr_widgets_add(&viewer->widgets, CR_WIDGET_PLACE, name, layout->panel[i]);
        panel->action = CR_DO_PANEL;
        panel->argument = (int)i;
    }
}

/* The card, and the names on it that lead to other people, which are scrolled with it. */
static void add_card(struct cr_viewer *viewer) {
    struct cr_rect where;
    int32_t person;
    if (!(viewer->card_place.width > 0.0))
        return;
    struct cr_widget *card = cr_widgets_add(&viewer->widgets, CR_WIDGET_PLACE, "card", viewer->card_place);
    card->action = CR_DO_CARD_PICK;
    card->argument = CR_NOBODY;
    const struct cr_rect card_place = viewer->card_place;
    viewer->widgets.place[CR_LAYER_GROUND].view = card_place;
    for (size_t i = 0; cr_card_link(viewer->card, i, &where, &person); i++) {
        char name[CR_WIDGET_NAME];
        const double reach = cr_viewer_points(viewer, 3.0);
        (void)cr_text_format(name, sizeof name, "card:%zu", i);
        struct cr_widget *link = cr_widgets_add(&viewer->widgets, CR_WIDGET_PLACE, name,
            (struct cr_rect){floor(card_place.x + where.x - reach), floor(card_place.y + where.y - viewer->card_scroll),
                ceil(where.width + 2.0 * reach), ceil(where.height + reach)});
        link->action = CR_DO_CARD_PICK;
        link->argument = person;
        link->scrolled = true;
        (void)cr_text_format(link->tip, sizeof link->tip, "To person %d", person);
    }
}

static void add_names(struct cr_viewer *viewer) {
    const struct cr_layout *const layout = &viewer->layout;
    if (viewer->viewing->count < 2)
        return;
    const struct cr_rect first = layout->name[0], last = layout->name[1];
    const struct cr_rect frame = {first.x, first.y, cr_rect_right(last) - first.x, first.height};
    cr_widgets_layer(&viewer->widgets, CR_LAYER_NAMES, CR_PLATE_PLAIN, frame);
    for (size_t w = 0; w < 2; w++) {
        char text[CR_WIDGET_LABEL];
        const struct cr_scenario *const scenario = &viewer->viewing->scenarios[w];
        struct cr_rect where = layout->name[w];
        const double pad = cr_viewer_points(viewer, 6.0), width = cr_viewer_points(viewer, 22.0);
        (void)cr_text_format(text, sizeof text, "%s", w == 0 ? "A" : "B");
        cr_face_text(viewer, CR_LETTERS_TITLE, (struct cr_rect){where.x + pad, where.y, width, where.height}, text);
        const double room = where.width - width - 2.0 * pad;
        (void)cr_text_format(text, sizeof text, "%s", *scenario->title ? scenario->title : scenario->name);
        cr_face_text(
            viewer, CR_LETTERS_HEADING, (struct cr_rect){where.x + width + pad, where.y, room, where.height}, text);
    }
}

/* The panel that the mouse is on; -1. */
static int touched_panel(const struct cr_viewer *viewer) {
    int panel = -1;
    for (size_t i = viewer->widgets.begin[CR_LAYER_GROUND]; i < viewer->widgets.count; i++) {
        const struct cr_widget *const each = &viewer->widgets.list[i];
        if (each->action != CR_DO_PANEL)
            continue;
        if (viewer->mouse.seen && cr_layout_within(each->where, viewer->mouse.x, viewer->mouse.y))
            panel = each->argument;
    }
    return viewer->box == CR_BOX_NONE ? panel : -1;
}

static void add_panel_buttons(struct cr_viewer *viewer) {
    const int panel = touched_panel(viewer);
    char name[CR_WIDGET_NAME];
    if (panel < 0)
        return;
    /* On a plate, so that words beneath it are seen to go on there; as high as a title. */
    const double side = round(cr_viewer_points(viewer, 24.0)), gap = round(cr_viewer_points(viewer, 9.0));
    const struct cr_rect place = viewer->layout.panel[panel];
    const double wide = 2.0 * side + 2.5 * gap, rim = round(cr_viewer_points(viewer, 6.0));
    const struct cr_rect frame = {
        round(cr_rect_right(place) - wide + rim), place.y - rim, round(wide), side + 2.0 * gap};
    cr_widgets_layer(&viewer->widgets, CR_LAYER_PANEL, CR_PLATE_FLOATING, frame);
    (void)cr_text_format(name, sizeof name, "measure:%d", panel);
    struct cr_widget *button = cr_face_button(
        viewer, name, CR_ICON_EXCHANGE, "", CR_DO_MEASURE, (struct cr_rect){frame.x + gap, frame.y + gap, side, side});
    button->argument = panel;
    button->passed = true;
    (void)cr_text_format(name, sizeof name, "enlarge:%d", panel);
    button = cr_face_button(viewer, name, viewer->enlarged < 0 ? CR_ICON_LARGE : CR_ICON_CLOSE, "", CR_DO_ENLARGE,
        (struct cr_rect){cr_rect_right(frame) - gap - side, frame.y + gap, side, side});
    button->argument = panel;
    button->passed = true;
}

void cr_face_compose(struct cr_viewer *viewer) {
    lay_out(viewer);
    place_card(viewer);
    cr_widgets_begin(&viewer->widgets);
    add_places(viewer);
    add_card(viewer);
    add_names(viewer);
    add_panel_buttons(viewer);
    cr_face_toolbar(viewer);
    cr_face_time(viewer);
    cr_face_drawer(viewer);
    cr_face_hint(viewer);
    cr_face_toast(viewer);
    cr_face_box(viewer);
    cr_face_tip(viewer);
    cr_widgets_end(&viewer->widgets);
}
