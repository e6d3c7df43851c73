#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "viz/viewer/alteration.h"
#include "viz/viewer/face.h"
#include "viz/world/interventions.h"

/* The drawer at the left: all parameters that may change while a run lives, or interventions. */

/* Points. */
enum { PAD = 14, HEADER = 46, FIELD = 30, ROW = 50, GROUP = 38, FOOTER = 92, VALUE = 74, RESET = 24, WORLD = 36 };

struct sheet {
    struct cr_viewer *viewer;
    struct cr_rect frame;
    double scale, y; /* where the next row of the list begins */
    double left, width;
};

static double px(const struct sheet *sheet, double points) {
    return round(points * sheet->scale);
}

static void add_header(struct sheet *sheet, const char *title) {
    struct cr_viewer *const viewer = sheet->viewer;
    const double button = px(sheet, 30.0);
    cr_face_text(viewer, CR_LETTERS_TITLE,
        (struct cr_rect){sheet->left, sheet->y, sheet->width - button, px(sheet, HEADER)}, title);
    cr_face_button(viewer, "close", CR_ICON_CLOSE, "", CR_DO_CLOSE,
        (struct cr_rect){sheet->left + sheet->width - button + px(sheet, 6.0),
            sheet->y + (px(sheet, HEADER) - button) / 2.0, button, button});
    sheet->y += px(sheet, HEADER);
}

/* Of two worlds: which changes act on. */
static void add_world(struct sheet *sheet) {
    struct cr_viewer *const viewer = sheet->viewer;
    static const char *const words[] = {"A alone", "B alone", "both"};
    char text[64];
    if (viewer->viewing->count < 2)
        return;
    (void)cr_text_format(text, sizeof text, "Changes act on %s", words[viewer->world]);
    cr_face_button(viewer, "world", CR_ICON_EXCHANGE, text, CR_DO_WORLD,
        (struct cr_rect){sheet->left, sheet->y, sheet->width, px(sheet, FIELD)});
    sheet->y += px(sheet, WORLD);
}

/* "rate_infant" as "rate infant". */
static const char *plain_name(const char *key, char *buffer, size_t size) {
    const char *const dot = strchr(key, '.');
    (void)cr_text_format(buffer, size, "%s", dot ? dot + 1 : key);
    for (char *at = buffer; *at; at++)
        if (*at == '_')
            *at = ' ';
    return buffer;
}

/* "working_model" as "Working model". */
static const char *plain_group(const char *key, char *buffer, size_t size) {
    (void)cr_text_format(buffer, size, "%.*s", (int)strcspn(key, "."), key);
    for (char *at = buffer; *at; at++)
        if (*at == '_')
            *at = ' ';
    if (*buffer >= 'a' && *buffer <= 'z')
        *buffer = (char)(*buffer - 'a' + 'A');
    return buffer;
}

