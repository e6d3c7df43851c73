#include "viz/scene/trails.h"

#include <math.h>

/* Fading goes by steps of fixed length, so that it does not hang on how often pictures are drawn. */
static const double step = 1.0 / 30.0, kept = 0.96;

/* Each pass takes at least one of 255. */
enum { PASSES = 255 };

int cr_trails_fit(struct cr_trails *trails, int width, int height, bool darkening, struct cr_error *error) {
    if (trails->darkening != darkening)
        cr_trails_clear(trails);
    trails->darkening = darkening;
    if (trails->glow.memory && trails->glow.width == width && trails->glow.height == height)
        return 0;
    trails->left = 0;
    return cr_raster_fit(&trails->glow, width, height, error);
}

void cr_trails_free(struct cr_trails *trails) {
    cr_raster_free(&trails->glow);
    *trails = (struct cr_trails){0};
}

void cr_trails_clear(struct cr_trails *trails) {
    if (trails->left > 0)
        cr_raster_clear(&trails->glow);
    trails->left = 0;
    trails->due = 0.0;
}

void cr_trails_add(struct cr_trails *trails, const struct cr_stroke *stroke) {
    struct cr_stroke piece = *stroke;
    piece.ink = (trails->darkening ? ~stroke->ink : stroke->ink) & 0xFFFFFF;
    cr_raster_streak(&trails->glow, &piece);
    trails->left = PASSES;
}

void cr_trails_fade(struct cr_trails *trails, double seconds) {
    if (trails->left == 0)
        return;
    trails->due += seconds;
    const double steps = floor(trails->due / step);
    if (steps < 1.0)
        return;
    trails->due -= steps * step;
    cr_raster_fade(&trails->glow, (int)(256.0 * (1.0 - pow(kept, steps))));
    trails->left--;
}

void cr_trails_lay(const struct cr_trails *trails, struct cr_raster *raster, const struct cr_raster *ground) {
    if (trails->left > 0)
        cr_raster_lay(raster, ground, &trails->glow, trails->darkening);
    else
        cr_raster_copy(raster, ground);
}
