#ifndef CR_VIZ_MANUAL_H
#define CR_VIZ_MANUAL_H

#include <stdio.h>

/* Writes docs/viewer.md: what one sees, all keys, interventions, words of the search and commands of scripts, from the
 * tables that the viewer itself goes by. */
void cr_manual_write(FILE *out);

#endif
