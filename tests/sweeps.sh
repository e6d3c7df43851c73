# What the tests of sweeps share; to be sourced by them with the program in $cradle.
# shellcheck shell=bash

: "${cradle:?the program to be tested}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OMP_WAIT_POLICY=passive # threads that wait by spinning are slow where other tests keep the processors busy
failures=0

fail() {
    printf 'failed: %s\n' "$*"
    failures=$((failures + 1))
}

# Ends the test.
finish() {
    if [ "$failures" -gt 0 ]; then
        echo "$failures failed"
        exit 1
    fi
    echo "all as users may rely on it"
}

skip() {
    printf 'skipped: %s\n' "$*"
    exit 77
}

# study NAME LINE...: a study (or a scenario) in $work/NAME.cfg.
study() {
    local name=$1
    shift
    printf '%s\n' "$@" >"$work/$name.cfg"
}

# tiny_study NAME RUNS: runs of a few milliseconds, nine points in as many replicates as it takes, measures and series.
tiny_study() {
    study "$1" 'title = "A tiny study";' 'people = 50;' 'years = 2.0;' "replicates = $(($2 / 9));" \
        'design = "factorial";' 'axes = (' \
        '    { key = "caregiving.sensitivity"; values = [0.3, 0.5, 0.9]; },' \
        '    { key = "caregiving.inconsistency"; low = 0.1; high = 0.9; steps = 3; } );' \
        'measures = ["ssp_share", "infant_strategy_share"];' 'series = ["partnered_share"];'
}

# sweep STUDY STORE [OPTION...]: both by their names in $work. What is printed goes to STORE.txt and STORE.err.
sweep() {
    local study=$work/$1.cfg store=$work/$2
    shift 2
    "$cradle" sweep "$study" --store "$store.db" "$@" >"$store.txt" 2>"$store.err"
}

# good_sweep: one that must succeed.
good_sweep() {
    sweep "$@" || fail "cradle sweep $*: exit status $?: $(cat "$work/$2.err")"
    [ ! -s "$work/$2.err" ] || fail "cradle sweep $* says on the standard error: $(cat "$work/$2.err")"
}

# exported STORE: the checksums of all that the store exports.
exported() {
    local out=$work/$1.export
    rm -rf "$out"
    "$cradle" export "$work/$1.db" --out "$out" >"$out.txt" 2>&1 || {
        fail "cradle export $1.db: $(cat "$out.txt")"
        return
    }
    (cd "$out" && sha256sum -- *)
}

# expect_same STORE STORE WHAT
expect_same() {
    local one other
    one=$(exported "$1")
    other=$(exported "$2")
    [ -n "$one" ] || fail "$3: nothing is exported"
    [ "$one" = "$other" ] || fail "$3: the export is not the same"
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

# ask STORE SQL
ask() {
    sqlite3 "$work/$1.db" "$2"
}

# within SECONDS COMMAND...: waits until the command succeeds.
within() {
    local tries=$(($1 * 50))
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.02
    done
}

# Whether a closed store is one file.
is_one_file() {
    [ -e "$work/$1.db" ] && [ ! -e "$work/$1.db-wal" ] && [ ! -e "$work/$1.db-shm" ] && [ ! -e "$work/$1.db-lock" ]
}

# Whether no process of a session is left but those that are dead and wait to be taken notice of.
session_is_over() {
    [ -z "$(ps -o stat= -s "$1" | sed '/^Z/d')" ]
}
