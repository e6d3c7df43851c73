#include "model/life_course.h"

#include "model/population.h"

int32_t cr_life_course_lifetime(const struct cr_parameters *p, double age, double u) {
    const double spared = 18.0;
    const double growth = 0.6931471805599453 / p->life_death_doubling;
    const double from = cr_max(age, spared);
    /* The hazard is scaled so that half of those who reach 18 live to the median age. */
    const double level = 0.6931471805599453 * growth / (cr_exp(growth * p->life_median_age) - cr_exp(growth * spared));
    const double end = cr_log(cr_exp(growth * from) - growth / level * cr_log(u)) / growth;
    return (int32_t)((end - age) * CR_WEEKS_A_YEAR) + 1;
}
