#include "viz/controls/text_field.h"

#include <string.h>

#include "base/text.h"

static bool within_character(char byte) {
    return ((unsigned char)byte & 0xc0U) == 0x80U;
}

static size_t before(const struct cr_text_field *field, size_t at) {
    if (at > 0)
        at--;
    while (at > 0 && within_character(field->text[at]))
        at--;
    return at;
}

static size_t behind(const struct cr_text_field *field, size_t at) {
    if (field->text[at] != '\0')
        at++;
    while (within_character(field->text[at]))
        at++;
    return at;
}

void cr_text_field_set(struct cr_text_field *field, const char *text) {
    *field = (struct cr_text_field){.cursor = 0};
    cr_text_field_type(field, text);
}

/* The bytes of as many whole characters as fit into `room` bytes. */
static size_t fitting(const char *text, size_t room) {
    size_t length = strlen(text);
    if (length <= room)
        return length;
    length = room;
    while (length > 0 && within_character(text[length]))
        length--;
    return length;
}

void cr_text_field_type(struct cr_text_field *field, const char *text) {
    if (!cr_text_is_utf8(text, strlen(text)) || (unsigned char)*text < ' ')
        return;
    if (field->fresh)
        *field = (struct cr_text_field){.cursor = 0};
    const size_t used = strlen(field->text);
    const size_t length = fitting(text, CR_TEXT_FIELD_SIZE - 1 - used);
    memmove(field->text + field->cursor + length, field->text + field->cursor, used - field->cursor + 1);
    memcpy(field->text + field->cursor, text, length);
    field->cursor += length;
}

void cr_text_field_move(struct cr_text_field *field, enum cr_text_move move) {
    field->fresh = false;
    switch (move) {
    case CR_TEXT_LEFT:
        field->cursor = before(field, field->cursor);
        break;
    case CR_TEXT_RIGHT:
        field->cursor = behind(field, field->cursor);
        break;
    case CR_TEXT_HOME:
        field->cursor = 0;
        break;
    case CR_TEXT_END:
        field->cursor = strlen(field->text);
        break;
    }
}

static void cut(struct cr_text_field *field, size_t from, size_t to) {
    if (field->fresh) {
        *field = (struct cr_text_field){.cursor = 0};
        return;
    }
    memmove(field->text + from, field->text + to, strlen(field->text + to) + 1);
    field->cursor = from;
}

void cr_text_field_backspace(struct cr_text_field *field) {
    cut(field, before(field, field->cursor), field->cursor);
}

void cr_text_field_delete(struct cr_text_field *field) {
    cut(field, field->cursor, behind(field, field->cursor));
}
