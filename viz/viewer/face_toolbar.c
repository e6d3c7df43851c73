#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "viz/viewer/face.h"

/* The bar at the top: what is shown and when; time; the arrangement; what can be opened and saved. */

enum { BUTTON = 32, GAP = 4, GROUP_GAP = 14, CLOCK = 152, PAD = 12 };

/* Where the next thing goes: from the right edge to the left, so that the title takes what is left. */
struct shelf {
    struct cr_viewer *viewer;
    double right, y, height;
};

static struct cr_rect take(struct shelf *shelf, double width) {
    const double wide = round(cr_viewer_points(shelf->viewer, width));
    shelf->right -= wide;
    return (struct cr_rect){shelf->right, shelf->y, wide, shelf->height};
}

static void leave(struct shelf *shelf, double gap) {
    shelf->right -= round(cr_viewer_points(shelf->viewer, gap));
}

static struct cr_widget *add(
    struct shelf *shelf, const char *name, enum cr_icon icon, const char *label, enum cr_action action) {
    double width = BUTTON;
    if (*label)
        width += 22.0 + cr_paint_width(&shelf->viewer->measure, &shelf->viewer->look, CR_LETTERS_PLAIN, label) /
                            shelf->viewer->look.scale;
    struct cr_widget *button = cr_face_button(shelf->viewer, name, icon, label, action, take(shelf, width));
    leave(shelf, GAP);
    return button;
}

static void add_tools(struct shelf *shelf, bool words) {
    struct cr_viewer *const viewer = shelf->viewer;
    add(shelf, "help", CR_ICON_HELP, "", CR_DO_HELP)->on = viewer->box == CR_BOX_HELP;
    add(shelf, "theme", CR_ICON_THEME, "", CR_DO_THEME);
    add(shelf, "record", CR_ICON_RECORD, "", CR_DO_RECORD)->on = cr_recorder_runs(&viewer->recorder);
    add(shelf, "screenshot", CR_ICON_CAMERA, "", CR_DO_SCREENSHOT);
    add(shelf, "search", CR_ICON_SEARCH, "", CR_DO_SEARCH)->on = viewer->box == CR_BOX_SEARCH;
    add(shelf, "interventions", CR_ICON_BOLT, words ? "Interventions" : "", CR_DO_INTERVENTIONS)->on =
        viewer->drawer == CR_DRAWER_INTERVENTIONS;
    add(shelf, "parameters", CR_ICON_SLIDERS, words ? "Parameters" : "", CR_DO_PARAMETERS)->on =
        viewer->drawer == CR_DRAWER_PARAMETERS;
    leave(shelf, GROUP_GAP - GAP);
}

static void add_arrangements(struct shelf *shelf, bool words) {
    static const struct {
        const char *name, *label;
        enum cr_icon icon;
        enum cr_action action;
    } rows[CR_ARRANGEMENTS] = {{"plane", "Plane", CR_ICON_PLANE, CR_DO_PLANE}, {"map", "Map", CR_ICON_MAP, CR_DO_MAP},
        {"timeline", "Timeline", CR_ICON_TIMELINE, CR_DO_TIMELINE}};
    for (int a = CR_ARRANGEMENTS - 1; a >= 0; a--)
        add(shelf, rows[a].name, rows[a].icon, words ? rows[a].label : "", rows[a].action)->on =
            (int)shelf->viewer->options.arrangement == a;
    leave(shelf, GROUP_GAP - GAP);
}

static void add_speed(struct shelf *shelf) {
    struct cr_viewer *const viewer = shelf->viewer;
    static const char *const labels[CR_SPEEDS] = {"1 wk/s", "4 wk/s", "13 wk/s", "52 wk/s", "260 wk/s", "fastest"};
    cr_face_text(viewer, CR_LETTERS_SOFT, take(shelf, 58.0), labels[viewer->pace.speed]);
    leave(shelf, GAP);
    struct cr_widget *slider = cr_widgets_add(&viewer->widgets, CR_WIDGET_SLIDER, "speed", take(shelf, 92.0));
    slider->action = CR_DO_SPEED;
    slider->high = CR_SPEEDS - 1;
    slider->step = 1.0;
    slider->value = viewer->pace.speed;
    leave(shelf, GROUP_GAP);
}

