#include "report/apa_number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"

#define MINUS "\xE2\x88\x92"
#define DASH "\xE2\x80\x94"

int cr_apa_decimals(double difference, double half_width, int least, int most) {
    double size = fabs(difference);
    if (isnan(size) || half_width > size)
        size = half_width;
    if (!(size > 0.0))
        return most < 2 ? most : 2;
    const double wanted = 1.0 - floor(log10(size) + 1e-9);
    return (int)cr_clamp(wanted, (double)least, (double)most);
}

const char *cr_apa_number(double value, int decimals, bool bounded, char *buffer) {
    char digits[CR_APA_SIZE / 2];
    if (isnan(value))
        return cr_text_format(buffer, CR_APA_SIZE, DASH);
    if (fabs(value) < 1e12)
        (void)snprintf(digits, sizeof digits, "%.*f", decimals, fabs(value));
    else
        (void)snprintf(digits, sizeof digits, "%.3g", fabs(value));
    const bool nothing = strspn(digits, "0.") == strlen(digits);
    const char *const shown = bounded && digits[0] == '0' && digits[1] == '.' ? digits + 1 : digits;
    return cr_text_format(buffer, CR_APA_SIZE, "%s%s", value < 0.0 && !nothing ? MINUS : "", shown);
}

const char *cr_apa_interval(double low, double high, int decimals, bool bounded, char *buffer) {
    char from[CR_APA_SIZE], to[CR_APA_SIZE];
    if (isnan(low) || isnan(high))
        return cr_text_format(buffer, CR_APA_SIZE, DASH);
    return cr_text_format(buffer, CR_APA_SIZE, "[%.29s, %.29s]", cr_apa_number(low, decimals, bounded, from),
        cr_apa_number(high, decimals, bounded, to));
}

const char *cr_apa_p(double p, const char *before, char *buffer) {
    char number[CR_APA_SIZE];
    if (isnan(p))
        return cr_text_format(buffer, CR_APA_SIZE, "%s" DASH, before);
    if (p < 0.001)
        return cr_text_format(buffer, CR_APA_SIZE, "%s< .001", before);
    return cr_text_format(buffer, CR_APA_SIZE, "%s%s%.40s", before, *before != '\0' ? "= " : "",
        p > 0.9995 ? "1" : cr_apa_number(p, 3, true, number));
}

const char *cr_apa_count(int64_t count, char *buffer) {
    char digits[32];
    const int length = snprintf(digits, sizeof digits, "%lld", (long long)(count < 0 ? -count : count));
    size_t at = 0;
    if (count < 0)
        buffer[at++] = '-';
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            buffer[at++] = ',';
        buffer[at++] = digits[i];
    }
    buffer[at] = '\0';
    return buffer;
}
