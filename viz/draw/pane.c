#include "viz/draw/pane.h"

#include <stdbool.h>
#include <stdint.h>

/* One row from Cairo's premultiplied pixels to the straight ones that SDL blends; what none of them lets through is
 * found out on the way. */
static bool straighten(const uint32_t *restrict from, uint32_t *restrict to, int width) {
    uint32_t all = UINT32_MAX;
    for (int x = 0; x < width; x++) {
        const uint32_t pixel = from[x], alpha = pixel >> 24;
        all &= pixel;
        if (alpha == 255 || alpha == 0) {
            to[x] = pixel;
            continue;
        }
        const uint32_t half = alpha / 2;
        const uint32_t red = (((pixel >> 16) & 255) * 255 + half) / alpha;
        const uint32_t green = (((pixel >> 8) & 255) * 255 + half) / alpha;
        const uint32_t blue = ((pixel & 255) * 255 + half) / alpha;
        to[x] =
            alpha << 24 | (red < 255 ? red : 255) << 16 | (green < 255 ? green : 255) << 8 | (blue < 255 ? blue : 255);
    }
    return all >> 24 == 255;
}

static void forget_texture(struct cr_pane *pane) {
    if (pane->texture)
        SDL_DestroyTexture(pane->texture);
    pane->texture = NULL;
}

static void forget_surface(struct cr_pane *pane) {
    if (pane->surface)
        cairo_surface_destroy(pane->surface);
    pane->surface = NULL;
}

cairo_t *cr_pane_begin(struct cr_pane *pane, int width, int height, struct cr_error *error) {
    forget_surface(pane);
    pane->surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width > 0 ? width : 1, height > 0 ? height : 1);
    cairo_t *cairo = cairo_create(pane->surface);
    if (cairo_status(cairo) == CAIRO_STATUS_SUCCESS)
        return cairo;
    cr_error_set(error, CR_ERROR_MEMORY, "cannot draw a picture of %d x %d pixels: %s", width, height,
        cairo_status_to_string(cairo_status(cairo)));
    cairo_destroy(cairo);
    forget_surface(pane);
    return NULL;
}

int cr_pane_end(struct cr_pane *pane, SDL_Renderer *renderer, struct cr_error *error) {
    const int code = cr_pane_take(pane, renderer, pane->surface, error);
    forget_surface(pane);
    return code;
}

/* A texture of that size, the one that is there if it fits. */
static int fit_texture(struct cr_pane *pane, SDL_Renderer *renderer, int width, int height, struct cr_error *error) {
    if (pane->texture && pane->width == width && pane->height == height)
        return 0;
    forget_texture(pane);
    pane->texture = SDL_CreateTexture(renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING, width, height);
    if (!pane->texture)
        return cr_error_set(
            error, CR_ERROR_MEMORY, "cannot show a picture of %d x %d pixels: %s", width, height, SDL_GetError());
    pane->width = width;
    pane->height = height;
    return 0;
}

int cr_pane_take(struct cr_pane *pane, SDL_Renderer *renderer, cairo_surface_t *surface, struct cr_error *error) {
    cairo_surface_flush(surface);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        return cr_error_set(
            error, CR_ERROR_MEMORY, "cannot show a picture: %s", cairo_status_to_string(cairo_surface_status(surface)));
    const int width = cairo_image_surface_get_width(surface), height = cairo_image_surface_get_height(surface);
    const int code = fit_texture(pane, renderer, width, height, error);
    if (code)
        return code;
    void *pixels;
    int pitch;
    if (SDL_LockTexture(pane->texture, NULL, &pixels, &pitch))
        return cr_error_set(error, CR_ERROR_MEMORY, "cannot show a picture: %s", SDL_GetError());
    const bool solid = cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24;
    const unsigned char *row = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    bool opaque = true;
    for (int y = 0; y < height; y++) {
        uint32_t *to = (uint32_t *)(void *)((unsigned char *)pixels + (ptrdiff_t)y * pitch);
        const uint32_t *from = (const uint32_t *)(const void *)(row + (ptrdiff_t)y * stride);
        if (!solid) {
            opaque &= straighten(from, to, width);
            continue;
        }
        for (int x = 0; x < width; x++)
            to[x] = from[x] | UINT32_C(0xFF000000);
    }
    SDL_UnlockTexture(pane->texture);
    SDL_SetTextureBlendMode(pane->texture, opaque ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    return 0;
}

void cr_pane_show(const struct cr_pane *pane, SDL_Renderer *renderer, int x, int y) {
    if (pane->texture)
        SDL_RenderCopy(renderer, pane->texture, NULL, &(SDL_Rect){x, y, pane->width, pane->height});
}

void cr_pane_show_around(const struct cr_pane *pane, SDL_Renderer *renderer, int x, int y, SDL_Rect hole) {
    const int right = hole.x + hole.w, bottom = hole.y + hole.h;
    const SDL_Rect parts[] = {{0, 0, pane->width, hole.y}, {0, bottom, pane->width, pane->height - bottom},
        {0, hole.y, hole.x, hole.h}, {right, hole.y, pane->width - right, hole.h}};
    for (int k = 0; k < 4 && pane->texture; k++)
        if (parts[k].w > 0 && parts[k].h > 0)
            SDL_RenderCopy(renderer, pane->texture, &parts[k],
                &(SDL_Rect){x + parts[k].x, y + parts[k].y, parts[k].w, parts[k].h});
}

void cr_pane_free(struct cr_pane *pane) {
    forget_texture(pane);
    forget_surface(pane);
}
