#include "viz/controls/paint.h"

#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "viz/controls/icon.h"

/* Points. */
static const double base_size = 13.0;
static const double corner = 6.0;
static const double floating_corner = 10.0;
static const double shadow = 6.0;

static const struct cr_theme *theme_of(const struct cr_look *look) {
    return cr_theme(look->theme);
}

static struct cr_colour between(enum cr_theme_name name, double t) {
    const struct cr_theme *theme = cr_theme(name);
    return cr_colour_mix(theme->background, theme->ink, t);
}

struct cr_colour cr_paint_ground(enum cr_theme_name theme) {
    return cr_theme(theme)->background;
}

struct cr_colour cr_paint_bar(enum cr_theme_name theme) {
    return between(theme, theme == CR_THEME_DARK ? 0.045 : 0.035);
}

struct cr_colour cr_paint_plate(enum cr_theme_name theme) {
    return theme == CR_THEME_DARK ? between(theme, 0.085) : cr_theme(theme)->background;
}

int cr_paint_canvas(struct cr_canvas *canvas, cairo_t *cairo, const struct cr_look *look, struct cr_error *error) {
    const int code = cr_canvas_init(canvas, cairo, theme_of(look), 800.0, 500.0, 1.0, error);
    canvas->unit = base_size * look->scale * look->text_scale;
    canvas->hair = cr_max(1.0, round(look->scale));
    return code;
}

struct cr_lettering cr_paint_letters(const struct cr_look *look, enum cr_lettering_kind kind) {
    const struct cr_theme *theme = theme_of(look);
    struct cr_lettering letters = {.size = 1.0, .colour = theme->ink, .down = 0.5};
    switch (kind) {
    case CR_LETTERS_PLAIN:
        break;
    case CR_LETTERS_SOFT:
        letters.colour = theme->soft_ink;
        letters.size = 0.92;
        break;
    case CR_LETTERS_HEADING:
        letters.bold = true;
        break;
    case CR_LETTERS_TITLE:
        letters.bold = true;
        letters.size = 1.3;
        break;
    case CR_LETTERS_NUMBER:
        letters.bold = true;
        letters.size = 1.12;
        break;
    }
    return letters;
}

static void trace_round(cairo_t *cairo, struct cr_rect box, double radius) {
    const double quarter = 1.57079632679489662, r = cr_min(radius, cr_min(box.width, box.height) / 2.0);
    const double right = cr_rect_right(box), bottom = cr_rect_bottom(box);
    cairo_new_path(cairo);
    cairo_arc(cairo, right - r, box.y + r, r, -quarter, 0.0);
    cairo_arc(cairo, right - r, bottom - r, r, 0.0, quarter);
    cairo_arc(cairo, box.x + r, bottom - r, r, quarter, 2.0 * quarter);
    cairo_arc(cairo, box.x + r, box.y + r, r, 2.0 * quarter, 3.0 * quarter);
    cairo_close_path(cairo);
}

static void fill_round(const struct cr_canvas *canvas, struct cr_rect box, double radius, struct cr_colour colour) {
    trace_round(canvas->cairo, box, radius);
    cr_canvas_set_colour(canvas, colour);
    cairo_fill(canvas->cairo);
}

static void edge_round(
    const struct cr_canvas *canvas, struct cr_rect box, double radius, double width, struct cr_colour colour) {
    const double half = width / 2.0;
    trace_round(canvas->cairo, cr_rect_without(box, half, half, half, half), radius);
    cr_canvas_set_colour(canvas, colour);
    cairo_set_dash(canvas->cairo, NULL, 0, 0.0);
    cairo_set_line_width(canvas->cairo, width);
    cairo_stroke(canvas->cairo);
}

void cr_paint_plate_in(
    const struct cr_canvas *canvas, const struct cr_look *look, enum cr_plate plate, double width, double height) {
    struct cr_rect all = {0.0, 0.0, width, height};
    const double rim = round(shadow * look->scale);
    switch (plate) {
    case CR_PLATE_BAR:
        cr_canvas_fill(canvas, all, cr_paint_bar(look->theme));
        break;
    case CR_PLATE_PLAIN:
        cr_canvas_fill(canvas, all, cr_paint_ground(look->theme));
        break;
    case CR_PLATE_FLOATING:
        for (int i = 0; i < 4; i++) {
            const double by = rim * i / 4.0;
            fill_round(canvas, cr_rect_without(all, by, by, by, by), floating_corner * look->scale + rim - by,
                (struct cr_colour){0.0, 0.0, 0.0, look->theme == CR_THEME_DARK ? 0.07 : 0.025});
        }
        all = cr_rect_without(all, rim, rim, rim, rim);
        fill_round(canvas, all, floating_corner * look->scale, cr_paint_plate(look->theme));
        edge_round(canvas, all, floating_corner * look->scale, canvas->hair, between(look->theme, 0.2));
        break;
    }
}

