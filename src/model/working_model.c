#include "model/working_model.h"

const double cr_working_model_valence[CR_BELIEFS] = {
    [CR_OPEN] = 1.0, [CR_PRESSED] = 1.0, [CR_REBUFF] = -1.0, [CR_FEAR] = -1.0, [CR_WORTH] = 1.0};

void cr_working_model_initial(const struct cr_parameters *p, double beliefs[CR_BELIEFS]) {
    beliefs[CR_OPEN] = p->working_model_initial_open;
    beliefs[CR_PRESSED] = p->working_model_initial_pressed;
    beliefs[CR_REBUFF] = p->working_model_initial_rebuff;
    beliefs[CR_FEAR] = p->working_model_initial_fear;
    beliefs[CR_WORTH] = p->working_model_initial_worth;
}
