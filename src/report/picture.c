#include "report/picture.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#include "base/text.h"

static cairo_status_t take(void *closure, const unsigned char *data, unsigned int size) {
    struct cr_bytes *bytes = closure;
    cr_bytes_add(bytes, data, size);
    return bytes->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *surface(
    struct cr_picture *picture, enum cr_picture_format format, double width, double height, const char *title) {
    const double point = 0.75; /* of a pixel */
    cairo_surface_t *made;
    switch (format) {
    case CR_PICTURE_SVG:
        made = cairo_svg_surface_create_for_stream(take, &picture->bytes, width, height);
        cairo_svg_surface_set_document_unit(made, CAIRO_SVG_UNIT_PX);
        return made;
    case CR_PICTURE_PDF:
        made = cairo_pdf_surface_create_for_stream(take, &picture->bytes, point * width, point * height);
        cairo_pdf_surface_set_metadata(made, CAIRO_PDF_METADATA_CREATE_DATE, "");
        if (title && cr_text_is_utf8(title, strlen(title)))
            cairo_pdf_surface_set_metadata(made, CAIRO_PDF_METADATA_TITLE, title);
        return made;
    case CR_PICTURE_PNG:
        break;
    }
    return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(width), (int)ceil(height));
}

static int tell(cairo_status_t status, struct cr_error *error) {
    if (status == CAIRO_STATUS_SUCCESS)
        return 0;
    const enum cr_error_code code = status == CAIRO_STATUS_NO_MEMORY ? CR_ERROR_MEMORY : CR_ERROR_NUMERIC;
    return cr_error_set(error, code, "cannot draw a chart: %s", cairo_status_to_string(status));
}

int cr_picture_open(struct cr_picture *picture, enum cr_picture_format format, double width, double height,
    const char *title, struct cr_error *error) {
    memset(picture, 0, sizeof *picture);
    picture->format = format;
    cairo_surface_t *made = surface(picture, format, width, height, title);
    picture->cairo = cairo_create(made);
    cairo_surface_destroy(made);
    if (format == CR_PICTURE_PDF)
        cairo_scale(picture->cairo, 0.75, 0.75);
    return tell(cairo_status(picture->cairo), error);
}

int cr_picture_finish(struct cr_picture *picture, struct cr_error *error) {
    cairo_surface_t *made = cairo_get_target(picture->cairo);
    cairo_status_t status = cairo_status(picture->cairo);
    if (status == CAIRO_STATUS_SUCCESS && picture->format == CR_PICTURE_PNG)
        status = cairo_surface_write_to_png_stream(made, take, &picture->bytes);
    cairo_surface_finish(made);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(made);
    return tell(picture->bytes.failed ? CAIRO_STATUS_NO_MEMORY : status, error);
}

void cr_picture_free(struct cr_picture *picture) {
    if (picture->cairo)
        cairo_destroy(picture->cairo);
    picture->cairo = NULL;
    cr_bytes_free(&picture->bytes);
}
