#!/usr/bin/env bash
# A sweep as a Slurm array of four shards, on a real Slurm of one node and with the job file that docs/cluster.md tells of:
# merged, the same bytes as from one process, also when the array was cancelled halfway and submitted again.
#
#   test_slurm.sh CRADLE JOB_FILE
set -euo pipefail

usage='usage: test_slurm.sh CRADLE JOB_FILE'
cradle=${1:?$usage}
job_file=${2:?$usage}
tests=$(dirname "${BASH_SOURCE[0]}")
[ "${3:-}" = on_the_node ] || exec bash "$tests/slurm_node.sh" bash "${BASH_SOURCE[0]}" "$cradle" "$job_file" on_the_node
# shellcheck source=tests/sweeps.sh
. "$tests/sweeps.sh"
export CRADLE=$cradle
cd "$work" # where the logs go

# sbatch --wait looks seldom.
nothing_is_queued() {
    [ -z "$(squeue --noheader)" ]
}

wait_for_the_end() {
    within 120 nothing_is_queued && return
    fail "the array does not come to its end: $(squeue)"
    finish
}

# submit DIRECTORY: the array; prints its number.
submit() {
    sbatch --parsable --array=1-4 --cpus-per-task=1 --mem-per-cpu=0 --time=30 "$job_file" "$work/long.cfg" "$work/$1"
}

an_array_of_four_shards_gives_the_same_bytes() {
    local array
    tiny_study long 900
    good_sweep long undisturbed --jobs 2
    array=$(submit parts)
    sbatch --quiet --dependency="afterany:$array" --output=merge.log \
        --wrap "$cradle merge $work/parts/part-*.db --store $work/merged.db"
    wait_for_the_end
    grep -q "part-4.db: 225 of 225 runs done, 0 failed" "cradle-$array-4.log" || fail "$(cat cradle-*.log)"
    grep -q "merged.db: 900 of 900 runs done, 0 failed" merge.log || fail "the merge: $(cat merge.log)"
    expect_same undisturbed merged "a Slurm array, merged"
}

something_is_done() {
    grep -q . <(sqlite3 "$work/cancelled/part-1.db" "SELECT 1 FROM runs WHERE state = 'done' LIMIT 1")
}

a_cancelled_array_is_submitted_again() {
    local array shard
    array=$(submit cancelled)
    within 60 something_is_done || fail "nothing gets done: $(cat cradle-*.log)"
    scancel "$array"
    within 60 nothing_is_queued || fail "the array is not cancelled: $(squeue)"
    grep -q "interrupted; [0-9]* of 225 runs are safe" "cradle-$array-1.log" ||
        fail "a cancelled task does not end in good order: $(cat "cradle-$array-1.log")"
    array=$(submit cancelled)
    wait_for_the_end
    for shard in 1 2 3 4; do
        grep -q "part-$shard.db: 225 of 225 runs done, 0 failed" "cradle-$array-$shard.log" || fail "$(cat cradle-*.log)"
    done
    "$cradle" merge "$work"/cancelled/part-*.db --store "$work/again.db" >/dev/null || fail "the parts are not merged"
    expect_same undisturbed again "a Slurm array that was cancelled"
}

an_array_of_four_shards_gives_the_same_bytes
a_cancelled_array_is_submitted_again
finish
