#include "report/measure_words.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "measure/measures.h"

/* {1} and {2} stand for the parts of the group in words (the second after the last blank), {y} for the last as years,
 * {g} for the group as it is named. */
static const struct words {
    const char *measure;
    enum cr_topic topic;
    const char *main;  /* groups that come first, separated by '|'; "*": all without a second part */
    const char *all;   /* of the group "all" */
    const char *one;   /* of a group of one part */
    const char *two;   /* of one of two parts */
    const char *brief; /* under the topic's heading, where there is little room; NULL: no such words */
    const char *whole; /* of all groups together; NULL: `all` says it */
} words[] = {
    {"ssp_share", CR_TOPIC_INFANCY, "*", NULL, "Share of infants in class {1}", NULL, "Class {g}",
        "Attachment classes of infants"},
    {"ssp_scale", CR_TOPIC_INFANCY, "", NULL, "Strange Situation rating: {1}", NULL, NULL,
        "Ratings in the Strange Situation"},
    {"infant_strategy_share", CR_TOPIC_INFANCY, "*", NULL, "Infants’ chance of {1} at home", NULL, "Home: {g}",
        "Strategies of infants at home"},
    {"ssp_sensitivity_r", CR_TOPIC_INFANCY, "secure", NULL, "Sensitive care with being {1}, r", NULL, "Sensitivity, r",
        "Sensitive care and the infant’s class"},
    {"ssp_fright_r", CR_TOPIC_INFANCY, "D", NULL, "Frightening care with class {g}, r", NULL, "Fright, r",
        "Frightening care and the infant’s class"},
    {"ssp_stability_r", CR_TOPIC_INFANCY, "all", "Stability of security from 13 to 18 months", NULL, NULL, "Stability",
        NULL},
    {"ssp_temperament_d", CR_TOPIC_INFANCY, "", NULL, "Negative temperament of {1} infants, d", NULL, NULL,
        "Negative temperament and the infant’s class"},
    {"ssp_arousal", CR_TOPIC_INFANCY, "", NULL, NULL, "Arousal {2} by infants of class {1}", NULL,
        "Arousal in the Strange Situation"},
    {"adult_three_way_share", CR_TOPIC_ADULTS, "", NULL, "Share of adults who choose the {1} paragraph", NULL, NULL,
        "Paragraphs that adults choose"},
    {"style_share", CR_TOPIC_ADULTS, "*", NULL, "Share of {1} adults", NULL, "Share {1}",
        "Attachment styles of adults"},
    {"style_share_by_age", CR_TOPIC_ADULTS, "", NULL, NULL, "Share of {2} adults at {1}", NULL,
        "Attachment styles of age groups"},
    {"ecr_mean", CR_TOPIC_ADULTS, "*", NULL, "Mean attachment {1}", NULL, "Mean {1}",
        "Attachment anxiety and avoidance"},
    {"ecr_sd", CR_TOPIC_ADULTS, "", NULL, "Standard deviation of attachment {1}", NULL, NULL,
        "Standard deviation of anxiety and avoidance"},
    {"ecr_r", CR_TOPIC_ADULTS, "", NULL, "Anxiety with avoidance at {1}, r", NULL, NULL,
        "Anxiety with avoidance by age, r"},
    {"ecr_age_slope", CR_TOPIC_ADULTS, "", NULL, "Change of attachment {1} per decade of age", NULL, NULL,
        "Change of anxiety and avoidance with age"},
    {"security_continuity_r", CR_TOPIC_CONTINUITY, "age_18|age_40", NULL, "Continuity of security, infancy to age {1}",
        NULL, "Infancy to {1}", "Continuity of security from infancy on"},
    {"adult_stability_r", CR_TOPIC_CONTINUITY, "*", NULL, "Stability of {1}, age 25 to 45", NULL, "Stable {1}",
        "Stability of anxiety and avoidance, age 25 to 45"},
    {"self_worth", CR_TOPIC_ADULTS, "all", "Self-worth of adults", "Self-worth of {1} adults", NULL, "Self-worth",
        NULL},
    {"strategy_share", CR_TOPIC_ADULTS, "*", NULL, "Needs of adults met by {1}", "Needs of {1} adults met by {2}",
        "Needs: {g}", "Strategies of adults in need"},
    {"distress", CR_TOPIC_ADULTS, "", NULL, "Distress of adults, {1}", "Distress of {1} adults, {2}", NULL,
        "Distress of adults, felt and shown"},
    {"availability_bias", CR_TOPIC_COUPLES, "all", "Perceived minus actual availability",
        "Perceived minus actual availability, {1} adults", NULL, "Availability bias", NULL},
    {"partnered_share", CR_TOPIC_COUPLES, "all", "Share of adults with a partner", "Share of {1} adults with a partner",
        NULL, "Partnered", NULL},
    {"satisfaction", CR_TOPIC_COUPLES, "all", "Satisfaction with the relationship",
        "Satisfaction of {1} adults with the relationship", NULL, "Satisfaction", NULL},
    {"partner_satisfaction_r", CR_TOPIC_COUPLES, "all", "Partners’ satisfaction, r", NULL, NULL, "Satisfaction, r",
        NULL},
    {"partner_avoidance_r", CR_TOPIC_COUPLES, "all", "Partners’ avoidance, r", NULL, NULL, "Avoidance, r", NULL},
    {"satisfaction_avoidance_beta", CR_TOPIC_COUPLES, "", NULL, "Slope of satisfaction on avoidance ({1})", NULL, NULL,
        "Slope of satisfaction on avoidance"},
    {"satisfaction_conflict_within_r", CR_TOPIC_COUPLES, "all", "Conflict and satisfaction in persons, r", NULL, NULL,
        "Conflict, r", NULL},
    {"satisfaction_icc", CR_TOPIC_COUPLES, "", "Share of satisfaction’s variance between persons", NULL, NULL, NULL,
        NULL},
    {"conflict", CR_TOPIC_COUPLES, "all", "Quarrels per week", "Quarrels per week of {1} adults", NULL, "Quarrels",
        NULL},
    {"ended_13_months", CR_TOPIC_LASTING, "married", NULL, "Ended within 13 months: {1}",
        "Ended within 13 months: {1}, {2} years", "Ended, {1}", "Relationships that end within 13 months"},
    {"relationship_survival", CR_TOPIC_LASTING, "1|5|10", NULL, "Relationships that last {y}",
        "Relationships that last {y}: {1}", "Lasting {y}", "Relationships that last"},
    {"relationship_hazard", CR_TOPIC_LASTING, "", NULL, "Separations per year, years {1} of the relationship", NULL,
        NULL, "Separations by duration of the relationship"},
    {"marriage_survival", CR_TOPIC_LASTING, "10", NULL, "First marriages intact after {y}", NULL, "Marriages, {g} y",
        "First marriages that stay intact"},
    {"cohabitation_survival", CR_TOPIC_LASTING, "10", NULL, "First cohabitations intact after {y}", NULL,
        "Cohabiting, {g} y", "First cohabitations that stay intact"},
    {"ending_share", CR_TOPIC_LASTING, "", NULL, "Endings for reason of {1}", NULL, NULL, "Why relationships end"},
    {"earned_security", CR_TOPIC_EARNED, "infancy|adult", "Earned security, of all who were ever insecure",
        "Earned security {1}", NULL, "Insecure, {g}", "Earned security"},
    {"earned_security_age", CR_TOPIC_EARNED, "all", "Age at which security is earned", NULL, NULL, "Age when earned",
        NULL},
};

