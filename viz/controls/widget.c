#include "viz/controls/widget.h"

#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "viz/controls/layout.h"
#include "viz/draw/sum.h"

static const double knob = 7.0; /* points: radius */

void cr_widgets_begin(struct cr_widgets *widgets) {
    widgets->count = 0;
    widgets->layer = -1;
    memset(widgets->begin, 0, sizeof widgets->begin);
    memset(widgets->place, 0, sizeof widgets->place);
}

void cr_widgets_layer(struct cr_widgets *widgets, enum cr_layer layer, enum cr_plate plate, struct cr_rect frame) {
    while (widgets->layer < (int)layer)
        widgets->begin[++widgets->layer] = widgets->count;
    struct cr_layer_place *const place = &widgets->place[layer];
    place->frame = place->view = frame;
    place->plate = plate;
}

void cr_widgets_end(struct cr_widgets *widgets) {
    while (widgets->layer < CR_LAYERS)
        widgets->begin[++widgets->layer] = widgets->count;
}

struct cr_widget *cr_widgets_add(
    struct cr_widgets *widgets, enum cr_widget_kind kind, const char *name, struct cr_rect where) {
    struct cr_widget *const widget = &widgets->list[widgets->count];
    if (widgets->count + 1 < CR_WIDGETS_MAX)
        widgets->count++;
    /* All bytes, gaps included, since the list is compared by its bytes. */
    memset(widget, 0, sizeof *widget);
    (void)cr_text_format(widget->name, sizeof widget->name, "%s", name);
    widget->kind = kind;
    widget->layer = (enum cr_layer)widgets->layer;
    widget->where = where;
    widget->action = CR_DO_NOTHING;
    widget->mark = CR_MISSING;
    return widget;
}

const struct cr_widget *cr_widgets_find(const struct cr_widgets *widgets, const char *name) {
    for (size_t i = 0; i < widgets->count; i++)
        if (*name && strcmp(widgets->list[i].name, name) == 0)
            return &widgets->list[i];
    return NULL;
}

bool cr_widgets_boxed(const struct cr_widgets *widgets) {
    return widgets->begin[CR_LAYER_BOX] < widgets->begin[CR_LAYER_BOX + 1];
}

struct cr_rect cr_widgets_visible(const struct cr_widgets *widgets, const struct cr_widget *widget) {
    struct cr_rect seen = widget->where;
    if (!widget->scrolled)
        return seen;
    const struct cr_rect view = widgets->place[widget->layer].view;
    const double right = cr_min(cr_rect_right(seen), cr_rect_right(view));
    const double bottom = cr_min(cr_rect_bottom(seen), cr_rect_bottom(view));
    seen.x = cr_max(seen.x, view.x);
    seen.y = cr_max(seen.y, view.y);
    seen.width = cr_max(0.0, right - seen.x);
    seen.height = cr_max(0.0, bottom - seen.y);
    return seen;
}

const struct cr_widget *cr_widgets_at(const struct cr_widgets *widgets, double x, double y) {
    const size_t from = cr_widgets_boxed(widgets) ? widgets->begin[CR_LAYER_BOX] : 0;
    for (size_t i = widgets->count; i > from; i--) {
        const struct cr_widget *const each = &widgets->list[i - 1];
        if (*each->name && cr_layout_within(cr_widgets_visible(widgets, each), x, y))
            return each;
    }
    return NULL;
}

static bool takes_focus(const struct cr_widget *widget) {
    return widget->kind != CR_WIDGET_TEXT && *widget->name && !widget->off && !widget->passed;
}

