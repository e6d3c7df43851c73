#ifndef CR_IO_STORE_MERGE_H
#define CR_IO_STORE_MERGE_H

#include <stddef.h>

#include "io/store.h"

/* Joins the stores of all shards of a sweep into one new store, which appears whole or not at all. Runs that wait in a
 * shard wait in the new store, where --resume completes them. CR_ERROR_USAGE when `path` exists, when the stores are
 * not of one study, scenario and version (and what differs), when a shard is missing, when two give one run different
 * values, or when another process merges into `path`; CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_store_merge(const char *path, char *const *shards, size_t shard_count, struct cr_error *error);

#endif
