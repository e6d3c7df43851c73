#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "report/kind.h"

enum { CATEGORIES = CR_FLOW_CATEGORIES, STAGES = CR_FLOW_STAGES };

/* Sums of flows: between neighbouring stages, and at each stage; the second number of each is of the picked ones. */
struct sums {
    double between[STAGES][CATEGORIES][CATEGORIES][2]; /* from stage s to stage s + 1 */
    double at[STAGES][CATEGORIES][2];
    double total, picked;
};

/* Where things stand: the nodes of each stage, and how high a weight of 1 is. */
struct layout {
    struct cr_rect rect, area; /* all, and what the strands cross */
    double node_width, scale;
    double x[STAGES];
    double top[STAGES][CATEGORIES];
};

static const struct cr_chart_flows *flows_of(const struct cr_chart *chart) {
    return &chart->of.flows;
}

static int check_flow(const struct cr_chart_flows *flows, size_t i, struct cr_error *error) {
    for (size_t s = 0; s < flows->stage_count; s++) {
        const int category = flows->flows[i].category[s];
        if (category < 0 || (size_t)category >= flows->stages[s].count)
            return cr_error_set(error, CR_ERROR_USAGE,
                "flow %zu of a chart passes category %d of stage %zu, which has only %zu", i + 1, category, s + 1,
                flows->stages[s].count);
    }
    return 0;
}

static int check(const struct cr_chart *chart, struct cr_error *error) {
    const struct cr_chart_flows *flows = flows_of(chart);
    if (flows->stage_count < 2 || flows->stage_count > STAGES || !flows->stages)
        return cr_error_set(
            error, CR_ERROR_USAGE, "a chart of flows has 2 to %d stages, not %zu", STAGES, flows->stage_count);
    for (size_t s = 0; s < flows->stage_count; s++)
        if (flows->stages[s].count == 0 || flows->stages[s].count > CATEGORIES || !flows->stages[s].categories)
            return cr_error_set(error, CR_ERROR_USAGE, "stage %zu of a chart of flows has %zu categories, not 1 to %d",
                s + 1, flows->stages[s].count, CATEGORIES);
    if (flows->flow_count > 0 && !flows->flows)
        return cr_error_set(error, CR_ERROR_USAGE, "a chart was told of %zu flows, but not which", flows->flow_count);
    for (size_t i = 0; i < flows->flow_count; i++) {
        const int code = check_flow(flows, i, error);
        if (code)
            return code;
    }
    return 0;
}

static void add_up(const struct cr_chart_flows *flows, struct sums *sums) {
    memset(sums, 0, sizeof *sums);
    for (size_t i = 0; i < flows->flow_count; i++) {
        const struct cr_flow *flow = &flows->flows[i];
        if (!(flow->weight > 0.0) || flow->weight > CR_CHART_HUGE)
            continue;
        sums->total += flow->weight;
        sums->picked += flow->picked ? flow->weight : 0.0;
        for (size_t s = 0; s < flows->stage_count; s++) {
            sums->at[s][flow->category[s]][flow->picked] += flow->weight;
            if (s + 1 < flows->stage_count)
                sums->between[s][flow->category[s]][flow->category[s + 1]][flow->picked] += flow->weight;
        }
    }
}

static double all_at(const struct sums *sums, size_t stage, size_t category) {
    return sums->at[stage][category][0] + sums->at[stage][category][1];
}

static struct cr_lettering label_letters(const struct cr_canvas *canvas) {
    return (struct cr_lettering){.size = 0.95, .colour = canvas->theme->ink, .down = 0.5};
}

static const char *label_of(const char *name, double weight, const struct sums *sums, char *text, size_t size) {
    char share[CR_TICK_TEXT];
    (void)cr_ticks_brief(weight / sums->total, CR_NUMBER_PERCENT, share, sizeof share);
    return cr_text_format(text, size, "%s %s", name ? name : "", share);
}

static double widest_label(
    const struct cr_chart_flows *flows, const struct cr_canvas *canvas, const struct sums *sums, size_t stage) {
    const struct cr_lettering lettering = label_letters(canvas);
    char text[128];
    double width = 0.0;
    for (size_t c = 0; c < flows->stages[stage].count; c++)
        width = cr_max(width,
            cr_canvas_measure(canvas,
                label_of(flows->stages[stage].categories[c].name, all_at(sums, stage, c), sums, text, sizeof text),
                &lettering)
                .width);
    if (stage + 1 == flows->stage_count && flows->picked_name && sums->picked > 0.0)
        width = cr_max(width,
            cr_canvas_measure(canvas, label_of(flows->picked_name, sums->picked, sums, text, sizeof text), &lettering)
                .width);
    return width;
}

