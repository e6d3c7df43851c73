#include "study/evidence.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum {
    TABLE_WIDTH = 110,
    GAP = 2,
    PUBLISHED_WIDTH = 9,
    SIMULATED_WIDTH = 14,
    VERDICT_WIDTH = 7,
    USE_WIDTH = 10,
    NUMBER_SIZE = 24,
    BAND_SIZE = 3 * NUMBER_SIZE
};

/* The columns whose width depends on what stands in them; the quantity gets what they leave. */
struct layout {
    size_t id, quantity, band;
};

static struct cr_estimate over_replicates(
    const struct cr_evidence_entry *entry, int64_t replicates, cr_evidence_look_up *look_up, void *context) {
    struct cr_estimate only = cr_estimate_undefined(0);
    double mean = 0.0, squares = 0.0;
    int64_t n = 0;
    for (int64_t r = 0; r < replicates; r++) {
        const struct cr_estimate estimate = look_up(context, entry->measure, entry->group, r);
        if (!isfinite(estimate.value))
            continue;
        only = estimate;
        n++;
        const double deviation = estimate.value - mean;
        mean += deviation / (double)n;
        squares += deviation * (estimate.value - mean);
    }
    if (n <= 1)
        return only;
    return (struct cr_estimate){.value = mean, .se = sqrt(squares / (double)(n - 1) / (double)n), .n = n};
}

void cr_evidence_judge(const struct cr_evidence *evidence, int64_t replicates, cr_evidence_look_up *look_up,
    void *context, struct cr_verdict *verdicts) {
    for (size_t i = 0; i < evidence->entry_count; i++) {
        const struct cr_evidence_entry *entry = &evidence->entries[i];
        struct cr_verdict *verdict = &verdicts[i];
        verdict->simulated = over_replicates(entry, replicates, look_up, context);
        if (isnan(verdict->simulated.value))
            verdict->state = CR_VERDICT_NOT_AVAILABLE;
        else if (verdict->simulated.value >= entry->low && verdict->simulated.value <= entry->high)
            verdict->state = CR_VERDICT_INSIDE;
        else
            verdict->state = CR_VERDICT_OUTSIDE;
    }
}

struct cr_evidence_tally cr_evidence_count(
    const struct cr_evidence *evidence, const struct cr_verdict *verdicts, enum cr_evidence_use use) {
    struct cr_evidence_tally tally = {0};
    for (size_t i = 0; i < evidence->entry_count; i++) {
        if (evidence->entries[i].use != use)
            continue;
        tally.entries++;
        tally.available += verdicts[i].state != CR_VERDICT_NOT_AVAILABLE;
        tally.inside += verdicts[i].state == CR_VERDICT_INSIDE;
    }
    return tally;
}

/* Columns that a text takes: its UTF-8 characters, which are the bytes that continue none. */
static size_t width_of(const char *text, size_t bytes) {
    size_t width = 0;
    for (size_t i = 0; i < bytes; i++)
        width += ((unsigned char)text[i] & 0xc0U) != 0x80U;
    return width;
}

static void print_cell(FILE *stream, const char *text, size_t bytes, size_t width) {
    const size_t taken = width_of(text, bytes);
    (void)fprintf(stream, "%.*s%*s", (int)bytes, text, taken < width ? (int)(width - taken) + GAP : GAP, "");
}

static void print_text(FILE *stream, const char *text, size_t width) {
    print_cell(stream, text, strlen(text), width);
}

/* How many bytes of `text` go on a line of `width`: up to a blank if there is one, otherwise as many as fit. */
static size_t line_of(const char *text, size_t width) {
    size_t end = 0, blank = 0, columns = 0;
    while (text[end]) {
        if (text[end] == ' ')
            blank = end;
        size_t next = end + 1;
        while (((unsigned char)text[next] & 0xc0U) == 0x80U)
            next++;
        if (++columns > width)
            return text[end] == ' ' || blank == 0 ? end : blank;
        end = next;
    }
    return end;
}

/* A simulated number: three decimals, and four digits where those would take more room. */
static const char *simulated(double value, char *buffer) {
    (void)snprintf(buffer, NUMBER_SIZE, fabs(value) < 100.0 ? "%.3f" : "%.4g", value);
    return strcmp(buffer, "-0.000") == 0 ? "0.000" : buffer;
}

