#ifndef CR_VIZ_CARD_PAGE_H
#define CR_VIZ_CARD_PAGE_H

#include "report/canvas.h"
#include "viz/world/dossier.h"

/* How a card is drawn, without a window: columns, one a person, of sections beneath each other. Places are in points.
 */

enum { CR_CARD_LINKS = 48, CR_CARD_COLUMNS = 2 };

/* A person's name on the card. */
struct cr_card_link {
    struct cr_rect where;
    int32_t person;
};

struct cr_card_page {
    struct cr_canvas canvas;
    struct cr_card_link link[CR_CARD_LINKS];
    size_t link_count;
};

/* What a column is about; all borrowed. */
struct cr_card_subject {
    const struct cr_dossier *who;
    const struct cr_dossier *against; /* the same person in another world, to tell the differences; NULL for none */
    const char *world;                /* name of the scenario; NULL if there is but one */
    enum cr_meaning world_meaning, against_meaning; /* the colours of the two worlds */
};

/* The sections of a column, from above. */
enum cr_card_section {
    CR_CARD_HEAD,
    CR_CARD_CARE,
    CR_CARD_CAREGIVER,
    CR_CARD_BELIEFS,
    CR_CARD_NEED,
    CR_CARD_DISTRESS,
    CR_CARD_LOVE,
    CR_CARD_LIFE,
    CR_CARD_SECTIONS
};

/* What a whole card shows. */
struct cr_card_content {
    bool couple;                                                          /* the couple, else the person */
    size_t count;                                                         /* worlds */
    struct cr_dossier dossier[CR_CARD_COLUMNS], partner[CR_CARD_COLUMNS]; /* [world] */
    char world[CR_CARD_COLUMNS][CR_SCENARIO_NAME_SIZE];
};

/* What decides how large a card is. */
struct cr_card_shape {
    bool couple;                     /* as of its content */
    size_t worlds;                   /* 1 or 2 */
    bool partnered[CR_CARD_COLUMNS]; /* [world]: there is a partner whom a couple's card can tell of */
};

/* How a card is laid out. */
struct cr_card_plan {
    double zoom; /* pixels a point */
    bool beside; /* two columns stand beside each other, else beneath */
    int height;  /* pixels of all of it, which may be more than are in view */
};

/* The least width in points at which letters have their size: of columns beside or beneath each other. */
double cr_card_page_width(const struct cr_card_shape *shape, bool beside);

/* The plan of a card whose points shall be `zoom` pixels, in so many pixels of width, and of at least that height:
 * columns beside each other if both have room, else beneath; letters get smaller only where not even one column has
 * room, and no section is ever left out. */
struct cr_card_plan cr_card_plan(const struct cr_card_shape *shape, double zoom, int width, int least_height);

/* Draws all of it onto a context of so many pixels of width and of the plan's height; `page` is for the call, but for
 * its links. */
void cr_card_draw_page(
    struct cr_card_page *page, const struct cr_card_content *content, const struct cr_card_plan *plan, int width);

/* The shape of a content. */
struct cr_card_shape cr_card_content_shape(const struct cr_card_content *content);

/* The height in points that a column takes, without a margin, of one of two worlds or of the only one; without
 * CR_CARD_LOVE if it is `brief`, since the couple is told of elsewhere. */
double cr_card_column_height(bool worlds, bool brief);

/* Draws it into a rectangle of that height or more; what is more the line of life gets. */
void cr_card_draw_column(
    struct cr_card_page *page, const struct cr_card_subject *subject, bool brief, struct cr_rect where);

/* The life on a line: ratings over the years of life, relationships beneath, events above. */
void cr_card_draw_life(struct cr_card_page *page, const struct cr_card_subject *subject, struct cr_rect where);

/* What two partners have in common, in a strip of that height. */
double cr_card_couple_height(void);
void cr_card_draw_couple(
    struct cr_card_page *page, const struct cr_dossier *one, const struct cr_dossier *other, struct cr_rect where);

/* Pieces that sections are made of. */

/* The least size of letters, times the unit: at 12 points to the unit, 10. */
#define CR_CARD_LEAST_LETTERS 0.84

/* Letters of that size (times the unit) in ink or soft ink. */
struct cr_lettering cr_card_letters(const struct cr_card_page *page, double size, bool soft);

/* Writes a text with its upper left corner (or with `across` 1 its upper right one) there; returns its width. */
double cr_card_write(
    const struct cr_card_page *page, const char *text, struct cr_lettering lettering, double x, double y);

/* Writes a person's name and remembers where it stands; returns its width. */
double cr_card_write_person(
    struct cr_card_page *page, int32_t person, struct cr_lettering lettering, double x, double y);

/* A heading with a hairline above. */
void cr_card_heading(
    const struct cr_card_page *page, const char *text, const char *aside, double x, double y, double width);

/* A plate behind what differs between two worlds. */
void cr_card_mark_difference(const struct cr_card_page *page, struct cr_rect where);

/* A rectangle with round corners, as a path. */
void cr_card_round(cairo_t *cairo, struct cr_rect where, double radius);

#endif
