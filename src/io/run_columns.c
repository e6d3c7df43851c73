#include "io/run_columns.h"

#define REAL(name, what)                                                                                               \
    { name, CR_COLUMN_REAL, what }
#define INTEGER(name, what)                                                                                            \
    { name, CR_COLUMN_INTEGER, what }
#define TEXT(name, what)                                                                                               \
    { name, CR_COLUMN_TEXT, what }

static const struct cr_column measures_columns[] = {INTEGER("replicate", "number of the replicate, from 1"),
    TEXT("measure", "name of the measure; see cradle measures"), TEXT("group", "group it was taken of"),
    REAL("value", "estimate"), REAL("se", "standard error within the replicate"),
    INTEGER("n", "independent observations that it rests on")};

static const struct cr_column series_columns[] = {INTEGER("replicate", "number of the replicate, from 1"),
    REAL("year", "years since the first birth of the run"), TEXT("measure", "name of the measure; see cradle measures"),
    TEXT("group", "group it was taken of"), REAL("value", "estimate of that year")};

static const struct cr_column people_columns[] = {INTEGER("replicate", "number of the replicate, from 1"),
    INTEGER("person", "number of the person, from 0"),
    INTEGER("mother", "number of the mother; NA for founders, whose parents are no agents"),
    INTEGER("father", "likewise of the father"), TEXT("sex", "female or male"),
    REAL("birth", "year of the run in which the person was born"),
    REAL("death", "year of death; NA for those alive at the end"),
    REAL("temperament", "negative temperament, standard normal"),
    INTEGER("caregivers", "how many caregivers the child has had"),
    REAL("care_sensitivity", "the last caregiver's sensitivity by nature, 0-1"),
    REAL("care_availability", "its availability, 0-1"), REAL("care_inconsistency", "its inconsistency, chance a week"),
    REAL("care_rebuff", "its rebuff, 0-1"), REAL("care_fright", "how often it frightens, 0-1"),
    REAL("lived_available", "share of the weeks of childhood in which a caregiver was available"),
    REAL("lived_comforted", "share of the needs of childhood that ended in comfort"),
    REAL("lived_rebuffed", "share that ended in rebuff"), REAL("lived_frightened", "share that ended in fright"),
    TEXT("ssp_class", "A, B, C or D at the first visit to the laboratory"),
    REAL("ssp_proximity", "proximity seeking, 1-7"), REAL("ssp_contact", "contact maintaining, 1-7"),
    REAL("ssp_resistance", "resistance, 1-7"), REAL("ssp_avoidance", "avoidance, 1-7"),
    REAL("ssp_disorganization", "disorganization, 1-9"),
    REAL("prototype_open", "prototype: belief that asking plainly brings comfort, 0-1"),
    REAL("prototype_pressed", "prototype: that protest brings comfort"),
    REAL("prototype_rebuff", "prototype: that reaching out is rebuffed"),
    REAL("prototype_fear", "prototype: that the figure frightens"),
    REAL("prototype_worth", "prototype: worth of oneself"),
    REAL("anxiety_18", "ECR anxiety at the first survey from 18 on, 1-7"),
    REAL("avoidance_18", "ECR avoidance then, 1-7"), TEXT("style_18", "style then, by cut"),
    REAL("anxiety_40", "ECR anxiety at the first survey from 40 on, 1-7"), REAL("avoidance_40", "ECR avoidance then"),
    TEXT("style_40", "style then"), REAL("anxiety_end", "ECR anxiety at the last survey answered"),
    REAL("avoidance_end", "ECR avoidance then"), TEXT("style_end", "style then"),
    REAL("worth_end", "self-worth then, 0-1"), INTEGER("relationships", "relationships the person has had"),
    REAL("earned_age", "age at which two years of earned security began; NA if not earned"),
    TEXT("earned_route", "whose episodes moved beliefs towards security most: partner, caregiver, other"),
    REAL("earned_lost_age", "age at which it was first lost again")};

