#include "viz/card/card_words.h"

#include <math.h>
#include <stdio.h>

const char *const cr_card_beliefs[CR_BELIEFS] = {
    [CR_OPEN] = "If I ask, I am comforted",
    [CR_PRESSED] = "If I protest, I am comforted",
    [CR_REBUFF] = "If I reach out, I am turned away",
    [CR_FEAR] = "Those close to me frighten me",
    [CR_WORTH] = "I am worth caring for",
};

const char *cr_card_time(int32_t weeks, char *buffer) {
    static const struct {
        int32_t from;
        double length;
        const char *one, *many;
    } units[] = {{2 * CR_WEEKS_A_YEAR, CR_WEEKS_A_YEAR, "year", "years"},
        {9, CR_WEEKS_A_YEAR / 12.0, "month", "months"}, {0, 1.0, "week", "weeks"}};
    size_t u = 0;
    while (weeks < units[u].from)
        u++;
    const int count = (int)floor(weeks / units[u].length);
    (void)snprintf(buffer, CR_CARD_TIME, "%d %s", count, count == 1 ? units[u].one : units[u].many);
    return buffer;
}

const char *cr_card_who(const struct cr_dossier *dossier, char *buffer) {
    enum { GROWN_UP = 18 };
    char age[CR_CARD_TIME];
    const int32_t until = dossier->death >= 0 ? dossier->death : dossier->week;
    const int32_t weeks = until - dossier->birth;
    if (weeks < 0) {
        (void)snprintf(buffer, CR_CARD_WORDS, "not born yet");
        return buffer;
    }
    const bool child = weeks < GROWN_UP * CR_WEEKS_A_YEAR;
    const char *const noun = dossier->female ? (child ? "girl" : "woman") : (child ? "boy" : "man");
    if (dossier->death >= 0)
        (void)snprintf(buffer, CR_CARD_WORDS, "%s, died at %d", noun, (int)(weeks / CR_WEEKS_A_YEAR));
    else
        (void)snprintf(buffer, CR_CARD_WORDS, "%s, %s", noun, cr_card_time(weeks, age));
    return buffer;
}

const char *cr_card_class(enum cr_class class) {
    static const char *const names[CR_CLASSES] = {"A, avoidant", "B, secure", "C, resistant", "D, disorganized"};
    return class == CR_CLASS_NONE ? "–" : names[class];
}

const char *cr_card_style(enum cr_style style) {
    return style == CR_STYLE_NONE ? "–" : cr_style_names[style];
}

static const char *parting(const struct cr_life_event *event) {
    static const char *const words[] = {"leaves", "left by", "parts from"};
    return words[event->by >= 0 && event->by <= 2 ? event->by : 2];
}

const char *cr_card_event(const struct cr_life_event *event, char *buffer) {
    static const char *const words[CR_LIFE_EVENTS] = {
        [CR_LIFE_BIRTH] = "born",
        [CR_LIFE_NEW_CAREGIVER] = "new caregiver",
        [CR_LIFE_CAREGIVER_DEATH] = "caregiver dies",
        [CR_LIFE_PAIRING] = "meets",
        [CR_LIFE_MOVING_IN] = "moves in with",
        [CR_LIFE_WEDDING] = "marries",
        [CR_LIFE_BEREAVEMENT] = "loses",
        [CR_LIFE_EARNING] = "earns security",
        [CR_LIFE_LOSING] = "loses security",
        [CR_LIFE_DEATH] = "dies",
    };
    const char *const what = event->kind == CR_LIFE_SEPARATION ? parting(event) : words[event->kind];
    if (event->kind == CR_LIFE_VISIT)
        (void)snprintf(buffer, CR_CARD_WORDS, "%s",
            event->detail >= 0 && event->detail < CR_CLASSES ? cr_class_names[event->detail] : "visit");
    else if (event->other != CR_NOBODY)
        (void)snprintf(buffer, CR_CARD_WORDS, "%s %d", what, (int)event->other);
    else
        (void)snprintf(buffer, CR_CARD_WORDS, "%s", what);
    return buffer;
}

int cr_card_event_weight(const struct cr_life_event *event, int32_t lasted) {
    static const int weights[CR_LIFE_EVENTS] = {
        [CR_LIFE_BIRTH] = 0,
        [CR_LIFE_VISIT] = 3,
        [CR_LIFE_NEW_CAREGIVER] = 8,
        [CR_LIFE_CAREGIVER_DEATH] = 5,
        [CR_LIFE_PAIRING] = 2,
        [CR_LIFE_MOVING_IN] = 1,
        [CR_LIFE_WEDDING] = 7,
        [CR_LIFE_SEPARATION] = 3,
        [CR_LIFE_BEREAVEMENT] = 9,
        [CR_LIFE_EARNING] = 10,
        [CR_LIFE_LOSING] = 9,
        [CR_LIFE_DEATH] = 9,
    };
    enum { LONG = 5 * CR_WEEKS_A_YEAR };
    const bool of_two = event->kind == CR_LIFE_PAIRING || event->kind == CR_LIFE_SEPARATION;
    return weights[event->kind] + (of_two && lasted >= LONG ? 4 : 0);
}
