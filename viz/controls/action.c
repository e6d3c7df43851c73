#include "viz/controls/action.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "base/text.h"

static const struct cr_action_row rows[] = {
#define CR_ACTION_ROW(action, keys, group, words) {#action, keys, group, words},
#include "viz/controls/keys.def"
};

static const struct {
    const char *name, *words;
    SDL_Keycode code;
} named[] = {
    {"space", "Space", SDLK_SPACE},
    {"right", "\342\206\222", SDLK_RIGHT},
    {"left", "\342\206\220", SDLK_LEFT},
    {"up", "\342\206\221", SDLK_UP},
    {"down", "\342\206\223", SDLK_DOWN},
    {"pageup", "Page up", SDLK_PAGEUP},
    {"pagedown", "Page down", SDLK_PAGEDOWN},
    {"home", "Home", SDLK_HOME},
    {"end", "End", SDLK_END},
    {"tab", "Tab", SDLK_TAB},
    {"return", "Enter", SDLK_RETURN},
    {"enter", "Enter", SDLK_RETURN},
    {"escape", "Escape", SDLK_ESCAPE},
    {"backspace", "Backspace", SDLK_BACKSPACE},
    {"delete", "Delete", SDLK_DELETE},
    {"f1", "F1", SDLK_F1},
    {"f11", "F11", SDLK_F11},
};
enum { NAMED = sizeof named / sizeof *named };

const struct cr_action_row *cr_action_row(enum cr_action action) {
    return &rows[action];
}

static bool begins(const char **text, const char *word) {
    const size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0 || (*text)[length] == '\0')
        return false;
    *text += length;
    return true;
}

bool cr_key_parse(const char *text, struct cr_key *key) {
    *key = (struct cr_key){.code = SDLK_UNKNOWN};
    for (;;) {
        if (begins(&text, "shift+"))
            key->shift = true;
        else if (begins(&text, "ctrl+"))
            key->control = true;
        else
            break;
    }
    for (size_t i = 0; i < NAMED; i++)
        if (strcmp(text, named[i].name) == 0)
            key->code = named[i].code;
    if (key->code != SDLK_UNKNOWN)
        return true;
    if (strlen(text) != 1 || !isgraph((unsigned char)*text))
        return false;
    if (isalnum((unsigned char)*text))
        key->code = (SDL_Keycode)tolower((unsigned char)*text);
    else if (!key->shift && !key->control)
        key->character = *text;
    else
        return false;
    return true;
}

bool cr_key_equal(struct cr_key one, struct cr_key other) {
    return one.code == other.code && one.shift == other.shift && one.control == other.control &&
           one.character == other.character;
}

/* Copies the next of the keys, and returns where to go on; NULL behind the last. */
static const char *next_key(const char *keys, char word[CR_KEY_SIZE]) {
    keys += strspn(keys, " ");
    const size_t length = strcspn(keys, " ");
    if (length == 0)
        return NULL;
    assert(length < CR_KEY_SIZE);
    (void)cr_text_format(word, CR_KEY_SIZE, "%.*s", (int)length, keys);
    return keys + length;
}

enum cr_action cr_key_action(struct cr_key key) {
    char word[CR_KEY_SIZE];
    for (int action = 0; action < CR_ACTIONS; action++)
        for (const char *at = rows[action].keys; (at = next_key(at, word)) != NULL;) {
            struct cr_key own;
            if (cr_key_parse(word, &own) && cr_key_equal(own, key))
                return (enum cr_action)action;
        }
    return CR_DO_NOTHING;
}

static void say(const char *word, char *buffer, size_t size) {
    struct cr_key key;
    const bool known = cr_key_parse(word, &key);
    assert(known);
    (void)known;
    char one[16];
    (void)cr_text_format(one, sizeof one, "%c", key.character ? key.character : toupper((int)(key.code & 0x7f)));
    const char *words = one;
    for (size_t i = 0; i < NAMED; i++)
        if (key.code == named[i].code)
            words = named[i].words;
    (void)cr_text_format(buffer, size, "%s%s%s", key.control ? "Ctrl + " : "", key.shift ? "Shift + " : "", words);
}

const char *cr_action_keys(enum cr_action action, size_t most, char *buffer, size_t size) {
    char word[CR_KEY_SIZE];
    size_t used = 0, count = 0;
    buffer[0] = '\0';
    for (const char *at = rows[action].keys; count < most && (at = next_key(at, word)) != NULL; count++) {
        char words[CR_KEY_SIZE + 16];
        say(word, words, sizeof words);
        (void)cr_text_format(buffer + used, size - used, "%s%s", count ? " or " : "", words);
        used += strlen(buffer + used);
    }
    return buffer;
}
