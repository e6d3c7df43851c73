/* Draws every kind of chart with invented data, light and dark, at three sizes, into a folder:
 *   cradle_gallery DIRECTORY */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "gallery.h"

static int draw(const char *directory, const struct gallery_chart *chart, const char *look_name,
    const struct cr_chart_look *look, const char *ending) {
    struct cr_error error = {0};
    char name[128];
    (void)snprintf(name, sizeof name, "%s-%gx%g-%s.%s", chart->name, look->width, look->height, look_name, ending);
    const int code = cr_chart_write(&chart->chart, look, directory, name, &error);
    if (code)
        (void)fprintf(stderr, "%s: %s\n", name, error.sentence);
    return code;
}

int main(int count, char **arguments) {
    static const double sizes[][2] = {{320, 240}, {800, 500}, {1600, 1000}};
    static const char *const looks[] = {"light", "dark"};
    static struct gallery gallery;
    if (count != 2) {
        (void)fprintf(stderr, "usage: cradle_gallery DIRECTORY\n");
        return 2;
    }
    gallery_fill(&gallery);
    int code = 0;
    for (size_t i = 0; i < gallery.count; i++) {
        for (int dark = 0; dark < 2; dark++)
            for (int s = 0; s < 3; s++) {
                const struct cr_chart_look look = {
                    .theme = (enum cr_theme_name)dark, .width = sizes[s][0], .height = sizes[s][1]};
                code |= draw(arguments[1], &gallery.charts[i], looks[dark], &look, "png");
            }
        const struct cr_chart_look fitting = {.width = 800, .height = cr_chart_height(&gallery.charts[i].chart, 800)};
        code |= draw(arguments[1], &gallery.charts[i], "fitting", &fitting, "svg");
        code |= draw(arguments[1], &gallery.charts[i], "fitting", &fitting, "pdf");
        code |= draw(arguments[1], &gallery.charts[i], "fitting", &fitting, "png");
    }
    return code ? 1 : 0;
}
