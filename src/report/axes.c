#include "report/axes.h"

#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"

static const double slanted = -0.7853981633974483; /* 45 degrees, rising to the right */

static struct cr_lettering numbers(const struct cr_canvas *canvas) {
    return (struct cr_lettering){.size = 0.92, .colour = canvas->theme->soft_ink};
}

static struct cr_lettering titles(const struct cr_canvas *canvas) {
    return (struct cr_lettering){.size = 0.92, .colour = canvas->theme->soft_ink, .lines = 2};
}

const char *cr_axes_title(const struct cr_chart_axis *axis, char *buffer) {
    if (!axis->label)
        return cr_text_format(buffer, CR_AXES_TITLE, "%s", axis->unit ? axis->unit : "");
    if (!axis->unit)
        return cr_text_format(buffer, CR_AXES_TITLE, "%s", axis->label);
    return cr_text_format(buffer, CR_AXES_TITLE, "%s (%s)", axis->label, axis->unit);
}

/* Whether neighbours among the written ticks keep apart by `gap`. */
static bool apart(const struct cr_canvas *canvas, const struct cr_ticks *ticks, const struct cr_scale *scale,
    bool level, double gap) {
    const struct cr_lettering lettering = numbers(canvas);
    double end = -INFINITY;
    for (size_t k = 0; k < ticks->count; k++) {
        if (!ticks->text[k][0])
            continue;
        const struct cr_extent extent = cr_canvas_measure(canvas, ticks->text[k], &lettering);
        const double half = (level ? extent.width : 0.8 * extent.height) / 2.0;
        const double place = level ? cr_scale_place(scale, ticks->at[k]) : -cr_scale_place(scale, ticks->at[k]);
        if (place - half < end + gap)
            return false;
        end = place + half;
    }
    return true;
}

/* Lets the axis reach its outermost ticks, or without them where no values can be. */
static void reach_ticks(struct cr_ticks *ticks, struct cr_chart_axis *axis) {
    const double from = axis->from, to = axis->to, tiny = 1e-9 * (to - from);
    axis->from = cr_chart_axis_within(axis, cr_min(from, ticks->at[0]), from);
    axis->to = cr_chart_axis_within(axis, cr_max(to, ticks->at[ticks->count - 1]), to);
    if (ticks->count > 1 && ticks->at[ticks->count - 1] > axis->to + tiny)
        ticks->count--;
    if (ticks->count > 1 && ticks->at[0] < axis->from - tiny) {
        ticks->count--;
        memmove(ticks->at, ticks->at + 1, ticks->count * sizeof *ticks->at);
        memmove(ticks->text, ticks->text + 1, ticks->count * sizeof *ticks->text);
    }
}

/* Ticks as many as fit; `axis` is set to the range that is drawn. */
static void find_ticks(const struct cr_canvas *canvas, struct cr_ticks *ticks, struct cr_chart_axis *axis,
    const struct cr_chart_axis *asked, bool loose, struct cr_scale *scale, bool level) {
    const double length = fabs(scale->end - scale->start), room = (level ? 6.2 : 4.4) * canvas->unit;
    for (int wanted = (int)cr_clamp(1.0 + length / room, 2.0, CR_TICKS_MOST); wanted >= 2; wanted--) {
        *axis = *asked;
        cr_ticks_find(ticks, axis, wanted, loose ? CR_TICKS_COVER : CR_TICKS_INSIDE);
        if (loose)
            reach_ticks(ticks, axis);
        scale->from = axis->from;
        scale->to = axis->to;
        scale->logarithmic = axis->logarithmic;
        if (apart(canvas, ticks, scale, level, (level ? 0.7 : 0.2) * canvas->unit))
            return;
    }
    /* even two touch: only the first is written */
    for (size_t k = 1; k < ticks->count; k++)
        ticks->text[k][0] = '\0';
}

static double widest_tick(const struct cr_canvas *canvas, const struct cr_ticks *ticks) {
    const struct cr_lettering lettering = numbers(canvas);
    double width = 0.0;
    for (size_t k = 0; k < ticks->count; k++)
        width = cr_max(width, cr_canvas_measure(canvas, ticks->text[k], &lettering).width);
    return width;
}

