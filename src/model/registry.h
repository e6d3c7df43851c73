#ifndef CR_MODEL_REGISTRY_H
#define CR_MODEL_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* The described fields of a struct: one row a field, from which config reading, `--set`, checks, help, documentation,
 * sweep axes, store columns, sliders and the fingerprint all come. The rows themselves stand in the `.def` files of
 * this folder; adding a parameter is adding one row there. */

enum cr_value_type {
    CR_REAL,    /* stored as double */
    CR_INTEGER, /* stored as int64_t */
    CR_BOOLEAN, /* stored as bool */
    CR_CHOICE   /* stored as int: the index of the word among `choices` */
};

enum cr_role {
    CR_FIXED,     /* shapes the simulation; set before the run */
    CR_LIVE,      /* shapes the simulation; may change while it runs */
    CR_INSTRUMENT /* shapes only what is measured, never what happens */
};

struct cr_field {
    const char *key; /* "group.name", as written in configs and after --set */
    enum cr_value_type type;
    double initial;          /* default; for CR_CHOICE the index of the word */
    double minimum, maximum; /* allowed range, both ends included */
    const char *choices;     /* CR_CHOICE: the words, separated by '|'; otherwise NULL */
    const char *unit;        /* "1" for a pure number, "probability", "per week", "years", ... */
    enum cr_role role;
    const char *what;   /* one sentence: the meaning */
    const char *source; /* a citation, "calibrated: <evidence ids>", or "assumed" */
    size_t offset;      /* of the field in the struct that the registry describes */
};

/* For the tables of rows: the index of the last word of the literal "word|word|..." of at most 128 characters, as a
 * constant. */
#define CR_BAR(words, i) ((words)[(i) / sizeof(words) ? 0 : (i)] == '|')
#define CR_BARS_4(words, i)                                                                                            \
    (CR_BAR(words, i) + CR_BAR(words, (i) + 1) + CR_BAR(words, (i) + 2) + CR_BAR(words, (i) + 3))
#define CR_BARS_16(words, i)                                                                                           \
    (CR_BARS_4(words, i) + CR_BARS_4(words, (i) + 4) + CR_BARS_4(words, (i) + 8) + CR_BARS_4(words, (i) + 12))
#define CR_BARS_64(words, i)                                                                                           \
    (CR_BARS_16(words, i) + CR_BARS_16(words, (i) + 16) + CR_BARS_16(words, (i) + 32) + CR_BARS_16(words, (i) + 48))
#define CR_LAST_CHOICE(words) (CR_BARS_64(words, 0) + CR_BARS_64(words, 64))

struct cr_registry {
    const char *noun; /* "parameter", "profile field", "event field": for sentences */
    const struct cr_field *fields;
    size_t count;
};

/* The field with that key, or NULL. */
const struct cr_field *cr_registry_find(const struct cr_registry *registry, const char *key);

/* Fills the struct that `object` points to with every field's default. */
void cr_registry_reset(const struct cr_registry *registry, void *object);

/* Whether two structs that the registry describes hold the same values. */
bool cr_registry_equal(const struct cr_registry *registry, const void *one, const void *other);

/* A field's value as a number (a boolean as 0 or 1, a choice as its index). */
double cr_field_get(const struct cr_field *field, const void *object);

/* Stores `value` after checking type and range. CR_ERROR_CONFIG, and nothing stored, when it is out of range, not
 * finite, or (for the whole-number types) not whole; the sentence names key, value and the allowed range, after `where`
 * (for example "configs/x.cfg:12: "; may be ""). */
CR_NODISCARD int cr_field_set(
    const struct cr_field *field, void *object, double value, const char *where, struct cr_error *error);

/* As cr_field_set, from text: a number, true|false|yes|no|on|off, or one of the choices. */
CR_NODISCARD int cr_field_set_text(
    const struct cr_field *field, void *object, const char *text, const char *where, struct cr_error *error);

/* Stores a value that has been checked: one that cr_field_set has taken before, or cr_field_get has given. */
void cr_field_store(const struct cr_field *field, void *object, double value);

/* Writes the value (a real with the fewest digits that read back the same, a choice as its word) and returns `buffer`.
 */
const char *cr_field_format(const struct cr_field *field, const void *object, char *buffer, size_t size);

/* Writes the allowed values in words, such as "0 to 1", "true or false", "none | profiles". Returns `buffer`. */
const char *cr_field_range(const struct cr_field *field, char *buffer, size_t size);

/* Records that `shown`, whatever it was, is no value for the field; what a config file wrote may be of no type that
 * cr_field_set takes. Returns CR_ERROR_CONFIG; the sentence is that of cr_field_set. */
int cr_field_refuse(const struct cr_field *field, const char *shown, const char *where, struct cr_error *error);

/* The words that stand for the values 0, 1, ... of a choice or a boolean, separated by '|'; NULL for numbers. Static.
 */
const char *cr_field_words(const struct cr_field *field);

/* "real", "integer", "boolean" or "choice"; "fixed", "live" or "instrument". Static. */
const char *cr_value_type_name(enum cr_value_type type);
const char *cr_role_name(enum cr_role role);

/* Records that `key` is unknown and which known key is nearest. Returns CR_ERROR_CONFIG. */
int cr_registry_unknown(const struct cr_registry *registry, const char *key, const char *where, struct cr_error *error);

#endif
