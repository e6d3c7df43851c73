#include "viz/viewer/deed.h"

#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "viz/viewer/alteration.h"
#include "viz/viewer/choice.h"
#include "viz/viewer/face.h"
#include "viz/viewer/hints.h"
#include "viz/viewer/input.h"
#include "viz/viewer/saving.h"

static const struct cr_field *field_at(int argument) {
    return &cr_parameter_registry.fields[argument];
}

/* Opens a box, with the focus on its first control, and remembers where the focus was. */
static void open_box(struct cr_viewer *viewer, enum cr_box box, const char *focus) {
    if (viewer->box == CR_BOX_NONE)
        (void)cr_text_format(viewer->focus_before, sizeof viewer->focus_before, "%s", viewer->focus);
    viewer->box = box;
    viewer->box_scroll = 0.0;
    cr_input_focus(viewer, focus);
}

static void close_box(struct cr_viewer *viewer) {
    viewer->box = CR_BOX_NONE;
    cr_input_focus(viewer, viewer->focus_before);
}

void cr_deed_go(struct cr_viewer *viewer, int32_t week) {
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    const int32_t wanted = week < 0 ? 0 : week > now->weeks ? now->weeks : week;
    cr_pace_go(&viewer->pace, wanted);
    if (wanted > now->head)
        cr_viewer_aim(viewer);
    else {
        viewer->aimed = wanted;
        viewer->order = cr_engine_go(&viewer->engine, wanted);
    }
}

/* Steps rest; several in a row add up. */
static void step(struct cr_viewer *viewer, int32_t weeks) {
    viewer->pace.playing = false;
    cr_deed_go(viewer, viewer->pace.aim + weeks);
}

static void play(struct cr_viewer *viewer) {
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    const bool playing = !viewer->pace.playing && now->week < now->weeks;
    cr_pace_play(&viewer->pace, playing);
    cr_viewer_aim(viewer);
}

static void hasten(struct cr_viewer *viewer, int speed) {
    const int wanted = speed < 0 ? 0 : speed >= CR_SPEEDS ? CR_SPEEDS - 1 : speed;
    cr_pace_hasten(&viewer->pace, (enum cr_speed)wanted);
    cr_viewer_aim(viewer);
    cr_viewer_tell(viewer, "%s", cr_speed_words[wanted]);
}

static void arrange(struct cr_viewer *viewer, enum cr_arrangement arrangement) {
    viewer->options.arrangement = arrangement;
    for (size_t w = 0; w < viewer->viewing->count; w++)
        cr_scene_show_all(viewer->scene[w]);
}

static void zoom(struct cr_viewer *viewer, double factor) {
    for (size_t w = 0; w < viewer->viewing->count; w++) {
        const struct cr_rect scene = viewer->layout.scene[w];
        double x = scene.x + scene.width / 2.0, y = scene.y + scene.height / 2.0, across, down;
        if (cr_scene_place(viewer->scene[w], viewer->choice.person, &across, &down)) {
            x = across;
            y = down;
        }
        cr_scene_zoom(viewer->scene[w], factor, x, y);
    }
}

static void open_drawer(struct cr_viewer *viewer, enum cr_drawer drawer) {
    const bool closes = viewer->drawer == drawer;
    viewer->drawer = closes ? CR_DRAWER_NONE : drawer;
    viewer->drawer_scroll = 0.0;
    if (drawer == CR_DRAWER_PARAMETERS && !closes)
        cr_input_focus(viewer, "filter");
    else
        cr_input_focus(viewer, "");
}

/* The panel that an action means: its argument, or the one in focus or under the mouse; -1 for none. */
static int panel_meant(const struct cr_viewer *viewer, int argument) {
    if (argument >= 0)
        return argument;
    const struct cr_widget *const focused = cr_widgets_find(&viewer->widgets, viewer->focus);
    const struct cr_widget *const over = cr_widgets_find(&viewer->widgets, viewer->mouse.over);
    if (focused && focused->action == CR_DO_PANEL)
        return focused->argument;
    if (over && over->action == CR_DO_PANEL)
        return over->argument;
    return viewer->enlarged >= 0 ? viewer->enlarged : viewer->layout.panel_count > 0 ? 0 : -1;
}

