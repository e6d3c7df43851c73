#!/usr/bin/env bash
# The layout is the architecture: fails when the sources break a rule that no compiler knows.
#
#   test_architecture.sh SOURCE_DIR [ARCHIVE...]   checks SOURCE_DIR/src and SOURCE_DIR/viz, and the objects of the
#                                                  static libraries ARCHIVE
#   test_architecture.sh --self-test               shows on small trees that every rule can fail
#
# Uses ${NM:-nm}, and for the self-test ${CC:-cc}.
set -euo pipefail
shopt -s inherit_errexit

layers="base model measure io study report cli viz/draw viz/world viz/scene viz/panel viz/card viz/controls viz/viewer viz"
most_lines=600
labels="secure|insecure|anxious|avoidant|dismissing|dismissive|preoccupied|fearful|disorganized|disorganised"

# Headers that bring files, threads, windows, machines or a database.
worldly="stdio\.h|omp\.h|pthread\.h|threads\.h|stdatomic\.h|semaphore\.h|sched\.h|fcntl\.h|unistd\.h|dirent\.h"
worldly="$worldly|sys/.*|libconfig\.h|jansson\.h|sqlite3.*\.h|mpi\.h|SDL.*|cairo.*|pango.*"

# Prints the files with comments blanked (and with `strings=0` texts, too), each line as "file:line:code".
code() {
    local strings=$1
    shift
    [ $# -gt 0 ] || return 0
    awk -v strings="$strings" '
        FNR == 1 { state = "code" }
        {
            out = ""
            for (i = 1; i <= length($0); i++) {
                c = substr($0, i, 1)
                two = substr($0, i, 2)
                if (state == "comment") {
                    if (two == "*/") { state = "code"; i++ }
                } else if (state != "code") {
                    if (strings) out = out c
                    if (c == "\\") { i++; if (strings) out = out substr($0, i, 1) }
                    else if (c == state) state = "code"
                } else if (two == "/*") { state = "comment"; out = out " "; i++ }
                else if (two == "//") break
                else if (c == "\"" || c == "\047") { state = c; out = out (strings ? c : " ") }
                else out = out c
            }
            if (out ~ /[^ \t]/) print FILENAME ":" FNR ":" out
        }' "$@"
}

# Every check prints one line for each thing that is wrong, and nothing else.

# The viewer lies above all other layers, and has layers of its own.
check_includes() {
    local files
    mapfile -t files < <(find src viz -name '*.[ch]' -o -name '*.def')
    code 1 "${files[@]}" | awk -v layers="$layers" '
        BEGIN {
            count = split(layers, names, " ")
            for (i = 1; i <= count; i++) rank[names[i]] = i
        }
        function layer_of(path,    word) {
            return split(path, word, "/") > 2 && word[1] == "viz" ? word[1] "/" word[2] : word[1]
        }
        {
            split($0, part, ":")
            split(part[1], folder, "/")
            place = part[1] ":" part[2] ": "
            text = substr($0, length(part[1] ":" part[2] ":") + 1)
            within = part[1]
            sub(/^src\//, "", within)
            layer = layer_of(within)
            if (!(layer in rank) || part[1] ~ /^src\/viz\//) {
                if (!told[part[1]]++) print part[1] ": is in no known layer"
                next
            }
            if (text !~ /^[ \t]*#[ \t]*include/) next
            quoted = text ~ /"/
            sub(/^[^"<]*["<]/, "", text)
            sub(/[">].*$/, "", text)
            known = layer_of(text)
            if (!(known in rank)) {
                if (quoted) print place "\"" text "\" does not begin with a layer"
            } else if (rank[known] > rank[layer])
                print place (folder[1] == "viz" ? "" : "src/") layer " must not know " text
        }'
}

check_model_is_unworldly() {
    local files
    [ -d src/model ] || return 0
    mapfile -t files < <(find src/model -name '*.[ch]' -o -name '*.def')
    code 1 "${files[@]}" | grep -E "#[[:blank:]]*include[[:blank:]]*[<\"]($worldly)[>\"]" |
        sed 's/$/   the model knows no file, thread, window or database/' || true
}

check_model_has_no_labels() {
    local files
    [ -d src/model ] || return 0
    mapfile -t files < <(find src/model -name '*.[ch]' -o -name '*.def')
    code 0 "${files[@]}" | sed -E 's/^([^:]*:[0-9]+:)/\1 /' |
        grep -iE "^[^:]*:[0-9]+: (.*[^[:alnum:]])?($labels)([^[:alnum:]]|\$)" |
        sed 's/$/   no label enters the dynamics/' || true
}

check_files_are_short() {
    find src viz -name '*.[ch]' -exec awk -v most="$most_lines" '
        FNR == most + 1 { print FILENAME ": has more than " most " lines" }' {} +
}

# In nm's "sysv" table the first column is the name and the last the section. Tables of constants that hold addresses
# stand in .data.rel.ro, which the loader makes read-only.
check_nothing_is_mutable() {
    [ $# -gt 0 ] || return 0
    "${NM:-nm}" -f sysv --defined-only "$@" | awk -F '|' '
        /^Symbols from / { object = $0; sub(/^.*\[/, "", object); sub(/\].*$/, "", object); next }
        NF == 7 {
            name = $1; section = $7
            gsub(/ /, "", name); gsub(/ /, "", section)
            if (section ~ /^(\.t?bss|\.t?data|\*COM\*)/ && section !~ /^\.data\.rel\.ro/)
                print object ": " name " is mutable and outlives its function (" section ")"
        }'
}

check_all() {
    check_includes
    check_model_is_unworldly
    check_model_has_no_labels
    check_files_are_short
    check_nothing_is_mutable "$@"
}

work=
tree=
archives_of_tree=()

plant() {
    mkdir -p "$tree/src/$(dirname "$1")"
    printf '%s\n' "${@:2}" >"$tree/src/$1"
}

# A small tree in which nothing is wrong, although it comes close.
plant_good_tree() {
    rm -rf "$tree"
    plant base/text.h '#include <stdio.h>' '/* #include "cli/main.h" */'
    plant model/couple.c '#include "base/text.h"' '/* a secure person,' '   or a fearful one */ // avoidant' \
        'const char *const cr_words[] = {"secure", "it'"'"'s \"anxious\""};' 'const int cr_insecurely = 1;'
    plant study/sweep.c '#include <omp.h>' '#include "io/table.h"' '#include "model/couple.h"'
    plant cli/main.c '#include <stdio.h>' '#include "study/sweep.h"'
    plant ../viz/draw/window.c '#include <SDL.h>' '#include "cli/options.h"' '#include "model/couple.h"' '#include "viz/draw/look.h"'
    plant ../viz/draw/look.c 'const char *const cr_looks[] = {"dark", "light"};'
}

compile_tree() {
    local file
    for file in src/model/couple viz/draw/look; do
        "${CC:-cc}" -O0 -fPIE -I"$tree/src" -c "$tree/$file.c" -o "$work/$(basename "$file").o"
    done
    rm -f "${archives_of_tree[@]}"
    "${AR:-ar}" rcs "${archives_of_tree[0]}" "$work/couple.o"
    "${AR:-ar}" rcs "${archives_of_tree[1]}" "$work/look.o"
}

# expect "what must be found" after planting something; an empty text means that nothing may be found.
expect() {
    local found
    found=$(cd "$tree" && check_all "${archives_of_tree[@]}")
    if [ -z "$1" ] && [ -n "$found" ]; then
        printf 'wrongly found:\n%s\n' "$found"
        exit 1
    elif [ "$(printf '%s\n' "$found" | grep -cF -- "$1")" != 1 ] || [ "$(printf '%s\n' "$found" | wc -l)" != 1 ]; then
        printf 'expected once: %s\nbut found:\n%s\n' "$1" "$found"
        exit 1
    fi
    plant_good_tree
}

self_test() {
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    tree=$work/tree
    archives_of_tree=("$work/libcouple.a" "$work/liblook.a")

    plant_good_tree
    compile_tree
    expect ""

    plant model/couple.c '#include "measure/styles.h"'
    expect "src/model/couple.c:1: src/model must not know measure/styles.h"
    plant base/text.h '' '#  include <model/couple.h>'
    expect "src/base/text.h:2: src/base must not know model/couple.h"
    plant io/table.c '#include "study/sweep.h"'
    expect "src/io/table.c:1: src/io must not know study/sweep.h"
    plant model/rows.def '#include "cli/main.h"'
    expect "src/model/rows.def:1: src/model must not know cli/main.h"
    plant study/sweep.c '#include "../cli/main.h"'
    expect '"../cli/main.h" does not begin with a layer'
    plant cli/main.c '#include "viz/draw/window.h"'
    expect "src/cli/main.c:1: src/cli must not know viz/draw/window.h"
    plant cli/main.c '#include <viz/draw/window.h>'
    expect "src/cli/main.c:1: src/cli must not know viz/draw/window.h"
    plant ../viz/draw/window.c '#include "window.h"'
    expect 'viz/draw/window.c:1: "window.h" does not begin with a layer'
    plant ../viz/scene/scene.c '#include "viz/draw/window.h"' '#include "viz/viewer/viewer.h"'
    expect "viz/scene/scene.c:2: viz/scene must not know viz/viewer/viewer.h"
    plant ../viz/gossip/talk.c 'int cr_talk(void);'
    expect "viz/gossip/talk.c: is in no known layer"
    plant viz/draw/window.c 'int cr_window(void);'
    expect "src/viz/draw/window.c: is in no known layer"
    plant gossip/talk.c 'int cr_talk;'
    expect "src/gossip/talk.c: is in no known layer"

    local header
    for header in stdio.h omp.h pthread.h threads.h unistd.h sys/stat.h sqlite3.h libconfig.h; do
        plant model/couple.c "#include <$header>"
        expect "src/model/couple.c:1:#include <$header>"
    done

    local label
    for label in 'int secure;' 'CR_STYLE_ANXIOUS,' 'if (x->is_avoidant)' 'dismissing = 1;' 'preoccupied' \
        'a.fearful' 'DISORGANIZED(x)' '"secure" + secure'; do
        plant model/couple.c "/* secure */ $label"
        expect "no label enters the dynamics"
    done

    seq -f '/* %g */' "$most_lines" >"$tree/src/cli/main.c"
    expect ""
    seq -f '/* %g */' "$((most_lines + 1))" >"$tree/src/cli/main.c"
    expect "src/cli/main.c: has more than $most_lines lines"

    seq -f '/* %g */' "$((most_lines + 1))" >"$tree/viz/draw/window.c"
    expect "viz/draw/window.c: has more than $most_lines lines"

    local mutable
    for mutable in 'int cr_counter;' 'static int counter = 1; int *cr_f(void) { return &counter; }' \
        'int cr_f(void) { static int counter; return ++counter; }' '_Thread_local int cr_counter;' \
        'const char *cr_word = "x";'; do
        plant model/couple.c "$mutable"
        compile_tree
        expect "is mutable and outlives its function"
    done
    compile_tree
    plant ../viz/draw/look.c 'int cr_looks;'
    compile_tree
    expect "look.o: cr_looks is mutable and outlives its function"
    echo "every rule can fail, and none fails without a reason"
}

if [ "${1:-}" = --self-test ]; then
    self_test
    exit
fi
cd "${1:?usage: test_architecture.sh SOURCE_DIR [ARCHIVE] | --self-test}"
findings=$(check_all "${@:2}")
if [ -n "$findings" ]; then
    printf '%s\n' "$findings"
    exit 1
fi
echo "the sources keep to the architecture"
