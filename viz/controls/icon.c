#include "viz/controls/icon.h"

#include <math.h>

static const double circle = 6.28318530717958648;

/* All signs are drawn in a square of 16 units about the origin. */

static void polygon(cairo_t *cairo, const double points[][2], int count) {
    for (int i = 0; i < count; i++)
        cairo_line_to(cairo, points[i][0], points[i][1]);
    cairo_close_path(cairo);
    cairo_fill(cairo);
}

static void line(cairo_t *cairo, double x1, double y1, double x2, double y2) {
    cairo_move_to(cairo, x1, y1);
    cairo_line_to(cairo, x2, y2);
    cairo_stroke(cairo);
}

static void dot(cairo_t *cairo, double x, double y, double radius) {
    cairo_arc(cairo, x, y, radius, 0.0, circle);
    cairo_fill(cairo);
}

static void ring(cairo_t *cairo, double x, double y, double radius) {
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x, y, radius, 0.0, circle);
    cairo_stroke(cairo);
}

static void arrow(cairo_t *cairo, double x, double size) {
    const double points[][2] = {{x - 0.5 * size, -0.8 * size}, {x + 0.7 * size, 0.0}, {x - 0.5 * size, 0.8 * size}};
    polygon(cairo, points, 3);
}

static void draw_week(cairo_t *cairo) {
    arrow(cairo, -1.5, 6.0);
    cairo_rectangle(cairo, 4.0, -5.0, 2.2, 10.0);
    cairo_fill(cairo);
}

static void draw_year(cairo_t *cairo) {
    arrow(cairo, -4.0, 5.5);
    arrow(cairo, 2.8, 5.5);
}

static void draw_plane(cairo_t *cairo) {
    line(cairo, -7.0, -7.0, -7.0, 7.0);
    line(cairo, -7.0, 7.0, 7.0, 7.0);
    dot(cairo, -2.5, 2.0, 1.7);
    dot(cairo, 2.0, -1.0, 1.7);
    dot(cairo, 5.0, -5.0, 1.7);
    dot(cairo, -2.0, -4.0, 1.7);
}

static void draw_map(cairo_t *cairo) {
    line(cairo, -4.5, -3.5, 4.5, -5.0);
    line(cairo, -4.5, -3.5, -1.0, 5.0);
    dot(cairo, -4.5, -3.5, 2.7);
    dot(cairo, 5.0, -5.0, 2.4);
    dot(cairo, -1.0, 5.2, 2.4);
    dot(cairo, 6.0, 4.0, 1.7);
}

static void draw_timeline(cairo_t *cairo) {
    cairo_set_line_width(cairo, 2.4);
    line(cairo, -7.0, -5.0, 2.0, -5.0);
    line(cairo, -3.0, 0.0, 7.0, 0.0);
    line(cairo, -6.0, 5.0, -1.0, 5.0);
    line(cairo, 3.0, 5.0, 7.0, 5.0);
}

static void draw_sliders(cairo_t *cairo) {
    static const double at[] = {3.0, -3.0, 1.0};
    for (int i = 0; i < 3; i++) {
        const double y = -5.0 + 5.0 * i;
        line(cairo, -7.0, y, 7.0, y);
        dot(cairo, at[i], y, 2.5);
    }
}

static void draw_bolt(cairo_t *cairo) {
    static const double points[][2] = {{2.0, -8.0}, {-5.0, 1.5}, {-0.5, 1.5}, {-2.0, 8.0}, {5.0, -2.0}, {0.6, -2.0}};
    polygon(cairo, points, 6);
}

static void draw_search(cairo_t *cairo) {
    cairo_set_line_width(cairo, 2.0);
    ring(cairo, -1.5, -1.5, 4.8);
    line(cairo, 2.2, 2.2, 6.8, 6.8);
}

static void draw_camera(cairo_t *cairo) {
    cairo_rectangle(cairo, -7.0, -4.0, 14.0, 10.0);
    cairo_stroke(cairo);
    ring(cairo, 0.0, 1.0, 2.8);
    cairo_rectangle(cairo, -3.0, -6.6, 6.0, 2.6);
    cairo_fill(cairo);
}

static void draw_save(cairo_t *cairo) {
    line(cairo, 0.0, -7.0, 0.0, 2.0);
    cairo_move_to(cairo, -4.0, -1.6);
    cairo_line_to(cairo, 0.0, 2.6);
    cairo_line_to(cairo, 4.0, -1.6);
    cairo_stroke(cairo);
    cairo_move_to(cairo, -7.0, 2.5);
    cairo_line_to(cairo, -7.0, 6.8);
    cairo_line_to(cairo, 7.0, 6.8);
    cairo_line_to(cairo, 7.0, 2.5);
    cairo_stroke(cairo);
}

