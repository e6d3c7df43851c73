#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "report/measure_words.h"
#include "viz/viewer/face.h"

/* What must be answered or closed first: the search, the menu of charts, the help, and the question whether to go on
 * from the past. */

/* Points; RIM is the shadow's. */
enum { RIM = 6, PAD = 18, FIELD = 34, ROW = 30, HEADING = 34, LINE = 23 };

struct box {
    struct cr_viewer *viewer;
    double scale, left, width, y;
};

static double px(const struct box *box, double points) {
    return round(points * box->scale);
}

/* Opens a box in a frame that holds its shadow. */
static struct box open_in(struct cr_viewer *viewer, struct cr_rect frame) {
    struct box box = {.viewer = viewer, .scale = viewer->look.scale};
    cr_widgets_layer(&viewer->widgets, CR_LAYER_BOX, CR_PLATE_FLOATING, frame);
    box.left = frame.x + px(&box, RIM + PAD);
    box.width = frame.width - 2.0 * px(&box, RIM + PAD);
    box.y = frame.y + px(&box, RIM + PAD - 4);
    return box;
}

/* Opens a box of that size in points about the middle. */
static struct box open_box(struct cr_viewer *viewer, double width, double height) {
    const struct box box = {.viewer = viewer, .scale = viewer->look.scale};
    const double top = cr_rect_bottom(viewer->layout.toolbar), bottom = viewer->layout.scrub.y;
    const struct cr_rect room = {0.0, top, viewer->window.width, bottom - top};
    return open_in(viewer, cr_layout_centre(room, px(&box, width + 2.0 * RIM), px(&box, height + 2.0 * RIM)));
}

/* Points of the search without its suggestions. */
enum { SEARCH = 2 * PAD + FIELD + 36 };

double cr_face_search_height(const struct cr_viewer *viewer) {
    return round(cr_viewer_points(viewer, SEARCH + CR_LAYOUT_MARGIN));
}

static double bottom_of(const struct box *box) {
    return cr_rect_bottom(box->viewer->widgets.place[CR_LAYER_BOX].frame) - px(box, RIM + PAD - 6);
}

static void add_field(
    struct box *box, const char *name, const struct cr_text_field *text, const char *note, enum cr_action action) {
    struct cr_widget *field = cr_widgets_add(
        &box->viewer->widgets, CR_WIDGET_FIELD, name, (struct cr_rect){box->left, box->y, box->width, px(box, FIELD)});
    field->action = action;
    field->cursor = text->cursor;
    field->fresh = text->fresh;
    (void)cr_text_format(field->label, sizeof field->label, "%s", text->text);
    (void)cr_text_format(field->note, sizeof field->note, "%s", note);
    box->y += px(box, FIELD + 8);
}

static struct cr_widget *add_row(struct box *box, const char *name, const char *label, enum cr_action action) {
    struct cr_widget *row = cr_widgets_add(&box->viewer->widgets, CR_WIDGET_ROW, name,
        (struct cr_rect){box->left - px(box, 8.0), box->y, box->width + px(box, 16.0), px(box, ROW)});
    row->action = action;
    (void)cr_text_format(row->label, sizeof row->label, "%s", label);
    box->y += px(box, ROW);
    return row;
}

static void add_line(struct box *box, enum cr_lettering_kind letters, const char *text, double height) {
    cr_face_text(box->viewer, letters, (struct cr_rect){box->left, box->y, box->width, px(box, height)}, text);
    box->y += px(box, height);
}

static void add_search(struct cr_viewer *viewer) {
    size_t count = 0;
    while (cr_search_suggestions[count])
        count++;
    const struct cr_rect side = viewer->layout.side;
    const bool answered = viewer->card_place.width > 0.0;
    const struct box measure = {.viewer = viewer, .scale = viewer->look.scale};
    const double rim = px(&measure, RIM), high = px(&measure, answered ? SEARCH : SEARCH + ROW * (double)count + 6.0);
    struct box box = open_in(viewer,
        (struct cr_rect){side.x - rim, side.y - rim, side.width + 2.0 * rim, cr_min(high, side.height) + 2.0 * rim});
    add_field(
        &box, "search_text", &viewer->search, "a number, a style, earned, single, child, couple", CR_DO_SEARCH_TEXT);
    char line[CR_TOAST_SIZE];
    char when[48];
    const struct cr_found *const found = &viewer->choice.found;
    const bool past = viewer->choice.found_in != cr_viewer_now(viewer, 0)->week;
    if (*viewer->choice.trouble)
        (void)cr_text_format(line, sizeof line, "%s", viewer->choice.trouble);
    else if (viewer->choice.answered)
        (void)cr_text_format(line, sizeof line, "%d of %d%s%s. Enter: the next one. Escape: done.", found->place,
            found->all, past ? " in " : "", past ? cr_face_week(viewer->choice.found_in, when, sizeof when) : "");
    else
        (void)cr_text_format(line, sizeof line, "Enter finds, and again the next. Or, for example:");
    add_line(&box, CR_LETTERS_SOFT, line, 36.0);
    for (size_t i = 0; i < count && !answered; i++) {
        char name[CR_WIDGET_NAME];
        (void)cr_text_format(name, sizeof name, "search:%s", cr_search_suggestions[i]);
        add_row(&box, name, cr_search_suggestions[i], CR_DO_SEARCH_WORD)->argument = (int)i;
    }
}

