#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/store_outline.h"
#include "io/store_values.h"
#include "measure/statistics.h"
#include "report/source_chart.h"

/* Bands of more lines than that would hide one another. */
enum { LINES_MOST = 8, BANDS_MOST = 3, BARS_MOST = 15 };

/* A heat map with more cells than this many times its points would be empty. */
enum { SPARSE = 4 };

/* An axis of the design, and where each point lies on it. */
struct axis {
    const char *key, *unit;
    bool words;
    size_t *at;         /* held: of each point, the place of its value */
    double *values;     /* held: the different values in order; of words 0, 1, ... */
    const char **names; /* held: of words */
    size_t count;       /* of different values */
};

struct source {
    struct cr_holdings *holdings;
    struct cr_store store;
    struct axis axes[2];
    size_t axis_count; /* of the design; the first two are read */
    size_t points;
    struct cr_stored_readings readings;
};

static int compare_numbers(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static int lack_memory(const struct source *source, struct cr_error *error) {
    return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the chart of %.300s", source->store.path);
}

/* A cell that this program writes in every store is not there. */
static int find_damage(const struct source *source, const char *table, struct cr_error *error) {
    return cr_error_set(error, CR_ERROR_IO, "%.300s is damaged: its table %s lacks a value", source->store.path, table);
}

/* The place of a word among those of the axis, which gets it if it is new. */
static size_t place_of_word(struct source *source, struct axis *axis, const char *word) {
    for (size_t k = 0; k < axis->count; k++)
        if (axis->names[k] != NULL && strcmp(axis->names[k], word) == 0)
            return k;
    axis->values[axis->count] = (double)axis->count;
    axis->names[axis->count] = cr_holdings_text(source->holdings, "%s", word);
    return axis->count++;
}

/* The value of each point on the axis. */
static int read_each(struct source *source, struct axis *axis, double *each, struct cr_error *error) {
    sqlite3_stmt *query = NULL;
    char *sql = sqlite3_mprintf("SELECT \"%w\" FROM points ORDER BY point", axis->key);
    int status = sql == NULL ? lack_memory(source, error) : cr_store_prepare(&source->store, sql, &query, error);
    int stepped = SQLITE_DONE;
    size_t p = 0;
    for (; status == 0 && (stepped = sqlite3_step(query)) == SQLITE_ROW && p < source->points; p++) {
        const char *text = (const char *)sqlite3_column_text(query, 0);
        if (text == NULL)
            status = find_damage(source, "points", error);
        else
            each[p] = axis->words ? (double)place_of_word(source, axis, text) : sqlite3_column_double(query, 0);
    }
    if (status == 0 && stepped != SQLITE_DONE)
        status = cr_store_fail(&source->store, "read", error);
    (void)sqlite3_finalize(query);
    sqlite3_free(sql);
    return status;
}

static int read_values(struct source *source, struct axis *axis, struct cr_error *error) {
    double *each = cr_holdings_take(source->holdings, source->points, sizeof *each);
    axis->at = cr_holdings_take(source->holdings, source->points, sizeof *axis->at);
    axis->values = cr_holdings_take(source->holdings, source->points, sizeof *axis->values);
    axis->names = cr_holdings_take(source->holdings, source->points, sizeof *axis->names);
    const int status = source->holdings->failed ? lack_memory(source, error) : read_each(source, axis, each, error);
    if (status != 0)
        return status;
    if (!axis->words && source->points > 0) {
        memcpy(axis->values, each, source->points * sizeof *each);
        qsort(axis->values, source->points, sizeof *axis->values, compare_numbers);
        for (size_t p = 0; p < source->points; p++)
            if (axis->count == 0 || axis->values[axis->count - 1] != axis->values[p])
                axis->values[axis->count++] = axis->values[p];
    }
    for (size_t p = 0; p < source->points; p++) {
        const double *found = bsearch(&each[p], axis->values, axis->count, sizeof *axis->values, compare_numbers);
        axis->at[p] = found != NULL ? (size_t)(found - axis->values) : 0;
    }
    return 0;
}

static int read_axes(struct source *source, struct cr_error *error) {
    sqlite3_stmt *query = NULL;
    int64_t points;
    int stepped = SQLITE_DONE;
    int status = cr_store_count(&source->store, "SELECT count(*) FROM points", 0, &points, error);
    if (status == 0)
        status = cr_store_prepare(&source->store, "SELECT key, type, unit FROM axes ORDER BY axis", &query, error);
    source->points = status == 0 ? (size_t)points : 0;
    while (status == 0 && (stepped = sqlite3_step(query)) == SQLITE_ROW) {
        const char *key = (const char *)sqlite3_column_text(query, 0),
                   *type = (const char *)sqlite3_column_text(query, 1),
                   *unit = (const char *)sqlite3_column_text(query, 2);
        if (key == NULL || type == NULL || unit == NULL) {
            status = find_damage(source, "axes", error);
        } else if (source->axis_count++ < 2) {
            struct axis *axis = &source->axes[source->axis_count - 1];
            axis->key = cr_holdings_text(source->holdings, "%s", key);
            axis->unit = strcmp(unit, "1") == 0 ? NULL : cr_holdings_text(source->holdings, "%s", unit);
            axis->words = strcmp(type, "choice") == 0 || strcmp(type, "boolean") == 0;
        }
    }
    if (status == 0 && stepped != SQLITE_DONE)
        status = cr_store_fail(&source->store, "read", error);
    (void)sqlite3_finalize(query);
    for (size_t k = 0; status == 0 && k < source->axis_count && k < 2; k++)
        status = read_values(source, &source->axes[k], error);
    return status;
}

/* The reading that is asked for; the first that there is if none is; NULL, with a sentence, if there is no such. */
static const struct cr_stored_reading *find_reading(
    const struct source *source, const char *asked, struct cr_error *error) {
    for (size_t k = 0; k < source->readings.count; k++) {
        const struct cr_stored_reading *each = &source->readings.reading[k];
        const size_t length = strlen(each->measure);
        if (asked == NULL ||
            (strncmp(asked, each->measure, length) == 0 &&
                (asked[length] == '\0' || (asked[length] == ':' && strcmp(asked + length + 1, each->group) == 0))))
            return each;
    }
    if (source->readings.count == 0)
        (void)cr_error_set(error, CR_ERROR_USAGE, "%.300s has no finished run yet", source->store.path);
    else
        (void)cr_error_set(error, CR_ERROR_USAGE, "%.200s has no measure %.64s; cradle export tells what it has",
            source->store.path, asked);
    return NULL;
}

/* The means of a reading at all points, held. */
static int estimate(struct source *source, const struct cr_stored_reading *reading, struct cr_estimate **estimates,
    struct cr_error *error) {
    *estimates = cr_holdings_take(source->holdings, source->points, sizeof **estimates);
    return *estimates == NULL ? lack_memory(source, error)
                              : cr_store_point_estimates(&source->store, reading, source->points, *estimates, error);
}

static struct cr_chart_axis chart_axis(const struct axis *axis) {
    return (struct cr_chart_axis){.label = axis->key,
        .unit = axis->unit,
        .category_count = axis->words ? axis->count : 0,
        .categories = axis->words ? axis->names : NULL};
}

static int draw_heat(struct cr_source_chart *made, struct source *source, const struct cr_stored_reading *reading,
    struct cr_error *error) {
    if (source->axis_count != 2)
        return cr_error_set(error, CR_ERROR_USAGE, "a heat map needs a sweep over two axes; %.200s has %zu",
            source->store.path, source->axis_count);
    const struct axis *x = &source->axes[0], *y = &source->axes[1];
    /* A sample of points fills few cells. */
    if (x->count * y->count > SPARSE * source->points)
        return cr_error_set(error, CR_ERROR_USAGE,
            "a heat map needs a grid, such as design factorial gives; the %zu points of %.200s lie on %zu x %zu values",
            source->points, source->store.path, x->count, y->count);
    struct cr_estimate *estimates;
    const int status = estimate(source, reading, &estimates, error);
    if (status != 0)
        return status;
    double *values = cr_holdings_take(source->holdings, x->count * y->count, sizeof *values);
    if (values == NULL)
        return lack_memory(source, error);
    for (size_t k = 0; k < x->count * y->count; k++)
        values[k] = (double)NAN;
    for (size_t p = 0; p < source->points; p++)
        values[y->at[p] * x->count + x->at[p]] = estimates[p].value;
    made->chart.note = "Means over replicates";
    made->chart.of.heat_map = (struct cr_chart_heat_map){.x = chart_axis(x),
        .y = chart_axis(y),
        .xs = x->words ? NULL : x->values,
        .ys = y->words ? NULL : y->values,
        .columns = x->count,
        .rows = y->count,
        .values = values,
        .value = cr_source_axis(reading->measure),
        .numbers = true};
    made->chart.of.heat_map.value.with_zero = false;
    return 0;
}

static int draw_lines(struct cr_source_chart *made, struct source *source, const struct cr_stored_reading *reading,
    struct cr_error *error) {
    const struct axis *x = &source->axes[0], *by = source->axis_count > 1 ? &source->axes[1] : NULL;
    const size_t count = by != NULL ? by->count : 1;
    if (source->axis_count == 0 || source->axis_count > 2 || count > LINES_MOST || x->words)
        return cr_error_set(error, CR_ERROR_USAGE,
            "lines need a sweep along one axis of numbers, or along two with at most %d values of the second",
            LINES_MOST);
    const bool bands = count <= BANDS_MOST;
    struct cr_estimate *estimates;
    const int status = estimate(source, reading, &estimates, error);
    if (status != 0)
        return status;
    struct cr_line *lines = cr_holdings_take(source->holdings, count, sizeof *lines);
    double *numbers = cr_holdings_take(source->holdings, 3 * count * x->count, sizeof *numbers);
    if (lines == NULL || numbers == NULL)
        return lack_memory(source, error);
    for (size_t k = 0; k < 3 * count * x->count; k++)
        numbers[k] = (double)NAN;
    for (size_t p = 0; p < source->points; p++) {
        double *of_line = numbers + 3 * x->count * (by != NULL ? by->at[p] : 0);
        const struct cr_interval interval = cr_source_interval(reading->measure, estimates[p]);
        of_line[x->at[p]] = estimates[p].value;
        of_line[x->count + x->at[p]] = interval.low;
        of_line[2 * x->count + x->at[p]] = interval.high;
    }
    for (size_t k = 0; k < count; k++) {
        const double *of_line = numbers + 3 * x->count * k;
        lines[k] = (struct cr_line){.name = by == NULL  ? NULL
                                            : by->words ? by->names[k]
                                                        : cr_holdings_text(source->holdings, "%.6g", by->values[k]),
            .x = x->values,
            .y = of_line,
            .low = bands ? of_line + x->count : NULL,
            .high = bands ? of_line + 2 * x->count : NULL,
            .count = x->count,
            .points = true};
    }
    made->chart.note = bands ? "Means over replicates; bands: their 95% intervals" : "Means over replicates";
    if (by != NULL)
        made->chart.note =
            cr_holdings_text(source->holdings, "Lines: %s%s%s%s. %s", by->key, by->unit != NULL ? " (" : "",
                by->unit != NULL ? by->unit : "", by->unit != NULL ? ")" : "", made->chart.note);
    made->chart.of.lines = (struct cr_chart_lines){
        .x = chart_axis(x), .y = cr_source_axis(reading->measure), .lines = lines, .line_count = count};
    return 0;
}

/* The value of a cell; NaN for none. */
static double real_at(sqlite3_stmt *query, int column) {
    return sqlite3_column_type(query, column) == SQLITE_NULL ? (double)NAN : sqlite3_column_double(query, column);
}

/* Bars of sensitivity: the larger index and the smaller of each parameter, the most important first. */
static int draw_indices(struct cr_source_chart *made, struct source *source, const struct cr_stored_reading *reading,
    struct cr_error *error) {
    enum { NUMBERS = 6 };
    static const char *const kinds[2][2] = {{"total", "first"}, {"mu_star", "sigma"}};
    static const char *const names[2][2] = {{"total", "first order"}, {"μ*", "σ"}};
    sqlite3_stmt *query = NULL;
    int64_t morris = 0;
    struct cr_bar_series *series = cr_holdings_take(source->holdings, 2, sizeof *series);
    double *numbers = cr_holdings_take(source->holdings, (size_t)NUMBERS * BARS_MOST, sizeof *numbers);
    const char **parameters = cr_holdings_take(source->holdings, BARS_MOST, sizeof *parameters);
    int status = source->holdings->failed
                     ? lack_memory(source, error)
                     : cr_store_count(&source->store, "SELECT count(*) FROM indices WHERE \"index\" = 'mu_star'", 0,
                           &morris, error);
    if (status == 0)
        status = cr_store_prepare(&source->store,
            "SELECT a.parameter, a.value, a.low, a.high, b.value, b.low, b.high FROM indices a JOIN indices b"
            " USING (measure, \"group\", parameter) WHERE measure = ?1 AND \"group\" = ?2 AND a.\"index\" = ?3 AND"
            " b.\"index\" = ?4 ORDER BY a.value DESC, a.position",
            &query, error);
    if (status != 0)
        return status;
    (void)sqlite3_bind_text(query, 1, reading->measure, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(query, 2, reading->group, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(query, 3, kinds[morris > 0][0], -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(query, 4, kinds[morris > 0][1], -1, SQLITE_STATIC);
    size_t count = 0;
    int stepped;
    while ((stepped = sqlite3_step(query)) == SQLITE_ROW) {
        const char *parameter = (const char *)sqlite3_column_text(query, 0);
        if (count < BARS_MOST) {
            parameters[count] = cr_holdings_text(source->holdings, "%s", parameter != NULL ? parameter : "");
            for (int k = 0; k < NUMBERS; k++)
                numbers[k * BARS_MOST + (int)count] = real_at(query, k + 1);
        }
        count++;
    }
    if (stepped != SQLITE_DONE)
        status = cr_store_fail(&source->store, "read", error);
    else if (count == 0)
        status = cr_error_set(error, CR_ERROR_USAGE,
            "%.200s has no sensitivity indices of %.64s; cradle sensitivity computes them", source->store.path,
            reading->measure);
    (void)sqlite3_finalize(query);
    if (status != 0)
        return status;
    for (size_t k = 0; k < 2; k++)
        series[k] = (struct cr_bar_series){.name = names[morris > 0][k],
            .values = numbers + 3 * k * BARS_MOST,
            .low = numbers + (3 * k + 1) * BARS_MOST,
            .high = numbers + (3 * k + 2) * BARS_MOST};
    made->chart.note = count > BARS_MOST
                           ? cr_holdings_text(source->holdings,
                                 "The %d largest of %zu parameters; intervals by the bootstrap", BARS_MOST, count)
                           : "Intervals by the bootstrap";
    made->chart.of.bars =
        (struct cr_chart_bars){.x = {.category_count = count < BARS_MOST ? count : BARS_MOST, .categories = parameters},
            .y = {.label = morris > 0 ? "elementary effect" : "share of variance"},
            .series = series,
            .series_count = 2};
    return 0;
}

static int draw(struct cr_source_chart *made, struct source *source, const char *asked, struct cr_error *error) {
    const struct cr_stored_reading *reading = find_reading(source, asked, error);
    if (reading == NULL)
        return CR_ERROR_USAGE;
    made->chart.title = cr_source_title(source->holdings, reading->measure, reading->group);
    char *title = cr_store_fact(&source->store, "title");
    if (title != NULL && *title != '\0')
        made->chart.subtitle = cr_holdings_text(source->holdings, "%s", title);
    free(title);
    switch (made->chart.kind) {
    case CR_CHART_HEAT_MAP:
        return draw_heat(made, source, reading, error);
    case CR_CHART_LINES:
        return draw_lines(made, source, reading, error);
    case CR_CHART_BARS:
        return draw_indices(made, source, reading, error);
    default:
        return cr_error_set(error, CR_ERROR_USAGE,
            "from a store come heat maps, lines and bars; the other charts need the folder that cradle run --out "
            "wrote");
    }
}

int cr_store_chart(struct cr_source_chart *made, const struct cr_source *asked, struct cr_error *error) {
    struct source source = {.holdings = &made->holdings};
    int status = cr_store_open(&source.store, asked->path, CR_STORE_READ, error);
    if (status == 0)
        status = read_axes(&source, error);
    if (status == 0)
        status = cr_stored_readings_init(&source.readings, &source.store, error);
    if (status == 0)
        status = draw(made, &source, asked->measure, error);
    cr_stored_readings_free(&source.readings);
    cr_store_close(&source.store);
    return status;
}
