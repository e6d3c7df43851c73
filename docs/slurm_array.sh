#!/usr/bin/env bash
# A sweep as a Slurm array: each task runs one shard of the study into a store of its own, DIRECTORY/part-<task>.db.
#
#   sbatch --array=1-16 docs/slurm_array.sh STUDY DIRECTORY [SHARDS]
#
# What is asked for below can be asked for otherwise on the command line of sbatch, such as --cpus-per-task=8. A task
# that was ended by whatever goes on where it stopped: Slurm starts it again by itself when its node fails or it is
# preempted (--requeue); after its time has run out, give the same command again. A part that is complete has nothing
# to do and ends at once. To run again some tasks alone, such as --array=3,7, tell SHARDS, which is the last number of
# the array otherwise.
#
# In the end: cradle merge DIRECTORY/part-*.db --store all.db
#
#SBATCH --job-name=cradle
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=500M
#SBATCH --time=12:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=%x-%A-%a.log
#SBATCH --signal=B:TERM@60
set -euo pipefail

study=${1:?usage: sbatch --array=1-N slurm_array.sh STUDY DIRECTORY [SHARDS]}
directory=${2:?usage: sbatch --array=1-N slurm_array.sh STUDY DIRECTORY [SHARDS]}
shards=${3:-$SLURM_ARRAY_TASK_MAX}

mkdir -p "$directory"
exec "${CRADLE:-cradle}" sweep "$study" --store "$directory/part-$SLURM_ARRAY_TASK_ID.db" \
    --shard "$SLURM_ARRAY_TASK_ID/$shards" --jobs "${SLURM_CPUS_PER_TASK:-1}" --resume --quiet
