#include "report/legend.h"

#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"

void cr_legend_add(struct cr_legend *legend, const char *name, struct cr_mark mark, enum cr_swatch swatch) {
    if (!name || !*name || legend->count == CR_LEGEND_MOST)
        return;
    for (size_t i = 0; i < legend->count; i++)
        if (strcmp(legend->entries[i].name, name) == 0)
            return;
    legend->entries[legend->count++] = (struct cr_legend_entry){name, mark, swatch};
}

static struct cr_lettering names(const struct cr_canvas *canvas) {
    return (struct cr_lettering){.size = 0.95, .colour = canvas->theme->ink, .down = 0.5};
}

static double swatch_width(const struct cr_canvas *canvas, enum cr_swatch swatch) {
    return canvas->unit * (swatch == CR_SWATCH_POINT ? 2.9 : swatch == CR_SWATCH_LINE ? 2.3 : 1.1);
}

static double row_height(const struct cr_canvas *canvas) {
    return 1.55 * canvas->unit;
}

static void draw_swatch(const struct cr_canvas *canvas, const struct cr_legend_entry *entry, double x, double y) {
    cairo_t *cairo = canvas->cairo;
    const double unit = canvas->unit, width = swatch_width(canvas, entry->swatch);
    if (entry->swatch == CR_SWATCH_LINE || entry->swatch == CR_SWATCH_POINT) {
        const double line = 0.16 * unit;
        cr_canvas_set_colour(canvas, entry->mark.colour);
        cairo_set_line_width(cairo, line);
        cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
        cr_canvas_set_dashes(canvas, &entry->mark, line);
        cairo_move_to(cairo, x, y);
        cairo_line_to(cairo, x + width, y);
        cairo_stroke(cairo);
        cairo_set_dash(cairo, NULL, 0, 0.0);
        if (entry->swatch == CR_SWATCH_POINT)
            cr_canvas_marker(canvas, x + width / 2.0, y, 0.6 * unit, &entry->mark, false);
        return;
    }
    const struct cr_rect box = {x, y - 0.5 * unit, width, unit};
    if (entry->swatch == CR_SWATCH_BOX) {
        cr_canvas_fill(canvas, box, entry->mark.colour);
        return;
    }
    cr_canvas_fill(canvas, box, cr_colour_with_alpha(entry->mark.colour, 0.35));
    cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
    cr_canvas_hatch(canvas, entry->mark.colour, 0.35 * unit, 0.12 * unit);
}

/* Lays out the entries, and draws them too if asked; returns the room that they take. */
static struct cr_rect flow(
    const struct cr_legend *legend, const struct cr_canvas *canvas, struct cr_rect strip, bool drawn) {
    enum { ROWS = 5 };
    const double gap = 1.5 * canvas->unit, between = 0.5 * canvas->unit;
    struct cr_lettering lettering = names(canvas);
    struct cr_rect taken = {strip.x, strip.y, 0.0, 0.0};
    double x = strip.x;
    int row = 0;
    for (size_t i = 0; i < legend->count; i++) {
        const struct cr_legend_entry *entry = &legend->entries[i];
        const double swatch = swatch_width(canvas, entry->swatch);
        lettering.width = cr_max(strip.width - swatch - between, canvas->unit);
        const double width = swatch + between + cr_canvas_measure(canvas, entry->name, &lettering).width;
        if (x > strip.x && x + width > cr_rect_right(strip)) {
            x = strip.x;
            row++;
        }
        const double y = strip.y + (row + 0.5) * row_height(canvas);
        if (row == ROWS) {
            char rest[48];
            (void)cr_text_format(rest, sizeof rest, "and %zu more", legend->count - i);
            lettering.width = strip.width;
            if (drawn)
                cr_canvas_write(canvas, rest, &lettering, strip.x, y);
            break;
        }
        if (drawn) {
            draw_swatch(canvas, entry, x, y);
            cr_canvas_write(canvas, entry->name, &lettering, x + swatch + between, y);
        }
        taken.width = cr_max(taken.width, cr_min(x + width, cr_rect_right(strip)) - strip.x);
        x += width + gap;
    }
    taken.height = legend->count ? (row + 1) * row_height(canvas) : 0.0;
    return taken;
}

double cr_legend_height(const struct cr_legend *legend, const struct cr_canvas *canvas, double width) {
    return flow(legend, canvas, (struct cr_rect){0.0, 0.0, width, 0.0}, false).height;
}

double cr_legend_width(const struct cr_legend *legend, const struct cr_canvas *canvas) {
    return flow(legend, canvas, (struct cr_rect){0.0, 0.0, 1e6, 0.0}, false).width;
}

struct cr_rect cr_legend_draw(const struct cr_legend *legend, const struct cr_canvas *canvas, struct cr_rect strip) {
    return flow(legend, canvas, strip, true);
}

/* Pools neighbours that violate the order (isotonic regression) after taking the gaps out. */
void cr_legend_spread(double *places, size_t count, double gap, double low, double high) {
    size_t order[CR_LEGEND_MOST], size[CR_LEGEND_MOST], pools = 0;
    double mean[CR_LEGEND_MOST];
    if (count > CR_LEGEND_MOST)
        count = CR_LEGEND_MOST;
    for (size_t i = 0; i < count; i++) {
        size_t k = i;
        for (; k > 0 && places[order[k - 1]] > places[i]; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    const double last = cr_max(low, high - gap * (double)(count ? count - 1 : 0));
    for (size_t k = 0; k < count; k++) {
        mean[pools] = cr_clamp(places[order[k]], low, high) - gap * (double)k;
        size[pools++] = 1;
        while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
            const double both = (double)(size[pools - 2] + size[pools - 1]);
            mean[pools - 2] =
                (mean[pools - 2] * (double)size[pools - 2] + mean[pools - 1] * (double)size[pools - 1]) / both;
            size[pools - 2] += size[pools - 1];
            pools--;
        }
    }
    for (size_t k = 0, pool = 0, used = 0; k < count; k++) {
        places[order[k]] = cr_clamp(mean[pool], low, last) + gap * (double)k;
        if (++used == size[pool]) {
            pool++;
            used = 0;
        }
    }
}
