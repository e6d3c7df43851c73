#!/usr/bin/env bash
# What users of `cradle run` (and `cradle validate`) rely on, through the built program: the same bytes whatever the
# threads, a manifest that tells the truth, instruments that change nothing that happens, and no half result on a full
# disk.
#
#   test_run.sh CRADLE CONFIGS
set -euo pipefail

cradle=${1:?usage: test_run.sh CRADLE CONFIGS}
scenario=${2:?usage: test_run.sh CRADLE CONFIGS}/baseline.cfg
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
small=(--people 200 --years 25 --quiet --threads 1)
export OMP_WAIT_POLICY=passive # threads that wait by spinning are slow where other tests keep the processors busy
files=(measures series people panel relationships infants)
failures=0

fail() {
    printf 'failed: %s\n' "$*"
    failures=$((failures + 1))
}

# run OUT [OPTION...]: into a folder; the summary goes to OUT.txt.
run() {
    local out=$work/$1
    shift
    "$cradle" run "$scenario" "${small[@]}" --out "$out" "$@" >"$out.txt" 2>"$out.err" || {
        fail "cradle run $*: $(cat "$out.err")"
        return
    }
    [ ! -s "$out.err" ] || fail "cradle run $* says on the standard error: $(cat "$out.err")"
}

# expect_failure STATUS TEXT COMMAND...: the command ends with that status after one sentence with that text.
expect_failure() {
    local wanted=$1 text=$2 status=0
    shift 2
    "$@" >"$work/stdout" 2>"$work/stderr" || status=$?
    [ "$status" -eq "$wanted" ] || fail "$*: exit status $status, not $wanted: $(head -c 500 "$work/stderr")"
    [ "$(wc -l <"$work/stderr")" -eq 1 ] || fail "$*: not one sentence: $(head -c 500 "$work/stderr")"
    grep -qF -- "$text" "$work/stderr" || fail "$*: does not say \"$text\": $(cat "$work/stderr")"
    [ ! -s "$work/stdout" ] || fail "$*: prints a result all the same"
}

# without PATTERN FILE: a CSV file less the columns whose name matches.
without() {
    awk -F, -v OFS=, -v pattern="^($1)\$" '
        NR == 1 { for (i = 1; i <= NF; i++) keep[i] = $i !~ pattern }
        { line = ""; for (i = 1; i <= NF; i++) if (keep[i]) line = line OFS $i; print line }' "$2"
}

checksums() {
    (cd "$work/$1" && sha256sum -- *)
}

the_same_bytes_at_any_number_of_threads() {
    run one --panel 13 --replicates 3
    run two --threads 2 --panel 13 --replicates 3
    [ "$(checksums one)" = "$(checksums two)" ] || fail "two threads give other bytes than one"
    cmp -s "$work/one.txt" "$work/two.txt" || fail "two threads print another summary than one"
    run alone --panel 13
    run shared --threads 2 --panel 13
    [ "$(checksums alone)" = "$(checksums shared)" ] || fail "two threads within a replicate give other bytes"
    local file
    for file in "${files[@]}"; do
        cmp -s <(awk -F, 'NR == 1 || $1 == 1' "$work/one/$file.csv") "$work/alone/$file.csv" ||
            fail "$file.csv: replicate 1 of 3 is not replicate 1 alone"
    done
    run third --panel 13 --set run.first_replicate=3
    for file in "${files[@]}"; do
        cmp -s <(awk -F, 'NR == 1 || $1 == 3' "$work/one/$file.csv") "$work/third/$file.csv" ||
            fail "$file.csv: replicate 3 of 3 is not replicate 3 alone"
    done
    run other --panel 13 --seed 2
    for file in "${files[@]}"; do
        cmp -s "$work/other/$file.csv" "$work/alone/$file.csv" && fail "$file.csv: another seed makes no difference"
    done
    return 0
}

