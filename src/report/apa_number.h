#ifndef CR_REPORT_APA_NUMBER_H
#define CR_REPORT_APA_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers as the American Psychological Association (2020, ch. 6) has them written: no zero before the point of what
 * cannot exceed 1, a true minus sign, as many decimals as the precision deserves. */

enum { CR_APA_SIZE = 64 };

/* How many decimals, from `least` to `most`, show a difference of that size, or an interval of that half-width if it is
 * larger, with two significant digits. */
int cr_apa_decimals(double difference, double half_width, int least, int most);

/* Writes a number; `bounded`: it cannot exceed 1. NaN gives a dash. Returns `buffer`, of CR_APA_SIZE bytes. */
const char *cr_apa_number(double value, int decimals, bool bounded, char *buffer);

/* Writes "[.02, .11]". */
const char *cr_apa_interval(double low, double high, int decimals, bool bounded, char *buffer);

/* Writes a p to three decimals, after `before` ("p " or ""): "p = .034", "p < .001"; in tables ".034", "< .001". */
const char *cr_apa_p(double p, const char *before, char *buffer);

/* Writes a whole number with commas between thousands. */
const char *cr_apa_count(int64_t count, char *buffer);

#endif
