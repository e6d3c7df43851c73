#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "report/picture.h"

static int draw(struct cr_picture *picture, enum cr_picture_format format, struct cr_error *error) {
    int code = cr_picture_open(picture, format, 320.0, 240.0, "A title", error);
    if (!code) {
        cairo_rectangle(picture->cairo, 10.0, 20.0, 30.0, 40.0);
        cairo_fill(picture->cairo);
        code = cr_picture_finish(picture, error);
    }
    return code;
}

static uint32_t big_endian(const char *bytes) {
    uint32_t value = 0;
    for (int i = 0; i < 4; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

static void a_png_has_the_size_that_was_asked_for(void **state) {
    (void)state;
    struct cr_picture picture;
    assert_int_equal(draw(&picture, CR_PICTURE_PNG, NULL), 0);
    assert_memory_equal(picture.bytes.data, "\x89PNG\r\n\x1A\n", 8);
    assert_int_equal(big_endian(picture.bytes.data + 16), 320);
    assert_int_equal(big_endian(picture.bytes.data + 20), 240);
    cr_picture_free(&picture);
    cr_picture_free(&picture);
}

static int contains(const struct cr_bytes *bytes, const char *text) {
    const size_t length = strlen(text);
    for (size_t i = 0; i + length <= bytes->size; i++)
        if (memcmp(bytes->data + i, text, length) == 0)
            return 1;
    return 0;
}

static void an_svg_is_measured_in_pixels_and_a_pdf_in_points(void **state) {
    (void)state;
    struct cr_picture picture;
    assert_int_equal(draw(&picture, CR_PICTURE_SVG, NULL), 0);
    assert_true(contains(&picture.bytes, "width=\"320px\" height=\"240px\""));
    cr_picture_free(&picture);
    assert_int_equal(draw(&picture, CR_PICTURE_PDF, NULL), 0);
    assert_memory_equal(picture.bytes.data, "%PDF-", 5);
    assert_true(contains(&picture.bytes, "MediaBox [ 0 0 240 180 ]"));
    assert_true(contains(&picture.bytes, "A title"));
    cr_picture_free(&picture);
}

static void no_picture_holds_a_clock_time(void **state) {
    (void)state;
    static const char *const words[] = {"CreationDate", "ModDate", "tIME", "tEXt"};
    for (int format = CR_PICTURE_SVG; format <= CR_PICTURE_PDF; format++) {
        struct cr_picture picture;
        assert_int_equal(draw(&picture, (enum cr_picture_format)format, NULL), 0);
        for (int i = 0; i < 4; i++)
            assert_false(contains(&picture.bytes, words[i]));
        cr_picture_free(&picture);
    }
}

static void no_memory_for_the_bytes_is_told(void **state) {
    (void)state;
    for (int format = CR_PICTURE_SVG; format <= CR_PICTURE_PDF; format++) {
        struct cr_picture picture;
        struct cr_error error = {0};
        allocations_left = 0;
        assert_int_equal(draw(&picture, (enum cr_picture_format)format, &error), CR_ERROR_MEMORY);
        allocations_left = -1;
        assert_non_null(strstr(error.sentence, "memory"));
        cr_picture_free(&picture);
        assert_int_equal(allocations_held, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_png_has_the_size_that_was_asked_for),
        cmocka_unit_test(an_svg_is_measured_in_pixels_and_a_pdf_in_points),
        cmocka_unit_test(no_picture_holds_a_clock_time),
        cmocka_unit_test(no_memory_for_the_bytes_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
