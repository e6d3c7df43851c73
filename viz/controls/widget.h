#ifndef CR_VIZ_WIDGET_H
#define CR_VIZ_WIDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/geometry.h"
#include "viz/controls/action.h"

/* Controls, as values: each frame lists those that there are, in the order in which Tab goes through them, each in the
 * layer that it is drawn with. What they do is their action; what was typed, chosen or opened is kept by the viewer, so
 * a list can be made anew at any time. */

enum cr_widget_kind {
    CR_WIDGET_TEXT, /* is only read */
    CR_WIDGET_BUTTON,
    CR_WIDGET_ROW, /* a button as wide as its list */
    CR_WIDGET_SLIDER,
    CR_WIDGET_FIELD, /* text to be typed */
    CR_WIDGET_TIME,  /* a slider of weeks with years beneath; what is recorded is drawn over it */
    CR_WIDGET_MARK,  /* a small diamond over it */
    CR_WIDGET_PLACE  /* drawn by others: a scene, a panel, the card */
};

enum cr_icon {
    CR_ICON_NONE,
    CR_ICON_PLAY,
    CR_ICON_PAUSE,
    CR_ICON_WEEK,
    CR_ICON_WEEK_BACK,
    CR_ICON_YEAR,
    CR_ICON_YEAR_BACK,
    CR_ICON_PLANE,
    CR_ICON_MAP,
    CR_ICON_TIMELINE,
    CR_ICON_SLIDERS,
    CR_ICON_BOLT,
    CR_ICON_SEARCH,
    CR_ICON_CAMERA,
    CR_ICON_RECORD,
    CR_ICON_SAVE,
    CR_ICON_HELP,
    CR_ICON_CLOSE,
    CR_ICON_RESET,
    CR_ICON_LARGE,
    CR_ICON_SMALL,
    CR_ICON_EXCHANGE,
    CR_ICON_THEME
};

/* How text is set; CR_WIDGET_TEXT only. */
enum cr_lettering_kind { CR_LETTERS_PLAIN, CR_LETTERS_SOFT, CR_LETTERS_HEADING, CR_LETTERS_TITLE, CR_LETTERS_NUMBER };

/* What is drawn together, from the lowest to the highest. */
enum cr_layer {
    CR_LAYER_GROUND, /* places alone: scenes, panels, the card */
    CR_LAYER_NAMES,  /* of two scenarios */
    CR_LAYER_PANEL,  /* the buttons on the panel that is pointed at */
    CR_LAYER_TOOLBAR,
    CR_LAYER_CLOCK, /* the part of the toolbar that changes from frame to frame */
    CR_LAYER_SCRUB,
    CR_LAYER_DRAWER,
    CR_LAYER_HINT,
    CR_LAYER_TOAST,
    CR_LAYER_BOX, /* one that must be answered or closed first: search, menu, help, question */
    CR_LAYER_TIP,
    CR_LAYERS
};

/* What a layer's widgets stand on. */
enum cr_plate {
    CR_PLATE_BAR,     /* as wide as its frame, opaque */
    CR_PLATE_PLAIN,   /* as the ground, opaque */
    CR_PLATE_FLOATING /* rounded, over other things */
};

/* A layer's frame on the window, and of its frame the part that its scrolled widgets are seen in. */
struct cr_layer_place {
    struct cr_rect frame, view; /* pixels */
    double scroll, length;      /* pixels: how far it is scrolled, of how much that is out of view */
    enum cr_plate plate;
};

enum { CR_WIDGET_NAME = 72, CR_WIDGET_LABEL = 128, CR_WIDGET_TIP = 256, CR_WIDGETS_MAX = 1024 };

