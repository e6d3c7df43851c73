#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "measure/laboratory_coding.h"
#include "measure/self_report.h"
#include "report/apa_number.h"
#include "report/comparison_draft.h"
#include "report/page.h"

/* Persons who went the same way: class, style at 18, style at 40, and whether security was earned and is there at the
 * last of these. */
enum { WAYS = CR_CLASSES * CR_STYLES * CR_STYLES * 2 };

struct ways {
    struct cr_flow flow[WAYS];
    size_t stages; /* 2 where nobody was seen at 40 */
    int64_t persons;
    int64_t insecure, earned; /* of them: insecure at 18 or in infancy; who earned security */
};

static const struct cr_flow_category classes[CR_CLASSES] = {{"A avoidant", CR_MEANING_CLASS_A},
    {"B secure", CR_MEANING_CLASS_B}, {"C resistant", CR_MEANING_CLASS_C}, {"D disorganized", CR_MEANING_CLASS_D}};
static const struct cr_flow_category styles[CR_STYLES] = {{"secure", CR_MEANING_SECURE},
    {"preoccupied", CR_MEANING_PREOCCUPIED}, {"dismissing", CR_MEANING_DISMISSING}, {"fearful", CR_MEANING_FEARFUL}};
static const struct cr_flow_stage stages[] = {
    {"infancy", classes, CR_CLASSES}, {"at 18", styles, CR_STYLES}, {"at 40", styles, CR_STYLES}};

static bool seen_at_40(const struct cr_history *histories, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < histories[i].fates.replicates * histories[i].fates.people; k++)
            if (histories[i].fates.fate[k].class >= 0 && histories[i].fates.fate[k].style_40 >= 0)
                return true;
    return false;
}

static void follow(struct ways *ways, const struct cr_fates *fates, bool to_40) {
    *ways = (struct ways){.stages = to_40 ? 3 : 2};
    for (size_t k = 0; k < fates->replicates * fates->people; k++) {
        const struct cr_fate *fate = &fates->fate[k];
        const int last = to_40 ? fate->style_40 : 0;
        if (fate->class < 0 || fate->style_18 < 0 || last < 0)
            continue;
        const bool kept = fate->earned && (to_40 ? fate->style_40 : fate->style_18) == CR_STYLE_SECURE;
        const int way = ((fate->class * CR_STYLES + fate->style_18) * CR_STYLES + last) * 2 + kept;
        ways->flow[way] = (struct cr_flow){
            .category = {fate->class, fate->style_18, last}, .weight = ways->flow[way].weight + 1.0, .picked = kept};
        ways->persons++;
        ways->insecure += fate->class != CR_CLASS_B || fate->style_18 != CR_STYLE_SECURE;
        ways->earned += fate->earned;
    }
    for (size_t k = 0; k < WAYS; k++)
        ways->flow[k].weight /= ways->persons > 0 ? (double)ways->persons : 1.0;
}

static struct cr_chart chart_of(const struct ways *ways, const char *name) {
    return (struct cr_chart){.kind = CR_CHART_FLOWS,
        .title = name,
        .description = "Bands from attachment class in infancy over the style at 18 to the style at 40; earned "
                       "security is picked out.",
        .of.flows = {.stages = stages,
            .stage_count = ways->stages,
            .flows = ways->flow,
            .flow_count = WAYS,
            .picked_name = "earned security",
            .picked_meaning = CR_MEANING_SCENARIO_2}};
}

static void add_words(struct cr_comparison_draft *draft, const struct ways *ways) {
    cr_page_add(&draft->text, "<p>");
    for (size_t i = 0; i < draft->page->count; i++) {
        char persons[CR_APA_SIZE], share[CR_APA_SIZE];
        if (ways[i].persons == 0)
            continue;
        cr_page_add(&draft->text,
            "Under %s %s persons were followed from the cradle to %d; of those who were insecure in infancy or at 18, "
            "%s earned security. ",
            cr_comparison_scenario(draft, i), cr_apa_count(ways[i].persons, persons), ways[i].stages == 3 ? 40 : 18,
            cr_apa_number(ways[i].insecure > 0 ? (double)ways[i].earned / (double)ways[i].insecure : (double)NAN, 2,
                true, share));
    }
    cr_page_add(&draft->text, "</p>\n");
}

static int add_charts(struct cr_comparison_draft *draft, const struct ways *ways, struct cr_error *error) {
    int status = 0;
    cr_page_add(&draft->text, "<div class=\"beside\">\n");
    for (size_t i = 0; status == 0 && i < draft->page->count; i++) {
        char name[32];
        const struct cr_chart chart = chart_of(&ways[i], cr_comparison_scenario(draft, i));
        const struct cr_page_chart figure = {
            .name = cr_text_format(name, sizeof name, "flows-%zu", i), .wide = &chart, .half = true};
        status = cr_page_chart_add(&draft->text, &draft->palette, &figure, error);
    }
    cr_page_add(&draft->text, "</div>\n");
    return status;
}

int cr_comparison_add_flows(struct cr_comparison_draft *draft, struct cr_error *error) {
    const struct cr_comparison_page *page = draft->page;
    const bool to_40 = seen_at_40(page->histories, page->count);
    struct ways *ways = calloc(page->count + 1, sizeof *ways);
    int status = 0;
    int64_t persons = 0;
    if (ways == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to follow %zu scenarios", page->count);
    for (size_t i = 0; i < page->count; i++) {
        follow(&ways[i], &page->histories[i].fates, to_40);
        persons += ways[i].persons;
    }
    if (persons > 0) {
        cr_comparison_begin_section(draft, "flows", "From the cradle on");
        add_words(draft, ways);
        cr_page_add(&draft->text,
            "<p class=\"soft\">From class in infancy to style at 18%s: the height of a band is its share of persons. "
            "Hatched are those who earned security and were secure at %d.</p>\n",
            to_40 ? " and at 40" : "", to_40 ? 40 : 18);
        status = add_charts(draft, ways, error);
        cr_comparison_end_section(draft);
    }
    free(ways);
    return status;
}
