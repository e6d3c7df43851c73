#include "viz/viewer/search.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/text.h"

enum { WORD_SIZE = 32 };

const char *const cr_search_suggestions[] = {"earned secure", "anxious-avoidant couple", "longest couple",
    "happiest couple", "unhappiest couple", "secure single", "fearful couple", "married", "oldest woman", "child",
    NULL};

/* What a word stands for: it changes the query. */
enum meaning {
    MEANS_STYLE,
    MEANS_COUPLE,
    MEANS_EARNED,
    MEANS_CHILD,
    MEANS_ADULT,
    MEANS_STATE,
    MEANS_STAGE,
    MEANS_SEX,
    MEANS_GROWN, /* and of that sex */
    MEANS_YOUNG,
    MEANS_COUPLES_ORDER,
    MEANS_ORDER,
    MEANS_NUMBER, /* comes before a number */
    MEANS_NOTHING
};

static const struct {
    const char *word;
    enum meaning meaning;
    int value;
} words[] = {
    {"secure", MEANS_STYLE, CR_STYLE_SECURE},
    {"preoccupied", MEANS_STYLE, CR_STYLE_PREOCCUPIED},
    {"anxious", MEANS_STYLE, CR_STYLE_PREOCCUPIED},
    {"dismissing", MEANS_STYLE, CR_STYLE_DISMISSING},
    {"avoidant", MEANS_STYLE, CR_STYLE_DISMISSING},
    {"fearful", MEANS_STYLE, CR_STYLE_FEARFUL},
    {"couple", MEANS_COUPLE, 0},
    {"couples", MEANS_COUPLE, 0},
    {"earned", MEANS_EARNED, 0},
    {"child", MEANS_CHILD, 0},
    {"children", MEANS_CHILD, 0},
    {"adult", MEANS_ADULT, 0},
    {"single", MEANS_STATE, CR_SEARCH_SINGLE},
    {"partnered", MEANS_STATE, CR_SEARCH_PARTNERED},
    {"together", MEANS_STATE, CR_SEARCH_PARTNERED},
    {"dating", MEANS_STAGE, CR_SEARCH_DATING},
    {"cohabiting", MEANS_STAGE, CR_SEARCH_COHABITING},
    {"living", MEANS_STAGE, CR_SEARCH_COHABITING}, /* "together" goes on */
    {"married", MEANS_STAGE, CR_SEARCH_MARRIED},
    {"female", MEANS_SEX, CR_SEARCH_FEMALE},
    {"male", MEANS_SEX, CR_SEARCH_MALE},
    {"woman", MEANS_GROWN, CR_SEARCH_FEMALE},
    {"women", MEANS_GROWN, CR_SEARCH_FEMALE},
    {"man", MEANS_GROWN, CR_SEARCH_MALE},
    {"men", MEANS_GROWN, CR_SEARCH_MALE},
    {"girl", MEANS_YOUNG, CR_SEARCH_FEMALE},
    {"boy", MEANS_YOUNG, CR_SEARCH_MALE},
    {"longest", MEANS_COUPLES_ORDER, CR_SEARCH_LONGEST},
    {"happiest", MEANS_COUPLES_ORDER, CR_SEARCH_HAPPIEST},
    {"unhappiest", MEANS_COUPLES_ORDER, CR_SEARCH_UNHAPPIEST},
    {"oldest", MEANS_ORDER, CR_SEARCH_OLDEST},
    {"youngest", MEANS_ORDER, CR_SEARCH_YOUNGEST},
    {"no", MEANS_NUMBER, 0},
    {"number", MEANS_NUMBER, 0},
    {"#", MEANS_NUMBER, 0},
    {"a", MEANS_NOTHING, 0},
    {"an", MEANS_NOTHING, 0},
    {"the", MEANS_NOTHING, 0},
    {"person", MEANS_NOTHING, 0},
    {"people", MEANS_NOTHING, 0},
    {"show", MEANS_NOTHING, 0},
    {"me", MEANS_NOTHING, 0},
};
enum { WORDS = sizeof words / sizeof *words };

static int unknown(const char *word, struct cr_error *error) {
    struct cr_nearest nearest = CR_NEAREST_INIT;
    for (size_t i = 0; i < WORDS; i++)
        cr_nearest_consider(&nearest, word, words[i].word);
    if (nearest.best)
        return cr_error_set(error, CR_ERROR_USAGE, "\"%s\" is not known; did you mean %s?", word, nearest.best);
    return cr_error_set(error, CR_ERROR_USAGE,
        "\"%s\" is not known; try a number, a style (secure, anxious, avoidant, fearful), earned, single, married, "
        "child, couple",
        word);
}

