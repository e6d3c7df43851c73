#!/usr/bin/env bash
# A real Slurm of one node, for as long as one command runs: a munge, a controller and a node daemon of its own, with
# all that they keep in a temporary folder. It needs root, slurm-wlm and munge, but no systemd, no control groups, no
# accounting and nothing in /etc. The command finds SLURM_CONF set, so that sbatch, srun and squeue speak to this node.
# Whatever still runs on it when the command ends is killed.
#
#   slurm_node.sh COMMAND [ARGUMENT...]
#
# Ends with the status of the command; with 77, after a sentence, where there can be no such node; and with 1 where the
# node does not come up. A failure is followed by the daemons' last words.
set -euo pipefail

[ $# -gt 0 ] || {
    echo "usage: slurm_node.sh COMMAND [ARGUMENT...]" >&2
    exit 2
}

skip() {
    printf 'skipped: %s\n' "$*"
    exit 77
}

export PATH=$PATH:/usr/sbin:/sbin
for program in munged munge slurmctld slurmd sbatch sinfo scancel; do
    command -v "$program" >/dev/null || skip "a Slurm node needs slurm-wlm and munge, and there is no $program here"
done
[ "$(id -u)" -eq 0 ] || skip "only root can start a Slurm node"

# What an outer Slurm tells its jobs is not for those of this one.
unset "${!SLURM_@}" "${!SBATCH_@}"
node=$(mktemp -d /tmp/slurm_node.XXXXXX) # not in TMPDIR: the path of a socket must be short
chmod 755 "$node"                        # or munged takes its socket to be out of reach
daemons=()

# Not exported: only what belongs to the node carries this in its environment, and can be told by it.
here=(env "SLURM_CONF=$node/slurm.conf")

# within SECONDS COMMAND...: waits until the command succeeds.
within() {
    local tries=$(($1 * 20))
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.05
    done
}

# start PROGRAM ARGUMENT...: in the foreground of its own, so that its id is known.
start() {
    "${here[@]}" "$@" </dev/null >>"$node/${1##*/}.log" 2>&1 &
    daemons+=($!)
}

over() {
    ! kill -0 "$1" 2>/dev/null
}

# The processes of the node other than the daemons: the jobs', their shepherds, and what the command left running.
left() {
    grep -lzxsF "SLURM_CONF=$node/slurm.conf" /proc/[0-9]*/environ | grep -o '[0-9]*' || true
}

none_left() {
    local process
    for process in $(left); do kill -KILL "$process" 2>/dev/null || true; done
    [ -z "$(left)" ]
}

# Out of reach of what kills this script and all its children outright, as a test that takes too long is killed.
bury_after_death() {
    # shellcheck disable=SC2016 # the inner shell expands
    setsid --fork bash -c '
        while kill -0 "$1"; do sleep 1; done
        for round in 1 2 3; do
            grep -lzxsF "SLURM_CONF=$2/slurm.conf" /proc/[0-9]*/environ | grep -o "[0-9]*" | xargs -r kill -KILL
        done
        rm -rf "$2"' - $$ "$node" </dev/null >/dev/null 2>&1
}

# The controller ends first: it would hold the node for lost, and take long over its goodbyes.
stop_daemons() {
    local daemon i
    for ((i = ${#daemons[@]} - 1; i >= 0; i--)); do
        daemon=${daemons[i]}
        kill -TERM "$daemon" 2>/dev/null || true
        within 5 over "$daemon" || kill -KILL "$daemon" 2>/dev/null || true
        wait "$daemon" 2>/dev/null || true
    done
    daemons=()
    within 10 none_left || echo "slurm_node.sh: still running: $(left)" >&2
}

tear_down() {
    local status=$?
    trap '' HUP INT TERM
    stop_daemons
    rm -rf "$node"
    exit "$status"
}

last_words() {
    local log
    for log in "$node"/*.log; do
        printf -- '--- %s\n' "${log##*/}"
        tail -n 15 "$log"
    done >&2
}

fail() {
    last_words
    printf 'slurm_node.sh: %s\n' "$*" >&2
    exit 1
}

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

# More processors than there may be, so that jobs run side by side anywhere.
configure() {
    local name
    name=$(uname -n)
    name=${name%%.*}
    mkdir -p "$node/state" "$node/spool"
    cat >"$node/slurm.conf" <<END
ClusterName=one
SlurmctldHost=$name(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$node/munge.socket
StateSaveLocation=$node/state
SlurmdSpoolDir=$node/spool
SlurmctldPidFile=$node/slurmctld.pid
SlurmdPidFile=$node/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_interval=1
SlurmdParameters=config_overrides
MpiDefault=none
MailProg=/bin/true
NodeName=$name NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=60 State=UP
END
}

has_idle_node() {
    [ "$("${here[@]}" sinfo --noheader --format=%T)" = idle ]
}

come_up() {
    configure
    start munged --foreground --socket="$node/munge.socket" --key-file="$node/munge.key" \
        --pid-file="$node/munged.pid" --seed-file="$node/munge.seed" --log-file="$node/munged.log"
    within 10 munge --socket="$node/munge.socket" --no-input || return 1
    start slurmd -D -f "$node/slurm.conf"
    start slurmctld -D -f "$node/slurm.conf"
    within 20 has_idle_node
}

# In the background, since a signal that comes in while bash waits for a foreground command is left lying until it ends.
run_here() {
    local status=0
    "${here[@]}" "$@" <&0 &
    wait $! || status=$?
    [ "$status" -eq 0 ] || last_words
    return "$status"
}

bury_after_death
trap tear_down EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
(umask 077 && head -c 128 /dev/urandom >"$node/munge.key")

# A port that was free may be taken by now: then once more, with others.
come_up || {
    stop_daemons
    come_up
} || fail "the Slurm node does not come up"

run_here "$@"
