#include <stdlib.h>
#include <string.h>

#include "viz/panel/panel_chart.h"
#include "viz/world/interventions.h"

/* Changes by name: an intervention's own title where its changes are made together, else the parameter's. */

enum { TOLD_MOST = 24, YEARS_MOST = 4 };

/* The changes of one world, with a name each; those of an intervention share its title. */
struct names {
    const struct cr_panel_world *world;
    const char **label; /* [change]; NULL: not known yet */
    bool *ends;         /* [change]: of an intervention, which has no name of its own */
};

/* The number of a change of a field in a week that has no name yet; change_count for none. */
static size_t find_change(const struct names *names, int64_t week, const struct cr_field *field) {
    const struct cr_panel_world *world = names->world;
    size_t k = 0;
    while (k < world->change_count &&
           (world->changes[k].week != week || world->changes[k].field != field || names->label[k] != NULL))
        k++;
    return k;
}

/* Names the changes of an intervention that begins in a week; false if they are not all there. */
static bool name_beginning(const struct names *names, const char *title, int32_t week,
    const struct cr_intervention_setting *settings, size_t count) {
    size_t found[CR_INTERVENTION_SETTINGS];
    for (size_t s = 0; s < count; s++) {
        found[s] = find_change(names, week, settings[s].field);
        if (found[s] == names->world->change_count || names->world->changes[found[s]].value != settings[s].value)
            return false;
    }
    for (size_t s = 0; s < count; s++)
        names->label[found[s]] = title;
    return count > 0;
}

/* Names what an intervention changed, wherever it begins; then, with `ends`, finds the changes back. */
static void name_intervention(const struct names *names, const struct cr_intervention *intervention, bool ends) {
    struct cr_intervention_setting settings[CR_INTERVENTION_SETTINGS];
    size_t count;
    if (cr_intervention_settings(intervention, settings, &count, NULL) != 0)
        return;
    for (size_t k = 0; k < names->world->change_count; k++) {
        const int32_t week = names->world->changes[k].week;
        if (!ends) {
            (void)name_beginning(names, intervention->title, week, settings, count);
            continue;
        }
        for (size_t s = 0; names->label[k] == intervention->title && s < count; s++) {
            const size_t back = find_change(names, (int64_t)week + intervention->weeks, settings[s].field);
            if (back < names->world->change_count)
                names->ends[back] = true;
        }
    }
}

/* "needs.rate_adult" as "needs rate adult": what the drawer says with the heading it stands under. */
static const char *plain_name(struct cr_panel_maker *maker, const struct cr_field *field) {
    char *const text = cr_holdings_text(maker->holdings, "%s", field->key);
    for (char *at = text; at != NULL && *at != '\0'; at++)
        if (*at == '_' || *at == '.')
            *at = ' ';
    return text;
}

static bool same_label(const char *one, const char *other) {
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static void add(struct cr_panel_maker *maker, int32_t week, const char *label) {
    for (size_t k = 0; k < maker->mark_count; k++)
        if (maker->marks[k].week == week && same_label(maker->marks[k].label, label))
            return;
    maker->marks[maker->mark_count++] = (struct cr_panel_mark){week, label};
}

static void find_marks(struct cr_panel_maker *maker, const struct cr_panel_world *world) {
    struct names names = {world, cr_holdings_take(maker->holdings, world->change_count + 1, sizeof *names.label),
        cr_holdings_take(maker->holdings, world->change_count + 1, sizeof *names.ends)};
    if (names.label == NULL || names.ends == NULL)
        return;
    for (int ends = 0; ends < 2; ends++)
        for (size_t i = 0; i < cr_intervention_count(); i++)
            name_intervention(&names, cr_intervention(i), ends == 1);
    for (size_t k = 0; k < world->change_count; k++) {
        const char *label = names.label[k];
        if (label == NULL && !names.ends[k])
            label = plain_name(maker, world->changes[k].field);
        add(maker, world->changes[k].week, label);
    }
}

static int by_week(const void *one, const void *other) {
    const struct cr_panel_mark *a = one, *b = other;
    return (a->week > b->week) - (a->week < b->week);
}

void cr_panel_find_changes(struct cr_panel_maker *maker) {
    const struct cr_panel_matter *matter = maker->matter;
    size_t most = 1;
    for (size_t w = 0; w < matter->count; w++)
        most += matter->world[w].change_count;
    maker->marks = cr_holdings_take(maker->holdings, most, sizeof *maker->marks);
    if (maker->marks == NULL)
        return;
    for (size_t w = 0; w < matter->count; w++)
        find_marks(maker, &matter->world[w]);
    qsort(maker->marks, maker->mark_count, sizeof *maker->marks, by_week);
}

static bool is_past(const struct cr_panel_maker *maker, size_t k) {
    return maker->marks[k].label != NULL && maker->marks[k].week <= maker->matter->week;
}

static int year_of(const struct cr_panel_maker *maker, size_t k) {
    return maker->marks[k].week / CR_WEEKS_A_YEAR;
}

/* Whether a later mark of the same year has the same name. */
static bool is_told(const struct cr_panel_maker *maker, size_t k) {
    for (size_t later = k + 1; later < maker->mark_count && year_of(maker, later) == year_of(maker, k); later++)
        if (is_past(maker, later) && same_label(maker->marks[later].label, maker->marks[k].label))
            return true;
    return false;
}

/* All changes by name, the newest first. */
static const char *tell_all(struct cr_panel_maker *maker, const char *what) {
    const char *note = what;
    int told = 0, last_year = -1;
    for (size_t k = maker->mark_count; k-- > 0 && note != NULL;) {
        if (!is_past(maker, k) || is_told(maker, k))
            continue;
        if (told == TOLD_MOST)
            return cr_holdings_text(maker->holdings, "%s; â¦", note);
        const char *const label = maker->marks[k].label;
        const int year = year_of(maker, k);
        if (told > 0 && year == last_year)
            note = cr_holdings_text(maker->holdings, "%s, %s", note, label);
        else
            note = cr_holdings_text(
                maker->holdings, "%s%s %d: %s", note, told == 0 ? ". Changed in year" : "; in year", year, label);
        last_year = year;
        told++;
    }
    return note;
}

/* The years of all changes, or of many how many; the name of the only one. */
static const char *tell_years(struct cr_panel_maker *maker, const char *what) {
    const char *years = "", *label = NULL;
    int count = 0, told = 0, last = -1;
    for (size_t k = 0; k < maker->mark_count && years != NULL; k++) {
        const int year = year_of(maker, k);
        if (!is_past(maker, k) || is_told(maker, k))
            continue;
        label = maker->marks[k].label;
        told++;
        if (year == last)
            continue;
        years = cr_holdings_text(maker->holdings, "%s%s%d", years, count > 0 ? ", " : "", year);
        last = year;
        count++;
    }
    if (years == NULL || told == 0)
        return what;
    if (told == 1)
        return cr_holdings_text(maker->holdings, "%s. Changed in year %s: %s", what, years, label);
    if (count > YEARS_MOST)
        return cr_holdings_text(maker->holdings, "%s. Changed in %d years, last in %d", what, count, last);
    return cr_holdings_text(maker->holdings, "%s. Changed in year%s %s", what, count > 1 ? "s" : "", years);
}

void cr_panel_annotate(struct cr_panel_maker *maker, const char *when, const char *how) {
    if (when == NULL)
        return;
    const char *const what = cr_holdings_text(maker->holdings, "%s, %s", when, how);
    maker->chart->note = what != NULL ? tell_all(maker, what) : NULL;
    maker->chart->brief = tell_years(maker, when);
}
