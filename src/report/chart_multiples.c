#include <math.h>

#include "base/numeric.h"
#include "report/frame.h"

/* How the grid is laid out. */
struct grid {
    size_t columns, rows;
    double left, bottom, title; /* room for numbers and titles of panels */
    double gap_x, gap_y;
    bool low;             /* the titles of the x axes stand among their numbers */
    double width, height; /* of a panel's data */
    struct cr_rect rect;
};

static const struct cr_chart_multiples *multiples_of(const struct cr_chart *chart) {
    return &chart->of.multiples;
}

static int check(const struct cr_chart *chart, struct cr_error *error) {
    const struct cr_chart_multiples *multiples = multiples_of(chart);
    if (multiples->count > 0 && !multiples->panels)
        return cr_error_set(
            error, CR_ERROR_USAGE, "small multiples were told of %zu panels, but not which", multiples->count);
    for (size_t i = 0; i < multiples->count; i++) {
        if (multiples->panels[i].kind == CR_CHART_MULTIPLES)
            return cr_error_set(
                error, CR_ERROR_USAGE, "panel %zu of small multiples cannot be multiples itself", i + 1);
        const int code = cr_kind_check(&multiples->panels[i], error);
        if (code)
            return code;
    }
    return 0;
}

/* Whether all panels are of one kind with axes, which they can share. */
static bool alike(const struct cr_chart_multiples *multiples) {
    for (size_t i = 0; i < multiples->count; i++)
        if (multiples->panels[i].kind != multiples->panels[0].kind)
            return false;
    return multiples->count > 0 && cr_kind_of(&multiples->panels[0])->axes != NULL;
}

static void name(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_legend *legend) {
    const struct cr_chart_multiples *multiples = multiples_of(chart);
    for (size_t i = 0; alike(multiples) && i < multiples->count; i++)
        if (cr_kind_of(&multiples->panels[i])->name)
            cr_kind_of(&multiples->panels[i])->name(&multiples->panels[i], theme, legend);
}

static void choose_columns(const struct cr_chart_multiples *multiples, struct cr_rect rect, struct grid *grid) {
    double best = INFINITY;
    const double wish = 1.45; /* width by height of a cell */
    grid->columns = multiples->columns ? multiples->columns : 1;
    for (size_t columns = 1; !multiples->columns && columns <= multiples->count; columns++) {
        const size_t rows = (multiples->count + columns - 1) / columns;
        const double aspect = rect.width / (double)columns / (rect.height / (double)rows);
        const double empty = (double)(rows * columns - multiples->count) / (double)(rows * columns);
        const double loss = fabs(log(aspect / wish)) + 0.8 * empty;
        if (loss < best) {
            best = loss;
            grid->columns = columns;
        }
    }
    grid->rows = (multiples->count + grid->columns - 1) / grid->columns;
}

static void join(struct cr_chart_axis *all, const struct cr_chart_axis *one, bool first) {
    all->from = first ? one->from : cr_min(all->from, one->from);
    all->to = first ? one->to : cr_max(all->to, one->to);
}

/* The common range of all panels that have data; false if none has. */
static bool share_axes(const struct cr_chart_multiples *multiples, struct cr_axes *shared) {
    bool any = false;
    (void)cr_kind_of(&multiples->panels[0])->axes(&multiples->panels[0], shared);
    for (size_t i = 0; i < multiples->count; i++) {
        struct cr_axes axes;
        if (!cr_kind_of(&multiples->panels[i])->axes(&multiples->panels[i], &axes))
            continue;
        if (axes.asked_x.category_count == 0)
            join(&shared->asked_x, &axes.asked_x, !any);
        if (axes.asked_y.category_count == 0)
            join(&shared->asked_y, &axes.asked_y, !any);
        any = true;
    }
    return any;
}

/* Heat maps share the range of their colours, too. */
static struct cr_chart with_shared_colours(const struct cr_chart_multiples *multiples, size_t i) {
    struct cr_chart panel = multiples->panels[i];
    struct cr_range range = {0};
    if (panel.kind != CR_CHART_HEAT_MAP || panel.of.heat_map.value.from < panel.of.heat_map.value.to)
        return panel;
    for (size_t k = 0; k < multiples->count; k++) {
        const struct cr_chart_heat_map *map = &multiples->panels[k].of.heat_map;
        cr_range_add(&range, &map->value, map->values, map->columns * map->rows);
    }
    struct cr_chart_heat_map *map = &panel.of.heat_map;
    if (!cr_chart_axis_close(&map->value, range)) {
        map->value.from = map->value.to = 0.0;
    } else if (map->diverging) {
        const double reach = cr_max(fabs(map->value.to - map->middle), fabs(map->middle - map->value.from));
        map->value.from = map->middle - reach;
        map->value.to = map->middle + reach;
    }
    return panel;
}

static const struct cr_kind *strip_kind(const struct cr_chart_multiples *multiples) {
    return alike(multiples) ? cr_kind_of(&multiples->panels[0]) : NULL;
}

