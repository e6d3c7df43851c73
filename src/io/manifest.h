#ifndef CR_IO_MANIFEST_H
#define CR_IO_MANIFEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "io/digest.h"
#include "model/scenario.h"

/* What a folder of results was made from, and what is in it. */

struct cr_manifest_file {
    const char *name;   /* in the same folder, such as "people.csv" */
    int64_t rows;       /* without the header line */
    const char *sha256; /* of its content, in hexadecimal digits */
};

/* The SHA-256 over the program's version and all resolved parameters, profiles, events and changes with their names:
 * everything that can change a result, and nothing that cannot (threads, paths, the clock, the scenario's name and
 * title). */
void cr_fingerprint(const struct cr_scenario *scenario, char hex[CR_DIGEST_HEX_SIZE]);

/* Writes DIRECTORY/manifest.json: program, version, scenario, seed, replicates, people, years, fingerprint, parameters
 * and files, in that order; no clock times and no paths. Real parameters have the digits that read back the same.
 * Write it last: with the manifest in place the results are complete. CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_manifest_write(const char *directory, const struct cr_scenario *scenario,
    const struct cr_manifest_file *files, size_t file_count, struct cr_error *error);

/* What DIRECTORY/manifest.json says of the run, as far as it is needed to draw it. */
struct cr_manifest_summary {
    char name[CR_SCENARIO_NAME_SIZE]; /* of the scenario */
    int64_t people, replicates;
    double years;
};

/* Reads it. CR_ERROR_USAGE when there is none, or none of Cradle's. */
CR_NODISCARD int cr_manifest_read(const char *directory, struct cr_manifest_summary *summary, struct cr_error *error);

/* Makes the scenario of the run anew from DIRECTORY/manifest.json: its name and title, parameters, profiles, events and
 * changes, from which this program gives the run again, byte for byte. Fills `scenario` (any content); the caller frees
 * it, also after a failure. CR_ERROR_USAGE when there is no manifest of Cradle's, when another version wrote it, which
 * may have lived otherwise, or when it has been altered, so that it does not have the fingerprint that it tells of;
 * CR_ERROR_MEMORY. */
CR_NODISCARD int cr_manifest_scenario(const char *directory, struct cr_scenario *scenario, struct cr_error *error);

#endif
