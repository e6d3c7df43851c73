#ifndef CR_VIZ_TEXT_FIELD_H
#define CR_VIZ_TEXT_FIELD_H

#include <stdbool.h>
#include <stddef.h>

/* One line of text that is being typed. Begin with all zero: empty. */

enum { CR_TEXT_FIELD_SIZE = 96 };

struct cr_text_field {
    char text[CR_TEXT_FIELD_SIZE]; /* UTF-8 */
    size_t cursor;                 /* bytes before it; never within a character */
    bool fresh;                    /* the next character that is typed replaces all */
};

/* Replaces all by a text, which ends at the last whole character that fits; the cursor stands behind it. */
void cr_text_field_set(struct cr_text_field *field, const char *text);

/* Types what a keyboard gave, at the cursor; what does not fit or is no text is left out. */
void cr_text_field_type(struct cr_text_field *field, const char *text);

enum cr_text_move { CR_TEXT_LEFT, CR_TEXT_RIGHT, CR_TEXT_HOME, CR_TEXT_END };
void cr_text_field_move(struct cr_text_field *field, enum cr_text_move move);

/* Removes the character before the cursor, or behind it. */
void cr_text_field_backspace(struct cr_text_field *field);
void cr_text_field_delete(struct cr_text_field *field);

#endif