static const char *const topic_names[CR_TOPICS] = {
    [CR_TOPIC_INFANCY] = "Infancy",
    [CR_TOPIC_ADULTS] = "Adults",
    [CR_TOPIC_CONTINUITY] = "Continuity",
    [CR_TOPIC_COUPLES] = "Couples",
    [CR_TOPIC_LASTING] = "Duration",
    [CR_TOPIC_EARNED] = "Earned security",
};

/* Parts of groups, of one measure or (NULL) of any. */
static const struct {
    const char *measure, *part, *word;
} parts[] = {
    {NULL, "A", "A (avoidant)"},
    {NULL, "B", "B (secure)"},
    {NULL, "C", "C (resistant)"},
    {NULL, "D", "D (disorganized)"},
    {NULL, "proximity", "seeking proximity"},
    {NULL, "contact", "maintaining contact"},
    {NULL, "open", "open bids"},
    {NULL, "deactivate", "deactivation"},
    {NULL, "appease", "appeasement"},
    {NULL, "actor", "one’s own"},
    {"satisfaction_avoidance_beta", "partner", "the partner’s"},
    {"earned_security", "infancy", "of those insecure in infancy"},
    {"earned_security", "adult", "of those insecure at 18"},
    {"earned_security", "partner", "that a partner brought"},
    {"earned_security", "caregiver", "that a caregiver brought"},
    {"earned_security", "other", "that came in other ways"},
};

const char *cr_topic_name(enum cr_topic topic) {
    return topic_names[topic];
}

static const struct words *words_of(int measure) {
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (strcmp(words[k].measure, cr_measures[measure].name) == 0)
            return &words[k];
    return NULL;
}

/* Text that grows up to CR_WORDS_SIZE. */
struct line {
    const char *measure;
    char *text;
    size_t length;
};

static void append(struct line *line, const char *text, size_t length) {
    const size_t room = CR_WORDS_SIZE - 1 - line->length, taken = length < room ? length : room;
    memcpy(line->text + line->length, text, taken);
    line->length += taken;
    line->text[line->length] = '\0';
}

static bool is_between_digits(const char *text, size_t at, size_t length) {
    return at > 0 && at + 1 < length && isdigit((unsigned char)text[at - 1]) && isdigit((unsigned char)text[at + 1]);
}

