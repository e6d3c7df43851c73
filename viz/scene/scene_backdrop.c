#include "viz/scene/scene_backdrop.h"

#include <math.h>
#include <stdio.h>

#include "base/numeric.h"
#include "model/population.h"
#include "report/ticks.h"

static const double circle = 6.28318530717958648;

/* A canvas whose letters have the scene's size, whatever the density of the screen. */
static int open_canvas(struct cr_canvas *canvas, cairo_t *cairo, const struct cr_scene_backdrop *backdrop, int width,
    int height, struct cr_error *error) {
    const struct cr_look *look = &backdrop->look;
    const int code = cr_canvas_init(canvas, cairo, cr_theme(look->theme), width, height, look->text_scale, error);
    canvas->unit = cr_scene_unit(look, width, height);
    canvas->hair = cr_max(1.0, round(look->scale));
    return code;
}

/* The room for the legend; of scenes side by side, each of which tells a half, that for the longer half, so that their
 * pictures are of one size. */
static struct cr_extent measure(
    const struct cr_scene_backdrop *backdrop, const struct cr_canvas *canvas, bool beside, double width) {
    struct cr_scene_content content = backdrop->content;
    const bool halves = content.half != CR_LEGEND_WHOLE;
    struct cr_extent room = {0.0, 0.0};
    for (int k = 0; k < (halves ? 2 : 1); k++) {
        struct cr_scene_legend legend;
        if (halves)
            content.half = k == 0 ? CR_LEGEND_LEFT : CR_LEGEND_RIGHT;
        cr_scene_legend_fill(&legend, &content);
        const struct cr_extent part = cr_scene_legend_measure(&legend, canvas, beside, width);
        room.width = cr_max(room.width, part.width);
        room.height = cr_max(room.height, part.height);
    }
    return room;
}

int cr_scene_backdrop_lay(struct cr_scene_backdrop *backdrop, int width, int height, struct cr_error *error) {
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cairo = cairo_create(surface);
    struct cr_canvas canvas;
    const int code = open_canvas(&canvas, cairo, backdrop, width, height, error);
    if (!code) {
        const bool beside = cr_scene_is_wide(width, height), half = backdrop->content.half != CR_LEGEND_WHOLE;
        const double unit = canvas.unit, across = beside ? 0.24 * width : width - 1.8 * unit;
        const double down = beside ? height - 1.8 * unit : (half ? 0.2 : 0.32) * height;
        if (half)
            canvas.unit *= 1.3;
        struct cr_extent room = measure(backdrop, &canvas, beside, across);
        while (room.height > down && canvas.unit > 0.5 * unit) {
            canvas.unit *= 0.96;
            room = measure(backdrop, &canvas, beside, across);
        }
        backdrop->layout = cr_scene_layout(
            backdrop->content.arrangement, &backdrop->look, width, height, ceil(room.width), ceil(room.height));
        backdrop->layout.legend_unit = canvas.unit;
    }
    cr_canvas_free(&canvas);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return code;
}

/* A place of the picture as it is seen through the camera, in pixels of the scene. */
static double across(const struct cr_scene_backdrop *backdrop, double x) {
    return backdrop->layout.plot.x + backdrop->camera.x + backdrop->camera.zoom * x;
}

static double down(const struct cr_scene_backdrop *backdrop, double y) {
    return backdrop->layout.plot.y + backdrop->camera.y + backdrop->camera.zoom * y;
}

/* The place without zoom of what is seen at a pixel of the picture. */
static double from_across(const struct cr_scene_backdrop *backdrop, double x) {
    return (x - backdrop->camera.x) / backdrop->camera.zoom;
}

static double from_down(const struct cr_scene_backdrop *backdrop, double y) {
    return (y - backdrop->camera.y) / backdrop->camera.zoom;
}

