#include "report/frame.h"

#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "report/occasions.h"

/* The texts around the data, and how many lines of each are drawn. */
struct texts {
    struct cr_lettering title, subtitle, note;
    const char *below;                                 /* the note, or the brief one */
    double title_height, subtitle_height, note_height; /* 0: not drawn */
};

/* Whether there is so little height that the data need every row. */
static bool is_low(const struct cr_canvas *canvas, double height) {
    return height < 20.0 * canvas->unit;
}

static double padding(const struct cr_canvas *canvas) {
    return 0.9 * canvas->unit;
}

static double text_height(
    const struct cr_canvas *canvas, const char *text, const struct cr_lettering *lettering, double gap) {
    const double height = cr_canvas_measure(canvas, text, lettering).height;
    return height > 0.0 ? height + gap * canvas->unit : 0.0;
}

static double note_height(const struct cr_canvas *canvas, const struct texts *texts) {
    return text_height(canvas, texts->below, &texts->note, 0.5);
}

/* Sets the brief note, if there is one, for the whole one. */
static void be_brief(struct texts *texts, const struct cr_chart *chart, const struct cr_canvas *canvas) {
    texts->below = chart->brief;
    texts->note.lines = 1;
    texts->note_height = note_height(canvas, texts);
}

static struct texts measure(
    const struct cr_chart *chart, const struct cr_canvas *canvas, double width, bool inner, bool low) {
    const struct cr_theme *theme = canvas->theme;
    struct texts texts = {
        .title = {.size = inner ? 1.08
                          : low ? 1.15
                                : 1.25,
            .bold = true,
            .colour = theme->ink,
            .width = width,
            .lines = 2},
        .subtitle = {.size = 1.0, .colour = theme->soft_ink, .width = width, .lines = 2},
        .note = {.size = 0.82, .colour = theme->soft_ink, .width = width, .lines = 3},
    };
    texts.title_height = text_height(canvas, chart->title, &texts.title, 0.15);
    if (low) {
        be_brief(&texts, chart, canvas);
        return texts;
    }
    texts.subtitle_height = text_height(canvas, chart->subtitle, &texts.subtitle, 0.1);
    texts.below = chart->note;
    texts.note_height = note_height(canvas, &texts);
    if (chart->brief && texts.note_height > 0.0 && pango_layout_is_ellipsized(canvas->layout))
        be_brief(&texts, chart, canvas);
    return texts;
}

/* What is left for the data. */
static double left_of(const struct texts *texts, double height, double strip) {
    return height - texts->title_height - texts->subtitle_height - texts->note_height - strip;
}

/* Lets texts go until the data have half the height; returns the height of the strip, which is the last to go. A brief
 * note is but a line, and may take the data some more. */
static double give_way(
    struct texts *texts, const struct cr_chart *chart, const struct cr_canvas *canvas, double height, double strip) {
    const double least = cr_max(0.55 * height, cr_min(height, 9.0 * canvas->unit));
    if (left_of(texts, height, strip) < least && texts->below == chart->note)
        be_brief(texts, chart, canvas);
    if (left_of(texts, height, strip) < least)
        texts->subtitle_height = 0.0;
    if (left_of(texts, height, strip) < 0.55 * height) {
        texts->title.lines = 1;
        texts->title_height = text_height(canvas, chart->title, &texts->title, 0.15);
    }
    if (left_of(texts, height, strip) < 0.4 * height)
        texts->note_height = 0.0;
    return height - texts->title_height - strip < 0.55 * height ? 0.0 : strip;
}

static bool has_strip(const struct cr_chart *chart, const struct cr_legend *legend) {
    return chart->legend != CR_LEGEND_NONE && (cr_kind_of(chart)->draw_strip || legend->count > 1);
}

static double strip_height(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_legend *legend, double width) {
    const struct cr_kind *kind = cr_kind_of(chart);
    if (!has_strip(chart, legend))
        return 0.0;
    const double height =
        kind->strip_height ? kind->strip_height(chart, canvas, width) : cr_legend_height(legend, canvas, width);
    return height > 0.0 ? height + 0.55 * canvas->unit : 0.0;
}

