#ifndef CR_REPORT_MEASURE_WORDS_H
#define CR_REPORT_MEASURE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Measures in plain words, for readers who do not know the registry's names. */

/* The parts of life that measures are told under. */
enum cr_topic {
    CR_TOPIC_INFANCY,
    CR_TOPIC_ADULTS,
    CR_TOPIC_CONTINUITY,
    CR_TOPIC_COUPLES,
    CR_TOPIC_LASTING,
    CR_TOPIC_EARNED,
    CR_TOPICS
};

/* The topic as a heading, such as "Continuity". */
const char *cr_topic_name(enum cr_topic topic);

enum { CR_WORDS_SIZE = 160 };

/* Writes the measure (number of the row in cr_measures) of a group in words, such as "Share of secure adults"; returns
 * `buffer`, of CR_WORDS_SIZE bytes. */
const char *cr_measure_words(int measure, const char *group, char *buffer);

/* The same within a sentence: "share of secure adults". */
const char *cr_measure_inner_words(int measure, const char *group, char *buffer);

/* The same in a few words, to be read under the heading of its topic: "Share secure"; as above where there are none. */
const char *cr_measure_brief_words(int measure, const char *group, char *buffer);

/* The measure as a heading over all its groups, such as "Attachment styles of adults"; borrowed, everlasting. */
const char *cr_measure_whole_words(int measure);

/* The group alone, to be read under that heading: "A (avoidant)", "10 years"; returns `buffer`, of CR_WORDS_SIZE
 * bytes. */
const char *cr_measure_group_words(int measure, const char *group, char *buffer);

enum cr_topic cr_measure_topic(int measure);

/* Whether it is among those that come first: not a detail of another (a subgroup, one more age, a single rating). */
bool cr_measure_is_main(int measure, const char *group);

/* What is to be said after a number of that unit, such as "scale points"; "" where nothing is. */
const char *cr_measure_unit_words(int measure);

/* Whether its values cannot exceed 1 by their definition. */
bool cr_measure_is_bounded(int measure);

#endif
