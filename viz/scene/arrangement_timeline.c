#include "viz/scene/arrangement_timeline.h"

#include <math.h>

#include "base/numeric.h"
#include "model/population.h"

struct cr_timeline cr_timeline_lay(const struct cr_timeline_view *view) {
    struct cr_timeline timeline = {view->most, 1, 0, 0};
    if (view->ties <= 0)
        return timeline;
    timeline.row = cr_min(view->most, (view->height - 2.0 * view->margin) / view->ties);
    const double row = timeline.row * view->zoom;
    while (row * timeline.stride < view->least && timeline.stride < view->ties)
        timeline.stride *= 2;
    const double above = view->top + view->zoom * view->margin;
    const double from = cr_max(0.0, ceil((-above / row - 0.5) / timeline.stride)) * timeline.stride;
    const double to = cr_min(view->ties - 1.0, (view->height - above) / row - 0.5);
    if (from > to)
        return timeline;
    timeline.first = (int32_t)from;
    timeline.shown = (int32_t)((to - from) / timeline.stride) + 1;
    return timeline;
}

double cr_timeline_place(const struct cr_timeline *timeline, const struct cr_timeline_view *view, int32_t tie) {
    return view->top + view->zoom * (view->margin + timeline->row * (tie + 0.5));
}

int32_t cr_timeline_begin(int32_t first_start) {
    enum { STEP = 5 * CR_WEEKS_A_YEAR };
    return first_start > 0 ? first_start / STEP * STEP : 0;
}