static const struct cr_column panel_columns[] = {INTEGER("replicate", "number of the replicate, from 1"),
    INTEGER("person", "number of the person, from 0"), REAL("year", "years since the first birth of the run"),
    REAL("age", "age in years"), REAL("anxiety", "ECR anxiety as rated, 1-7; NA in children"),
    REAL("avoidance", "ECR avoidance as rated, 1-7"), INTEGER("partner", "number of the partner; NA without one"),
    REAL("satisfaction", "satisfaction with the relationship as rated; 0 is neither satisfied nor dissatisfied"),
    REAL("trust", "belief in the partner's comfort, free of fear, 0-1"), REAL("conflict", "recent quarrels a week"),
    REAL("perceived_availability", "believed chance that the partner comforts on asking plainly"),
    REAL("actual_availability", "the partner's true chance"), REAL("open_share", "chance of an open bid this week"),
    REAL("protest_share", "chance of protest"), REAL("deactivate_share", "chance of deactivation"),
    REAL("appease_share", "chance of appeasement"), REAL("arousal_shown", "arousal shown at this week's needs, summed"),
    REAL("arousal_felt", "arousal felt at them, summed"), REAL("strain", "slow average of arousal")};

static const struct cr_column relationships_columns[] = {INTEGER("replicate", "number of the replicate, from 1"),
    INTEGER("relationship", "number of the relationship, from 0, by its start"),
    INTEGER("person_a", "the partner with the lower number"), INTEGER("person_b", "the other partner"),
    INTEGER("order_a", "which relationship of a's life, from 1"), INTEGER("order_b", "likewise of b's"),
    REAL("start", "year of the run in which it began"), REAL("cohabiting", "year of moving in together; NA: never"),
    REAL("married", "year of the wedding; NA: never"), REAL("end", "year in which it ended; NA if it lasts"),
    TEXT("stage", "stage that it reached"), TEXT("ended_by", "who left or died: a, b or both"),
    TEXT("reason", "what the one who left held most against it, or death"),
    INTEGER("censored", "1 if it did not end by separation (it lasts, or a partner died)"),
    TEXT("style_a", "a's style at the last survey before the start; NA before the first"),
    TEXT("style_b", "likewise of b"), REAL("satisfaction_start_a", "a's satisfaction at the start, latent"),
    REAL("satisfaction_start_b", "likewise of b"),
    REAL("satisfaction_mean_a", "a's mean satisfaction over the weeks together"),
    REAL("satisfaction_mean_b", "likewise of b"), REAL("satisfaction_end_a", "a's satisfaction in the last week"),
    REAL("satisfaction_end_b", "likewise of b")};

static const struct cr_column infants_columns[] = {INTEGER("replicate", "number of the replicate, from 1"),
    INTEGER("infant", "number of the infant"), INTEGER("visit", "1: at about 13 months, 2: at 18 months"),
    INTEGER("caregiver", "which of the child's caregivers came along, from 1"), REAL("age", "age in years"),
    REAL("sensitivity", "the caregiver's true sensitivity at the time, 0-1"),
    REAL("observed_sensitivity", "as rated at home, 1-9"), REAL("availability", "true availability, 0-1"),
    REAL("inconsistency", "true inconsistency"), REAL("rebuff", "true rebuff, 0-1"), REAL("fright", "true fright, 0-1"),
    REAL("proximity", "proximity seeking, 1-7"), REAL("contact", "contact maintaining, 1-7"),
    REAL("resistance", "resistance, 1-7"), REAL("avoidance", "avoidance, 1-7"),
    REAL("disorganization", "disorganization, 1-9"), REAL("exploration", "share of the reunion spent in play"),
    TEXT("class", "A, B, C or D"), REAL("arousal_shown", "mean distress shown over separations and reunions"),
    REAL("arousal_felt", "mean arousal felt")};

static const struct {
    const char *name;
    const struct cr_column *columns;
    size_t count;
} files_of_a_run[CR_RUN_FILES] = {
#define FILE_ROW(name)                                                                                                 \
    { #name, name##_columns, sizeof name##_columns / sizeof *name##_columns }
    [CR_FILE_MEASURES] = FILE_ROW(measures),
    [CR_FILE_SERIES] = FILE_ROW(series),
    [CR_FILE_PEOPLE] = FILE_ROW(people),
    [CR_FILE_PANEL] = FILE_ROW(panel),
    [CR_FILE_RELATIONSHIPS] = FILE_ROW(relationships),
    [CR_FILE_INFANTS] = FILE_ROW(infants),
#undef FILE_ROW
};

const struct cr_column *cr_run_file_columns(enum cr_run_file file, size_t *count) {
    *count = files_of_a_run[file].count;
    return files_of_a_run[file].columns;
}

const char *cr_run_file_name(enum cr_run_file file) {
    return files_of_a_run[file].name;
}
