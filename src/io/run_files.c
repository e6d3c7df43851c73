#include "io/run_files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "io/folder.h"
#include "measure/earned_security.h"

static int discard(const char *directory, const char *name, struct cr_error *error) {
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s/%s", directory, name) >= sizeof path)
        return cr_error_set(error, CR_ERROR_IO, "the path of the folder %.80s... is too long", directory);
    if (unlink(path) != 0 && errno != ENOENT)
        return cr_error_set(error, CR_ERROR_IO, "cannot replace %s: %s", path, strerror(errno));
    return 0;
}

/* Forgets that the folder was ever complete, before anything in it changes, and what this run will not write. */
static int prepare(const char *directory, bool panel, struct cr_error *error) {
    int status = cr_folder_make(directory, error);
    if (status == 0)
        status = discard(directory, "manifest.json", error);
    return status != 0 || panel ? status : discard(directory, "panel.csv", error);
}

int cr_run_files_open(struct cr_run_files *files, const char *directory, bool panel, struct cr_error *error) {
    memset(files, 0, sizeof *files);
    int status = prepare(directory, panel, error);
    for (int f = 0; status == 0 && f < CR_RUN_FILES; f++) {
        files->wanted[f] = f != CR_FILE_PANEL || panel;
        if (!files->wanted[f])
            continue;
        size_t count;
        const struct cr_column *const columns = cr_run_file_columns((enum cr_run_file)f, &count);
        cr_table_init(&files->table[f], columns, count);
        status = cr_table_writer_open(
            &files->writer[f], directory, cr_run_file_name((enum cr_run_file)f), columns, count, error);
    }
    return status;
}

void cr_run_files_free(struct cr_run_files *files) {
    for (int f = 0; f < CR_RUN_FILES; f++) {
        cr_table_free(&files->table[f]);
        cr_table_writer_free(&files->writer[f]);
    }
}

/* Years of the run at the end of a week; NaN for a week that never was. */
static double year_of(int32_t week) {
    return week < 0 ? CR_MISSING : (double)week / CR_WEEKS_A_YEAR;
}

static void person_number(struct cr_table *table, int32_t person) {
    if (person == CR_NOBODY)
        cr_table_missing(table);
    else
        cr_table_integer(table, person);
}

static void add_measures(struct cr_run_files *files, uint32_t replicate, const struct cr_readings *readings) {
    for (size_t k = 0; k < readings->count; k++) {
        const struct cr_reading *reading = &readings->reading[k];
        const bool whole = isnan(reading->year);
        struct cr_table *table = &files->table[whole ? CR_FILE_MEASURES : CR_FILE_SERIES];
        cr_table_integer(table, replicate);
        if (!whole)
            cr_table_real(table, reading->year);
        cr_table_text(table, cr_measures[reading->measure].name);
        cr_table_text(table, reading->group);
        cr_table_real(table, reading->estimate.value);
        if (whole) {
            cr_table_real(table, reading->estimate.se);
            cr_table_integer(table, reading->estimate.n);
        }
    }
}

static const char *style_name(enum cr_style style) {
    return style == CR_STYLE_NONE ? NULL : cr_style_names[style];
}

static void add_ratings(struct cr_table *table, const struct cr_record *record, int32_t survey, uint32_t i) {
    cr_table_real(table, survey < 0 ? CR_MISSING : (double)record->surveys[survey].anxiety[i]);
    cr_table_real(table, survey < 0 ? CR_MISSING : (double)record->surveys[survey].avoidance[i]);
    cr_table_text(table, style_name(cr_record_style(record, survey, i)));
}

static void add_childhood(struct cr_table *table, const struct cr_population *people, uint32_t i) {
    const struct cr_profile *care = &people->caregiver[i];
    cr_table_real(table, people->temperament[i]);
    cr_table_integer(table, people->caregivers[i]);
    cr_table_real(table, care->sensitivity);
    cr_table_real(table, care->availability);
    cr_table_real(table, care->inconsistency);
    cr_table_real(table, care->rebuff);
    cr_table_real(table, care->fright);
    const double weeks = (double)people->lived[CR_LIVED_WEEKS][i];
    const double episodes = (double)people->lived[CR_LIVED_EPISODES][i];
    cr_table_real(table, (double)people->lived[CR_LIVED_AVAILABLE][i] / weeks);
    cr_table_real(table, (double)people->lived[CR_LIVED_COMFORTED][i] / episodes);
    cr_table_real(table, (double)people->lived[CR_LIVED_REBUFFED][i] / episodes);
    cr_table_real(table, (double)people->lived[CR_LIVED_FRIGHTENED][i] / episodes);
}

