#ifndef CR_BASE_STREAM_H
#define CR_BASE_STREAM_H

#include <gsl/gsl_rng.h>
#include <stdint.h>

#include <Random123/philox.h>

/* Luck. Random numbers are a function of (seed, replicate, purpose, person, week) and of nothing else: the
 * counter-based generator Philox4x32-10 (Salmon et al. 2011, SC '11) has no state to advance. So any replicate can be
 * rerun alone, one person more or fewer changes nobody else's luck, threads do not matter, and two scenarios compared
 * under one seed share every draw that both make. */

/* What a draw is for. Draws for one purpose never overlap those for another. New purposes go to the end. */
enum cr_purpose {
    CR_LUCK_BIRTH,      /* sex, week of birth, temperament, length of life */
    CR_LUCK_CAREGIVER,  /* the caregiver's profile; `week` counts the caregivers a child has had */
    CR_LUCK_TIMELINE,   /* which events of the timeline befall a person; `week` stands for the event's name */
    CR_LUCK_WEEK,       /* a person's week: how many needs, whom to turn to, availability, drift */
    CR_LUCK_EPISODE,    /* one episode; `block` counts the week's episodes */
    CR_LUCK_MEETING,    /* going out, where to, first impressions */
    CR_LUCK_COUPLE,     /* staying, leaving, moving in, marrying, quarrels */
    CR_LUCK_FIT,        /* how well two people fit; person and week are the two people */
    CR_LUCK_LABORATORY, /* the Strange Situation's course; `week` is the assessment's number */
    CR_LUCK_RATING,     /* an instrument's rating error; `block` is the instrument's number */
    CR_LUCK_RESAMPLE,   /* bootstrap and other resampling of results */
    CR_LUCK_DESIGN      /* draws of a study's design */
};

/* One replicate's luck. */
struct cr_stream {
    uint64_t seed;
    uint32_t replicate;
};

/* Fills `u` with four independent uniform numbers in the open interval (0, 1), multiples of 2^-33. `block` numbers
 * further quadruples for the same purpose, person and week; below 2^24. */
static inline __attribute__((always_inline)) void cr_stream_uniforms(const struct cr_stream *stream,
    enum cr_purpose purpose, uint32_t person, uint32_t week, uint32_t block, double u[4]) {
    const philox4x32_ctr_t counter = {{person, week, ((uint32_t)purpose << 24U) | block, stream->replicate}};
    const philox4x32_key_t key = {{(uint32_t)stream->seed, (uint32_t)(stream->seed >> 32U)}};
    const philox4x32_ctr_t words = philox4x32(counter, key);
    for (int i = 0; i < 4; i++)
        u[i] = ((double)words.v[i] + 0.5) * 0x1p-32;
}

/* The same numbers as a GSL generator, for everything that is not in the weekly loop: the words of block 0, then of
 * block 1, and so on. Place a generator of this type with cr_stream_seek before use; gsl_rng_set alone places it at
 * (seed, replicate 0, purpose CR_LUCK_RESAMPLE, person 0, week 0). */
extern const gsl_rng_type *const cr_stream_rng_type;
void cr_stream_seek(
    gsl_rng *rng, const struct cr_stream *stream, enum cr_purpose purpose, uint32_t person, uint32_t week);

#endif
