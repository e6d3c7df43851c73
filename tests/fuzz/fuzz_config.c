#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/fuzz.h"
#include "io/config.h"

/* No scenario file, however broken, crashes its reader: it is read whole, or refused with a sentence. */

static void promise(bool kept, const char *sentence) {
    if (!kept) {
        (void)fprintf(stderr, "broken promise: %s\n", sentence);
        abort();
    }
}

static void write_input(char *path, const uint8_t *data, size_t size) {
    const int descriptor = mkstemp(path);
    promise(descriptor >= 0, "a temporary file can be made");
    FILE *const stream = fdopen(descriptor, "wb");
    promise(stream && fwrite(data, 1, size, stream) == size && fclose(stream) == 0, "the input can be written");
}

static void visit(void *context, const char *key, const char *value, const struct cr_field *field) {
    promise(*key && *value && field, "every field has a key and a value");
    ++*(size_t *)context;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[] = "/tmp/fuzz-config-XXXXXX";
    write_input(path, data, size);

    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    struct cr_error error = {0};
    const int code = cr_config_read_scenario(path, &scenario, &error);
    promise(code == (int)error.code, "the code that is returned is the code that is recorded");
    promise(code <= 0, "codes are negative");
    promise((code != 0) == (error.sentence[0] != '\0'), "a failure has a sentence, and only a failure");
    promise(strchr(error.sentence, '\n') == NULL, "a sentence is one line");
    if (code == 0) {
        size_t fields = 0;
        cr_scenario_visit(&scenario, visit, &fields);
        promise(fields >= cr_parameter_registry.count, "every parameter has a value");
    }
    cr_scenario_free(&scenario);
    cr_scenario_free(&scenario);
    (void)unlink(path);
    return 0;
}
