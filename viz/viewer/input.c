#include "viz/viewer/input.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "viz/viewer/choice.h"
#include "viz/viewer/deed.h"

/* Pixels of so many points that the mouse may tremble in a click. */
static const double tremble = 4.0;
static const double wheel_points = 60.0;

static const struct cr_widget *focused(const struct cr_viewer *viewer) {
    return cr_widgets_find(&viewer->widgets, viewer->focus);
}

struct cr_text_field *cr_input_field(struct cr_viewer *viewer) {
    const struct cr_widget *const widget = focused(viewer);
    if (!widget || widget->kind != CR_WIDGET_FIELD)
        return NULL;
    if (widget->action == CR_DO_SEARCH_TEXT)
        return &viewer->search;
    if (widget->action == CR_DO_PARAMETER_TEXT)
        return &viewer->typed;
    return viewer->box == CR_BOX_MEASURES ? &viewer->menu_filter : &viewer->filter;
}

/* How far a layer's list is scrolled; on the ground that is the card. */
static double *scroll_of(struct cr_viewer *viewer, enum cr_layer layer) {
    return layer == CR_LAYER_BOX      ? &viewer->box_scroll
           : layer == CR_LAYER_GROUND ? &viewer->card_scroll
                                      : &viewer->drawer_scroll;
}

/* Brings a row of a list into view. */
static void scroll_to(struct cr_viewer *viewer, const struct cr_widget *widget) {
    double *const scroll = scroll_of(viewer, widget->layer);
    const struct cr_rect view = viewer->widgets.place[widget->layer].view;
    const double spare = cr_viewer_points(viewer, 30.0);
    if (!widget->scrolled)
        return;
    const double above = view.y - (widget->where.y - spare);
    const double below = cr_rect_bottom(widget->where) + spare - cr_rect_bottom(view);
    if (above > 0.0)
        *scroll = cr_max(0.0, *scroll - above);
    else if (below > 0.0)
        *scroll += below;
}

void cr_input_focus(struct cr_viewer *viewer, const char *name) {
    (void)cr_text_format(viewer->focus, sizeof viewer->focus, "%s", name);
    viewer->focus_rests = 0.0;
    viewer->typing = NULL;
    const struct cr_widget *const widget = focused(viewer);
    if (!widget)
        return;
    scroll_to(viewer, widget);
    if (widget->action == CR_DO_PARAMETER_TEXT) {
        viewer->typing = &cr_parameter_registry.fields[widget->argument];
        cr_text_field_set(&viewer->typed, widget->label);
        viewer->typed.fresh = true;
    }
}

static void move_focus(struct cr_viewer *viewer, int by) {
    const struct cr_widget *const next = cr_widgets_next(&viewer->widgets, viewer->focus, by);
    if (next)
        cr_input_focus(viewer, next->name);
    viewer->by_keys = true;
}

/* What keys do in a field. */
static bool edit(struct cr_viewer *viewer, SDL_Keycode code) {
    struct cr_text_field *const field = cr_input_field(viewer);
    if (!field)
        return false;
    switch (code) {
    case SDLK_LEFT:
        cr_text_field_move(field, CR_TEXT_LEFT);
        return true;
    case SDLK_RIGHT:
        cr_text_field_move(field, CR_TEXT_RIGHT);
        return true;
    case SDLK_HOME:
        cr_text_field_move(field, CR_TEXT_HOME);
        return true;
    case SDLK_END:
        cr_text_field_move(field, CR_TEXT_END);
        return true;
    case SDLK_BACKSPACE:
        cr_text_field_backspace(field);
        break;
    case SDLK_DELETE:
        cr_text_field_delete(field);
        break;
    default:
        return false;
    }
    cr_deed_typing(viewer, focused(viewer));
    return true;
}

static void pan(struct cr_viewer *viewer, SDL_Keycode code) {
    const double step = cr_viewer_points(viewer, 60.0);
    const double x = code == SDLK_LEFT ? step : code == SDLK_RIGHT ? -step : 0.0;
    const double y = code == SDLK_UP ? step : code == SDLK_DOWN ? -step : 0.0;
    for (size_t w = 0; w < viewer->viewing->count; w++)
        cr_scene_pan(viewer->scene[w], x, y);
    viewer->choice.follows = false;
}

