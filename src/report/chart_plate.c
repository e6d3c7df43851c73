#include "report/chart_plate.h"

#include <math.h>

#include "base/numeric.h"

static int open_canvas(
    struct cr_canvas *canvas, const struct cr_chart_look *look, cairo_t *cairo, struct cr_error *error) {
    return cr_canvas_init(canvas, cairo, cr_theme(look->theme), look->width, look->height, look->text_scale, error);
}

static double marker_size(double unit) {
    return 0.7 * unit;
}

struct cr_rect cr_chart_plate_marked(const struct cr_chart_reading *reading, const struct cr_chart_look *look) {
    const double rim = ceil(marker_size(cr_canvas_unit(look->width, look->height, look->text_scale)));
    return (struct cr_rect){reading->left - rim, reading->area.y - rim, reading->right - reading->left + 2.0 * rim,
        reading->area.height + 2.0 * rim};
}

int cr_chart_plate_mark(
    const struct cr_chart_reading *reading, const struct cr_chart_look *look, cairo_t *cairo, struct cr_error *error) {
    struct cr_canvas canvas;
    const int code = open_canvas(&canvas, look, cairo, error);
    const struct cr_rect area = reading->area;
    if (code == 0 && reading->right - reading->left > 1.0) {
        const double left = cr_max(reading->left, area.x), right = cr_min(reading->right, cr_rect_right(area));
        cr_canvas_fill(&canvas, (struct cr_rect){left, area.y, cr_max(0.0, right - left), area.height},
            cr_colour_with_alpha(canvas.theme->ink, 0.12));
    } else if (code == 0) {
        cr_canvas_hairline(&canvas, reading->left, area.y, reading->left, cr_rect_bottom(area),
            cr_colour_with_alpha(canvas.theme->ink, 0.6));
    }
    for (size_t i = 0; code == 0 && i < reading->count; i++) {
        const struct cr_chart_value *value = &reading->values[i];
        if (value->y >= area.y - 1.0 && value->y <= cr_rect_bottom(area) + 1.0)
            cr_canvas_marker(&canvas, reading->left, value->y, marker_size(canvas.unit), &value->mark, false);
    }
    cr_canvas_free(&canvas);
    return code;
}

/* The columns of the rows: swatch, name, value, interval. */
struct columns {
    double swatch, name, value, interval; /* widths; 0: none */
    double gap, width;
};

static struct cr_lettering letters(const struct cr_canvas *canvas, bool soft) {
    return (struct cr_lettering){
        .size = 1.0, .colour = soft ? canvas->theme->soft_ink : canvas->theme->ink, .down = 0.5};
}

static struct cr_lettering heading(const struct cr_canvas *canvas) {
    return (struct cr_lettering){.size = 1.0, .bold = true, .colour = canvas->theme->ink};
}

static struct cr_lettering words(const struct cr_canvas *canvas, double width) {
    return (struct cr_lettering){.size = 0.95, .colour = canvas->theme->soft_ink, .width = width, .lines = 12};
}

/* A piece of legend without a name. */
static struct cr_legend swatch_of(const struct cr_chart_value *value) {
    return (struct cr_legend){.entries = {{"", value->mark, value->swatch}}, .count = 1};
}

static struct columns measure(const struct cr_chart_reading *reading, const struct cr_canvas *canvas) {
    struct columns columns = {.gap = 0.7 * canvas->unit};
    struct cr_lettering plain = letters(canvas, false);
    const bool named = reading->count > 1 || (reading->count == 1 && reading->values[0].name);
    for (size_t i = 0; i < reading->count; i++) {
        const struct cr_chart_value *value = &reading->values[i];
        const struct cr_legend swatch = swatch_of(value);
        columns.swatch = cr_max(columns.swatch, cr_legend_width(&swatch, canvas));
        plain.bold = false;
        if (named)
            columns.name = cr_max(columns.name, cr_canvas_measure(canvas, value->name, &plain).width);
        columns.interval = cr_max(columns.interval, cr_canvas_measure(canvas, value->interval, &plain).width);
        plain.bold = true;
        columns.value = cr_max(columns.value, cr_canvas_measure(canvas, value->text, &plain).width);
    }
    columns.width = columns.swatch + (columns.name > 0.0 ? columns.name + columns.gap : 0.0) + columns.value +
                    (columns.interval > 0.0 ? columns.interval + columns.gap : 0.0);
    return columns;
}

static void draw_row(const struct cr_canvas *canvas, const struct columns *columns, const struct cr_chart_value *value,
    double x, double y, double height) {
    struct cr_lettering plain = letters(canvas, false), soft = letters(canvas, true);
    const double middle = y + height / 2.0;
    const struct cr_legend swatch = swatch_of(value);
    const double tall = cr_legend_height(&swatch, canvas, columns->swatch);
    (void)cr_legend_draw(&swatch, canvas, (struct cr_rect){x, middle - tall / 2.0, columns->swatch + 1.0, tall});
    x += columns->swatch;
    if (columns->name > 0.0) {
        cr_canvas_write(canvas, value->name, &plain, x, middle);
        x += columns->name + columns->gap;
    }
    plain.bold = true;
    plain.across = 1.0;
    x += columns->value;
    cr_canvas_write(canvas, value->text, &plain, x, middle);
    if (*value->interval)
        cr_canvas_write(canvas, value->interval, &soft, x + columns->gap, middle);
}

/* Writes a text and returns how far down it takes. */
static double write(const struct cr_canvas *canvas, const char *text, const struct cr_lettering *lettering, double x,
    double y, double gap, double *width) {
    const struct cr_extent extent = cr_canvas_measure(canvas, text, lettering);
    if (!(extent.height > 0.0))
        return 0.0;
    cr_canvas_write(canvas, text, lettering, x, y + gap);
    *width = cr_max(*width, extent.width);
    return gap + extent.height;
}

int cr_chart_plate_draw(const struct cr_chart_plate *plate, const struct cr_chart_look *look, cairo_t *cairo, double x,
    double y, struct cr_extent *size, struct cr_error *error) {
    const struct cr_chart_reading *reading = plate->reading;
    struct cr_canvas canvas;
    const int code = open_canvas(&canvas, look, cairo, error);
    if (code == 0) {
        const struct columns columns = measure(reading, &canvas);
        const double unit = canvas.unit, row = 1.6 * unit, top = y;
        const struct cr_lettering head = heading(&canvas);
        double width = columns.width;
        y += write(&canvas, reading->where, &head, x, y, 0.0, &width);
        const double room = cr_min(cr_max(width, 20.0 * unit), cr_max(plate->most_width, 8.0 * unit));
        const struct cr_lettering small = words(&canvas, room);
        y += write(&canvas, plate->subtitle, &small, x, y, 0.1 * unit, &width) + 0.3 * unit;
        for (size_t i = 0; i < reading->count; i++)
            draw_row(&canvas, &columns, &reading->values[i], x, y + (double)i * row, row);
        y += (double)reading->count * row;
        y += write(&canvas, plate->note, &small, x, y, 0.3 * unit, &width);
        if (size)
            *size = (struct cr_extent){ceil(width), ceil(y - top)};
    }
    cr_canvas_free(&canvas);
    return code;
}
