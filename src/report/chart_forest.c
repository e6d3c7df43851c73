#include <math.h>

#include "base/numeric.h"
#include "base/text.h"
#include "report/kind.h"

static const struct cr_chart_forest *forest_of(const struct cr_chart *chart) {
    return &chart->of.forest;
}

/* Where the columns stand, and the rows. */
struct layout {
    double label_width;
    double column_x[CR_FOREST_COLUMNS], column_width[CR_FOREST_COLUMNS]; /* 0: not drawn */
    double row_height, letters;                                          /* the size of letters */
    double header;                                                       /* its height */
    size_t rows, left_out;                                               /* lines that are drawn, rows that are not */
    struct cr_rect plot;
};

static int check(const struct cr_chart *chart, struct cr_error *error) {
    const struct cr_chart_forest *forest = forest_of(chart);
    if (forest->row_count > 0 && !forest->rows)
        return cr_error_set(error, CR_ERROR_USAGE, "a forest was told of %zu rows, but not which", forest->row_count);
    if (forest->x.category_count > 0)
        return cr_error_set(error, CR_ERROR_USAGE, "the axis of a forest must show numbers");
    return cr_kind_check_axis(&forest->x, "x", error);
}

static size_t lines_in(const struct cr_chart_forest *forest) {
    size_t lines = forest->row_count;
    for (size_t i = 0; i < forest->row_count; i++)
        lines += forest->rows[i].heading != NULL;
    return lines;
}

static bool close_axis(const struct cr_chart_forest *forest, struct cr_chart_axis *x) {
    struct cr_range range = {0};
    *x = forest->x;
    for (size_t i = 0; i < forest->row_count; i++) {
        const struct cr_forest_row *row = &forest->rows[i];
        const double values[] = {row->estimate, row->low, row->high, row->wide_low, row->wide_high};
        cr_range_add(&range, x, values, 5);
    }
    x->with_zero = true;
    return cr_chart_axis_close(x, range) && range.any;
}

static struct cr_lettering letters(const struct cr_canvas *canvas, const struct layout *layout) {
    return (struct cr_lettering){.size = layout->letters, .colour = canvas->theme->ink, .down = 0.5};
}

static bool has_column(const struct cr_chart_forest *forest, int k) {
    return forest->column_titles[k] != NULL;
}

static double column_width(
    const struct cr_chart_forest *forest, const struct cr_canvas *canvas, const struct layout *layout, int k) {
    const struct cr_lettering lettering = letters(canvas, layout);
    double width = cr_canvas_measure(canvas, forest->column_titles[k], &lettering).width;
    for (size_t i = 0; i < forest->row_count; i++)
        width = cr_max(width, cr_canvas_measure(canvas, forest->rows[i].columns[k], &lettering).width);
    return width;
}

static double label_width(
    const struct cr_chart_forest *forest, const struct cr_canvas *canvas, const struct layout *layout) {
    struct cr_lettering lettering = letters(canvas, layout);
    double width = 0.0;
    for (size_t i = 0; i < forest->row_count; i++)
        width = cr_max(width, cr_canvas_measure(canvas, forest->rows[i].label, &lettering).width);
    lettering.bold = true;
    for (size_t i = 0; i < forest->row_count; i++)
        width = cr_max(width, cr_canvas_measure(canvas, forest->rows[i].heading, &lettering).width - canvas->unit);
    return width + 1.6 * canvas->unit; /* rows are set in under their heading */
}

/* Rows that are too many for the height first move together, then their letters shrink, then the last are left out. */
static void set_rows(
    const struct cr_chart_forest *forest, const struct cr_canvas *canvas, double height, struct layout *layout) {
    const double unit = canvas->unit, smallest = cr_min(1.0, cr_max(0.7, 8.0 / unit));
    const size_t lines = lines_in(forest);
    layout->row_height = cr_min(2.5 * unit, height / (double)lines);
    layout->letters = cr_clamp(layout->row_height / (1.3 * unit), smallest, 1.0) * 0.98;
    layout->row_height = cr_max(layout->row_height, 1.25 * smallest * unit);
    layout->rows = lines;
    layout->left_out = 0;
    const size_t room = (size_t)cr_max(1.0, floor(height / layout->row_height + 1e-6));
    if (room >= lines)
        return;
    layout->rows = room > 1 ? room - 1 : 1; /* the last line tells how many are missing */
    size_t line = 0, shown = 0;
    for (; shown < forest->row_count; shown++) {
        line += forest->rows[shown].heading ? 2 : 1;
        if (line > layout->rows)
            break;
    }
    layout->left_out = forest->row_count - shown;
}

