#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "report/svg.h"

static const char drawn[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg width=\"9px\">\n"
                            "<symbol id=\"glyph0-1\"/><clipPath id=\"clip7\"/><g id=\"surface42\">"
                            "<use xlink:href=\"#glyph0-1\" x=\"1.23456\"/><g clip-path=\"url(#clip7)\"/></g>\n</svg>\n";

static char *rewritten(const struct cr_svg_words *words) {
    char *out = NULL;
    size_t size = 0;
    assert_int_equal(cr_svg_rewrite(drawn, strlen(drawn), words, &out, &size, NULL), 0);
    assert_int_equal(size, strlen(out));
    return out;
}

static void ids_are_numbered_under_the_prefix_wherever_they_are_used(void **state) {
    (void)state;
    char *out = rewritten(&(struct cr_svg_words){.prefix = "a-"});
    assert_string_equal(out, "<svg width=\"9px\">\n\n<symbol id=\"a-0\"/><clipPath id=\"a-1\"/><g id=\"a-2\">"
                             "<use xlink:href=\"#a-0\" x=\"1.23\"/><g clip-path=\"url(#a-1)\"/></g>\n</svg>\n");
    free(out);
}

static void a_file_of_its_own_declares_itself(void **state) {
    (void)state;
    char *out = rewritten(&(struct cr_svg_words){.prefix = "c", .whole = 1});
    assert_ptr_equal(strstr(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg"), out);
    free(out);
}

static void title_and_description_name_the_picture(void **state) {
    (void)state;
    char *out =
        rewritten(&(struct cr_svg_words){.prefix = "p", .title = "A < B & \"C\"", .description = "two\nlines > one"});
    assert_non_null(strstr(out, "<svg width=\"9px\" role=\"img\" aria-labelledby=\"ptitle pdesc\">\n"
                                "<title id=\"ptitle\">A &lt; B &amp; \"C\"</title>\n"
                                "<desc id=\"pdesc\">two lines &gt; one</desc>\n"));
    free(out);
}

static void bytes_that_are_not_utf_8_are_not_passed_on(void **state) {
    (void)state;
    char *out = rewritten(&(struct cr_svg_words){.prefix = "p", .title = "\xFF", .description = "good"});
    assert_null(strchr(out, '\xFF'));
    assert_non_null(strstr(out, "aria-labelledby=\"pdesc\""));
    free(out);
}

static void what_is_no_svg_is_refused(void **state) {
    (void)state;
    char *out = NULL;
    size_t size = 0;
    struct cr_error error = {0};
    const struct cr_svg_words words = {.prefix = "p"};
    assert_int_equal(cr_svg_rewrite("<html>", 6, &words, &out, &size, &error), CR_ERROR_NUMERIC);
    assert_int_equal(cr_svg_rewrite("", 0, &words, &out, &size, &error), CR_ERROR_NUMERIC);
    assert_null(out);
}

static void any_failed_allocation_is_told(void **state) {
    (void)state;
    const struct cr_svg_words words = {.prefix = "p", .title = "t"};
    for (long n = 0;; n++) {
        char *out = NULL;
        size_t size = 0;
        allocations_left = n;
        const int code = cr_svg_rewrite(drawn, strlen(drawn), &words, &out, &size, NULL);
        allocations_left = -1;
        free(out);
        assert_int_equal(allocations_held, 0);
        if (code == 0) {
            assert_true(n >= 2);
            break;
        }
        assert_int_equal(code, CR_ERROR_MEMORY);
        assert_null(out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_numbered_under_the_prefix_wherever_they_are_used),
        cmocka_unit_test(a_file_of_its_own_declares_itself),
        cmocka_unit_test(title_and_description_name_the_picture),
        cmocka_unit_test(bytes_that_are_not_utf_8_are_not_passed_on),
        cmocka_unit_test(what_is_no_svg_is_refused),
        cmocka_unit_test(any_failed_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
