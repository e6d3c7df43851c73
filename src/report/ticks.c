#include "report/ticks.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"

/* Steps by preference: 1, 5, 2, 2.5, 4, 3 times a power of ten. */
static const double steps[] = {1.0, 5.0, 2.0, 2.5, 4.0, 3.0};
enum { STEPS = sizeof steps / sizeof *steps };

struct labeling {
    double start, step; /* of the first tick, and between ticks */
    int count;
    double score;
};

static double simplicity(int rank, int skip, bool has_zero) {
    return 1.0 - rank / (STEPS - 1.0) - skip + (has_zero ? 1.0 : 0.0);
}

static double coverage(double from, double to, double first, double last) {
    const double tenth = 0.1 * (to - from);
    const double low = (from - first) / tenth, high = (to - last) / tenth;
    return 1.0 - 0.5 * (low * low + high * high);
}

static double density(int count, double wanted, double from, double to, double first, double last) {
    const double rate = (count - 1.0) / (last - first);
    const double wish = (wanted - 1.0) / (cr_max(last, to) - cr_min(first, from));
    return 2.0 - cr_max(rate / wish, wish / rate);
}

static double weigh(double simple, double covering, double dense, double legible) {
    return 0.25 * simple + 0.2 * covering + 0.5 * dense + 0.1 * legible;
}

/* The fewest decimals that write a multiple of the step exactly enough. */
static int decimals_of(double step) {
    enum { MOST = 12 };
    for (int decimals = 0; decimals < MOST; decimals++) {
        const double scaled = step * pow(10.0, decimals);
        if (fabs(scaled - round(scaled)) < 1e-6 * scaled)
            return decimals;
    }
    return MOST;
}

/* Tries the labelings of one step that enclose the range as closely as can be, or lie within it. */
static void try_step(struct labeling *best, const struct cr_chart_axis *axis, double wanted, enum cr_ticks_fit fit,
    int rank, int skip, double step) {
    const double slack = 1e-9;
    const double from = axis->from, to = axis->to;
    const bool inside = fit == CR_TICKS_INSIDE;
    const double low = inside ? ceil(from / step - slack) : floor(from / step + slack);
    const double high = inside ? floor(to / step + slack) : ceil(to / step - slack);
    const double count = high - low + 1.0;
    if (!(count >= 2.0) || count > CR_TICKS_MOST)
        return;
    /* of the ticks `skip` steps of this kind apart, those that pass through zero are the simplest */
    const double first = low * step, last = high * step;
    const bool has_zero = low <= 0.0 && high >= 0.0;
    const double percent = axis->form == CR_NUMBER_PERCENT ? 100.0 : 1.0;
    const double power = pow(10.0, floor(log10(step * percent) + 1e-9));
    const double legible = decimals_of(step * percent) > decimals_of(power) ? -1.0 : 1.0; /* 2.5, but not 25 */
    const double score = weigh(simplicity(rank, skip, has_zero), coverage(from, to, first, last),
        density((int)count, wanted, from, to, first, last), legible);
    if (score > best->score)
        *best = (struct labeling){first, step, (int)count, score};
}

static struct labeling search(const struct cr_chart_axis *axis, double wanted, enum cr_ticks_fit fit) {
    struct labeling best = {.count = 0, .score = -INFINITY};
    const double rough = (axis->to / 2.0 - axis->from / 2.0) / cr_max(wanted - 1.0, 1.0) * 2.0;
    const int power = (int)floor(log10(rough));
    enum { SKIPS = 3, POWERS = 2 };
    for (int skip = 1; skip <= SKIPS; skip++)
        for (int rank = 0; rank < STEPS; rank++) {
            if (weigh(simplicity(rank, skip, true), 1.0, 1.0, 1.0) <= best.score)
                continue;
            for (int z = power - POWERS; z <= power + POWERS; z++) {
                const double step = skip * steps[rank] * pow(10.0, z);
                if (!axis->whole || fabs(step - round(step)) < 1e-9)
                    try_step(&best, axis, wanted, fit, rank, skip, step);
            }
        }
    return best;
}