the_manifest_tells_the_truth() {
    local name rows sum count=0
    while read -r name rows sum; do
        count=$((count + 1))
        [ "$(sha256sum <"$work/one/$name")" = "$sum  -" ] || fail "$name: its checksum in the manifest is wrong"
        [ "$(wc -l <"$work/one/$name")" -eq $((rows + 1)) ] || fail "$name: has not the $rows rows of the manifest"
    done < <(sed -n '/"files"/,$p' "$work/one/manifest.json" |
        sed -n 's/^ *"\(name\|rows\|sha256\)": "\{0,1\}\([^",]*\)"\{0,1\},\{0,1\}$/\2/p' | paste -d ' ' - - -)
    [ "$count" -eq "${#files[@]}" ] || fail "the manifest tells of $count files, not of ${#files[@]}"
    [ "$(find "$work/one" -type f | wc -l)" -eq $((count + 1)) ] || fail "the folder holds more than the manifest says"
    grep -q '"run.people": 200,' "$work/one/manifest.json" || fail "the manifest lacks what was given on the command line"
    ! grep -q -e threads -e "$work" "$work/one/manifest.json" || fail "the manifest tells threads or paths"
    cmp -s <(grep fingerprint "$work/alone/manifest.json") <(grep fingerprint "$work/other/manifest.json") &&
        fail "another seed has the same fingerprint"
    return 0
}

every_cell_is_a_plain_number_a_word_or_na() {
    local file
    for file in "${files[@]}"; do
        awk -F, -v file="$file" '
            NR == 1 { columns = NF; next }
            NF != columns { print file ".csv:" NR ": has " NF " cells, not " columns; bad = 1; exit }
            { for (i = 1; i <= NF; i++) {
                if ($i == "NA") { missing++; continue }
                if ($i ~ /^-?[0-9]+(\.[0-9]+)?(e[-+][0-9]+)?$/) {
                    digits = $i; sub(/e.*/, "", digits); gsub(/[-.]/, "", digits); sub(/^0+/, "", digits)
                    if ($i ~ /[.e]/ && length(digits) > 6) { print file ".csv:" NR ": too many digits in " $i; bad = 1 }
                    if ($i == "-0") { print file ".csv:" NR ": -0"; bad = 1 }
                    numbers++
                    continue
                }
                if ($i !~ /^[A-Za-z0-9][A-Za-z0-9_+ -]*$/ || $i ~ /^(nan|NaN|inf|Inf)$/) {
                    print file ".csv:" NR ": odd cell " $i; bad = 1
                }
            } }
            END { exit bad || numbers == 0 || (missing == 0 && file != "infants") }' "$work/one/$file.csv" ||
            fail "$file.csv: a cell is neither a plain number nor a word nor NA, or none is missing"
    done
}

a_file_without_rows_names_its_columns() {
    run short --panel 10000 --years 0.02 --people 2
    local file
    for file in panel relationships infants series; do
        cmp -s "$work/short/$file.csv" <(head -n 1 "$work/one/$file.csv") || fail "$file.csv: without rows lacks its header"
    done
    grep -q '"rows": 0' "$work/short/manifest.json" || fail "the manifest of a run without observations tells of some"
}

