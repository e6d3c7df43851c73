#include <math.h>

#include "base/numeric.h"
#include "base/text.h"
#include "viz/viewer/face.h"

/* The bar of time at the bottom: the years of the run, what of it is recorded, and where parameters changed. */

enum { PAD = 16, MARKS_MAX = 96 };

static void add_mark(struct cr_viewer *viewer, const struct cr_widget *time, size_t index, size_t world) {
    const struct cr_snapshot *const now = cr_viewer_now(viewer, world);
    const struct cr_change *const change = &now->changes[index];
    const double scale = viewer->look.scale, side = round(13.0 * scale);
    char name[CR_WIDGET_NAME], value[32], week[64];
    (void)cr_text_format(name, sizeof name, "change:%zu%s", index, world ? ":2" : "");
    const struct cr_rect where = {
        round(cr_slider_place(time, change->week, scale) - side / 2.0), round(time->where.y - 2.0 * scale), side, side};
    struct cr_widget *mark = cr_widgets_add(&viewer->widgets, CR_WIDGET_MARK, name, where);
    mark->action = CR_DO_SCRUB;
    mark->argument = change->week;
    (void)cr_text_format(mark->tip, sizeof mark->tip, "%s: %s becomes %s%s",
        cr_face_week(change->week, week, sizeof week), change->field->key,
        cr_text_real(change->value, value, sizeof value),
        viewer->viewing->count < 2 ? ""
        : world                    ? " in B"
                                   : " in A");
}

void cr_face_time(struct cr_viewer *viewer) {
    const struct cr_rect bar = viewer->layout.scrub;
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    const double scale = viewer->look.scale, pad = round(PAD * scale);
    cr_widgets_layer(&viewer->widgets, CR_LAYER_SCRUB, CR_PLATE_BAR, bar);
    struct cr_widget *time = cr_widgets_add(&viewer->widgets, CR_WIDGET_TIME, "time",
        (struct cr_rect){
            bar.x + pad, bar.y + round(6.0 * scale), bar.width - 2.0 * pad, bar.height - round(8.0 * scale)});
    time->action = CR_DO_SCRUB;
    time->argument = -1;
    time->high = now->weeks;
    time->step = CR_WEEKS_A_YEAR;
    const struct cr_widget track = *time;
    for (size_t w = 0; w < viewer->viewing->count; w++)
        for (size_t i = 0; i < cr_viewer_now(viewer, w)->change_count && i < MARKS_MAX; i++)
            add_mark(viewer, &track, i, w);
}