static const char *superscript(int digit) {
    static const char *const digits[] = {
        "\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074", "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
    return digits[digit];
}

static void append(char *buffer, size_t size, const char *text) {
    const size_t used = strlen(buffer);
    if (used + strlen(text) < size)
        memcpy(buffer + used, text, strlen(text) + 1);
}

static void append_power(char *buffer, size_t size, int power) {
    append(buffer, size, "10");
    if (power < 0)
        append(buffer, size, "\u207B");
    const int shown = power < 0 ? -power : power;
    for (int place = shown >= 100 ? 100 : shown >= 10 ? 10 : 1; place > 0; place /= 10)
        append(buffer, size, superscript(shown / place % 10));
}

const char *cr_ticks_write(double value, int decimals, enum cr_number_form form, char *buffer, size_t size) {
    const double shown = form == CR_NUMBER_PERCENT ? 100.0 * value : value;
    char digits[400];
    (void)cr_text_format(digits, sizeof digits, "%.*f", decimals < 0 ? 0 : decimals, fabs(shown));
    const size_t whole = strspn(digits, "0123456789");
    const bool zero = strspn(digits, "0.,") == strlen(digits);
    buffer[0] = '\0';
    if (shown < 0.0 && !zero)
        append(buffer, size, "\u2212");
    for (size_t i = 0; i < whole; i++) {
        const char digit[] = {digits[i], '\0'};
        if (i > 0 && (whole - i) % 3 == 0 && whole > 4)
            append(buffer, size, ",");
        append(buffer, size, digit);
    }
    const char *fraction = digits + whole + strcspn(digits + whole, "0123456789");
    if (*fraction) {
        append(buffer, size, ".");
        append(buffer, size, fraction);
    }
    if (form == CR_NUMBER_PERCENT)
        append(buffer, size, "%");
    return buffer;
}

/* A number as so many decimals times a power of ten. */
static const char *write_scaled(double value, int decimals, int power, char *buffer, size_t size) {
    if (value == 0.0)
        return cr_text_format(buffer, size, "0");
    (void)cr_ticks_write(value / pow(10.0, power), decimals, CR_NUMBER_PLAIN, buffer, size);
    append(buffer, size, "\u00A0\u00D7\u00A0");
    append_power(buffer, size, power);
    return buffer;
}

const char *cr_ticks_brief(double value, enum cr_number_form form, char *buffer, size_t size) {
    if (isnan(value))
        return cr_text_format(buffer, size, "NA");
    const double shown = fabs(form == CR_NUMBER_PERCENT ? 100.0 * value : value);
    if (form == CR_NUMBER_PERCENT)
        return cr_ticks_write(value, shown < 0.95 && shown > 0.0 ? 1 : 0, form, buffer, size);
    if (isinf(value))
        return cr_text_format(buffer, size, "%s", value < 0.0 ? "\u2212\u221E" : "\u221E");
    if (shown != 0.0 && (shown >= 1e7 || shown < 1e-4))
        return write_scaled(value, 1, (int)floor(log10(shown)), buffer, size);
    const int decimals = shown >= 99.95 || shown == 0.0 ? 0 : shown >= 9.995 ? 1 : shown >= 0.0995 ? 2 : 3;
    return cr_ticks_write(value, decimals, form, buffer, size);
}

int cr_ticks_decimals(const double *values, size_t count, enum cr_number_form form) {
    enum { SIGNIFICANT = 4, MOST = 8 };
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        const double shown = fabs(form == CR_NUMBER_PERCENT ? 100.0 * values[i] : values[i]);
        if (!(shown > 0.0 && shown < 1e15))
            continue;
        int decimals = (int)cr_clamp(SIGNIFICANT - 1 - floor(log10(shown)), 0.0, MOST);
        while (decimals > most) {
            const double shorter = shown * pow(10.0, decimals - 1);
            if (fabs(shorter - round(shorter)) > 0.049)
                break;
            decimals--;
        }
        most = decimals > most ? decimals : most;
    }
    return most;
}

static void write_linear(struct cr_ticks *ticks, const struct labeling *labeling, enum cr_number_form form) {
    const double last = labeling->start + (labeling->count - 1) * labeling->step;
    const double largest = cr_max(fabs(labeling->start), fabs(last));
    const double percent = form == CR_NUMBER_PERCENT ? 100.0 : 1.0;
    const bool scaled = form == CR_NUMBER_PLAIN && (largest >= 1e7 || largest < 1e-3);
    const int power = scaled ? (int)floor(log10(largest) + 1e-9) : 0;
    const int decimals = decimals_of(scaled ? labeling->step / pow(10.0, power) : labeling->step * percent);
    ticks->count = 0;
    for (int k = 0; k < labeling->count; k++) {
        const double at = labeling->start + k * labeling->step;
        ticks->at[ticks->count] = fabs(at) < 1e-9 * labeling->step ? 0.0 : at;
        char *text = ticks->text[ticks->count];
        if (scaled)
            (void)write_scaled(ticks->at[ticks->count], decimals, power, text, CR_TICK_TEXT);
        else
            (void)cr_ticks_write(ticks->at[ticks->count], decimals, form, text, CR_TICK_TEXT);
        ticks->count++;
    }
}

