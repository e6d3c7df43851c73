#include "measure/panel.h"

#include <stdlib.h>
#include <string.h>

#include "measure/self_report.h"
#include "model/figure.h"

void cr_panel_free(struct cr_panel *panel) {
    free(panel->rows);
    memset(panel, 0, sizeof *panel);
}

static int reserve(struct cr_panel *panel, size_t more, struct cr_error *error) {
    if (panel->capacity - panel->count >= more)
        return 0;
    const size_t capacity = 2 * panel->capacity + more;
    struct cr_panel_row *rows = realloc(panel->rows, capacity * sizeof *rows);
    if (rows == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for a panel of %zu rows", capacity);
    panel->rows = rows;
    panel->capacity = capacity;
    return 0;
}

static void ask_adult(struct cr_panel_row *row, const struct cr_simulation *simulation, uint32_t i) {
    const struct cr_setting *setting = &simulation->setting;
    const struct cr_population *people = &simulation->people;
    const struct cr_parameters *p = setting->parameters;
    const struct cr_ecr ecr = cr_self_report_ecr(setting, people, i);
    row->adult = 1;
    row->anxiety = (float)ecr.anxiety;
    row->avoidance = (float)ecr.avoidance;
    row->partner = people->partner[i];
    if (row->partner == CR_NOBODY)
        return;
    double belief[CR_BELIEFS];
    cr_person_expects(people, i, CR_PARTNER, p->working_model_shrinkage, belief);
    row->satisfaction = (float)cr_self_report_satisfaction(setting, people, i);
    row->trust = (float)(belief[CR_OPEN] * (1.0 - belief[CR_FEAR]));
    row->conflict = (float)simulation->bonds.bond[people->bond[i]].conflict;
    row->perceived = (float)belief[CR_OPEN];
    row->actual = (float)cr_figure_openness(p, people, (uint32_t)row->partner);
}

static struct cr_panel_row observe(const struct cr_simulation *simulation, uint32_t i) {
    const struct cr_population *people = &simulation->people;
    const int32_t week = simulation->setting.week;
    struct cr_panel_row row = {.person = i,
        .week = week,
        .partner = CR_NOBODY,
        .age = (float)cr_person_age(people, i, week),
        .anxiety = NAN,
        .avoidance = NAN,
        .satisfaction = NAN,
        .trust = NAN,
        .conflict = NAN,
        .perceived = NAN,
        .actual = NAN,
        .felt = (float)people->felt[i],
        .shown = (float)people->shown[i],
        .strain = (float)people->strain[i]};
    for (int k = 0; k < CR_STRATEGIES; k++)
        row.share[k] = (float)people->policy[k][i];
    if (row.age >= (float)simulation->setting.parameters->life_adult_age)
        ask_adult(&row, simulation, i);
    return row;
}

int cr_panel_week(struct cr_panel *panel, const struct cr_simulation *simulation, struct cr_error *error) {
    if (panel->interval == 0 || simulation->week % panel->interval != 0)
        return 0;
    const int status = reserve(panel, simulation->people.count, error);
    if (status != 0)
        return status;
    for (uint32_t i = 0; i < simulation->people.count; i++)
        if (cr_person_alive(&simulation->people, i, simulation->setting.week))
            panel->rows[panel->count++] = observe(simulation, i);
    return 0;
}
