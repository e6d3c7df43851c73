#!/usr/bin/env bash
# Draws the pictures of the viewer that the README shows, without a display: docs/figures/viewer.sh [CRADLE]
set -euo pipefail
cradle=$(realpath "${1:-build/release/cradle}")
cd "$(dirname "${BASH_SOURCE[0]}")"

script=$(mktemp)
trap 'rm -f "$script"' EXIT

# draw ARGUMENTS... <SCRIPT
draw() {
    cat >"$script"
    "$cradle" view "$@" --size 1600x900 --offscreen --script "$script"
}

draw ../../configs/baseline.cfg --people 1500 --year 38 <<'END'
key space
wait 120
key space
wait 3
screenshot viewer_plane.png
key /
type "earned secure married"
key return
key escape
wait 150
screenshot viewer_card.png
END

draw ../../configs/baseline.cfg --people 500 --year 38 --arrangement map <<'END'
key space
wait 120
key space
wait 30
screenshot viewer_map.png
END

draw ../../configs/baseline.cfg --people 500 --year 64 --arrangement timeline <<'END'
key space
wait 60
screenshot viewer_timeline.png
END

draw ../../configs/baseline.cfg ../../configs/scenarios/inconsistent.cfg --people 400 --year 38 <<'END'
key v
wait 300
key space
wait 60
key space
wait 3
screenshot viewer_two.png
END