static void axis_title(
    const struct cr_scene_backdrop *backdrop, const struct cr_canvas *canvas, const char *text, bool upright) {
    const struct cr_rect plot = backdrop->layout.plot;
    struct cr_lettering lettering = {.colour = canvas->theme->ink, .across = 0.5, .down = 1.0};
    if (upright) {
        lettering.angle = -0.25 * circle;
        lettering.down = 0.0;
        lettering.width = plot.height;
        cr_canvas_write(canvas, text, &lettering, 0.5 * canvas->unit, plot.y + 0.5 * plot.height);
    } else {
        lettering.width = plot.width;
        cr_canvas_write(
            canvas, text, &lettering, plot.x + 0.5 * plot.width, cr_rect_bottom(plot) + 2.75 * canvas->unit);
    }
}

static void plane_grid(const struct cr_scene_backdrop *backdrop, const struct cr_canvas *canvas, bool upright) {
    const struct cr_scene_layout *layout = &backdrop->layout;
    const struct cr_rect plot = layout->plot;
    struct cr_chart_axis axis = {.from = 1.0, .to = 7.0};
    if (upright) {
        axis.from = cr_max(1.0, cr_scene_plane_avoidance(layout, from_down(backdrop, plot.height)));
        axis.to = cr_min(7.0, cr_scene_plane_avoidance(layout, from_down(backdrop, 0.0)));
    } else {
        axis.from = cr_max(1.0, cr_scene_plane_anxiety(layout, from_across(backdrop, 0.0)));
        axis.to = cr_min(7.0, cr_scene_plane_anxiety(layout, from_across(backdrop, plot.width)));
    }
    struct cr_ticks ticks;
    cr_ticks_find(&ticks, &axis, 7.0, CR_TICKS_INSIDE);
    struct cr_lettering lettering = {.size = 0.92, .colour = canvas->theme->soft_ink};
    lettering.across = upright ? 1.0 : 0.5;
    lettering.down = upright ? 0.5 : 0.0;
    for (size_t k = 0; k < ticks.count; k++) {
        if (upright) {
            const double y = down(backdrop, cr_scene_plane_y(layout, ticks.at[k]));
            cr_canvas_hairline(canvas, plot.x, y, cr_rect_right(plot), y, canvas->theme->grid);
            cr_canvas_write(canvas, ticks.text[k], &lettering, plot.x - 0.5 * canvas->unit, y);
        } else {
            const double x = across(backdrop, cr_scene_plane_x(layout, ticks.at[k]));
            cr_canvas_hairline(canvas, x, plot.y, x, cr_rect_bottom(plot), canvas->theme->grid);
            cr_canvas_write(canvas, ticks.text[k], &lettering, x, cr_rect_bottom(plot) + 0.25 * canvas->unit);
        }
    }
}

static void plane_cuts(const struct cr_scene_backdrop *backdrop, const struct cr_canvas *canvas) {
    const struct cr_scene_layout *layout = &backdrop->layout;
    const struct cr_rect plot = layout->plot;
    const double x = across(backdrop, cr_scene_plane_x(layout, backdrop->anxiety_cut));
    const double y = down(backdrop, cr_scene_plane_y(layout, backdrop->avoidance_cut));
    const double dashes[] = {6.0 * layout->point, 5.0 * layout->point};
    cairo_set_dash(canvas->cairo, dashes, 2, 0.0);
    const struct cr_colour ink = cr_colour_with_alpha(canvas->theme->axis, 0.9);
    if (x > plot.x && x < cr_rect_right(plot))
        cr_canvas_hairline(canvas, x, plot.y, x, cr_rect_bottom(plot), ink);
    if (y > plot.y && y < cr_rect_bottom(plot))
        cr_canvas_hairline(canvas, plot.x, y, cr_rect_right(plot), y, ink);
    cairo_set_dash(canvas->cairo, NULL, 0, 0.0);
}

