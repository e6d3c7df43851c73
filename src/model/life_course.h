#ifndef CR_MODEL_LIFE_COURSE_H
#define CR_MODEL_LIFE_COURSE_H

#include "base/numeric.h"
#include "model/parameters.h"

/* Age and what comes with it: how often there are needs, how long a life lasts. */

/* (14) Mean number of needs in a week at an age in years. */
static inline double cr_life_course_needs(const struct cr_parameters *p, double age) {
    return p->needs_rate_adult + (p->needs_rate_infant - p->needs_rate_adult) * cr_exp(-age / p->needs_maturation);
}

/* (15) Factor on the severity of needs at an age: grown-ups mellow (Charles, Reynolds & Gatz 2001). */
static inline double cr_life_course_severity(const struct cr_parameters *p, double age) {
    return cr_exp(-p->needs_mellowing * cr_max(0.0, age - 18.0) / 10.0);
}

/* (16) Weeks that are left to somebody of an age in years, by inversion of the Gompertz law at the uniform number u.
 * Deaths before 18 are left out: those who live are at least 18, or, past that, at least the age given. */
int32_t cr_life_course_lifetime(const struct cr_parameters *p, double age, double u);

#endif
