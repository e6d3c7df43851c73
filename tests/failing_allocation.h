#ifndef CR_TESTS_FAILING_ALLOCATION_H
#define CR_TESTS_FAILING_ALLOCATION_H

#include <stdlib.h>

/* Lets the n-th allocation of the code under test fail. The test is linked with -Wl,--wrap=malloc and likewise for
 * calloc, realloc, aligned_alloc and free; allocations within shared libraries are not counted. */

/* How many more allocations succeed; negative: all. */
static long allocations_left = -1;

/* How many allocations have not been given back; by any thread. */
static _Atomic long allocations_held;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *memory);

static int allocation_fails(void) {
    if (allocations_left == 0)
        return 1;
    if (allocations_left > 0)
        allocations_left--;
    return 0;
}

static void *allocation_held(void *memory) {
    if (memory != NULL)
        allocations_held++;
    return memory;
}

void *__wrap_malloc(size_t size) {
    return allocation_fails() ? NULL : allocation_held(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size) {
    return allocation_fails() ? NULL : allocation_held(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size) {
    if (allocation_fails())
        return NULL;
    void *const memory = __real_realloc(old, size);
    return old == NULL ? allocation_held(memory) : memory;
}

void *__wrap_aligned_alloc(size_t alignment, size_t size) {
    return allocation_fails() ? NULL : allocation_held(__real_aligned_alloc(alignment, size));
}

void __wrap_free(void *memory) {
    if (memory != NULL)
        allocations_held--;
    __real_free(memory);
}

#endif
