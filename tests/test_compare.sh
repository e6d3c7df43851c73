#!/usr/bin/env bash
# What users of `cradle compare` rely on, through the built program: it finds nothing where there is nothing, says what
# differs where something does, gives the same bytes at any number of threads, and refuses wrong calls in one sentence.
#
#   test_compare.sh CRADLE CONFIGS
set -euo pipefail

cradle=${1:?usage: test_compare.sh CRADLE CONFIGS}
configs=${2:?usage: test_compare.sh CRADLE CONFIGS}
baseline=$configs/baseline.cfg
inconsistent=$configs/scenarios/inconsistent.cfg
attuned=$configs/scenarios/attuned.cfg
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
small=(--people 100 --years 25 --replicates 4 --resamples 200 --quiet --threads 1)
export OMP_WAIT_POLICY=passive # threads that wait by spinning are slow where other tests keep the processors busy
failures=0

fail() {
    printf 'failed: %s\n' "$*"
    failures=$((failures + 1))
}

# compare NAME SCENARIO... [OPTION...]: into the folder NAME; what is printed goes to NAME.txt.
compare() {
    local out=$work/$1
    shift
    "$cradle" compare "${small[@]}" --out "$out" "$@" >"$out.txt" 2>"$out.err" || {
        fail "cradle compare $*: $(cat "$out.err")"
        return
    }
    [ ! -s "$out.err" ] || fail "cradle compare $* says on the standard error: $(cat "$out.err")"
}

# says NAME TEXT, does_not_say NAME TEXT: what was printed.
says() {
    grep -qF -- "$2" "$work/$1.txt" || fail "$1: does not say \"$2\""
}

does_not_say() {
    ! grep -qF -- "$2" "$work/$1.txt" || fail "$1: says \"$2\""
}

# column NAME FILE COLUMN [CONDITION]: the cells of a column of the rows that meet an awk condition on cell["name"].
column() {
    awk -F, -v column="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { for (name in at) cell[name] = $at[name] }
        '"${4:-1}"' { print cell[column] }' "$work/$1/$2.csv"
}

# expect_failure STATUS TEXT COMMAND...: the command ends with that status after one sentence with that text.
expect_failure() {
    local wanted=$1 text=$2 status=0
    shift 2
    "$@" >"$work/stdout" 2>"$work/stderr" || status=$?
    [ "$status" -eq "$wanted" ] || fail "$*: exit status $status, not $wanted: $(head -c 500 "$work/stderr")"
    [ "$(wc -l <"$work/stderr")" -eq 1 ] || fail "$*: not one sentence: $(head -c 500 "$work/stderr")"
    grep -qF -- "$text" "$work/stderr" || fail "$*: does not say \"$text\": $(cat "$work/stderr")"
}

# expect_refusal TEXT COMMAND...: a wrong call, that also prints nothing else.
expect_refusal() {
    expect_failure 2 "$@"
    [ ! -s "$work/stdout" ] || fail "$*: prints a result all the same"
}

a_scenario_does_not_differ_from_itself() {
    compare itself "$baseline" "$baseline"
    says itself "baseline compared with baseline: 4 replicates of each, paired under common luck"
    says itself "Nothing differs: every measure is exactly the same in every pair of replicates."
    does_not_say itself "What differs"
    does_not_say itself "cannot be told"
    grep -q "partner fate  *0\.0 % of [0-9]* changed$" "$work/itself.txt" || fail "itself: a partner's fate changes"
    says itself "log-rank chi2(1) = 0.00, p = 1,"
    [ "$(column itself comparison difference | sort -u)" = $'0\nNA' ] || fail "itself: a difference is not 0"
    [ "$(column itself comparison p 'cell["finding"] != "undefined"' | sort -u)" = 1 ] || fail "itself: a p is not 1"
    [ "$(column itself comparison finding | sort -u)" = $'does not differ\nundefined' ] || fail "itself: other findings"
    [ -z "$(column itself who persons 'cell["value"] != cell["value_with"] && cell["persons"] != 0')" ] ||
        fail "itself: somebody changes"
}

# Whatever seed and numbers the other scenario's file has.
the_first_scenarios_luck_is_that_of_all() {
    printf 'extends = "%s";\nrun : { seed = 77; first_replicate = 500; };\n' "$(realpath "$baseline")" >"$work/other.cfg"
    compare luck "$baseline" "$work/other.cfg"
    says luck "Nothing differs"
    compare lucky "$work/other.cfg" "$baseline"
    says lucky "Nothing differs"
    ! cmp -s "$work/luck/comparison.csv" "$work/lucky/comparison.csv" || fail "the first scenario's seed does not count"
}

