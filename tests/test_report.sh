#!/usr/bin/env bash
# The report of a comparison in a browser (headless Chromium): it opens without an error, differs in the dark, is no
# wider than a phone, and can be printed.
#
#   test_report.sh CRADLE CONFIGS [FOLDER]    leaves report, pictures and PDF in FOLDER, if there is one
set -euo pipefail

usage='usage: test_report.sh CRADLE CONFIGS [FOLDER]'
cradle=${1:?$usage}
configs=${2:?$usage}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
shown=${3:-$work/shown}
mkdir -p "$shown"
shown=$(cd "$shown" && pwd)

fail() {
    printf 'test_report: %s\n' "$*" >&2
    exit 1
}

browser=
for each in chromium chromium-browser google-chrome; do
    if command -v "$each" >/dev/null; then
        browser=$each
        break
    fi
done
if [ -z "$browser" ]; then
    printf 'skipped: there is no Chromium here (Debian: chromium)\n'
    exit 77
fi

# browse OPTION... URL: standard output is what --dump-dom gives.
browse() {
    timeout 120 "$browser" --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --hide-scrollbars \
        --user-data-dir="$work/profile" --enable-logging=stderr "$@" 2>>"$work/log" ||
        fail "the browser failed: $(tail -n 3 "$work/log")"
}

# is_picture FILE: at least 20 kB, as an empty page has not.
is_picture() {
    [ "$(stat -c %s "$1")" -gt 20000 ] || fail "there is nothing on $1"
}

"$cradle" compare "$configs/baseline.cfg" "$configs/scenarios/inconsistent.cfg" --people 200 --years 45 \
    --replicates 3 --quiet --report "$shown/report.html" >"$work/table"
grep -q 'report.html' "$work/table" || fail 'the command does not say where the report is'
page=file://$shown/report.html

browse --window-size=1280,9000 --screenshot="$shown/light.png" "$page"
browse --window-size=1280,9000 --blink-settings=preferredColorScheme=0 --screenshot="$shown/dark.png" "$page"
is_picture "$shown/light.png"
is_picture "$shown/dark.png"
! cmp -s "$shown/light.png" "$shown/dark.png" || fail 'it is no darker for those who prefer the dark'

# A window cannot be as narrow as a phone, a frame can.
for width in 320 360; do
    printf '<!DOCTYPE html><body style="margin:0"><iframe src="report.html" style="border:0;width:%dpx;height:12000px">%s' \
        "$width" '</iframe></body>' >"$shown/phone.html"
    browse --window-size=$width,12000 --screenshot="$shown/narrow-$width.png" "file://$shown/phone.html"
    is_picture "$shown/narrow-$width.png"
done
rm "$shown/phone.html"

# The page lets no script run, so a copy is measured that does.
measure='<script>addEventListener("load", () => { const page = document.documentElement;
    parent.document.title = [page.scrollWidth, page.clientWidth,
        [...document.querySelectorAll("figure svg")].filter(each => each.getBoundingClientRect().width > 0).length
    ].join(" ") })</script>'
for width in 320 1280; do
    {
        grep -v 'Content-Security-Policy' "$shown/report.html"
        printf '%s' "$measure"
    } >"$work/measured.html"
    printf '<!DOCTYPE html><title></title><iframe src="measured.html" style="border:0;width:%dpx;height:900px"></iframe>' \
        "$width" >"$work/frame.html"
    title=$(browse --allow-file-access-from-files --window-size=1400,1000 --dump-dom "file://$work/frame.html" |
        sed -n 's/.*<title>\([0-9 ]*\)<\/title>.*/\1/p')
    read -r scrolled seen drawings <<<"$title"
    [ "${seen:-0}" = "$width" ] || fail "the page could not be measured ($title)"
    [ "$scrolled" -le "$width" ] || fail "on $width pixels the page is $scrolled wide"
    [ "$drawings" -ge 8 ] || fail "on $width pixels $drawings drawings can be seen"
done

browse --no-pdf-header-footer --print-to-pdf="$shown/report.pdf" "$page"
[ "$(head -c 5 "$shown/report.pdf")" = '%PDF-' ] || fail 'it cannot be printed'
[ "$(stat -c %s "$shown/report.pdf")" -gt 100000 ] || fail 'the print is empty'

! grep 'CONSOLE' "$work/log" || fail 'the browser complains, as above'
