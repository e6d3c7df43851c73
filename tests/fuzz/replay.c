#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz/fuzz.h"

/* Feeds every file of the folders named in the call to the fuzz target: what a fuzzer once found stays found, with any
 * compiler. */

enum { MOST_BYTES = 1 << 20 };

static void replay_file(const char *path, uint8_t *bytes) {
    FILE *const stream = fopen(path, "rb");
    if (!stream) {
        (void)fprintf(stderr, "cannot read %s\n", path);
        exit(EXIT_FAILURE);
    }
    const size_t size = fread(bytes, 1, MOST_BYTES, stream);
    (void)fclose(stream);
    (void)printf("%s\n", path);
    (void)fflush(stdout);
    (void)LLVMFuzzerTestOneInput(bytes, size);
}

static size_t replay_folder(const char *folder, uint8_t *bytes) {
    DIR *const entries = opendir(folder);
    if (!entries)
        return 0;
    size_t count = 0;
    for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        if (entry->d_name[0] == '.')
            continue;
        char path[PATH_MAX];
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        replay_file(path, bytes);
        count++;
    }
    (void)closedir(entries);
    return count;
}

int main(int argc, char **argv) {
    uint8_t *const bytes = malloc(MOST_BYTES);
    if (!bytes)
        return EXIT_FAILURE;
    size_t count = 0;
    for (int i = 1; i < argc; i++)
        count += replay_folder(argv[i], bytes);
    free(bytes);
    (void)printf("%zu inputs replayed\n", count);
    return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
