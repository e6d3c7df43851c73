#ifndef CR_BASE_CLOCK_H
#define CR_BASE_CLOCK_H

/* Seconds since some moment, on a clock that never steps back: for how long things take, and for nothing that could
 * shape a result. */
double cr_clock_seconds(void);

#endif
