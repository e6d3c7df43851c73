#!/usr/bin/env bash
# Kills a sweep outright, again and again, at random moments, and goes on with --resume. Each time the store must be
# sound and hold, whole, every run that was reported done; whenever a sweep gets to its end, its export must be that of
# a sweep that nobody disturbed, and the next one begins.
#
#   test_kill.sh CRADLE KILLS
set -euo pipefail

cradle=${1:?usage: test_kill.sh CRADLE KILLS}
kills=${2:?usage: test_kill.sh CRADLE KILLS}
# shellcheck source=tests/sweeps.sh
. "$(dirname "${BASH_SOURCE[0]}")/sweeps.sh"

runs=900
sweeps=0         # that got to their end
workers=0        # killed alone
caught_waiting=0 # kills that found runs reported and others waiting
reported_in_all=0

# kill_one PROCESS: whether it was there to be killed.
kill_one() {
    kill -KILL "$1" 2>/dev/null
}

# sleep_at_most MILLISECONDS
sleep_at_most() {
    local milliseconds=$((RANDOM % $1))
    sleep "$(printf '%d.%03d' $((milliseconds / 1000)) $((milliseconds % 1000)))"
}

# As SQLite finds it, on a copy: what a kill left behind is for the program to put right.
copy_store() {
    rm -f "$work"/copy.db*
    cp "$work/store.db" "$work/copy.db" 2>/dev/null || return 1
    cp "$work/store.db-wal" "$work/copy.db-wal" 2>/dev/null || true
}

note_reported() {
    sed -n 's/^run \([0-9]*\) done$/\1/p' "$work/store.txt" >>"$work/reported"
}

# look_at_store: after each kill.
look_at_store() {
    note_reported
    sort "$work/reported" >"$work/reported.sorted"
    [ -z "$(uniq -d "$work/reported.sorted")" ] || fail "kill $killed: a run is reported done twice"
    : >"$work/done"
    if copy_store && [ -n "$(ask copy "SELECT 1 FROM sqlite_schema LIMIT 1")" ]; then
        [ "$(ask copy "PRAGMA integrity_check")" = ok ] || fail "kill $killed: the store is damaged"
        ask copy "SELECT run FROM runs WHERE state = 'done'" | sort >"$work/done"
        [ "$(ask copy "$halves")" = 0 ] || fail "kill $killed: the store holds part of a run"
        [ "$(ask copy "SELECT count(*) FROM runs WHERE state = 'failed'")" = 0 ] || fail "kill $killed: a run has failed"
    fi
    local lost
    lost=$(comm -23 "$work/reported.sorted" "$work/done" | wc -l)
    [ "$lost" -eq 0 ] || fail "kill $killed: $lost runs that were reported done are lost"
    if [ -s "$work/reported" ] && [ "$(wc -l <"$work/done")" -lt "$runs" ]; then caught_waiting=$((caught_waiting + 1)); fi
}

begin_anew() {
    rm -f "$work"/store.db*
    : >"$work/reported"
}

# To the end: reports every run once, and the export is as if nothing had happened.
look_at_end() {
    note_reported
    [ -z "$(sort "$work/reported" | uniq -d)" ] || fail "a run is reported done twice"
    expect_same undisturbed store "after kills"
    reported_in_all=$((reported_in_all + $(wc -l <"$work/reported")))
    sweeps=$((sweeps + 1))
    begin_anew
}

tiny_study long "$runs"
good_sweep long undisturbed --jobs 2
readings=$(ask undisturbed "SELECT count(*) / $runs FROM measure_values")
points=$(ask undisturbed "SELECT count(*) / $runs FROM series_values")
halves="SELECT count(*) FROM runs r WHERE (SELECT count(*) FROM measure_values v WHERE v.run = r.run) <>
    (r.state = 'done') * $readings OR (SELECT count(*) FROM series_values v WHERE v.run = r.run) <>
    (r.state = 'done') * $points"

begin_anew
killed=0
while [ "$killed" -lt "$kills" ]; do
    # In a session of its own, so that it and its workers can be told from all others.
    : >"$work/store.txt"
    setsid "$cradle" sweep "$work/long.cfg" --store "$work/store.db" --resume --jobs 2 --verbose \
        >>"$work/store.txt" 2>"$work/store.err" &
    process=$!
    if [ $((RANDOM % 5)) -eq 0 ]; then
        sleep_at_most 150
        worker=$(pgrep -P "$process" | shuf -n 1) || true
        if [ -n "$worker" ] && kill_one "$worker"; then
            workers=$((workers + 1))
            killed=$((killed + 1))
        fi
    fi
    sleep_at_most 250
    status=0
    kill_one "$process" && killed=$((killed + 1))
    { wait "$process" || status=$?; } 2>/dev/null
    within 10 session_is_over "$process" || fail "kill $killed: a worker outlives its sweep"
    case $status in
        0) look_at_end ;;
        137) look_at_store ;;
        *) fail "kill $killed: the sweep ends with status $status: $(cat "$work/store.err")" ;;
    esac
    [ "$failures" -lt 5 ] || finish
done
good_sweep long store --resume --jobs 2 --verbose
look_at_end

[ "$caught_waiting" -gt $((kills / 4)) ] || fail "only $caught_waiting of $kills kills came in the middle of a sweep"
printf '%d kills (%d of a worker alone), %d in the middle of a sweep; %d sweeps of %d runs came to their end, ' \
    "$killed" "$workers" "$caught_waiting" "$sweeps" "$runs"
printf '%d runs reported done, none of them lost, every export the same\n' "$reported_in_all"
finish
