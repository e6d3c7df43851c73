#!/usr/bin/env bash
# What users of `cradle sweep`, `merge` and `check` rely on, through the built program: the same bytes whatever the jobs
# and shards; resuming after whatever has ended a sweep, and only with what it was begun with; failed runs that hide
# nothing; one writer; a progress that never goes back.
#
#   test_sweep.sh CRADLE
set -euo pipefail

cradle=${1:?usage: test_sweep.sh CRADLE}
# shellcheck source=tests/sweeps.sh
. "$(dirname "${BASH_SOURCE[0]}")/sweeps.sh"

any_number_of_jobs_gives_the_same_bytes() {
    local jobs
    tiny_study tiny 27
    for jobs in 1 2 3; do
        good_sweep tiny "jobs-$jobs" --jobs "$jobs"
        expect_same jobs-1 "jobs-$jobs" "$jobs jobs"
        grep -qF "jobs-$jobs.db: 27 of 27 runs done, 0 failed" "$work/jobs-$jobs.txt" || fail "the summary is wrong"
        is_one_file "jobs-$jobs" || fail "a closed store is not one file"
    done
    [ "$(wc -l <"$work/jobs-1.export/runs.csv")" -eq 28 ] || fail "the export has not a line for each run"
    good_sweep tiny seed-2 --seed 2
    cmp -s <(exported jobs-1) <(exported seed-2) && fail "another seed makes no difference"
    return 0
}

shards_merged_give_the_same_bytes() {
    local shard
    for shard in 1 2 3 4; do
        good_sweep tiny "part-$shard" --shard "$shard/4" --jobs 1
    done
    "$cradle" merge "$work"/part-[1-4].db --store "$work/merged.db" >"$work/merged.txt" || fail "shards are not merged"
    grep -qF "merged.db: 27 of 27 runs done, 0 failed" "$work/merged.txt" || fail "the summary of a merge is wrong"
    expect_same jobs-1 merged "4 shards merged"
    "$cradle" merge "$work"/part-{3,1,4,2}.db --store "$work/shuffled.db" >"$work/merged.txt" || fail "in another order"
    expect_same jobs-1 shuffled "4 shards merged in another order"

    expect_failure 2 "merged.db exists already" "$cradle" merge "$work"/part-[1-4].db --store "$work/merged.db"
    expect_failure 2 "belong to none of these stores" "$cradle" merge "$work"/part-[1-3].db --store "$work/three.db"
    [ ! -e "$work/three.db" ] || fail "a store is made of three of four shards"
    good_sweep tiny other-4 --shard 4/4 --jobs 1 --seed 2
    expect_failure 2 "run.seed" "$cradle" merge "$work"/part-[1-3].db "$work/other-4.db" --store "$work/mixed.db"
    expect_failure 2 "shard" sweep_to_stderr tiny part-1 --resume --shard 2/4
}

# As expect_failure wants it.
sweep_to_stderr() {
    "$cradle" sweep "$work/$1.cfg" --store "$work/$2.db" "${@:3}"
}

a_complete_store_is_left_as_it_is() {
    cp "$work/jobs-1.db" "$work/again.db"
    expect_failure 2 "holds a sweep already (27 of 27 runs done); go on with --resume" sweep_to_stderr tiny again
    good_sweep tiny again --resume --verbose
    [ "$(cat "$work/again.txt")" = "$work/again.db: 27 of 27 runs done, 0 failed" ] || fail "a complete store is run again"
    cmp -s <(ask jobs-1 .dump) <(ask again .dump) || fail "resuming a complete store changes it"
}

# refused WHAT_DIFFERS NAME [OPTION...]: the store was begun with another study.
refused() {
    local differs=$1 name=$2
    shift 2
    expect_failure 2 "$differs" sweep_to_stderr "$name" again --resume "$@"
    grep -qF "again.db was begun with something else" "$work/stderr" || fail "it is not told that the store is another's"
}