/* Whether all words of the filter stand in the parameter's key or meaning, whatever their case. */
static bool passes(const struct cr_field *field, const char *filter) {
    char text[512], word[CR_TEXT_FIELD_SIZE];
    (void)cr_text_format(text, sizeof text, "%s %s", field->key, field->what);
    for (char *at = text; *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at == '_' ? ' ' : *at;
    for (filter += strspn(filter, " "); *filter; filter += strspn(filter, " ")) {
        const size_t length = strcspn(filter, " ");
        for (size_t i = 0; i <= length; i++)
            word[i] = i == length                            ? '\0'
                      : filter[i] >= 'A' && filter[i] <= 'Z' ? (char)(filter[i] - 'A' + 'a')
                      : filter[i] == '_'                     ? ' '
                                                             : filter[i];
        if (!strstr(text, word))
            return false;
        filter += length;
    }
    return true;
}

static void tell(struct cr_widget *widget, const struct cr_field *field) {
    char range[96];
    (void)cr_text_format(widget->tip, sizeof widget->tip, "%s: %s (%s%s%s)", field->key, field->what,
        cr_field_range(field, range, sizeof range), strcmp(field->unit, "1") == 0 ? "" : ", ",
        strcmp(field->unit, "1") == 0 ? "" : field->unit);
}

static struct cr_widget *add_field(struct sheet *sheet, const struct cr_field *field, int index) {
    char name[CR_WIDGET_NAME];
    const struct cr_rect where = {
        sheet->left + sheet->width - px(sheet, VALUE), sheet->y, px(sheet, VALUE), px(sheet, 24.0)};
    (void)cr_text_format(name, sizeof name, "value:%s", field->key);
    struct cr_widget *text = cr_widgets_add(&sheet->viewer->widgets, CR_WIDGET_FIELD, name, where);
    text->action = CR_DO_PARAMETER_TEXT;
    text->argument = index;
    text->scrolled = text->right = true;
    return text;
}

static struct cr_widget *add_slider(struct sheet *sheet, const struct cr_field *field, int index) {
    char name[CR_WIDGET_NAME];
    const struct cr_rect where = {
        sheet->left - px(sheet, 6.0), sheet->y + px(sheet, 24.0), sheet->width + px(sheet, 12.0), px(sheet, 20.0)};
    (void)cr_text_format(name, sizeof name, "parameter:%s", field->key);
    struct cr_widget *slider = cr_widgets_add(&sheet->viewer->widgets, CR_WIDGET_SLIDER, name, where);
    slider->action = CR_DO_PARAMETER;
    slider->argument = index;
    slider->scrolled = true;
    return slider;
}

static void add_value(struct sheet *sheet, const struct cr_field *field, int index, double value, bool marked) {
    struct cr_viewer *const viewer = sheet->viewer;
    struct cr_widget *text = add_field(sheet, field, index);
    text->marked = marked;
    tell(text, field);
    if (viewer->typing == field) {
        (void)cr_text_format(text->label, sizeof text->label, "%s", viewer->typed.text);
        text->cursor = viewer->typed.cursor;
        text->fresh = viewer->typed.fresh;
    } else {
        struct cr_parameters scratch;
        char shown[64];
        cr_field_store(field, &scratch, value);
        (void)cr_text_format(
            text->label, sizeof text->label, "%s", cr_field_format(field, &scratch, shown, sizeof shown));
        text->cursor = strlen(text->label);
    }
}

/* One that is out of view only takes its turn when Tab goes through the list. */
static void add_unseen(struct sheet *sheet, const struct cr_field *field, int index) {
    (void)add_slider(sheet, field, index);
    (void)add_field(sheet, field, index);
    sheet->y += px(sheet, ROW);
}

static void add_parameter(struct sheet *sheet, const struct cr_field *field, int index) {
    struct cr_viewer *const viewer = sheet->viewer;
    const double value = cr_alteration_value(viewer, field), initial = cr_alteration_initial(viewer, field);
    const bool marked = value < initial || value > initial;
    const double half = px(sheet, 24.0), value_width = px(sheet, VALUE), gap = px(sheet, 6.0);
    char name[CR_WIDGET_NAME], text[96];
    const double reset = marked ? px(sheet, RESET) : 0.0;
    const bool pure = strcmp(field->unit, "1") == 0;
    (void)plain_name(field->key, text, sizeof text);
    const double wide = cr_paint_width(&viewer->measure, &viewer->look, CR_LETTERS_PLAIN, text);
    const double room = sheet->width - value_width - reset - 2.0 * gap;
    struct cr_widget *label =
        cr_face_text(viewer, CR_LETTERS_PLAIN, (struct cr_rect){sheet->left, sheet->y, cr_min(wide, room), half}, text);
    label->scrolled = true;
    if (!pure && room - wide > px(sheet, 30.0)) {
        label = cr_face_text(viewer, CR_LETTERS_SOFT,
            (struct cr_rect){sheet->left + wide + gap, sheet->y, room - wide - gap, half}, field->unit);
        label->scrolled = true;
    }
    struct cr_widget *slider = add_slider(sheet, field, index);
    slider->marked = marked;
    slider->low = field->minimum;
    slider->high = field->maximum;
    slider->value = value;
    slider->mark = initial;
    slider->bend = cr_slider_bend(field->minimum, field->maximum, field->initial);
    slider->step = field->type == CR_REAL ? 0.0 : 1.0;
    tell(slider, field);
    if (marked) {
        (void)cr_text_format(name, sizeof name, "reset:%s", field->key);
        struct cr_widget *button = cr_face_button(viewer, name, CR_ICON_RESET, "", CR_DO_PARAMETER_RESET,
            (struct cr_rect){sheet->left + sheet->width - value_width - reset - gap, sheet->y, reset, half});
        button->argument = index;
        button->scrolled = true;
    }
    add_value(sheet, field, index, value, marked);
    sheet->y += px(sheet, ROW);
}

/* The help of the parameter that is pointed at, or has the focus. */
static void add_footer(struct sheet *sheet, double y) {
    struct cr_viewer *const viewer = sheet->viewer;
    const struct cr_widget *touched = cr_widgets_find(&viewer->widgets, viewer->mouse.over);
    if (!touched || (touched->action != CR_DO_PARAMETER && touched->action != CR_DO_PARAMETER_TEXT))
        touched = cr_widgets_find(&viewer->widgets, viewer->focus);
    const bool told = touched && (touched->action == CR_DO_PARAMETER || touched->action == CR_DO_PARAMETER_TEXT);
    const char *const words = told ? touched->tip
                                   : "Point at a parameter to read what it means. The tick is what the scenario says; "
                                     "what differs from it is coloured.";
    cr_face_text(viewer, CR_LETTERS_SOFT,
        (struct cr_rect){sheet->left, y + px(sheet, 6.0), sheet->width, px(sheet, FOOTER - 12.0)}, words);
}

static void set_view(struct sheet *sheet, double top, double bottom, double length) {
    struct cr_viewer *const viewer = sheet->viewer;
    viewer->widgets.place[CR_LAYER_DRAWER].view =
        (struct cr_rect){sheet->frame.x, top, sheet->frame.width, bottom - top};
    viewer->drawer_length = cr_max(0.0, length - (bottom - top));
    viewer->drawer_scroll = cr_min(viewer->drawer_scroll, viewer->drawer_length);
    viewer->widgets.place[CR_LAYER_DRAWER].scroll = viewer->drawer_scroll;
    viewer->widgets.place[CR_LAYER_DRAWER].length = viewer->drawer_length;
}

static void add_parameters(struct sheet *sheet) {
    struct cr_viewer *const viewer = sheet->viewer;
    add_header(sheet, "Parameters");
    struct cr_widget *filter = cr_widgets_add(&viewer->widgets, CR_WIDGET_FIELD, "filter",
        (struct cr_rect){sheet->left, sheet->y, sheet->width, px(sheet, FIELD)});
    filter->action = CR_DO_FILTER;
    (void)cr_text_format(filter->label, sizeof filter->label, "%s", viewer->filter.text);
    (void)cr_text_format(filter->note, sizeof filter->note, "filter by words");
    filter->cursor = viewer->filter.cursor;
    filter->fresh = viewer->filter.fresh;
    sheet->y += px(sheet, FIELD + 8.0);
    add_world(sheet);
    const double top = sheet->y, bottom = cr_rect_bottom(sheet->frame) - px(sheet, FOOTER);
    viewer->widgets.place[CR_LAYER_DRAWER].view =
        (struct cr_rect){sheet->frame.x, top, sheet->frame.width, bottom - top};
    sheet->y -= round(viewer->drawer_scroll);
    const double begin = sheet->y;
    const char *group = "";
    size_t group_length = 0;
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        if (field->role != CR_LIVE || !passes(field, viewer->filter.text))
            continue;
        if (strncmp(field->key, group, group_length + 1) != 0 || group_length == 0) {
            char text[64];
            group = field->key;
            group_length = strcspn(group, ".");
            cr_face_text(viewer, CR_LETTERS_HEADING,
                (struct cr_rect){sheet->left, sheet->y + px(sheet, 8.0), sheet->width, px(sheet, GROUP - 10.0)},
                plain_group(group, text, sizeof text))
                ->scrolled = true;
            sheet->y += px(sheet, GROUP);
        }
        if (sheet->y + px(sheet, ROW) < top || sheet->y > bottom)
            add_unseen(sheet, field, (int)i);
        else
            add_parameter(sheet, field, (int)i);
    }
    if (group_length == 0)
        cr_face_text(viewer, CR_LETTERS_SOFT, (struct cr_rect){sheet->left, sheet->y, sheet->width, px(sheet, 40.0)},
            "No parameter has these words.");
    set_view(sheet, top, bottom, sheet->y - begin);
    add_footer(sheet, bottom);
}

