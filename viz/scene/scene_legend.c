#include "viz/scene/scene_legend.h"

#include <stdio.h>
#include <string.h>

#include "base/numeric.h"
#include "viz/draw/tint.h"
#include "viz/scene/flares.h"

static const double circle = 6.28318530717958648;

enum swatch {
    HEADING,
    STAMP,       /* `which`: enum cr_stamp_name */
    TINT,        /* the scale of satisfaction */
    WEIGHT,      /* lines from thin to thick */
    SEPARATION,  /* a line that breaks */
    MOVING_IN,   /* a line that lights up */
    LEFT_BEHIND, /* a line that goes */
    FAINT,       /* alike in both worlds: a person, or on the timeline (`which` 1) a line */
    MARK,        /* of the timeline: otherwise in the other world; `which`: 0 at the beginning, 1 at the end */
    THREAD,      /* to a place in the other world */
    PATH,        /* of the chosen one */
    BAND,        /* a ring of the map; `which` from the centre outwards */
    STAGE,       /* a line of the timeline; `which`: enum cr_stage */
    END,         /* its end; `which`: 0 separation, 1 death */
    NOTE
};

static void add(struct cr_scene_legend *legend, enum swatch kind, int which, const char *text) {
    if (legend->count < CR_SCENE_LEGEND_MOST)
        legend->entries[legend->count++] = (struct cr_scene_legend_entry){(uint8_t)kind, (uint8_t)which, text};
}

static void add_people(struct cr_scene_legend *legend, const struct cr_scene_content *content) {
    add(legend, HEADING, 0, "Adults, by measured style");
    add(legend, STAMP, CR_STAMP_SECURE, "secure");
    add(legend, STAMP, CR_STAMP_PREOCCUPIED, "preoccupied");
    add(legend, STAMP, CR_STAMP_DISMISSING, "dismissing");
    add(legend, STAMP, CR_STAMP_FEARFUL, "fearful");
    add(legend, STAMP, CR_STAMP_UNRATED, "not rated so far");
    if (content->children)
        add(legend, STAMP, CR_STAMP_CHILD,
            content->arrangement == CR_ARRANGEMENT_PLANE ? "child, same index" : "child");
}

static void add_flares(struct cr_scene_legend *legend, const struct cr_scene_content *content) {
    if (content->flares == CR_FLARES_NONE)
        return;
    add(legend, HEADING, 0, "As it happens");
    if (content->flares == CR_FLARES_ALL) {
        add(legend, STAMP, CR_STAMP_PROTEST, "protest");
        add(legend, STAMP, CR_STAMP_DEACTIVATION, "deactivation");
        add(legend, STAMP, CR_STAMP_APPEASEMENT, "appeasement");
        add(legend, STAMP, CR_STAMP_COMFORT, "comforted");
        add(legend, STAMP, CR_STAMP_REBUFF, "rebuffed");
        add(legend, STAMP, CR_STAMP_FRIGHT, "frightened");
        add(legend, STAMP, CR_STAMP_QUARREL, "quarrel");
    }
    add(legend, STAMP, CR_STAMP_PAIRING, "pairing");
    add(legend, MOVING_IN, 0, "moving in together");
    add(legend, STAMP, CR_STAMP_WEDDING, "wedding");
    add(legend, SEPARATION, 0, "separation");
    add(legend, STAMP, CR_STAMP_DEATH, "death");
    add(legend, LEFT_BEHIND, 0, "partner left behind");
    if (content->children)
        add(legend, STAMP, CR_STAMP_BIRTH, "birth");
    add(legend, STAMP, CR_STAMP_EARNING, "earned security");
}

static void add_timeline(struct cr_scene_legend *legend, const struct cr_scene_content *content) {
    if (content->half != CR_LEGEND_RIGHT) {
        add(legend, HEADING, 0, "A line is a relationship");
        add(legend, STAGE, CR_DATING, "dating");
        add(legend, STAGE, CR_COHABITING, "living together");
        add(legend, STAGE, CR_MARRIED, "married");
        add(legend, END, 0, "separation");
        add(legend, END, 1, "death of one");
    }
    const bool whole = content->half == CR_LEGEND_WHOLE;
    if (content->half != CR_LEGEND_LEFT) {
        /* below a picture there are no headings */
        add(legend, HEADING, 0, whole ? "Satisfied so far" : "Its colour");
        add(legend, TINT, 0, whole ? "less, more" : "satisfied so far: less, more");
    }
    if (content->half != CR_LEGEND_LEFT && content->differences && content->worlds > 1) {
        add(legend, HEADING, 0, "The other world");
        add(legend, MARK, 0, "not in the other world");
        add(legend, MARK, 1, "ends otherwise there");
        add(legend, FAINT, 1, "alike in both");
    }
}

