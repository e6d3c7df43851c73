#ifndef CR_MODEL_CHILDHOOD_H
#define CR_MODEL_CHILDHOOD_H

#include "model/population.h"
#include "model/setting.h"

/* What happens to a childhood beside the episodes themselves: caregivers who are replaced. */

/* Gives those of begin <= i < end for whom an event has brought a new caregiver that caregiver. What was believed of
 * the last one is gone; what is believed in general stays. */
void cr_childhood_change_caregivers(
    const struct cr_setting *setting, struct cr_population *people, uint32_t begin, uint32_t end);

#endif
