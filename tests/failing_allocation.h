#ifndef CR_TESTS_FAILING_ALLOCATION_H
#define CR_TESTS_FAILING_ALLOCATION_H

#include <stdlib.h>

/* Lets the n-th allocation of the code under test fail. The test is linked with
 * -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc; allocations within shared libraries are not counted. */

/* How many more allocations succeed; negative: all. */
static long allocations_left = -1;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static int allocation_fails(void) {
    if (allocations_left == 0)
        return 1;
    if (allocations_left > 0)
        allocations_left--;
    return 0;
}

void *__wrap_malloc(size_t size) {
    return allocation_fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    return allocation_fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size) {
    return allocation_fails() ? NULL : __real_realloc(old, size);
}

#endif
