#ifndef CR_IO_FOLDER_H
#define CR_IO_FOLDER_H

#include "base/error.h"

/* Makes a folder to write to; one that is there already is fine. The folder above it must be there. CR_ERROR_IO. */
CR_NODISCARD int cr_folder_make(const char *path, struct cr_error *error);

#endif