/* The width of a column of names beside the data of a low chart, where above them they would take several rows; 0 if
 * there is no such need, or the data would get too narrow. */
static double column_width(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_legend *legend, struct cr_rect rest) {
    const double row = cr_legend_height(legend, canvas, 1e6);
    double width = 0.0;
    if (!has_strip(chart, legend) || cr_kind_of(chart)->draw_strip ||
        cr_legend_height(legend, canvas, rest.width) < 1.5 * row || (double)legend->count * row > 0.6 * rest.height)
        return 0.0;
    for (size_t i = 0; i < legend->count; i++) {
        const struct cr_legend one = {.entries = {legend->entries[i]}, .count = 1};
        width = cr_max(width, cr_legend_width(&one, canvas));
    }
    width += 1.2 * canvas->unit;
    return width < 0.46 * rest.width ? width : 0.0;
}

void cr_kind_say_no_data(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect rect) {
    const struct cr_lettering lettering = {.size = 1.1,
        .colour = canvas->theme->soft_ink,
        .across = 0.5,
        .down = 0.5,
        .width = 0.8 * rect.width,
        .lines = 4};
    cr_canvas_write(canvas, chart->empty ? chart->empty : "No data", &lettering, rect.x + rect.width / 2.0,
        rect.y + rect.height / 2.0);
}

int cr_frame_draw_data(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes, struct cr_error *error) {
    const double rim = 0.5 * canvas->unit;
    cairo_t *cairo = canvas->cairo;
    cr_axes_draw_grid(axes, canvas);
    cr_occasions_draw(chart, canvas, axes);
    cairo_save(cairo);
    cairo_rectangle(
        cairo, axes->area.x - rim, axes->area.y - rim, axes->area.width + 2.0 * rim, axes->area.height + 2.0 * rim);
    cairo_clip(cairo);
    const int code = cr_kind_of(chart)->draw(chart, canvas, axes, error);
    cairo_restore(cairo);
    cairo_set_dash(cairo, NULL, 0, 0.0);
    cr_axes_draw(axes, canvas);
    return code;
}

static int draw_with_axes(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect rect, bool inner,
    bool low, double beside, struct cr_placement *placement, struct cr_error *error) {
    const struct cr_kind *kind = cr_kind_of(chart);
    struct cr_axes axes = {0};
    const bool any = kind->axes(chart, &axes);
    if (rect.height > 10.0 * canvas->unit)
        axes.above = cr_occasions_height(chart, canvas, &axes, rect);
    axes.hide_x_title = axes.hide_y_title = rect.height < 5.0 * canvas->unit;
    axes.low = low;
    if (kind->ask_below && any && !inner && !low)
        kind->ask_below(chart, canvas, rect, &axes);
    axes.hide_x = !any && axes.x_open;
    axes.hide_y = !any && axes.y_open;
    cr_axes_fit(&axes, canvas, cr_rect_without(rect, 0.0, 0.0, beside, 0.0));
    placement->area = axes.area;
    placement->x = axes.x_scale;
    placement->y = axes.y_scale;
    if (!any) {
        cr_axes_draw(&axes, canvas);
        cr_kind_say_no_data(chart, canvas, axes.area);
        return 0;
    }
    placement->plots[0] = (struct cr_plot){axes.area, axes.x_scale, axes.y_scale};
    placement->plot_count = 1;
    const int code = cr_frame_draw_data(chart, canvas, &axes, error);
    if (beside > 0.0)
        placement->legend = kind->draw_beside(chart, canvas, &axes);
    if (kind->draw_below)
        kind->draw_below(chart, canvas, &axes);
    return code;
}