what_was_begun_with_something_else_is_not_resumed() {
    refused "run.seed was 1 and is 2 now" tiny --seed 2
    refused "run.people was 50 and is 51 now" tiny --people 51
    refused "prototype.strength" tiny --set prototype.strength=0.9
    sed 's/0.3, 0.5/0.3, 0.6/' "$work/tiny.cfg" >"$work/moved.cfg"
    refused "in the design caregiving.sensitivity was 0.5 and is 0.6 now" moved
    sed 's/"ssp_share", //' "$work/tiny.cfg" >"$work/fewer.cfg"
    refused "the study's measures" fewer
    sed 's/caregiving.inconsistency/caregiving.rebuff/' "$work/tiny.cfg" >"$work/axis.cfg"
    refused "the study's axes" axis
    sed 's/replicates = 3/replicates = 4/' "$work/tiny.cfg" >"$work/more.cfg"
    refused "run.replicates was 3 and is 4 now" more
    sed 's/A tiny study/Another title/' "$work/tiny.cfg" >"$work/retitled.cfg"
    good_sweep retitled again --resume
    cmp -s <(ask jobs-1 .dump) <(ask again .dump) || fail "a refused sweep changes the store"
    ask again "UPDATE study SET value = '0.0.1' WHERE key = 'version'"
    refused "the study's version was 0.0.1 and is " tiny
}

# One corner of the design leaves nobody to care for children: a scenario that is invalid there alone.
study_with_a_bad_corner() {
    study scenario 'caregiving : { form = "profiles"; };' 'profiles : { one : { share = 0.5; }; two : { share = 0.5; }; };'
    study "$1" 'scenario = "scenario.cfg"; people = 50; years = 1.0; replicates = 2; design = "factorial";' \
        'axes = ({ key = "profile.one.share"; values = [0.0, 0.5]; }, { key = "profile.two.share"; values = [0.0, 0.5]; });' \
        'measures = ["infant_strategy_share"];' "$2"
}