static void draw_help(cairo_t *cairo) {
    cairo_set_line_width(cairo, 1.9);
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, 0.0, -3.2, 3.3, 0.5 * circle, 0.13 * circle);
    cairo_curve_to(cairo, 0.6, 0.6, 0.0, 1.0, 0.0, 2.6);
    cairo_stroke(cairo);
    dot(cairo, 0.0, 6.0, 1.4);
}

static void draw_reset(cairo_t *cairo) {
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, 0.0, 0.5, 5.2, -0.55 * circle / 2.0, 0.68 * circle);
    cairo_stroke(cairo);
    static const double points[][2] = {{-7.2, -2.0}, {-1.4, -2.4}, {-4.8, -7.0}};
    polygon(cairo, points, 3);
}

static void draw_corners(cairo_t *cairo, double near, double far) {
    for (int i = 0; i < 2; i++) {
        const double side = i ? 1.0 : -1.0;
        cairo_move_to(cairo, side * near, -side * far);
        cairo_line_to(cairo, side * far, -side * far);
        cairo_line_to(cairo, side * far, -side * near);
        cairo_stroke(cairo);
        line(cairo, side * 1.2, -side * 1.2, side * 5.6, -side * 5.6);
    }
}

static void draw_exchange(cairo_t *cairo) {
    line(cairo, -6.5, -3.2, 4.0, -3.2);
    line(cairo, 6.5, 3.2, -4.0, 3.2);
    static const double right[][2] = {{3.0, -7.0}, {7.4, -3.2}, {3.0, 0.6}};
    static const double left[][2] = {{-3.0, -0.6}, {-7.4, 3.2}, {-3.0, 7.0}};
    polygon(cairo, right, 3);
    polygon(cairo, left, 3);
}

static void draw_theme(cairo_t *cairo) {
    ring(cairo, 0.0, 0.0, 6.2);
    cairo_arc(cairo, 0.0, 0.0, 6.2, -0.25 * circle, 0.25 * circle);
    cairo_fill(cairo);
}

void cr_icon_draw(
    const struct cr_canvas *canvas, enum cr_icon icon, double x, double y, double size, struct cr_colour colour) {
    cairo_t *cairo = canvas->cairo;
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, size / 16.0, size / 16.0);
    cairo_set_dash(cairo, NULL, 0, 0.0);
    cairo_set_line_width(cairo, 1.6);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_new_path(cairo);
    cr_canvas_set_colour(canvas, colour);
    switch (icon) {
    case CR_ICON_NONE:
        break;
    case CR_ICON_PLAY:
        arrow(cairo, -0.5, 8.0);
        break;
    case CR_ICON_PAUSE:
        cairo_rectangle(cairo, -5.5, -6.5, 4.0, 13.0);
        cairo_rectangle(cairo, 1.5, -6.5, 4.0, 13.0);
        cairo_fill(cairo);
        break;
    case CR_ICON_WEEK_BACK:
        cairo_scale(cairo, -1.0, 1.0);
        draw_week(cairo);
        break;
    case CR_ICON_WEEK:
        draw_week(cairo);
        break;
    case CR_ICON_YEAR_BACK:
        cairo_scale(cairo, -1.0, 1.0);
        draw_year(cairo);
        break;
    case CR_ICON_YEAR:
        draw_year(cairo);
        break;
    case CR_ICON_PLANE:
        draw_plane(cairo);
        break;
    case CR_ICON_MAP:
        draw_map(cairo);
        break;
    case CR_ICON_TIMELINE:
        draw_timeline(cairo);
        break;
    case CR_ICON_SLIDERS:
        draw_sliders(cairo);
        break;
    case CR_ICON_BOLT:
        draw_bolt(cairo);
        break;
    case CR_ICON_SEARCH:
        draw_search(cairo);
        break;
    case CR_ICON_CAMERA:
        draw_camera(cairo);
        break;
    case CR_ICON_RECORD:
        dot(cairo, 0.0, 0.0, 5.5);
        break;
    case CR_ICON_SAVE:
        draw_save(cairo);
        break;
    case CR_ICON_HELP:
        draw_help(cairo);
        break;
    case CR_ICON_CLOSE:
        line(cairo, -5.0, -5.0, 5.0, 5.0);
        line(cairo, -5.0, 5.0, 5.0, -5.0);
        break;
    case CR_ICON_RESET:
        draw_reset(cairo);
        break;
    case CR_ICON_LARGE:
        draw_corners(cairo, 1.5, 6.5);
        break;
    case CR_ICON_SMALL:
        line(cairo, -6.0, 0.0, 6.0, 0.0);
        break;
    case CR_ICON_EXCHANGE:
        draw_exchange(cairo);
        break;
    case CR_ICON_THEME:
        draw_theme(cairo);
        break;
    }
    cairo_restore(cairo);
}