int cr_frame_draw(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect where, bool inner,
    struct cr_placement *placement, struct cr_error *error) {
    const struct cr_kind *kind = cr_kind_of(chart);
    const double pad = inner ? 0.0 : cr_min(padding(canvas), 0.05 * cr_min(where.width, where.height) + 2.0);
    const bool low = !inner && is_low(canvas, where.height);
    struct cr_rect rest = cr_rect_without(where, pad, (low ? 0.5 : 0.85) * pad, pad, (low ? 0.4 : 0.85) * pad);
    struct cr_legend legend = {.count = 0};
    if (kind->name)
        kind->name(chart, canvas->theme, &legend);
    double beside = 0.0;
    if (kind->beside && legend.count > 1 && chart->legend == CR_LEGEND_BEST)
        beside = kind->beside(chart, canvas, rest);
    const double column = low && beside <= 0.0 ? column_width(chart, canvas, &legend, rest) : 0.0;
    double strip = beside > 0.0 || column > 0.0 ? 0.0 : strip_height(chart, canvas, &legend, rest.width);
    struct texts texts = measure(chart, canvas, rest.width, inner, low);
    strip = give_way(&texts, chart, canvas, rest.height, strip);
    placement->without_subtitle = chart->subtitle && texts.subtitle_height <= 0.0;
    placement->without_note = chart->note && (texts.below != chart->note || texts.note_height <= 0.0);

    if (texts.title_height > 0.0) {
        placement->title = (struct cr_rect){rest.x, rest.y, rest.width, texts.title_height};
        cr_canvas_write(canvas, chart->title, &texts.title, rest.x, rest.y);
        rest = cr_rect_without(rest, 0.0, texts.title_height, 0.0, 0.0);
    }
    if (texts.subtitle_height > 0.0) {
        cr_canvas_write(canvas, chart->subtitle, &texts.subtitle, rest.x, rest.y);
        rest = cr_rect_without(rest, 0.0, texts.subtitle_height, 0.0, 0.0);
    }
    if (strip > 0.0) {
        const struct cr_rect room = {rest.x, rest.y + 0.25 * canvas->unit, rest.width, strip - 0.55 * canvas->unit};
        placement->legend = room;
        if (kind->draw_strip)
            kind->draw_strip(chart, canvas, room);
        else
            placement->legend = cr_legend_draw(&legend, canvas, room);
        rest = cr_rect_without(rest, 0.0, strip, 0.0, 0.0);
    }
    if (texts.note_height > 0.0) {
        texts.note.down = 1.0;
        cr_canvas_write(canvas, texts.below, &texts.note, rest.x, cr_rect_bottom(rest));
        rest = cr_rect_without(rest, 0.0, 0.0, 0.0, texts.note_height);
    }
    if (texts.title_height + texts.subtitle_height > 0.0)
        rest = cr_rect_without(rest, 0.0, 0.35 * canvas->unit, 0.0, 0.0);
    if (kind->draw_whole)
        return kind->draw_whole(chart, canvas, rest, placement, error);
    if (column > 0.0) {
        const double tall = (double)legend.count * cr_legend_height(&legend, canvas, 1e6);
        const struct cr_rect room = {cr_rect_right(rest) - column + 1.2 * canvas->unit,
            rest.y + 0.4 * (rest.height - tall), column - 1.1 * canvas->unit, tall};
        placement->legend = cr_legend_draw(&legend, canvas, room);
        rest.width -= column;
    }
    return draw_with_axes(chart, canvas, rest, inner, low, beside, placement, error);
}

double cr_frame_height(const struct cr_chart *chart, const struct cr_canvas *canvas, double width) {
    const struct cr_kind *kind = cr_kind_of(chart);
    const double inner = width - 2.0 * padding(canvas);
    struct cr_legend legend = {.count = 0};
    if (kind->name)
        kind->name(chart, canvas->theme, &legend);
    const struct texts texts = measure(chart, canvas, inner, false, false);
    return texts.title_height + texts.subtitle_height + texts.note_height +
           strip_height(chart, canvas, &legend, inner) + 1.7 * padding(canvas) + 0.35 * canvas->unit;
}