static const char *lasting(int32_t weeks, char *buffer, size_t size) {
    if (weeks % CR_WEEKS_A_YEAR == 0)
        return cr_text_format(buffer, size, "%d year%s", weeks / CR_WEEKS_A_YEAR, weeks == CR_WEEKS_A_YEAR ? "" : "s");
    return cr_text_format(buffer, size, "%d weeks", weeks);
}

static void add_intervention(struct sheet *sheet, size_t index) {
    struct cr_viewer *const viewer = sheet->viewer;
    const struct cr_intervention *const each = cr_intervention(index);
    char name[CR_WIDGET_NAME], time[32], settings[CR_WIDGET_LABEL];
    (void)cr_text_format(name, sizeof name, "intervention:%s", each->name);
    const double what = cr_paint_height(&viewer->measure, &viewer->look, CR_LETTERS_SOFT, each->what, sheet->width);
    (void)cr_text_format(settings, sizeof settings, "%s", each->settings);
    const double set = cr_paint_height(&viewer->measure, &viewer->look, CR_LETTERS_SOFT, settings, sheet->width);
    struct cr_widget *button = cr_widgets_add(&viewer->widgets, CR_WIDGET_BUTTON, name,
        (struct cr_rect){sheet->left, sheet->y, sheet->width, px(sheet, 34.0)});
    button->icon = CR_ICON_BOLT;
    button->action = CR_DO_INTERVENE;
    button->argument = (int)index;
    button->scrolled = true;
    (void)cr_text_format(button->label, sizeof button->label, "%s", each->title);
    (void)cr_text_format(button->note, sizeof button->note, "%s", lasting(each->weeks, time, sizeof time));
    (void)cr_text_format(
        button->tip, sizeof button->tip, "Begins in the present week, and ends by itself after %s", time);
    sheet->y += px(sheet, 40.0);
    cr_face_text(viewer, CR_LETTERS_SOFT, (struct cr_rect){sheet->left, sheet->y, sheet->width, ceil(what)}, each->what)
        ->scrolled = true;
    sheet->y += ceil(what) + px(sheet, 2.0);
    cr_face_text(viewer, CR_LETTERS_SOFT, (struct cr_rect){sheet->left, sheet->y, sheet->width, ceil(set)}, settings)
        ->scrolled = true;
    sheet->y += ceil(set) + px(sheet, 16.0);
}

