#include "viz/viewer/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/whole_file.h"
#include "viz/viewer/saving.h"

static const char *const box_names[] = {"none", "search", "measures", "help", "question"};
static const char *const drawer_names[] = {"none", "parameters", "interventions"};
static const char *const card_names[] = {"none", "person", "couple"};
static const char *const presence_names[] = {"unborn", "child", "adult", "dead"};

static json_t *number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *person(int32_t id) {
    return id == CR_NOBODY ? json_null() : json_integer(id);
}

static json_t *selection(const struct cr_viewer *viewer) {
    const struct cr_choice *const choice = &viewer->choice;
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    const int32_t id = choice->person;
    json_t *object =
        json_pack("{s:o,s:s,s:b}", "person", person(id), "card", card_names[choice->card], "follows", choice->follows);
    if (id == CR_NOBODY || !object)
        return object;
    const int8_t style = now->style[id];
    (void)json_object_set_new(object, "presence", json_string(presence_names[now->presence[id]]));
    (void)json_object_set_new(object, "partner", person(now->partner[id]));
    (void)json_object_set_new(
        object, "style", style >= 0 && style < CR_STYLES ? json_string(cr_style_names[style]) : json_null());
    (void)json_object_set_new(object, "earned", json_boolean(now->earning[id] == CR_EARNING_SECURE));
    (void)json_object_set_new(object, "age", number((double)now->age[id]));
    (void)json_object_set_new(object, "anxiety", number((double)now->anxiety[id]));
    (void)json_object_set_new(object, "avoidance", number((double)now->avoidance[id]));
    double x, y;
    const bool placed = cr_scene_place(viewer->scene[0], id, &x, &y);
    (void)json_object_set_new(
        object, "in_view", json_boolean(placed && cr_layout_within(viewer->layout.scene[0], x, y)));
    (void)json_object_set_new(object, "under_card", json_boolean(placed && cr_layout_within(viewer->card_place, x, y)));
    (void)json_object_set_new(object, "scrolled", number(viewer->card_scroll));
    (void)json_object_set_new(object, "scrolls", number(viewer->card_length));
    return object;
}

static json_t *search(const struct cr_viewer *viewer) {
    const struct cr_choice *const choice = &viewer->choice;
    return json_pack("{s:s,s:i,s:i,s:s}", "text", viewer->search.text, "place",
        choice->answered ? (int)choice->found.place : 0, "all", choice->answered ? (int)choice->found.all : 0,
        "trouble", choice->trouble);
}

/* A line or a bar of a chart: `of` is the small chart that it is in, if there are several; `at` where the value stands,
 * a number or a category. */
static void add_line(json_t *lines, const char *of, const char *name, json_t *at, double value) {
    json_t *line = json_pack("{s:s*,s:o,s:o}", "name", name, "at", at, "value", number(value));
    if (line && of)
        (void)json_object_set_new(line, "of", json_string(of));
    (void)json_array_append_new(lines, line);
}

/* The last of some values that is known; 0 if none is. */
static size_t last_known(const double *values, size_t count) {
    while (count > 1 && isnan(values[count - 1]))
        count--;
    return count > 0 ? count - 1 : 0;
}

/* The last known value of a line, at its x or its category. */
static void add_end(json_t *lines, const char *of, const char *name, const struct cr_chart_axis *x, const double *at,
    const double *values, size_t count) {
    const size_t last = last_known(values, count);
    if (count > 0)
        add_line(lines, of, name, at ? number(at[last]) : json_string(x->categories[last]), values[last]);
}

static void add_chart(json_t *lines, const struct cr_chart *chart, const char *of) {
    if (chart->kind == CR_CHART_LINES) {
        const struct cr_chart_lines *const all = &chart->of.lines;
        for (size_t i = 0; i < all->line_count; i++)
            add_end(lines, of, all->lines[i].name, &all->x, all->lines[i].x, all->lines[i].y, all->lines[i].count);
    } else if (chart->kind == CR_CHART_SURVIVAL) {
        const struct cr_chart_survival *const all = &chart->of.survival;
        for (size_t i = 0; i < all->line_count; i++)
            add_end(lines, of, all->lines[i].name, &all->x, all->lines[i].time, all->lines[i].survival,
                all->lines[i].count);
    } else if (chart->kind == CR_CHART_HAZARD) {
        const struct cr_chart_hazard *const all = &chart->of.hazard;
        for (size_t i = 0; i < all->line_count; i++)
            add_end(lines, of, all->lines[i].name, &all->x, all->lines[i].to, all->lines[i].rate, all->lines[i].count);
    } else if (chart->kind == CR_CHART_BARS) {
        const struct cr_chart_bars *const all = &chart->of.bars;
        for (size_t i = 0; i < all->series_count; i++)
            for (size_t c = 0; c < all->x.category_count; c++)
                add_line(lines, of, all->series[i].name, json_string(all->x.categories[c]), all->series[i].values[c]);
    }
}

