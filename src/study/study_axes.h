#ifndef CR_STUDY_STUDY_AXES_H
#define CR_STUDY_STUDY_AXES_H

#include "io/config_file.h"
#include "study/study.h"

/* Adds the axes that the setting `axes` of a study's file lists, for the design that the study has by then, to a study
 * that has none yet; study/study_file.h says how they are written. CR_ERROR_CONFIG, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_study_axes_read(
    struct cr_study *study, const struct cr_config_file *file, const config_setting_t *axes, struct cr_error *error);

#endif
