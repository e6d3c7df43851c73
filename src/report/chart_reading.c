#include "report/chart_reading.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "report/kind.h"

/* A plot with its series. */
struct source {
    const struct cr_chart *chart; /* of this plot */
    const struct cr_plot *plot;
    struct cr_chart_axis x, y; /* as asked for: labels, forms, categories */
    struct cr_track tracks[CR_TRACKS_MOST];
    size_t count;
};

static bool open_plot(struct source *source, const struct cr_chart *chart, const struct cr_placement *placement,
    enum cr_theme_name theme, size_t plot) {
    if (plot >= placement->plot_count || !(placement->plots[plot].area.width > 0.0))
        return false;
    const bool small = chart->kind == CR_CHART_MULTIPLES;
    source->chart = small ? &chart->of.multiples.panels[plot] : chart;
    source->plot = &placement->plots[plot];
    const struct cr_kind *kind = cr_kind_of(source->chart);
    struct cr_axes axes = {0};
    if (!kind->tracks || !kind->axes || !kind->axes(source->chart, &axes))
        return false;
    source->x = axes.asked_x;
    source->y = axes.asked_y;
    source->count = kind->tracks(source->chart, cr_theme(theme), source->tracks, CR_TRACKS_MOST);
    return true;
}

static double x_of(const struct cr_track *track, size_t i) {
    return track->x ? track->x[i] : (double)i;
}

/* Until where value `i` holds. */
static double end_of(const struct cr_track *track, size_t i) {
    if (track->x_to)
        return track->x_to[i];
    return x_of(track, track->steps && i + 1 < track->count ? i + 1 : i);
}

/* Whether value `i` is seen in the plot. */
static bool is_seen(const struct source *source, const struct cr_track *track, size_t i) {
    const double x = x_of(track, i), end = end_of(track, i);
    return cr_chart_axis_takes(&source->x, x) && cr_chart_axis_takes(&source->y, track->y[i]) &&
           end >= source->plot->x.from && x <= source->plot->x.to;
}

/* The place along the axis that is nearest to `at`. */
static bool find_nearest(const struct source *source, double at, double *found) {
    const struct cr_scale *scale = &source->plot->x;
    const double place = isinf(at) ? (at < 0.0 ? scale->start : scale->end) : cr_scale_place(scale, at);
    double least = INFINITY;
    for (size_t t = 0; t < source->count; t++)
        for (size_t i = 0; i < source->tracks[t].count; i++) {
            const struct cr_track *track = &source->tracks[t];
            if (!is_seen(source, track, i))
                continue;
            const double from = cr_scale_place(scale, x_of(track, i)), to = cr_scale_place(scale, end_of(track, i));
            const double away = place < from ? from - place : place > to ? place - to : 0.0;
            /* where one ends and the next begins, the next holds */
            if (away < least || (away <= least && x_of(track, i) > *found && x_of(track, i) <= at)) {
                least = away;
                *found = x_of(track, i);
            }
        }
    return !isinf(least);
}

/* The next place behind (`by` > 0) or before `at`; `at` itself if there is none. */
static double find_next(const struct source *source, double at, int by) {
    double found = at;
    for (size_t t = 0; t < source->count; t++)
        for (size_t i = 0; i < source->tracks[t].count; i++) {
            const double x = x_of(&source->tracks[t], i);
            if (is_seen(source, &source->tracks[t], i) && (by > 0 ? x > at : x < at) &&
                (!(found > at || found < at) || (by > 0 ? x < found : x > found)))
                found = x;
        }
    return found;
}

/* Which value of a track holds at a place; `count` for none, and `*before`: the one before the first. */
static size_t find_value(const struct cr_track *track, double at, bool *before) {
    size_t found = track->count;
    *before = track->steps;
    for (size_t i = 0; i < track->count; i++) {
        const double x = x_of(track, i);
        if (track->steps ? x <= at : !(x < at || x > at))
            found = i;
        *before = *before && x > at;
    }
    return found;
}

/* As many as tell a hundredth of the axis apart, of percentages half of that. */
static int decimals_of(const struct cr_scale *scale, enum cr_number_form form) {
    const double span = fabs(scale->to - scale->from);
    return (int)cr_clamp(ceil(-log10(form == CR_NUMBER_PERCENT ? span / 2.0 : span / 100.0)), 0.0, 8.0);
}

static void write_number(const struct source *source, double value, char *text, size_t size) {
    const struct cr_scale *scale = &source->plot->y;
    if (scale->logarithmic)
        (void)cr_ticks_brief(value, source->y.form, text, size);
    else
        (void)cr_ticks_write(value, decimals_of(scale, source->y.form), source->y.form, text, size);
}

