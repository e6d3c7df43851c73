#ifndef CR_VIZ_ACTION_H
#define CR_VIZ_ACTION_H

#include <SDL_keycode.h>
#include <stdbool.h>
#include <stddef.h>

/* What can be done by hand, and by which keys. Keys, help, scripts and tooltips all come from viz/controls/keys.def. */

enum cr_action {
#define CR_ACTION_ROW(action, keys, group, words) CR_DO_##action,
#include "viz/controls/keys.def"
    CR_ACTIONS,
    CR_DO_NOTHING = -1
};

struct cr_action_row {
    const char *name;  /* as "YEAR_BACK" */
    const char *keys;  /* separated by blanks; "" for none */
    const char *group; /* heading in the help */
    const char *words;
};

/* The row of an action; static. */
const struct cr_action_row *cr_action_row(enum cr_action action);

/* A key with what is held while it is pressed. A character that is no letter or digit is told by itself, wherever the
 * keyboard has it; letters, digits and keys with a name by their key. */
struct cr_key {
    SDL_Keycode code; /* SDLK_UNKNOWN if it is told by `character` */
    bool shift, control;
    char character; /* '\0' if it is told by `code` */
};

enum { CR_KEY_SIZE = 32 };

/* Reads a key as keys.def and scripts write it: "space", "shift+right", "ctrl+s", "p", "?". False if it is none. */
bool cr_key_parse(const char *text, struct cr_key *key);

bool cr_key_equal(struct cr_key one, struct cr_key other);

/* The action of a key; CR_DO_NOTHING. */
enum cr_action cr_key_action(struct cr_key key);

/* Writes the keys of an action as people say them, such as "Space", "Ctrl + S", "? or F1"; `most` of them.
 * "" for none. Returns `buffer`. */
const char *cr_action_keys(enum cr_action action, size_t most, char *buffer, size_t size);

#endif
