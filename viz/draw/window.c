#include "viz/draw/window.h"

#include <cairo.h>
#include <math.h>
#include <stdint.h>

#include "base/numeric.h"
#include "io/whole_file.h"

bool cr_window_possible(void) {
    const char *const driver = SDL_getenv("SDL_VIDEODRIVER");
    return (SDL_getenv("DISPLAY") && *SDL_getenv("DISPLAY")) ||
           (SDL_getenv("WAYLAND_DISPLAY") && *SDL_getenv("WAYLAND_DISPLAY")) || (driver && *driver);
}

static int refuse(const char *what, struct cr_error *error) {
    return cr_error_set(error, CR_ERROR_IO, "%s: %.300s", what, SDL_GetError());
}

static int open_surface(struct cr_window *window, int width, int height, struct cr_error *error) {
    window->surface = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);
    window->renderer = window->surface ? SDL_CreateSoftwareRenderer(window->surface) : NULL;
    if (!window->renderer)
        return refuse("there can be no picture to draw on", error);
    window->width = width;
    window->height = height;
    return 0;
}

int cr_window_open(struct cr_window *window, const struct cr_window_wish *wish, struct cr_error *error) {
    *window = (struct cr_window){.density = 1.0};
    if (wish->offscreen) {
        /* Events alone: neither display nor sound. */
        if (SDL_Init(SDL_INIT_EVENTS) != 0)
            return refuse("the viewer cannot begin", error);
        return open_surface(window, wish->width, wish->height, error);
    }
    (void)SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    (void)SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        return refuse("there is no display to open a window on", error);
    const Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI | (wish->visible ? 0 : SDL_WINDOW_HIDDEN);
    window->window =
        SDL_CreateWindow(wish->title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, wish->width, wish->height, flags);
    if (!window->window)
        return refuse("the window cannot be opened", error);
    SDL_SetWindowMinimumSize(window->window, 640, 400);
    window->renderer = SDL_CreateRenderer(window->window, -1, SDL_RENDERER_PRESENTVSYNC);
    if (!window->renderer)
        window->renderer = SDL_CreateRenderer(window->window, -1, SDL_RENDERER_SOFTWARE);
    if (!window->renderer)
        return refuse("nothing can be drawn in the window", error);
    SDL_RendererInfo info;
    window->waits = SDL_GetRendererInfo(window->renderer, &info) == 0 &&
                    (info.flags & SDL_RENDERER_PRESENTVSYNC) != 0 && (info.flags & SDL_RENDERER_SOFTWARE) == 0;
    /* Without a graphics card SDL would only pretend to wait for the screen, by sleeping. */
    if (!window->waits)
        (void)SDL_RenderSetVSync(window->renderer, 0);
    (void)cr_window_measure(window);
    SDL_StartTextInput();
    return 0;
}

static void close_drawing(struct cr_window *window) {
    if (window->renderer)
        SDL_DestroyRenderer(window->renderer);
    if (window->surface)
        SDL_FreeSurface(window->surface);
    window->renderer = NULL;
    window->surface = NULL;
}

void cr_window_close(struct cr_window *window) {
    close_drawing(window);
    if (window->window)
        SDL_DestroyWindow(window->window);
    window->window = NULL;
    SDL_Quit();
}

double cr_window_scale(const struct cr_window *window) {
    float diagonal;
    if (!window->window || SDL_GetDisplayDPI(SDL_GetWindowDisplayIndex(window->window), &diagonal, NULL, NULL) != 0)
        return window->density;
    /* Displays tell their size badly, so only what is clearly dense counts. */
    const double scale = round((double)diagonal / 96.0 * 4.0) / 4.0;
    return cr_max(window->density, scale < 1.25 ? 1.0 : cr_min(scale, 3.0));
}

bool cr_window_measure(struct cr_window *window) {
    int width, height, across, down;
    if (!window->window || SDL_GetRendererOutputSize(window->renderer, &width, &height) != 0)
        return false;
    SDL_GetWindowSize(window->window, &across, &down);
    window->density = across > 0 ? (double)width / across : 1.0;
    const bool changed = width != window->width || height != window->height;
    window->width = width;
    window->height = height;
    return changed;
}

int cr_window_resize(struct cr_window *window, int width, int height, struct cr_error *error) {
    if (!window->window) {
        close_drawing(window);
        return open_surface(window, width, height, error);
    }
    SDL_SetWindowSize(window->window, (int)lround(width / window->density), (int)lround(height / window->density));
    return 0;
}

void cr_window_toggle_fullscreen(struct cr_window *window) {
    if (!window->window)
        return;
    const Uint32 wanted = window->fullscreen ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP;
    if (SDL_SetWindowFullscreen(window->window, wanted) == 0)
        window->fullscreen = !window->fullscreen;
}

void cr_window_present(struct cr_window *window) {
    SDL_RenderPresent(window->renderer);
}

SDL_Surface *cr_window_copy(struct cr_window *window, struct cr_error *error) {
    SDL_Surface *copy = SDL_CreateRGBSurfaceWithFormat(0, window->width, window->height, 32, SDL_PIXELFORMAT_ARGB8888);
    if (copy && SDL_RenderReadPixels(window->renderer, NULL, SDL_PIXELFORMAT_ARGB8888, copy->pixels, copy->pitch) == 0)
        return copy;
    if (copy)
        SDL_FreeSurface(copy);
    cr_error_set(error, CR_ERROR_MEMORY, "what is seen cannot be copied: %.300s", SDL_GetError());
    return NULL;
}

struct destination {
    struct cr_whole_file *file;
    struct cr_error *error;
    int code;
};

static cairo_status_t write_bytes(void *context, const unsigned char *data, unsigned size) {
    struct destination *to = context;
    to->code = cr_whole_file_write(to->file, data, size, to->error);
    return to->code == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

int cr_window_save(SDL_Surface *copy, const char *directory, const char *name, struct cr_error *error) {
    struct cr_whole_file file = {0};
    struct destination to = {&file, error, 0};
    int code = cr_whole_file_open(&file, directory, name, error);
    if (code == 0) {
        cairo_surface_t *picture =
            cairo_image_surface_create_for_data(copy->pixels, CAIRO_FORMAT_RGB24, copy->w, copy->h, copy->pitch);
        const cairo_status_t status = cairo_surface_write_to_png_stream(picture, write_bytes, &to);
        cairo_surface_destroy(picture);
        code = to.code;
        if (code == 0 && status != CAIRO_STATUS_SUCCESS)
            code = cr_error_set(
                error, CR_ERROR_MEMORY, "the picture %.200s cannot be made: %s", name, cairo_status_to_string(status));
    }
    if (code == 0)
        code = cr_whole_file_finish(&file, NULL, error);
    cr_whole_file_free(&file);
    return code;
}
