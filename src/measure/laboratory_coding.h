#ifndef CR_MEASURE_LABORATORY_CODING_H
#define CR_MEASURE_LABORATORY_CODING_H

#include "model/strange_situation.h"

/* The coder of the Strange Situation: sees what the infant did, never what it believes or feels, and gives scales and a
 * class by a written rule (after Ainsworth et al. 1978; Main & Solomon 1990). */

enum cr_class { CR_CLASS_A, CR_CLASS_B, CR_CLASS_C, CR_CLASS_D, CR_CLASSES, CR_CLASS_NONE = -1 };

/* One letter for each class. */
extern const char *const cr_class_names[CR_CLASSES];

struct cr_coding {
    double proximity;       /* seeking proximity, 1-7 */
    double contact;         /* maintaining contact, 1-7 */
    double resistance;      /* 1-7 */
    double avoidance;       /* 1-7 */
    double disorganization; /* 1-9 */
    double exploration;     /* share of the reunion spent in play, 0-1 */
    double shown, felt;     /* mean distress shown, mean arousal; as recorded */
    enum cr_class class;
};

/* (53)-(54) Codes one record. Each scale is the share of distressed intervals (and two in reserve) with the behaviour,
 * carried to the scale's range, plus a rater's error (laboratory.rating_sd); in disorganization contradictions and
 * apprehension are weighted. The class: D from disorganization_cut on; else A if avoidance reaches avoidance_cut and is
 * no less than resistance; else C if resistance reaches resistance_cut; else B. */
struct cr_coding cr_laboratory_code(
    const struct cr_setting *setting, const struct cr_laboratory_record *record, uint32_t infant, uint32_t assessment);

/* What an observer at home rates a caregiver on. */
enum cr_home_scale { CR_HOME_SENSITIVITY, CR_HOME_FRIGHT };

/* (55) A quality of the caregiver (a probability: sensitivity, or how often it frightens) as rated on a scale of 1 to 9
 * from a few hours at home, with the error of so short a look (laboratory.home_error_sd, laboratory.fright_error_sd).
 */
double cr_home_observation(
    const struct cr_setting *setting, double quality, uint32_t infant, uint32_t assessment, enum cr_home_scale scale);

#endif
