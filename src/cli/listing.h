#ifndef CR_CLI_LISTING_H
#define CR_CLI_LISTING_H

#include <stddef.h>
#include <stdio.h>

#include "cli/options.h"

/* The three ways in which commands print a registry. */

enum { CR_LISTING_WIDTH = 120 };

enum cr_listing { CR_LISTING_TEXT, CR_LISTING_MARKDOWN, CR_LISTING_CSV }; /* the index of the word after --format */

#define CR_LISTING_OPTION                                                                                              \
    {                                                                                                                  \
        .name = "format", .type = CR_OPTION_CHOICE, .argument = "FORMAT", .what = "how to print",                      \
        .choices = "text|md|csv", .initial = "text"                                                                    \
    }

/* Prints the names of the columns, or one row, as Markdown or CSV (RFC 4180 quoting, plain line ends); nothing for
 * CR_LISTING_TEXT, whose look is the command's. */
void cr_listing_heading(FILE *out, enum cr_listing listing, const char *const *names, size_t count);
void cr_listing_row(FILE *out, enum cr_listing listing, const char *const *cells, size_t count);

/* Prints "  name     text", broken into lines. */
void cr_listing_entry(FILE *out, const char *name, const char *text);

#endif
