#ifndef CR_VIZ_PACE_H
#define CR_VIZ_PACE_H

#include <stdbool.h>
#include <stdint.h>

/* How time goes on in the viewer: at rest, or so many weeks a second, and which week the engine is to aim at. */

enum cr_speed { CR_SPEED_1, CR_SPEED_4, CR_SPEED_13, CR_SPEED_52, CR_SPEED_260, CR_SPEED_FASTEST, CR_SPEEDS };

/* "1 week a second", ..., "as fast as it goes"; and "1", ..., "fastest". Static. */
extern const char *const cr_speed_words[CR_SPEEDS];
extern const char *const cr_speed_names[CR_SPEEDS];

/* Begin with all zero: at rest in week 0. */
struct cr_pace {
    bool playing;
    bool counted; /* time passes frame by frame: the fastest is CR_PACE_COUNTED weeks a second */
    enum cr_speed speed;
    double due;   /* weeks that should have been lived by now */
    int32_t aim;  /* the last whole one */
    int32_t last; /* the week in sight a frame ago */
};

enum { CR_PACE_COUNTED = 780 };

/* Goes to a week, and on from there if it plays. */
void cr_pace_go(struct cr_pace *pace, int32_t week);

/* Plays, or rests at the week that is aimed at already, so that nothing lived is gone back from. */
void cr_pace_play(struct cr_pace *pace, bool playing);

/* Another speed from here on. */
void cr_pace_hasten(struct cr_pace *pace, enum cr_speed speed);

/* Lets `seconds` pass. `week` is the one in sight: what is due never runs further ahead of it than a quarter of a
 * second's worth, so that a slow machine is shown slower, not later; as fast as it goes means three frames' worth
 * ahead. At the end of the run (`weeks`) it rests. Returns the week to aim at. */
int32_t cr_pace_pass(struct cr_pace *pace, double seconds, int32_t week, int32_t weeks);

#endif
