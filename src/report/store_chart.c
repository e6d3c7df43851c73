#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/store_values.h"
#include "report/measure_words.h"
#include "report/source_chart.h"

#define NORMAL_95 1.959963984540054

enum { LINES_MOST = 8 };

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

static int read_values(struct source *source, struct axis *axis, struct cr_error *error) {
    sqlite3_stmt *query = NULL;
    char *sql = sqlite3_mprintf("SELECT \"%w\" FROM points ORDER BY point", axis->key);
    double *each = cr_holdings_take(source->holdings, source->points, sizeof *each);
    axis->at = cr_holdings_take(source->holdings, source->points, sizeof *axis->at);
    axis->values = cr_holdings_take(source->holdings, source->points, sizeof *axis->values);
    axis->names = cr_holdings_take(source->holdings, source->points, sizeof *axis->names);
    int status = sql == NULL || source->holdings->failed ? CR_ERROR_MEMORY
                                                         : cr_store_prepare(&source->store, sql, &query, error);
    for (size_t p = 0; status == 0 && p < source->points && sqlite3_step(query) == SQLITE_ROW; p++) {
        each[p] = sqlite3_column_double(query, 0);
        if (!axis->words)
            continue;
        const char *word = (const char *)sqlite3_column_text(query, 0);
        size_t k = 0;
        while (k < axis->count && strcmp(axis->names[k], word) != 0)
            k++;
        if (k == axis->count) {
            axis->values[k] = (double)k;
            axis->names[axis->count++] = cr_holdings_text(source->holdings, "%s", word);
        }
        each[p] = (double)k;
    }
    if (status == 0 && !axis->words && source->points > 0) {
        memcpy(axis->values, each, source->points * sizeof *each);
        qsort(axis->values, source->points, sizeof *axis->values, compare_numbers);
        for (size_t p = 0; p < source->points; p++)
            if (axis->count == 0 || axis->values[axis->count - 1] != axis->values[p])
                axis->values[axis->count++] = axis->values[p];
    }
    for (size_t p = 0; status == 0 && p < source->points; p++)
        for (size_t k = 0; k < axis->count; k++)
            if (axis->values[k] == each[p])
                axis->at[p] = k;
    (void)sqlite3_finalize(query);
    sqlite3_free(sql);
    return status;
}

static int read_axes(struct source *source, struct cr_error *error) {
    sqlite3_stmt *query = NULL;
    int64_t points;
    int status = cr_store_count(&source->store, "SELECT count(*) FROM points", 0, &points, error);
    if (status == 0)
        status = cr_store_prepare(&source->store, "SELECT key, type, unit FROM axes ORDER BY axis", &query, error);
    source->points = status == 0 ? (size_t)points : 0;
    while (status == 0 && sqlite3_step(query) == SQLITE_ROW)
        if (source->axis_count++ < 2) {
            struct axis *axis = &source->axes[source->axis_count - 1];
            const char *type = (const char *)sqlite3_column_text(query, 1);
            const char *unit = (const char *)sqlite3_column_text(query, 2);
            axis->key = cr_holdings_text(source->holdings, "%s", (const char *)sqlite3_column_text(query, 0));
            axis->unit = strcmp(unit, "1") == 0 ? NULL : cr_holdings_text(source->holdings, "%s", unit);
            axis->words = strcmp(type, "choice") == 0 || strcmp(type, "boolean") == 0;
        }
    (void)sqlite3_finalize(query);
    for (size_t k = 0; status == 0 && k < source->axis_count && k < 2; k++)
        status = read_values(source, &source->axes[k], error);
    return status;
}

/* The reading that is asked for; the first that there is if none is. */
static int find_reading(
    const struct source *source, const char *asked, const struct cr_stored_reading **found, struct cr_error *error) {
    *found = NULL;
    for (size_t k = 0; k < source->readings.count && *found == NULL; k++) {
        const struct cr_stored_reading *each = &source->readings.reading[k];
        const size_t length = strlen(each->measure);
        if (asked == NULL ||
            (strncmp(asked, each->measure, length) == 0 &&
                (asked[length] == '\0' || (asked[length] == ':' && strcmp(asked + length + 1, each->group) == 0))))
            *found = each;
    }
    if (*found != NULL)
        return 0;
    return cr_error_set(error, CR_ERROR_USAGE, "%.200s has no measure %s; cradle export tells what it has",
        source->store.path, asked != NULL ? asked : "yet");
}

