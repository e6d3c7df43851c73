#include "viz/draw/window.h"

#include <SDL_opengl.h>
#include <SDL_syswm.h>
#include <cairo.h>
#include <math.h>
#include <stdint.h>

#include "base/numeric.h"
#include "io/whole_file.h"

static bool is_given(const char *variable) {
    const char *const value = SDL_getenv(variable);
    return value && *value;
}

/* Of a display that is named and does not answer, SDL would go on to drivers that nobody asked for, and end with one
 * that shows nothing. */
static bool begin_video(void) {
    const bool x11 = is_given("DISPLAY"), wayland = is_given("WAYLAND_DISPLAY");
    if (!is_given(SDL_HINT_VIDEODRIVER))
        (void)SDL_SetHint(SDL_HINT_VIDEODRIVER, !wayland ? "x11" : x11 ? "x11,wayland" : "wayland");
    return SDL_InitSubSystem(SDL_INIT_VIDEO) == 0;
}

bool cr_window_possible(void) {
    if ((!is_given("DISPLAY") && !is_given("WAYLAND_DISPLAY") && !is_given(SDL_HINT_VIDEODRIVER)) || !begin_video())
        return false;
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    return true;
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

#ifdef SDL_VIDEO_DRIVER_X11
static int say_nothing(Display *display) {
    (void)display;
    return 0;
}

static void lose(Display *display, void *lost) {
    (void)display;
    *(bool *)lost = true;
}

/* A request that came too late for a window that another program took away fails; Xlib would end the program. */
static int go_on(Display *display, XErrorEvent *failed) {
    (void)display;
    (void)failed;
    return 0;
}

/* Hears that the window was taken away; nothing else of what X tells is wanted as an event. */
static int hear(void *lost, SDL_Event *event) {
    struct cr_window *const window = lost;
    if (event->type != SDL_SYSWMEVENT)
        return 1;
    const SDL_SysWMmsg *const message = event->syswm.msg;
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (message->subsystem == SDL_SYSWM_X11 && message->msg.x11.event.type == DestroyNotify &&
        SDL_GetWindowWMInfo(window->window, &info) &&
        message->msg.x11.event.xdestroywindow.window == info.info.x11.window)
        window->lost = true;
    return 0;
}

/* Xlib would end the program, with everything unsaved; since its release 1.7 it can be told not to. */
static void outlive_display(struct cr_window *window) {
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window->window, &info) || info.subsystem != SDL_SYSWM_X11)
        return;
    void *const library = SDL_LoadObject("libX11.so.6");
    void *found[3] = {NULL};
    void (*set_handler)(int (*)(Display *));
    int (*(*set_error_handler)(int (*)(Display *, XErrorEvent *)))(Display *, XErrorEvent *);
    void (*set_exit)(Display *, void (*)(Display *, void *), void *);
    if (library) {
        found[0] = SDL_LoadFunction(library, "XSetIOErrorHandler");
        found[1] = SDL_LoadFunction(library, "XSetIOErrorExitHandler");
        found[2] = SDL_LoadFunction(library, "XSetErrorHandler");
    }
    SDL_memcpy(&set_handler, &found[0], sizeof found[0]);
    SDL_memcpy(&set_exit, &found[1], sizeof found[1]);
    if (found[0] && found[1]) {
        set_handler(say_nothing);
        set_exit(info.info.x11.display, lose, &window->lost);
    }
    SDL_memcpy(&set_error_handler, &found[2], sizeof found[2]);
    if (found[2]) {
        (void)set_error_handler(go_on);
        (void)SDL_EventState(SDL_SYSWMEVENT, SDL_ENABLE);
        SDL_SetEventFilter(hear, window);
    }
    /* SDL holds the library as long as it has the display. */
    SDL_UnloadObject(library);
}
#else
static void outlive_display(struct cr_window *window) {
    (void)window;
}
#endif

/* Whether OpenGL has no graphics card and only works it out, which takes twice the time of SDL's own drawing. */
static bool is_pretended(SDL_Renderer *renderer) {
    static const char *const names[] = {"llvmpipe", "softpipe", "Software Rasterizer"};
    SDL_RendererInfo info;
    if (SDL_GetRendererInfo(renderer, &info) != 0 || SDL_strncmp(info.name, "opengl", 6) != 0)
        return false;
    void *const found = SDL_GL_GetProcAddress("glGetString");
    const GLubyte *(APIENTRY * get)(GLenum);
    SDL_memcpy(&get, &found, sizeof found);
    const char *const name = found ? (const char *)get(GL_RENDERER) : NULL;
    for (size_t k = 0; name && k < sizeof names / sizeof names[0]; k++)
        if (SDL_strstr(name, names[k]))
            return true;
    return false;
}

static SDL_Renderer *choose_renderer(SDL_Window *window) {
    SDL_Renderer *renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_PRESENTVSYNC);
    if (renderer && !SDL_getenv("SDL_RENDER_DRIVER") && is_pretended(renderer)) {
        SDL_DestroyRenderer(renderer);
        renderer = NULL;
    }
    return renderer ? renderer : SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
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
    /* What was drawn without a graphics card goes straight to the screen, and not by way of an OpenGL without one. */
    (void)SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (!begin_video())
        return refuse("there is no display to open a window on", error);
    const Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI | (wish->visible ? 0 : SDL_WINDOW_HIDDEN);
    window->window =
        SDL_CreateWindow(wish->title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, wish->width, wish->height, flags);
    if (!window->window)
        return refuse("the window cannot be opened", error);
    outlive_display(window);
    SDL_SetWindowMinimumSize(window->window, 640, 400);
    window->renderer = choose_renderer(window->window);
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
    /* Of a display that is gone nothing can be closed: SDL would speak to it and end the program. So it is with a
     * window that is gone, which the end of the program leaves no trace of either. */
    if (window->lost)
        return;
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

int cr_window_copy(struct cr_window *window, SDL_Surface **copy, struct cr_error *error) {
    *copy = NULL;
    if (window->lost)
        return cr_error_set(error, CR_ERROR_IO, "what was seen cannot be copied: the window is gone");
    SDL_Surface *const own =
        SDL_CreateRGBSurfaceWithFormat(0, window->width, window->height, 32, SDL_PIXELFORMAT_ARGB8888);
    if (own && SDL_RenderReadPixels(window->renderer, NULL, SDL_PIXELFORMAT_ARGB8888, own->pixels, own->pitch) == 0) {
        *copy = own;
        return 0;
    }
    if (own)
        SDL_FreeSurface(own);
    return cr_error_set(error, CR_ERROR_MEMORY, "what is seen cannot be copied: %.300s", SDL_GetError());
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
