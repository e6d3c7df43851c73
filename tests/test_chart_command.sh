#!/usr/bin/env bash
# Charts through the built program: of a run, a sweep and a comparison every kind in every format, the same bytes twice;
# wrong calls and broken files are refused with a sentence, and leave nothing behind.
#
#   test_chart_command.sh CRADLE CONFIGS          all but the large files
#   test_chart_command.sh CRADLE CONFIGS large    a file of a million rows
set -euo pipefail

usage='usage: test_chart_command.sh CRADLE CONFIGS [large]'
cradle=$(realpath "${1:?$usage}")
configs=$(realpath "${2:?$usage}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    printf 'test_chart_command: %s\n' "$*" >&2
    exit 1
}

# refused STATUS PART ARGUMENT...: exits so, says so in one line, and prints and writes nothing.
refused() {
    local status=0 wanted=$1 part=$2
    shift 2
    "$cradle" chart "$@" >out.txt 2>err.txt || status=$?
    [ "$status" = "$wanted" ] || fail "exit status $status, not $wanted: $*: $(cat err.txt)"
    [ ! -s out.txt ] || fail "printed: $(cat out.txt)"
    grep -qF -- "$part" err.txt || fail "not said: $part; but: $(cat err.txt)"
    [ "$(wc -l <err.txt)" = 1 ] || fail "not one line: $(cat err.txt)"
    [ -z "$(find . -name '*.partial' -o -name 'none.*')" ] || fail "left behind: $(find . -name '*.partial' -o -name 'none.*')"
}

# draws KIND SOURCE [OPTION...]: SVG, PNG and PDF, light and dark, the same bytes twice.
draws() {
    local kind=$1 source=$2 theme format
    shift 2
    for theme in light dark; do
        for format in svg png pdf; do
            "$cradle" chart "$kind" "$source" "$@" --theme "$theme" -o "$theme.$format" 2>err.txt >out.txt ||
                fail "$kind $source $*: $(cat err.txt)"
            [ ! -s out.txt ] || fail "$kind $source printed: $(cat out.txt)"
            [ ! -s err.txt ] || fail "$kind $source said: $(cat err.txt)"
            "$cradle" chart "$kind" "$source" "$@" --theme "$theme" --output="again.$format"
            cmp "$theme.$format" "again.$format" || fail "$kind $source differs when drawn again"
        done
        head -c 5 "$theme.pdf" | grep -q '%PDF-' || fail "$kind is no PDF"
        head -c 4 "$theme.png" | grep -q 'PNG' || fail "$kind is no PNG"
        grep -q '</svg>' "$theme.svg" || fail "$kind is no SVG"
    done
    ! cmp -s light.svg dark.svg || fail "$kind is the same light and dark"
}

if [ "${3:-}" = large ]; then
    # Replicates of 100 years, five measures and five groups each; a fifth of the people and relationships.
    mkdir big
    printf '{"program": "cradle", "scenario": {"name": "big"}, "people": 5000, "replicates": 400, "years": 100}\n' \
        >big/manifest.json
    awk 'BEGIN {
        split("style_share self_worth satisfaction partnered_share conflict", m)
        split("secure preoccupied dismissing fearful all", g)
        print "replicate,year,measure,group,value"
        for (r = 1; r <= 400; r++) for (y = 1; y <= 100; y++) for (i = 1; i <= 5; i++) for (j = 1; j <= 5; j++)
            printf "%d,%d,%s,%s,0.%06d\n", r, y, m[i], g[j], (r * 7919 + y * 31 + i * 977 + j * 13) % 1000000
    }' >big/series.csv
    awk 'BEGIN {
        split("secure preoccupied dismissing fearful", s)
        print "start,end,censored,style_a,style_b"
        for (i = 0; i < 1000000; i++) {
            start = (i * 7919 % 60000) / 1000
            printf "%.6g,%.6g,%d,%s,%s\n", start, start + (i * 31 % 40000) / 1000, i % 3 == 0, s[i % 4 + 1], s[i % 3 + 1]
        }
    }' >big/relationships.csv
    awk 'BEGIN {
        split("A B C D", c)
        split("secure preoccupied dismissing fearful", s)
        print "ssp_class,style_18,style_40,earned_age,anxiety_end,avoidance_end"
        for (i = 0; i < 1000000; i++)
            printf "%s,%s,%s,%s,%.6g,%.6g\n", c[i % 4 + 1], s[i % 3 + 1], s[i % 2 + 1], i % 5 ? "NA" : "30",
                1 + (i * 7919 % 60000) / 10000, 1 + (i * 104729 % 60000) / 10000
    }' >big/people.csv
    [ "$(wc -l <big/series.csv)" = 1000001 ] || fail "not a million rows"
    # Two seconds of a processor; a busy machine gets less of it, and a checking build needs more.
    for kind in lines survival hazard density flows; do
        TIMEFORMAT='%U %S'
        spent=$({ time "$cradle" chart "$kind" big -o big.svg >/dev/null; } 2>&1)
        printf '%s: %s s of the processor\n' "$kind" "$spent"
        awk -v "limit=${CRADLE_CHART_SECONDS:-2}" '{ exit !($1 + $2 < limit) }' <<<"$spent" ||
            fail "$kind of a million rows took $spent s"
    done
    exit 0
