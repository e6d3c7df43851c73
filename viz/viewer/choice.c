#include "viz/viewer/choice.h"

#include "base/text.h"

void cr_choice_take(struct cr_viewer *viewer, int32_t person, enum cr_card_shown card) {
    viewer->choice.person = person;
    viewer->choice.card = person == CR_NOBODY ? CR_SHOWN_NOTHING : card;
    if (person == CR_NOBODY)
        viewer->choice.follows = false;
    viewer->options.chosen = person;
}

/* Person, couple (if there is a partner), none, and round again. */
void cr_choice_turn_card(struct cr_viewer *viewer) {
    struct cr_choice *const choice = &viewer->choice;
    if (choice->person == CR_NOBODY) {
        cr_viewer_tell(viewer, "Nobody is chosen; click a person, or search with /");
        return;
    }
    const bool partnered = cr_viewer_now(viewer, 0)->partner[choice->person] != CR_NOBODY;
    switch (choice->card) {
    case CR_SHOWN_NOTHING:
        choice->card = CR_SHOWN_PERSON;
        break;
    case CR_SHOWN_PERSON:
        choice->card = partnered || viewer->viewing->count > 1 ? CR_SHOWN_COUPLE : CR_SHOWN_NOTHING;
        break;
    case CR_SHOWN_COUPLE:
        choice->card = CR_SHOWN_NOTHING;
        break;
    }
}

void cr_choice_go_to_partner(struct cr_viewer *viewer) {
    const int32_t person = viewer->choice.person;
    const int32_t partner = person == CR_NOBODY ? CR_NOBODY : cr_viewer_now(viewer, 0)->partner[person];
    if (partner == CR_NOBODY)
        cr_viewer_tell(viewer, "There is no partner to go to");
    else
        cr_choice_take(viewer, partner, viewer->choice.card);
}

void cr_choice_follow(struct cr_viewer *viewer) {
    if (viewer->choice.person == CR_NOBODY) {
        cr_viewer_tell(viewer, "Nobody is chosen; click a person, or search with /");
        return;
    }
    viewer->choice.follows = !viewer->choice.follows;
    cr_viewer_tell(viewer, viewer->choice.follows ? "Person %d stays in view" : "Person %d may leave the view",
        viewer->choice.person);
}

void cr_choice_next(struct cr_viewer *viewer) {
    struct cr_choice *const choice = &viewer->choice;
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    if (!choice->searched) {
        cr_viewer_tell(viewer, "Search first: press / and type whom");
        return;
    }
    choice->found = cr_query_next(&choice->query, now, choice->person);
    choice->found_in = now->week;
    choice->answered = choice->found.person != CR_NOBODY;
    if (choice->found.person == CR_NOBODY) {
        (void)cr_text_format(choice->trouble, sizeof choice->trouble, "Nobody is like that in this week.");
        if (viewer->box != CR_BOX_SEARCH)
            cr_viewer_tell(viewer, "%s", choice->trouble);
        return;
    }
    choice->trouble[0] = '\0';
    cr_choice_take(viewer, choice->found.person, choice->query.couple ? CR_SHOWN_COUPLE : CR_SHOWN_PERSON);
    if (viewer->box != CR_BOX_SEARCH)
        cr_viewer_tell(viewer, "Person %d: %d of %d", choice->found.person, choice->found.place, choice->found.all);
}

static bool same_query(const struct cr_query *one, const struct cr_query *other) {
    return one->id == other->id && one->couple == other->couple && one->style[0] == other->style[0] &&
           one->style[1] == other->style[1] && one->earned == other->earned && one->child == other->child &&
           one->adult == other->adult && one->state == other->state && one->sex == other->sex &&
           one->stage == other->stage && one->order == other->order;
}

void cr_choice_search(struct cr_viewer *viewer) {
    struct cr_choice *const choice = &viewer->choice;
    struct cr_query query;
    struct cr_error error = {0};
    if (cr_query_parse(viewer->search.text, &query, &error) != 0) {
        choice->found = (struct cr_found){.person = CR_NOBODY, .partner = CR_NOBODY};
        choice->answered = false;
        (void)cr_text_format(choice->trouble, sizeof choice->trouble, "%s", error.sentence);
        return;
    }
    /* Another query begins with its first answer, the same one goes on. */
    if (!choice->searched || !same_query(&query, &choice->query))
        choice->person = CR_NOBODY;
    choice->query = query;
    choice->searched = true;
    cr_choice_next(viewer);
}