/* At the outer corner of each quadrant, where few people are. */
static void plane_styles(const struct cr_scene_backdrop *backdrop, const struct cr_canvas *canvas) {
    static const struct {
        const char *name;
        enum cr_meaning meaning;
        bool right, top;
    } corners[] = {
        {"secure", CR_MEANING_SECURE, false, false},
        {"preoccupied", CR_MEANING_PREOCCUPIED, true, false},
        {"dismissing", CR_MEANING_DISMISSING, false, true},
        {"fearful", CR_MEANING_FEARFUL, true, true},
    };
    const struct cr_rect plot = backdrop->layout.plot;
    const double cut_x = across(backdrop, cr_scene_plane_x(&backdrop->layout, backdrop->anxiety_cut));
    const double cut_y = down(backdrop, cr_scene_plane_y(&backdrop->layout, backdrop->avoidance_cut));
    const double pad = 0.55 * canvas->unit;
    for (size_t k = 0; k < 4; k++) {
        struct cr_lettering lettering = {.size = 1.2, .bold = true};
        lettering.colour =
            cr_colour_readable(canvas->theme->colours[corners[k].meaning], canvas->theme->background, 4.5);
        lettering.across = corners[k].right ? 1.0 : 0.0;
        lettering.down = corners[k].top ? 0.0 : 1.0;
        const struct cr_extent room = cr_canvas_measure(canvas, corners[k].name, &lettering);
        const double x = corners[k].right ? cr_rect_right(plot) - pad : plot.x + pad;
        const double y = corners[k].top ? plot.y + pad : cr_rect_bottom(plot) - pad;
        /* a quadrant that the camera has left goes without a name */
        const bool wide = corners[k].right ? x - room.width > cut_x : x + room.width < cut_x;
        const bool high = corners[k].top ? y + room.height < cut_y : y - room.height > cut_y;
        if (wide && high)
            cr_canvas_write(canvas, corners[k].name, &lettering, x, y);
    }
}

static void draw_plane(const struct cr_scene_backdrop *backdrop, const struct cr_canvas *canvas) {
    const struct cr_rect plot = backdrop->layout.plot;
    plane_grid(backdrop, canvas, false);
    plane_grid(backdrop, canvas, true);
    plane_cuts(backdrop, canvas);
    plane_styles(backdrop, canvas);
    cr_canvas_hairline(
        canvas, plot.x, cr_rect_bottom(plot), cr_rect_right(plot), cr_rect_bottom(plot), canvas->theme->axis);
    cr_canvas_hairline(canvas, plot.x, plot.y, plot.x, cr_rect_bottom(plot), canvas->theme->axis);
    axis_title(backdrop, canvas, "attachment anxiety", false);
    axis_title(backdrop, canvas, "attachment avoidance", true);
}

/* Every home as a faint point, so that it shows who has left, and rings between the bands. */
static void draw_map(const struct cr_scene_backdrop *backdrop, const struct cr_canvas *canvas) {
    const struct cr_scene_layout *layout = &backdrop->layout;
    const struct cr_map *map = backdrop->map;
    const double radius = cr_scene_map_radius(layout);
    const double x = 0.5 * layout->plot.width, y = 0.5 * layout->plot.height;
    cairo_save(canvas->cairo);
    cairo_rectangle(canvas->cairo, layout->plot.x, layout->plot.y, layout->plot.width, layout->plot.height);
    cairo_clip(canvas->cairo);
    for (int band = 0; band < CR_MAP_BANDS; band++) {
        cr_canvas_set_colour(canvas, canvas->theme->grid);
        cairo_set_line_width(canvas->cairo, canvas->hair);
        cairo_arc(canvas->cairo, across(backdrop, x), down(backdrop, y),
            backdrop->camera.zoom * radius * (double)map->edge[band], 0.0, circle);
        cairo_stroke(canvas->cairo);
    }
    const double dot = cr_max(0.5 * layout->point, 0.09 * radius * backdrop->camera.zoom * (double)map->pitch);
    cr_canvas_set_colour(canvas, canvas->theme->grid);
    for (uint32_t i = 0; i < map->people; i++) {
        const double left = across(backdrop, x + radius * (double)map->home_x[i]) - dot;
        const double top = down(backdrop, y + radius * (double)map->home_y[i]) - dot;
        cairo_rectangle(canvas->cairo, left, top, 2.0 * dot, 2.0 * dot);
    }
    cairo_fill(canvas->cairo);
    cairo_restore(canvas->cairo);
}