struct ink {
    struct cr_colour text, soft, back; /* `back` of alpha 0: none */
};

static bool is(const char *name, const struct cr_widget *widget) {
    return *widget->name && strcmp(name, widget->name) == 0;
}

static struct ink ink_of(const struct cr_look *look, const struct cr_widget *widget, const struct cr_touch *touch) {
    const struct cr_theme *theme = theme_of(look);
    struct ink ink = {theme->ink, theme->soft_ink, cr_colour_with_alpha(theme->ink, 0.0)};
    const bool hovered = is(touch->hovered, widget) && !widget->off;
    if (widget->primary) {
        ink.back = cr_colour_with_alpha(theme->ink, hovered ? 0.88 : 1.0);
        ink.text = ink.soft = theme->background;
    } else if (widget->on) {
        ink.back = cr_colour_with_alpha(theme->ink, hovered ? 0.26 : 0.2);
    } else if (hovered || is(touch->pressed, widget)) {
        ink.back = cr_colour_with_alpha(theme->ink, 0.1);
    } else if (widget->kind == CR_WIDGET_BUTTON && *widget->label) {
        ink.back = cr_colour_with_alpha(theme->ink, 0.055);
    }
    if (widget->off) {
        ink.text = cr_colour_with_alpha(ink.text, 0.35);
        ink.soft = cr_colour_with_alpha(ink.soft, 0.35);
    }
    if (widget->icon == CR_ICON_RECORD && widget->on)
        ink.text = theme->colours[CR_MEANING_SCENARIO_2];
    return ink;
}

static void draw_ring(const struct cr_canvas *canvas, const struct cr_look *look, const struct cr_widget *widget,
    const struct cr_touch *touch) {
    if (!touch->ring || !is(touch->focused, widget))
        return;
    const double inset = 3.0 * look->scale;
    /* One that is filled with ink has its ring within, in the ground's colour. */
    if (widget->primary)
        edge_round(canvas, cr_rect_without(widget->where, inset, inset, inset, inset),
            corner * look->scale - inset / 2.0, 2.0 * look->scale, theme_of(look)->background);
    else
        edge_round(canvas, widget->where, corner * look->scale, 2.0 * look->scale, theme_of(look)->ink);
}

static void draw_button(const struct cr_canvas *canvas, const struct cr_look *look, const struct cr_widget *widget,
    const struct cr_touch *touch) {
    const double scale = look->scale, pad = 10.0 * scale, middle = widget->where.y + widget->where.height / 2.0;
    const struct ink ink = ink_of(look, widget, touch);
    if (ink.back.alpha > 0.0)
        fill_round(canvas, widget->where, corner * scale, ink.back);
    struct cr_lettering letters = cr_paint_letters(look, CR_LETTERS_PLAIN);
    letters.colour = ink.text;
    const double sign = 15.0 * scale;
    if (!*widget->label) {
        cr_icon_draw(canvas, widget->icon, widget->where.x + widget->where.width / 2.0, middle, sign, ink.text);
        return;
    }
    double left = widget->where.x + pad, right = cr_rect_right(widget->where) - pad;
    if (widget->icon != CR_ICON_NONE) {
        cr_icon_draw(canvas, widget->icon, left + sign / 2.0, middle, sign, ink.text);
        left += sign + 8.0 * scale;
    }
    if (*widget->note) {
        struct cr_lettering note = cr_paint_letters(look, CR_LETTERS_SOFT);
        note.colour = ink.soft;
        note.across = 1.0;
        note.width = 0.55 * (right - left);
        cr_canvas_write(canvas, widget->note, &note, right, middle);
        note.width = 0.0;
        right -= cr_min(cr_canvas_measure(canvas, widget->note, &note).width, 0.55 * (right - left)) + pad;
    }
    letters.width = right - left;
    if (widget->kind == CR_WIDGET_BUTTON && widget->icon == CR_ICON_NONE && !*widget->note) {
        letters.across = 0.5;
        letters.width += 2.0 * pad - 4.0 * scale;
        left = (left + right) / 2.0;
    }
    cr_canvas_write(canvas, widget->label, &letters, left, middle);
}