/* In an enlarged panel: values along its axis, and its groups one after the other. */
static bool steer_panel(struct cr_viewer *viewer, SDL_Keycode code) {
    if (code == SDLK_LEFT || code == SDLK_RIGHT)
        return cr_readout_step(viewer, code == SDLK_RIGHT ? 1 : -1);
    return (code == SDLK_UP || code == SDLK_DOWN) &&
           cr_readout_turn(viewer, viewer->enlarged, code == SDLK_DOWN ? 1 : -1);
}

static bool is_arrow(SDL_Keycode code) {
    return code == SDLK_LEFT || code == SDLK_RIGHT || code == SDLK_UP || code == SDLK_DOWN;
}

/* What arrow keys do to a scene that is magnified, to a slider, and to a list. */
static bool steer(struct cr_viewer *viewer, struct cr_key key) {
    const struct cr_widget *const widget = focused(viewer);
    if (viewer->box == CR_BOX_NONE && !key.control && !key.shift &&
        (!widget || widget->action == CR_DO_PANEL || !viewer->by_keys) && steer_panel(viewer, key.code))
        return true;
    if (!widget || key.control)
        return false;
    if (widget->action == CR_DO_SCENE && is_arrow(key.code) && !key.shift) {
        pan(viewer, key.code);
        return true;
    }
    if (key.code == SDLK_DOWN || key.code == SDLK_UP) {
        move_focus(viewer, key.code == SDLK_DOWN ? 1 : -1);
        return true;
    }
    if (widget->kind != CR_WIDGET_SLIDER || !viewer->by_keys || (key.code != SDLK_LEFT && key.code != SDLK_RIGHT))
        return false;
    const double by = (key.code == SDLK_RIGHT ? 1.0 : -1.0) * (key.shift ? 10.0 : 1.0);
    cr_deed_slide(viewer, widget, cr_slider_step(widget, by), false);
    return true;
}

static void scroll_by(struct cr_viewer *viewer, enum cr_layer layer, double points) {
    double *const scroll = scroll_of(viewer, layer);
    const double most = layer == CR_LAYER_BOX      ? viewer->box_length
                        : layer == CR_LAYER_GROUND ? viewer->card_length
                                                   : viewer->drawer_length;
    *scroll = cr_clamp(*scroll + cr_viewer_points(viewer, points), 0.0, most);
}

/* Whether the focus is on something that the space bar uses. */
static bool is_pressable(const struct cr_viewer *viewer) {
    const struct cr_widget *const widget = focused(viewer);
    return widget && viewer->by_keys && (widget->kind == CR_WIDGET_BUTTON || widget->kind == CR_WIDGET_ROW);
}

/* While a box is open, only what belongs to it is done. */
static bool suits_box(const struct cr_viewer *viewer, enum cr_action action) {
    if (viewer->box == CR_BOX_NONE || action == CR_DO_CLOSE || action == CR_DO_ACTIVATE || action == CR_DO_FOCUS_NEXT ||
        action == CR_DO_FOCUS_BACK)
        return true;
    return action == CR_DO_SCREENSHOT || action == CR_DO_RECORD || action == CR_DO_FULLSCREEN ||
           action == CR_DO_THEME || action == CR_DO_QUIT || (viewer->box == CR_BOX_HELP && action == CR_DO_HELP);
}

/* What the keys for pages scroll: what is open on top, but the card if it has the focus or there is no drawer, and if
 * the search shows whom it found. */
static enum cr_layer scrolled_layer(const struct cr_viewer *viewer) {
    const struct cr_widget *const widget = focused(viewer);
    if (viewer->box != CR_BOX_NONE)
        return viewer->box == CR_BOX_SEARCH ? CR_LAYER_GROUND : CR_LAYER_BOX;
    return viewer->drawer == CR_DRAWER_NONE || (widget && widget->action == CR_DO_CARD_PICK) ? CR_LAYER_GROUND
                                                                                             : CR_LAYER_DRAWER;
}