static struct layout lay_out(
    const struct cr_chart_flows *flows, const struct cr_canvas *canvas, const struct sums *sums, struct cr_rect rect) {
    const double unit = canvas->unit, most = 0.27 * rect.width;
    const size_t last = flows->stage_count - 1;
    struct layout layout = {.rect = rect, .node_width = cr_max(1.1 * unit, 0.012 * rect.width)};
    const double left = cr_min(widest_label(flows, canvas, sums, 0) + 0.6 * unit, most);
    const double right = cr_min(widest_label(flows, canvas, sums, last) + 0.6 * unit, most);
    bool titled = false;
    size_t nodes = 1;
    for (size_t s = 0; s <= last; s++) {
        size_t used = 0;
        for (size_t c = 0; c < flows->stages[s].count; c++)
            used += all_at(sums, s, c) > 0.0;
        nodes = used > nodes ? used : nodes;
        titled = titled || flows->stages[s].title;
    }
    layout.area = cr_rect_without(rect, left, titled ? 1.9 * unit : 0.3 * unit, right, 0.3 * unit);
    const double gap = cr_min(0.7 * unit, 0.3 * layout.area.height / (double)nodes);
    layout.scale = (layout.area.height - gap * (double)(nodes - 1)) / sums->total;
    for (size_t s = 0; s <= last; s++) {
        size_t used = 0;
        for (size_t c = 0; c < flows->stages[s].count; c++)
            used += all_at(sums, s, c) > 0.0;
        const double free = layout.area.height - layout.scale * sums->total;
        const double between = used > 1 ? free / (double)(used - 1) : 0.0;
        double y = layout.area.y + (used > 1 ? 0.0 : free / 2.0);
        layout.x[s] = layout.area.x + (layout.area.width - layout.node_width) * (double)s / (double)last;
        for (size_t c = 0; c < flows->stages[s].count; c++) {
            layout.top[s][c] = y;
            if (all_at(sums, s, c) > 0.0)
                y += layout.scale * all_at(sums, s, c) + between;
        }
    }
    return layout;
}

/* The picked ones run through the top of each node, as one strand, and end at the bottom of the last. */
static double strand_top(const struct cr_chart_flows *flows, const struct sums *sums, const struct layout *layout,
    size_t stage, size_t category, int picked) {
    const bool below = stage + 1 == flows->stage_count;
    const double other = layout->scale * sums->at[stage][category][1 - picked];
    return layout->top[stage][category] + (below == (picked == 1) ? other : 0.0);
}

static void draw_strand(const struct cr_canvas *canvas, double x1, double y1, double x2, double y2, double thickness,
    struct cr_colour colour, bool picked) {
    cairo_t *cairo = canvas->cairo;
    const double middle = (x1 + x2) / 2.0;
    cairo_new_path(cairo);
    cairo_move_to(cairo, x1, y1);
    cairo_curve_to(cairo, middle, y1, middle, y2, x2, y2);
    cairo_line_to(cairo, x2, y2 + thickness);
    cairo_curve_to(cairo, middle, y2 + thickness, middle, y1 + thickness, x1, y1 + thickness);
    cairo_close_path(cairo);
    cr_canvas_set_colour(canvas, cr_colour_with_alpha(colour, picked ? 0.75 : 0.3));
    if (!picked) {
        cairo_fill(cairo);
        return;
    }
    cairo_fill_preserve(cairo);
    cr_canvas_hatch(
        canvas, cr_colour_with_alpha(canvas->theme->background, 0.65), 0.42 * canvas->unit, 0.1 * canvas->unit);
}

static struct cr_colour picked_colour(const struct cr_chart_flows *flows, const struct cr_theme *theme) {
    return cr_theme_mark(theme, flows->picked_meaning, 1).colour;
}

static void draw_strands(const struct cr_chart_flows *flows, const struct cr_canvas *canvas, const struct sums *sums,
    const struct layout *layout, int picked) {
    for (size_t s = 0; s + 1 < flows->stage_count; s++) {
        double entered[CATEGORIES] = {0.0};
        for (size_t from = 0; from < flows->stages[s].count; from++) {
            double left = 0.0;
            for (size_t to = 0; to < flows->stages[s + 1].count; to++) {
                const double weight = layout->scale * sums->between[s][from][to][picked];
                if (weight <= 0.0)
                    continue;
                const struct cr_colour colour =
                    picked ? picked_colour(flows, canvas->theme)
                           : cr_theme_mark(canvas->theme, flows->stages[s].categories[from].meaning, from).colour;
                draw_strand(canvas, layout->x[s] + layout->node_width,
                    strand_top(flows, sums, layout, s, from, picked) + left, layout->x[s + 1],
                    strand_top(flows, sums, layout, s + 1, to, picked) + entered[to], weight, colour, picked);
                left += weight;
                entered[to] += weight;
            }
        }
    }
}

static void draw_nodes(const struct cr_chart_flows *flows, const struct cr_canvas *canvas, const struct sums *sums,
    const struct layout *layout, size_t s) {
    for (size_t c = 0; c < flows->stages[s].count; c++) {
        const double height = layout->scale * all_at(sums, s, c);
        const struct cr_rect node = {layout->x[s], layout->top[s][c], layout->node_width, cr_max(height, 0.0)};
        if (height > 0.0)
            cr_canvas_fill(
                canvas, node, cr_theme_mark(canvas->theme, flows->stages[s].categories[c].meaning, c).colour);
    }
}

