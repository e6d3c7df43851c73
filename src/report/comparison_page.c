#include "report/comparison_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/whole_file.h"
#include "report/comparison_draft.h"
#include "report/page.h"
#include "report/page_style.h"

void cr_comparison_begin_section(struct cr_comparison_draft *draft, const char *id, const char *heading) {
    cr_page_add(&draft->contents, "<li><a href=\"#%s\">%s</a></li>\n", id, heading);
    cr_page_add(&draft->text, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id, heading);
}

void cr_comparison_end_section(struct cr_comparison_draft *draft) {
    cr_page_add(&draft->text, "</section>\n");
}

void cr_comparison_name(struct cr_comparison_draft *draft, size_t k) {
    if (draft->page->count > 2)
        cr_page_add(&draft->text, "<h3>%s compared with %s</h3>\n", cr_comparison_scenario(draft, k + 1),
            cr_comparison_scenario(draft, 0));
}

const char *cr_comparison_scenario(const struct cr_comparison_draft *draft, size_t k) {
    return draft->names[k];
}

const char *cr_comparison_level(const struct cr_comparison_draft *draft, char *buffer) {
    return cr_text_format(buffer, 16, "%.4g%%", 100.0 * draft->page->comparisons[0].level);
}

static cr_comparison_section *const sections[] = {cr_comparison_add_settings, cr_comparison_add_findings,
    cr_comparison_add_forests, cr_comparison_add_survival, cr_comparison_add_flows, cr_comparison_add_courses,
    cr_comparison_add_persons, cr_comparison_add_pairing, cr_comparison_add_measures, cr_comparison_add_evidence,
    cr_comparison_add_method};

static int add_sections(struct cr_comparison_draft *draft, struct cr_error *error) {
    int status = 0;
    for (size_t k = 0; status == 0 && k < sizeof sections / sizeof *sections; k++)
        status = sections[k](draft, error);
    return status;
}

/* What makes a browser refuse whatever the page does not hold itself. */
static const char opening[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\" />\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n";

static void add_head(struct cr_bytes *page, const struct cr_comparison_draft *draft) {
    cr_bytes_add_text(page, opening);
    cr_page_add(page, "<title>");
    for (size_t k = 1; k < draft->page->count; k++)
        cr_page_add(page, "%s%s", k > 1 ? ", " : "", cr_comparison_scenario(draft, k));
    cr_page_add(page, " compared with %s – Cradle</title>\n", cr_comparison_scenario(draft, 0));
    cr_page_style_add(page, &draft->palette);
    cr_page_add(page, "</head>\n<body>\n");
}

/* Puts the parts together; the style can only be written once the drawings have told their colours. */
static int assemble(struct cr_bytes *page, struct cr_comparison_draft *draft, struct cr_error *error) {
    int status = cr_comparison_add_answer(draft, error);
    struct cr_bytes answer = draft->text;
    draft->text = (struct cr_bytes){0};
    if (status == 0)
        status = add_sections(draft, error);
    if (status == 0) {
        add_head(page, draft);
        cr_page_add(page, "<header>\n");
        cr_bytes_add(page, answer.data, answer.size);
        cr_page_add(page, "<nav aria-label=\"On this page\">\n<ul>\n");
        cr_bytes_add(page, draft->contents.data, draft->contents.size);
        cr_page_add(page, "</ul>\n</nav>\n</header>\n<main>\n");
        cr_bytes_add(page, draft->text.data, draft->text.size);
        cr_page_add(page,
            "</main>\n<footer>\n<p>Cradle %s, an agent-based simulator of attachment.</p>\n</footer>\n"
            "</body>\n</html>\n",
            CR_VERSION);
    }
    if (status == 0 && (answer.failed || draft->contents.failed || draft->text.failed || page->failed))
        status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the report");
    cr_bytes_free(&answer);
    return status;
}

/* Scenarios of the same name get numbers. */
static int name_scenarios(struct cr_comparison_draft *draft, struct cr_error *error) {
    const struct cr_comparison_page *page = draft->page;
    draft->names = calloc(page->count + 1, sizeof *draft->names);
    if (draft->names == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %zu names", page->count);
    for (size_t k = 0; k < page->count; k++) {
        const char *const name = page->scenarios[k].name;
        size_t same = 0;
        for (size_t i = 0; i < k; i++)
            same += strcmp(page->scenarios[i].name, name) == 0;
        if (same > 0)
            (void)cr_text_format(draft->names[k], sizeof *draft->names, "%s (%zu)", name, same + 1);
        else
            (void)cr_text_format(draft->names[k], sizeof *draft->names, "%s", name);
    }
    return 0;
}

int cr_comparison_page_write(const struct cr_comparison_page *page, const char *path, struct cr_error *error) {
    struct cr_comparison_draft draft = {.page = page};
    struct cr_bytes text = {0};
    int status = name_scenarios(&draft, error);
    if (status == 0)
        status = assemble(&text, &draft, error);
    if (status == 0)
        status = cr_whole_file_put(path, text.data, text.size, error);
    cr_bytes_free(&text);
    cr_bytes_free(&draft.text);
    cr_bytes_free(&draft.contents);
    cr_palette_free(&draft.palette);
    free(draft.names);
    return status;
}
