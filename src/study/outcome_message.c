#include "study/outcome_message.h"

#include <stdlib.h>
#include <string.h>

void cr_outcome_head_from(struct cr_outcome_head *head, const struct cr_run_outcome *outcome) {
    memset(head, 0, sizeof *head);
    head->run = outcome->run;
    head->status = outcome->status;
    head->reading_count = outcome->reading_count;
    head->seconds = outcome->seconds;
    strcpy(head->sentence, outcome->sentence);
}

int cr_outcome_from_head(struct cr_run_outcome *outcome, const struct cr_outcome_head *head, struct cr_error *error) {
    memset(outcome, 0, sizeof *outcome);
    outcome->run = head->run;
    outcome->status = (int)head->status;
    outcome->seconds = head->seconds;
    memcpy(outcome->sentence, head->sentence, sizeof outcome->sentence);
    if (head->reading_count == 0)
        return 0;
    outcome->readings = malloc(head->reading_count * sizeof *outcome->readings);
    if (outcome->readings == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for what a run gave");
    outcome->reading_count = head->reading_count;
    return 0;
}
