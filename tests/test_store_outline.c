#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/text.h"
#include "failing_allocation.h"
#include "io/store_outline.h"
#include "io/store_runs.h"
#include "store_place.h"

/* An outline of four axes, one of each type, whose points a test may change. */
enum { AXES = 4, POINTS = 3 };

struct sketch {
    struct cr_scenario scenario;
    struct cr_store_axis axes[AXES];
    const struct cr_field *fields[AXES];
    struct cr_store_fact facts[3];
    double points[POINTS][AXES];
    int64_t given; /* points so far */
    struct cr_store_outline outline;
};

static void next_point(void *context, double *values) {
    struct sketch *const sketch = context;
    memcpy(values, sketch->points[sketch->given++], sketch->outline.axis_count * sizeof *values);
}

static const double awkward[POINTS] = {0.1 + 0.2, 1.0 / 3.0, 5e-324};

static void draw(struct sketch *sketch) {
    static const char *const keys[AXES] = {"learning.rate", "run.people", "event.war.replaces", "caregiving.form"};
    struct cr_event *event;
    memset(sketch, 0, sizeof *sketch);
    cr_scenario_init(&sketch->scenario);
    assert_int_equal(cr_scenario_event(&sketch->scenario, "war", &event, NULL), 0);
    sketch->scenario.parameters.run_seed = 77;
    for (size_t k = 0; k < AXES; k++) {
        void *object;
        assert_int_equal(cr_scenario_find(&sketch->scenario, keys[k], &sketch->fields[k], &object, "", NULL), 0);
        sketch->axes[k] = (struct cr_store_axis){.key = keys[k], .field = sketch->fields[k]};
    }
    for (int i = 0; i < POINTS; i++) {
        sketch->points[i][0] = awkward[i];
        sketch->points[i][1] = 10.0 + i;
        sketch->points[i][2] = i == 1;
        sketch->points[i][3] = i == 2;
    }
    sketch->facts[0] = (struct cr_store_fact){.key = "version", .value = "1.2.3", .decides = true};
    sketch->facts[1] = (struct cr_store_fact){.key = "title", .value = "a title", .decides = false};
    sketch->facts[2] = (struct cr_store_fact){.key = "measures", .value = "all", .decides = true};
    sketch->outline = (struct cr_store_outline){.facts = sketch->facts,
        .fact_count = 3,
        .scenario = &sketch->scenario,
        .axes = sketch->axes,
        .axis_count = AXES,
        .points = POINTS,
        .replicates = 2,
        .first_replicate = 5,
        .shard = 1,
        .shards = 1,
        .next_point = next_point,
        .context = sketch};
}

