#ifndef CR_VIZ_VIEWER_H
#define CR_VIZ_VIEWER_H

#include "viz/card/card.h"
#include "viz/controls/layers.h"
#include "viz/controls/layout.h"
#include "viz/controls/text_field.h"
#include "viz/draw/window.h"
#include "viz/panel/panels.h"
#include "viz/viewer/readout.h"
#include "viz/viewer/recorder.h"
#include "viz/viewer/search.h"
#include "viz/viewer/viewing.h"

/* The viewer: one thread that takes in what hands do, looks at the newest sight of the engine, and draws it. Each frame
 * is: hear what happened (viz/viewer/input.h), let time pass, look, list all controls (viz/viewer/face.h), draw. What
 * hands do ends in viz/viewer/deed.h, whichever way it came: by key, mouse or script. */

enum cr_drawer { CR_DRAWER_NONE, CR_DRAWER_PARAMETERS, CR_DRAWER_INTERVENTIONS };
enum cr_box { CR_BOX_NONE, CR_BOX_SEARCH, CR_BOX_MEASURES, CR_BOX_HELP, CR_BOX_QUESTION };
enum cr_card_shown { CR_SHOWN_NOTHING, CR_SHOWN_PERSON, CR_SHOWN_COUPLE };

enum { CR_TOAST_SIZE = 256, CR_SAVED_MAX = 64 };

/* Who is looked at, and how they were found. */
struct cr_choice {
    int32_t person; /* CR_NOBODY */
    enum cr_card_shown card;
    bool follows;
    struct cr_query query;
    bool searched; /* the query is one */
    bool answered; /* what stands in the search box has been: who was found is shown beneath it */
    struct cr_found found;
    int32_t found_in;            /* the week */
    char trouble[CR_TOAST_SIZE]; /* why nothing was found; "" */
};

/* A slider of the drawer that is being moved: its value holds once it has rested for a moment or was let go. */
struct cr_slide {
    const struct cr_field *field; /* NULL: none is being moved */
    double value;
    double rests; /* seconds until it is taken; not while it is held */
    bool held;
};

/* What the mouse does. */
struct cr_mouse {
    double x, y;           /* where it is, pixels of the window */
    bool seen;             /* it has moved at all, and is in the window */
    bool down, dragged;    /* a button is held; it has moved since */
    double from_x, from_y; /* where it went down */
    double rests;          /* seconds since it moved */
    char over[CR_WIDGET_NAME], pressed[CR_WIDGET_NAME];
};

struct cr_viewer {
    struct cr_viewing *viewing; /* borrowed */
    struct cr_window window;
    struct cr_engine engine;
    const struct cr_sight *sight;          /* the newest; borrowed until the next look */
    uint64_t order;                        /* the last one given */
    int32_t aimed;                         /* the week that the engine was told to aim at */
    bool written;                          /* the run's files are, and nothing was changed since */
    struct cr_scene *scene[CR_WORLDS_MAX]; /* owned */
    struct cr_panels *panels;              /* owned */
    struct cr_card *card;                  /* owned */
    struct cr_layers layers;
    struct cr_widgets widgets;
    struct cr_layout layout;
    struct cr_layout_glide glide;
    struct cr_rect card_place;        /* empty for none */
    struct cr_canvas measure;         /* to measure texts with */
    cairo_t *measure_cairo;           /* owned */
    cairo_surface_t *measure_surface; /* owned */

    struct cr_look look;
    double wished_scale;
    struct cr_scene_options options;
    bool panels_shown;
    int enlarged;              /* panel; -1 for none */
    struct cr_readout readout; /* of a panel's chart */
    struct cr_wants wants;
    struct cr_pace pace;
    uint32_t replicate; /* whose luck was asked for last */
    uint64_t anew;      /* the order to begin anew with it; 0: none */
    double at_end;      /* seconds that the run has been shown at its end */
    bool scrubbing;