what_differs_is_said() {
    compare differs "$baseline" "$inconsistent" --people 400
    says differs "inconsistent compared with baseline: 4 replicates of each, paired under common luck"
    says differs "What differs ("
    says differs "What cannot be told yet ("
    says differs "Who differs: of the same persons under both histories"
    says differs "Pairing divides the variance of the differences by "
    says differs "95 % intervals by Student's t over pairs"
    does_not_say differs "Nothing differs"
    local heading finding
    while IFS='|' read -r heading finding; do
        local counted told
        counted=$(column differs comparison finding | grep -cxF "$finding" || true)
        told=$(sed -n "s/^$heading (\([0-9]*\))$/\1/p" "$work/differs.txt")
        [ "${told:-0}" -eq "$counted" ] || fail "\"$heading\" has ${told:-0} rows, but $counted are of \"$finding\""
    done <<'.'
What differs|differs
What differs, but by less than matters|differs slightly
What does not differ by as much as matters|does not differ
What cannot be told yet|cannot be told
What is undefined|undefined
.
    # The largest difference, beside what matters, comes first.
    local first largest
    first=$(sed -n '/^What differs (/{n;p;}' "$work/differs.txt")
    largest=$(awk -F, '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["finding"] == "differs" {
            size = $at["difference"] / $at["least"]
            if (size * size > most) { most = size * size; row = $at["measure"] " " $at["group"] }
        }
        END { print row }' "$work/differs/comparison.csv")
    [[ $first == "  $largest "* ]] || fail "the largest difference is of $largest, but first comes $first"
    ! grep -qi "nan\|inf[^ac]" <(sed -n '/^What differs (/,/^$/p' "$work/differs.txt") || fail "what differs is no number"
    column differs comparison difference 'cell["measure"] == "style_share" && cell["group"] == "secure"' |
        grep -q '^-0\.' || fail "inconsistent care does not lower security"
}

all_others_are_compared_with_the_first() {
    compare three "$baseline" "$inconsistent" "$attuned"
    compare two "$baseline" "$attuned"
    says three "inconsistent compared with baseline"
    says three "attuned compared with baseline"
    does_not_say three "attuned compared with inconsistent"
    [ "$(column three comparison scenario | uniq)" = $'inconsistent\nattuned' ] || fail "three: other scenarios"
    [ "$(column three comparison with | uniq)" = baseline ] || fail "three: compared with others"
    local file
    for file in comparison who; do
        cmp -s <(grep '^attuned,' "$work/three/$file.csv") <(grep '^attuned,' "$work/two/$file.csv") ||
            fail "three: $file.csv depends on what else is compared"
    done
}

the_same_bytes_at_any_number_of_threads() {
    compare one "$baseline" "$inconsistent"
    compare many "$baseline" "$inconsistent" --threads 2
    local file
    for file in comparison who; do
        cmp -s "$work/one/$file.csv" "$work/many/$file.csv" || fail "two threads give another $file.csv than one"
    done
    cmp -s "$work/one.txt" "$work/many.txt" || fail "two threads print other findings than one"
    compare seed "$baseline" "$inconsistent" --seed 2
    ! cmp -s "$work/one/comparison.csv" "$work/seed/comparison.csv" || fail "another seed makes no difference"
}

independent_scenarios_have_luck_of_their_own() {
    compare apart "$baseline" "$baseline" --independent
    says apart "baseline compared with baseline: 4 replicates of each, each with luck of its own"
    says apart "95 % intervals by Student's t (Welch)"
    does_not_say apart "Nothing differs"
    does_not_say apart "Who differs"
    does_not_say apart "Pairing"
    [ "$(wc -l <"$work/apart/who.csv")" -eq 1 ] || fail "apart: tells of the same persons"
    [ "$(column apart comparison gain | sort -u)" = NA ] || fail "apart: tells of a gain by pairing"
    column apart comparison difference | grep -q '[1-9]' || fail "apart: nothing varies"
}

measures_alone_can_be_compared() {
    compare few "$baseline" "$inconsistent" --measures ssp_share,style_share:secure
    [ "$(column few comparison measure | uniq -c | tr -s ' \n' ' ')" = " 4 ssp_share 1 style_share " ] ||
        fail "few: other measures are compared"
    says few "p corrected over 5 measures"
}

replicates_are_added_for_precision() {
    compare precise "$baseline" "$inconsistent" --measures ssp_share:B --precision 0.03 --years 3
    grep -q "^[0-9]* replicates of each; the widest interval is 0\.0[0-9]* wide$" "$work/precise.txt" ||
        fail "precise: $(head -n 1 "$work/precise.txt")"
    column precise comparison high | awk -v low="$(column precise comparison low)" '{ exit !($1 - low <= 0.03) }' ||
        fail "precise: the interval is wider than asked"
    [ "$(column precise comparison n)" -gt 4 ] || fail "precise: no replicates were added"
    compare bounded "$baseline" "$inconsistent" --measures ssp_share:B --precision 0.001 --most 9 --years 3
    says bounded "9 replicates of each; the widest interval is "
    says bounded ", which is more than asked: --most N allows for more replicates"
    [ "$(column bounded comparison n)" -eq 9 ] || fail "bounded: not as many replicates as it says"
}