const struct cr_widget *cr_widgets_next(const struct cr_widgets *widgets, const char *name, int by) {
    const size_t from = cr_widgets_boxed(widgets) ? widgets->begin[CR_LAYER_BOX] : 0;
    const size_t count = widgets->count - from;
    if (count == 0)
        return NULL;
    const struct cr_widget *const now = cr_widgets_find(widgets, name);
    size_t at = by > 0 ? count - 1 : 0; /* so that the step below reaches the first, or the last */
    if (now && now >= widgets->list + from)
        at = (size_t)(now - widgets->list) - from;
    for (size_t tried = 0; tried < count; tried++) {
        at = by > 0 ? (at + 1) % count : (at + count - 1) % count;
        if (takes_focus(&widgets->list[from + at]))
            return &widgets->list[from + at];
    }
    return NULL;
}

static uint64_t add_words(uint64_t sum, const unsigned char *bytes, size_t size) {
    for (size_t at = 0; at < size; at += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, bytes + at, sizeof word);
        sum = cr_sum_word(sum, word);
    }
    return sum;
}

uint64_t cr_widgets_sum(const struct cr_widgets *widgets, enum cr_layer layer) {
    const unsigned char *const bytes = (const unsigned char *)&widgets->list[widgets->begin[layer]];
    const size_t size = (widgets->begin[layer + 1] - widgets->begin[layer]) * sizeof *widgets->list;
    _Static_assert(sizeof *widgets->list % sizeof(uint64_t) == 0, "widgets are summed by words");
    const struct cr_layer_place *const place = &widgets->place[layer];
    const double frame[] = {place->frame.x, place->frame.y, place->frame.width, place->frame.height, place->view.x,
        place->view.y, place->view.width, place->view.height, (double)place->plate, place->scroll, place->length};
    return add_words(add_words(CR_SUM_BEGIN, (const unsigned char *)frame, sizeof frame), bytes, size);
}

static double bend_of(const struct cr_widget *slider) {
    return slider->bend > 0.0 ? slider->bend : 1.0;
}

/* The share of the length, 0 to 1, at which a value stands. */
static double share_of(const struct cr_widget *slider, double value) {
    const double range = slider->high - slider->low;
    return range > 0.0 ? pow(cr_clamp((value - slider->low) / range, 0.0, 1.0), 1.0 / bend_of(slider)) : 0.0;
}

static double value_of(const struct cr_widget *slider, double share) {
    return slider->low + pow(cr_clamp(share, 0.0, 1.0), bend_of(slider)) * (slider->high - slider->low);
}

double cr_slider_place(const struct cr_widget *slider, double value, double scale) {
    const double left = slider->where.x + knob * scale, length = slider->where.width - 2.0 * knob * scale;
    return left + share_of(slider, value) * length;
}

double cr_slider_value_at(const struct cr_widget *slider, double x, double scale) {
    const double left = slider->where.x + knob * scale, length = slider->where.width - 2.0 * knob * scale;
    return value_of(slider, length > 0.0 ? (x - left) / length : 0.0);
}

double cr_slider_round(const struct cr_widget *slider, double value) {
    const double share = cr_min(share_of(slider, value), 0.99);
    const double pixel = value_of(slider, share + 0.01) - value_of(slider, share);
    if (!(pixel > 0.0))
        return slider->low;
    const double unit = pow(10.0, floor(log10(pixel) + 1e-9));
    /* Dividing by a whole power of ten gives the number that reads so; multiplying by 0.01 would not. */
    const double rounded = unit < 1.0 ? round(value / unit) / round(1.0 / unit) : round(value / unit) * unit;
    return cr_clamp(rounded, slider->low, slider->high);
}

double cr_slider_step(const struct cr_widget *slider, double by) {
    if (slider->step > 0.0)
        return cr_clamp(slider->value + by * slider->step, slider->low, slider->high);
    return cr_slider_round(slider, value_of(slider, share_of(slider, slider->value) + by / 100.0));
}

double cr_slider_bend(double low, double high, double value) {
    const double share = high > low ? (value - low) / (high - low) : 1.0;
    return share > 0.0 && share < 0.2 ? cr_min(log(share) / log(0.4), 6.0) : 1.0;
}
