#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "report/page.h"

static void expect_text(const char *text, const char *expected) {
    struct cr_bytes page = {0};
    cr_page_add_text(&page, text);
    cr_bytes_add(&page, "", 1);
    assert_string_equal(page.data, expected);
    cr_bytes_free(&page);
}

static void markup_in_a_text_is_escaped(void **state) {
    (void)state;
    expect_text("<script>alert(\"1\") && 'x'</script>",
        "&lt;script&gt;alert(&quot;1&quot;) &amp;&amp; &#39;x&#39;&lt;/script&gt;");
}

static void what_is_no_utf_8_is_replaced(void **state) {
    (void)state;
    expect_text("gr\xC3\xBC\xC3\x9F", "gr\xC3\xBC\xC3\x9F");
    expect_text("a\xFF"
                "b",
        "a\xEF\xBF\xBD"
        "b");
    expect_text("cut \xE2\x82", "cut \xEF\xBF\xBD\xEF\xBF\xBD");
    expect_text("\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD");
    expect_text("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    expect_text("\xF0\x9F\x8D\xBC", "\xF0\x9F\x8D\xBC");
}

static void characters_that_no_page_may_hold_become_blanks(void **state) {
    (void)state;
    expect_text("a\x01\x1B[1mb\nc", "a  [1mb c");
    expect_text("a\x7F\xC2\x85\xEF\xBF\xBF", "a   ");
}

static void arguments_stand_escaped_in_markup(void **state) {
    (void)state;
    struct cr_bytes page = {0};
    cr_page_add(&page, "<p title=\"%s\">%d%% of %zu, %lld: %s</p>", "\" onclick=\"", -3, (size_t)7, -9LL, "<b>");
    cr_bytes_add(&page, "", 1);
    assert_string_equal(page.data, "<p title=\"&quot; onclick=&quot;\">-3% of 7, -9: &lt;b&gt;</p>");
    cr_bytes_free(&page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_in_a_text_is_escaped),
        cmocka_unit_test(what_is_no_utf_8_is_replaced),
        cmocka_unit_test(characters_that_no_page_may_hold_become_blanks),
        cmocka_unit_test(arguments_stand_escaped_in_markup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