struct cr_widget {
    char name[CR_WIDGET_NAME]; /* for scripts and the recorded state: "play", "parameter:conflict.rate"; "" for text */
    enum cr_widget_kind kind;
    enum cr_layer layer;
    struct cr_rect where; /* pixels of the window */
    char label[CR_WIDGET_LABEL];
    char note[CR_WIDGET_LABEL]; /* a second text: a unit, a key; of a slider what stands at its right */
    char tip[CR_WIDGET_TIP];    /* is told after half a second */
    enum cr_icon icon;
    enum cr_lettering_kind letters;
    enum cr_action action;
    int argument;            /* of the action */
    bool on;                 /* pressed in, chosen */
    bool off;                /* cannot be used now */
    bool marked;             /* differs from what the scenario says */
    bool primary;            /* what Enter does */
    bool right;              /* text ends at the right edge */
    bool middle;             /* text stands in the middle */
    bool scrolled;           /* is seen only within the layer's view */
    bool passed;             /* Tab passes it by: there are keys that do the same */
    double value, low, high; /* of a slider; */
    double mark;             /* and a value worth a tick on it; NaN for none */
    double step;             /* by an arrow key; 0: a hundredth of the length */
    double bend;             /* 1: even; larger: small values have more room; 0: 1 */
    size_t cursor;           /* of a field; bytes before it */
    bool fresh;              /* of a field: all of it is chosen */
};

struct cr_widgets {
    struct cr_widget *list; /* owned; room for CR_WIDGETS_MAX */
    size_t count;
    size_t begin[CR_LAYERS + 1]; /* layer l: from begin[l] to before begin[l + 1], once cr_widgets_end was called */
    struct cr_layer_place place[CR_LAYERS]; /* an empty frame: there is no such layer now */
    int layer;                              /* the one being filled */
};

/* Starts a list anew, and opens the next layer to be filled, in a frame that is all in view; layers are opened in their
 * order, all of them or not. */
void cr_widgets_begin(struct cr_widgets *widgets);
void cr_widgets_layer(struct cr_widgets *widgets, enum cr_layer layer, enum cr_plate plate, struct cr_rect frame);
void cr_widgets_end(struct cr_widgets *widgets);

/* Adds a widget to the open layer, all else zero (`mark` NaN, no action); the last place again when the list is full.
 * Borrowed until the next list begins. */
struct cr_widget *cr_widgets_add(
    struct cr_widgets *widgets, enum cr_widget_kind kind, const char *name, struct cr_rect where);

/* The widget of that name; NULL. */
const struct cr_widget *cr_widgets_find(const struct cr_widgets *widgets, const char *name);

/* The topmost widget at a point, texts aside; NULL. While there is a box only what lies in it is found. */
const struct cr_widget *cr_widgets_at(const struct cr_widgets *widgets, double x, double y);

/* The next (`by` 1) or previous (-1) widget that takes the focus, round and round; `name` "" or unknown: the first or
 * last one. NULL if there is none. While there is a box, within it. */
const struct cr_widget *cr_widgets_next(const struct cr_widgets *widgets, const char *name, int by);

/* Whether a box is open. */
bool cr_widgets_boxed(const struct cr_widgets *widgets);

/* A number that changes when anything that is seen of a layer's widgets does. */
uint64_t cr_widgets_sum(const struct cr_widgets *widgets, enum cr_layer layer);

/* What of a widget is in view; empty for none. */
struct cr_rect cr_widgets_visible(const struct cr_widgets *widgets, const struct cr_widget *widget);

/* The value of a slider at a point of the window; within its range. */
double cr_slider_value_at(const struct cr_widget *slider, double x, double scale);

/* Where on the window a value stands. */
double cr_slider_place(const struct cr_widget *slider, double value, double scale);

/* The value after an arrow key: `by` steps on, within the range. */
double cr_slider_step(const struct cr_widget *slider, double by);

/* The bend at which a value worth knowing stands at two fifths of the slider, if it would stand further left; else 1.
 */
double cr_slider_bend(double low, double high, double value);

/* Rounds a value to as many digits as a hundredth of the slider's length tells there, so that it reads well. */
double cr_slider_round(const struct cr_widget *slider, double value);

#endif
