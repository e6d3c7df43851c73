#include "viz/viewer/script_play.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "viz/viewer/saving.h"
#include "viz/viewer/state.h"

/* Frames after which waiting for what does not come is given up: half an hour. */
enum { PATIENCE = 30 * 60 * 60 };

static int refuse(const struct cr_script_line *line, struct cr_error *error, const char *what, const char *word) {
    return cr_error_set(error, CR_ERROR_USAGE, "line %d: %s %.100s", line->number, what, word);
}

static int read_number(const struct cr_script_line *line, const char *word, double low, double high, double *value,
    struct cr_error *error) {
    if (cr_text_to_real(word, value) == 0 && *value >= low && *value <= high)
        return 0;
    return refuse(line, error, "this is no number that fits:", word);
}

static void push_motion(const struct cr_viewer *viewer, double x, double y) {
    SDL_Event event = {.type = SDL_MOUSEMOTION};
    event.motion.x = (Sint32)lround(x / viewer->window.density);
    event.motion.y = (Sint32)lround(y / viewer->window.density);
    (void)SDL_PushEvent(&event);
}

static void push_button(const struct cr_viewer *viewer, bool down, double x, double y) {
    SDL_Event event = {.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP};
    event.button.button = SDL_BUTTON_LEFT;
    event.button.state = down ? SDL_PRESSED : SDL_RELEASED;
    event.button.x = (Sint32)lround(x / viewer->window.density);
    event.button.y = (Sint32)lround(y / viewer->window.density);
    (void)SDL_PushEvent(&event);
}

static void push_text(const char *text) {
    /* An event holds few bytes; whole characters only. */
    while (*text) {
        SDL_Event event = {.type = SDL_TEXTINPUT};
        size_t used = 1;
        while (((unsigned char)text[used] & 0xc0U) == 0x80U)
            used++;
        (void)cr_text_format(event.text.text, sizeof event.text.text, "%.*s", (int)used, text);
        (void)SDL_PushEvent(&event);
        text += used;
    }
}

static int press(const struct cr_script_line *line, struct cr_error *error) {
    struct cr_key key;
    if (!cr_key_parse(line->words[0], &key))
        return refuse(line, error, "there is no key", line->words[0]);
    SDL_Event event = {.type = SDL_KEYDOWN};
    event.key.state = SDL_PRESSED;
    event.key.keysym.sym = key.character ? (SDL_Keycode)key.character : key.code;
    event.key.keysym.mod = (Uint16)((key.shift ? KMOD_LSHIFT : 0) | (key.control ? KMOD_LCTRL : 0));
    (void)SDL_PushEvent(&event);
    const bool typed = !key.control && event.key.keysym.sym >= ' ' && event.key.keysym.sym < 0x7f;
    if (typed) {
        const char letter = (char)event.key.keysym.sym;
        const char text[] = {key.shift && letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter, '\0'};
        push_text(text);
    }
    event.type = SDL_KEYUP;
    event.key.state = SDL_RELEASED;
    (void)SDL_PushEvent(&event);
    return 0;
}

static const struct cr_widget *find_widget(
    const struct cr_viewer *viewer, const struct cr_script_line *line, const char *name, struct cr_error *error) {
    const struct cr_widget *const widget = cr_widgets_find(&viewer->widgets, name);
    struct cr_nearest nearest = CR_NEAREST_INIT;
    if (widget) {
        const struct cr_rect seen = cr_widgets_visible(&viewer->widgets, widget);
        if (seen.width > 0.0 && seen.height > 0.0)
            return widget;
        (void)refuse(line, error, "out of view now:", name);
        return NULL;
    }
    for (size_t i = 0; i < viewer->widgets.count; i++)
        if (*viewer->widgets.list[i].name)
            cr_nearest_consider(&nearest, name, viewer->widgets.list[i].name);
    cr_error_set(error, CR_ERROR_USAGE, "line %d: there is no control %.80s now%s%s%s", line->number, name,
        nearest.best ? "; did you mean " : "", nearest.best ? nearest.best : "", nearest.best ? "?" : "");
    return NULL;
}

