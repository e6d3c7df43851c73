#!/usr/bin/env bash
# The viewer as its users meet it, checked by the state that it records and by the files that it writes.
#
#   test_view.sh CRADLE CONFIGS offscreen   scripts, without a display
#   test_view.sh CRADLE CONFIGS window      real clicks, drags and keys in a window under Xvfb; exit status 77 where Xvfb,
#                                           xdotool or python3 are not installed
set -euo pipefail
shopt -s inherit_errexit
cradle=$1
configs=$2
part=$3
scenario=$configs/baseline.cfg
small=(--people 300 --years 30)

# What a window brings along (D-Bus, drivers) does not give all back; leaks of ours show in the scripts.
foreign_leaks=ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0

if [ "$part" = window ]; then
    for tool in Xvfb xdotool python3; do
        command -v "$tool" >/dev/null || { echo "there is no $tool here"; exit 77; }
    done
    export "${foreign_leaks?}"
fi

work=$(mktemp -d)
children=()
finish() {
    local child
    for child in "${children[@]}"; do kill -KILL "$child" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT
cd "$work"
unset DISPLAY WAYLAND_DISPLAY SDL_VIDEODRIVER
export XDG_STATE_HOME=$work/home OMP_WAIT_POLICY=passive

fail() {
    printf 'failed: %s\n' "$*" >&2
    exit 1
}

# expect_status STATUS WORDS... : runs it; what it printed is in ./said.
expect_status() {
    local wanted=$1 status=0
    shift
    "$@" >said 2>&1 || status=$?
    [ "$status" = "$wanted" ] || { cat said >&2; fail "exit status $status instead of $wanted: $*"; }
}

said() {
    grep -qF -- "$1" said || { cat said >&2; fail "not said: $1"; }
}

view() {
    "$cradle" view "$scenario" "${small[@]}" --offscreen "$@"
}

# play NAME [OPTIONS...]: the script on the standard input.
play() {
    local name=$1
    shift
    cat >"$name.script"
    view --script "$name.script" --folder . "$@" >"$name.said" 2>&1 || { cat "$name.said" >&2; fail "the script $name"; }
}

# The same script gives the same state and the same picture, at any number of threads.
a_script_gives_the_same_each_time() {
    local run
    for run in 1 2; do
        play same --year 20 --threads "$run" --state "same$run.json" --screenshot "same$run.png" <<'END'
key +
key space
wait 20
key space
key 2
wait 5
key /
type "secure single"
key return
key escape
wait 30
END
    done
    cmp same1.png same2.png
    sed 's/same[12]/same/' same1.json >one
    sed 's/same[12]/same/' same2.json >two
    cmp one two
}

looking_around_changes_no_result() {
    play around --out viewed <<'END'
key +
key space
until week 300
key space
until rest
key shift+left
key shift+left
wait 3
expect week < 300
expect head > 299
key 3
drag time 300 900
until rest
expect head > 880
drag time 900 100
until rest
expect week < 110
key right
key end
until rest
key 2
key t
expect theme light
END
    "$cradle" run "$scenario" "${small[@]}" --out run >/dev/null
    diff -r viewed run
}

changes_by_hand_are_recorded_and_replayable() {
    play altered --out altered <<'END'
key space
until week 700
key p
type "conflict rate"
expect filter "conflict rate"
wait 2
drag parameter:conflict.rate 0.08 0.5
wait 40
expect changes.count 1
expect parameters.conflict.rate > 0.3
key escape
key escape
expect drawer none
key i
wait 2
click intervention:separation
wait 3
expect changes.count 3
until week 900
key space
until rest
drag time 900 800
until rest
expect week < 850
click intervention:sensitivity
wait 2
expect box question
key escape
wait 2
expect box none
expect changes.count 3
click intervention:sensitivity
wait 2
click agree
wait 2
expect box none
expect changes.count > 4
key ctrl+s
wait 2
expect saved.0 ./baseline-altered.cfg
expect altered false
END
    [ -s baseline-altered.cfg ] || fail "the altered scenario is not saved"
    "$cradle" run baseline-altered.cfg --out again >/dev/null
    diff -r altered again
    "$cradle" view --replay altered --offscreen --out replayed
    diff -r altered replayed
    expect_status 2 "$cradle" view --replay altered --people 5 --offscreen --out x
    said "would make it another run"
    sed -i 's/"conflict.rate": 0.08/"conflict.rate": 0.09/' altered/manifest.json
    expect_status 2 "$cradle" view --replay altered --offscreen --out x
}

what_was_changed_is_saved_at_closing() {
    mkdir kept
    play closing <<'END'
key space
until week 60
key space
key p
type "conflict rate"
wait 2
click value:conflict.rate
wait 2
type 0.33
key return
wait 3
expect parameters.conflict.rate 0.33
expect focus ""
END
    grep -q "the altered scenario is saved as ./baseline-altered-2.cfg" closing.said || fail "no path is told"
    grep -q 'key = "conflict.rate"; value = 0.33' baseline-altered-2.cfg || fail "the change is not in the file"
}

two_worlds_are_written_each_as_its_own_run() {
    local other=$configs/scenarios/rejecting.cfg name
    printf '%s\n' 'key b' 'wait 2' 'expect changes_act_on A' 'expect worlds.count 2' 'key d' 'wait 2' \
        'expect differences false' 'expect flares all' 'key v' 'wait 2' 'expect flares lives' 'key v' 'wait 2' \
        'expect flares none' 'key v' 'wait 2' 'expect flares all' 'until rest' >two.script
    "$cradle" view "$scenario" "$other" "${small[@]}" --offscreen --script two.script --out pair
    for name in "$scenario" "$other"; do
        "$cradle" run "$name" "${small[@]}" --out single >/dev/null
        diff -r single "pair/$(basename "$name" .cfg)"
        rm -r single
    done
    expect_status 2 "$cradle" view "$scenario" "$other" --set run.seed=3 --people 1 --offscreen --frames 1
}

another_luck_is_lived_by_hand_and_again_and_again() {
    play luck <<'END'
key space
until week 200
expect replicate 1
key o
wait 3
expect replicate 2
expect week < 30
expect head < 30
expect playing true
key o
key space
wait 2
expect replicate 3
key shift+o
wait 2
expect replicate 2
END
    view --repeat --speed fastest --years 2 --frames 600 --state again.json
    grep -q '"replicate": [34]' again.json || fail "it does not begin anew at its end"
    expect_status 2 "$cradle" view "$scenario" "${small[@]}" --offscreen --repeat --out never
    said "--repeat would never come to its end"
    expect_status 2 view --replicates 3 --frames 1
    said "--replicate N tells which"
}

people_and_panels_are_found() {
    play people --year 28 --state people.json <<'END'
wait 60
key /
expect box search
type "happiest couple"
key return
expect selection.card couple
expect search.place 1
key return
expect search.place 2
key escape
wait 60
expect box none
expect selection.in_view true
expect selection.under_card false
key n
expect search.place 3
key c
expect selection.card none
key c
expect selection.card person
key shift+c
key escape
expect selection.person null
key /
type "secure"
key return
expect search.place 1
key escape
key /
type "no such person"
key return
expect search.place 0
expect search.all 0
key escape
key 2
wait 40
click person 7
wait 2
expect selection.card person
key escape
click panel:1
wait 2
expect enlarged 1
key m
expect box measures
type "how security"
wait 2
key return
wait 2
expect panels.1.name routes
key escape
expect enlarged null
END
}

values_are_read_off_the_panels() {
    play values --year 28 --size 1280x720 <<'END'
wait 3
expect reading null
point panel:1
wait 2
expect reading.panel 1
expect reading.by_keys false
expect reading.values.0.name protest
expect reading.values.count 4
expect reading.x > 0
expect reading.y > 0
key /
wait 2
expect reading null
key escape
point scene
wait 2
expect reading null
key e
wait 3
expect enlarged 0
expect reading null
key escape
click panel:1
point scene
wait 2
expect enlarged 1
key right
wait 2
expect reading.by_keys true
expect reading.where "Year 28"
expect week 1456
key left
wait 2
expect reading.where "Year 27"
expect panels.1.lines.3.name appeasement
key right
key right
wait 2
expect reading.where "Year 28"
expect panels.1.group ""
key down
wait 3
expect panels.1.group protest
expect panels.1.lines.count 1
expect reading.values.count 1
key up
key up
wait 3
expect panels.1.group appease
END
}

two_worlds_show_any_group_in_a_small_panel() {
    local other=$configs/scenarios/rejecting.cfg
    cat >groups.script <<'END'
wait 3
expect panels.1.lines.count 4
click panel:1
wait 2
key down
key down
key down
key escape
wait 3
expect enlarged null
expect panels.1.group open
expect panels.1.lines.count 2
point panel:1
wait 2
expect reading.panel 1
expect reading.values.0.name baseline
expect reading.values.1.name rejecting
wheel -1
wait 2
expect panels.1.group appease
size 1600 900
wait 2
expect panels.1.group appease
END
    "$cradle" view "$scenario" "$other" "${small[@]}" --year 28 --size 1024x640 --offscreen --script groups.script
}

every_size_shows_everything() {
    local size
    for size in "1024 640" "1600 900" "2560 1440" "3840 2160"; do
        play size --year 20 <<END
size $size
wait 3
expect size.width ${size% *}
click parameters
wait 2
expect drawer parameters
click close
wait 2
click search
wait 2
key escape
click help
wait 2
expect box help
click close_box
wait 2
expect box none
screenshot size.png
END
        [ "$(od -An -t u1 -j 16 -N 8 size.png | tr -s ' ')" = "$(printf ' 0 0 %d %d 0 0 %d %d' $((${size% *} / 256)) \
            $((${size% *} % 256)) $((${size#* } / 256)) $((${size#* } % 256)))" ] || fail "the picture is not $size"
    done
}

broken_calls_are_refused() {
    expect_status 2 "$cradle" view "$scenario"
    said "there is no display here"
    [ "$(wc -l <said)" = 1 ] || fail "more than one sentence"
    expect_status 2 env "$foreign_leaks" DISPLAY=localhost:99 timeout 60 "$cradle" view "$scenario"
    said "there is no display here (DISPLAY is localhost:99, which does not answer)"
    [ "$(wc -l <said)" = 1 ] || fail "more than one sentence"
    expect_status 0 env "$foreign_leaks" SDL_VIDEODRIVER=dummy timeout 60 "$cradle" view "$scenario" "${small[@]}" --frames 2
    expect_status 2 "$cradle" view --frames 1
    said "a SCENARIO is missing"
    expect_status 2 view --frames 1 --size 10x10
    said "from 640x400 to 7680x4320"
    expect_status 2 view --frames 1 --year 31
    said "the run is over"
    expect_status 2 view --frames 1 --week 3 --year 1
    expect_status 2 view
    expect_status 2 "$cradle" view --replay nowhere --frames 1 --offscreen
    expect_status 2 view --size abc
    said "such as 1600x900"
    expect_status 2 view --frames 1 --screenshot picture.jpg
    said "ends in .png"
    expect_status 2 view --script nowhere.script
    said "the script nowhere.script cannot be read: No such file or directory"
    local name
    for name in film.txt film.avi film; do
        expect_status 2 view --frames 1 --video "$name"
        said "ends in .mp4, .webm, .mkv or .gif"
        [ ! -e "$name" ] || fail "$name is made"
    done
    echo 'klick play' >wrong.script
    expect_status 2 view --script wrong.script
    said "wrong.script:1: there is no command klick; did you mean click?"
    echo 'click plaay' >wrong.script
    expect_status 2 view --script wrong.script
    said "there is no control plaay now; did you mean play?"
    printf 'wait 2\nexpect week 77\n' >wrong.script
    expect_status 1 view --script wrong.script --state wrong.json
    said "line 2: expected week = 77, but it is 0"
    [ -s wrong.json ] || fail "the state is not written after a failure"
    expect_status 1 view --frames 1 --screenshot nowhere/at/all.png
    expect_status 0 "$cradle" view --help
    said "usage: cradle view [SCENARIO [SCENARIO2]]"
}

the_viewer_is_a_program_of_its_own() {
    if command -v readelf >/dev/null; then
        ! readelf -d "$cradle" | grep -q SDL || fail "cradle links SDL"
        readelf -d "$cradle-viz" | grep -q SDL || fail "cradle-viz does not link SDL"
    fi
    mkdir alone
    cp "$cradle" alone/cradle
    expect_status 1 env PATH=/nowhere "$work/alone/cradle" view "$scenario" --frames 1
    said "the viewer, cradle-viz, is neither beside this program nor in PATH"
    cp "$cradle-viz" alone/
    expect_status 0 env PATH=/nowhere "$work/alone/cradle" view "$scenario" "${small[@]}" --frames 1 --offscreen
    # Lists of processes show what was called.
    local called
    "$work/alone/cradle" view "$scenario" "${small[@]}" --frames 10000000 --offscreen &
    children+=($!)
    for _ in {1..100}; do
        called=$(tr '\0' ' ' <"/proc/$!/cmdline")
        [[ $called != "cradle view "* ]] || break
        sleep 0.1
    done
    [[ $called == "cradle view "* ]] || fail "it is shown as $called"
    kill -TERM $!
    wait $! || fail "the viewer ended badly after a signal"
}

playable() {
    local frames
    frames=$(ffprobe -v error -count_frames -select_streams v:0 -show_entries stream=nb_read_frames -of csv=p=0 "$1")
    [ "${frames%,}" -ge "$2" ] || fail "$1 has $frames frames, not $2"
}

# Ends a recording by a signal and looks at what is left.
record_until() {
    local signal=$1 status=0 last=-1 size=0
    set -m # else what runs in the background does not hear interrupts
    "$cradle" view "$scenario" "${small[@]}" --offscreen --video "$signal.mp4" --size 640x400 --speed 1 &
    set +m
    children+=($!)
    while [ "$(stat -c %s "$signal.mp4" 2>/dev/null || echo 0)" -lt 100000 ]; do sleep 0.1; done
    kill -"$signal" $!
    wait $! || status=$?
    while [ "$last" != "$size" ]; do # the encoder of a killed viewer still completes its file
        last=$size
        sleep 0.5
        size=$(stat -c %s "$signal.mp4")
    done
    playable "$signal.mp4" 30
    [ "$signal" = KILL ] || [ "$status" = 0 ] || fail "exit status $status after $signal"
}

videos_are_never_lost() {
    if ! command -v ffmpeg >/dev/null; then
        expect_status 1 view --video a.mp4 --frames 3
        said "there is no ffmpeg here"
        return
    fi
    view --video a.mp4 --frames 45 --size 640x400
    playable a.mp4 45
    # A window of another size goes on in the same video.
    printf 'wait 5\nsize 1024 640\nwait 20\nsize 700 801\nwait 20\n' >sizes.script
    view --script sizes.script --video sizes.mp4 --size 640x400
    playable sizes.mp4 45
    record_until INT
    record_until TERM
    record_until KILL
}

# Who closes it once waits for the run's files; who calls again does not.
a_second_call_ends_the_writing_too() {
    local status=0
    "$cradle" view "$scenario" --people 20000 --offscreen --frames 2 --state calm.json --out long >said 2>&1 &
    viewer=$!
    children+=("$viewer")
    for _ in {1..200}; do [ -e calm.json ] || sleep 0.1; done
    sleep 0.3
    kill -TERM "$viewer"
    wait "$viewer" || status=$?
    [ "$status" = 1 ] || fail "exit status $status instead of 1 when called to end while it writes"
    said "interrupted before the run was lived to its end; long is not written"
    [ ! -e long/manifest.json ] || fail "a run that was not lived to its end is written"
}

# The middle of a control, as an earlier session recorded it.
middle() {
    python3 - "$1" "$2" <<'END'
import json, sys
control = json.load(open(sys.argv[1]))["controls"][sys.argv[2]]
print(round(control["x"] + control["width"] / 2), round(control["y"] + control["height"] / 2))
END
}

# holds FILE EXPRESSION: of the recorded state s.
holds() {
    python3 - "$1" "$2" <<'END' || fail "does not hold: $2"
import json, sys
s = json.load(open(sys.argv[1]))
if not eval(sys.argv[2]):
    sys.exit(json.dumps({k: v for k, v in s.items() if k != "controls"}, indent=1))
END
}

open_display() {
    exec 9<>display.pipe
    Xvfb -displayfd 9 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
    display=$!
    children+=("$display")
    read -r -t 20 -u 9 number || fail "Xvfb does not begin"
    export DISPLAY=:$number
}

# Opens the viewer in a window and waits for it.
open_window() {
    "$cradle" view "$scenario" "${small[@]}" --size 1024x640 --folder . --state "$@" >window.said 2>&1 &
    viewer=$!
    children+=("$viewer")
    window=$(timeout 30 xdotool search --sync --onlyvisible --name '^Cradle: ' | head -n 1) || fail "no window opens"
    xdotool windowfocus --sync "$window"
    sleep 0.5
}

hit() {
    xdotool key --delay 60 "$@"
    sleep 0.25
}

press() {
    local x y
    read -r x y < <(middle "$1" "$2")
    xdotool mousemove --sync --window "$window" "$x" "$y"
    sleep 0.1
    xdotool click 1
    sleep 0.25
}

close_window() {
    local status=0
    hit "$1"
    wait "$viewer" || status=$?
    [ "$status" = 0 ] || { cat window.said >&2; fail "the viewer ended with $status"; }
}

hands_do_what_scripts_do() {
    mkfifo display.pipe
    # Where things are: the same window without a display.
    printf 'size 1024 640\nwait 2\nstate plain.json\nkey p\ntype "conflict rate"\nwait 2\nstate drawer.json\n' >learn.script
    view --script learn.script --size 1024x640 --week 520
    open_display

    open_window one.json --week 520
    hit Return Return Return # the hints, on the first start
    for _ in {1..100}; do [ -e "$XDG_STATE_HOME/cradle/hints-seen" ] || sleep 0.1; done
    [ -e "$XDG_STATE_HOME/cradle/hints-seen" ] || fail "the hints are not remembered"
    press plain.json play # it played, so it rests
    press plain.json map
    press plain.json parameters
    xdotool type --delay 40 "conflict rate"
    sleep 0.3
    local x y
    read -r x y < <(middle drawer.json parameter:conflict.rate)
    xdotool mousemove --sync --window "$window" "$x" "$y" mousedown 1
    for _ in 1 2 3 4; do
        xdotool mousemove_relative --sync 15 0
        sleep 0.05
    done
    xdotool mouseup 1
    sleep 0.8
    hit Escape
    hit Escape
    hit slash
    xdotool type --delay 40 "child"
    hit Return
    hit Escape
    hit question
    hit Escape
    close_window q
    holds one.json 's["playing"] == False and s["arrangement"] == "map" and s["drawer"] == "none" and s["box"] == "none"'
    holds one.json '[c["parameter"] for c in s["changes"]] == ["conflict.rate"] and s["changes"][0]["value"] > 0.09'
    holds one.json 's["search"]["text"] == "child" and s["selection"]["person"] is not None'
    grep -q "the altered scenario is saved as ./baseline-altered.cfg" window.said || fail "no path is told at closing"

    open_window two.json --week 0
    press plain.json play
    hit Home
    hit period period period
    hit shift+Right
    hit comma
    hit Tab Tab Tab # from the scene to the first panel and on
    hit plus
    hit t
    close_window ctrl+q
    holds two.json 's["week"] == 54 and s["head"] >= 55 and s["hint"] is None and s["theme"] == "light"'
    holds two.json 's["focus"] != "" and s["speed"] == "260"'

    # Dragging the bar of time looks back; the window is closed as window managers do, by a signal here.
    open_window three.json --week 780
    press plain.json play
    read -r x y < <(middle plain.json time)
    xdotool mousemove --sync --window "$window" "$((x - 200))" "$y" mousedown 1 mousemove_relative --sync -- -60 0 mouseup 1
    sleep 1
    kill -TERM "$viewer"
    wait "$viewer" || fail "the viewer ended badly after a signal"
    holds three.json '300 < s["week"] < 500 and s["head"] >= 780'

    # The mouse reads a chart, and the keys move on along it once it is large.
    open_window read.json --week 1456
    press plain.json play
    read -r x y < <(middle plain.json panel:1)
    xdotool mousemove --sync --window "$window" "$x" "$y"
    sleep 0.5
    hit e
    xdotool mousemove --sync --window "$window" 20 300
    sleep 0.3
    hit Right
    hit Left Left
    hit Down
    hit Right Right
    close_window q
    holds read.json 's["enlarged"] == 1 and s["reading"]["panel"] == 1 and s["reading"]["by_keys"]'
    holds read.json 's["panels"][1]["group"] == "protest" and s["reading"]["at"] == s["week"] // 52'
    holds read.json 's["reading"]["values"][0]["value"] == s["panels"][1]["lines"][0]["value"]'

    # A window in which nothing moves any more begins anew all the same.
    open_window four.json --years 2 --speed fastest --repeat
    sleep 8
    close_window q
    holds four.json 's["replicate"] >= 2'

    # The window is taken away by another program, over a recording: the end is as with any other.
    local before
    before=$(find . -name '*.mp4' | wc -l)
    open_window gone.json --week 520 --out gone
    hit r
    sleep 1
    xdotool windowsize --sync "$window" 900 700
    sleep 1
    xdotool windowclose "$window"
    wait "$viewer" || { cat window.said >&2; fail "the viewer ended badly when its window was gone"; }
    [ ! -s window.said ] || { cat window.said >&2; fail "there are words about a window that is gone"; }
    holds gone.json 's["size"]["width"] == 900 and s["week"] > 520'
    [ -s gone/manifest.json ] || fail "the run is not written when the window is gone"
    ! command -v ffmpeg >/dev/null || [ "$(find . -name '*.mp4' | wc -l)" = $((before + 1)) ] || fail "not one video"

    # The display itself goes away, over a recording and an altered scenario: the end is as with any other.
    before=$(find . -name '*.mp4' | wc -l)
    open_window five.json --week 520 --out five
    hit r
    press plain.json parameters
    xdotool type --delay 40 "conflict rate"
    sleep 0.3
    press drawer.json parameter:conflict.rate
    sleep 1
    rm -f baseline-altered*.cfg
    kill -KILL "$display"
    wait "$viewer" || { cat window.said >&2; fail "the viewer ended badly when its display was gone"; }
    holds five.json '[c["parameter"] for c in s["changes"]] == ["conflict.rate"] and s["week"] > 520'
    [ -s five/manifest.json ] || fail "the run is not written when the display is gone"
    [ -n "$(find . -maxdepth 1 -name 'baseline-altered*.cfg')" ] || fail "the altered scenario is lost with the display"
    ! command -v ffmpeg >/dev/null || [ "$(find . -name '*.mp4' | wc -l)" -gt "$before" ] || fail "no video is left"
}

case "$part" in
    offscreen)
        a_script_gives_the_same_each_time
        looking_around_changes_no_result
        changes_by_hand_are_recorded_and_replayable
        what_was_changed_is_saved_at_closing
        two_worlds_are_written_each_as_its_own_run
        another_luck_is_lived_by_hand_and_again_and_again
        people_and_panels_are_found
        values_are_read_off_the_panels
        two_worlds_show_any_group_in_a_small_panel
        every_size_shows_everything
        broken_calls_are_refused
        the_viewer_is_a_program_of_its_own
        videos_are_never_lost
        a_second_call_ends_the_writing_too
        ;;
    window) hands_do_what_scripts_do ;;
    *) fail "no part $part" ;;
esac
echo "the viewer does as it is told"
