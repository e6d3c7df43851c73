#ifndef CR_IO_CONFIG_FIELD_H
#define CR_IO_CONFIG_FIELD_H

#include <libconfig.h>

#include "io/config_file.h"
#include "model/registry.h"
#include "model/scenario.h"

/* What a single setting of a config file holds, for scenarios and studies alike. */

/* Stores what a setting holds in a field of a struct. Whole numbers are taken for reals, nothing else for another
 * type. CR_ERROR_CONFIG, and nothing stored, as of cr_field_set; `prefix` stands before the field's key in the
 * sentence: "path:line: ", and the part of the key that the field does not know. */
CR_NODISCARD int cr_config_field_set(const struct cr_field *field, void *object, const config_setting_t *setting,
    const char *prefix, struct cr_error *error);

/* Records that a setting is wrong: a sentence that begins with "path:line: ". Returns CR_ERROR_CONFIG. */
int cr_config_refuse(const struct cr_config_file *file, const config_setting_t *setting, struct cr_error *error,
    const char *format, ...) CR_PRINTF(4, 5);

/* Finds the line of text, not empty, that a setting holds; borrowed from it. CR_ERROR_CONFIG, naming `what` it is. */
CR_NODISCARD int cr_config_line(const struct cr_config_file *file, const config_setting_t *setting, const char *what,
    const char **line, struct cr_error *error);

/* Reads a name, a word, and a title, one line of text, that a scenario or study gives itself; `size` of the
 * buffer. CR_ERROR_CONFIG. */
CR_NODISCARD int cr_config_name(const struct cr_config_file *file, const config_setting_t *setting,
    char name[CR_SCENARIO_NAME_SIZE], struct cr_error *error);
CR_NODISCARD int cr_config_title(const struct cr_config_file *file, const config_setting_t *setting, char *title,
    size_t size, struct cr_error *error);

/* Makes a name from a file's: without folders and ".cfg", '_' for what no name may hold. */
void cr_config_name_after_file(const char *path, char name[CR_SCENARIO_NAME_SIZE]);

#endif
