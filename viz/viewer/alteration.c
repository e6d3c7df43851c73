#include "viz/viewer/alteration.h"

#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "viz/viewer/input.h"
#include "viz/world/interventions.h"

/* Arrow keys come one after the other; the value that they end at is the change. */
static const double rest_seconds = 0.35;

static size_t first_world(const struct cr_viewer *viewer) {
    return viewer->world < viewer->viewing->count ? viewer->world : 0;
}

double cr_alteration_value(const struct cr_viewer *viewer, const struct cr_field *field) {
    if (viewer->slide.field == field)
        return viewer->slide.value;
    for (size_t i = 0; i < viewer->wish_count; i++)
        if (viewer->wishes[i].field == field)
            return viewer->wishes[i].value;
    return cr_field_get(field, &cr_viewer_now(viewer, first_world(viewer))->parameters);
}

double cr_alteration_initial(const struct cr_viewer *viewer, const struct cr_field *field) {
    return cr_field_get(field, &viewer->viewing->scenarios[first_world(viewer)].parameters);
}

static void make(struct cr_viewer *viewer) {
    viewer->order = cr_engine_change(&viewer->engine, viewer->world, viewer->wishes, viewer->wish_count);
    cr_viewer_content(viewer);
    viewer->altered = true;
    viewer->written = false;
    viewer->wish_count = 0;
}

/* While the past is looked at, its recorded future would be forgotten, so that must be agreed to. */
static void ask_or_make(struct cr_viewer *viewer) {
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    if (now->week >= now->head) {
        make(viewer);
        return;
    }
    cr_pace_play(&viewer->pace, false);
    cr_viewer_aim(viewer);
    viewer->box = CR_BOX_QUESTION;
    (void)cr_text_format(viewer->focus_before, sizeof viewer->focus_before, "%s", viewer->focus);
    cr_input_focus(viewer, "agree");
}

static void add_wish(struct cr_viewer *viewer, const struct cr_field *field, double value, int32_t weeks) {
    if (viewer->wish_count < CR_WISHES_MAX)
        viewer->wishes[viewer->wish_count++] = (struct cr_wish){field, value, weeks};
}

void cr_alteration_wish(struct cr_viewer *viewer, const struct cr_field *field, double value, int32_t weeks) {
    struct cr_parameters scratch;
    struct cr_error error = {0};
    if (viewer->box == CR_BOX_QUESTION)
        return;
    if (cr_field_set(field, &scratch, value, "", &error) != 0) {
        cr_viewer_tell(viewer, "%s", error.sentence);
        return;
    }
    viewer->wish_count = 0;
    add_wish(viewer, field, value, weeks);
    ask_or_make(viewer);
}

void cr_alteration_intervene(struct cr_viewer *viewer, size_t intervention) {
    struct cr_intervention_setting settings[CR_INTERVENTION_SETTINGS];
    const struct cr_intervention *const each = cr_intervention(intervention);
    struct cr_error error = {0};
    size_t count;
    if (viewer->box == CR_BOX_QUESTION)
        return;
    if (cr_intervention_settings(each, settings, &count, &error) != 0) {
        cr_viewer_tell(viewer, "%s", error.sentence);
        return;
    }
    viewer->wish_count = 0;
    for (size_t i = 0; i < count; i++)
        add_wish(viewer, settings[i].field, settings[i].value, each->weeks);
    ask_or_make(viewer);
    if (viewer->box != CR_BOX_QUESTION)
        cr_viewer_tell(viewer, "%s begins, for %d weeks", each->title, each->weeks);
}

void cr_alteration_answer(struct cr_viewer *viewer, bool agreed) {
    if (agreed)
        make(viewer);
    viewer->wish_count = 0;
    viewer->box = CR_BOX_NONE;
    cr_input_focus(viewer, viewer->focus_before);
}

static void take_slide(struct cr_viewer *viewer) {
    const struct cr_slide slide = viewer->slide;
    viewer->slide = (struct cr_slide){.field = NULL};
    const double now = cr_alteration_value(viewer, slide.field);
    if (slide.value < now || slide.value > now)
        cr_alteration_wish(viewer, slide.field, slide.value, 0);
}

void cr_alteration_slide(struct cr_viewer *viewer, const struct cr_field *field, double value, bool held) {
    if (viewer->slide.field && viewer->slide.field != field)
        take_slide(viewer);
    viewer->slide = (struct cr_slide){.field = field, .value = value, .rests = rest_seconds, .held = held};
}

void cr_alteration_pass(struct cr_viewer *viewer, double seconds) {
    struct cr_slide *const slide = &viewer->slide;
    if (!slide->field)
        return;
    if (slide->held && viewer->mouse.down)
        return;
    slide->rests -= slide->held ? rest_seconds : seconds;
    if (slide->rests <= 0.0)
        take_slide(viewer);
}