twenty_replicates_are_lived_unless_more_are_asked_for() {
    "$cradle" compare "$baseline" "$baseline" --people 10 --years 2 --quiet --threads 1 >"$work/usual.txt"
    says usual "20 replicates of each"
    printf 'extends = "%s";\nrun : { replicates = 3; };\n' "$(realpath "$baseline")" >"$work/three.cfg"
    "$cradle" compare "$work/three.cfg" "$baseline" --people 10 --years 2 --quiet --threads 1 >"$work/asked.txt"
    says asked "3 replicates of each"
}

# The page tells what to type to make it anew, from whatever folder the scenarios are in.
the_report_can_be_made_anew() {
    mkdir "$work/a folder"
    printf 'extends = "%s";\nname = "plain";\n' "$(realpath "$baseline")" >"$work/a folder/it's.cfg"
    compare page "$work/a folder/it's.cfg" "$inconsistent" --report "$work/page 1.html" --set learning.rate=0.09
    says page "The report is in $work/page 1.html"
    local command
    command=$(sed -e 's/<[^>]*>/\n/g' "$work/page 1.html" | sed -e "s/&#39;/'/g; s/&apos;/'/g; s/&quot;/\"/g; s/&amp;/\&/g" |
        grep -m 1 '^cradle compare ') || {
        fail "the page lacks its command"
        return
    }
    mv "$work/page 1.html" "$work/page.html"
    (
        # shellcheck disable=SC2317 # the page's command calls it
        cradle() { "$cradle" "$@"; }
        eval "$command" >/dev/null 2>&1
    ) || fail "the page's command fails: $command"
    cmp -s "$work/page 1.html" "$work/page.html" || fail "the page's command makes another page: $command"
}

wrong_calls_end_with_2_and_one_sentence() {
    local call=("$cradle" compare "${small[@]}" --out "$work/wrong" "$baseline" "$inconsistent")
    expect_refusal "SCENARIO" "$cradle" compare
    expect_refusal "SCENARIO" "$cradle" compare "$baseline"
    local nine=("$baseline" "$baseline" "$baseline" "$baseline" "$baseline" "$baseline" "$baseline" "$baseline" "$baseline")
    expect_refusal "compare" "$cradle" compare "${nine[@]}"
    expect_refusal "a comparison needs --replicates of 2 or more" "${call[@]}" --replicates 1
    expect_refusal "--measures: unknown measure stile_share; did you mean style_share?" "${call[@]}" --measures stile_share
    expect_refusal "--measures: unknown measure " "${call[@]}" --measures "style_share,"
    expect_refusal 'the measure style_share has no group "sceure"; its groups are: secure' \
        "${call[@]}" --measures ssp_share,style_share:sceure --replicates 1000
    expect_refusal "no_such.cfg" "$cradle" compare "$baseline" "$work/no_such.cfg"
    expect_refusal "no_such.cfg" "$cradle" compare "$work/no_such.cfg" "$baseline"
    printf 'run : { poeple = 5; };\n' >"$work/misspelt.cfg"
    expect_refusal "$work/misspelt.cfg:1: " "$cradle" compare "$baseline" "$work/misspelt.cfg"
    expect_refusal "--precision" "${call[@]}" --precision 0
    expect_refusal "--precision" "${call[@]}" --precision nan
    expect_refusal "--most" "${call[@]}" --most 1
    expect_refusal "--level" "${call[@]}" --level 95
    expect_refusal "--resamples" "${call[@]}" --resamples 0
    expect_refusal "--threads" "${call[@]}" --threads 0
    expect_refusal "1099999999; at most 1000000000 is allowed" \
        "${call[@]}" --independent --set run.first_replicate=999999996
    [ ! -e "$work/wrong" ] || fail "a wrong call makes the folder of results"
}

what_cannot_be_written_ends_with_1_and_one_sentence() {
    local call=("$cradle" compare "$baseline" "$baseline" --people 10 --years 2 --replicates 2 --quiet --threads 1)
    : >"$work/taken"
    expect_failure 1 "$work/taken" "${call[@]}" --out "$work/taken"
    expect_failure 1 "$work/no/such" "${call[@]}" --out "$work/no/such"
    expect_failure 1 "$work/no/such.html" "${call[@]}" --report "$work/no/such.html"
    local status=0
    "${call[@]}" >/dev/full 2>"$work/stderr" || status=$?
    [ "$status $(wc -l <"$work/stderr")" = "1 1" ] || fail "findings that are lost are not told"
}

a_scenario_does_not_differ_from_itself
the_first_scenarios_luck_is_that_of_all
what_differs_is_said
all_others_are_compared_with_the_first
the_same_bytes_at_any_number_of_threads
independent_scenarios_have_luck_of_their_own
measures_alone_can_be_compared
replicates_are_added_for_precision
twenty_replicates_are_lived_unless_more_are_asked_for
the_report_can_be_made_anew
wrong_calls_end_with_2_and_one_sentence
what_cannot_be_written_ends_with_1_and_one_sentence
if [ "$failures" -gt 0 ]; then
    echo "$failures failed"
    exit 1
fi
echo "all as users may rely on it"
