#include "report/source_chart.h"

#include <string.h>
#include <sys/stat.h>

#include "measure/laboratory_coding.h"
#include "measure/self_report.h"

enum cr_meaning cr_meaning_of(const char *name) {
    for (int style = 0; style < CR_STYLES; style++)
        if (strcmp(name, cr_style_names[style]) == 0)
            return (enum cr_meaning)(CR_MEANING_SECURE + style);
    for (int class = 0; class < CR_CLASSES; class ++)
        if (strcmp(name, cr_class_names[class]) == 0)
            return (enum cr_meaning)(CR_MEANING_CLASS_A + class);
    return strcmp(name, "all") == 0 ? CR_MEANING_NEUTRAL : CR_MEANING_BY_PLACE;
}

int cr_source_chart_init(
    struct cr_source_chart *made, enum cr_chart_kind kind, const struct cr_source *source, struct cr_error *error) {
    struct stat status;
    memset(made, 0, sizeof *made);
    made->chart.kind = kind;
    const bool folder = stat(source->path, &status) == 0 && S_ISDIR(status.st_mode);
    int code = folder ? cr_folder_chart(made, source, error) : cr_store_chart(made, source, error);
    if (made->holdings.failed)
        code = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the chart of %.300s", source->path);
    return code;
}

void cr_source_chart_free(struct cr_source_chart *made) {
    cr_holdings_free(&made->holdings);
    memset(made, 0, sizeof *made);
}