static void draw_slider(const struct cr_canvas *canvas, const struct cr_look *look, const struct cr_widget *widget,
    const struct cr_touch *touch) {
    const struct cr_theme *theme = theme_of(look);
    const double scale = look->scale, middle = widget->where.y + widget->where.height / 2.0, thick = 4.0 * scale;
    const double from = cr_slider_place(widget, widget->low, scale), to = cr_slider_place(widget, widget->high, scale);
    const double at = cr_slider_place(widget, widget->value, scale);
    const struct cr_colour strong = widget->marked ? theme->colours[CR_MEANING_SCENARIO_2] : theme->ink;
    const double alpha = widget->off ? 0.35 : 1.0;
    fill_round(
        canvas, (struct cr_rect){from, middle - thick / 2.0, to - from, thick}, thick, between(look->theme, 0.22));
    fill_round(canvas, (struct cr_rect){from, middle - thick / 2.0, cr_max(at - from, 0.0), thick}, thick,
        cr_colour_with_alpha(strong, 0.75 * alpha));
    if (!isnan(widget->mark)) {
        const double mark = cr_slider_place(widget, widget->mark, scale);
        cr_canvas_fill(canvas, (struct cr_rect){round(mark - scale), middle - 6.0 * scale, 2.0 * scale, 12.0 * scale},
            theme->soft_ink);
    }
    const bool near = is(touch->hovered, widget) || is(touch->pressed, widget);
    const double radius = (near ? 7.5 : 6.5) * scale;
    fill_round(canvas, (struct cr_rect){at - radius, middle - radius, 2.0 * radius, 2.0 * radius}, radius,
        cr_colour_mix(theme->background, strong, alpha));
}

static void draw_field(const struct cr_canvas *canvas, const struct cr_look *look, const struct cr_widget *widget,
    const struct cr_touch *touch) {
    const struct cr_theme *theme = theme_of(look);
    const double scale = look->scale, pad = 8.0 * scale, middle = widget->where.y + widget->where.height / 2.0;
    const bool focused = is(touch->focused, widget);
    fill_round(canvas, widget->where, corner * scale, between(look->theme, focused ? 0.02 : 0.05));
    edge_round(canvas, widget->where, corner * scale, focused ? 1.6 * scale : canvas->hair,
        focused ? theme->ink : between(look->theme, is(touch->hovered, widget) ? 0.45 : 0.24));
    struct cr_lettering letters = cr_paint_letters(look, CR_LETTERS_PLAIN);
    const double room = widget->where.width - 2.0 * pad;
    cairo_save(canvas->cairo);
    cairo_rectangle(
        canvas->cairo, widget->where.x + pad - 2.0 * scale, widget->where.y, room + 4.0 * scale, widget->where.height);
    cairo_clip(canvas->cairo);
    if (!*widget->label)
        letters.colour = theme->soft_ink;
    if (widget->marked)
        letters.colour = theme->colours[CR_MEANING_SCENARIO_2];
    const char *const text = *widget->label ? widget->label : widget->note;
    char before[CR_WIDGET_LABEL];
    (void)cr_text_format(before, sizeof before, "%.*s", (int)widget->cursor, widget->label);
    const double ahead = cr_canvas_measure(canvas, before, &letters).width;
    const double whole = cr_canvas_measure(canvas, text, &letters).width;
    double left = widget->where.x + pad;
    if (widget->right && !focused)
        left = cr_rect_right(widget->where) - pad - whole;
    else if (ahead > room)
        left -= ahead - room;
    if (focused && widget->fresh && *widget->label)
        cr_canvas_fill(canvas, (struct cr_rect){left, middle - 9.0 * scale, whole, 18.0 * scale},
            cr_colour_with_alpha(theme->ink, 0.22));
    cr_canvas_write(canvas, text, &letters, left, middle);
    if (focused && touch->caret)
        cr_canvas_fill(canvas,
            (struct cr_rect){round(left + ahead), middle - 9.0 * scale, cr_max(1.0, round(1.5 * scale)), 18.0 * scale},
            theme->ink);
    cairo_restore(canvas->cairo);
}