static void miss_panel(struct cr_viewer *viewer) {
    cr_viewer_tell(viewer, "%s",
        viewer->panels_shown ? "There is no room for panels beside what is open; Escape closes it"
                             : "No panel is shown; G shows them");
}

static void enlarge(struct cr_viewer *viewer, int argument) {
    const int panel = panel_meant(viewer, argument);
    if (panel < 0) {
        miss_panel(viewer);
        return;
    }
    viewer->enlarged = viewer->enlarged >= 0 ? -1 : panel;
    viewer->panels_shown = true;
}

static void open_menu(struct cr_viewer *viewer, int argument) {
    const int panel = panel_meant(viewer, argument);
    if (panel < 0) {
        miss_panel(viewer);
        return;
    }
    viewer->menu_panel = panel;
    cr_text_field_set(&viewer->menu_filter, "");
    open_box(viewer, CR_BOX_MEASURES, "measure_filter");
}

static void take_measure(struct cr_viewer *viewer, int argument) {
    const bool measure = argument >= CR_PANEL_KINDS;
    const struct cr_panel_choice choice = {
        measure ? CR_PANEL_MEASURE : (enum cr_panel_kind)argument, measure ? argument - CR_PANEL_KINDS : 0};
    cr_panels_choose(viewer->panels, (size_t)viewer->menu_panel, choice);
    close_box(viewer);
}

/* What is open on top is closed, one thing at a time. */
static void close_one(struct cr_viewer *viewer) {
    if (viewer->typing) {
        cr_viewer_content(viewer); /* the value that was holds */
        cr_input_focus(viewer, "");
    } else if (viewer->box == CR_BOX_QUESTION)
        cr_alteration_answer(viewer, false);
    else if (viewer->box != CR_BOX_NONE)
        close_box(viewer);
    else if (viewer->hint >= 0)
        cr_hints_close(viewer);
    else if (viewer->enlarged >= 0)
        viewer->enlarged = -1;
    else if (viewer->drawer != CR_DRAWER_NONE)
        open_drawer(viewer, viewer->drawer);
    else if (viewer->choice.person != CR_NOBODY)
        cr_choice_take(viewer, CR_NOBODY, CR_SHOWN_NOTHING);
    else if (viewer->window.fullscreen)
        cr_window_toggle_fullscreen(&viewer->window);
    else {
        viewer->focus[0] = '\0';
        viewer->by_keys = false;
    }
}

static void turn_theme(struct cr_viewer *viewer) {
    viewer->look.theme = viewer->look.theme == CR_THEME_DARK ? CR_THEME_LIGHT : CR_THEME_DARK;
}

static void turn_world(struct cr_viewer *viewer) {
    static const char *const words[] = {"A alone", "B alone", "both scenarios"};
    if (viewer->viewing->count < 2) {
        cr_viewer_tell(viewer, "There is one scenario; cradle view A B shows two");
        return;
    }
    viewer->world = (viewer->world + 1) % (CR_WORLDS_MAX + 1);
    cr_viewer_tell(viewer, "Changes act on %s", words[viewer->world]);
}

static void turn(struct cr_viewer *viewer, bool *option, const char *words) {
    *option = !*option;
    cr_viewer_tell(viewer, "%s: %s", words, *option ? "shown" : "hidden");
}

static void save(struct cr_viewer *viewer, enum cr_action action) {
    struct cr_error error = {0};
    int code = 0;
    if (action == CR_DO_SCREENSHOT)
        code = cr_saving_picture(viewer, NULL, &error);
    else if (action == CR_DO_DRAWINGS)
        code = cr_saving_drawings(viewer, &error);
    else if (action == CR_DO_RECORD)
        code = cr_saving_record(viewer, NULL, &error);
    else
        cr_saving_scenarios(viewer, false);
    if (code != 0)
        cr_viewer_tell(viewer, "%s", error.sentence);
}

