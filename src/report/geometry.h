#ifndef CR_REPORT_GEOMETRY_H
#define CR_REPORT_GEOMETRY_H

/* Places on a chart, in pixels (or units that stand for them): x runs right, y runs down. */

struct cr_rect {
    double x, y; /* the upper left corner */
    double width, height;
};

static inline double cr_rect_right(struct cr_rect rect) {
    return rect.x + rect.width;
}

static inline double cr_rect_bottom(struct cr_rect rect) {
    return rect.y + rect.height;
}

/* Whether the two share more than an edge. */
static inline int cr_rect_overlap(struct cr_rect a, struct cr_rect b) {
    return a.x < cr_rect_right(b) && b.x < cr_rect_right(a) && a.y < cr_rect_bottom(b) && b.y < cr_rect_bottom(a);
}

/* What is left when each side moves inwards by so much; never of negative size. */
static inline struct cr_rect cr_rect_without(
    struct cr_rect rect, double left, double top, double right, double bottom) {
    struct cr_rect inner = {rect.x + left, rect.y + top, rect.width - left - right, rect.height - top - bottom};
    inner.width = inner.width > 0.0 ? inner.width : 0.0;
    inner.height = inner.height > 0.0 ? inner.height : 0.0;
    return inner;
}

#endif
