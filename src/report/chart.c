#include "report/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "io/whole_file.h"
#include "report/frame.h"
#include "report/picture.h"
#include "report/svg.h"

static int check(const struct cr_chart *chart, const struct cr_chart_look *look, double width, double height,
    struct cr_error *error) {
    if (!(width >= CR_CHART_LEAST && width <= CR_CHART_MOST && height >= CR_CHART_LEAST && height <= CR_CHART_MOST))
        return cr_error_set(error, CR_ERROR_USAGE, "a chart cannot be %g by %g pixels; each side takes %d to %d", width,
            height, CR_CHART_LEAST, CR_CHART_MOST);
    if (look->text_scale != 0.0 && !(look->text_scale >= 0.25 && look->text_scale <= 8.0))
        return cr_error_set(error, CR_ERROR_USAGE,
            "the text of a chart can be 0.25 to 8 times as large as usual, not %g", look->text_scale);
    return cr_kind_check(chart, error);
}

static int draw(const struct cr_chart *chart, const struct cr_chart_look *look, cairo_t *cairo, struct cr_rect where,
    struct cr_placement *placement, struct cr_error *error) {
    struct cr_placement place = {0};
    struct cr_canvas canvas;
    int code =
        cr_canvas_init(&canvas, cairo, cr_theme(look->theme), where.width, where.height, look->text_scale, error);
    if (!code) {
        cairo_save(cairo);
        cairo_new_path(cairo);
        cairo_rectangle(cairo, where.x, where.y, where.width, where.height);
        cairo_clip(cairo);
        cr_canvas_fill(&canvas, where, canvas.theme->background);
        code = cr_frame_draw(chart, &canvas, where, false, &place, error);
        cairo_restore(cairo);
    }
    if (!code && cairo_status(cairo) != CAIRO_STATUS_SUCCESS)
        code = cr_error_set(
            error, CR_ERROR_MEMORY, "cannot draw a chart: %s", cairo_status_to_string(cairo_status(cairo)));
    cr_canvas_free(&canvas);
    if (placement)
        *placement = place;
    return code;
}

int cr_chart_draw(const struct cr_chart *chart, const struct cr_chart_look *look, cairo_t *cairo, struct cr_rect where,
    struct cr_placement *placement, struct cr_error *error) {
    const int code = check(chart, look, where.width, where.height, error);
    return code ? code : draw(chart, look, cairo, where, placement, error);
}

static int render(struct cr_picture *picture, enum cr_picture_format format, const struct cr_chart *chart,
    const struct cr_chart_look *look, struct cr_error *error) {
    const struct cr_rect all = {0.0, 0.0, look->width, look->height};
    int code = check(chart, look, all.width, all.height, error);
    if (!code)
        code = cr_picture_open(picture, format, all.width, all.height, chart->title, error);
    if (!code)
        code = draw(chart, look, picture->cairo, all, NULL, error);
    if (!code)
        code = cr_picture_finish(picture, error);
    return code;
}

/* What the chart shows, for those who cannot see it. */
static void describe(const struct cr_chart *chart, char *text, size_t size) {
    struct cr_legend legend = {.count = 0};
    const struct cr_kind *kind = cr_kind_of(chart);
    struct cr_axes axes = {0};
    char x[CR_AXES_TITLE] = "", y[CR_AXES_TITLE] = "";
    const bool any = kind->axes ? kind->axes(chart, &axes) : true;
    if (kind->axes) {
        (void)cr_axes_title(&axes.asked_x, x);
        (void)cr_axes_title(&axes.asked_y, y);
    }
    (void)cr_text_format(text, size, "%s%s%s%s%s", kind->noun, *y ? " of " : "", y, *x ? " by " : "", x);
    if (kind->name)
        kind->name(chart, cr_theme(CR_THEME_LIGHT), &legend);
    for (size_t i = 0; i < legend.count; i++) {
        const size_t used = strlen(text);
        (void)cr_text_format(text + used, size - used, "%s%s", i ? ", " : ": ", legend.entries[i].name);
    }
    const size_t used = strlen(text);
    (void)cr_text_format(text + used, size - used, "%s.", any ? "" : "; no data");
}