static double age_at(const struct cr_record *record, int32_t survey, uint32_t i) {
    return survey < 0 ? CR_MISSING : cr_record_age(record, &record->surveys[survey], i);
}

/* The last survey that person `i` answered as an adult; -1 for none. */
static int32_t last_survey(const struct cr_record *record, uint32_t i) {
    int32_t y = record->survey_count - 1;
    while (y >= 0 && isnan(record->surveys[y].anxiety[i]))
        y--;
    return y;
}

static void add_person(struct cr_table *table, uint32_t replicate, const struct cr_record *record, uint32_t i) {
    const struct cr_population *people = &record->simulation->people;
    const int32_t end = record->simulation->week;
    const struct cr_visit *visit = &record->visits[0][i];
    const bool visited = visit->week >= 0;
    cr_table_integer(table, replicate);
    cr_table_integer(table, i);
    cr_table_missing(table);
    cr_table_missing(table);
    cr_table_text(table, people->sex[i] == CR_FEMALE ? "female" : "male");
    cr_table_real(table, year_of(people->birth[i]));
    cr_table_real(table, people->death[i] <= end ? year_of(people->death[i]) : CR_MISSING);
    add_childhood(table, people, i);
    cr_table_text(table, visited ? cr_class_names[visit->coding.class] : NULL);
    cr_table_real(table, visited ? visit->coding.proximity : CR_MISSING);
    cr_table_real(table, visited ? visit->coding.contact : CR_MISSING);
    cr_table_real(table, visited ? visit->coding.resistance : CR_MISSING);
    cr_table_real(table, visited ? visit->coding.avoidance : CR_MISSING);
    cr_table_real(table, visited ? visit->coding.disorganization : CR_MISSING);
    for (int b = 0; b < CR_BELIEFS; b++)
        cr_table_real(table, people->birth[i] < end ? people->prototype[b][i] : CR_MISSING);
    const int32_t last = last_survey(record, i);
    static const double ages[] = {18.0, 40.0};
    for (size_t k = 0; k < sizeof ages / sizeof *ages; k++)
        add_ratings(table, record, cr_record_survey_at_age(record, i, ages[k]), i);
    add_ratings(table, record, last, i);
    cr_table_real(table, last < 0 ? CR_MISSING : (double)record->surveys[last].worth[i]);
    cr_table_integer(table, people->bonds_had[i]);
    const struct cr_earned earned = cr_earned_security(record, i, record->survey_count - 1);
    cr_table_real(table, age_at(record, earned.survey, i));
    cr_table_text(table, earned.survey < 0 ? NULL : cr_route_names[earned.route]);
    cr_table_real(table, age_at(record, earned.lost, i));
}

static void add_relationship(
    struct cr_table *table, uint32_t replicate, const struct cr_record *record, int32_t number) {
    static const char *const enders[] = {"a", "b", "both"};
    const struct cr_simulation *simulation = record->simulation;
    const struct cr_bond *bond = &simulation->bonds.bond[number];
    const double weeks = (double)((bond->end >= 0 ? bond->end + 1 : simulation->week) - bond->start - 1);
    cr_table_integer(table, replicate);
    cr_table_integer(table, number);
    for (int side = 0; side < 2; side++)
        cr_table_integer(table, bond->person[side]);
    for (int side = 0; side < 2; side++)
        cr_table_integer(table, bond->order[side]);
    cr_table_real(table, year_of(bond->start));
    cr_table_real(table, year_of(bond->cohabiting));
    cr_table_real(table, year_of(bond->married));
    cr_table_real(table, year_of(bond->end));
    cr_table_text(table, cr_stage_names[bond->stage]);
    cr_table_text(table, bond->ended_by < 0 ? NULL : enders[bond->ended_by]);
    cr_table_text(table, bond->ending == CR_LASTING ? NULL : cr_ending_names[bond->ending]);
    cr_table_integer(table, bond->ending == CR_LASTING || bond->ending == CR_DEATH);
    for (int side = 0; side < 2; side++)
        cr_table_text(table,
            style_name(cr_record_style(record, cr_record_survey_before(bond->start), (uint32_t)bond->person[side])));
    for (int side = 0; side < 2; side++)
        cr_table_real(table, bond->satisfaction_start[side]);
    for (int side = 0; side < 2; side++)
        cr_table_real(table, bond->satisfaction_sum[side] / weeks);
    for (int side = 0; side < 2; side++)
        cr_table_real(table, bond->satisfaction_end[side]);
}

