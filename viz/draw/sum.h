#ifndef CR_VIZ_SUM_H
#define CR_VIZ_SUM_H

#include <stdint.h>
#include <string.h>

/* A number of all that decides how a picture looks, so that it is drawn anew only when that has changed: FNV-1a by
 * words of 64 bits, with a shift that lets high bits count. */

#define CR_SUM_BEGIN UINT64_C(0xcbf29ce484222325)

static inline uint64_t cr_sum_word(uint64_t sum, uint64_t word) {
    sum = (sum ^ word) * UINT64_C(0x100000001b3);
    return sum ^ sum >> 29U;
}

static inline uint64_t cr_sum_real(uint64_t sum, double number) {
    uint64_t word;
    memcpy(&word, &number, sizeof word);
    return cr_sum_word(sum, word);
}

/* NULL counts as "". */
static inline uint64_t cr_sum_text(uint64_t sum, const char *text) {
    for (; text != NULL && *text != '\0'; text++)
        sum = cr_sum_word(sum, (unsigned char)*text);
    return cr_sum_word(sum, 0);
}

#endif