static void set_columns(
    const struct cr_chart_forest *forest, const struct cr_canvas *canvas, struct cr_rect rect, struct layout *layout) {
    const double gap = 1.4 * canvas->unit;
    layout->label_width = cr_min(label_width(forest, canvas, layout), 0.42 * rect.width);
    double right = cr_rect_right(rect), used = layout->label_width;
    double widths[CR_FOREST_COLUMNS] = {0.0};
    for (int k = 0; k < CR_FOREST_COLUMNS; k++) {
        if (!has_column(forest, k))
            continue;
        widths[k] = column_width(forest, canvas, layout, k);
        used += widths[k] + gap;
        if (rect.width - used < cr_max(0.3 * rect.width, 9.0 * canvas->unit)) {
            widths[k] = 0.0; /* this column and all after it */
            break;
        }
    }
    for (int k = CR_FOREST_COLUMNS - 1; k >= 0; k--) {
        layout->column_width[k] = widths[k];
        layout->column_x[k] = right - widths[k];
        if (widths[k] > 0.0)
            right -= widths[k] + gap;
    }
    layout->plot =
        (struct cr_rect){rect.x + layout->label_width, rect.y, right - rect.x - layout->label_width, rect.height};
}

static void draw_interval(
    const struct cr_canvas *canvas, const struct cr_axes *axes, double low, double high, double y, double width) {
    const struct cr_rect area = axes->area;
    if (!cr_chart_axis_takes(&axes->x, low) || !cr_chart_axis_takes(&axes->x, high))
        return;
    const double left = cr_axes_x(axes, low), right = cr_axes_x(axes, high);
    const double from = cr_clamp(left, area.x, cr_rect_right(area)), to = cr_clamp(right, area.x, cr_rect_right(area));
    cairo_t *cairo = canvas->cairo;
    cairo_set_line_width(cairo, width);
    cairo_move_to(cairo, from, y);
    cairo_line_to(cairo, to, y);
    cairo_stroke(cairo);
    const double head = 0.35 * canvas->unit;
    for (int side = 0; side < 2; side++) { /* an arrow where the interval goes on beyond the axis */
        const double tip = side ? to : from, towards = side ? -head : head;
        if (side ? right <= cr_rect_right(area) + 0.5 : left >= area.x - 0.5)
            continue;
        cairo_move_to(cairo, tip, y);
        cairo_line_to(cairo, tip + towards, y - 0.7 * head);
        cairo_line_to(cairo, tip + towards, y + 0.7 * head);
        cairo_close_path(cairo);
        cairo_fill(cairo);
    }
}

static void draw_estimate(const struct cr_canvas *canvas, const struct cr_axes *axes, const struct cr_forest_row *row,
    double y, double letters_size) {
    struct cr_mark mark = cr_theme_mark(canvas->theme, row->meaning, 1);
    mark.marker = CR_MARKER_SQUARE;
    if (!row->clear && row->meaning == CR_MEANING_BY_PLACE)
        mark.colour = canvas->theme->colours[CR_MEANING_NEUTRAL];
    cr_canvas_set_colour(canvas, mark.colour);
    draw_interval(canvas, axes, row->wide_low, row->wide_high, y, 0.08 * canvas->unit);
    draw_interval(canvas, axes, row->low, row->high, y, 0.2 * canvas->unit);
    const double x = cr_axes_x(axes, row->estimate);
    if (cr_chart_axis_takes(&axes->x, row->estimate) && row->estimate >= axes->x.from && row->estimate <= axes->x.to)
        cr_canvas_marker(canvas, x, y, 0.72 * letters_size * canvas->unit, &mark, !row->clear);
}