/* A part of a group in words: "age_18" is 18, "5-10" has a dash, "secure-insecure" is two persons. */
static void append_part(struct line *line, const char *part, size_t length) {
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        if (strlen(parts[k].part) == length && memcmp(parts[k].part, part, length) == 0 &&
            (parts[k].measure == NULL || strcmp(parts[k].measure, line->measure) == 0)) {
            append(line, parts[k].word, strlen(parts[k].word));
            return;
        }
    if (length > 4 && memcmp(part, "age_", 4) == 0) {
        part += 4;
        length -= 4;
    }
    for (size_t i = 0; i < length; i++) {
        if (part[i] == '-' && is_between_digits(part, i, length))
            append(line, "–", strlen("–"));
        else if (part[i] == '-')
            append(line, " with ", 6);
        else
            append(line, part[i] == '_' ? " " : &part[i], 1);
    }
}

static void append_years(struct line *line, const char *years) {
    append(line, years, strlen(years));
    append(line, strcmp(years, "1") == 0 ? " year" : " years", strcmp(years, "1") == 0 ? 5 : 6);
}

static void fill(struct line *line, const char *pattern, const char *group) {
    const char *const blank = strrchr(group, ' ');
    const size_t first = blank != NULL ? (size_t)(blank - group) : strlen(group);
    const char *const second = blank != NULL ? blank + 1 : group;
    while (*pattern != '\0') {
        if (strncmp(pattern, "{1}", 3) == 0)
            append_part(line, group, first);
        else if (strncmp(pattern, "{2}", 3) == 0)
            append_part(line, second, strlen(second));
        else if (strncmp(pattern, "{y}", 3) == 0)
            append_years(line, second);
        else if (strncmp(pattern, "{g}", 3) == 0)
            append(line, group, strlen(group));
        else
            append(line, pattern, 1);
        pattern += *pattern == '{' ? 3 : 1;
    }
}

const char *cr_measure_words(int measure, const char *group, char *buffer) {
    const struct words *const entry = words_of(measure);
    struct line line = {.measure = cr_measures[measure].name, .text = buffer};
    const char *pattern = NULL;
    buffer[0] = '\0';
    if (entry != NULL && strcmp(group, "all") == 0)
        pattern = entry->all;
    else if (entry != NULL)
        pattern = strchr(group, ' ') != NULL ? entry->two : entry->one;
    if (pattern != NULL) {
        fill(&line, pattern, group);
        return buffer;
    }
    return cr_text_format(buffer, CR_WORDS_SIZE, "%s: %s", cr_measures[measure].name, group);
}

const char *cr_measure_brief_words(int measure, const char *group, char *buffer) {
    const struct words *const entry = words_of(measure);
    struct line line = {.measure = cr_measures[measure].name, .text = buffer};
    if (entry == NULL || entry->brief == NULL || !cr_measure_is_main(measure, group))
        return cr_measure_words(measure, group, buffer);
    fill(&line, entry->brief, group);
    return buffer;
}

const char *cr_measure_inner_words(int measure, const char *group, char *buffer) {
    cr_measure_words(measure, group, buffer);
    if (strncmp(buffer, "Strange Situation", strlen("Strange Situation")) != 0)
        buffer[0] = (char)tolower((unsigned char)buffer[0]);
    return buffer;
}

const char *cr_measure_whole_words(int measure) {
    const struct words *const entry = words_of(measure);
    if (entry == NULL)
        return cr_measures[measure].name;
    return entry->whole != NULL ? entry->whole : entry->all;
}

const char *cr_measure_group_words(int measure, const char *group, char *buffer) {
    const struct words *const entry = words_of(measure);
    struct line line = {.measure = cr_measures[measure].name, .text = buffer};
    const bool years = entry != NULL && entry->one != NULL && strstr(entry->one, "{y}") != NULL;
    buffer[0] = '\0';
    fill(&line, strchr(group, ' ') != NULL ? "{1}, {2}" : years ? "{y}" : "{1}", group);
    return buffer;
}

enum cr_topic cr_measure_topic(int measure) {
    const struct words *const entry = words_of(measure);
    return entry != NULL ? entry->topic : CR_TOPIC_ADULTS;
}

bool cr_measure_is_main(int measure, const char *group) {
    const struct words *const entry = words_of(measure);
    if (entry == NULL)
        return true;
    return strcmp(entry->main, "*") == 0 ? strchr(group, ' ') == NULL : cr_text_choice(entry->main, group) >= 0;
}

const char *cr_measure_unit_words(int measure) {
    const char *const unit = cr_measures[measure].unit;
    if (strstr(unit, "scale points") != NULL)
        return "scale points";
    return strcmp(unit, "years") == 0 ? "years" : "";
}

bool cr_measure_is_bounded(int measure) {
    static const char *const units[] = {
        "share", "probability", "difference of probabilities", "share of variance", "correlation", "0-1"};
    for (size_t k = 0; k < sizeof units / sizeof *units; k++)
        if (strcmp(cr_measures[measure].unit, units[k]) == 0)
            return true;
    return false;
}
