#include "viz/controls/layers.h"

#include <math.h>
#include <string.h>

#include "viz/draw/sum.h"

/* What of touch changes how a layer looks: only names that stand in it count, so that other layers stay as they are. */
static uint64_t add_touch(
    uint64_t sum, const struct cr_widgets *widgets, enum cr_layer layer, const struct cr_touch *touch) {
    const char *const names[] = {touch->hovered, touch->focused, touch->pressed};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++)
        for (size_t i = widgets->begin[layer]; i < widgets->begin[layer + 1]; i++)
            if (*names[n] && strcmp(widgets->list[i].name, names[n]) == 0) {
                sum = cr_sum_word(sum, (i - widgets->begin[layer] + 1) ^ (n + 1) << 20U);
                if (n == 1)
                    sum ^= (uint64_t)touch->ring << 1U | (uint64_t)touch->caret << 2U;
            }
    return sum;
}

static uint64_t add_look(uint64_t sum, const struct cr_look *look) {
    return cr_sum_word(cr_sum_real(cr_sum_real(sum, look->scale), look->text_scale), (uint64_t)look->theme);
}

static void paint_widgets(const struct cr_canvas *canvas, const struct cr_widgets *widgets, enum cr_layer layer,
    const struct cr_look *look, const struct cr_touch *touch) {
    for (size_t i = widgets->begin[layer]; i < widgets->begin[layer + 1]; i++) {
        const struct cr_widget *const each = &widgets->list[i];
        const struct cr_rect seen = cr_widgets_visible(widgets, each), view = widgets->place[layer].view;
        if (!(seen.width > 0.0) || !(seen.height > 0.0))
            continue;
        cairo_save(canvas->cairo);
        if (each->scrolled) {
            cairo_rectangle(canvas->cairo, view.x, view.y, view.width, view.height);
            cairo_clip(canvas->cairo);
        }
        cr_paint_widget(canvas, look, each, touch);
        cairo_restore(canvas->cairo);
    }
}

/* A thin bar at the right of a list tells where in it we are. */
static void paint_scroll(
    const struct cr_canvas *canvas, const struct cr_layer_place *place, const struct cr_look *look) {
    if (!(place->length > 1.0))
        return;
    const double width = round(3.0 * look->scale), all = place->view.height + place->length;
    const double height = fmax(24.0 * look->scale, place->view.height * place->view.height / all);
    const double y = place->view.y + (place->view.height - height) * place->scroll / place->length;
    cr_canvas_fill(canvas, (struct cr_rect){cr_rect_right(place->view) - 2.0 * width, y, width, height},
        cr_colour_with_alpha(cr_theme(look->theme)->ink, 0.28));
}

static int paint(struct cr_pane *pane, SDL_Renderer *renderer, const struct cr_widgets *widgets, enum cr_layer layer,
    const struct cr_look *look, const struct cr_touch *touch, struct cr_error *error) {
    const struct cr_layer_place *const place = &widgets->place[layer];
    cairo_t *cairo = cr_pane_begin(pane, (int)place->frame.width, (int)place->frame.height, error);
    if (!cairo)
        return CR_ERROR_MEMORY;
    struct cr_canvas canvas;
    int code = cr_paint_canvas(&canvas, cairo, look, error);
    if (code == 0) {
        cr_paint_plate_in(&canvas, look, place->plate, place->frame.width, place->frame.height);
        cairo_translate(cairo, -place->frame.x, -place->frame.y);
        paint_widgets(&canvas, widgets, layer, look, touch);
        paint_scroll(&canvas, place, look);
    }
    cr_canvas_free(&canvas);
    cairo_destroy(cairo);
    return code ? code : cr_pane_end(pane, renderer, error);
}

/* A ring about a place, in plain rectangles. */
static void ring(SDL_Renderer *renderer, struct cr_rect where, const struct cr_look *look) {
    const struct cr_colour ink = cr_theme(look->theme)->ink;
    const int width = (int)fmax(1.0, round(2.0 * look->scale));
    SDL_SetRenderDrawBlendMode(renderer, SDL_BLENDMODE_NONE);
    SDL_SetRenderDrawColor(renderer, (Uint8)lround(255.0 * ink.red), (Uint8)lround(255.0 * ink.green),
        (Uint8)lround(255.0 * ink.blue), 255);
    const SDL_Rect box = {(int)where.x, (int)where.y, (int)where.width, (int)where.height};
    const SDL_Rect sides[] = {{box.x, box.y, box.w, width}, {box.x, box.y + box.h - width, box.w, width},
        {box.x, box.y, width, box.h}, {box.x + box.w - width, box.y, width, box.h}};
    SDL_RenderFillRects(renderer, sides, 4);
}

static void ring_places(SDL_Renderer *renderer, const struct cr_widgets *widgets, enum cr_layer layer,
    const struct cr_look *look, const struct cr_touch *touch) {
    for (size_t i = widgets->begin[layer]; touch->ring && i < widgets->begin[layer + 1]; i++) {
        const struct cr_widget *const each = &widgets->list[i];
        const struct cr_rect seen = cr_widgets_visible(widgets, each);
        if (each->kind == CR_WIDGET_PLACE && strcmp(each->name, touch->focused) == 0 && seen.height >= 1.0)
            ring(renderer, seen, look);
    }
}

int cr_layers_show(struct cr_layers *layers, enum cr_layer layer, SDL_Renderer *renderer,
    const struct cr_widgets *widgets, const struct cr_look *look, const struct cr_touch *touch,
    struct cr_error *error) {
    const struct cr_layer_place *const place = &widgets->place[layer];
    if (layer != CR_LAYER_GROUND && place->frame.width >= 1.0 && place->frame.height >= 1.0) {
        const uint64_t sum = add_look(add_touch(cr_widgets_sum(widgets, layer), widgets, layer, touch), look);
        if (!layers->drawn[layer] || sum != layers->sum[layer]) {
            const int code = paint(&layers->pane[layer], renderer, widgets, layer, look, touch, error);
            if (code)
                return code;
            layers->sum[layer] = sum;
            layers->drawn[layer] = true;
        }
        cr_pane_show(&layers->pane[layer], renderer, (int)place->frame.x, (int)place->frame.y);
    }
    ring_places(renderer, widgets, layer, look, touch);
    return 0;
}

void cr_layers_forget(struct cr_layers *layers) {
    cr_layers_free(layers);
}

void cr_layers_free(struct cr_layers *layers) {
    for (int layer = 0; layer < CR_LAYERS; layer++)
        cr_pane_free(&layers->pane[layer]);
    memset(layers, 0, sizeof *layers);
}