/* What is drawn in a panel. */
static json_t *panel_lines(const struct cr_viewer *viewer, size_t place) {
    json_t *lines = json_array();
    struct cr_panel_chart made;
    if (cr_panels_chart(viewer->panels, place, &made, NULL) == 0) {
        const struct cr_chart_multiples *const small = &made.chart.of.multiples;
        if (made.chart.kind != CR_CHART_MULTIPLES)
            add_chart(lines, &made.chart, NULL);
        for (size_t i = 0; made.chart.kind == CR_CHART_MULTIPLES && i < small->count; i++)
            add_chart(lines, &small->panels[i], small->panels[i].title);
    }
    cr_panel_chart_free(&made);
    return lines;
}

static json_t *panels(const struct cr_viewer *viewer) {
    json_t *list = json_array();
    for (size_t i = 0; i < CR_LAYOUT_PANELS; i++) {
        const struct cr_panel_choice choice = cr_panels_choice(viewer->panels, i);
        const bool shown = i < viewer->layout.panel_count && viewer->layout.panel[i].width > 0.0;
        (void)json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:b,s:o}", "name", cr_panel_name(choice), "title",
                                              cr_panel_title(choice), "group", cr_panels_group(viewer->panels, i),
                                              "shown", shown, "lines", shown ? panel_lines(viewer, i) : json_array()));
    }
    return list;
}

/* What is read off a panel's chart. */
static json_t *reading(const struct cr_viewer *viewer) {
    const struct cr_readout *const readout = &viewer->readout;
    if (readout->panel < 0 || readout->of.count == 0)
        return json_null();
    json_t *values = json_array();
    for (size_t i = 0; i < readout->of.count; i++) {
        const struct cr_chart_value *const value = &readout->of.values[i];
        (void)json_array_append_new(values,
            json_pack("{s:s*,s:o,s:o,s:o,s:s,s:s}", "name", value->name, "value", number(value->value), "low",
                number(value->low), "high", number(value->high), "text", value->text, "interval", value->interval));
    }
    return json_pack("{s:i,s:i,s:b,s:f,s:s,s:o,s:f,s:f,s:f,s:f}", "panel", readout->panel, "plot",
        (int)readout->of.plot, "by_keys", readout->by_keys, "at", readout->of.at, "where", readout->of.where, "values",
        values, "x", readout->plate.x, "y", readout->plate.y, "width", readout->plate.width, "height",
        readout->plate.height);
}

/* Those that differ from what the scenario says. */
static json_t *parameters(const struct cr_viewer *viewer, size_t world) {
    json_t *object = json_object();
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        const double value = cr_field_get(field, &cr_viewer_now(viewer, world)->parameters);
        const double initial = cr_field_get(field, &viewer->viewing->scenarios[world].parameters);
        if (field->role == CR_LIVE && (value < initial || value > initial))
            (void)json_object_set_new(object, field->key, json_real(value));
    }
    return object;
}

static json_t *changes(const struct cr_viewer *viewer, size_t world) {
    json_t *list = json_array();
    const struct cr_snapshot *const now = cr_viewer_now(viewer, world);
    for (size_t i = 0; i < now->change_count; i++)
        (void)json_array_append_new(list, json_pack("{s:i,s:s,s:f}", "week", (int)now->changes[i].week, "parameter",
                                              now->changes[i].field->key, "value", now->changes[i].value));
    return list;
}

static json_t *worlds(const struct cr_viewer *viewer) {
    json_t *list = json_array();
    for (size_t w = 0; w < viewer->viewing->count; w++) {
        const struct cr_snapshot *const now = cr_viewer_now(viewer, w);
        (void)json_array_append_new(
            list, json_pack("{s:s,s:i,s:i,s:i,s:o,s:o}", "scenario", viewer->viewing->scenarios[w].name, "week",
                      (int)now->week, "alive", (int)now->alive, "couples", (int)now->lasting_count, "parameters",
                      parameters(viewer, w), "changes", changes(viewer, w)));
    }
    return list;
}

static json_t *saved(const struct cr_viewer *viewer) {
    json_t *list = json_array();
    for (size_t i = 0; i < viewer->saved_count; i++)
        (void)json_array_append_new(list, json_string(viewer->saved[i]));
    return list;
}

/* Where every control is that can be seen, for hands that must find it. */
static json_t *controls(const struct cr_viewer *viewer) {
    json_t *object = json_object();
    for (size_t i = 0; i < viewer->widgets.count; i++) {
        const struct cr_widget *const each = &viewer->widgets.list[i];
        const struct cr_rect seen = cr_widgets_visible(&viewer->widgets, each);
        if (*each->name && seen.width > 0.0 && seen.height > 0.0)
            (void)json_object_set_new(object, each->name,
                json_pack("{s:f,s:f,s:f,s:f,s:b}", "x", seen.x, "y", seen.y, "width", seen.width, "height", seen.height,
                    "off", each->off));
    }
    return object;
}