static bool obey(struct cr_viewer *viewer, struct cr_key key) {
    if (key.code == SDLK_KP_ENTER)
        key.code = SDLK_RETURN;
    if (!key.control && edit(viewer, key.code))
        return true;
    if (steer(viewer, key))
        return true;
    /* What is typed into a field is no command; what has no character is. */
    if (cr_input_field(viewer) && !key.control && (key.character || (key.code >= ' ' && key.code < 0x7f)))
        return false;
    if (key.code == SDLK_SPACE && !key.shift && !key.control && is_pressable(viewer)) {
        cr_deed_do(viewer, CR_DO_ACTIVATE, -1);
        return true;
    }
    if (key.code == SDLK_PAGEDOWN || key.code == SDLK_PAGEUP) {
        scroll_by(viewer, scrolled_layer(viewer), key.code == SDLK_PAGEDOWN ? 400.0 : -400.0);
        return true;
    }
    const enum cr_action action = cr_key_action(key);
    if (action == CR_DO_NOTHING || !suits_box(viewer, action))
        return false;
    if (action == CR_DO_FOCUS_NEXT || action == CR_DO_FOCUS_BACK)
        move_focus(viewer, action == CR_DO_FOCUS_NEXT ? 1 : -1);
    else
        cr_deed_do(viewer, action, -1);
    return true;
}

static void press_key(struct cr_viewer *viewer, const SDL_Keysym *sym) {
    const bool shift = (sym->mod & KMOD_SHIFT) != 0, control = (sym->mod & (KMOD_CTRL | KMOD_GUI)) != 0;
    struct cr_key key = {.code = sym->sym, .shift = shift, .control = control};
    if (key.code == SDLK_KP_PLUS || key.code == SDLK_KP_MINUS || (sym->mod & KMOD_ALT) != 0) {
        viewer->swallows = false;
        return;
    }
    /* Signs are told by the text that follows, wherever the keyboard has them. */
    if (key.code > ' ' && key.code < 0x7f && !isalnum((int)key.code)) {
        viewer->swallows = false;
        return;
    }
    viewer->swallows = obey(viewer, key);
}

static void type_text(struct cr_viewer *viewer, const char *text) {
    const bool swallowed = viewer->swallows;
    viewer->swallows = false;
    if (swallowed)
        return;
    struct cr_text_field *const field = cr_input_field(viewer);
    if (field) {
        cr_text_field_type(field, text);
        cr_deed_typing(viewer, focused(viewer));
    } else if (text[0] != '\0' && text[1] == '\0' && ispunct((unsigned char)*text)) {
        (void)obey(viewer, (struct cr_key){.code = SDLK_UNKNOWN, .character = *text});
    }
}

/* Which scene a point is on; -1 for none. */
static int scene_at(const struct cr_viewer *viewer) {
    const struct cr_widget *const over = cr_widgets_find(&viewer->widgets, viewer->mouse.over);
    return over && over->action == CR_DO_SCENE ? over->argument : -1;
}

static struct cr_pick pick(const struct cr_viewer *viewer) {
    const int scene = scene_at(viewer);
    return scene < 0 ? (struct cr_pick){CR_NOBODY, CR_NOBODY}
                     : cr_scene_pick(viewer->scene[scene], viewer->mouse.x, viewer->mouse.y);
}

void cr_input_hover(struct cr_viewer *viewer) {
    const struct cr_widget *const over =
        viewer->mouse.seen ? cr_widgets_at(&viewer->widgets, viewer->mouse.x, viewer->mouse.y) : NULL;
    (void)cr_text_format(viewer->mouse.over, sizeof viewer->mouse.over, "%s", over ? over->name : "");
    viewer->options.hovered = viewer->mouse.down ? CR_NOBODY : pick(viewer).person;
}