/* The point that one or two words mean. */
static int find_point(
    const struct cr_viewer *viewer, const struct cr_script_line *line, double *x, double *y, struct cr_error *error) {
    if (line->count == 2 && strcmp(line->words[0], "person") == 0) {
        double id;
        const int code = read_number(line, line->words[1], 0.0, cr_viewer_now(viewer, 0)->people - 1.0, &id, error);
        if (code)
            return code;
        return cr_scene_place(viewer->scene[0], (int32_t)id, x, y)
                   ? 0
                   : refuse(line, error, "not to be seen now: person", line->words[1]);
    }
    if (line->count == 2) {
        const int code = read_number(line, line->words[0], 0.0, viewer->window.width, x, error);
        return code ? code : read_number(line, line->words[1], 0.0, viewer->window.height, y, error);
    }
    const struct cr_widget *const widget = find_widget(viewer, line, line->words[0], error);
    if (!widget)
        return CR_ERROR_USAGE;
    const struct cr_rect seen = cr_widgets_visible(&viewer->widgets, widget);
    *x = seen.x + seen.width / 2.0;
    *y = seen.y + seen.height / 2.0;
    return 0;
}

static int click(
    const struct cr_viewer *viewer, const struct cr_script_line *line, bool whole, struct cr_error *error) {
    double x, y;
    const int code = find_point(viewer, line, &x, &y, error);
    if (code)
        return code;
    push_motion(viewer, x, y);
    if (whole) {
        push_button(viewer, true, x, y);
        push_button(viewer, false, x, y);
    }
    return 0;
}

static int drag(const struct cr_viewer *viewer, const struct cr_script_line *line, struct cr_error *error) {
    enum { STEPS = 12 };
    double at[4];
    int code = 0;
    if (line->count == 4) {
        for (int i = 0; code == 0 && i < 4; i++)
            code = read_number(
                line, line->words[i], 0.0, i % 2 ? viewer->window.height : viewer->window.width, &at[i], error);
    } else {
        const struct cr_widget *const slider = find_widget(viewer, line, line->words[0], error);
        double from, to;
        if (!slider)
            return CR_ERROR_USAGE;
        if (slider->kind != CR_WIDGET_SLIDER && slider->kind != CR_WIDGET_TIME)
            return refuse(line, error, "this is no slider:", line->words[0]);
        code = read_number(line, line->words[1], slider->low, slider->high, &from, error);
        if (code == 0)
            code = read_number(line, line->words[2], slider->low, slider->high, &to, error);
        if (code)
            return code;
        at[0] = cr_slider_place(slider, from, viewer->look.scale);
        at[2] = cr_slider_place(slider, to, viewer->look.scale);
        at[1] = at[3] = slider->where.y + slider->where.height / 2.0;
    }
    if (code)
        return code;
    push_motion(viewer, at[0], at[1]);
    push_button(viewer, true, at[0], at[1]);
    for (int i = 1; i <= STEPS; i++)
        push_motion(viewer, at[0] + (at[2] - at[0]) * i / STEPS, at[1] + (at[3] - at[1]) * i / STEPS);
    push_button(viewer, false, at[2], at[3]);
    return 0;
}

static bool is_at_rest(const struct cr_viewer *viewer) {
    return !viewer->pace.playing && !viewer->sight->living && cr_viewer_now(viewer, 0)->week == viewer->pace.aim &&
           !viewer->slide.field;
}

/* Whether what is waited for has come. */
static int wait_until(struct cr_viewer *viewer, const struct cr_script_line *line, bool *come, struct cr_error *error) {
    double week;
    if (line->count == 1 && strcmp(line->words[0], "rest") == 0) {
        *come = is_at_rest(viewer);
    } else if (line->count == 2 && strcmp(line->words[0], "week") == 0) {
        const int code = read_number(line, line->words[1], 0.0, cr_viewer_now(viewer, 0)->weeks, &week, error);
        if (code)
            return code;
        *come = cr_viewer_now(viewer, 0)->week >= (int32_t)week;
        if (!*come && is_at_rest(viewer))
            return refuse(line, error, "time rests, so it never will be week", line->words[1]);
    } else {
        return refuse(line, error, "this can be waited for: rest, week N; not", line->words[0]);
    }
    if (!*come && ++viewer->script_waited > PATIENCE)
        return refuse(line, error, "half an hour of frames has passed without", line->words[0]);
    return 0;
}