static double strip_height(const struct cr_chart *chart, const struct cr_canvas *canvas, double width) {
    const struct cr_chart_multiples *multiples = multiples_of(chart);
    const struct cr_kind *kind = strip_kind(multiples);
    if (kind && kind->strip_height) {
        const struct cr_chart panel = with_shared_colours(multiples, 0);
        return kind->strip_height(&panel, canvas, width);
    }
    struct cr_legend legend = {.count = 0};
    name(chart, canvas->theme, &legend);
    return legend.count > 1 ? cr_legend_height(&legend, canvas, width) : 0.0;
}

static void draw_strip(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect strip) {
    const struct cr_chart_multiples *multiples = multiples_of(chart);
    const struct cr_kind *kind = strip_kind(multiples);
    if (kind && kind->draw_strip) {
        const struct cr_chart panel = with_shared_colours(multiples, 0);
        kind->draw_strip(&panel, canvas, strip);
        return;
    }
    struct cr_legend legend = {.count = 0};
    name(chart, canvas->theme, &legend);
    if (legend.count > 1)
        (void)cr_legend_draw(&legend, canvas, strip);
}

static struct cr_lettering panel_title(const struct cr_canvas *canvas, double width) {
    return (struct cr_lettering){.size = 1.0, .bold = true, .colour = canvas->theme->ink, .down = 1.0, .width = width};
}

/* Whether there is so little height that the data need every row. */
static bool is_low(const struct cr_canvas *canvas, struct cr_rect rect) {
    return rect.height < 15.0 * canvas->unit;
}

static struct grid lay_out(const struct cr_chart_multiples *multiples, const struct cr_canvas *canvas,
    struct cr_rect rect, const struct cr_axes *shared) {
    const double unit = canvas->unit;
    struct grid grid = {.rect = rect};
    struct cr_axes probe = *shared;
    choose_columns(multiples, rect, &grid);
    for (size_t i = 0; i < multiples->count; i++)
        if (multiples->panels[i].title)
            grid.title = 1.6 * unit;
    grid.width = rect.width / (double)grid.columns;
    grid.height = rect.height / (double)grid.rows;
    probe.hide_x_title = probe.hide_y_title = true;
    probe.least_left = probe.below = probe.above = 0.0;
    for (int round = 0; round < 3; round++) {
        const struct cr_rect area = {0.0, 0.0, cr_max(grid.width, unit), cr_max(grid.height, unit)};
        cr_axes_set(&probe, canvas, area);
        grid.left = probe.left;
        grid.bottom = probe.bottom;
        grid.gap_x = cr_max(1.3 * unit, 2.0 * probe.right + 0.6 * unit) + (multiples->own_y ? grid.left : 0.0);
        grid.gap_y = 0.9 * unit + (multiples->own_x ? grid.bottom : 0.0);
        grid.width =
            (rect.width - grid.left - probe.right - grid.gap_x * (double)(grid.columns - 1)) / (double)grid.columns;
        grid.height =
            (rect.height - grid.bottom - grid.gap_y * (double)(grid.rows - 1)) / (double)grid.rows - grid.title;
    }
    grid.width = cr_max(grid.width, 1.0);
    grid.height = cr_max(grid.height, 1.0);
    return grid;
}

/* Keeps where the data of a panel came to stand, which has its place even if others have none. */
static void place(struct cr_placement *placement, size_t i, const struct cr_plot *plot) {
    if (i >= CR_PLOTS_MOST)
        return;
    placement->plots[i] = *plot;
    placement->plot_count = i + 1;
}

static int draw_panel(const struct cr_chart_multiples *multiples, const struct cr_canvas *canvas,
    const struct grid *grid, const struct cr_axes *shared, size_t i, struct cr_placement *placement,
    struct cr_error *error) {
    const size_t column = i % grid->columns, row = i / grid->columns;
    const struct cr_rect area = {grid->rect.x + grid->left + (double)column * (grid->width + grid->gap_x),
        grid->rect.y + grid->title + (double)row * (grid->height + grid->gap_y + grid->title), grid->width,
        grid->height};
    const struct cr_chart panel = with_shared_colours(multiples, i);
    struct cr_lettering lettering = panel_title(canvas, grid->width);
    struct cr_axes axes;
    const bool any = cr_kind_of(&panel)->axes(&panel, &axes);
    if (!multiples->own_x && axes.asked_x.category_count == 0) {
        axes.asked_x.from = shared->asked_x.from;
        axes.asked_x.to = shared->asked_x.to;
    }
    if (!multiples->own_y && axes.asked_y.category_count == 0) {
        axes.asked_y.from = shared->asked_y.from;
        axes.asked_y.to = shared->asked_y.to;
    }
    axes.hide_x = !multiples->own_x && i + grid->columns < multiples->count;
    axes.hide_y = !multiples->own_y && column > 0;
    axes.low = grid->low;
    axes.hide_x_title = !axes.low;
    axes.hide_y_title = true;
    axes.above = 0.0;
    cr_axes_set(&axes, canvas, area);
    (void)cr_canvas_shrink(canvas, panel.title, &lettering, 0.85);
    cr_canvas_write(canvas, panel.title, &lettering, area.x, area.y - 0.35 * canvas->unit);
    place(placement, i, any ? &(struct cr_plot){axes.area, axes.x_scale, axes.y_scale} : &(struct cr_plot){0});
    if (any)
        return cr_frame_draw_data(&panel, canvas, &axes, error);
    cr_axes_draw(&axes, canvas);
    cr_kind_say_no_data(&panel, canvas, area);
    return 0;
}