/* The name of a category; `text` is room for a number. */
static const char *category(const struct cr_chart_axis *axis, size_t i, char text[CR_TICK_TEXT]) {
    if (axis->categories)
        return axis->categories[i];
    const double size = fabs(axis->values[i]);
    if (!(size < 1e7) || (size > 0.0 && size < 1e-4))
        return cr_ticks_brief(axis->values[i], axis->form, text, CR_TICK_TEXT);
    return cr_ticks_write(axis->values[i], cr_ticks_decimals(axis->values, axis->category_count, axis->form),
        axis->form, text, CR_TICK_TEXT);
}

static double widest_category(const struct cr_canvas *canvas, const struct cr_chart_axis *axis) {
    const struct cr_lettering lettering = numbers(canvas);
    double width = 0.0;
    char text[CR_TICK_TEXT];
    for (size_t i = 0; i < axis->category_count; i++)
        width = cr_max(width, cr_canvas_measure(canvas, category(axis, i, text), &lettering).width);
    return width;
}

/* The height that the names take if they break at the width of a slot; 0 if a word is too long for it. */
static double broken_height(const struct cr_canvas *canvas, const struct cr_chart_axis *axis, double slot) {
    struct cr_lettering lettering = numbers(canvas);
    lettering.width = slot;
    lettering.lines = 3;
    double height = 0.0;
    char text[CR_TICK_TEXT];
    for (size_t i = 0; i < axis->category_count; i++) {
        const struct cr_extent extent = cr_canvas_measure(canvas, category(axis, i, text), &lettering);
        height = cr_max(height, extent.height);
        if (pango_layout_is_ellipsized(canvas->layout) || extent.width > slot + 1.0)
            return 0.0;
    }
    return height;
}

/* Every how many categories one is named so that it gets `rooms` times the room of one. */
static size_t every(double rooms, size_t count) {
    return rooms < (double)count ? (size_t)cr_max(1.0, ceil(rooms)) : count;
}

/* Names of categories beneath the axis: level, else broken, else by turns in two rows, else slanted, else fewer. */
static void set_x_categories(struct cr_axes *axes, const struct cr_canvas *canvas) {
    const double unit = canvas->unit, room = axes->area.width / (double)axes->x.category_count;
    const double widest = widest_category(canvas, &axes->x);
    const struct cr_lettering lettering = numbers(canvas);
    const double line = cr_canvas_measure(canvas, "0", &lettering).height;
    axes->slant = axes->stagger = 0.0;
    axes->x_every = 1;
    axes->slot = room - 0.6 * unit;
    axes->numbers = line;
    if (widest <= axes->slot)
        return;
    if (axes->thin) {
        axes->x_every = every((widest + 0.6 * unit) / room, axes->x.category_count);
        axes->slot = widest + 1.0;
        return;
    }
    const double broken = axes->slot > 2.0 * unit ? broken_height(canvas, &axes->x, axes->slot) : 0.0;
    if (broken > 0.0) {
        axes->numbers = broken;
        return;
    }
    if (widest <= 2.0 * room - 0.8 * unit) {
        axes->stagger = line;
        axes->slot = widest + 1.0;
        axes->numbers = 2.0 * line;
        return;
    }
    axes->slant = slanted;
    axes->slot = cr_min(widest + 1.0, cr_max(5.0 * unit, cr_min(11.0 * unit, 0.4 * axes->outer_height)));
    axes->x_every = every(1.5 * line / room, axes->x.category_count);
    axes->numbers = (axes->slot + line) * sin(-slanted);
}

static void set_y_categories(struct cr_axes *axes, const struct cr_canvas *canvas, double outer_width) {
    const double room = axes->area.height / (double)axes->y.category_count;
    axes->y_every = every(1.25 * canvas->unit / room, axes->y.category_count);
    axes->left = cr_min(widest_category(canvas, &axes->y) + 1.0, 0.35 * outer_width);
}

static double x_place(const struct cr_axes *axes, size_t i) {
    return cr_axes_x(axes, (double)i);
}