static void drag(struct cr_viewer *viewer, double by_x, double by_y) {
    const struct cr_widget *const pressed = cr_widgets_find(&viewer->widgets, viewer->mouse.pressed);
    if (!pressed)
        return;
    if (pressed->kind == CR_WIDGET_SLIDER || pressed->kind == CR_WIDGET_TIME) {
        cr_deed_slide(viewer, pressed, cr_slider_value_at(pressed, viewer->mouse.x, viewer->look.scale), true);
    } else if (pressed->action == CR_DO_SCENE && viewer->mouse.dragged) {
        for (size_t w = 0; w < viewer->viewing->count; w++)
            cr_scene_pan(viewer->scene[w], by_x, by_y);
        viewer->choice.follows = false;
    }
}

static void move_mouse(struct cr_viewer *viewer, double x, double y) {
    struct cr_mouse *const mouse = &viewer->mouse;
    const double by_x = x - mouse->x, by_y = y - mouse->y;
    const double reach = cr_viewer_points(viewer, tremble);
    mouse->x = x;
    mouse->y = y;
    mouse->seen = true;
    mouse->rests = 0.0;
    viewer->readout.by_keys = false;
    if (mouse->down) {
        mouse->dragged |= fabs(x - mouse->from_x) > reach || fabs(y - mouse->from_y) > reach;
        drag(viewer, by_x, by_y);
    } else {
        cr_input_hover(viewer);
    }
}

static void press_mouse(struct cr_viewer *viewer) {
    struct cr_mouse *const mouse = &viewer->mouse;
    cr_input_hover(viewer);
    mouse->down = true;
    mouse->dragged = false;
    mouse->from_x = mouse->x;
    mouse->from_y = mouse->y;
    (void)cr_text_format(mouse->pressed, sizeof mouse->pressed, "%s", mouse->over);
    const struct cr_widget *const over = cr_widgets_find(&viewer->widgets, mouse->over);
    viewer->by_keys = false;
    if (!over) {
        /* Beside an open box: it is closed, unless it asks. */
        if (viewer->box != CR_BOX_NONE && viewer->box != CR_BOX_QUESTION &&
            !cr_layout_within(viewer->widgets.place[CR_LAYER_BOX].frame, mouse->x, mouse->y))
            cr_deed_do(viewer, CR_DO_CLOSE, -1);
        return;
    }
    const bool keeps = over->kind == CR_WIDGET_FIELD || over->kind == CR_WIDGET_SLIDER;
    if (keeps || viewer->box == CR_BOX_NONE)
        cr_input_focus(viewer, keeps && !over->off ? over->name : "");
    viewer->scrubbing = over->action == CR_DO_SCRUB;
    if (over->kind == CR_WIDGET_SLIDER || over->kind == CR_WIDGET_TIME)
        cr_deed_slide(viewer, over, cr_slider_value_at(over, mouse->x, viewer->look.scale), true);
}

static void click_scene(struct cr_viewer *viewer) {
    const struct cr_pick picked = pick(viewer);
    if (picked.person != CR_NOBODY)
        cr_choice_take(
            viewer, picked.person, viewer->choice.card == CR_SHOWN_NOTHING ? CR_SHOWN_PERSON : viewer->choice.card);
    else if (picked.bond != CR_NOBODY && picked.bond < cr_viewer_now(viewer, 0)->tie_count)
        cr_choice_take(viewer, cr_viewer_now(viewer, 0)->ties[picked.bond].person[0], CR_SHOWN_COUPLE);
    else
        cr_choice_take(viewer, CR_NOBODY, CR_SHOWN_NOTHING);
}

static void release_mouse(struct cr_viewer *viewer) {
    struct cr_mouse *const mouse = &viewer->mouse;
    const struct cr_widget *const over = cr_widgets_find(&viewer->widgets, mouse->over);
    const bool clicked = mouse->down && !mouse->dragged && over && strcmp(mouse->pressed, over->name) == 0;
    char name[CR_WIDGET_NAME];
    (void)cr_text_format(name, sizeof name, "%s", over ? over->name : "");
    mouse->down = false;
    mouse->pressed[0] = '\0';
    viewer->scrubbing = false;
    if (!clicked || over->off)
        return;
    if (over->action == CR_DO_SCENE)
        click_scene(viewer);
    else if (over->kind == CR_WIDGET_BUTTON || over->kind == CR_WIDGET_ROW || over->kind == CR_WIDGET_MARK ||
             over->action == CR_DO_PANEL || over->action == CR_DO_CARD_PICK)
        cr_deed_do(viewer, over->action, over->argument);
}