static void activate(struct cr_viewer *viewer) {
    const struct cr_widget *const focused = cr_widgets_find(&viewer->widgets, viewer->focus);
    if (!focused && viewer->hint >= 0)
        cr_hints_next(viewer);
    else if (focused && focused->kind == CR_WIDGET_FIELD)
        cr_deed_typed(viewer, focused);
    else if (focused && !focused->off && focused->action != CR_DO_ACTIVATE)
        cr_deed_do(viewer, focused->action, focused->argument);
}

static void turn_luck(struct cr_viewer *viewer, bool next) {
    const uint32_t replicate = next ? viewer->replicate + 1 : viewer->replicate - 1;
    if (viewer->viewing->out)
        cr_viewer_tell(viewer, "--out writes the files of this luck; look at another one without it");
    else if (replicate < 1 || replicate > CR_REPLICATE_MAX)
        cr_viewer_tell(viewer, "There is no replicate %u; they go from 1 to %d", replicate, (int)CR_REPLICATE_MAX);
    else {
        cr_viewer_begin_anew(viewer, replicate);
        cr_viewer_tell(viewer, "Begun anew under another luck: replicate %u", replicate);
    }
}

static void turn_flares(struct cr_viewer *viewer) {
    static const char *const words[CR_FLARES_SHOWN] = {"all", "turning points of lives", "none"};
    viewer->options.flares = (enum cr_flares_shown)((viewer->options.flares + 1) % CR_FLARES_SHOWN);
    cr_viewer_tell(viewer, "Flares: %s", words[viewer->options.flares]);
}

static void do_in_time(struct cr_viewer *viewer, enum cr_action action) {
    if (action == CR_DO_PLAY)
        play(viewer);
    else if (action == CR_DO_WEEK || action == CR_DO_WEEK_BACK)
        step(viewer, action == CR_DO_WEEK ? 1 : -1);
    else if (action == CR_DO_YEAR || action == CR_DO_YEAR_BACK)
        step(viewer, action == CR_DO_YEAR ? CR_WEEKS_A_YEAR : -CR_WEEKS_A_YEAR);
    else if (action == CR_DO_START || action == CR_DO_HEAD) {
        viewer->pace.playing = false;
        cr_deed_go(viewer, action == CR_DO_START ? 0 : cr_viewer_now(viewer, 0)->head);
    } else if (action == CR_DO_LUCK || action == CR_DO_LUCK_BACK)
        turn_luck(viewer, action == CR_DO_LUCK);
    else
        hasten(viewer, (int)viewer->pace.speed + (action == CR_DO_FASTER ? 1 : -1));
}