static int rewrite(const struct cr_chart *chart, const struct cr_bytes *bytes, const char *prefix, int whole,
    char **svg, size_t *size, struct cr_error *error) {
    char made[1024];
    if (!chart->description)
        describe(chart, made, sizeof made);
    const struct cr_svg_words words = {.prefix = prefix,
        .title = chart->title,
        .description = chart->description ? chart->description : made,
        .whole = whole};
    return cr_svg_rewrite(bytes->data, bytes->size, &words, svg, size, error);
}

int cr_chart_svg(const struct cr_chart *chart, const struct cr_chart_look *look, const char *prefix, char **svg,
    struct cr_error *error) {
    struct cr_picture picture = {0};
    size_t size;
    *svg = NULL;
    if (!cr_text_is_word(prefix, 64) || strchr("0123456789-_", prefix[0]))
        return cr_error_set(error, CR_ERROR_USAGE,
            "ids of a chart must begin with a letter, and go on with letters, digits, '-' and '_', unlike %.64s",
            prefix);
    int code = render(&picture, CR_PICTURE_SVG, chart, look, error);
    if (!code)
        code = rewrite(chart, &picture.bytes, prefix, 0, svg, &size, error);
    cr_picture_free(&picture);
    return code;
}

static int format_of(const char *name, enum cr_picture_format *format, struct cr_error *error) {
    static const char *const endings[] = {".svg", ".png", ".pdf"};
    const char *ending = strrchr(name, '.');
    for (int i = 0; ending && i < 3; i++)
        if (strcmp(ending, endings[i]) == 0) {
            *format = (enum cr_picture_format)i;
            return 0;
        }
    return cr_error_set(error, CR_ERROR_USAGE, "the name of a chart must end in .svg, .png or .pdf, unlike %s", name);
}

static int write_file(const char *directory, const char *name, const char *data, size_t size, struct cr_error *error) {
    struct cr_whole_file file;
    int code = cr_whole_file_open(&file, directory, name, error);
    if (!code)
        code = cr_whole_file_write(&file, data, size, error);
    if (!code)
        code = cr_whole_file_finish(&file, NULL, error);
    cr_whole_file_free(&file);
    return code;
}

int cr_chart_write(const struct cr_chart *chart, const struct cr_chart_look *look, const char *directory,
    const char *name, struct cr_error *error) {
    enum cr_picture_format format = CR_PICTURE_SVG;
    struct cr_picture picture = {0};
    char *svg = NULL;
    size_t size = 0;
    int code = format_of(name, &format, error);
    if (!code)
        code = render(&picture, format, chart, look, error);
    if (!code && format == CR_PICTURE_SVG)
        code = rewrite(chart, &picture.bytes, "c", 1, &svg, &size, error);
    if (!code)
        code = write_file(directory, name, svg ? svg : picture.bytes.data, svg ? size : picture.bytes.size, error);
    free(svg);
    cr_picture_free(&picture);
    return code;
}

double cr_chart_height(const struct cr_chart *chart, double width) {
    const double usual = 0.625 * width;
    if (cr_kind_check(chart, NULL) || !(width >= CR_CHART_LEAST && width <= CR_CHART_MOST) ||
        !cr_kind_of(chart)->height)
        return cr_clamp(usual, CR_CHART_LEAST, CR_CHART_MOST);
    /* letters hang on the height that hangs on the letters */
    double height = usual;
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
    cairo_t *cairo = cairo_create(surface);
    for (int round = 0; round < 12; round++) {
        struct cr_canvas canvas;
        if (!cr_canvas_init(&canvas, cairo, cr_theme(CR_THEME_LIGHT), width, height, 0.0, NULL)) {
            const double wanted = cr_frame_height(chart, &canvas, width) +
                                  cr_kind_of(chart)->height(chart, canvas.unit, width - 1.8 * canvas.unit);
            height = cr_clamp(wanted, CR_CHART_LEAST, CR_CHART_MOST);
        }
        cr_canvas_free(&canvas);
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return ceil(height);
}