fi

"$cradle" run "$configs/baseline.cfg" --people 120 --years 45 --replicates 2 --out run --quiet >/dev/null
for kind in lines multiples survival hazard density flows bars; do
    draws "$kind" run
done
draws lines run --measure satisfaction --width 300 --height 200 --title 'Another title'
draws density run --age 18
draws bars run --measure ssp_scale:resistance
"$cradle" chart lines run -o titled.svg --title 'A <title> & more'
grep -q 'A &lt;title&gt; &amp; more' titled.svg || fail 'the title is not that of the call'

"$cradle" compare "$configs/baseline.cfg" "$configs/scenarios/inconsistent.cfg" "$configs/scenarios/attuned.cfg" \
    --people 60 --years 30 --replicates 3 --out compared --quiet >/dev/null
draws forest compared
draws forest compared --measure ecr_mean

cat >study.cfg <<'CFG'
title = "two by two";
scenario = { };
people = 30;
years = 22.0;
replicates = 2;
design = "factorial";
axes = ( { key = "learning.rate"; values = [0.05, 0.1]; }, { key = "prototype.strength"; values = [0.1, 0.7]; } );
measures = ["style_share", "ecr_mean"];
CFG
sed -i "s|scenario = { }|scenario = \"$configs/baseline.cfg\"|" study.cfg
"$cradle" sweep study.cfg --store map.db --quiet >/dev/null
draws heat map.db
draws heat map.db --measure ecr_mean:anxiety
draws lines map.db --measure style_share:secure

# Wrong calls.
refused 2 'there is no chart pie; there are lines|' pie run -o none.svg
refused 2 '--output FILE is missing' lines run
refused 2 'KIND SOURCE is missing' lines -o none.svg
refused 2 'one argument too many' lines run run -o none.svg
refused 2 'must end in .svg, .png or .pdf' lines run -o none.gif
refused 2 'must be a number from 64 to 16384, not 63' lines run -o none.svg --width 63
refused 2 'must be a number from 64 to 16384, not 1e9' lines run -o none.svg --height 1e9
refused 2 'must be one of light|dark' lines run -o none.svg --theme grey
refused 2 'must be one of 18|40' density run -o none.svg --age 25
refused 2 'the chart lines takes no --age; density does' lines run -o none.svg --age 18
refused 2 'the chart flows takes no --measure' flows run -o none.svg --measure ecr_mean
refused 2 'has no measure happiness; see cradle measures' lines run -o none.svg --measure happiness
refused 2 'with the group happy' bars run -o none.svg --measure style_share:happy
refused 2 'not a folder' heat run -o none.svg
refused 2 'from a store come heat maps, lines and bars' flows map.db -o none.svg
refused 2 'has no sensitivity indices' bars map.db -o none.svg
refused 2 'has no manifest.json' lines compared -o none.svg
refused 2 'comparison.csv cannot be read' forest run -o none.svg

# Sources that are not there, or broken.
refused 2 'nowhere cannot be read' lines nowhere -o none.svg
mkdir empty
refused 2 'has no manifest.json of a complete run' lines empty -o none.svg
printf 'no database' >text.db
refused 2 'text.db is no store of Cradle' heat text.db -o none.svg
head -c 3000 map.db >cut.db
refused 1 'cut.db' heat cut.db -o none.svg
cp -r run broken
printf '1,45,style_share,secure,abc\n' >>broken/series.csv
refused 2 'value is no number: abc' lines broken -o none.svg
refused 2 "series.csv:$(wc -l <broken/series.csv): " multiples broken -o none.svg
sed -i '1s/value/worth/' broken/series.csv
refused 2 'series.csv has no column value' lines broken -o none.svg
head -c 1000 run/measures.csv >broken/measures.csv
refused 2 'measures.csv' bars broken -o none.svg --measure style_share
printf '{' >broken/manifest.json
refused 2 'has no manifest.json of a complete run' survival broken -o none.svg

# Outputs that cannot be.
refused 1 'nowhere' lines run -o nowhere/none.svg
mkdir taken.svg
refused 1 'taken.svg' lines run -o taken.svg
printf 'kept' >kept.svg
refused 2 'has no measure happiness' lines run -o kept.svg --measure happiness
[ "$(cat kept.svg)" = kept ] || fail 'a chart that failed destroyed an older one'
if [ -w /dev/full ]; then
    refused 1 '/dev/full' lines run -o /dev/full/none.svg
fi