static void begin(struct sketch *sketch, const char *path) {
    struct cr_store store;
    struct cr_error error = {0};
    sketch->given = 0;
    if (cr_store_open(&store, path, CR_STORE_WRITE, &error) != 0 ||
        cr_store_begin(&store, &sketch->outline, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_store_close(&store);
}

static void accepted(struct sketch *sketch, const char *path) {
    struct cr_store store;
    struct cr_error error = {0};
    sketch->given = 0;
    if (cr_store_open(&store, path, CR_STORE_READ, &error) != 0 ||
        cr_store_compare(&store, &sketch->outline, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_store_close(&store);
}

static void refused(struct sketch *sketch, const char *path, const char *difference) {
    struct cr_store store;
    struct cr_error error = {0};
    char expected[512];
    sketch->given = 0;
    assert_int_equal(cr_store_open(&store, path, CR_STORE_READ, &error), 0);
    assert_int_equal(cr_store_compare(&store, &sketch->outline, &error), CR_ERROR_USAGE);
    snprintf(expected, sizeof expected, "%s was begun with something else: %s; bring that back, or name another store",
        path, difference);
    assert_string_equal(error.sentence, expected);
    cr_store_close(&store);
}

static void points_and_runs_stand_in_the_order_of_the_design(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    draw(&sketch);
    begin(&sketch, place->store);
    assert_rows(place->store, "SELECT point, \"run.people\", \"event.war.replaces\", \"caregiving.form\" FROM points",
        "1|10|false|distribution;2|11|true|distribution;3|12|false|profiles;");
    assert_rows(place->store, "SELECT run, point, replicate, seed, state, error, seconds FROM runs ORDER BY run",
        "1|1|5|77|waiting|-|-;2|1|6|77|waiting|-|-;3|2|5|77|waiting|-|-;4|2|6|77|waiting|-|-;5|3|5|77|waiting|-|-;"
        "6|3|6|77|waiting|-|-;");
    assert_rows(place->store, "SELECT axis, key, type, unit FROM axes",
        "1|learning.rate|real|per episode;2|run.people|integer|persons;3|event.war.replaces|boolean|1;"
        "4|caregiving.form|choice|1;");
    assert_rows(place->store, "SELECT key, value, decides FROM study ORDER BY key",
        "measures|all|1;title|a title|0;version|1.2.3|1;");
    assert_rows(place->store,
        "SELECT key, value FROM scenario WHERE key IN ('run.seed', 'event.war.replaces') ORDER BY position",
        "run.seed|77;event.war.replaces|false;");
    cr_scenario_free(&sketch.scenario);
}

static void a_shard_has_every_so_manieth_run_and_all_points(void **state) {
    const struct store_place *const place = *state;
    static const char *const runs[] = {"1;5;", "2;6;", "3;", "4;"};
    struct sketch sketch;
    draw(&sketch);
    for (int shard = 1; shard <= 4; shard++) {
        sketch.outline.shard = shard;
        sketch.outline.shards = 4;
        begin(&sketch, place->store);
        assert_rows(place->store, "SELECT run FROM runs ORDER BY run", runs[shard - 1]);
        assert_rows(place->store, "SELECT count(*) FROM points", "3;");
        assert_rows(place->store, "SELECT count(*) FROM runs WHERE (run - 1) / 2 + 1 <> point", "0;");
        unlink(place->store);
    }
    cr_scenario_free(&sketch.scenario);
}

static void more_shards_than_runs_leave_some_without(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    draw(&sketch);
    sketch.outline.shard = 7;
    sketch.outline.shards = 9;
    begin(&sketch, place->store);
    assert_rows(place->store, "SELECT count(*) FROM runs", "0;");
    cr_scenario_free(&sketch.scenario);
}

static void axes_of_all_types_come_back_as_they_were_bit_for_bit(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    struct cr_store store;
    struct cr_store_runs runs;
    double values[AXES];
    struct cr_waiting_run run = {.values = values};
    draw(&sketch);
    begin(&sketch, place->store);
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_READ, NULL), 0);
    assert_int_equal(cr_store_runs_init(&runs, &store, sketch.fields, AXES, NULL), 0);
    for (int64_t k = 0; k < 6; k++) {
        assert_int_equal(cr_store_runs_next(&runs, run.run, &run, NULL), 0);
        assert_int_equal(run.run, k + 1);
        assert_int_equal(run.replicate, 5 + k % 2);
        assert_memory_equal(values, sketch.points[k / 2], sizeof values);
    }
    assert_int_equal(cr_store_runs_next(&runs, run.run, &run, NULL), 0);
    assert_int_equal(run.run, 0);
    cr_store_runs_free(&runs);
    cr_store_close(&store);
    cr_scenario_free(&sketch.scenario);
}

static void an_axis_of_seeds_seeds_its_runs(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    void *object;
    draw(&sketch);
    sketch.axes[1].key = "run.seed";
    assert_int_equal(cr_scenario_find(&sketch.scenario, "run.seed", &sketch.axes[1].field, &object, "", NULL), 0);
    sketch.points[2][1] = 9007199254740991.0;
    begin(&sketch, place->store);
    assert_rows(place->store, "SELECT seed FROM runs ORDER BY run", "10;10;11;11;9007199254740991;9007199254740991;");
    accepted(&sketch, place->store);
    cr_scenario_free(&sketch.scenario);
}

static void a_design_without_axes_is_one_point(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    draw(&sketch);
    sketch.outline.axis_count = 0;
    sketch.outline.points = 1;
    begin(&sketch, place->store);
    assert_rows(place->store, "SELECT * FROM points; SELECT run, point FROM runs", "1;1|1;2|1;");
    accepted(&sketch, place->store);
    cr_scenario_free(&sketch.scenario);
}

static void the_same_outline_is_accepted(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    draw(&sketch);
    begin(&sketch, place->store);
    accepted(&sketch, place->store);
    sketch.facts[1].value = "another title"; /* which decides nothing */
    accepted(&sketch, place->store);
    cr_scenario_free(&sketch.scenario);
}

static void another_version_or_list_of_measures_is_refused(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    draw(&sketch);
    begin(&sketch, place->store);
    sketch.facts[0].value = "1.2.4";
    refused(&sketch, place->store, "the study's version was 1.2.3 and is 1.2.4 now");
    sketch.facts[2].value = "ssp_share";
    refused(&sketch, place->store, "the study's version was 1.2.3 and is 1.2.4 now, and 1 more differ");
    cr_scenario_free(&sketch.scenario);
    draw(&sketch);
    sketch.facts[1] = (struct cr_store_fact){.key = "new", .value = "x", .decides = true};
    refused(&sketch, place->store, "the study's new was not there and is x now");
    cr_scenario_free(&sketch.scenario);
}

static void of_long_values_that_part_is_shown_in_which_they_differ(void **state) {
    const struct store_place *const place = *state;
    static const char was[] = "ssp_share, style_share, ecr_mean, security_continuity_r, strategy_share, conflict";
    static const char is[] = "ssp_share, style_share, ecr_mean, security_continuity_r, strategy_share, satisfaction";
    struct sketch sketch;
    draw(&sketch);
    sketch.facts[2].value = was;
    begin(&sketch, place->store);
    sketch.facts[2].value = is;
    refused(&sketch, place->store,
        "the study's measures was ..._r, strategy_share, conflict and is ..._r, strategy_share, satisfaction now");
    cr_scenario_free(&sketch.scenario);
}

static void a_changed_scenario_is_refused_with_key_and_both_values(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    struct cr_event *event;
    draw(&sketch);
    begin(&sketch, place->store);
    sketch.scenario.parameters.couple_fit_weight = 0.25;
    char expected[128], initial[32];
    void *object;
    const struct cr_field *field;
    assert_int_equal(cr_scenario_find(&sketch.scenario, "couple.fit_weight", &field, &object, "", NULL), 0);
    snprintf(expected, sizeof expected, "couple.fit_weight was %s and is 0.25 now",
        cr_text_real(field->initial, initial, sizeof initial));
    refused(&sketch, place->store, expected);
    sketch.scenario.parameters.couple_fit_weight = field->initial;
    accepted(&sketch, place->store);
    sketch.scenario.parameters.run_replicates = 3;
    refused(&sketch, place->store, "run.replicates was 1 and is 3 now");
    sketch.scenario.parameters.run_replicates = 1;
    sketch.scenario.parameters.caregiving_form = 1;
    refused(&sketch, place->store, "caregiving.form was distribution and is profiles now");
    sketch.scenario.parameters.caregiving_form = 0;
    assert_int_equal(cr_scenario_event(&sketch.scenario, "flood", &event, NULL), 0);
    struct cr_store store;
    struct cr_error error = {0};
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_READ, NULL), 0);
    assert_int_equal(cr_store_compare(&store, &sketch.outline, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, "event.flood."));
    assert_non_null(strstr(error.sentence, " was not there and is "));
    cr_store_close(&store);
    cr_scenario_free(&sketch.scenario);
}