static void draw_row(const struct cr_chart_forest *forest, const struct cr_canvas *canvas, const struct layout *layout,
    const struct cr_axes *axes, const struct cr_forest_row *row, double left, double y) {
    struct cr_lettering lettering = letters(canvas, layout);
    bool headed = false;
    for (size_t i = 0; i < forest->row_count; i++)
        headed = headed || forest->rows[i].heading;
    const double indent = headed ? canvas->unit : 0.0;
    lettering.width = layout->label_width - indent - 0.6 * canvas->unit;
    cr_canvas_write(canvas, row->label, &lettering, left + indent, y);
    if (cr_chart_axis_takes(&axes->x, row->estimate)) {
        draw_estimate(canvas, axes, row, y, layout->letters);
    } else {
        struct cr_lettering soft = letters(canvas, layout);
        soft.colour = canvas->theme->soft_ink;
        const double zero = cr_clamp(cr_axes_x(axes, 0.0), axes->area.x, cr_rect_right(axes->area));
        soft.width = cr_rect_right(axes->area) - zero - 0.5 * canvas->unit;
        cr_canvas_write(canvas, "cannot be told", &soft, zero + 0.5 * canvas->unit, y);
    }
    lettering.width = 0.0;
    lettering.across = 1.0;
    lettering.colour = row->clear ? canvas->theme->ink : canvas->theme->soft_ink;
    for (int k = 0; k < CR_FOREST_COLUMNS; k++)
        if (layout->column_width[k] > 0.0)
            cr_canvas_write(canvas, row->columns[k], &lettering, layout->column_x[k] + layout->column_width[k], y);
}

/* What lies on one side of zero, broken into two lines if it must be. */
static struct cr_lettering side_letters(
    const struct cr_canvas *canvas, const struct layout *layout, const struct cr_axes *axes, bool higher) {
    struct cr_lettering lettering = letters(canvas, layout);
    const double zero = cr_clamp(cr_axes_x(axes, 0.0), axes->area.x, cr_rect_right(axes->area));
    lettering.colour = canvas->theme->soft_ink;
    lettering.across = higher ? 0.0 : 1.0;
    lettering.down = 1.0;
    lettering.lines = 2;
    lettering.width = (higher ? cr_rect_right(layout->plot) - zero : zero - layout->plot.x) - 0.5 * canvas->unit;
    return lettering;
}

static const char *side_text(const struct cr_chart_forest *forest, bool higher, char *text, size_t size) {
    if (higher)
        return forest->higher ? cr_text_format(text, size, "%s \u2192", forest->higher) : NULL;
    return forest->lower ? cr_text_format(text, size, "\u2190 %s", forest->lower) : NULL;
}

static void draw_header(const struct cr_chart_forest *forest, const struct cr_canvas *canvas,
    const struct layout *layout, const struct cr_axes *axes) {
    struct cr_lettering lettering = letters(canvas, layout);
    char text[128];
    lettering.colour = canvas->theme->soft_ink;
    lettering.across = lettering.down = 1.0;
    const double y = axes->area.y - 0.35 * canvas->unit;
    for (int k = 0; k < CR_FOREST_COLUMNS; k++)
        if (layout->column_width[k] > 0.0)
            cr_canvas_write(
                canvas, forest->column_titles[k], &lettering, layout->column_x[k] + layout->column_width[k], y);
    const double zero = cr_clamp(cr_axes_x(axes, 0.0), axes->area.x, cr_rect_right(axes->area));
    for (int higher = 0; higher < 2; higher++) {
        const struct cr_lettering side = side_letters(canvas, layout, axes, higher);
        if (side.width > 3.0 * canvas->unit)
            cr_canvas_write(canvas, side_text(forest, higher, text, sizeof text), &side,
                zero + (higher ? 0.5 : -0.5) * canvas->unit, y);
    }
}