instruments_change_nothing_that_happens() {
    local cuts=() all=() key role type maximum
    while IFS=, read -r key role type maximum; do
        [ "$role $type" = "instrument real" ] || continue
        all+=(--set "$key=$maximum")
        case $key in laboratory.*_cut | ecr.*_cut) cuts+=(--set "$key=2.75") ;; esac
    done < <("$cradle" params --format csv | awk -F, '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { sub(/.* to /, "", $at["range"]); print $at["key"] "," $at["role"] "," $at["type"] "," $at["range"] }')
    [ "${#all[@]}" -gt "${#cuts[@]}" ] || fail "found no instruments but cut-offs"
    [ "${#cuts[@]}" -ge 10 ] || fail "found only ${#cuts[@]} words of cut-offs"
    run cut --panel 13 "${cuts[@]}"
    cmp -s "$work/alone/panel.csv" "$work/cut/panel.csv" || fail "cut-offs change panel.csv"
    cmp -s <(without 'ssp_class|style_.*|earned_.*' "$work/alone/people.csv") \
        <(without 'ssp_class|style_.*|earned_.*' "$work/cut/people.csv") || fail "cut-offs change people.csv"
    cmp -s <(without 'style_.*' "$work/alone/relationships.csv") <(without 'style_.*' "$work/cut/relationships.csv") ||
        fail "cut-offs change relationships.csv"
    cmp -s <(without class "$work/alone/infants.csv") <(without class "$work/cut/infants.csv") ||
        fail "cut-offs change infants.csv"
    local file
    for file in measures people relationships infants; do
        ! cmp -s "$work/alone/$file.csv" "$work/cut/$file.csv" || fail "cut-offs do not even change $file.csv's labels"
    done
    run rough --panel 13 "${all[@]}"
    local measured='adult|anxiety|avoidance|satisfaction'
    cmp -s <(without "$measured" "$work/alone/panel.csv") <(without "$measured" "$work/rough/panel.csv") ||
        fail "instruments change what happens in panel.csv"
    cmp -s <(without 'style_.*' "$work/alone/relationships.csv") <(without 'style_.*' "$work/rough/relationships.csv") ||
        fail "instruments change what happens in relationships.csv"
    measured='ssp_.*|anxiety_.*|avoidance_.*|style_.*|earned_.*'
    cmp -s <(without "$measured" "$work/alone/people.csv") <(without "$measured" "$work/rough/people.csv") ||
        fail "instruments change what happens in people.csv"
    ! cmp -s "$work/alone/panel.csv" "$work/rough/panel.csv" || fail "instruments do not even change ratings"
}

expect_no_result() {
    [ ! -e "$1/manifest.json" ] || fail "$2: a manifest stands beside results that are not all there"
    [ -z "$(find "$1" -name '*.partial')" ] || fail "$2: leaves $(find "$1" -name '*.partial')"
}

limited_run() {
    (
        ulimit -f 512 # kilobytes; panel.csv needs more
        exec "$cradle" run "$scenario" "${small[@]}" --panel 13 --out "$1"
    )
}

# Only where one may mount at all: as root, or in a namespace of one's own.
run_on_a_tiny_disk() {
    # shellcheck disable=SC2016 # the inner shell expands
    unshare --user --map-root-user --mount bash -c '
        mount -t tmpfs -o size=128k none "$1" || exit 99
        out=$1
        shift
        status=0
        "$@" --out "$out" || status=$?
        [ ! -e "$out/manifest.json" ] && [ -z "$(find "$out" -name "*.partial")" ] || exit 98
        exit "$status"' - "$@"
}

a_full_disk_ends_a_run_with_one_sentence_and_no_manifest() {
    expect_failure 1 "cannot write $work/limit/panel.csv" limited_run "$work/limit"
    expect_no_result "$work/limit" "a limit on the size of files"

    mkdir "$work/full"
    cp "$work/alone/manifest.json" "$work/full"
    ln -s /dev/full "$work/full/people.csv.partial"
    expect_failure 1 "cannot write $work/full/people.csv: " "$cradle" run "$scenario" "${small[@]}" --out "$work/full"
    expect_no_result "$work/full" "a full disk"

    mkdir "$work/tiny"
    if unshare --user --map-root-user --mount mount -t tmpfs -o size=128k none "$work/tiny" 2>/dev/null; then
        expect_failure 1 "cannot write $work/tiny/" \
            run_on_a_tiny_disk "$work/tiny" "$cradle" run "$scenario" "${small[@]}" --panel 13
    else
        echo "no disk of one's own can be mounted here; two other kinds of full disk were tried"
    fi

    local status=0
    "$cradle" run "$scenario" "${small[@]}" >/dev/full 2>"$work/stderr" || status=$?
    [ "$status $(wc -l <"$work/stderr")" = "1 1" ] || fail "a summary that is lost is not told"
}