static bool passes(const char *title, const char *name, const char *filter) {
    char text[CR_WORDS_SIZE + 64], wanted[CR_TEXT_FIELD_SIZE];
    (void)cr_text_format(text, sizeof text, "%s %s", title, name);
    (void)cr_text_format(wanted, sizeof wanted, "%s", filter);
    for (char *at = text; *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    for (char *at = wanted; *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    return strstr(text, wanted) != NULL;
}

static void add_choice(struct box *box, struct cr_panel_choice choice, int argument) {
    struct cr_viewer *const viewer = box->viewer;
    const struct cr_panel_choice now = cr_panels_choice(viewer->panels, (size_t)viewer->menu_panel);
    char name[CR_WIDGET_NAME];
    (void)cr_text_format(name, sizeof name, "take:%s", cr_panel_name(choice));
    struct cr_widget *row = add_row(box, name, cr_panel_title(choice), CR_DO_MEASURE_TAKE);
    row->argument = argument;
    row->scrolled = true;
    row->on = strcmp(cr_panel_name(choice), cr_panel_name(now)) == 0;
    if (choice.kind == CR_PANEL_MEASURE) {
        (void)cr_text_format(row->note, sizeof row->note, "%s", cr_measures[choice.measure].name);
        (void)cr_text_format(row->tip, sizeof row->tip, "%s", cr_measures[choice.measure].what);
    }
}

static void add_heading(struct box *box, const char *text) {
    struct cr_widget *heading = cr_face_text(box->viewer, CR_LETTERS_HEADING,
        (struct cr_rect){box->left, box->y + px(box, 8.0), box->width, px(box, HEADING - 8.0)}, text);
    heading->scrolled = true;
    box->y += px(box, HEADING);
}

static void add_topic(struct box *box, enum cr_topic topic) {
    bool begun = false;
    for (int m = 0; m < cr_measure_count; m++) {
        const struct cr_panel_choice choice = {CR_PANEL_MEASURE, m};
        if (cr_measure_topic(m) != topic ||
            !passes(cr_panel_title(choice), cr_measures[m].name, box->viewer->menu_filter.text))
            continue;
        if (!begun)
            add_heading(box, cr_topic_name(topic));
        begun = true;
        add_choice(box, choice, CR_PANEL_KINDS + m);
    }
}

static void add_measures(struct cr_viewer *viewer) {
    struct box box = open_box(viewer, 560.0, 760.0);
    char title[64];
    (void)cr_text_format(title, sizeof title, "Panel %d shows", viewer->menu_panel + 1);
    add_line(&box, CR_LETTERS_TITLE, title, 36.0);
    add_field(&box, "measure_filter", &viewer->menu_filter, "filter by words", CR_DO_FILTER);
    struct cr_layer_place *const place = &viewer->widgets.place[CR_LAYER_BOX];
    const double top = box.y, bottom = bottom_of(&box);
    place->view = (struct cr_rect){
        place->frame.x + px(&box, RIM + 2), top, place->frame.width - 2.0 * px(&box, RIM + 2), bottom - top};
    box.y -= round(viewer->box_scroll);
    const double begin = box.y;
    for (int kind = 0; kind < CR_PANEL_MEASURE; kind++) {
        const struct cr_panel_choice choice = {(enum cr_panel_kind)kind, 0};
        if (passes(cr_panel_title(choice), cr_panel_name(choice), viewer->menu_filter.text))
            add_choice(&box, choice, kind);
    }
    for (int topic = 0; topic < CR_TOPICS; topic++)
        add_topic(&box, (enum cr_topic)topic);
    viewer->box_length = cr_max(0.0, box.y - begin - (bottom - top));
    viewer->box_scroll = cr_min(viewer->box_scroll, viewer->box_length);
    place->scroll = viewer->box_scroll;
    place->length = viewer->box_length;
}

/* The lines of a group of the help, its heading and the gap above it included; `*next` is the first row behind it. */
static double group_lines(int first, int *next) {
    int a = first;
    while (a < CR_ACTIONS &&
           strcmp(cr_action_row((enum cr_action)a)->group, cr_action_row((enum cr_action)first)->group) == 0)
        a++;
    *next = a;
    return a - first + 1.7;
}

/* The least height in lines in which all groups stand in so many columns, each group in one piece. */
static double help_lines(int columns) {
    for (int least = 4;; least++) {
        const double height = least;
        int used = 1, next;
        double lines = 0.0;
        bool fits = true;
        for (int a = 0; a < CR_ACTIONS && *cr_action_row((enum cr_action)a)->keys; a = next) {
            const double group = group_lines(a, &next);
            fits &= group <= height;
            used += lines + group > height;
            lines = lines + group > height ? group : lines + group;
        }
        if (fits && used <= columns)
            return height;
    }
}

static void add_key(struct cr_viewer *viewer, enum cr_action action, struct cr_rect where, double key) {
    char keys[64];
    const bool narrow = key < cr_viewer_points(viewer, 140.0);
    cr_face_text(viewer, CR_LETTERS_PLAIN, (struct cr_rect){where.x, where.y, key, where.height},
        cr_action_keys(action, narrow ? 1 : 2, keys, sizeof keys));
    cr_face_text(viewer, CR_LETTERS_SOFT, (struct cr_rect){where.x + key, where.y, where.width - key, where.height},
        cr_action_row(action)->words);
}

/* All keys in columns. */
static void add_help(struct cr_viewer *viewer) {
    enum { COLUMNS = 3 };
    const double scale = viewer->look.scale, lines = help_lines(COLUMNS);
    const double room =
        (viewer->layout.scrub.y - cr_rect_bottom(viewer->layout.toolbar)) / scale - 2.0 * (PAD + RIM) - 46.0;
    const double line = cr_min(LINE, floor(room / lines));
    const double wide = cr_min(1240.0, viewer->window.width / scale - 16.0);
    struct box box = open_box(viewer, wide, 2.0 * PAD + 46.0 + line * lines);
    cr_face_text(
        viewer, CR_LETTERS_TITLE, (struct cr_rect){box.left, box.y, box.width, px(&box, 34.0)}, "Everything by keys");
    cr_face_button(viewer, "close_box", CR_ICON_CLOSE, "", CR_DO_CLOSE,
        (struct cr_rect){box.left + box.width - px(&box, 28.0), box.y, px(&box, 30.0), px(&box, 30.0)});
    const double top = box.y + px(&box, 40.0), gap = px(&box, 20.0), step = line * scale;
    const double width = floor((box.width - gap * (COLUMNS - 1)) / COLUMNS), key = floor(width * 0.385);
    double x = box.left, used = 0.0;
    int next;
    for (int a = 0; a < CR_ACTIONS && *cr_action_row((enum cr_action)a)->keys; a = next) {
        const double group = group_lines(a, &next);
        if (used > 0.0 && used + group > lines) {
            x += width + gap;
            used = 0.0;
        }
        double y = top + step * used;
        cr_face_text(viewer, CR_LETTERS_HEADING, (struct cr_rect){x, round(y), width, round(step)},
            cr_action_row((enum cr_action)a)->group);
        for (int row = a; row < next; row++) {
            y += step;
            add_key(viewer, (enum cr_action)row, (struct cr_rect){x, round(y), width, round(step)}, key);
        }
        used += group;
    }
}

static void add_question(struct cr_viewer *viewer) {
    struct box box = open_box(viewer, 470.0, 176.0);
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    const int32_t weeks = now->head - now->week;
    char text[CR_WIDGET_TIP], length[32];
    if (weeks < CR_WEEKS_A_YEAR)
        (void)cr_text_format(length, sizeof length, "%d week%s", weeks, weeks == 1 ? "" : "s");
    else
        (void)cr_text_format(
            length, sizeof length, "%.3g year%s", (double)weeks / CR_WEEKS_A_YEAR, weeks == CR_WEEKS_A_YEAR ? "" : "s");
    (void)cr_text_format(text, sizeof text, "Changing here forgets the %s recorded after this week.", length);
    add_line(&box, CR_LETTERS_TITLE, "Another future?", 34.0);
    add_line(&box, CR_LETTERS_PLAIN, text, 52.0);
    box.y += px(&box, 6.0);
    const double gap = px(&box, 10.0), width = floor((box.width - gap) / 2.0), height = px(&box, 36.0);
    struct cr_widget *agree = cr_face_button(viewer, "agree", CR_ICON_NONE, "Go on from here", CR_DO_AGREE,
        (struct cr_rect){box.left, box.y, width, height});
    agree->primary = true;
    (void)cr_text_format(agree->note, sizeof agree->note, "Enter");
    struct cr_widget *refuse = cr_face_button(viewer, "refuse", CR_ICON_NONE, "Leave it", CR_DO_REFUSE,
        (struct cr_rect){box.left + width + gap, box.y, width, height});
    (void)cr_text_format(refuse->note, sizeof refuse->note, "Escape");
}

void cr_face_box(struct cr_viewer *viewer) {
    switch (viewer->box) {
    case CR_BOX_NONE:
        break;
    case CR_BOX_SEARCH:
        add_search(viewer);
        break;
    case CR_BOX_MEASURES:
        add_measures(viewer);
        break;
    case CR_BOX_HELP:
        add_help(viewer);
        break;
    case CR_BOX_QUESTION:
        add_question(viewer);
        break;
    }
}
