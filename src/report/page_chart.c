#include "report/page_chart.h"

#include <stdlib.h>

#include "base/numeric.h"
#include "base/text.h"
#include "report/canvas.h"
#include "report/page.h"

/* Pixels; a phone shows a narrow chart a little smaller. */
static const double whole = 960.0, half = 472.0, narrow = 380.0;
static const double letters = 14.0, small_letters = 12.0, narrow_letters = 13.5;

/* Letters of that size; what is drawn grows upwards with them. */
static struct cr_chart_look look_of(const struct cr_chart *chart, double width, double size, double flat) {
    const double natural = cr_chart_height(chart, width) * (flat > 0.0 ? flat : 1.0);
    struct cr_chart_look look = {.width = width, .height = natural};
    for (int round = 0; round < 8; round++) {
        look.text_scale = cr_clamp(size / cr_canvas_unit(width, look.height, 1.0), 0.8, 2.0);
        look.height = cr_clamp(natural * look.text_scale, CR_CHART_LEAST, CR_CHART_MOST);
    }
    return look;
}

static int add_drawing(struct cr_bytes *page, struct cr_palette *palette, const struct cr_chart *chart,
    struct cr_chart_look look, const char *prefix, struct cr_error *error) {
    char *drawings[2] = {NULL, NULL};
    int status = 0;
    for (int theme = 0; status == 0 && theme < 2; theme++) {
        look.theme = (enum cr_theme_name)theme;
        status = cr_chart_svg(chart, &look, prefix, &drawings[theme], error);
    }
    if (status == 0)
        status = cr_palette_add_drawing(palette, page, drawings[CR_THEME_LIGHT], drawings[CR_THEME_DARK], error);
    free(drawings[0]);
    free(drawings[1]);
    return status;
}

int cr_page_chart_add(
    struct cr_bytes *page, struct cr_palette *palette, const struct cr_page_chart *chart, struct cr_error *error) {
    char prefix[64];
    const struct cr_chart *const phone = chart->narrow != NULL ? chart->narrow : chart->wide;
    const struct cr_chart_look wide_look =
        look_of(chart->wide, chart->half ? half : whole, chart->half ? small_letters : letters, chart->flat);
    cr_page_add(page, "<figure>\n<div class=\"wide\">");
    int status = add_drawing(
        page, palette, chart->wide, wide_look, cr_text_format(prefix, sizeof prefix, "%s-w-", chart->name), error);
    cr_page_add(page, "</div>\n<div class=\"narrow\">");
    if (status == 0)
        status =
            add_drawing(page, palette, phone, look_of(phone, narrow, chart->half ? small_letters : narrow_letters, 0.0),
                cr_text_format(prefix, sizeof prefix, "%s-n-", chart->name), error);
    cr_page_add(page, "</div>\n</figure>\n");
    return status;
}
