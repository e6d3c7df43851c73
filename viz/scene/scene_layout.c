#include "viz/scene/scene_layout.h"

#include <math.h>

#include "base/numeric.h"

double cr_scene_unit(const struct cr_look *look, int width, int height) {
    return look->scale * cr_canvas_unit(width / look->scale, height / look->scale, look->text_scale);
}

bool cr_scene_is_wide(int width, int height) {
    return width > 1.12 * height;
}

struct cr_scene_layout cr_scene_layout(enum cr_arrangement arrangement, const struct cr_look *look, int width,
    int height, double legend_width, double legend_height) {
    struct cr_scene_layout layout = {.width = width,
        .height = height,
        .unit = cr_scene_unit(look, width, height),
        .point = look->scale,
        .beside = cr_scene_is_wide(width, height)};
    const double unit = layout.unit, pad = 0.9 * unit;
    const double right = layout.beside ? legend_width + 2.0 * pad : pad;
    const double bottom = layout.beside ? pad : legend_height + 1.6 * pad;
    double left = pad, below = 0.0;
    if (arrangement == CR_ARRANGEMENT_PLANE)
        left = 3.6 * unit;
    if (arrangement == CR_ARRANGEMENT_TIMELINE)
        left = 2.4 * unit;
    if (arrangement != CR_ARRANGEMENT_MAP)
        below = 2.6 * unit;
    layout.plot = (struct cr_rect){round(left), round(pad), cr_max(16.0, round(width - left - right)),
        cr_max(16.0, round(height - pad - below - bottom))};
    layout.legend = layout.beside
                        ? (struct cr_rect){width - legend_width - pad, pad, legend_width, height - 2.0 * pad}
                        : (struct cr_rect){pad, height - legend_height - 0.6 * pad, width - 2.0 * pad, legend_height};
    return layout;
}

double cr_scene_plane_margin(const struct cr_scene_layout *layout) {
    return 10.0 * layout->point;
}

double cr_scene_plane_x(const struct cr_scene_layout *layout, double anxiety) {
    const double margin = cr_scene_plane_margin(layout);
    return margin + (layout->plot.width - 2.0 * margin) * (anxiety - 1.0) / 6.0;
}

double cr_scene_plane_y(const struct cr_scene_layout *layout, double avoidance) {
    const double margin = cr_scene_plane_margin(layout);
    return layout->plot.height - margin - (layout->plot.height - 2.0 * margin) * (avoidance - 1.0) / 6.0;
}

double cr_scene_plane_anxiety(const struct cr_scene_layout *layout, double x) {
    const double margin = cr_scene_plane_margin(layout);
    return 1.0 + 6.0 * (x - margin) / (layout->plot.width - 2.0 * margin);
}

double cr_scene_plane_avoidance(const struct cr_scene_layout *layout, double y) {
    const double margin = cr_scene_plane_margin(layout);
    return 1.0 + 6.0 * (layout->plot.height - margin - y) / (layout->plot.height - 2.0 * margin);
}

double cr_scene_map_radius(const struct cr_scene_layout *layout) {
    return 0.5 * cr_min(layout->plot.width, layout->plot.height) - 3.0 * layout->point;
}

double cr_scene_timeline_x(const struct cr_scene_layout *layout, double begin, double end, double week) {
    const double margin = 4.0 * layout->point;
    return margin + (layout->plot.width - 2.0 * margin) * (week - begin) / cr_max(1.0, end - begin);
}
