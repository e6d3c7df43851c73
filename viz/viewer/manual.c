#include "viz/viewer/manual.h"

#include <string.h>

#include "viz/controls/action.h"
#include "viz/panel/panels.h"
#include "viz/viewer/script.h"
#include "viz/viewer/search.h"
#include "viz/world/interventions.h"

static const char beginning[] =
    "# The viewer\n\n"
    "`cradle view SCENARIO` opens it; the options are in `cradle view --help`. This page is made from the tables that "
    "the viewer itself goes by.\n\n"
    "What is seen is the simulation's own state, copied between two weeks, and what its instruments say: nothing is "
    "worked out a second time. People stand where their ECR index of anxiety and avoidance is without error of rating; "
    "their colour and shape is the style as rated at the last survey, once a year. Children, whom no questionnaire "
    "asks, stand where the same index would have them. A flare is an episode of protest, deactivation or appeasement, "
    "what came of bids (comfort, rebuff, fright), a quarrel or a turning point of a life since the last picture. An "
    "open bid is seen by what came of it, and nothing comes of one that is ignored. When weeks go by faster than "
    "pictures, fewer are drawn than happened, in proportion; of comfort that follows no flare, only as many as the "
    "legend says. V thins "
    "them.\n\n"
    "Of two scenarios D marks what differs: who has another style or partner there is ringed, with a thread to the "
    "place there, and all others are faint; on the timeline a square stands before a relationship that is not in the "
    "other world, the same two within a year of its beginning, and behind one that ends otherwise there: by death in "
    "one world only, or more than a year apart.\n\n"
    "Time is recorded. Going back shows what was; a change made there forgets what came after, and asks first. Changes "
    "by hand become changes of the scenario (`changes` in its config): saved with Ctrl + S it can be run, swept and "
    "compared, with the same bytes. With `--out DIR` the run's files are those of `cradle run` of that replicate, and "
    "`--replay DIR` "
    "shows them again.\n\n"
    "A window that is larger than 2000 by 1125 pixels has larger letters, and all else with them: in quarters, four "
    "fifths of what 1600 by 900 would fill it with, which is 1.25 at 2560 by 1440 and 1.75 at 3840 by 2160, or more "
    "where the screen asks for more; `--scale` sets it. A recording (R, `--video`) keeps the size that it began with: "
    "when the window gets another one, the video goes on and shows all of it, between black bars.\n";

static void write_keys(FILE *out) {
    const char *group = "";
    (void)fputs("\n## Keys\n\nAll can be done with keys alone; every button tells its key.\n", out);
    for (int a = 0; a < CR_ACTIONS; a++) {
        const struct cr_action_row *row = cr_action_row((enum cr_action)a);
        char keys[128];
        if (*row->keys == '\0')
            continue;
        if (strcmp(row->group, group) != 0)
            (void)fprintf(out, "\n| %s | |\n| --- | --- |\n", row->group);
        group = row->group;
        (void)fprintf(out, "| %s | %s |\n", cr_action_keys((enum cr_action)a, 2, keys, sizeof keys), row->words);
    }
}

static void write_interventions(FILE *out) {
    (void)fputs("\n## Interventions\n\n| button | weeks | what | sets |\n| --- | ---: | --- | --- |\n", out);
    for (size_t i = 0; i < cr_intervention_count(); i++) {
        const struct cr_intervention *row = cr_intervention(i);
        (void)fprintf(out, "| %s | %d | %s | `%s` |\n", row->title, (int)row->weeks, row->what, row->settings);
    }
    (void)fputs(
        "\nAll other live parameters (`cradle params`) have a slider each, with unit, range and meaning.\n", out);
}

static void write_panels(FILE *out) {
    (void)fputs("\n## Panels\n\nM puts any of these, or any measure of `cradle measures`, into a panel:\n\n", out);
    for (int kind = 0; kind < CR_PANEL_MEASURE; kind++) {
        const struct cr_panel_choice choice = {.kind = (enum cr_panel_kind)kind};
        (void)fprintf(out, "- `%s`: %s\n", cr_panel_name(choice), cr_panel_title(choice));
    }
    (void)fputs(
        "\nWhere the mouse is on a chart, a thin line marks the nearest place that has values and a plate tells "
        "them, with their 95% intervals and whatever the small chart had no room to say. In a panel that is "
        "large (E), \342\206\220 and \342\206\222 move along the chart and on into the next small one; weeks go by "
        "with . and , there. \342\206\223 and \342\206\221 show one group alone after the other, and then all "
        "again; so does the wheel over any panel. It stays so when the panel is small again, where two "
        "scenarios otherwise leave room for the main groups only.\n",
        out);
}

static void write_search(FILE *out) {
    (void)fputs("\n## Search\n\nThe number of a person, or words in any order, such as", out);
    for (const char *const *each = cr_search_suggestions; *each != NULL; each++)
        (void)fprintf(out, "%s *%s*", each == cr_search_suggestions ? "" : ",", *each);
    (void)fputs(". Styles are those measured at the last survey. Enter again finds the next.\n\n"
                "The card of who was found or clicked stands beside the scenes, which make room for it; in a small "
                "window the panels do. The wheel over it, Page Up and Page Down scroll what has no room. The names on "
                "it lead to other people, by a click, or by Tab and Enter.\n",
        out);
}

static void write_script(FILE *out) {
    (void)fputs("\n## Scripts\n\n`--script FILE` carries out one command a line; `#` begins a comment, \"...\" holds "
                "words together. Each frame is a sixtieth of a second, however fast the machine is, so that a script "
                "shows the same everywhere. Widgets have the names that the recorded state (`state FILE.json`) tells "
                "under `focus` and `over`.\n\n| command | does |\n| --- | --- |\n",
        out);
    for (int c = 0; c < CR_SCRIPT_COMMANDS; c++) {
        const struct cr_script_row *row = cr_script_row((enum cr_script_command)c);
        (void)fprintf(out, "| `%s%s", row->name, *row->arguments ? " " : "");
        for (const char *at = row->arguments; *at != '\0'; at++)
            (void)fprintf(out, *at == '|' ? "\\%c" : "%c", *at);
        (void)fprintf(out, "` | %s |\n", row->what);
    }
}

void cr_manual_write(FILE *out) {
    (void)fputs(beginning, out);
    write_keys(out);
    write_interventions(out);
    write_panels(out);
    write_search(out);
    write_script(out);
}
