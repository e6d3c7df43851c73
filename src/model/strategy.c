#include "model/strategy.h"

const char *const cr_strategy_names[CR_STRATEGIES] = {"open", "protest", "deactivate", "appease"};