static void add_note(struct cr_scene_legend *legend, const struct cr_scene_content *content) {
    const bool timeline = content->arrangement == CR_ARRANGEMENT_TIMELINE;
    const bool flares = !timeline && content->flares != CR_FLARES_NONE && content->half != CR_LEGEND_LEFT;
    const bool ties = content->ties_one_in > 1 && (content->ties || timeline);
    int length = 0;
    if (ties)
        length = snprintf(legend->note, sizeof legend->note, "Drawn: 1 in %d %s.%s", content->ties_one_in,
            timeline ? "relationships" : "couples", timeline ? "" : " ");
    if (flares && content->flares == CR_FLARES_ALL)
        length += snprintf(legend->note + length, sizeof legend->note - (size_t)length,
            "Comfort that follows no flare: 1 in %d. ", CR_FLARES_COMFORT_ONE_IN);
    if (flares && content->flares_one_in > 1)
        (void)snprintf(legend->note + length, sizeof legend->note - (size_t)length,
            "Flares: of 1 in %d people; fewer the faster time runs.", content->flares_one_in);
    else if (flares)
        (void)snprintf(legend->note + length, sizeof legend->note - (size_t)length,
            "The faster time runs, the fewer of the flares are drawn.");
    if (legend->note[0])
        add(legend, NOTE, 0, legend->note);
}

/* What is seen at rest. */
static void add_still(struct cr_scene_legend *legend, const struct cr_scene_content *content) {
    add_people(legend, content);
    if (content->arrangement == CR_ARRANGEMENT_MAP) {
        add(legend, HEADING, 0, "Where they are");
        add(legend, BAND, 0, "married");
        add(legend, BAND, 1, "living together");
        add(legend, BAND, 2, "dating");
        add(legend, BAND, 3, "at home, clockwise by birth");
    }
    if (content->ties) {
        add(legend, HEADING, 0, "Couples");
        /* below a picture there are no headings */
        const bool whole = content->half == CR_LEGEND_WHOLE;
        add(legend, TINT, 0, whole ? "satisfied: less, more" : "couple satisfied: less, more");
        add(legend, WEIGHT, 0, whole ? "intimate: less, more" : "couple intimate: less, more");
    }
    if (content->differences && content->worlds > 1) {
        add(legend, HEADING, 0, "The other world");
        add(legend, STAMP, CR_STAMP_DIFFERS, "other style or partner in the other world");
        add(legend, THREAD, 0, "to the place there");
        add(legend, FAINT, 0, "alike in both");
    }
}

void cr_scene_legend_fill(struct cr_scene_legend *legend, const struct cr_scene_content *content) {
    memset(legend, 0, sizeof *legend);
    legend->shapes = content->shapes;
    if (content->arrangement == CR_ARRANGEMENT_TIMELINE) {
        add_timeline(legend, content);
        add_note(legend, content);
        return;
    }
    if (content->half != CR_LEGEND_RIGHT)
        add_still(legend, content);
    if (content->half != CR_LEGEND_LEFT)
        add_flares(legend, content);
    add_note(legend, content);
}

/* Sizes, in letters. */
static const double text_size = 0.86, swatch_width = 2.1, row_height = 1.5, heading_gap = 0.45, gap_across = 1.3;

static struct cr_lettering lettering_of(
    const struct cr_canvas *canvas, const struct cr_scene_legend_entry *entry, double width) {
    struct cr_lettering lettering = {.size = text_size, .colour = canvas->theme->ink, .down = 0.5, .width = width};
    if (entry->kind == HEADING || entry->kind == NOTE)
        lettering.colour = canvas->theme->soft_ink;
    if (entry->kind == NOTE || entry->kind == BAND)
        lettering.lines = 5;
    return lettering;
}

static double indent_of(const struct cr_canvas *canvas, const struct cr_scene_legend_entry *entry) {
    if (entry->kind == HEADING || entry->kind == NOTE)
        return 0.0;
    return (entry->kind == TINT || entry->kind == WEIGHT ? 1.5 : 1.0) * swatch_width * canvas->unit;
}

static void line(const struct cr_canvas *canvas, double x1, double x2, double y, double width, struct cr_colour ink) {
    cr_canvas_set_colour(canvas, ink);
    cairo_set_line_width(canvas->cairo, width);
    cairo_move_to(canvas->cairo, x1, y);
    cairo_line_to(canvas->cairo, x2, y);
    cairo_stroke(canvas->cairo);
}

static void draw_tint(const struct cr_canvas *canvas, double x, double y, double width) {
    enum { STEPS = 24 };
    const double step = width / STEPS, height = 0.5 * canvas->unit;
    for (int k = 0; k < STEPS; k++) {
        const double satisfaction = CR_TINT_MOST * (2.0 * (k + 0.5) / STEPS - 1.0);
        cr_canvas_fill(canvas, (struct cr_rect){x + k * step, y - 0.5 * height, step + 0.5, height},
            cr_tint(canvas->theme, satisfaction));
    }
}