static void add_infant(struct cr_table *table, uint32_t replicate, const struct cr_record *record, uint32_t i, int v) {
    const struct cr_visit *visit = &record->visits[v][i];
    const struct cr_coding *coding = &visit->coding;
    if (visit->week < 0)
        return;
    cr_table_integer(table, replicate);
    cr_table_integer(table, i);
    cr_table_integer(table, v + 1);
    cr_table_integer(table, visit->caregiver);
    cr_table_real(table, cr_person_age(&record->simulation->people, i, visit->week));
    cr_table_real(table, visit->care.sensitivity);
    cr_table_real(table, visit->sensitivity);
    cr_table_real(table, visit->care.availability);
    cr_table_real(table, visit->care.inconsistency);
    cr_table_real(table, visit->care.rebuff);
    cr_table_real(table, visit->care.fright);
    cr_table_real(table, coding->proximity);
    cr_table_real(table, coding->contact);
    cr_table_real(table, coding->resistance);
    cr_table_real(table, coding->avoidance);
    cr_table_real(table, coding->disorganization);
    cr_table_real(table, coding->exploration);
    cr_table_text(table, cr_class_names[coding->class]);
    cr_table_real(table, coding->shown);
    cr_table_real(table, coding->felt);
}

static void add_panel_row(struct cr_table *table, uint32_t replicate, const struct cr_panel_row *row) {
    cr_table_integer(table, replicate);
    cr_table_integer(table, row->person);
    cr_table_real(table, year_of(row->week + 1));
    cr_table_real(table, (double)row->age);
    cr_table_real(table, (double)row->anxiety);
    cr_table_real(table, (double)row->avoidance);
    person_number(table, row->partner);
    cr_table_real(table, (double)row->satisfaction);
    cr_table_real(table, (double)row->trust);
    cr_table_real(table, (double)row->conflict);
    cr_table_real(table, (double)row->perceived);
    cr_table_real(table, (double)row->actual);
    for (int k = 0; k < CR_STRATEGIES; k++)
        cr_table_real(table, (double)row->share[k]);
    cr_table_real(table, (double)row->shown);
    cr_table_real(table, (double)row->felt);
    cr_table_real(table, (double)row->strain);
}

int cr_run_files_add(struct cr_run_files *files, uint32_t replicate, const struct cr_record *record,
    const struct cr_readings *readings, const struct cr_panel *panel, struct cr_error *error) {
    add_measures(files, replicate, readings);
    for (uint32_t i = 0; i < record->people; i++) {
        add_person(&files->table[CR_FILE_PEOPLE], replicate, record, i);
        for (int v = 0; v < CR_VISITS; v++)
            add_infant(&files->table[CR_FILE_INFANTS], replicate, record, i, v);
    }
    for (int32_t k = 0; k < record->simulation->bonds.count; k++)
        add_relationship(&files->table[CR_FILE_RELATIONSHIPS], replicate, record, k);
    for (size_t k = 0; files->wanted[CR_FILE_PANEL] && k < panel->count; k++)
        add_panel_row(&files->table[CR_FILE_PANEL], replicate, &panel->rows[k]);
    int status = 0;
    for (int f = 0; status == 0 && f < CR_RUN_FILES; f++)
        if (files->wanted[f]) {
            status = cr_table_writer_append(&files->writer[f], &files->table[f], error);
            cr_table_clear(&files->table[f]);
        }
    return status;
}

int cr_run_files_finish(
    struct cr_run_files *files, const char *directory, const struct cr_scenario *scenario, struct cr_error *error) {
    struct cr_manifest_file entries[CR_RUN_FILES];
    char names[CR_RUN_FILES][32];
    size_t count = 0;
    for (int f = 0; f < CR_RUN_FILES; f++) {
        if (!files->wanted[f])
            continue;
        const int status = cr_table_writer_finish(&files->writer[f], error);
        if (status != 0)
            return status;
        (void)snprintf(names[count], sizeof names[count], "%s.csv", cr_run_file_name((enum cr_run_file)f));
        entries[count] = (struct cr_manifest_file){
            .name = names[count], .rows = files->writer[f].rows, .sha256 = files->writer[f].sha256};
        count++;
    }
    return cr_manifest_write(directory, scenario, entries, count, error);
}
