#include "viz/controls/pace.h"

#include <math.h>

#include "base/numeric.h"

const char *const cr_speed_words[CR_SPEEDS] = {"1 week a second", "4 weeks a second", "13 weeks a second",
    "52 weeks a second", "260 weeks a second", "as fast as it goes"};
const char *const cr_speed_names[CR_SPEEDS] = {"1", "4", "13", "52", "260", "fastest"};
static const double rates[CR_SPEEDS] = {1.0, 4.0, 13.0, 52.0, 260.0, (double)CR_PACE_COUNTED};

/* Weeks ahead of what is in sight, at the least, so that the engine never waits for a frame. */
static const int32_t least_ahead = 4;

void cr_pace_go(struct cr_pace *pace, int32_t week) {
    pace->due = week;
    pace->aim = pace->last = week;
}

void cr_pace_hasten(struct cr_pace *pace, enum cr_speed speed) {
    pace->due = pace->aim;
    pace->speed = speed;
}

void cr_pace_play(struct cr_pace *pace, bool playing) {
    pace->due = pace->aim;
    pace->last = pace->aim;
    pace->playing = playing;
}

/* As many weeks as the last three frames would have lived, which grows until the engine cannot follow. */
static double ahead(struct cr_pace *pace, int32_t week) {
    const int32_t lived = week > pace->last ? week - pace->last : 0;
    return week + cr_max(least_ahead, 3.0 * lived);
}

int32_t cr_pace_pass(struct cr_pace *pace, double seconds, int32_t week, int32_t weeks) {
    if (!pace->playing)
        return pace->aim;
    const double rate = rates[pace->speed];
    if (pace->speed == CR_SPEED_FASTEST && !pace->counted)
        pace->due = cr_max(pace->due, ahead(pace, week));
    else
        pace->due = cr_min(pace->due + rate * seconds, cr_max(week + cr_max(1.0, 0.25 * rate), pace->aim));
    pace->last = week;
    pace->due = cr_min(pace->due, weeks);
    /* Sums of sixtieths fall short of whole weeks by a hair. */
    pace->aim = (int32_t)floor(pace->due + 1e-6);
    if (week >= weeks && pace->aim >= weeks)
        pace->playing = false;
    return pace->aim;
}
