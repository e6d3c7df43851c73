#ifndef CR_FUZZ_H
#define CR_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* What libFuzzer calls with each input, and what replay.c calls with each file of the corpus. Returns 0; ends the
 * program when a promise is broken. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
