#ifndef CR_BASE_ERROR_H
#define CR_BASE_ERROR_H

/* What went wrong, in one plain sentence.
 *
 * Every function that can fail returns an int marked CR_NODISCARD: 0, or a negative code of `enum cr_error_code`. It
 * describes the failure in a `struct cr_error` that the caller owns. Only `main` turns a code into an exit status.
 */

#define CR_NODISCARD __attribute__((warn_unused_result))
#define CR_PRINTF(format_index, first) __attribute__((format(printf, format_index, first)))

enum cr_error_code {
    CR_ERROR_USAGE = -1,   /* the call was wrong: an option, an argument (exit status 2) */
    CR_ERROR_CONFIG = -2,  /* a scenario, study or evidence file is wrong: unknown key, type, range (exit status 2) */
    CR_ERROR_MEMORY = -3,  /* an allocation failed (exit status 1) */
    CR_ERROR_IO = -4,      /* a file could not be read or written (exit status 1) */
    CR_ERROR_NUMERIC = -5, /* a computation left its domain (exit status 1) */
    CR_ERROR_TIME = -6,    /* it took longer than it was allowed (exit status 1) */
    CR_ERROR_INTERRUPTED = -7 /* it was asked to end (exit status 1) */
};

struct cr_error {
    enum cr_error_code code; /* 0 while nothing has failed */
    char sentence[512];      /* what, where, what would be right; no trailing newline; truncated to fit */
};

/* Records a failure and returns `code`, so that callers can write `return cr_error_set(error, code, ...)`.
 * `error` may be NULL; then only the code is returned. A first failure is not overwritten by a later one. */
int cr_error_set(struct cr_error *error, enum cr_error_code code, const char *format, ...) CR_PRINTF(3, 4);

/* The exit status that stands for a code: 0 for 0, 2 for CR_ERROR_USAGE and CR_ERROR_CONFIG, 1 for all others. */
int cr_error_exit_status(int code);

#endif
