#include "cli/listing.h"

#include <string.h>

#include "cli/help.h"

static void print_quoted(FILE *out, const char *text) {
    putc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', out);
        putc(*text, out);
    }
    putc('"', out);
}

static void print_escaped(FILE *out, const char *text) {
    for (; *text; text++) {
        if (strchr("|<>*_\\", *text))
            putc('\\', out);
        putc(*text, out);
    }
}

void cr_listing_row(FILE *out, enum cr_listing listing, const char *const *cells, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (listing == CR_LISTING_MARKDOWN) {
            fputs(i == 0 ? "| " : " | ", out);
            print_escaped(out, cells[i]);
        } else if (listing == CR_LISTING_CSV) {
            fputs(i == 0 ? "" : ",", out);
            if (strpbrk(cells[i], ",\"\r\n"))
                print_quoted(out, cells[i]);
            else
                fputs(cells[i], out);
        }
    }
    if (listing != CR_LISTING_TEXT)
        fputs(listing == CR_LISTING_MARKDOWN ? " |\n" : "\n", out);
}

void cr_listing_heading(FILE *out, enum cr_listing listing, const char *const *names, size_t count) {
    cr_listing_row(out, listing, names, count);
    if (listing != CR_LISTING_MARKDOWN)
        return;
    for (size_t i = 0; i < count; i++)
        fputs(i == 0 ? "| ---" : " | ---", out);
    fputs(" |\n", out);
}

void cr_listing_entry(FILE *out, const char *name, const char *text) {
    enum { INDENT = 14 };
    fprintf(out, "  %-*s", INDENT - 2, name);
    cr_help_wrap(out, text, INDENT, INDENT, CR_LISTING_WIDTH);
}