static int add_style(struct cr_query *query, int style, struct cr_error *error) {
    if (query->style[0] == CR_STYLE_NONE)
        query->style[0] = style;
    else if (query->style[1] == CR_STYLE_NONE)
        query->style[1] = style;
    else
        return cr_error_set(error, CR_ERROR_USAGE, "a couple has two partners, so two styles at most");
    return 0;
}

static int add_number(struct cr_query *query, int64_t number, const char *word, struct cr_error *error) {
    if (number < 0 || number > INT32_MAX)
        return cr_error_set(error, CR_ERROR_USAGE, "there is nobody of the number %s", word);
    if (query->id != CR_NOBODY)
        return cr_error_set(error, CR_ERROR_USAGE, "one number at a time");
    query->id = (int32_t)number;
    return 0;
}

static int add_sex(struct cr_query *query, int sex, struct cr_error *error) {
    if (query->sex != CR_SEARCH_EITHER && (int)query->sex != sex)
        return cr_error_set(error, CR_ERROR_USAGE, "one sex at a time");
    query->sex = (enum cr_search_sex)sex;
    return 0;
}

static int take_word(struct cr_query *query, const char *word, bool *awaits_number, struct cr_error *error) {
    int64_t number;
    if (cr_text_to_integer(word + (*word == '#'), &number) == 0) {
        *awaits_number = false;
        return add_number(query, number, word, error);
    }
    size_t i = 0;
    while (i < WORDS && strcmp(words[i].word, word) != 0)
        i++;
    if (i == WORDS)
        return unknown(word, error);
    const int value = words[i].value;
    switch (words[i].meaning) {
    case MEANS_STYLE:
        return add_style(query, value, error);
    case MEANS_COUPLE:
        query->couple = true;
        break;
    case MEANS_EARNED:
        query->earned = true;
        break;
    case MEANS_CHILD:
        query->child = true;
        break;
    case MEANS_ADULT:
        query->adult = true;
        break;
    case MEANS_STATE:
        query->state = (enum cr_search_state)value;
        break;
    case MEANS_STAGE:
        query->stage = (enum cr_search_stage)value;
        break;
    case MEANS_GROWN:
        query->adult = true;
        return add_sex(query, value, error);
    case MEANS_YOUNG:
        query->child = true;
        return add_sex(query, value, error);
    case MEANS_SEX:
        return add_sex(query, value, error);
    case MEANS_COUPLES_ORDER:
        query->couple = true;
        query->order = (enum cr_search_order)value;
        break;
    case MEANS_ORDER:
        query->order = (enum cr_search_order)value;
        break;
    case MEANS_NUMBER:
        *awaits_number = true;
        break;
    case MEANS_NOTHING:
        break;
    }
    return 0;
}

/* Whether something can be like that at all. */
static int check(const struct cr_query *query, size_t said, struct cr_error *error) {
    if (said == 0)
        return cr_error_set(error, CR_ERROR_USAGE, "whom? A number, a style, earned, single, child, couple");
    if (query->style[1] != CR_STYLE_NONE && !query->couple)
        return cr_error_set(error, CR_ERROR_USAGE, "a person has one style; two are for a couple");
    if ((query->couple || query->stage != CR_SEARCH_ANY_STAGE) && query->state == CR_SEARCH_SINGLE)
        return cr_error_set(error, CR_ERROR_USAGE, "nobody in a couple is single");
    return 0;
}

int cr_query_parse(const char *text, struct cr_query *query, struct cr_error *error) {
    static const char gaps[] = " ,.-\t";
    *query = (struct cr_query){.id = CR_NOBODY, .style = {CR_STYLE_NONE, CR_STYLE_NONE}};
    size_t said = 0;
    bool awaits_number = false;
    for (text += strspn(text, gaps); *text; text += strspn(text, gaps)) {
        char word[WORD_SIZE];
        const size_t length = strcspn(text, gaps);
        size_t used = 0;
        for (; used < length && used + 1 < sizeof word; used++)
            word[used] = (char)tolower((unsigned char)text[used]);
        word[used] = '\0';
        const int code = take_word(query, word, &awaits_number, error);
        if (code)
            return code;
        said++;
        text += length;
    }
    if (awaits_number)
        return cr_error_set(error, CR_ERROR_USAGE, "which number? For example no. 17");
    return check(query, said, error);
}

static bool has_style(const struct cr_snapshot *snapshot, int32_t person, int style) {
    return style == CR_STYLE_NONE || snapshot->style[person] == style;
}

static bool is_earned(const struct cr_snapshot *snapshot, int32_t person) {
    return snapshot->earning[person] == CR_EARNING_SECURE;
}

