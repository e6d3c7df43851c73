#!/usr/bin/env bash
# Sweeps under mpirun: three ranks give the same bytes as one process; a rank that is killed costs nothing but its
# current runs where mpirun lets the others go on, and nothing that --resume does not bring back where it does not.
#
#   test_mpi.sh CRADLE
set -euo pipefail

cradle=${1:?usage: test_mpi.sh CRADLE}
# shellcheck source=tests/sweeps.sh
. "$(dirname "${BASH_SOURCE[0]}")/sweeps.sh"

command -v mpirun >/dev/null || skip "there is no mpirun here (Debian: openmpi-bin)"
tiny_study tiny 27
if OMPI_COMM_WORLD_RANK=0 "$cradle" sweep "$work/tiny.cfg" --store "$work/probe.db" 2>&1 | grep -q "built without MPI"; then
    skip "this program was built without MPI"
fi

export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
# Open MPI keeps at the end what it has.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
runs=2700 # of a sweep that is to last until its ranks are killed
ranks=(mpirun --oversubscribe -n 3)

# mpi_sweep STUDY STORE [OPTION...]
mpi_sweep() {
    "${ranks[@]}" "$cradle" sweep "$work/$1.cfg" --store "$work/$2.db" "${@:3}" >"$work/$2.txt" 2>"$work/$2.err"
}

three_ranks_give_the_same_bytes() {
    tiny_study long "$runs"
    good_sweep long undisturbed --jobs 2
    good_sweep tiny one --jobs 1
    mpi_sweep tiny three || fail "three ranks: exit status $?: $(cat "$work/three.err")"
    [ "$(grep -c "three.db: 27 of 27 runs done, 0 failed" "$work/three.txt")" -eq 1 ] || fail "not one rank tells the end"
    expect_same one three "three ranks"
    mpi_sweep tiny three --resume --verbose || fail "three ranks with nothing to do: exit status $?"
    ! grep -q '^run' "$work/three.txt" || fail "three ranks run again what is done"
    mpi_sweep tiny six --jobs 2 || fail "three ranks of two jobs: exit status $?: $(cat "$work/six.err")"
    expect_same one six "three ranks of two jobs"
    is_one_file six || fail "three ranks do not close the store"
}

wrong_calls_are_told_once() {
    local status=0
    mpi_sweep tiny three || status=$?
    [ "$status" -eq 2 ] || fail "three ranks that may not touch the store end with status $status"
    [ "$(grep -c 'three.db holds a sweep already' "$work/three.err")" -eq 1 ] || fail "not told once: $(cat "$work/three.err")"
    study bad 'people = 0;'
    status=0
    mpi_sweep bad none || status=$?
    [ "$status" -eq 2 ] || fail "three ranks with a bad study end with status $status"
    [ "$(grep -c 'bad.cfg:1: ' "$work/none.err")" -eq 1 ] || fail "not told once: $(cat "$work/none.err")"
}

# begin_ranks STORE [MPIRUN_OPTION...]: three ranks in the background, halted at work until thaw, however fast they are.
begin_ranks() {
    local store=$1
    shift
    : >"$work/$store.txt"
    # mpirun --enable-recovery waits for ever where no rank comes up.
    setsid timeout --signal=KILL 300 "${ranks[@]}" "$@" "$cradle" sweep "$work/long.cfg" --store "$work/$store.db" --resume --verbose \
        >>"$work/$store.txt" 2>"$work/$store.err" &
    launcher=$!
    within 30 grep -q "done" "$work/$store.txt" || {
        fail "nothing gets done: $(cat "$work/$store.err")"
        pkill -KILL -s "$launcher" || true
        finish
    }
    pkill -STOP -x -s "$launcher" cradle || fail "the sweep was over before it could be halted"
}

thaw() {
    pkill -CONT -x -s "$launcher" cradle || true
}

# process_of RANK: workers have its environment, too; it is the oldest.
process_of() {
    local process
    for process in $(pgrep -s "$launcher"); do
        if tr '\0' '\n' 2>/dev/null <"/proc/$process/environ" | grep -qx "OMPI_COMM_WORLD_RANK=$1"; then
            echo "$process"
            return
        fi
    done
}

expect_unfinished() {
    [ "$(ask "$1" "SELECT count(*) FROM runs WHERE state = 'waiting'")" -gt 0 ] ||
        fail "the sweep was over before a rank could be killed"
}

a_lost_rank_costs_nothing_where_the_others_may_go_on() {
    begin_ranks recovered --enable-recovery
    kill -KILL "$(process_of 2)" || fail "there is no rank 2"
    expect_unfinished recovered
    thaw
    # Its status is 0 here whatever happens; the store tells.
    wait "$launcher" || fail "mpirun --enable-recovery ends with status $?"
    grep -q "recovered.db: $runs of $runs runs done, 0 failed" "$work/recovered.txt" ||
        fail "the others do not go on: $(cat "$work/recovered.err")"
    [ -z "$(sed -n 's/^run \([0-9]*\) done$/\1/p' "$work/recovered.txt" | sort | uniq -d)" ] ||
        fail "a run is reported done twice"
    expect_same undisturbed recovered "a sweep that has lost a rank"
}

what_a_lost_rank_ends_is_resumed() {
    local status=0
    begin_ranks ended
    kill -KILL "$(process_of 1)" || fail "there is no rank 1"
    thaw
    wait "$launcher" || status=$?
    [ "$status" -ne 0 ] || fail "a sweep that a lost rank has ended passes for complete"
    within 20 session_is_over "$launcher" || fail "a rank or a worker outlives mpirun"
    expect_unfinished ended
    begin_ranks ended
    kill -KILL "$(process_of 0)" || fail "there is no rank 0"
    thaw
    wait "$launcher" || true
    within 20 session_is_over "$launcher" || fail "a rank or a worker outlives mpirun"
    expect_unfinished ended
    good_sweep long ended --resume --jobs 2
    expect_same undisturbed ended "a sweep that lost ranks have ended twice"
}

three_ranks_give_the_same_bytes
wrong_calls_are_told_once
what_a_lost_rank_ends_is_resumed
a_lost_rank_costs_nothing_where_the_others_may_go_on
finish
