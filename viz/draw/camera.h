#ifndef CR_VIZ_CAMERA_H
#define CR_VIZ_CAMERA_H

/* Which part of a picture is looked at, and how large: place = at + zoom * (what is drawn without zoom), in pixels from
 * the picture's upper left corner. */
struct cr_camera {
    double zoom; /* 1 to CR_CAMERA_MOST */
    double x, y; /* at; never more than 0, and never so little that the picture leaves an edge bare */
};

#define CR_CAMERA_MOST 64.0

/* All of it. */
static inline struct cr_camera cr_camera_all(void) {
    return (struct cr_camera){1.0, 0.0, 0.0};
}

/* The nearest camera that leaves no edge of a picture of that size bare. */
static inline struct cr_camera cr_camera_within(struct cr_camera camera, double width, double height) {
    const double right = (1.0 - camera.zoom) * width, bottom = (1.0 - camera.zoom) * height;
    camera.x = camera.x > 0.0 ? 0.0 : (camera.x < right ? right : camera.x);
    camera.y = camera.y > 0.0 ? 0.0 : (camera.y < bottom ? bottom : camera.y);
    return camera;
}

/* Magnifies so that what is at (x, y) stays there. */
static inline struct cr_camera cr_camera_zoom(
    struct cr_camera camera, double factor, double x, double y, double width, double height) {
    const double wanted = camera.zoom * factor;
    const double zoom = wanted < 1.0 ? 1.0 : (wanted > CR_CAMERA_MOST ? CR_CAMERA_MOST : wanted);
    const double by = zoom / camera.zoom;
    const struct cr_camera moved = {zoom, x + by * (camera.x - x), y + by * (camera.y - y)};
    return cr_camera_within(moved, width, height);
}

static inline struct cr_camera cr_camera_pan(struct cr_camera camera, double x, double y, double width, double height) {
    camera.x += x;
    camera.y += y;
    return cr_camera_within(camera, width, height);
}

#endif