static bool has_sex(const struct cr_query *query, const struct cr_snapshot *snapshot, int32_t person) {
    return query->sex == CR_SEARCH_EITHER || (snapshot->female[person] != 0) == (query->sex == CR_SEARCH_FEMALE);
}

static bool has_stage(const struct cr_query *query, const struct cr_snapshot *snapshot, int32_t person) {
    static const uint8_t stages[] = {
        [CR_SEARCH_DATING] = CR_DATING, [CR_SEARCH_COHABITING] = CR_COHABITING, [CR_SEARCH_MARRIED] = CR_MARRIED};
    if (query->stage == CR_SEARCH_ANY_STAGE)
        return true;
    const int32_t bond = snapshot->bond[person];
    return bond != CR_NOBODY && snapshot->ties[bond].stage == stages[query->stage];
}

static bool is_couple_meant(const struct cr_query *query, const struct cr_snapshot *snapshot, int32_t person) {
    const int32_t partner = snapshot->partner[person];
    if (partner < person || !has_stage(query, snapshot, person))
        return false;
    if (!has_sex(query, snapshot, person) && !has_sex(query, snapshot, partner))
        return false;
    if (query->earned && !is_earned(snapshot, person) && !is_earned(snapshot, partner))
        return false;
    return (has_style(snapshot, person, query->style[0]) && has_style(snapshot, partner, query->style[1])) ||
           (has_style(snapshot, person, query->style[1]) && has_style(snapshot, partner, query->style[0]));
}

static bool is_meant(const struct cr_query *query, const struct cr_snapshot *snapshot, int32_t person) {
    const uint8_t presence = snapshot->presence[person];
    if (query->id != CR_NOBODY)
        return person == query->id; /* of the dead, too, there is a card */
    if (presence != CR_CHILD && presence != CR_ADULT)
        return false;
    if (query->couple)
        return is_couple_meant(query, snapshot, person);
    if ((query->child && presence != CR_CHILD) || (query->adult && presence != CR_ADULT))
        return false;
    if (query->state != CR_SEARCH_ANY &&
        (presence != CR_ADULT || (snapshot->partner[person] == CR_NOBODY) != (query->state == CR_SEARCH_SINGLE)))
        return false;
    return (!query->earned || is_earned(snapshot, person)) && has_style(snapshot, person, query->style[0]) &&
           has_sex(query, snapshot, person) && has_stage(query, snapshot, person);
}

/* What those found are ordered by, the smallest first; ties by number. */
static double rank(const struct cr_query *query, const struct cr_snapshot *snapshot, int32_t person) {
    if (query->order == CR_SEARCH_OLDEST || query->order == CR_SEARCH_YOUNGEST) {
        const double partner = query->couple ? (double)snapshot->age[snapshot->partner[person]] : 0.0;
        const double age = (double)snapshot->age[person] + partner;
        return query->order == CR_SEARCH_OLDEST ? -age : age;
    }
    if (query->order == CR_SEARCH_BY_NUMBER || snapshot->bond[person] == CR_NOBODY)
        return 0.0;
    const struct cr_tie *tie = &snapshot->ties[snapshot->bond[person]];
    const double satisfaction = isnan(tie->satisfaction) ? 0.0 : (double)tie->satisfaction;
    return query->order == CR_SEARCH_LONGEST    ? tie->start
           : query->order == CR_SEARCH_HAPPIEST ? -satisfaction
                                                : satisfaction;
}

struct cr_found cr_query_next(const struct cr_query *query, const struct cr_snapshot *snapshot, int32_t last) {
    struct cr_found found = {CR_NOBODY, CR_NOBODY, 0, 0};
    const int32_t people = (int32_t)snapshot->people;
    const bool goes_on = last >= 0 && last < people && is_meant(query, snapshot, last);
    const double last_rank = goes_on ? rank(query, snapshot, last) : 0.0;
    int32_t first = CR_NOBODY, next = CR_NOBODY, passed = 0;
    double first_rank = 0.0, next_rank = 0.0;
    for (int32_t person = 0; person < people; person++) {
        if (!is_meant(query, snapshot, person))
            continue;
        const double own = rank(query, snapshot, person);
        found.all++;
        if (first == CR_NOBODY || own < first_rank) {
            first = person;
            first_rank = own;
        }
        if (!goes_on)
            continue;
        if (own < last_rank || (own <= last_rank && person <= last)) {
            passed++;
        } else if (next == CR_NOBODY || own < next_rank) {
            next = person;
            next_rank = own;
        }
    }
    found.person = next != CR_NOBODY ? next : first;
    found.place = next != CR_NOBODY ? passed + 1 : (found.all > 0);
    if (query->couple && found.person != CR_NOBODY)
        found.partner = snapshot->partner[found.person];
    return found;
}