static void add_interventions(struct sheet *sheet) {
    struct cr_viewer *const viewer = sheet->viewer;
    add_header(sheet, "Interventions");
    add_world(sheet);
    const double top = sheet->y, bottom = cr_rect_bottom(sheet->frame) - px(sheet, 60.0);
    sheet->y -= round(viewer->drawer_scroll);
    const double begin = sheet->y;
    for (size_t i = 0; i < cr_intervention_count(); i++)
        add_intervention(sheet, i);
    set_view(sheet, top, bottom, sheet->y - begin);
    cr_face_text(viewer, CR_LETTERS_SOFT,
        (struct cr_rect){sheet->left, bottom + px(sheet, 6.0), sheet->width, px(sheet, 48.0)},
        "Each begins now and ends by itself; the bar of time and the charts mark both.");
}

void cr_face_drawer(struct cr_viewer *viewer) {
    const struct cr_rect frame = viewer->layout.drawer;
    if (viewer->drawer == CR_DRAWER_NONE)
        return;
    struct sheet sheet = {.viewer = viewer, .frame = frame, .scale = viewer->look.scale, .y = frame.y};
    sheet.left = frame.x + px(&sheet, PAD);
    sheet.width = frame.width - 2.0 * px(&sheet, PAD);
    cr_widgets_layer(&viewer->widgets, CR_LAYER_DRAWER, CR_PLATE_BAR, frame);
    if (viewer->drawer == CR_DRAWER_PARAMETERS)
        add_parameters(&sheet);
    else
        add_interventions(&sheet);
}