static void turn_wheel(struct cr_viewer *viewer, double steps) {
    const struct cr_widget *const over = cr_widgets_find(&viewer->widgets, viewer->mouse.over);
    if (cr_layout_within(viewer->card_place, viewer->mouse.x, viewer->mouse.y) &&
        (viewer->box == CR_BOX_NONE || viewer->box == CR_BOX_SEARCH)) {
        scroll_by(viewer, CR_LAYER_GROUND, -steps * wheel_points);
    } else if (viewer->box != CR_BOX_NONE) {
        scroll_by(viewer, CR_LAYER_BOX, -steps * wheel_points);
    } else if (cr_layout_within(viewer->widgets.place[CR_LAYER_DRAWER].frame, viewer->mouse.x, viewer->mouse.y)) {
        scroll_by(viewer, CR_LAYER_DRAWER, -steps * wheel_points);
    } else if (over && over->action == CR_DO_PANEL) {
        (void)cr_readout_turn(viewer, over->argument, steps < 0.0 ? 1 : -1);
    } else if (over && over->action == CR_DO_SCENE) {
        const struct cr_rect here = viewer->layout.scene[over->argument];
        /* Both scenes show the same part. */
        for (size_t w = 0; w < viewer->viewing->count; w++) {
            const struct cr_rect scene = viewer->layout.scene[w];
            cr_scene_zoom(viewer->scene[w], pow(1.15, steps), scene.x + viewer->mouse.x - here.x,
                scene.y + viewer->mouse.y - here.y);
        }
    }
}

static void forget_textures(struct cr_viewer *viewer) {
    for (size_t w = 0; w < viewer->viewing->count; w++)
        cr_scene_forget_textures(viewer->scene[w]);
    cr_panels_forget_textures(viewer->panels);
    cr_card_forget_textures(viewer->card);
    cr_layers_forget(&viewer->layers);
    cr_readout_forget(&viewer->readout);
}

static void change_window(struct cr_viewer *viewer, const SDL_WindowEvent *event) {
    if (event->event == SDL_WINDOWEVENT_SIZE_CHANGED && cr_window_measure(&viewer->window)) {
        forget_textures(viewer);
        cr_viewer_choose_scale(viewer);
    } else if (event->event == SDL_WINDOWEVENT_LEAVE && !viewer->mouse.down) {
        viewer->mouse.seen = false;
        cr_input_hover(viewer);
    } else if (event->event == SDL_WINDOWEVENT_CLOSE) {
        viewer->going = false;
    }
}

void cr_input_event(struct cr_viewer *viewer, const SDL_Event *event) {
    const double density = viewer->window.density;
    switch (event->type) {
    case SDL_QUIT:
        viewer->going = false;
        break;
    case SDL_KEYDOWN:
        press_key(viewer, &event->key.keysym);
        break;
    case SDL_KEYUP:
        viewer->swallows = false;
        break;
    case SDL_TEXTINPUT:
        type_text(viewer, event->text.text);
        break;
    case SDL_MOUSEMOTION:
        move_mouse(viewer, event->motion.x * density, event->motion.y * density);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        if (event->button.button != SDL_BUTTON_LEFT)
            break;
        move_mouse(viewer, event->button.x * density, event->button.y * density);
        if (event->type == SDL_MOUSEBUTTONDOWN)
            press_mouse(viewer);
        else
            release_mouse(viewer);
        break;
    case SDL_MOUSEWHEEL:
        turn_wheel(viewer, event->wheel.y);
        break;
    case SDL_WINDOWEVENT:
        change_window(viewer, &event->window);
        break;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
        forget_textures(viewer);
        break;
    default:
        return;
    }
    viewer->alive = 2.5;
}