struct label {
    char text[128];
    const char *name; /* instead, where the share does not fit */
    struct cr_colour colour;
};

static void draw_labels(const struct cr_chart_flows *flows, const struct cr_canvas *canvas, const struct sums *sums,
    const struct layout *layout, size_t s) {
    struct label labels[2 * CATEGORIES];
    double places[2 * CATEGORIES];
    size_t count = 0;
    const struct cr_flow_stage *stage = &flows->stages[s];
    const bool first = s == 0, last = s + 1 == flows->stage_count;
    for (size_t c = 0; c < stage->count; c++) {
        const double all = all_at(sums, s, c), picked = sums->at[s][c][1];
        if (all <= 0.0)
            continue;
        const bool told = last && picked > 0.0 && flows->picked_name;
        const double seen = layout->scale * (told ? all - picked : all);
        places[count] = layout->top[s][c] + seen / 2.0;
        labels[count].colour = canvas->theme->ink;
        labels[count].name = stage->categories[c].name;
        (void)label_of(stage->categories[c].name, all, sums, labels[count].text, sizeof labels[count].text);
        count++;
        if (!told)
            continue;
        places[count] = layout->top[s][c] + seen + layout->scale * picked / 2.0;
        labels[count].name = flows->picked_name;
        labels[count].colour = cr_colour_readable(picked_colour(flows, canvas->theme), canvas->theme->background, 4.5);
        (void)label_of(flows->picked_name, picked, sums, labels[count].text, sizeof labels[count].text);
        count++;
    }
    cr_legend_spread(places, count, 1.2 * canvas->unit, layout->area.y + 0.5 * canvas->unit,
        cr_rect_bottom(layout->area) - 0.5 * canvas->unit);
    struct cr_lettering lettering = label_letters(canvas);
    const double room = (layout->area.width - layout->node_width) / (double)(flows->stage_count - 1);
    const double side =
        (first ? layout->area.x - layout->rect.x : cr_rect_right(layout->rect) - cr_rect_right(layout->area)) -
        0.5 * canvas->unit;
    lettering.across = first ? 1.0 : 0.0;
    lettering.width = first || last ? side : 0.95 * room - layout->node_width - 0.5 * canvas->unit;
    lettering.halo = !first && !last;
    const double x = first ? layout->x[s] - 0.5 * canvas->unit : layout->x[s] + layout->node_width + 0.5 * canvas->unit;
    for (size_t i = 0; i < count; i++) {
        struct cr_lettering own = lettering;
        own.colour = labels[i].colour;
        const char *text = labels[i].text;
        if (!cr_canvas_shrink(canvas, text, &own, 0.85) && labels[i].name) {
            text = labels[i].name;
            own.size = lettering.size;
            (void)cr_canvas_shrink(canvas, text, &own, 0.8);
        }
        cr_canvas_write(canvas, text, &own, x, places[i]);
    }
}

static void draw_titles(const struct cr_chart_flows *flows, const struct cr_canvas *canvas, const struct layout *layout,
    struct cr_rect rect) {
    struct cr_lettering lettering = {.size = 0.95, .bold = true, .colour = canvas->theme->soft_ink, .down = 1.0};
    const double room = rect.width / (double)flows->stage_count;
    for (size_t s = 0; s < flows->stage_count; s++) {
        const double middle = layout->x[s] + layout->node_width / 2.0;
        lettering.width = room;
        const double width = cr_canvas_measure(canvas, flows->stages[s].title, &lettering).width;
        cr_canvas_write(canvas, flows->stages[s].title, &lettering,
            cr_clamp(middle - width / 2.0, rect.x, cr_max(rect.x, cr_rect_right(rect) - width)),
            layout->area.y - 0.45 * canvas->unit);
    }
}

static int draw_whole(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect rect,
    struct cr_placement *placement, struct cr_error *error) {
    (void)error;
    const struct cr_chart_flows *flows = flows_of(chart);
    struct sums sums;
    add_up(flows, &sums);
    placement->area = rect;
    if (!(sums.total > 0.0) || sums.total > CR_CHART_HUGE) {
        cr_kind_say_no_data(chart, canvas, rect);
        return 0;
    }
    const struct layout layout = lay_out(flows, canvas, &sums, rect);
    placement->area = layout.area;
    draw_strands(flows, canvas, &sums, &layout, 0);
    draw_strands(flows, canvas, &sums, &layout, 1);
    for (size_t s = 0; s < flows->stage_count; s++)
        draw_nodes(flows, canvas, &sums, &layout, s);
    for (size_t s = 0; s < flows->stage_count; s++)
        draw_labels(flows, canvas, &sums, &layout, s);
    draw_titles(flows, canvas, &layout, rect);
    return 0;
}

static void name(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_legend *legend) {
    const struct cr_chart_flows *flows = flows_of(chart);
    const struct cr_mark mark = {.colour = picked_colour(flows, theme)};
    cr_legend_add(legend, flows->picked_name, mark, CR_SWATCH_HATCH);
}

const struct cr_kind cr_kind_flows = {
    .noun = "Flows",
    .check = check,
    .name = name,
    .draw_whole = draw_whole,
};