void cr_deed_do(struct cr_viewer *viewer, enum cr_action action, int argument) {
    switch (action) {
    case CR_DO_PLAY:
    case CR_DO_WEEK:
    case CR_DO_WEEK_BACK:
    case CR_DO_YEAR:
    case CR_DO_YEAR_BACK:
    case CR_DO_START:
    case CR_DO_HEAD:
    case CR_DO_LUCK:
    case CR_DO_LUCK_BACK:
    case CR_DO_FASTER:
    case CR_DO_SLOWER:
        do_in_time(viewer, action);
        break;
    case CR_DO_PLANE:
        arrange(viewer, CR_ARRANGEMENT_PLANE);
        break;
    case CR_DO_MAP:
        arrange(viewer, CR_ARRANGEMENT_MAP);
        break;
    case CR_DO_TIMELINE:
        arrange(viewer, CR_ARRANGEMENT_TIMELINE);
        break;
    case CR_DO_TIES:
        turn(viewer, &viewer->options.ties, "Lines between couples");
        break;
    case CR_DO_TRAILS:
        turn(viewer, &viewer->options.trails, "Trails");
        break;
    case CR_DO_CHILDREN:
        turn(viewer, &viewer->options.children, "Children");
        break;
    case CR_DO_FLARES:
        turn_flares(viewer);
        break;
    case CR_DO_DIFFERENCES:
        if (viewer->viewing->count > 1)
            turn(viewer, &viewer->options.differences, "Differences");
        else
            cr_viewer_tell(viewer, "There is one scenario; cradle view A B shows two and how they differ");
        break;
    case CR_DO_ZOOM_IN:
        zoom(viewer, 1.5);
        break;
    case CR_DO_ZOOM_OUT:
        zoom(viewer, 1.0 / 1.5);
        break;
    case CR_DO_SHOW_ALL:
        for (size_t w = 0; w < viewer->viewing->count; w++)
            cr_scene_show_all(viewer->scene[w]);
        break;
    case CR_DO_THEME:
        turn_theme(viewer);
        break;
    case CR_DO_SEARCH:
        viewer->search.fresh = *viewer->search.text != '\0';
        viewer->choice.answered = false;
        open_box(viewer, CR_BOX_SEARCH, "search_text");
        break;
    case CR_DO_SEARCH_WORD:
        cr_text_field_set(&viewer->search, cr_search_suggestions[argument]);
        cr_choice_search(viewer);
        cr_input_focus(viewer, "search_text");
        break;
    case CR_DO_NEXT:
        cr_choice_next(viewer);
        break;
    case CR_DO_CARD:
        cr_choice_turn_card(viewer);
        break;
    case CR_DO_FOLLOW:
        cr_choice_follow(viewer);
        break;
    case CR_DO_PARTNER:
        cr_choice_go_to_partner(viewer);
        break;
    case CR_DO_PARAMETERS:
        open_drawer(viewer, CR_DRAWER_PARAMETERS);
        break;
    case CR_DO_INTERVENTIONS:
        open_drawer(viewer, CR_DRAWER_INTERVENTIONS);
        break;
    case CR_DO_PARAMETER_RESET:
        cr_alteration_wish(viewer, field_at(argument), cr_alteration_initial(viewer, field_at(argument)), 0);
        break;
    case CR_DO_INTERVENE:
        cr_alteration_intervene(viewer, (size_t)argument);
        break;
    case CR_DO_AGREE:
    case CR_DO_REFUSE:
        cr_alteration_answer(viewer, action == CR_DO_AGREE);
        break;
    case CR_DO_WORLD:
        turn_world(viewer);
        break;
    case CR_DO_MEASURE:
        open_menu(viewer, argument);
        break;
    case CR_DO_MEASURE_TAKE:
        take_measure(viewer, argument);
        break;
    case CR_DO_PANEL:
    case CR_DO_ENLARGE:
        enlarge(viewer, argument);
        break;
    case CR_DO_PANELS:
        if (viewer->panels_shown && viewer->layout.panel_count == 0)
            miss_panel(viewer);
        else
            viewer->panels_shown = !viewer->panels_shown;
        viewer->enlarged = -1;
        break;
    case CR_DO_SCREENSHOT:
    case CR_DO_DRAWINGS:
    case CR_DO_RECORD:
    case CR_DO_SAVE:
        save(viewer, action);
        break;
    case CR_DO_ACTIVATE:
        activate(viewer);
        break;
    case CR_DO_HELP:
        if (viewer->box == CR_BOX_HELP)
            close_box(viewer);
        else
            open_box(viewer, CR_BOX_HELP, "");
        break;
    case CR_DO_HINTS:
        if (viewer->hint >= 0)
            cr_hints_close(viewer);
        else
            viewer->hint = 0;
        break;
    case CR_DO_HINT_NEXT:
        cr_hints_next(viewer);
        break;
    case CR_DO_FULLSCREEN:
        cr_window_toggle_fullscreen(&viewer->window);
        break;
    case CR_DO_CLOSE:
        close_one(viewer);
        break;
    case CR_DO_QUIT:
        viewer->going = false;
        break;
    case CR_DO_SCRUB: /* a mark of a change */
        if (argument >= 0)
            cr_deed_go(viewer, argument);
        break;
    case CR_DO_CARD_PICK:
        if (argument != CR_NOBODY) {
            cr_choice_take(viewer, argument, viewer->choice.card);
            viewer->card_scroll = 0.0;
        }
        break;
    case CR_DO_FOCUS_NEXT:
    case CR_DO_FOCUS_BACK:
    case CR_DO_SCENE:
    case CR_DO_SPEED:
    case CR_DO_PARAMETER:
    case CR_DO_PARAMETER_TEXT:
    case CR_DO_FILTER:
    case CR_DO_SEARCH_TEXT:
    case CR_ACTIONS:
    case CR_DO_NOTHING:
        break;
    }
}