static void draw_weight(const struct cr_canvas *canvas, double x, double y, double width) {
    const double most = 0.36 * canvas->unit;
    cr_canvas_set_colour(canvas, cr_tint(canvas->theme, CR_TINT_MOST));
    cairo_move_to(canvas->cairo, x, y - 0.12 * most);
    cairo_line_to(canvas->cairo, x + width, y - 0.5 * most);
    cairo_line_to(canvas->cairo, x + width, y + 0.5 * most);
    cairo_line_to(canvas->cairo, x, y + 0.12 * most);
    cairo_fill(canvas->cairo);
}

/* The map in small: four rings, one of them filled. */
static void draw_band(const struct cr_canvas *canvas, double x, double y, int band) {
    const double step = 0.185 * canvas->unit;
    cairo_set_line_width(canvas->cairo, 0.7 * step);
    for (int k = 0; k < 4; k++) {
        cr_canvas_set_colour(
            canvas, k == band ? canvas->theme->ink : cr_colour_mix(canvas->theme->grid, canvas->theme->axis, 0.45));
        cairo_new_path(canvas->cairo);
        cairo_arc(canvas->cairo, x, y, (k + 0.35) * step, 0.0, circle);
        cairo_stroke(canvas->cairo);
    }
}

static void draw_end(const struct cr_canvas *canvas, double x, double y, double width, int death) {
    const struct cr_colour ink = cr_tint(canvas->theme, 0.0);
    const double end = x + 0.7 * width;
    line(canvas, x, end, y, 0.14 * canvas->unit, ink);
    if (!death) {
        cr_canvas_fill(canvas,
            (struct cr_rect){
                end - 0.06 * canvas->unit, y - 0.3 * canvas->unit, 0.12 * canvas->unit, 0.6 * canvas->unit},
            canvas->theme->ink);
        return;
    }
    cr_canvas_set_colour(canvas, canvas->theme->colours[CR_MEANING_NEUTRAL]);
    cairo_new_path(canvas->cairo);
    cairo_arc(canvas->cairo, end, y, 0.22 * canvas->unit, 0.0, circle);
    cairo_fill(canvas->cairo);
}

/* The phase in which a flare is most itself. */
static double phase_of(enum cr_stamp_name name) {
    if (name == CR_STAMP_PAIRING)
        return 0.75;
    return name == CR_STAMP_DEATH || name == CR_STAMP_BIRTH || (name >= CR_STAMP_APPEASEMENT && name <= CR_STAMP_REBUFF)
               ? 0.4
               : 0.2;
}

static void draw_stamp(const struct cr_canvas *canvas, double x, double y, enum cr_stamp_name name, bool shapes) {
    const bool dot = name < CR_STAMP_CHOSEN;
    const double radius = (dot ? 0.33 : (name == CR_STAMP_DIFFERS ? 0.24 : 0.18)) * canvas->unit;
    cairo_save(canvas->cairo);
    cairo_translate(canvas->cairo, x, y);
    if (dot) {
        /* dots as they are in the picture, enlarged */
        const double seen = shapes ? 3.0 : 2.0;
        cairo_scale(canvas->cairo, radius / seen, radius / seen);
        cr_stamp_paint(canvas->cairo, canvas->theme, name, seen, shapes ? 1.0 : 0.75, 0.0);
    } else {
        if (name == CR_STAMP_DIFFERS)
            cr_stamp_paint(canvas->cairo, canvas->theme, CR_STAMP_SECURE, radius, radius, 0.0);
        if (name >= CR_STAMP_APPEASEMENT && name <= CR_STAMP_FRIGHT)
            cr_stamp_paint(canvas->cairo, canvas->theme, CR_STAMP_UNRATED, radius, radius, 0.0);
        cr_stamp_paint(canvas->cairo, canvas->theme, name, radius, 0.07 * canvas->unit, phase_of(name));
    }
    cairo_restore(canvas->cairo);
}

/* A line of the timeline with its mark. */
static void draw_mark(const struct cr_canvas *canvas, double x, double y, double width, int at_end) {
    const double side = 0.34 * canvas->unit, from = at_end ? x : x + 1.4 * side,
                 to = at_end ? x + width - 1.4 * side : x + width;
    line(canvas, from, to, y, 0.2 * canvas->unit, cr_tint(canvas->theme, 0.6));
    cr_canvas_fill(
        canvas, (struct cr_rect){at_end ? x + width - side : x, y - 0.5 * side, side, side}, canvas->theme->ink);
}

