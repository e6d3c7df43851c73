#include "study/kept.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

void cr_kept_list_free(struct cr_kept_list *list) {
    free(list->kept);
    *list = (struct cr_kept_list){0};
}

bool cr_kept_list_has(const struct cr_kept_list *list, int measure, const char *group) {
    if (list->all)
        return true;
    for (size_t i = 0; i < list->count; i++) {
        const struct cr_kept *const kept = &list->kept[i];
        if (kept->measure == measure && (!*kept->group || strcmp(kept->group, group) == 0))
            return true;
    }
    return false;
}

int cr_kept_parse(struct cr_kept *kept, const char *text, bool course, const char *where, struct cr_error *error) {
    char name[64];
    const size_t length = strcspn(text, ":");
    const char *const group = text + length + (text[length] ? 1 : 0);
    cr_text_format(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), text);
    kept->measure = cr_measure_find(name);
    if (kept->measure < 0) {
        struct cr_nearest nearest = CR_NEAREST_INIT;
        for (int i = 0; i < cr_measure_count; i++)
            cr_nearest_consider(&nearest, name, cr_measures[i].name);
        return cr_error_set(error, CR_ERROR_CONFIG, "%sunknown measure %s%s%s%s", where, name,
            nearest.best ? "; did you mean " : "", nearest.best ? nearest.best : "", nearest.best ? "?" : "");
    }
    const struct cr_measure *const measure = &cr_measures[kept->measure];
    if (course ? !measure->course : !measure->whole)
        return cr_error_set(error, CR_ERROR_CONFIG, "%sthe measure %s has no %s", where, name,
            course ? "time course" : "value for the whole run");
    if (text[length] && (!*group || strlen(group) >= sizeof kept->group))
        return cr_error_set(error, CR_ERROR_CONFIG, "%sthe group of %s must be of 1 to %zu letters; its groups are: %s",
            where, name, sizeof kept->group - 1, measure->groups);
    strcpy(kept->group, group);
    return 0;
}

int cr_kept_list_parse(struct cr_kept_list *list, const char *text, const char *where, struct cr_error *error) {
    char each[128];
    size_t most = 1;
    for (const char *at = text; *at; at++)
        most += *at == ',';
    *list = (struct cr_kept_list){.kept = calloc(most, sizeof *list->kept)};
    if (!list->kept)
        return cr_error_set(error, CR_ERROR_MEMORY, "there is no memory for a list of measures");
    int code = 0;
    for (const char *at = text; code == 0 && list->count < most; list->count++) {
        const size_t length = strcspn(at, ",");
        cr_text_format(each, sizeof each, "%.*s", (int)(length < sizeof each ? length : sizeof each - 1), at);
        code = cr_kept_parse(&list->kept[list->count], each, false, where, error);
        at += length + (at[length] ? 1 : 0);
    }
    return code;
}