/* How far the names beneath reach out of the data on both sides. */
static void reach_out(const struct cr_axes *axes, const struct cr_canvas *canvas, double *left, double *right) {
    struct cr_lettering lettering = numbers(canvas);
    char text[CR_TICK_TEXT];
    *left = *right = 0.0;
    if (axes->x.category_count == 0) {
        for (size_t k = 0; k < axes->x_ticks.count; k++) {
            const double half = cr_canvas_measure(canvas, axes->x_ticks.text[k], &lettering).width / 2.0;
            const double place = cr_axes_x(axes, axes->x_ticks.at[k]);
            *left = cr_max(*left, axes->area.x - place + half);
            *right = cr_max(*right, place + half - cr_rect_right(axes->area));
        }
        return;
    }
    lettering.width = axes->slot;
    for (size_t i = 0; i < axes->x.category_count; i += axes->x_every) {
        const double width = cr_canvas_measure(canvas, category(&axes->x, i, text), &lettering).width;
        const double place = x_place(axes, i);
        if (axes->slant != 0.0) {
            *left = cr_max(*left, axes->area.x - place + width * cos(axes->slant) + 0.4 * canvas->unit);
        } else {
            *left = cr_max(*left, axes->area.x - place + width / 2.0);
            *right = cr_max(*right, place + width / 2.0 - cr_rect_right(axes->area));
        }
    }
}

/* Whether the title of the x axis has a row of its own. */
static bool has_title_row(const struct cr_axes *axes) {
    return !axes->hide_x_title && !axes->low;
}

static void set_margins(struct cr_axes *axes, const struct cr_canvas *canvas) {
    const double unit = canvas->unit, tick = 0.4 * unit;
    double left = 0.0, right = 0.0;
    char text[CR_AXES_TITLE];
    if (axes->hide_x)
        axes->numbers = 0.0;
    else
        reach_out(axes, canvas, &left, &right);
    if (axes->hide_y)
        axes->left = 0.0;
    else if (axes->left > 0.0)
        axes->left += 0.5 * unit;
    axes->left = cr_max(cr_max(axes->left, left), axes->least_left);
    axes->right = right;
    axes->top = axes->above + (axes->hide_y || axes->y.category_count > 0 ? 0.0 : 0.5 * unit);
    axes->bottom = (axes->hide_x ? 0.0 : tick + axes->numbers) + axes->below;
    struct cr_lettering lettering = titles(canvas);
    lettering.width = axes->left + axes->area.width;
    if (!axes->hide_y_title && *cr_axes_title(&axes->y, text))
        axes->top += cr_canvas_measure(canvas, text, &lettering).height + 0.35 * unit;
    if (has_title_row(axes) && *cr_axes_title(&axes->x, text))
        axes->bottom += cr_canvas_measure(canvas, text, &lettering).height + 0.3 * unit;
}

void cr_axes_set(struct cr_axes *axes, const struct cr_canvas *canvas, struct cr_rect area) {
    axes->area = area;
    axes->x_scale = (struct cr_scale){0.0, 1.0, area.x, cr_rect_right(area), false};
    axes->y_scale = (struct cr_scale){0.0, 1.0, cr_rect_bottom(area), area.y, false};
    axes->x_every = axes->y_every = 1;
    axes->left = axes->slant = axes->stagger = 0.0;
    const struct cr_lettering lettering = numbers(canvas);
    axes->numbers = cr_canvas_measure(canvas, "0", &lettering).height;
    axes->x_ticks.count = axes->y_ticks.count = 0;
    if (axes->asked_y.category_count > 0) {
        axes->y = axes->asked_y;
        axes->y_scale.from = axes->y.from;
        axes->y_scale.to = axes->y.to;
        set_y_categories(axes, canvas, axes->left + area.width);
    } else {
        find_ticks(canvas, &axes->y_ticks, &axes->y, &axes->asked_y, axes->y_loose, &axes->y_scale, false);
        axes->left = widest_tick(canvas, &axes->y_ticks);
    }
    if (axes->asked_x.category_count > 0) {
        axes->x = axes->asked_x;
        axes->x_scale.from = axes->x.from;
        axes->x_scale.to = axes->x.to;
        set_x_categories(axes, canvas);
    } else {
        find_ticks(canvas, &axes->x_ticks, &axes->x, &axes->asked_x, axes->x_loose, &axes->x_scale, true);
    }
    set_margins(axes, canvas);
}