static const char *band_of(const struct cr_evidence_entry *entry, char *buffer) {
    (void)snprintf(buffer, BAND_SIZE, "%.4g to %.4g", entry->low, entry->high);
    return buffer;
}

static void print_entry(const struct cr_evidence_entry *entry, const struct cr_verdict *verdict,
    const struct layout *layout, FILE *stream) {
    static const char *const states[] = {
        [CR_VERDICT_NOT_AVAILABLE] = "n/a", [CR_VERDICT_INSIDE] = "in band", [CR_VERDICT_OUTSIDE] = "MISS"};
    static const char *const uses[] = {[CR_EVIDENCE_CALIBRATED] = "calibrated", [CR_EVIDENCE_HELD_OUT] = "held out"};
    char first[NUMBER_SIZE], second[NUMBER_SIZE], cell[BAND_SIZE];
    const char *rest = entry->quantity;
    size_t bytes = line_of(rest, layout->quantity);
    print_text(stream, entry->id, layout->id);
    print_cell(stream, rest, bytes, layout->quantity);
    (void)snprintf(cell, sizeof cell, "%.4g", entry->value);
    print_text(stream, cell, PUBLISHED_WIDTH);
    print_text(stream, band_of(entry, cell), layout->band);
    if (verdict->state == CR_VERDICT_NOT_AVAILABLE)
        (void)snprintf(cell, sizeof cell, "-");
    else if (isnan(verdict->simulated.se))
        (void)snprintf(cell, sizeof cell, "%s", simulated(verdict->simulated.value, first));
    else
        (void)snprintf(cell, sizeof cell, "%s ± %s", simulated(verdict->simulated.value, first),
            simulated(verdict->simulated.se, second));
    print_text(stream, cell, SIMULATED_WIDTH);
    print_text(stream, states[verdict->state], VERDICT_WIDTH);
    (void)fprintf(stream, "%s\n", uses[entry->use]);
    for (rest += bytes; *(rest += strspn(rest, " ")); rest += bytes) {
        bytes = line_of(rest, layout->quantity);
        (void)fprintf(stream, "%*s%.*s\n", (int)layout->id + GAP, "", (int)bytes, rest);
    }
}

static struct layout layout_of(const struct cr_evidence *evidence) {
    char band[BAND_SIZE];
    struct layout layout = {.id = strlen("id"), .band = strlen("band")};
    for (size_t i = 0; i < evidence->entry_count; i++) {
        const size_t id = strlen(evidence->entries[i].id), width = strlen(band_of(&evidence->entries[i], band));
        layout.id = id > layout.id ? id : layout.id;
        layout.band = width > layout.band ? width : layout.band;
    }
    layout.quantity = TABLE_WIDTH - layout.id - layout.band -
                      (PUBLISHED_WIDTH + SIMULATED_WIDTH + VERDICT_WIDTH + USE_WIDTH + 6 * GAP);
    return layout;
}

static void print_tally(const char *label, struct cr_evidence_tally tally, FILE *stream) {
    (void)fprintf(stream, "%s: %zu of %zu inside", label, tally.inside, tally.entries);
    if (tally.available < tally.entries)
        (void)fprintf(stream, " (%zu not available)", tally.entries - tally.available);
    (void)fputc('\n', stream);
}

void cr_evidence_print(const struct cr_evidence *evidence, const struct cr_verdict *verdicts, FILE *stream) {
    static const char *const headings[] = {"id", "quantity", "published", "band", "simulated ± se", "verdict"};
    const struct layout layout = layout_of(evidence);
    const size_t widths[] = {layout.id, layout.quantity, PUBLISHED_WIDTH, layout.band, SIMULATED_WIDTH, VERDICT_WIDTH};
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        print_text(stream, headings[i], widths[i]);
    (void)fprintf(stream, "use\n");
    for (size_t i = 0; i < evidence->entry_count; i++) {
        if (i == 0 || evidence->entries[i].file != evidence->entries[i - 1].file)
            (void)fprintf(stream, "\n%s\n", evidence->files[evidence->entries[i].file].title);
        print_entry(&evidence->entries[i], &verdicts[i], &layout, stream);
    }
    (void)fputc('\n', stream);
    print_tally("calibrated", cr_evidence_count(evidence, verdicts, CR_EVIDENCE_CALIBRATED), stream);
    print_tally("held out", cr_evidence_count(evidence, verdicts, CR_EVIDENCE_HELD_OUT), stream);
}