a_failed_run_is_told_and_hides_no_other() {
    study_with_a_bad_corner corner 'on_failure = "continue";'
    local status=0
    sweep corner corner --jobs 2 || status=$?
    [ "$status" -eq 1 ] || fail "a sweep with failed runs ends with status $status"
    grep -qF "corner.db: 6 of 8 runs done, 2 failed" "$work/corner.txt" || fail "the summary hides failures"
    grep -q "^run 1 failed (point 1): .*share" "$work/corner.err" || fail "a failure is not told: $(cat "$work/corner.err")"
    exported corner >/dev/null
    [ "$(grep -c ',failed,".*share' "$work/corner.export/runs.csv")" -eq 2 ] || fail "the export lacks the failures"
    [ "$(grep -c ',done,NA$' "$work/corner.export/runs.csv")" -eq 6 ] || fail "the export lacks the other runs"
    sweep corner corner --resume --verbose && fail "a failed run is forgotten"
    ! grep -q '^run' "$work/corner.txt" || fail "what has failed is run again without being asked for"
    sweep corner corner --resume --retry --verbose || true
    [ "$(grep -c '^run [12] failed' "$work/corner.txt")" -eq 2 ] || fail "--retry does not run again what has failed"
    cp "$work/corner.export/runs.csv" "$work/before.csv"
    exported corner >/dev/null
    cmp -s "$work/before.csv" "$work/corner.export/runs.csv" || fail "a failure that is tried again reads otherwise"
}

a_study_may_stop_at_the_first_failure() {
    study_with_a_bad_corner stops 'on_failure = "stop";'
    local status=0
    sweep stops stops --jobs 1 || status=$?
    [ "$status" -eq 1 ] || fail "a sweep that stops at a failure ends with status $status"
    [ "$(ask stops "SELECT count(*) FROM runs WHERE state = 'waiting'")" -ge 4 ] || fail "a failure stops nothing"
    sed 's/"stop"/"continue"/' "$work/stops.cfg" >"$work/goes_on.cfg"
    sweep goes_on stops --resume || true
    cmp -s <(exported corner) <(exported stops) || fail "a stopped sweep that goes on comes to something else"
}

a_run_that_takes_too_long_has_failed() {
    study slow 'people = 50; years = 100.0; design = "factorial"; time_limit = 1.0;' \
        'axes = ({ key = "run.people"; values = [20000, 2]; });'
    local status=0
    sweep slow slow --jobs 2 || status=$?
    [ "$status" -eq 1 ] || fail "a sweep with a run that took too long ends with status $status"
    [ "$(ask slow "SELECT run FROM runs WHERE state = 'failed' AND error LIKE '%time_limit = 1 s%'")" = 1 ] ||
        fail "the time limit is not told: $(cat "$work/slow.err")"
    [ "$(ask slow "SELECT state FROM runs WHERE run = 2")" = "done" ] || fail "the other run fails, too"
}

# begin_long: a sweep of some seconds in the background, in a session of its own, as a terminal would start it.
begin_long() {
    : >"$work/$1.txt"
    setsid env --default-signal=INT "$cradle" sweep "$work/long.cfg" --store "$work/$1.db" --jobs 2 --verbose --resume \
        >>"$work/$1.txt" 2>"$work/$1.err" &
    long=$!
    within 20 grep -q "done" "$work/$1.txt" || fail "nothing gets done: $(cat "$work/$1.err")"
    # Halted, so that it is not over before it is disturbed, however fast it is.
    kill -STOP -- "-$long" || fail "the sweep was over before it could be halted"
}

# disturb SIGNAL PROCESS...: as kill, to a sweep that is halted, which then goes on.
disturb() {
    kill "-$1" -- "${@:2}"
    kill -CONT -- "-$long"
}

a_sweep_that_runs_can_be_read_and_refuses_another() {
    tiny_study long 1800
    good_sweep long undisturbed --jobs 2
    begin_long long
    expect_failure 2 "long.db is being written to by another process ($long); wait for it or end it first" \
        sweep_to_stderr long long --resume
    expect_failure 2 "long.db is being written to by another process" sweep_to_stderr tiny long
    "$cradle" export "$work/long.db" >"$work/early.csv" 2>"$work/early.err" ||
        fail "a store cannot be read while a sweep runs: $(cat "$work/early.err")"
    kill -0 "$long" 2>/dev/null || fail "the sweep was over before it could be disturbed"
    exported undisturbed >"$work/checksums"
    [ "$(wc -l <"$work/early.csv")" -gt 1 ] || fail "while a sweep runs, nothing is exported"
    ! grep -vxFf "$work/undisturbed.export/measures.csv" "$work/early.csv" || fail "while a sweep runs, rows differ"
}

ctrl_c_ends_in_good_order() {
    local status=0
    disturb INT "-$long"
    wait "$long" || status=$?
    [ "$status" -eq 1 ] || fail "a sweep that is interrupted ends with status $status"
    grep -q "interrupted; [0-9]* of 1800 runs are safe in .*long.db: go on with --resume" "$work/long.err" ||
        fail "an interruption is not told: $(cat "$work/long.err")"
    [ "$(wc -l <"$work/long.err")" -eq 1 ] || fail "not one sentence: $(cat "$work/long.err")"
    within 5 session_is_over "$long" || fail "a worker outlives its sweep"
    is_one_file long || fail "an interrupted store is not one file"
    [ "$(grep -c '^run [0-9]* done$' "$work/long.txt")" -eq "$(ask long "SELECT count(*) FROM runs WHERE state = 'done'")" ] ||
        fail "the store does not hold what was reported"
    local left
    left=$(ask long "SELECT count(*) FROM runs WHERE state = 'waiting'")
    [ "$left" -gt 0 ] || fail "the sweep was over before it could be interrupted"

    begin_long long
    disturb TERM "$long"
    wait "$long" || status=$?
    [ "$status" -eq 1 ] || fail "a sweep that is terminated ends with status $status"
    good_sweep long long --resume --jobs 2
    expect_same undisturbed long "a sweep interrupted twice"
}

check_tells_what_a_study_costs() {
    local told true name
    "$cradle" check "$work/long.cfg" --jobs 2 >"$work/check.txt" || fail "a good study is refused"
    grep -q '^  runs    1800: factorial of 9 points, 200 replicates' "$work/check.txt" || fail "check miscounts the runs"
    grep -q '^  time    .* to .* with 2 jobs' "$work/check.txt" || fail "check does not tell the time"
    study wide 'people = 50; years = 2.0; design = "sobol"; points = 300;' \
        'axes = ({ key = "caregiving.sensitivity"; low = 0.3; high = 0.9; }, { key = "run.years"; low = 1; high = 2; });'
    good_sweep wide wide
    for name in long wide; do
        told=$("$cradle" check "$work/$name.cfg" | sed -n 's/^  size    about \([0-9.e+-]*\) MB.*/\1/p')
        true=$(stat -c %s "$work/$name.db")
        awk -v told="$told" -v true="$true" 'BEGIN { exit !(told * 1e6 > 0.75 * true && told * 1e6 < 1.25 * true) }' ||
            fail "check tells a size of $told MB for $name.cfg; it is $true bytes"
    done
}

progress_never_goes_back() {
    script -qec "'$cradle' sweep '$work/long.cfg' --store '$work/shown.db' --jobs 1" /dev/null </dev/null >"$work/shown.txt" ||
        fail "a sweep on a terminal fails: $(cat "$work/shown.txt")"
    tr '\r' '\n' <"$work/shown.txt" | sed -n 's|^sweeping: \([0-9]*\)/1800, 0 failed.*|\1|p' >"$work/counts"
    [ "$(sort -u "$work/counts" | wc -l)" -ge 3 ] || fail "no progress is shown: $(head -c 500 "$work/shown.txt")"
    sort -nc "$work/counts" || fail "the progress goes back"
    grep -qE 'a second, [0-9.]+ (s|min [0-9]+ s) to [0-9.]+ (s|min [0-9]+ s) left' "$work/shown.txt" ||
        fail "no time left is told: $(head -c 2000 "$work/shown.txt")"
    expect_same undisturbed shown "a sweep that shows its progress"
    rm -f "$work/shown.db"
    script -qec "'$cradle' sweep '$work/tiny.cfg' --store '$work/shown.db' --quiet" /dev/null </dev/null >"$work/shown.txt"
    ! grep -q sweeping "$work/shown.txt" || fail "--quiet shows progress"
}

bad_studies_and_calls_end_with_2_and_one_sentence() {
    local tiny=$work/tiny.cfg
    expect_failure 2 "STUDY" "$cradle" sweep
    expect_failure 2 "--store FILE is missing" "$cradle" sweep "$tiny"
    expect_failure 2 "no_such.cfg" "$cradle" sweep "$work/no_such.cfg" --store "$work/new.db"
    expect_failure 2 "--jobs" "$cradle" sweep "$tiny" --store "$work/new.db" --jobs 0
    local shard
    for shard in 0/4 5/4 1 1/0 /4 1/ -1/4 1/2/3 a/b; do
        expect_failure 2 "--shard must be I/N" "$cradle" sweep "$tiny" --store "$work/new.db" --shard "$shard"
    done
    sed 's/factorial/factorail/' "$tiny" >"$work/bad.cfg"
    expect_failure 2 "bad.cfg:5: " "$cradle" sweep "$work/bad.cfg" --store "$work/new.db"
    sed 's/caregiving.sensitivity/caregiving.sensitivty/' "$tiny" >"$work/bad.cfg"
    expect_failure 2 "caregiving.sensitivity" "$cradle" sweep "$work/bad.cfg" --store "$work/new.db"
    sed 's/0.3, 0.5/0.3, 5.0/' "$tiny" >"$work/bad.cfg"
    expect_failure 2 "bad.cfg:7: " "$cradle" sweep "$work/bad.cfg" --store "$work/new.db"
    sed 's/ssp_share/ssp_shares/' "$tiny" >"$work/bad.cfg"
    expect_failure 2 "ssp_share" "$cradle" sweep "$work/bad.cfg" --store "$work/new.db"
    sed 's/replicates = 3/replicates = 1000000/; s/steps = 3/steps = 1000/' "$tiny" >"$work/bad.cfg"
    expect_failure 2 "runs" "$cradle" sweep "$work/bad.cfg" --store "$work/new.db"
    expect_failure 2 "run.people" "$cradle" sweep "$tiny" --store "$work/new.db" --people 1
    expect_failure 2 "sensitivity needs design" "$cradle" sensitivity "$tiny" --store "$work/new.db"
    [ ! -e "$work/new.db" ] || fail "a wrong call makes the store"
    expect_failure 2 "is no store of Cradle" "$cradle" sweep "$tiny" --store "$tiny"
    expect_failure 2 "is no store of Cradle" "$cradle" export "$tiny"
    expect_failure 2 "no_such.db" "$cradle" export "$work/no_such.db"
    sqlite3 "$work/foreign.db" "CREATE TABLE t(x)"
    expect_failure 2 "no store of Cradle" "$cradle" sweep "$tiny" --store "$work/foreign.db" --resume
    cp "$work/jobs-1.db" "$work/later.db"
    ask later "PRAGMA user_version = 1000"
    expect_failure 2 "later version" "$cradle" export "$work/later.db"
    expect_failure 1 "no/such" "$cradle" sweep "$tiny" --store "$work/no/such.db"
}

# told_runs_are_safe STORE: every run that STORE.txt reports is done in the store, which is sound.
told_runs_are_safe() {
    local told
    told=$(grep -c '^run [0-9]* done$' "$work/$1.txt") || true
    [ "$(ask "$1" "PRAGMA integrity_check")" = ok ] || fail "$1: the store is damaged"
    [ "$(ask "$1" "SELECT count(*) FROM runs WHERE state = 'done'")" -ge "$told" ] || fail "$1: a reported run is lost"
    [ "$told" -gt 0 ] || fail "$1: nothing was done before the disk was full"
}

a_limit_on_the_size_of_files_leaves_a_good_store() {
    local status=0
    (
        ulimit -f 400 # kilobytes; the store of 1800 runs needs more
        sweep long limit --jobs 2 --verbose
    ) || status=$?
    [ "$status" -eq 1 ] || fail "a limit on the size of files ends a sweep with status $status"
    grep -q "limit.db cannot be written: " "$work/limit.err" || fail "it does not say so: $(cat "$work/limit.err")"
    told_runs_are_safe limit
    good_sweep long limit --jobs 2 --resume
    expect_same undisturbed limit "a sweep after a limit on the size of files"
}

# Only where one may mount at all: as root, or in a namespace of one's own.
sweep_on_a_tiny_disk() {
    # shellcheck disable=SC2016 # the inner shell expands
    unshare "$@" --mount bash -euc '
        mount -t tmpfs -o size=400k none "$2"
        "$1" sweep "$3" --store "$2/full.db" --jobs 2 --verbose >"$2.txt" 2>"$2.err" || echo "$?" >"$2.status"
        cp "$2/full.db" "$2.db"
        cp "$2/full.db-wal" "$2.db-wal" 2>/dev/null || true
        mount -o remount,size=64m "$2"
        "$1" sweep "$3" --store "$2/full.db" --jobs 2 --resume >/dev/null
        cp "$2/full.db" "$2-resumed.db"' - "$cradle" "$work/full" "$work/long.cfg"
}

a_full_disk_leaves_a_good_store() {
    mkdir "$work/full"
    if unshare --mount mount -t tmpfs none "$work/full" 2>/dev/null; then
        sweep_on_a_tiny_disk || fail "what was left by a full disk cannot be resumed"
    elif unshare --user --map-root-user --mount mount -t tmpfs none "$work/full" 2>/dev/null; then
        sweep_on_a_tiny_disk --user --map-root-user || fail "what was left by a full disk cannot be resumed"
    else
        echo "no disk of one's own can be mounted here; a limit on the size of files was tried instead"
        return
    fi
    [ "$(cat "$work/full.status")" = 1 ] || fail "a full disk does not end a sweep with status 1"
    grep -q "the disk is full; every run that was reported done is safe in it" "$work/full.err" ||
        fail "a full disk is not told: $(cat "$work/full.err")"
    told_runs_are_safe full
    expect_same undisturbed full-resumed "a sweep after a full disk"
}

any_number_of_jobs_gives_the_same_bytes
shards_merged_give_the_same_bytes
a_complete_store_is_left_as_it_is
what_was_begun_with_something_else_is_not_resumed
a_failed_run_is_told_and_hides_no_other
a_study_may_stop_at_the_first_failure
a_run_that_takes_too_long_has_failed
a_sweep_that_runs_can_be_read_and_refuses_another
ctrl_c_ends_in_good_order
check_tells_what_a_study_costs
progress_never_goes_back
bad_studies_and_calls_end_with_2_and_one_sentence
a_limit_on_the_size_of_files_leaves_a_good_store
a_full_disk_leaves_a_good_store
finish