void cr_axes_fit(struct cr_axes *axes, const struct cr_canvas *canvas, struct cr_rect outer) {
    const double unit = canvas->unit;
    axes->outer_height = outer.height;
    cr_axes_set(axes, canvas, cr_rect_without(outer, 4.0 * unit, 2.0 * unit, unit, 3.0 * unit));
    /* margins hang on ticks, and ticks on what the margins leave; they settle at once or nearly so */
    for (int round = 0; round < 3; round++) {
        struct cr_rect area = cr_rect_without(outer, axes->left, axes->top, axes->right, axes->bottom);
        const double most = axes->most_aspect > 0.0 ? axes->most_aspect * area.height : area.width;
        area.width = cr_min(area.width, most);
        cr_axes_set(axes, canvas, area);
    }
}

void cr_axes_draw_grid(const struct cr_axes *axes, const struct cr_canvas *canvas) {
    const struct cr_rect area = axes->area;
    for (size_t k = 0; axes->y_grid && k < axes->y_ticks.count; k++) {
        const double y = cr_axes_y(axes, axes->y_ticks.at[k]);
        cr_canvas_hairline(canvas, area.x, y, cr_rect_right(area), y, canvas->theme->grid);
    }
    for (size_t k = 0; axes->x_grid && k < axes->x_ticks.count; k++) {
        const double x = cr_axes_x(axes, axes->x_ticks.at[k]);
        cr_canvas_hairline(canvas, x, area.y, x, cr_rect_bottom(area), canvas->theme->grid);
    }
}

/* The stretch that the title of a low chart takes among the numbers: at the end if enough of these are left, else
 * between two of them; empty for none. */
struct stretch {
    double from, to;
};

static struct stretch find_stretch(const struct cr_axes *axes, const struct cr_canvas *canvas) {
    enum { LEFT_LEAST = 3 };
    char text[CR_AXES_TITLE];
    const struct cr_lettering lettering = numbers(canvas);
    const double gap = 0.9 * canvas->unit, edge = cr_rect_right(axes->area) + axes->right;
    const double width = cr_canvas_measure(canvas, cr_axes_title(&axes->x, text), &lettering).width;
    struct stretch between = {0.0, 0.0};
    if (!axes->low || axes->hide_x || axes->hide_x_title || axes->x.category_count > 0 || !(width > 0.0))
        return between;
    int left = 0;
    double end = INFINITY;
    for (size_t k = 0; k < axes->x_ticks.count; k++) {
        const double half = cr_canvas_measure(canvas, axes->x_ticks.text[k], &lettering).width / 2.0;
        const double place = cr_axes_x(axes, axes->x_ticks.at[k]);
        if (place - half - end >= width + 2.0 * gap) {
            between.from = (end + place - half - width) / 2.0;
            between.to = between.from + width;
        }
        end = place + half;
        left += end <= edge - width - gap;
    }
    return left >= LEFT_LEAST || !(between.to > 0.0) ? (struct stretch){edge - width, edge} : between;
}