static int expect(const struct cr_viewer *viewer, const struct cr_script_line *line, struct cr_error *error) {
    json_t *state = cr_state_make(viewer, error);
    const int code = state ? cr_script_expect(line, state, error) : CR_ERROR_MEMORY;
    json_decref(state);
    return code;
}

static int resize(struct cr_viewer *viewer, const struct cr_script_line *line, struct cr_error *error) {
    double width, height;
    int code = read_number(line, line->words[0], 640.0, 7680.0, &width, error);
    if (code == 0)
        code = read_number(line, line->words[1], 400.0, 4320.0, &height, error);
    return code ? code : cr_viewer_resize(viewer, (int)width, (int)height, error);
}

/* Carries a line out; `*waits`: what comes after it must wait for a frame at least, and is this line again if `*again`.
 */
static int carry_out(
    struct cr_viewer *viewer, const struct cr_script_line *line, bool *waits, bool *again, struct cr_error *error) {
    double amount = 0.0;
    int code = 0;
    bool come = true;
    *waits = true;
    switch (line->command) {
    case CR_SCRIPT_KEY:
        return press(line, error);
    case CR_SCRIPT_TYPE:
        for (size_t i = 0; i < line->count; i++) {
            push_text(i ? " " : "");
            push_text(line->words[i]);
        }
        return 0;
    case CR_SCRIPT_CLICK:
    case CR_SCRIPT_POINT:
        return click(viewer, line, line->command == CR_SCRIPT_CLICK, error);
    case CR_SCRIPT_DRAG:
        return drag(viewer, line, error);
    case CR_SCRIPT_WHEEL: {
        code = read_number(line, line->words[0], -100.0, 100.0, &amount, error);
        SDL_Event event = {.type = SDL_MOUSEWHEEL};
        event.wheel.y = (Sint32)lround(amount);
        (void)SDL_PushEvent(&event);
        return code;
    }
    case CR_SCRIPT_WAIT:
        code = read_number(line, line->words[0], 1.0, 1e7, &amount, error);
        viewer->script_waits = (int64_t)amount - 1;
        return code;
    case CR_SCRIPT_UNTIL:
        code = wait_until(viewer, line, &come, error);
        *again = !come;
        *waits = !come;
        return code;
    case CR_SCRIPT_SIZE:
        return resize(viewer, line, error);
    case CR_SCRIPT_SCREENSHOT:
        return cr_saving_picture(viewer, line->words[0], error);
    case CR_SCRIPT_STATE:
        return cr_state_write(viewer, line->words[0], error);
    case CR_SCRIPT_EXPECT:
        *waits = false;
        return expect(viewer, line, error);
    case CR_SCRIPT_QUIT:
        viewer->going = false;
        return 0;
    case CR_SCRIPT_COMMANDS:
        break;
    }
    return 0;
}

int cr_script_play(struct cr_viewer *viewer, struct cr_error *error) {
    const struct cr_script *const script = &viewer->viewing->script;
    if (viewer->script_waits > 0) {
        viewer->script_waits--;
        return 0;
    }
    bool waits = false;
    while (!waits && viewer->going && viewer->script_line < script->count) {
        bool again = false;
        const int code = carry_out(viewer, &script->lines[viewer->script_line], &waits, &again, error);
        if (code)
            return code;
        if (!again) {
            viewer->script_line++;
            viewer->script_waited = 0;
        }
    }
    if (viewer->script_line >= script->count && viewer->script_waits == 0 && !waits)
        viewer->going = false;
    return 0;
}