static void draw_timeline(struct cr_scene_backdrop *backdrop, const struct cr_canvas *canvas) {
    const struct cr_scene_layout *layout = &backdrop->layout;
    const struct cr_rect plot = layout->plot;
    const double span = cr_max(1.0, backdrop->end - backdrop->begin);
    const double first = cr_scene_timeline_x(layout, backdrop->begin, backdrop->end, backdrop->begin);
    const double last = cr_scene_timeline_x(layout, backdrop->begin, backdrop->end, backdrop->begin + span);
    const double week = (last - first) / span;
    const double from = (backdrop->begin + (from_across(backdrop, 0.0) - first) / week) / CR_WEEKS_A_YEAR;
    const double to = (backdrop->begin + (from_across(backdrop, plot.width) - first) / week) / CR_WEEKS_A_YEAR;
    const struct cr_chart_axis axis = {.from = from, .to = to};
    struct cr_ticks ticks;
    cr_ticks_find(&ticks, &axis, cr_max(3.0, plot.width / (5.0 * canvas->unit)), CR_TICKS_INSIDE);
    const struct cr_lettering lettering = {.size = 0.92, .colour = canvas->theme->soft_ink, .across = 0.5};
    for (size_t k = 0; k < ticks.count; k++) {
        const double x = across(
            backdrop, cr_scene_timeline_x(layout, backdrop->begin, backdrop->end, ticks.at[k] * CR_WEEKS_A_YEAR));
        cr_canvas_hairline(canvas, x, plot.y, x, cr_rect_bottom(plot), canvas->theme->grid);
        const double y = cr_rect_bottom(plot) + 0.25 * canvas->unit;
        const struct cr_extent size = cr_canvas_measure(canvas, ticks.text[k], &lettering);
        cr_canvas_write(canvas, ticks.text[k], &lettering, x, y);
        backdrop->numbers[k] = (struct cr_rect){x - 0.5 * size.width, y, size.width, size.height};
    }
    backdrop->number_count = ticks.count;
    cr_canvas_hairline(
        canvas, plot.x, cr_rect_bottom(plot), cr_rect_right(plot), cr_rect_bottom(plot), canvas->theme->axis);
    axis_title(backdrop, canvas, "years since the first birth", false);
    axis_title(backdrop, canvas, "relationships, in the order in which they began", true);
}

int cr_scene_backdrop_draw(struct cr_scene_backdrop *backdrop, cairo_t *cairo, struct cr_error *error) {
    const struct cr_scene_layout *layout = &backdrop->layout;
    struct cr_canvas canvas;
    int code = open_canvas(&canvas, cairo, backdrop, layout->width, layout->height, error);
    if (!code) {
        cr_canvas_fill(&canvas, (struct cr_rect){0.0, 0.0, layout->width, layout->height}, canvas.theme->background);
        if (backdrop->content.arrangement == CR_ARRANGEMENT_PLANE)
            draw_plane(backdrop, &canvas);
        else if (backdrop->content.arrangement == CR_ARRANGEMENT_MAP)
            draw_map(backdrop, &canvas);
        else
            draw_timeline(backdrop, &canvas);
        struct cr_scene_legend legend;
        cr_scene_legend_fill(&legend, &backdrop->content);
        canvas.unit = layout->legend_unit;
        cr_scene_legend_draw(&legend, &canvas, layout->beside, layout->legend);
    }
    cr_canvas_free(&canvas);
    if (!code && cairo_status(cairo) != CAIRO_STATUS_SUCCESS)
        code = cr_error_set(
            error, CR_ERROR_MEMORY, "cannot draw the scene: %s", cairo_status_to_string(cairo_status(cairo)));
    return code;
}