    struct cr_choice choice;
    int32_t looked_at;
    enum cr_drawer drawer;
    double drawer_scroll, box_scroll, card_scroll; /* pixels */
    double drawer_length, box_length, card_length; /* of all that can be scrolled, pixels */
    enum cr_box box;
    int menu_panel; /* whose chart is to be replaced */
    struct cr_text_field filter, menu_filter, search, typed;
    const struct cr_field *typing; /* the parameter whose value is being typed; NULL */
    size_t world;                  /* which changes act on; CR_WORLDS_MAX: both */
    struct cr_slide slide;
    struct cr_wish wishes[CR_WISHES_MAX]; /* that wait for an answer: they would forget what was recorded */
    size_t wish_count;
    bool altered; /* since it was saved last */

    char focus[CR_WIDGET_NAME], focus_before[CR_WIDGET_NAME]; /* before the box was opened */
    bool by_keys;                                             /* the focus is shown */
    double focus_rests;                                       /* seconds since it moved */
    struct cr_mouse mouse;
    bool swallows; /* the text of the key just pressed, which was a command */

    char toast[CR_TOAST_SIZE];
    double toast_left;         /* seconds */
    bool complains;            /* it tells of a value that cannot be; it goes as soon as one can */
    int hint;                  /* which is shown, from 0; -1 for none */
    char *saved[CR_SAVED_MAX]; /* owned: paths of what was saved, the oldest first */
    size_t saved_count;

    struct cr_recorder recorder;
    double seconds; /* of this frame */
    double alive;   /* seconds for which the picture still moves */
    int64_t frames;
    bool going;                          /* until it is asked to end */
    bool unwell;                         /* something that was to be saved could not be: */
    char trouble[CR_TOAST_SIZE];         /* what */
    size_t script_line;                  /* the next one */
    int64_t script_waits, script_waited; /* frames still to pass; that have passed for the present line */
};

/* Opens it. The viewing is borrowed; it must outlive the viewer. CR_ERROR_MEMORY, CR_ERROR_IO. Close with
 * cr_viewer_close in any case; safe twice. */
CR_NODISCARD int cr_viewer_open(struct cr_viewer *viewer, struct cr_viewing *viewing, struct cr_error *error);
void cr_viewer_close(struct cr_viewer *viewer);

/* One frame: what happened, what is new, and the picture of it. */
CR_NODISCARD int cr_viewer_frame(struct cr_viewer *viewer, double seconds, struct cr_error *error);

/* Draws all anew and copies it. Errors of cr_window_copy. */
CR_NODISCARD int cr_viewer_capture(struct cr_viewer *viewer, SDL_Surface **copy, struct cr_error *error);

/* Makes the window, or what stands for it, so many pixels large. CR_ERROR_IO. */
CR_NODISCARD int cr_viewer_resize(struct cr_viewer *viewer, int width, int height, struct cr_error *error);

/* Chooses the pixels a point, after the window has got its size: as called, else by cr_layout_scale. */
void cr_viewer_choose_scale(struct cr_viewer *viewer);

/* Whether the picture moves, so that the next frame is another one. */
bool cr_viewer_moves(const struct cr_viewer *viewer);

/* Tells the engine where time is to go, if it has not been told. */
void cr_viewer_aim(struct cr_viewer *viewer);

/* Begins anew in week 0 under the luck of another replicate, and plays on if it played. */
void cr_viewer_begin_anew(struct cr_viewer *viewer, uint32_t replicate);

/* What is seen of a world now. */
static inline const struct cr_snapshot *cr_viewer_now(const struct cr_viewer *viewer, size_t world) {
    return &viewer->sight->of[world];
}

/* Tells something for four seconds. */
void cr_viewer_tell(struct cr_viewer *viewer, const char *format, ...) CR_PRINTF(2, 3);

/* Tells what is wrong with a value that was typed, for four seconds or until cr_viewer_content: a value holds that can
 * be. */
void cr_viewer_complain(struct cr_viewer *viewer, const char *sentence);
void cr_viewer_content(struct cr_viewer *viewer);

/* Pixels of so many points. */
static inline double cr_viewer_points(const struct cr_viewer *viewer, double points) {
    return points * viewer->look.scale;
}

#endif
