#include "study/comparison_file.h"

#include "io/folder.h"
#include "io/table.h"

static const struct cr_column comparison_columns[] = {
    {"scenario", CR_COLUMN_TEXT, "the scenario that is compared"},
    {"with", CR_COLUMN_TEXT, "the scenario it is compared with"},
    {"measure", CR_COLUMN_TEXT, "name of the measure; see cradle measures"},
    {"group", CR_COLUMN_TEXT, "group it was taken of"},
    {"mean", CR_COLUMN_REAL, "mean over replicates"},
    {"mean_with", CR_COLUMN_REAL, "the same of the scenario it is compared with"},
    {"difference", CR_COLUMN_REAL, "mean less mean_with"},
    {"low", CR_COLUMN_REAL, "lower end of the interval of the difference, by t"},
    {"high", CR_COLUMN_REAL, "upper end"},
    {"bootstrap_low", CR_COLUMN_REAL, "lower end by the bootstrap"},
    {"bootstrap_high", CR_COLUMN_REAL, "upper end by the bootstrap"},
    {"effect", CR_COLUMN_REAL, "standardized size of the difference"},
    {"effect_kind", CR_COLUMN_TEXT, "h of shares, q of correlations, d of means"},
    {"p", CR_COLUMN_REAL, "chance of a difference so large if there were none"},
    {"p_corrected", CR_COLUMN_REAL, "after Benjamini & Hochberg over all rows of the scenario"},
    {"least", CR_COLUMN_REAL, "the smallest difference that matters to most readers"},
    {"detectable", CR_COLUMN_REAL, "the difference that is found with a chance of .8"},
    {"needed", CR_COLUMN_REAL, "replicates that find one of size least with that chance"},
    {"gain", CR_COLUMN_REAL, "variance of the difference unpaired over paired"},
    {"n", CR_COLUMN_INTEGER, "pairs, or the smaller number of replicates"},
    {"finding", CR_COLUMN_TEXT, "differs, differs slightly, does not differ, cannot be told, undefined"},
};

static const struct cr_column who_columns[] = {
    {"scenario", CR_COLUMN_TEXT, "the scenario that is compared"},
    {"with", CR_COLUMN_TEXT, "the scenario it is compared with"},
    {"trait", CR_COLUMN_TEXT, "what may differ"},
    {"value_with", CR_COLUMN_TEXT, "a person's value under the scenario it is compared with"},
    {"value", CR_COLUMN_TEXT, "the same person's value under the scenario"},
    {"persons", CR_COLUMN_INTEGER, "how many, over all replicates"},
};

enum {
    COMPARISON_COLUMNS = sizeof comparison_columns / sizeof *comparison_columns,
    WHO_COLUMNS = sizeof who_columns / sizeof *who_columns
};

static void add_difference(
    struct cr_table *table, const char *scenario, const char *with, const struct cr_difference *row) {
    cr_table_text(table, scenario);
    cr_table_text(table, with);
    cr_table_text(table, cr_measures[row->measure].name);
    cr_table_text(table, row->group);
    cr_table_real(table, row->second.value);
    cr_table_real(table, row->first.value);
    cr_table_real(table, row->difference.value);
    cr_table_real(table, row->t.low);
    cr_table_real(table, row->t.high);
    cr_table_real(table, row->bootstrap.low);
    cr_table_real(table, row->bootstrap.high);
    cr_table_real(table, row->effect);
    cr_table_text(table, row->effect_kind == CR_EFFECT_NONE ? NULL : cr_effect_letter(row->effect_kind));
    cr_table_real(table, row->p);
    cr_table_real(table, row->corrected);
    cr_table_real(table, row->least);
    cr_table_real(table, row->detectable);
    cr_table_real(table, row->needed);
    cr_table_real(table, row->gain);
    cr_table_integer(table, row->difference.n);
    cr_table_text(table, cr_finding_names[row->finding]);
}

static void add_trait(struct cr_table *table, const char *scenario, const char *with, enum cr_trait trait,
    const struct cr_changes *changes) {
    for (int i = 0; i < cr_trait_values(trait); i++)
        for (int j = 0; j < cr_trait_values(trait); j++) {
            cr_table_text(table, scenario);
            cr_table_text(table, with);
            cr_table_text(table, cr_trait_name(trait));
            cr_table_text(table, cr_trait_value_name(trait, i));
            cr_table_text(table, cr_trait_value_name(trait, j));
            cr_table_integer(table, changes->count[i][j]);
        }
}

static void fill(struct cr_table *comparison, struct cr_table *who, const struct cr_compared *compared,
    const struct cr_scenario *scenarios) {
    const struct cr_fates *first = &compared->histories[0].fates;
    for (size_t k = 1; k < compared->count; k++) {
        const struct cr_comparison *each = &compared->comparisons[k - 1];
        const struct cr_fates *second = &compared->histories[k].fates;
        for (size_t r = 0; r < each->count; r++)
            add_difference(comparison, scenarios[k].name, scenarios[0].name, &each->row[r]);
        for (int trait = 0; each->paired && first->people == second->people && trait < CR_TRAITS; trait++) {
            const struct cr_changes changes = cr_fates_compare(first, second, (enum cr_trait)trait);
            add_trait(who, scenarios[k].name, scenarios[0].name, (enum cr_trait)trait, &changes);
        }
    }
}

static int write(const struct cr_table *table, const char *directory, const char *name, struct cr_error *error) {
    struct cr_table_writer writer;
    int status = cr_table_writer_open(&writer, directory, name, table->columns, table->column_count, error);
    if (status == 0)
        status = cr_table_writer_append(&writer, table, error);
    if (status == 0)
        status = cr_table_writer_finish(&writer, error);
    cr_table_writer_free(&writer);
    return status;
}

int cr_comparison_write(const struct cr_compared *compared, const struct cr_scenario *scenarios, const char *directory,
    struct cr_error *error) {
    struct cr_table comparison, who;
    int status = cr_folder_make(directory, error);
    if (status != 0)
        return status;
    cr_table_init(&comparison, comparison_columns, COMPARISON_COLUMNS);
    cr_table_init(&who, who_columns, WHO_COLUMNS);
    fill(&comparison, &who, compared, scenarios);
    status = write(&comparison, directory, "comparison", error);
    if (status == 0)
        status = write(&who, directory, "who", error);
    cr_table_free(&comparison);
    cr_table_free(&who);
    return status;
}