static void draw_faint(const struct cr_scene_legend *legend, const struct cr_canvas *canvas, double x, double y,
    double width, int timeline) {
    cairo_push_group(canvas->cairo);
    if (timeline)
        line(canvas, x, x + width, y, 0.2 * canvas->unit, cr_tint(canvas->theme, 0.6));
    else
        draw_stamp(canvas, x + 0.5 * width, y, CR_STAMP_SECURE, legend->shapes);
    cairo_pop_group_to_source(canvas->cairo);
    cairo_paint_with_alpha(canvas->cairo, CR_SCENE_FAINT);
}

static void draw_swatch(const struct cr_scene_legend *legend, const struct cr_canvas *canvas,
    const struct cr_scene_legend_entry *entry, double x, double y) {
    static const double widths[] = {[CR_DATING] = 0.09, [CR_COHABITING] = 0.2, [CR_MARRIED] = 0.36};
    const double unit = canvas->unit, width = 0.75 * indent_of(canvas, entry), middle = x + 0.5 * width;
    const struct cr_theme *theme = canvas->theme;
    cairo_set_dash(canvas->cairo, NULL, 0, 0.0);
    cairo_set_line_cap(canvas->cairo, CAIRO_LINE_CAP_BUTT);
    switch ((enum swatch)entry->kind) {
    case STAMP:
        draw_stamp(canvas, middle, y, (enum cr_stamp_name)entry->which, legend->shapes);
        break;
    case TINT:
        draw_tint(canvas, x, y, width);
        break;
    case WEIGHT:
        draw_weight(canvas, x, y, width);
        break;
    case SEPARATION:
        line(canvas, x, x + 0.32 * width, y, 0.16 * unit, theme->colours[CR_MEANING_SCENARIO_2]);
        line(canvas, x + 0.68 * width, x + width, y, 0.16 * unit, theme->colours[CR_MEANING_SCENARIO_2]);
        break;
    case MOVING_IN:
        line(canvas, x, x + width, y, 0.28 * unit, theme->ink);
        break;
    case LEFT_BEHIND:
        line(canvas, x, x + 0.6 * width, y, 0.16 * unit, theme->soft_ink);
        break;
    case FAINT:
        draw_faint(legend, canvas, x, y, width, entry->which);
        break;
    case MARK:
        draw_mark(canvas, x, y, width, entry->which);
        break;
    case THREAD:
    case PATH:
        line(canvas, x, x + width, y, 0.1 * unit, theme->soft_ink);
        break;
    case BAND:
        draw_band(canvas, middle, y, entry->which);
        break;
    case STAGE:
        line(canvas, x, x + width, y, widths[entry->which] * unit, cr_tint(theme, 0.6));
        break;
    case END:
        draw_end(canvas, x, y, width, entry->which);
        break;
    default:
        break;
    }
}

/* Lays entries out, and draws them if asked to; returns the room that they take. */
static struct cr_extent lay(const struct cr_scene_legend *legend, const struct cr_canvas *canvas, bool beside,
    struct cr_rect where, bool drawing) {
    const double unit = canvas->unit;
    struct cr_extent room = {0.0, 0.0};
    double x = 0.0, y = 0.0;
    for (size_t k = 0; k < legend->count; k++) {
        const struct cr_scene_legend_entry *entry = &legend->entries[k];
        if (entry->kind == HEADING && !beside)
            continue;
        const double indent = indent_of(canvas, entry);
        const struct cr_lettering lettering = lettering_of(canvas, entry, cr_max(unit, where.width - indent));
        const struct cr_extent text = cr_canvas_measure(canvas, entry->text, &lettering);
        const double height = cr_max(row_height * unit, text.height + 0.25 * unit);
        if (!beside && x > 0.0 && x + indent + text.width > where.width) {
            x = 0.0;
            y += row_height * unit;
        }
        if (beside && (entry->kind == HEADING || entry->kind == NOTE) && k > 0)
            y += heading_gap * unit;
        /* what would be cut is left out; half a pixel is rounding */
        if (drawing && y + height <= where.height + 0.5) {
            const double middle = where.y + y + 0.5 * height;
            draw_swatch(legend, canvas, entry, where.x + x, middle);
            cr_canvas_write(canvas, entry->text, &lettering, where.x + x + indent, middle);
        }
        room.width = cr_max(room.width, x + indent + text.width);
        room.height = cr_max(room.height, y + height);
        if (beside)
            y += height;
        else
            x += indent + text.width + gap_across * unit;
    }
    return room;
}

struct cr_extent cr_scene_legend_measure(
    const struct cr_scene_legend *legend, const struct cr_canvas *canvas, bool beside, double width) {
    return lay(legend, canvas, beside, (struct cr_rect){0.0, 0.0, width, 0.0}, false);
}

void cr_scene_legend_draw(
    const struct cr_scene_legend *legend, const struct cr_canvas *canvas, bool beside, struct cr_rect where) {
    (void)lay(legend, canvas, beside, where, true);
}