static void a_scenario_with_fewer_parts_is_refused(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    char expected[128], rows[32];
    draw(&sketch);
    begin(&sketch, place->store);
    ask(place->store, "SELECT count(*) FROM scenario", rows, sizeof rows);
    const long all = strtol(rows, NULL, 10);
    sketch.scenario.event_count = 0;
    snprintf(expected, sizeof expected, "the number of the scenario's settings was %ld and is %zu now", all,
        (size_t)all - cr_event_registry.count);
    refused(&sketch, place->store, expected);
    sketch.scenario.event_count = 1;
    cr_scenario_free(&sketch.scenario);
}

static void a_changed_point_is_refused_with_axis_and_both_values(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    draw(&sketch);
    begin(&sketch, place->store);
    sketch.points[0][0] = 0.3; /* one bit beside what it was */
    refused(&sketch, place->store, "in the design learning.rate was 0.30000000000000004 and is 0.3 now");
    sketch.points[0][0] = awkward[0];
    sketch.points[2][1] = 13.0;
    refused(&sketch, place->store, "in the design run.people was 12 and is 13 now");
    sketch.points[2][1] = 12.0;
    sketch.points[1][2] = 0.0;
    refused(&sketch, place->store, "in the design event.war.replaces was true and is false now");
    sketch.points[1][2] = 1.0;
    sketch.points[2][3] = 0.0;
    refused(&sketch, place->store, "in the design caregiving.form was profiles and is distribution now");
    sketch.points[2][3] = 1.0;
    accepted(&sketch, place->store);
    cr_scenario_free(&sketch.scenario);
}