static int draw_alike(const struct cr_chart_multiples *multiples, const struct cr_canvas *canvas, struct cr_rect rect,
    struct cr_placement *placement, struct cr_error *error) {
    struct cr_axes shared;
    char x_title[CR_AXES_TITLE], y_title[CR_AXES_TITLE];
    struct cr_lettering lettering = {.size = 0.92, .colour = canvas->theme->soft_ink, .width = rect.width};
    (void)share_axes(multiples, &shared);
    (void)cr_axes_title(&shared.asked_x, x_title);
    (void)cr_axes_title(&shared.asked_y, y_title);
    if (*y_title) {
        cr_canvas_write(canvas, y_title, &lettering, rect.x, rect.y);
        rect = cr_rect_without(rect, 0.0, 1.7 * canvas->unit, 0.0, 0.0);
    }
    const bool low = is_low(canvas, rect), titled = *x_title && !low;
    if (titled)
        rect = cr_rect_without(rect, 0.0, 0.0, 0.0, 1.5 * canvas->unit);
    struct grid grid = lay_out(multiples, canvas, rect, &shared);
    grid.low = low;
    if (titled) {
        lettering.across = 0.5;
        cr_canvas_write(canvas, x_title, &lettering, (rect.x + grid.left + cr_rect_right(rect)) / 2.0,
            cr_rect_bottom(rect) + 0.2 * canvas->unit);
    }
    placement->area = cr_rect_without(rect, grid.left, 0.0, 0.0, grid.bottom);
    for (size_t i = 0; i < multiples->count; i++) {
        const int code = draw_panel(multiples, canvas, &grid, &shared, i, placement, error);
        if (code)
            return code;
    }
    return 0;
}

/* Charts that have nothing in common stand side by side. */
static int draw_unlike(const struct cr_chart_multiples *multiples, const struct cr_canvas *canvas, struct cr_rect rect,
    struct cr_placement *placement, struct cr_error *error) {
    struct grid grid = {.rect = rect};
    struct cr_canvas smaller = *canvas;
    smaller.unit = cr_min(canvas->unit, cr_max(9.0, 0.85 * canvas->unit));
    choose_columns(multiples, rect, &grid);
    const double gap = 1.4 * canvas->unit;
    const double width = (rect.width - gap * (double)(grid.columns - 1)) / (double)grid.columns;
    const double height = (rect.height - gap * (double)(grid.rows - 1)) / (double)grid.rows;
    for (size_t i = 0; i < multiples->count; i++) {
        struct cr_chart panel = multiples->panels[i];
        struct cr_placement own = {0};
        panel.subtitle = panel.note = NULL;
        const size_t column = i % grid.columns, row = i / grid.columns;
        const struct cr_rect cell = {rect.x + (double)column * (width + gap), rect.y + (double)row * (height + gap),
            cr_max(width, 1.0), cr_max(height, 1.0)};
        const int code = cr_frame_draw(&panel, &smaller, cell, true, &own, error);
        place(placement, i, &own.plots[0]);
        if (code)
            return code;
    }
    placement->area = rect;
    return 0;
}

static int draw_whole(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect rect,
    struct cr_placement *placement, struct cr_error *error) {
    const struct cr_chart_multiples *multiples = multiples_of(chart);
    placement->area = rect;
    if (multiples->count == 0) {
        cr_kind_say_no_data(chart, canvas, rect);
        return 0;
    }
    if (alike(multiples))
        return draw_alike(multiples, canvas, rect, placement, error);
    return draw_unlike(multiples, canvas, rect, placement, error);
}

static double height(const struct cr_chart *chart, double unit, double width) {
    const struct cr_chart_multiples *multiples = multiples_of(chart);
    const size_t columns =
        multiples->columns ? multiples->columns : (size_t)cr_clamp(floor(width / (20.0 * unit)), 1.0, 4.0);
    const size_t rows = (multiples->count + columns - 1) / columns;
    return (double)(rows ? rows : 1) * (width / (double)columns / 1.35) + 3.0 * unit;
}

const struct cr_kind cr_kind_multiples = {
    .noun = "Small multiples",
    .check = check,
    .name = name,
    .strip_height = strip_height,
    .draw_strip = draw_strip,
    .draw_whole = draw_whole,
    .height = height,
};