static void draw_rows(const struct cr_chart_forest *forest, const struct cr_canvas *canvas, const struct layout *layout,
    const struct cr_axes *axes, double left) {
    double y = axes->area.y + layout->row_height / 2.0;
    const size_t shown = forest->row_count - layout->left_out;
    struct cr_lettering bold = letters(canvas, layout);
    bold.bold = true;
    bold.width = layout->label_width;
    for (size_t i = 0; i < shown; i++) {
        if (forest->rows[i].heading) {
            cr_canvas_write(canvas, forest->rows[i].heading, &bold, left, y);
            y += layout->row_height;
        }
        draw_row(forest, canvas, layout, axes, &forest->rows[i], left, y);
        y += layout->row_height;
    }
    if (layout->left_out == 0)
        return;
    char text[64];
    struct cr_lettering soft = letters(canvas, layout);
    soft.colour = canvas->theme->soft_ink;
    cr_canvas_write(canvas, cr_text_format(text, sizeof text, "and %zu more rows", layout->left_out), &soft, left, y);
}

/* The header has as many lines as the longer side of zero needs; without axes one is assumed. */
static double header_height(const struct cr_chart_forest *forest, const struct cr_canvas *canvas,
    const struct layout *layout, const struct cr_axes *axes) {
    char text[128];
    double height = 0.0;
    for (int higher = 0; higher < 2; higher++) {
        const struct cr_lettering side = side_letters(canvas, layout, axes, higher);
        if (side.width > 3.0 * canvas->unit)
            height =
                cr_max(height, cr_canvas_measure(canvas, side_text(forest, higher, text, sizeof text), &side).height);
    }
    for (int k = 0; k < CR_FOREST_COLUMNS; k++)
        if (layout->column_width[k] > 0.0)
            height = cr_max(height, 1.2 * canvas->unit);
    return height > 0.0 ? height + 0.6 * canvas->unit : 0.3 * canvas->unit;
}

static int draw_whole(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect rect,
    struct cr_placement *placement, struct cr_error *error) {
    (void)error;
    const struct cr_chart_forest *forest = forest_of(chart);
    struct cr_axes axes = {.x_grid = true, .hide_y = true, .hide_y_title = true};
    placement->area = rect;
    const bool any = close_axis(forest, &axes.asked_x);
    if (forest->row_count == 0) {
        cr_kind_say_no_data(chart, canvas, rect);
        return 0;
    }
    axes.asked_y = (struct cr_chart_axis){.from = 0.0, .to = 1.0};
    axes.x_loose = !(forest->x.from < forest->x.to) && any;
    struct layout layout = {.letters = 1.0};
    set_columns(forest, canvas, rect, &layout);
    cr_axes_set(&axes, canvas, cr_rect_without(layout.plot, 0.0, 0.0, 0.0, 3.0 * canvas->unit));
    layout.header = header_height(forest, canvas, &layout, &axes);
    set_rows(forest, canvas, rect.height - layout.header - axes.bottom, &layout);
    set_columns(forest, canvas, rect, &layout);
    const double inset = 0.6 * canvas->unit;
    cr_axes_set(&axes, canvas,
        (struct cr_rect){layout.plot.x + inset, rect.y + layout.header, cr_max(layout.plot.width - 2.0 * inset, 1.0),
            layout.row_height * (double)(layout.rows + (layout.left_out > 0))});
    placement->area = axes.area;
    placement->x = axes.x_scale;
    cr_axes_draw_grid(&axes, canvas);
    const double zero = cr_axes_x(&axes, 0.0);
    if (zero >= axes.area.x && zero <= cr_rect_right(axes.area))
        cr_canvas_hairline(
            canvas, zero, axes.area.y - 0.3 * canvas->unit, zero, cr_rect_bottom(axes.area), canvas->theme->ink);
    draw_rows(forest, canvas, &layout, &axes, rect.x);
    draw_header(forest, canvas, &layout, &axes);
    cr_axes_draw(&axes, canvas);
    return 0;
}

static double height(const struct cr_chart *chart, double unit, double width) {
    const struct cr_chart_forest *forest = forest_of(chart);
    (void)width;
    return 1.9 * unit * (double)lines_in(forest) + 6.0 * unit;
}

const struct cr_kind cr_kind_forest = {
    .noun = "Forest of differences",
    .check = check,
    .draw_whole = draw_whole,
    .height = height,
};
