#include "base/stream.h"

#include <string.h>

struct position {
    struct cr_stream stream;
    enum cr_purpose purpose;
    uint32_t person, week, block;
    uint32_t words[4];
    unsigned used;
};

static void place(void *state, unsigned long seed) {
    struct position *position = state;
    memset(position, 0, sizeof *position);
    position->stream.seed = seed;
    position->purpose = CR_LUCK_RESAMPLE;
    position->used = 4;
}

static uint32_t next_word(struct position *position) {
    if (position->used == 4) {
        const philox4x32_ctr_t counter = {{position->person, position->week,
            ((uint32_t)position->purpose << 24U) | position->block, position->stream.replicate}};
        const philox4x32_key_t key = {{(uint32_t)position->stream.seed, (uint32_t)(position->stream.seed >> 32U)}};
        const philox4x32_ctr_t words = philox4x32(counter, key);
        memcpy(position->words, words.v, sizeof position->words);
        position->block++;
        position->used = 0;
    }
    return position->words[position->used++];
}

static unsigned long get(void *state) {
    return next_word(state);
}

static double get_double(void *state) {
    return ((double)next_word(state) + 0.5) * 0x1p-32;
}

static const gsl_rng_type philox = {
    .name = "philox4x32-10",
    .max = UINT32_MAX,
    .min = 0,
    .size = sizeof(struct position),
    .set = place,
    .get = get,
    .get_double = get_double,
};

const gsl_rng_type *const cr_stream_rng_type = &philox;

void cr_stream_seek(
    gsl_rng *rng, const struct cr_stream *stream, enum cr_purpose purpose, uint32_t person, uint32_t week) {
    struct position *position = gsl_rng_state(rng);
    position->stream = *stream;
    position->purpose = purpose;
    position->person = person;
    position->week = week;
    position->block = 0;
    position->used = 4;
}