static void draw_x_names(const struct cr_axes *axes, const struct cr_canvas *canvas) {
    struct cr_lettering lettering = numbers(canvas);
    const double top = cr_rect_bottom(axes->area) + 0.4 * canvas->unit;
    const double tick = 0.28 * canvas->unit;
    const struct stretch taken = find_stretch(axes, canvas);
    char text[CR_TICK_TEXT], title[CR_AXES_TITLE];
    if (taken.to > taken.from)
        cr_canvas_write(canvas, cr_axes_title(&axes->x, title), &lettering, taken.from, top);
    lettering.across = 0.5;
    for (size_t k = 0; k < axes->x_ticks.count; k++) {
        const double x = cr_axes_x(axes, axes->x_ticks.at[k]);
        const double half = cr_canvas_measure(canvas, axes->x_ticks.text[k], &lettering).width / 2.0;
        const double bottom = cr_rect_bottom(axes->area), gap = taken.to > taken.from ? 0.6 * canvas->unit : 0.0;
        cr_canvas_hairline(canvas, x, bottom, x, bottom + tick, canvas->theme->axis);
        if (x + half + gap <= taken.from || x - half - gap >= taken.to)
            cr_canvas_write(canvas, axes->x_ticks.text[k], &lettering, x, top);
    }
    lettering.width = axes->slot;
    lettering.lines = axes->slant != 0.0 || axes->stagger > 0.0 ? 1 : 3;
    if (axes->slant != 0.0) {
        lettering.across = 1.0;
        lettering.down = 0.5;
        lettering.angle = axes->slant;
    }
    for (size_t i = 0; i < axes->x.category_count; i += axes->x_every)
        cr_canvas_write(canvas, category(&axes->x, i, text), &lettering,
            x_place(axes, i) + (axes->slant != 0.0 ? 0.3 * canvas->unit : 0.0),
            top + (axes->slant != 0.0 ? 0.3 * canvas->unit : 0.0) + (i % 2 == 1 ? axes->stagger : 0.0));
}

static void draw_y_names(const struct cr_axes *axes, const struct cr_canvas *canvas) {
    struct cr_lettering lettering = numbers(canvas);
    const double right = axes->area.x - 0.5 * canvas->unit;
    char text[CR_TICK_TEXT];
    lettering.across = 1.0;
    lettering.down = 0.5;
    for (size_t k = 0; k < axes->y_ticks.count; k++)
        cr_canvas_write(canvas, axes->y_ticks.text[k], &lettering, right, cr_axes_y(axes, axes->y_ticks.at[k]));
    lettering.width = axes->left - 0.5 * canvas->unit;
    for (size_t i = 0; i < axes->y.category_count; i += axes->y_every)
        cr_canvas_write(canvas, category(&axes->y, i, text), &lettering, right, cr_axes_y(axes, (double)i));
}

static void draw_lines(const struct cr_axes *axes, const struct cr_canvas *canvas) {
    const struct cr_rect area = axes->area;
    const struct cr_colour colour = canvas->theme->axis;
    const double right = cr_rect_right(area), bottom = cr_rect_bottom(area);
    if (axes->bare)
        return;
    cr_canvas_hairline(canvas, area.x, bottom, right, bottom, colour);
    if (axes->box) {
        cr_canvas_hairline(canvas, area.x, area.y, right, area.y, colour);
        cr_canvas_hairline(canvas, area.x, area.y, area.x, bottom, colour);
        cr_canvas_hairline(canvas, right, area.y, right, bottom, colour);
    } else if (!axes->y.logarithmic && axes->y.from < 0.0 && axes->y.to >= 0.0) {
        const double zero = cr_axes_y(axes, 0.0);
        cr_canvas_hairline(canvas, area.x, zero, right, zero, colour);
    }
}

void cr_axes_draw(const struct cr_axes *axes, const struct cr_canvas *canvas) {
    char text[CR_AXES_TITLE];
    struct cr_lettering lettering = titles(canvas);
    draw_lines(axes, canvas);
    if (!axes->hide_x)
        draw_x_names(axes, canvas);
    if (!axes->hide_y)
        draw_y_names(axes, canvas);
    lettering.width = axes->left + axes->area.width;
    if (!axes->hide_y_title)
        cr_canvas_write(
            canvas, cr_axes_title(&axes->y, text), &lettering, axes->area.x - axes->left, axes->area.y - axes->top);
    if (!has_title_row(axes))
        return;
    lettering.across = 0.5;
    lettering.down = 1.0;
    lettering.width = axes->area.width + axes->left + axes->right;
    cr_canvas_write(canvas, cr_axes_title(&axes->x, text), &lettering, axes->area.x + axes->area.width / 2.0,
        cr_rect_bottom(axes->area) + axes->bottom - axes->below);
}
