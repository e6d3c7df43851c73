#ifndef CR_MEASURE_MEASURE_FUNCTIONS_H
#define CR_MEASURE_MEASURE_FUNCTIONS_H

#include "measure/measures.h"

/* The functions behind the rows of measure/measures.def, which say what each computes. */

/* infancy.c */
cr_measure_function cr_measure_infant_strategy_share, cr_measure_ssp_scale, cr_measure_ssp_arousal,
    cr_measure_ssp_fright_r, cr_measure_ssp_sensitivity_r, cr_measure_ssp_share, cr_measure_ssp_stability_r,
    cr_measure_ssp_temperament_d;

/* adulthood.c */
cr_measure_function cr_measure_adult_stability_r, cr_measure_distress, cr_measure_ecr_age_slope, cr_measure_ecr_mean,
    cr_measure_ecr_r, cr_measure_ecr_sd, cr_measure_security_continuity_r, cr_measure_self_worth,
    cr_measure_strategy_share, cr_measure_style_share, cr_measure_style_share_by_age, cr_measure_three_way_share;
cr_course_function cr_course_distress, cr_course_ecr_mean, cr_course_self_worth, cr_course_strategy_share,
    cr_course_style_share, cr_course_style_share_by_age;

/* couples.c */
cr_measure_function cr_measure_availability_bias, cr_measure_conflict, cr_measure_partner_avoidance_r,
    cr_measure_partner_satisfaction_r, cr_measure_partnered_share, cr_measure_satisfaction,
    cr_measure_satisfaction_avoidance_beta, cr_measure_satisfaction_conflict_within_r, cr_measure_satisfaction_icc;
cr_course_function cr_course_conflict, cr_course_partnered_share, cr_course_satisfaction;

/* stability.c */
cr_measure_function cr_measure_cohabitation_survival, cr_measure_ended_13_months, cr_measure_ending_share,
    cr_measure_marriage_survival, cr_measure_relationship_hazard, cr_measure_relationship_survival;

/* earned_security.c */
cr_measure_function cr_measure_earned_security, cr_measure_earned_security_age;
cr_course_function cr_course_earned_security;

#endif