static void more_points_and_fewer_are_refused(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    draw(&sketch);
    sketch.outline.points = 2;
    begin(&sketch, place->store);
    sketch.outline.points = 3;
    refused(&sketch, place->store, "the number of points was 2 and is 3 now");
    sketch.outline.points = 1;
    refused(&sketch, place->store, "the number of points was 2 and is 1 now");
    cr_scenario_free(&sketch.scenario);
}

static void a_fact_can_be_read_back(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    struct cr_store store;
    draw(&sketch);
    begin(&sketch, place->store);
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_READ, NULL), 0);
    char *const title = cr_store_fact(&store, "title");
    assert_string_equal(title, "a title");
    __real_free(title);
    assert_null(cr_store_fact(&store, "no such fact"));
    cr_store_close(&store);
    cr_scenario_free(&sketch.scenario);
}

static void an_outline_that_cannot_be_written_leaves_the_store_empty(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    struct cr_store store;
    struct cr_error error = {0};
    draw(&sketch);
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_WRITE, NULL), 0);
    assert_int_equal(cr_store_execute(&store, "PRAGMA max_page_count = 12", NULL), 0);
    assert_int_equal(cr_store_begin(&store, &sketch.outline, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "the disk is full"));
    assert_int_equal(is_empty(&store), true);
    cr_store_close(&store);
    begin(&sketch, place->store);
    accepted(&sketch, place->store);
    cr_scenario_free(&sketch.scenario);
}

static void without_memory_it_is_neither_written_nor_compared(void **state) {
    const struct store_place *const place = *state;
    struct sketch sketch;
    struct cr_store store;
    struct cr_error error = {0};
    draw(&sketch);
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_WRITE, NULL), 0);
    allocations_left = 0;
    assert_int_equal(cr_store_begin(&store, &sketch.outline, &error), CR_ERROR_MEMORY);
    allocations_left = -1;
    assert_int_equal(error.code, CR_ERROR_MEMORY);
    assert_int_equal(is_empty(&store), true);
    sketch.given = 0;
    assert_int_equal(cr_store_begin(&store, &sketch.outline, NULL), 0);
    sketch.given = 0;
    allocations_left = 0;
    assert_int_equal(cr_store_compare(&store, &sketch.outline, NULL), CR_ERROR_MEMORY);
    allocations_left = -1;
    cr_store_close(&store);
    cr_scenario_free(&sketch.scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(points_and_runs_stand_in_the_order_of_the_design),
        IN_A_STORE_PLACE(a_shard_has_every_so_manieth_run_and_all_points),
        IN_A_STORE_PLACE(more_shards_than_runs_leave_some_without),
        IN_A_STORE_PLACE(axes_of_all_types_come_back_as_they_were_bit_for_bit),
        IN_A_STORE_PLACE(an_axis_of_seeds_seeds_its_runs),
        IN_A_STORE_PLACE(a_design_without_axes_is_one_point),
        IN_A_STORE_PLACE(the_same_outline_is_accepted),
        IN_A_STORE_PLACE(another_version_or_list_of_measures_is_refused),
        IN_A_STORE_PLACE(of_long_values_that_part_is_shown_in_which_they_differ),
        IN_A_STORE_PLACE(a_changed_scenario_is_refused_with_key_and_both_values),
        IN_A_STORE_PLACE(a_scenario_with_fewer_parts_is_refused),
        IN_A_STORE_PLACE(a_changed_point_is_refused_with_axis_and_both_values),
        IN_A_STORE_PLACE(more_points_and_fewer_are_refused),
        IN_A_STORE_PLACE(a_fact_can_be_read_back),
        IN_A_STORE_PLACE(an_outline_that_cannot_be_written_leaves_the_store_empty),
        IN_A_STORE_PLACE(without_memory_it_is_neither_written_nor_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