static void add_steps(struct shelf *shelf) {
    struct cr_viewer *const viewer = shelf->viewer;
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    add(shelf, "year", CR_ICON_YEAR, "", CR_DO_YEAR)->off = now->week >= now->weeks;
    add(shelf, "week", CR_ICON_WEEK, "", CR_DO_WEEK)->off = now->week >= now->weeks;
    const bool playing = viewer->pace.playing;
    struct cr_widget *play = add(shelf, "play", playing ? CR_ICON_PAUSE : CR_ICON_PLAY, "", CR_DO_PLAY);
    play->on = true;
    play->off = now->week >= now->weeks && !playing;
    add(shelf, "week_back", CR_ICON_WEEK_BACK, "", CR_DO_WEEK_BACK)->off = now->week <= 0;
    add(shelf, "year_back", CR_ICON_YEAR_BACK, "", CR_DO_YEAR_BACK)->off = now->week <= 0;
    leave(shelf, GROUP_GAP - GAP);
}

/* Numbers of people with a mark between thousands. */
static const char *grouped(uint32_t number, char *buffer, size_t size) {
    return number < 1000 ? cr_text_format(buffer, size, "%u", number)
           : number < 1000000
               ? cr_text_format(buffer, size, "%u,%03u", number / 1000, number % 1000)
               : cr_text_format(buffer, size, "%u,%03u,%03u", number / 1000000, number / 1000 % 1000, number % 1000);
}

static void add_clock(struct cr_viewer *viewer, struct cr_rect frame) {
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    char text[96], number[32], other[32];
    cr_widgets_layer(&viewer->widgets, CR_LAYER_CLOCK, CR_PLATE_BAR, frame);
    const double half = floor(frame.height / 2.0), pad = cr_viewer_points(viewer, 5.0);
    cr_face_text(viewer, CR_LETTERS_NUMBER, (struct cr_rect){frame.x, frame.y + pad, frame.width, half - pad},
        cr_face_week(now->week, text, sizeof text));
    if (viewer->viewing->count > 1)
        (void)cr_text_format(text, sizeof text, "alive: %s | %s", grouped(now->alive, number, sizeof number),
            grouped(cr_viewer_now(viewer, 1)->alive, other, sizeof other));
    else
        (void)cr_text_format(text, sizeof text,
            now->replicate == viewer->viewing->replicate ? "%s alive%s" : "%s alive%s, luck %u",
            grouped(now->alive, number, sizeof number), now->week < now->head ? ", looking back" : "", now->replicate);
    cr_face_text(viewer, CR_LETTERS_SOFT, (struct cr_rect){frame.x, frame.y + half, frame.width, half - pad}, text);
}

/* The title if there is room for it in two lines, else the name. */
static void add_title(struct cr_viewer *viewer, struct cr_rect room) {
    char text[CR_WIDGET_TIP];
    const struct cr_scenario *const first = &viewer->viewing->scenarios[0];
    const double high = round(cr_viewer_points(viewer, 36.0));
    const struct cr_rect where = {room.x, round(room.y + (room.height - high) / 2.0), room.width, high};
    if (viewer->viewing->count > 1)
        (void)cr_text_format(text, sizeof text, "%s | %s", first->name, viewer->viewing->scenarios[1].name);
    else
        (void)cr_text_format(text, sizeof text, "%s", *first->title ? first->title : first->name);
    if (viewer->viewing->count < 2 &&
        cr_paint_height(&viewer->measure, &viewer->look, CR_LETTERS_HEADING, text, where.width) > high)
        (void)cr_text_format(text, sizeof text, "%s", first->name);
    cr_face_text(viewer, CR_LETTERS_HEADING, where, text);
}

void cr_face_toolbar(struct cr_viewer *viewer) {
    const struct cr_rect bar = viewer->layout.toolbar;
    const double scale = viewer->look.scale, wide = bar.width / scale, side = round(BUTTON * scale);
    cr_widgets_layer(&viewer->widgets, CR_LAYER_TOOLBAR, CR_PLATE_BAR, bar);
    struct shelf shelf = {
        viewer, cr_rect_right(bar) - round(PAD * scale), round(bar.y + (bar.height - side) / 2.0), side};
    const size_t begin = viewer->widgets.count;
    add_tools(&shelf, wide >= 1560.0);
    add_arrangements(&shelf, wide >= 1360.0);
    add_speed(&shelf);
    add_steps(&shelf);
    const struct cr_rect clock = {take(&shelf, CLOCK).x, bar.y, round(CLOCK * scale), bar.height};
    leave(&shelf, GROUP_GAP);
    const double left = round((PAD + 2) * scale);
    if (shelf.right - left > 60.0 * scale)
        add_title(viewer, (struct cr_rect){left, bar.y, shelf.right - left, bar.height});
    /* Tab goes from left to right. */
    struct cr_widget *const list = viewer->widgets.list;
    for (size_t i = begin, j = viewer->widgets.count; i + 1 < j; i++) {
        const struct cr_widget swapped = list[i];
        list[i] = list[--j];
        list[j] = swapped;
    }
    add_clock(viewer, clock);
}