static void add_power(struct cr_ticks *ticks, double value, int power, bool written, enum cr_number_form form) {
    if (ticks->count == CR_TICKS_MOST)
        return;
    char *text = ticks->text[ticks->count];
    text[0] = '\0';
    ticks->at[ticks->count++] = value;
    if (!written)
        return;
    if (form == CR_NUMBER_PERCENT || (power >= -3 && power <= 5))
        (void)cr_ticks_write(
            value, decimals_of(form == CR_NUMBER_PERCENT ? 100.0 * value : value), form, text, CR_TICK_TEXT);
    else
        append_power(text, CR_TICK_TEXT, power);
}

static void find_powers(
    struct cr_ticks *ticks, const struct cr_chart_axis *axis, double wanted, enum cr_ticks_fit fit) {
    const double low = log10(axis->from), high = log10(axis->to);
    const bool inside = fit == CR_TICKS_INSIDE;
    const int first = (int)(inside ? ceil(low - 1e-9) : floor(low + 1e-9));
    const int last = (int)(inside ? floor(high + 1e-9) : ceil(high - 1e-9));
    const int every = (int)cr_max(1.0, ceil((last - first) / cr_max(wanted, 1.0)));
    ticks->count = 0;
    for (int power = first; power <= last; power += every)
        add_power(ticks, pow(10.0, power), power, true, axis->form);
}

/* 1, 2 and 5 times the powers of ten. */
static void find_ones_twos_fives(struct cr_ticks *ticks, const struct cr_chart_axis *axis, enum cr_ticks_fit fit) {
    static const double parts[] = {1.0, 2.0, 5.0};
    const int first = (int)floor(log10(axis->from)), last = (int)ceil(log10(axis->to));
    double below = 0.0, above = INFINITY;
    for (int power = first; power <= last; power++)
        for (int k = 0; k < 3; k++) {
            const double value = parts[k] * pow(10.0, power);
            if (value <= axis->from * (1.0 + 1e-9))
                below = value;
            if (value >= axis->to * (1.0 - 1e-9) && value < above)
                above = value;
        }
    const bool inside = fit == CR_TICKS_INSIDE;
    ticks->count = 0;
    for (int power = first; power <= last; power++)
        for (int k = 0; k < 3; k++) {
            const double value = parts[k] * pow(10.0, power);
            if (value >= (inside ? axis->from * (1.0 - 1e-9) : below) &&
                value <= (inside ? axis->to * (1.0 + 1e-9) : above))
                add_power(
                    ticks, value, (int)floor(log10(value) + 1e-9), k == 0 || (power >= -3 && power <= 5), axis->form);
        }
}

void cr_ticks_find(struct cr_ticks *ticks, const struct cr_chart_axis *axis, double wanted, enum cr_ticks_fit fit) {
    const double wish = cr_clamp(wanted, 2.0, CR_TICKS_MOST / 2.0);
    if (axis->logarithmic) {
        const double decades = log10(axis->to) - log10(axis->from);
        if (decades >= 1.0 && decades * 3.0 > 1.3 * wish) {
            find_powers(ticks, axis, wish, fit);
            if (ticks->count >= 2)
                return;
        }
        if (decades >= 0.6) {
            find_ones_twos_fives(ticks, axis, fit);
            if (ticks->count >= 2)
                return;
        }
    }
    struct labeling best = search(axis, wish, fit);
    if (axis->logarithmic && best.count > 0 && best.start <= 0.0)
        best = search(axis, wish, CR_TICKS_INSIDE);
    if (best.count > 0) {
        write_linear(ticks, &best, axis->form);
        return;
    }
    /* no two whole numbers lie within: the ends themselves, or the one */
    const double only = axis->whole ? ceil(axis->from) : axis->from;
    best = (struct labeling){only, axis->whole ? 1.0 : axis->to - axis->from, axis->whole ? 1 : 2, 0.0};
    write_linear(ticks, &best, axis->form);
}
