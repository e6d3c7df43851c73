#include <math.h>
#include <stdio.h>

#include "viz/scene/scene_state.h"

/* Writes a short text on a plate, to a pane of its size. */
static int write(struct cr_scene *scene, const char *text, bool year, struct cr_error *error) {
    const struct cr_theme *theme = cr_theme(scene->look.theme);
    const double unit = scene->backdrop.layout.unit, pad = 0.35 * unit;
    int width = 1, height = 1;
    for (int pass = 0; pass < 2; pass++) {
        cairo_t *cairo = cr_pane_begin(&scene->label, width, height, error);
        if (!cairo)
            return CR_ERROR_MEMORY;
        struct cr_canvas canvas;
        const int code = cr_canvas_init(&canvas, cairo, theme, width, height, 1.0, error);
        if (!code) {
            /* the year is a tag on the axis, which must not be taken for one of its numbers */
            const struct cr_colour plate = year ? theme->ink : cr_colour_with_alpha(theme->background, 0.85);
            const struct cr_lettering lettering = {
                .size = 0.95, .bold = true, .colour = year ? theme->background : theme->ink};
            canvas.unit = unit;
            const struct cr_extent room = cr_canvas_measure(&canvas, text, &lettering);
            cr_canvas_fill(&canvas, (struct cr_rect){0.0, 0.0, width, height}, plate);
            cr_canvas_write(&canvas, text, &lettering, pad, 0.25 * pad);
            width = (int)ceil(room.width + 2.0 * pad);
            height = (int)ceil(room.height + 0.5 * pad);
        }
        cr_canvas_free(&canvas);
        cairo_destroy(cairo);
        if (code)
            return code;
    }
    return cr_pane_end(&scene->label, scene->renderer, error);
}

static int prepare(struct cr_scene *scene, int32_t number, bool year, struct cr_error *error) {
    const double unit = scene->backdrop.layout.unit;
    if (scene->label.texture && scene->label_number == number && scene->label_year == year &&
        scene->label_theme == scene->look.theme && scene->label_unit == unit)
        return 0;
    char text[32];
    (void)snprintf(text, sizeof text, year ? "year %d" : "no. %d", number);
    scene->label_number = number;
    scene->label_year = year;
    scene->label_theme = scene->look.theme;
    scene->label_unit = unit;
    return write(scene, text, year, error);
}

/* The year hides the numbers of the axis that it would cover in part. */
static void show_year(struct cr_scene *scene, int left, int top) {
    const struct cr_pane *const label = &scene->label;
    const struct cr_colour ground = cr_theme(scene->look.theme)->background;
    SDL_SetRenderDrawBlendMode(scene->renderer, SDL_BLENDMODE_NONE);
    SDL_SetRenderDrawColor(scene->renderer, (Uint8)lround(255.0 * ground.red), (Uint8)lround(255.0 * ground.green),
        (Uint8)lround(255.0 * ground.blue), 255);
    for (size_t k = 0; k < scene->backdrop.number_count; k++) {
        const struct cr_rect number = scene->backdrop.numbers[k];
        const int x = scene->where.x + (int)floor(number.x) - 1, y = scene->where.y + (int)floor(number.y) - 1;
        const SDL_Rect box = {x, y, (int)ceil(number.width) + 3, (int)ceil(number.height) + 3};
        if (box.x < left + label->width && box.x + box.w > left)
            SDL_RenderFillRect(scene->renderer, &box);
    }
    cr_pane_show(label, scene->renderer, left, top);
}

int cr_scene_show_label(struct cr_scene *scene, struct cr_error *error) {
    const struct cr_rect plot = scene->backdrop.layout.plot;
    const double point = scene->look.scale;
    const bool timeline = scene->options.arrangement == CR_ARRANGEMENT_TIMELINE;
    double x = scene->where.x + plot.x, y = scene->where.y + cr_rect_bottom(plot), aside = 0.0;
    if (timeline) {
        x += cr_scene_week_across(scene, scene->week);
    } else if (scene->options.chosen != CR_NOBODY && cr_scene_place(scene, scene->options.chosen, &x, &y)) {
        aside = scene->stamps.radius + 8.0 * point;
    } else {
        return 0;
    }
    if (x < scene->where.x + plot.x || x > scene->where.x + cr_rect_right(plot))
        return 0;
    const int32_t number = timeline ? scene->week / CR_WEEKS_A_YEAR : scene->options.chosen;
    const int code = prepare(scene, number, timeline, error);
    if (code)
        return code;
    const struct cr_pane *label = &scene->label;
    const bool leftwards = x + aside + label->width > scene->where.x + cr_rect_right(plot);
    const double left = leftwards ? x - aside - label->width : x + aside, top = y - 0.5 * label->height;
    if (timeline)
        show_year(scene, (int)round(x - 0.5 * label->width), (int)round(y + 2.0 * point));
    else
        cr_pane_show(label, scene->renderer, (int)round(left), (int)round(top));
    return 0;
}