static struct cr_estimate *estimate(
    struct source *source, const struct cr_stored_reading *reading, struct cr_error *error) {
    struct cr_estimate *estimates = cr_holdings_take(source->holdings, source->points, sizeof *estimates);
    if (estimates == NULL || cr_store_point_estimates(&source->store, reading, source->points, estimates, error) != 0)
        return NULL;
    return estimates;
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
    const struct cr_estimate *estimates = estimate(source, reading, error);
    double *values = cr_holdings_take(source->holdings, x->count * y->count, sizeof *values);
    if (estimates == NULL || values == NULL)
        return CR_ERROR_MEMORY;
    for (size_t k = 0; k < x->count * y->count; k++)
        values[k] = (double)NAN;
    for (size_t p = 0; p < source->points; p++)
        values[y->at[p] * x->count + x->at[p]] = estimates[p].value;
    made->chart.of.heat_map = (struct cr_chart_heat_map){.x = chart_axis(x),
        .y = chart_axis(y),
        .xs = x->words ? NULL : x->values,
        .ys = y->words ? NULL : y->values,
        .columns = x->count,
        .rows = y->count,
        .values = values,
        .value = {.label = made->chart.title},
        .numbers = true};
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
    const struct cr_estimate *estimates = estimate(source, reading, error);
    struct cr_line *lines = cr_holdings_take(source->holdings, count, sizeof *lines);
    double *numbers = cr_holdings_take(source->holdings, 3 * count * x->count, sizeof *numbers);
    if (estimates == NULL || lines == NULL || numbers == NULL)
        return CR_ERROR_MEMORY;
    for (size_t k = 0; k < 3 * count * x->count; k++)
        numbers[k] = (double)NAN;
    for (size_t p = 0; p < source->points; p++) {
        double *of_line = numbers + 3 * x->count * (by != NULL ? by->at[p] : 0);
        const double reach = NORMAL_95 * estimates[p].se;
        of_line[x->at[p]] = estimates[p].value;
        of_line[x->count + x->at[p]] = estimates[p].value - reach;
        of_line[2 * x->count + x->at[p]] = estimates[p].value + reach;
    }
    for (size_t k = 0; k < count; k++) {
        const double *of_line = numbers + 3 * x->count * k;
        lines[k] = (struct cr_line){.name = by == NULL  ? NULL
                                            : by->words ? by->names[k]
                                                        : cr_holdings_text(source->holdings, "%.3g", by->values[k]),
            .x = x->values,
            .y = of_line,
            .low = of_line + x->count,
            .high = of_line + 2 * x->count,
            .count = x->count,
            .points = true};
    }
    if (by != NULL)
        made->chart.note =
            cr_holdings_text(source->holdings, "lines: %s; bands: 95 %% intervals over replicates", by->key);
    made->chart.of.lines = (struct cr_chart_lines){
        .x = chart_axis(x), .y = {.label = made->chart.title}, .lines = lines, .line_count = count};
    return 0;
}

/* Bars of sensitivity: the larger index and the smaller of each parameter. */
static int draw_indices(struct cr_source_chart *made, struct source *source, const struct cr_stored_reading *reading,
    struct cr_error *error) {
    static const char *const kinds[2][2] = {{"total", "first"}, {"mu_star", "sigma"}};
    static const char *const names[2][2] = {{"total", "first order"}, {"mu*", "sigma"}};
    sqlite3_stmt *query = NULL;
    int64_t morris;
    struct cr_bar_series *series = cr_holdings_take(source->holdings, 2, sizeof *series);
    double *numbers = cr_holdings_take(source->holdings, 6 * (source->axis_count + 1), sizeof *numbers);
    const char **parameters = cr_holdings_take(source->holdings, source->axis_count + 1, sizeof *parameters);
    int status = source->holdings->failed
                     ? CR_ERROR_MEMORY
                     : cr_store_count(&source->store, "SELECT count(*) FROM indices WHERE \"index\" = 'mu_star'", 0,
                           &morris, error);
    if (status == 0)
        status = cr_store_prepare(&source->store,
            "SELECT a.parameter, a.value, a.low, a.high, b.value, b.low, b.high FROM indices a JOIN indices b"
            " USING (measure, \"group\", parameter) WHERE measure = ?1 AND \"group\" = ?2 AND a.\"index\" = ?3 AND"
            " b.\"index\" = ?4 ORDER BY a.value DESC",
            &query, error);
    size_t count = 0;
    if (status == 0) {
        (void)sqlite3_bind_text(query, 1, reading->measure, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(query, 2, reading->group, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(query, 3, kinds[morris > 0][0], -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(query, 4, kinds[morris > 0][1], -1, SQLITE_STATIC);
        for (; count < source->axis_count && sqlite3_step(query) == SQLITE_ROW; count++) {
            parameters[count] = cr_holdings_text(source->holdings, "%s", (const char *)sqlite3_column_text(query, 0));
            for (size_t k = 0; k < 6; k++)
                numbers[k * source->axis_count + count] = sqlite3_column_type(query, (int)k + 1) == SQLITE_NULL
                                                              ? (double)NAN
                                                              : sqlite3_column_double(query, (int)k + 1);
        }
        if (count == 0)
            status = cr_error_set(error, CR_ERROR_USAGE,
                "%.200s has no sensitivity indices; cradle sensitivity computes them", source->store.path);
    }
    (void)sqlite3_finalize(query);
    for (size_t k = 0; status == 0 && k < 2; k++)
        series[k] = (struct cr_bar_series){.name = names[morris > 0][k],
            .values = numbers + 3 * k * source->axis_count,
            .low = numbers + (3 * k + 1) * source->axis_count,
            .high = numbers + (3 * k + 2) * source->axis_count};
    made->chart.note = "95 % intervals by the bootstrap";
    made->chart.of.bars = (struct cr_chart_bars){.x = {.category_count = count, .categories = parameters},
        .y = {.label = status == 0 && morris > 0 ? "elementary effect" : "share of variance"},
        .series = series,
        .series_count = 2};
    return status;
}

static int draw(struct cr_source_chart *made, struct source *source, const char *asked, struct cr_error *error) {
    const struct cr_stored_reading *reading;
    int status = find_reading(source, asked, &reading, error);
    if (status != 0)
        return status;
    char words[CR_WORDS_SIZE];
    const int measure = cr_measure_find(reading->measure);
    made->chart.title = cr_holdings_text(
        source->holdings, "%s", measure >= 0 ? cr_measure_words(measure, reading->group, words) : reading->measure);
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