void cr_deed_slide(struct cr_viewer *viewer, const struct cr_widget *slider, double value, bool held) {
    if (slider->action == CR_DO_SPEED)
        hasten(viewer, (int)lround(value));
    else if (slider->action == CR_DO_SCRUB)
        cr_deed_go(viewer, (int32_t)lround(value));
    else if (slider->action == CR_DO_PARAMETER)
        cr_alteration_slide(viewer, field_at(slider->argument),
            slider->step > 0.0 ? round(value) : cr_slider_round(slider, value), held);
}

static void take_value(struct cr_viewer *viewer, const struct cr_field *field) {
    struct cr_parameters scratch;
    struct cr_error error = {0};
    if (cr_field_set_text(field, &scratch, viewer->typed.text, "", &error) != 0) {
        cr_viewer_complain(viewer, error.sentence);
        return;
    }
    cr_viewer_content(viewer);
    viewer->typing = NULL;
    cr_input_focus(viewer, "");
    cr_alteration_wish(viewer, field, cr_field_get(field, &scratch), 0);
}

/* The first row that passed the filter. */
static void take_first_measure(struct cr_viewer *viewer) {
    for (size_t i = viewer->widgets.begin[CR_LAYER_BOX]; i < viewer->widgets.count; i++)
        if (viewer->widgets.list[i].action == CR_DO_MEASURE_TAKE) {
            take_measure(viewer, viewer->widgets.list[i].argument);
            return;
        }
}

void cr_deed_typed(struct cr_viewer *viewer, const struct cr_widget *field) {
    if (field->action == CR_DO_SEARCH_TEXT)
        cr_choice_search(viewer);
    else if (field->action == CR_DO_PARAMETER_TEXT && viewer->typing)
        take_value(viewer, viewer->typing);
    else if (field->action == CR_DO_FILTER && viewer->box == CR_BOX_MEASURES)
        take_first_measure(viewer);
    else if (field->action == CR_DO_FILTER)
        cr_input_focus(viewer, cr_widgets_next(&viewer->widgets, field->name, 1)->name);
}

/* A complaint is over as soon as what is being typed could be taken. */
static void hear_value(struct cr_viewer *viewer, const struct cr_field *field) {
    struct cr_parameters scratch;
    struct cr_error error = {0};
    if (cr_field_set_text(field, &scratch, viewer->typed.text, "", &error) == 0)
        cr_viewer_content(viewer);
}

void cr_deed_typing(struct cr_viewer *viewer, const struct cr_widget *field) {
    if (field->action == CR_DO_SEARCH_TEXT) {
        viewer->choice.trouble[0] = '\0';
        viewer->choice.answered = false;
    } else if (field->action == CR_DO_PARAMETER_TEXT && viewer->typing)
        hear_value(viewer, viewer->typing);
    else if (field->action == CR_DO_FILTER)
        viewer->drawer_scroll = viewer->box_scroll = 0.0;
}
