#!/usr/bin/env bash
# The viewer left alone at full speed, life after life: does its memory stay flat?
#
#   soak_view.sh CRADLE CONFIG SECONDS   in a window; prints what is resident as time goes by, and fails if the second half
#                                        needs over a twentieth more than the first, whose first sixth is not counted
set -euo pipefail
shopt -s inherit_errexit
cradle=$1
config=$2
seconds=$3
looks=24

work=$(mktemp -d)
viewer=
finish() {
    [ -z "$viewer" ] || kill -KILL "$viewer" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

resident() { awk '/^VmRSS/ { printf "%.1f\n", $2 / 1024 }' "/proc/$viewer/status"; }

export XDG_STATE_HOME=$work/home OMP_WAIT_POLICY=passive
"$cradle" view "$config" --people 10000 --speed fastest --repeat --folder "$work" --state "$work/state.json" &
viewer=$!
begun=$SECONDS
printf '%8s %10s\n' seconds 'MiB'
for ((look = 1; look <= looks; look++)); do
    while [ $((SECONDS - begun)) -lt $((seconds * look / looks)) ]; do sleep 1; done
    kill -0 "$viewer" || { echo 'the viewer has ended by itself' >&2; exit 1; }
    printf '%8d %10s\n' $((SECONDS - begun)) "$(resident)" | tee -a "$work/looks"
done
kill -TERM "$viewer"
wait "$viewer"
viewer=

python3 - "$work" "$looks" <<'END_PYTHON'
import json, statistics, sys
folder, looks = sys.argv[1], int(sys.argv[2])
resident = [float(line.split()[1]) for line in open(folder + "/looks")]
state = json.load(open(folder + "/state.json"))
early, late = (statistics.median(part) for part in (resident[looks // 6 : looks // 2], resident[looks // 2 :]))
print(f"week {state['week']} of life {state['replicate']}; median {early:.1f} MiB in the first half, {late:.1f} in the second, "
      f"{max(resident):.1f} at most")
sys.exit(late > 1.05 * early)
END_PYTHON