static void draw_text(const struct cr_canvas *canvas, const struct cr_look *look, const struct cr_widget *widget) {
    struct cr_lettering letters = cr_paint_letters(look, widget->letters);
    const double height = cr_canvas_measure(canvas, "x", &letters).height;
    if (widget->marked)
        letters.colour = theme_of(look)->colours[CR_MEANING_SCENARIO_2];
    letters.width = widget->where.width;
    letters.lines = (int)cr_max(1.0, floor(widget->where.height / height + 0.01));
    double x = widget->where.x;
    if (widget->right || widget->middle) {
        letters.across = widget->right ? 1.0 : 0.5;
        x += letters.across * widget->where.width;
    }
    cr_canvas_write(
        canvas, *widget->tip ? widget->tip : widget->label, &letters, x, widget->where.y + widget->where.height / 2.0);
}

struct cr_rect cr_paint_time_track(const struct cr_widget *time, double scale) {
    const double left = round(cr_slider_place(time, time->low, scale)), thick = cr_max(2.0, round(5.0 * scale));
    const double right = round(cr_slider_place(time, time->high, scale));
    return (struct cr_rect){left, round(time->where.y + 17.0 * scale - thick / 2.0), right - left, thick};
}

/* Years, at steps that leave room for their numbers. */
static void draw_time(const struct cr_canvas *canvas, const struct cr_look *look, const struct cr_widget *widget) {
    enum { WEEKS = 52 };
    static const int steps[] = {1, 2, 5, 10, 20, 50};
    const struct cr_rect track = cr_paint_time_track(widget, look->scale);
    const struct cr_theme *theme = theme_of(look);
    fill_round(canvas, track, track.height, between(look->theme, 0.2));
    const double years = widget->high / WEEKS;
    size_t s = 0;
    while (s + 1 < sizeof steps / sizeof *steps && track.width / years * steps[s] < 52.0 * look->scale)
        s++;
    struct cr_lettering letters = cr_paint_letters(look, CR_LETTERS_SOFT);
    letters.size = 0.85;
    letters.across = 0.5;
    letters.down = 0.0;
    for (int year = 0; year <= (int)years; year += steps[s]) {
        char text[16];
        const double x = cr_slider_place(widget, (double)year * WEEKS, look->scale);
        cr_canvas_hairline(canvas, x, cr_rect_bottom(track) + 3.0 * look->scale, x,
            cr_rect_bottom(track) + 7.0 * look->scale, theme->axis);
        (void)cr_text_format(text, sizeof text, year == 0 ? "year 0" : "%d", year);
        letters.across = year == 0 ? 0.15 : 0.5;
        cr_canvas_write(canvas, text, &letters, x, cr_rect_bottom(track) + 8.0 * look->scale);
    }
}

static void draw_mark(const struct cr_canvas *canvas, const struct cr_look *look, const struct cr_widget *widget,
    const struct cr_touch *touch) {
    const struct cr_mark mark = {theme_of(look)->colours[CR_MEANING_SCENARIO_2], NULL, 0, CR_MARKER_DIAMOND};
    cr_canvas_marker(canvas, widget->where.x + widget->where.width / 2.0, widget->where.y + widget->where.height / 2.0,
        (is(touch->hovered, widget) ? 12.0 : 9.0) * look->scale, &mark, false);
}

void cr_paint_widget(const struct cr_canvas *canvas, const struct cr_look *look, const struct cr_widget *widget,
    const struct cr_touch *touch) {
    switch (widget->kind) {
    case CR_WIDGET_TEXT:
        draw_text(canvas, look, widget);
        return;
    case CR_WIDGET_BUTTON:
    case CR_WIDGET_ROW:
        draw_button(canvas, look, widget, touch);
        break;
    case CR_WIDGET_SLIDER:
        draw_slider(canvas, look, widget, touch);
        break;
    case CR_WIDGET_FIELD:
        draw_field(canvas, look, widget, touch);
        return;
    case CR_WIDGET_TIME:
        draw_time(canvas, look, widget);
        break;
    case CR_WIDGET_MARK:
        draw_mark(canvas, look, widget, touch);
        break;
    case CR_WIDGET_PLACE:
        break;
    }
    draw_ring(canvas, look, widget, touch);
}

double cr_paint_height(const struct cr_canvas *canvas, const struct cr_look *look, enum cr_lettering_kind kind,
    const char *text, double width) {
    struct cr_lettering letters = cr_paint_letters(look, kind);
    letters.width = width;
    letters.lines = 12;
    return cr_canvas_measure(canvas, text, &letters).height;
}

double cr_paint_width(
    const struct cr_canvas *canvas, const struct cr_look *look, enum cr_lettering_kind kind, const char *text) {
    struct cr_lettering letters = cr_paint_letters(look, kind);
    return ceil(cr_canvas_measure(canvas, text, &letters).width) + 1.0;
}
