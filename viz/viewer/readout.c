#include "viz/viewer/readout.h"

#include <math.h>

#include "base/numeric.h"
#include "report/chart_plate.h"
#include "viz/draw/sum.h"
#include "viz/viewer/viewer.h"

/* Points. */
static const double rim = 6.0, pad = 9.0, gap = 10.0;
static const double plate_width = 300.0;

static const struct cr_widget *over(const struct cr_viewer *viewer) {
    return cr_widgets_find(&viewer->widgets, viewer->mouse.over);
}

static bool read_at_keys(struct cr_viewer *viewer, const struct cr_panel_seen *seen, int by) {
    struct cr_readout *const readout = &viewer->readout;
    return cr_chart_read_at(
        seen->chart, seen->placement, seen->look.theme, readout->plot, readout->at, by, &readout->of);
}

/* The plot before or behind the present one that can be read at the end where one comes in. */
static void go_on(struct cr_viewer *viewer, const struct cr_panel_seen *seen, int by) {
    struct cr_readout *const readout = &viewer->readout;
    const struct cr_chart_reading before = readout->of;
    const size_t step = by > 0 ? 1 : SIZE_MAX, count = seen->placement->plot_count;
    for (size_t plot = readout->plot + step; plot < count; plot += step)
        if (cr_chart_read_at(
                seen->chart, seen->placement, seen->look.theme, plot, by > 0 ? -INFINITY : INFINITY, 0, &readout->of)) {
            readout->plot = plot;
            return;
        }
    readout->of = before;
}

bool cr_readout_step(struct cr_viewer *viewer, int by) {
    struct cr_readout *const readout = &viewer->readout;
    struct cr_panel_seen seen;
    if (viewer->enlarged < 0 || viewer->box != CR_BOX_NONE)
        return false;
    if (!cr_panels_seen(viewer->panels, (size_t)viewer->enlarged, &seen))
        return true;
    const bool begun = readout->panel == viewer->enlarged;
    if (begun && !readout->by_keys) {
        readout->plot = readout->of.plot;
        readout->at = readout->of.at;
    } else if (!begun) {
        readout->plot = 0;
        readout->at = INFINITY;
    }
    readout->panel = viewer->enlarged;
    readout->by_keys = true;
    if (!read_at_keys(viewer, &seen, begun ? by : 0))
        return true;
    if (begun && !(readout->of.at > readout->at) && !(readout->of.at < readout->at))
        go_on(viewer, &seen, by);
    readout->at = readout->of.at;
    return true;
}

bool cr_readout_turn(struct cr_viewer *viewer, int panel, int by) {
    struct cr_panel_chart made;
    const size_t place = (size_t)panel;
    if (panel < 0)
        return false;
    const bool any = cr_panels_chart(viewer->panels, place, &made, NULL) == 0 && made.group_count > 1;
    if (any) {
        /* `group_count` stands for all together. */
        const size_t count = made.group_count + 1;
        const size_t next = (made.alone + (by > 0 ? 1 : count - 1)) % count;
        cr_panels_choose_group(viewer->panels, place, next < made.group_count ? made.groups[next].group : "");
    }
    cr_panel_chart_free(&made);
    return any;
}

/* Tells once what the keys do in an enlarged panel. */
static void tell_keys(struct cr_viewer *viewer) {
    if (viewer->enlarged < 0 || viewer->readout.told)
        return;
    viewer->readout.told = true;
    cr_viewer_tell(viewer, "\342\206\220 \342\206\222 tell the values, \342\206\221 \342\206\223 show one group alone");
}

static bool follow_mouse(struct cr_viewer *viewer, struct cr_panel_seen *seen) {
    struct cr_readout *const readout = &viewer->readout;
    const struct cr_widget *const widget = over(viewer);
    if (!widget || widget->action != CR_DO_PANEL || !viewer->mouse.seen || viewer->mouse.down ||
        !cr_panels_seen(viewer->panels, (size_t)widget->argument, seen))
        return false;
    readout->panel = widget->argument;
    return cr_chart_read(seen->chart, seen->placement, seen->look.theme,
        (viewer->mouse.x - widget->where.x) / seen->scale, (viewer->mouse.y - widget->where.y) / seen->scale,
        &readout->of);
}

void cr_readout_follow(struct cr_viewer *viewer) {
    struct cr_readout *const readout = &viewer->readout;
    struct cr_panel_seen seen;
    tell_keys(viewer);
    readout->by_keys = readout->by_keys && viewer->enlarged == readout->panel && viewer->enlarged >= 0;
    bool any = viewer->box == CR_BOX_NONE;
    if (any && readout->by_keys)
        any = cr_panels_seen(viewer->panels, (size_t)readout->panel, &seen) && read_at_keys(viewer, &seen, 0);
    else if (any)
        any = follow_mouse(viewer, &seen);
    if (!any && !readout->by_keys)
        readout->panel = -1;
    if (!any)
        readout->of.count = 0;
}

/* A number of all that decides how the two pictures look. */
static uint64_t sum_of(
    const struct cr_chart_reading *reading, const struct cr_chart_plate *plate, const struct cr_panel_seen *seen) {
    const double numbers[] = {reading->left, reading->right, reading->area.x, reading->area.y, reading->area.width,
        reading->area.height, seen->look.width, seen->look.height, seen->look.text_scale, seen->scale,
        (double)seen->look.theme};
    uint64_t sum = CR_SUM_BEGIN;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sum = cr_sum_real(sum, numbers[i]);
    sum = cr_sum_text(cr_sum_text(cr_sum_text(sum, reading->where), plate->subtitle), plate->note);
    for (size_t i = 0; i < reading->count; i++) {
        const struct cr_chart_value *const value = &reading->values[i];
        const struct cr_colour colour = value->mark.colour;
        sum = cr_sum_text(cr_sum_text(cr_sum_text(sum, value->name), value->text), value->interval);
        sum = cr_sum_real(cr_sum_real(cr_sum_real(cr_sum_real(sum, value->y), colour.red), colour.green), colour.blue);
    }
    return sum;
}