static void add_window(json_t *state, const struct cr_viewer *viewer) {
    (void)json_object_set_new(state, "size",
        json_pack("{s:i,s:i,s:f}", "width", viewer->window.width, "height", viewer->window.height, "scale",
            viewer->look.scale));
    (void)json_object_set_new(state, "theme", json_string(viewer->look.theme == CR_THEME_DARK ? "dark" : "light"));
    (void)json_object_set_new(state, "reduced_motion", json_boolean(viewer->look.reduced_motion));
    (void)json_object_set_new(state, "fullscreen", json_boolean(viewer->window.fullscreen));
    (void)json_object_set_new(state, "frames", json_integer(viewer->frames));
}

/* What the tip tells that is shown now; "". */
static const char *tip(const struct cr_viewer *viewer) {
    const struct cr_widgets *const widgets = &viewer->widgets;
    const size_t at = widgets->begin[CR_LAYER_TIP];
    if (at >= widgets->begin[CR_LAYER_TIP + 1])
        return "";
    return *widgets->list[at].tip ? widgets->list[at].tip : widgets->list[at].label;
}

static void add_open(json_t *state, const struct cr_viewer *viewer) {
    (void)json_object_set_new(state, "drawer", json_string(drawer_names[viewer->drawer]));
    (void)json_object_set_new(state, "filter", json_string(viewer->filter.text));
    (void)json_object_set_new(state, "box", json_string(box_names[viewer->box]));
    (void)json_object_set_new(state, "focus", json_string(viewer->focus));
    (void)json_object_set_new(state, "over", json_string(viewer->mouse.over));
    (void)json_object_set_new(state, "typed", json_string(viewer->typing ? viewer->typed.text : ""));
    (void)json_object_set_new(state, "tip", json_string(tip(viewer)));
    (void)json_object_set_new(state, "toast", json_string(viewer->toast_left > 0.0 ? viewer->toast : ""));
    (void)json_object_set_new(state, "hint", viewer->hint < 0 ? json_null() : json_integer(viewer->hint + 1));
    (void)json_object_set_new(state, "enlarged", viewer->enlarged < 0 ? json_null() : json_integer(viewer->enlarged));
}

static void add_time(json_t *state, const struct cr_viewer *viewer) {
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    (void)json_object_set_new(state, "replicate", json_integer(now->replicate));
    (void)json_object_set_new(state, "week", json_integer(now->week));
    (void)json_object_set_new(state, "head", json_integer(now->head));
    (void)json_object_set_new(state, "weeks", json_integer(now->weeks));
    (void)json_object_set_new(state, "aim", json_integer(viewer->pace.aim));
    (void)json_object_set_new(state, "living", json_boolean(viewer->sight->living));
    (void)json_object_set_new(state, "playing", json_boolean(viewer->pace.playing));
    (void)json_object_set_new(state, "speed", json_string(cr_speed_names[viewer->pace.speed]));
    (void)json_object_set_new(state, "alive", json_integer(now->alive));
    (void)json_object_set_new(state, "couples", json_integer(now->lasting_count));
}

json_t *cr_state_make(const struct cr_viewer *viewer, struct cr_error *error) {
    static const char *const world_names[] = {"A", "B", "both"};
    json_t *state = json_object();
    if (!state) {
        cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the recorded state");
        return NULL;
    }
    add_time(state, viewer);
    (void)json_object_set_new(state, "arrangement", json_string(cr_arrangement_names[viewer->options.arrangement]));
    (void)json_object_set_new(state, "trails", json_boolean(viewer->options.trails));
    (void)json_object_set_new(state, "ties", json_boolean(viewer->options.ties));
    (void)json_object_set_new(state, "children", json_boolean(viewer->options.children));
    (void)json_object_set_new(state, "differences", json_boolean(viewer->options.differences));
    (void)json_object_set_new(state, "flares", json_string(cr_flares_shown_names[viewer->options.flares]));
    (void)json_object_set_new(state, "selection", selection(viewer));
    (void)json_object_set_new(state, "hovered", person(viewer->options.hovered));
    (void)json_object_set_new(state, "search", search(viewer));
    (void)json_object_set_new(state, "panels", panels(viewer));
    (void)json_object_set_new(state, "reading", reading(viewer));
    add_open(state, viewer);
    (void)json_object_set_new(state, "parameters", parameters(viewer, 0));
    (void)json_object_set_new(state, "changes", changes(viewer, 0));
    (void)json_object_set_new(state, "changes_act_on", json_string(world_names[viewer->world]));
    (void)json_object_set_new(state, "altered", json_boolean(viewer->altered));
    (void)json_object_set_new(state, "worlds", worlds(viewer));
    (void)json_object_set_new(state, "recording", json_boolean(cr_recorder_runs(&viewer->recorder)));
    (void)json_object_set_new(state, "saved", saved(viewer));
    add_window(state, viewer);
    (void)json_object_set_new(state, "controls", controls(viewer));
    return state;
}

int cr_state_write(const struct cr_viewer *viewer, const char *path, struct cr_error *error) {
    json_t *state = cr_state_make(viewer, error);
    if (!state)
        return CR_ERROR_MEMORY;
    char *text = json_dumps(state, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    json_decref(state);
    if (!text)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the recorded state");
    const size_t length = strlen(text);
    text[length] = '\n';
    const int code = cr_whole_file_put(path, text, length + 1, error);
    free(text);
    return code;
}