wrong_calls_end_with_2_and_one_sentence() {
    local out=$work/wrong
    local call=("$cradle" run "$scenario" "${small[@]}" --out "$out")
    expect_failure 2 "SCENARIO" "$cradle" run
    expect_failure 2 "no_such.cfg" "$cradle" run "$work/no_such.cfg"
    expect_failure 2 "--panel needs --out" "$cradle" run "$scenario" --panel 13
    expect_failure 2 "one" "$cradle" run "$scenario" "$scenario"
    expect_failure 2 "run.people" "${call[@]}" --people 1
    expect_failure 2 "run.years" "${call[@]}" --years 151
    expect_failure 2 "run.years" "${call[@]}" --years nan
    expect_failure 2 "run.seed" "${call[@]}" --seed -1
    expect_failure 2 "run.replicates" "${call[@]}" --replicates 0
    expect_failure 2 "--threads" "${call[@]}" --threads 0
    expect_failure 2 "--panel" "${call[@]}" --panel 0
    expect_failure 2 "--panel" "${call[@]}" --panel 13.5
    expect_failure 2 "run.first_replicate" "${call[@]}" --set run.first_replicate=0
    expect_failure 2 "did you mean run.people" "${call[@]}" --set run.poeple=5
    expect_failure 2 "run.people" "${call[@]}" --set run.people
    expect_failure 2 "--no-such-option" "${call[@]}" --no-such-option
    [ ! -e "$out" ] || fail "a wrong call makes the folder of results"
    : >"$work/taken"
    expect_failure 1 "$work/taken" "$cradle" run "$scenario" "${small[@]}" --out "$work/taken"
    expect_failure 1 "$work/no/such" "$cradle" run "$scenario" "${small[@]}" --out "$work/no/such"
    printf 'run : { poeple = 5; };\n' >"$work/misspelt.cfg"
    expect_failure 2 "$work/misspelt.cfg:1: " "$cradle" run "$work/misspelt.cfg"
}

# evidence ID LOW HIGH MEASURE GROUP: one calibrated finding, in $work/ID.cfg.
evidence() {
    printf 'title = "Test";\nevidence = ({ id = "%s"; quantity = "q"; value = %s; low = %s; high = %s; use = "cal";
        measure = "%s"; group = "%s"; source = "s"; });\n' "$1" "$2" "$2" "$3" "$4" "$5" >"$work/$1.cfg"
}

validation_tells_misses_and_refuses_what_it_cannot_measure() {
    local call=("$cradle" validate "$scenario" --people 50 --years 3 --quiet --threads 1)
    evidence inside 0.0 1.0 ssp_share B
    evidence outside 2.0 3.0 ssp_share B
    evidence nothing 0.0 1.0 no_such_measure B
    evidence nobody 0.0 1.0 ssp_share E
    "${call[@]}" --strict --evidence "$work/inside.cfg" >"$work/inside.txt" || fail "a hit is told as a miss"
    grep -q inside "$work/inside.txt" || fail "the table lacks its finding"
    "${call[@]}" --evidence "$work/outside.cfg" >"$work/outside.txt" || fail "a miss fails a run that is not strict"
    local status=0
    "${call[@]}" --strict --evidence "$work/outside.cfg" >"$work/outside.txt" 2>"$work/stderr" || status=$?
    [ "$status $(wc -l <"$work/stderr")" = "1 1" ] || fail "a miss does not fail a strict run"
    grep -q outside "$work/outside.txt" || fail "a strict run does not print its table"
    expect_failure 2 "$work/nothing.cfg:2: " "${call[@]}" --evidence "$work/nothing.cfg"
    expect_failure 2 "no_such_measure" "${call[@]}" --evidence "$work/nothing.cfg"
    expect_failure 2 "ssp_share of nobody has no group \"E\"" "${call[@]}" --evidence "$work/nobody.cfg"
    expect_failure 2 "$work/no_such" "${call[@]}" --evidence "$work/no_such"
}

the_same_bytes_at_any_number_of_threads
the_manifest_tells_the_truth
every_cell_is_a_plain_number_a_word_or_na
a_file_without_rows_names_its_columns
instruments_change_nothing_that_happens
a_full_disk_ends_a_run_with_one_sentence_and_no_manifest
wrong_calls_end_with_2_and_one_sentence
validation_tells_misses_and_refuses_what_it_cannot_measure
if [ "$failures" -gt 0 ]; then
    echo "$failures failed"
    exit 1
fi
echo "all as users may rely on it"