static int draw_marks(struct cr_viewer *viewer, const struct cr_panel_seen *seen, struct cr_error *error) {
    struct cr_readout *const readout = &viewer->readout;
    const struct cr_rect where = cr_chart_plate_marked(&readout->of, &seen->look);
    const double scale = seen->scale, left = floor(where.x * scale), top = floor(where.y * scale);
    readout->marked = (struct cr_rect){
        left, top, ceil(cr_rect_right(where) * scale) - left, ceil(cr_rect_bottom(where) * scale) - top};
    cairo_t *const cairo =
        cr_pane_begin(&readout->marks, (int)readout->marked.width, (int)readout->marked.height, error);
    if (!cairo)
        return CR_ERROR_MEMORY;
    cairo_translate(cairo, -left, -top);
    cairo_scale(cairo, scale, scale);
    const int code = cr_chart_plate_mark(&readout->of, &seen->look, cairo, error);
    cairo_destroy(cairo);
    return code ? code : cr_pane_end(&readout->marks, viewer->window.renderer, error);
}

static int draw_plate(struct cr_viewer *viewer, const struct cr_panel_seen *seen, const struct cr_chart_plate *plate,
    struct cr_error *error) {
    struct cr_readout *const readout = &viewer->readout;
    struct cr_extent size;
    int code = cr_chart_plate_draw(plate, &seen->look, viewer->measure_cairo, 0.0, 0.0, &size, error);
    if (code)
        return code;
    const double scale = seen->scale, room = 2.0 * (rim + pad);
    const double width = ceil((size.width + room) * scale), height = ceil((size.height + room - pad / 2.0) * scale);
    readout->plate.width = width;
    readout->plate.height = height;
    cairo_t *const cairo = cr_pane_begin(&readout->words, (int)width, (int)height, error);
    if (!cairo)
        return CR_ERROR_MEMORY;
    struct cr_canvas canvas;
    code = cr_paint_canvas(&canvas, cairo, &viewer->look, error);
    if (code == 0) {
        cr_paint_plate_in(&canvas, &viewer->look, CR_PLATE_FLOATING, width, height);
        cairo_scale(cairo, scale, scale);
        code = cr_chart_plate_draw(plate, &seen->look, cairo, rim + pad, rim + 0.75 * pad, NULL, error);
    }
    cr_canvas_free(&canvas);
    cairo_destroy(cairo);
    return code ? code : cr_pane_end(&readout->words, viewer->window.renderer, error);
}

/* Where the plate hides little: beneath a low plot, else above it, and beside the line in a high one; in the window. */
static void place_plate(struct cr_viewer *viewer, struct cr_rect panel, double scale) {
    struct cr_readout *const readout = &viewer->readout;
    struct cr_rect *const plate = &readout->plate;
    const double wide = viewer->window.width, high = viewer->window.height, away = gap * scale;
    const double left = panel.x + readout->of.left * scale, right = panel.x + readout->of.right * scale;
    const double top = panel.y + readout->of.area.y * scale;
    const double bottom = top + readout->of.area.height * scale;
    if (readout->of.area.height * scale < 1.6 * plate->height) {
        plate->x = (left + right - plate->width) / 2.0;
        plate->y = bottom + 2.5 * away + plate->height <= high ? bottom + 2.5 * away : top - 0.5 * away - plate->height;
    } else {
        plate->x = right + away + plate->width <= wide ? right + away : left - away - plate->width;
        plate->y = top;
    }
    plate->x = round(cr_clamp(plate->x, 0.0, cr_max(0.0, wide - plate->width)));
    plate->y = round(cr_clamp(plate->y, 0.0, cr_max(0.0, high - plate->height)));
}

int cr_readout_draw(struct cr_viewer *viewer, struct cr_error *error) {
    struct cr_readout *const readout = &viewer->readout;
    struct cr_panel_seen seen;
    if (readout->panel < 0 || readout->of.count == 0 || !cr_panels_seen(viewer->panels, (size_t)readout->panel, &seen))
        return 0;
    const struct cr_chart_plate plate = {.reading = &readout->of,
        .subtitle = seen.placement->without_subtitle ? seen.chart->subtitle : NULL,
        .note = seen.placement->without_note ? seen.chart->note : NULL,
        .most_width = plate_width};
    const struct cr_rect panel = viewer->layout.panel[readout->panel];
    const uint64_t sum = sum_of(&readout->of, &plate, &seen);
    int code = 0;
    if (sum != readout->sum || !readout->words.texture) {
        code = draw_marks(viewer, &seen, error);
        if (code == 0)
            code = draw_plate(viewer, &seen, &plate, error);
        readout->sum = sum;
    }
    if (code)
        return code;
    place_plate(viewer, panel, seen.scale);
    SDL_Renderer *const renderer = viewer->window.renderer;
    cr_pane_show(&readout->marks, renderer, (int)(panel.x + readout->marked.x), (int)(panel.y + readout->marked.y));
    cr_pane_show(&readout->words, renderer, (int)readout->plate.x, (int)readout->plate.y);
    return 0;
}

void cr_readout_forget(struct cr_readout *readout) {
    cr_pane_free(&readout->marks);
    cr_pane_free(&readout->words);
    readout->of.count = 0; /* whose names may go with the pictures */
}
