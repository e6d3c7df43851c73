#include <math.h>
#include <stdio.h>

#include "base/numeric.h"
#include "viz/card/card_page.h"
#include "viz/card/card_sections.h"
#include "viz/card/card_words.h"

static const struct {
    double height; /* points */
    void (*draw)(struct cr_card_page *page, const struct cr_card_subject *subject, struct cr_rect where);
} sections[CR_CARD_SECTIONS] = {
    [CR_CARD_HEAD] = {84.0, cr_card_draw_head},
    [CR_CARD_CARE] = {74.0, cr_card_draw_care},
    [CR_CARD_CAREGIVER] = {42.0, cr_card_draw_caregiver},
    [CR_CARD_BELIEFS] = {126.0, cr_card_draw_beliefs},
    [CR_CARD_NEED] = {74.0, cr_card_draw_need},
    [CR_CARD_DISTRESS] = {25.0, cr_card_draw_distress},
    [CR_CARD_LOVE] = {106.0, cr_card_draw_love},
    [CR_CARD_LIFE] = {184.0, cr_card_draw_life},
};

/* The name of the world above the head. */
static const double world_height = 20.0;

static bool is_there(int section, bool brief) {
    return !brief || section != CR_CARD_LOVE;
}

double cr_card_column_height(bool worlds, bool brief) {
    double height = worlds ? world_height : 0.0;
    for (int s = 0; s < CR_CARD_SECTIONS; s++)
        height += is_there(s, brief) ? sections[s].height : 0.0;
    return height;
}

void cr_card_draw_column(
    struct cr_card_page *page, const struct cr_card_subject *subject, bool brief, struct cr_rect where) {
    double y = where.y;
    const double spare = where.height - cr_card_column_height(subject->world != NULL, brief);
    if (subject->world != NULL) {
        struct cr_lettering letters = cr_card_letters(page, 0.9, false);
        letters.colour = page->canvas.theme->colours[subject->world_meaning];
        letters.bold = true;
        letters.width = 0.6 * where.width;
        (void)cr_card_write(page, subject->world, letters, where.x, y);
        letters = cr_card_letters(page, 0.87, true);
        letters.across = 1.0;
        letters.colour = page->canvas.theme->colours[subject->against_meaning];
        (void)cr_card_write(page, "■ in the other world", letters, cr_rect_right(where), y + 1.0);
        y += world_height;
    }
    for (int s = 0; s < CR_CARD_SECTIONS; s++) {
        if (!is_there(s, brief))
            continue;
        const double height = sections[s].height + (s == CR_CARD_LIFE ? cr_max(0.0, spare) : 0.0);
        sections[s].draw(page, subject, (struct cr_rect){where.x, y, where.width, height});
        y += height;
    }
}
