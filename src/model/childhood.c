#include "model/childhood.h"

void cr_childhood_change_caregivers(
    const struct cr_setting *setting, struct cr_population *people, uint32_t begin, uint32_t end) {
    const struct cr_scenario *scenario = setting->scenario;
    if (scenario->event_count == 0)
        return;
    for (uint32_t i = begin; i < end; i++) {
        if (people->befallen[i] == 0 || !cr_person_alive(people, i, setting->week))
            continue;
        const double age = cr_person_age(people, i, setting->week);
        const uint32_t had = 1 + cr_caregiving_replacements(scenario, people->befallen[i], age);
        if (had == people->caregivers[i])
            continue;
        people->caregivers[i] = had;
        people->caregiver[i] = cr_caregiving_draw(scenario, &setting->luck, i, had - 1);
        people->experience[CR_CAREGIVER][i] = 0.0;
        for (int b = 0; b < CR_BELIEFS; b++)
            people->specific[CR_CAREGIVER * CR_BELIEFS + b][i] = people->general[b][i];
    }
}
