#ifndef CR_VIZ_WINDOW_H
#define CR_VIZ_WINDOW_H

#include <SDL.h>
#include <stdbool.h>

#include "base/error.h"

/* What everything is drawn on: a window, or without a display a picture in memory of the same size. */
struct cr_window {
    SDL_Window *window;     /* owned; NULL offscreen */
    SDL_Surface *surface;   /* owned; NULL with a window */
    SDL_Renderer *renderer; /* owned */
    int width, height;      /* pixels */
    double density;         /* pixels a unit of the mouse's places */
    bool fullscreen, waits; /* presenting waits for the screen */
    bool lost;              /* the window is gone, by itself or with its display: nothing can be drawn on it any more */
};

struct cr_window_wish {
    const char *title;
    int width, height; /* pixels */
    bool offscreen, visible;
};

/* Whether there is a display to open windows on, one that answers; or SDL_VIDEODRIVER asks for a driver that is there,
 * whether it shows anything or not. It is tried out: ask once. */
bool cr_window_possible(void);

/* Opens it. CR_ERROR_IO. Close with cr_window_close in any case; safe twice. A window must stay where it is in memory:
 * that it or its display goes away is told to it there. */
CR_NODISCARD int cr_window_open(struct cr_window *window, const struct cr_window_wish *wish, struct cr_error *error);
void cr_window_close(struct cr_window *window);

/* How many pixels a point the display asks for: 1 at about 96 pixels an inch. */
double cr_window_scale(const struct cr_window *window);

/* Reads the present size; true if it has changed. Offscreen it is what was last asked for. */
bool cr_window_measure(struct cr_window *window);

/* Makes it so many pixels large. Offscreen all textures are lost. CR_ERROR_IO. */
CR_NODISCARD int cr_window_resize(struct cr_window *window, int width, int height, struct cr_error *error);

void cr_window_toggle_fullscreen(struct cr_window *window);

/* Shows what was drawn. */
void cr_window_present(struct cr_window *window);

/* A copy of what was drawn, in the format 0xAARRGGBB; before it is presented. The caller frees it with SDL_FreeSurface.
 * CR_ERROR_MEMORY, or CR_ERROR_IO if the window is lost: NULL. */
CR_NODISCARD int cr_window_copy(struct cr_window *window, SDL_Surface **copy, struct cr_error *error);

/* Writes such a copy as DIRECTORY/NAME, a PNG that appears whole or not at all. CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_window_save(SDL_Surface *copy, const char *directory, const char *name, struct cr_error *error);

#endif