static void read_track(struct cr_chart_reading *reading, const struct source *source, const struct cr_track *track,
    enum cr_theme_name theme) {
    bool before;
    const size_t i = find_value(track, reading->at, &before);
    if ((i == track->count && !before) || reading->count == CR_CHART_READ_MOST)
        return;
    struct cr_chart_value *value = &reading->values[reading->count];
    *value = (struct cr_chart_value){.name = track->name,
        .mark = track->mark,
        .swatch = track->swatch,
        .value = before ? track->before : track->y[i],
        .low = track->low && !before ? track->low[i] : CR_MISSING,
        .high = track->high && !before ? track->high[i] : CR_MISSING};
    if (!cr_chart_axis_takes(&source->y, value->value))
        return;
    if (track->meanings && !before)
        value->mark = cr_theme_mark(cr_theme(theme), track->meanings[i], 0);
    const bool aside = track->x_to || track->swatch == CR_SWATCH_BOX;
    value->y = aside ? CR_MISSING : cr_scale_place(&source->plot->y, value->value);
    write_number(source, value->value, value->text, sizeof value->text);
    if (!isnan(value->low) && !isnan(value->high)) {
        char low[CR_TICK_TEXT], high[CR_TICK_TEXT];
        write_number(source, value->low, low, sizeof low);
        write_number(source, value->high, high, sizeof high);
        (void)cr_text_format(value->interval, sizeof value->interval, "%s to %s", low, high);
    }
    if (aside) {
        const bool box = track->swatch == CR_SWATCH_BOX;
        reading->left = cr_scale_place(&source->plot->x, box ? reading->at - 0.5 : reading->at);
        reading->right = cr_scale_place(&source->plot->x, box ? reading->at + 0.5 : end_of(track, i));
    }
    reading->count++;
}

/* A place along the x axis in words: a category's name, or a number with its label and unit. */
static void write_place(const struct source *source, double at, double to, char *text, size_t size) {
    const struct cr_chart_axis *axis = &source->x;
    char number[CR_CHART_READ_TEXT], end[CR_TICK_TEXT];
    if (axis->category_count > 0 && axis->categories) {
        (void)cr_text_format(number, sizeof number, "%s", axis->categories[(size_t)at]);
    } else {
        const double shown[] = {axis->category_count > 0 ? axis->values[(size_t)at] : at, to};
        const int decimals = cr_ticks_decimals(shown, 2, axis->form);
        (void)cr_ticks_write(shown[0], decimals, axis->form, number, sizeof number);
        if (to > at && axis->category_count == 0) {
            const size_t used = strlen(number);
            (void)cr_ticks_write(to, decimals, axis->form, end, sizeof end);
            (void)cr_text_format(number + used, sizeof number - used, " to %s", end);
        }
    }
    const char *label = axis->label ? axis->label : "";
    const bool unit = axis->unit && axis->category_count == 0;
    (void)cr_text_format(text, size, "%s%s%s%s%s", label,
        !*label              ? ""
        : strchr(label, ' ') ? ": "
                             : " ",
        number, unit ? " " : "", unit ? axis->unit : "");
}

static void write_where(
    struct cr_chart_reading *reading, const struct source *source, const struct cr_chart *whole, double to) {
    char place[CR_CHART_WHERE_TEXT];
    write_place(source, reading->at, to, place, sizeof place);
    place[0] = (char)toupper((unsigned char)place[0]);
    if (source->chart != whole && source->chart->title)
        (void)cr_text_format(
            reading->where, sizeof reading->where, "%.80s \302\267 %.70s", source->chart->title, place);
    else
        (void)cr_text_format(reading->where, sizeof reading->where, "%s", place);
}

bool cr_chart_read_at(const struct cr_chart *chart, const struct cr_placement *placement, enum cr_theme_name theme,
    size_t plot, double at, int by, struct cr_chart_reading *reading) {
    struct source source;
    double found = -INFINITY, to = CR_MISSING;
    if (!open_plot(&source, chart, placement, theme, plot) || !find_nearest(&source, at, &found))
        return false;
    for (; by != 0; by -= by > 0 ? 1 : -1)
        found = find_next(&source, found, by);
    memset(reading, 0, sizeof *reading);
    reading->plot = plot;
    reading->at = found;
    reading->area = source.plot->area;
    reading->left = reading->right = cr_scale_place(&source.plot->x, found);
    for (size_t t = 0; t < source.count; t++) {
        read_track(reading, &source, &source.tracks[t], theme);
        bool before;
        const size_t i = find_value(&source.tracks[t], found, &before);
        if (source.tracks[t].x_to && i < source.tracks[t].count)
            to = source.tracks[t].x_to[i];
    }
    write_where(reading, &source, chart, to);
    return true;
}

/* How far a point is from a rectangle. */
static double distance(struct cr_rect area, double x, double y) {
    const double across = cr_max(0.0, cr_max(area.x - x, x - cr_rect_right(area)));
    const double down = cr_max(0.0, cr_max(area.y - y, y - cr_rect_bottom(area)));
    return hypot(across, down);
}

bool cr_chart_read(const struct cr_chart *chart, const struct cr_placement *placement, enum cr_theme_name theme,
    double x, double y, struct cr_chart_reading *reading) {
    const double rim = 12.0;
    double least = rim;
    size_t nearest = CR_PLOTS_MOST;
    for (size_t i = 0; i < placement->plot_count; i++) {
        const struct cr_rect area = placement->plots[i].area;
        const double away = distance(area, x, y);
        if (area.width > 0.0 && (away < least || (away <= least && nearest == CR_PLOTS_MOST))) {
            least = away;
            nearest = i;
        }
    }
    return nearest < CR_PLOTS_MOST && cr_chart_read_at(chart, placement, theme, nearest,
                                          cr_scale_value(&placement->plots[nearest].x, x), 0, reading);
}
