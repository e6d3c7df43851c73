#!/usr/bin/env bash
# The queries of docs/store.md, taken from there and run against fresh stores, in R and in Python: what they find is what
# `cradle export` writes.
#
#   test_store_queries.sh CRADLE DOCUMENT
set -euo pipefail

usage='usage: test_store_queries.sh CRADLE DOCUMENT'
cradle=${1:?$usage}
document=${2:?$usage}
# shellcheck source=tests/sweeps.sh
. "$(dirname "${BASH_SOURCE[0]}")/sweeps.sh"

command -v Rscript >/dev/null || skip "there is no Rscript here (Debian: r-base-core)"
Rscript -e 'library(RSQLite)' >/dev/null 2>&1 || skip "R has no RSQLite here (Debian: r-cran-rsqlite)"
python=
for each in python3 /usr/bin/python3; do
    if "$each" -c 'import pandas, scipy.stats' >/dev/null 2>&1; then
        python=$each
        break
    fi
done
[ -n "$python" ] || skip "Python has no pandas or SciPy here (Debian: python3-pandas, python3-scipy)"

# blocks LANGUAGE: the code of the document in that language.
blocks() {
    awk -v fence="\`\`\`$1" '$0 == fence { inside = 1; next } /^```/ { inside = 0 } inside' "$document"
}

make_stores() {
    study map 'people = 100; years = 25.0; replicates = 4; design = "factorial";' 'axes = (' \
        '    { key = "caregiving.sensitivity"; values = [0.3, 0.6, 0.9]; },' \
        '    { key = "caregiving.inconsistency"; values = [0.1, 0.9]; } );' \
        'measures = ["ssp_share", "style_share"];' 'series = ["partnered_share:all"];'
    good_sweep map map
    # As a run that has failed leaves it.
    ask map "DELETE FROM measure_values WHERE run = 6; DELETE FROM series_values WHERE run = 6;
        UPDATE runs SET state = 'failed', error = 'it took too long' WHERE run = 6"
    exported map >/dev/null

    study sobol 'people = 50; years = 2.0; design = "saltelli"; points = 4; second_order = false;' 'axes = (' \
        '    { key = "caregiving.sensitivity"; low = 0.3; high = 0.9; },' \
        '    { key = "caregiving.inconsistency"; low = 0.1; high = 0.9; } );' 'measures = ["infant_strategy_share"];'
    "$cradle" sensitivity "$work/sobol.cfg" --store "$work/sobol.db" >"$work/sobol.txt" 2>&1 ||
        fail "cradle sensitivity: $(cat "$work/sobol.txt")"
    exported sobol >/dev/null
}

# The same figures from the export, by other means; fewer digits.
r_finds_what_is_exported() {
    blocks r >"$work/queries.R"
    [ "$(wc -l <"$work/queries.R")" -gt 30 ] || fail "the document has no queries in R"
    cat >>"$work/queries.R" <<'END'
same <- function(what, found, wanted) {
    if (length(found) == 0 || !isTRUE(all.equal(unname(found), unname(wanted), tolerance = 1e-5)))
        stop(what, ": found ", paste(found, collapse = " "), ", exported ", paste(wanted, collapse = " "))
}
rows <- read.csv("map.export/measures.csv")
rows <- rows[rows$measure == "ssp_share" & rows$group == "B", ]
values <- sort(unique(rows$caregiving.sensitivity))
same("axis", means$sensitivity, values)
for (i in seq_along(values)) {
    at <- rows[rows$caregiving.sensitivity == values[i], ]
    test <- t.test(sapply(split(at$value, at$replicate), mean))
    same("means", unlist(means[i, c("mean", "low", "high")]), c(test$estimate, test$conf.int))
}
for (s in values) for (u in unique(rows$caregiving.inconsistency))
    same("map", map[as.character(s), as.character(u)],
         mean(rows$value[rows$caregiving.sensitivity == s & rows$caregiving.inconsistency == u]))
paired <- rows$value[rows$point == 6] - rows$value[rows$point == 1]
same("differences", last$value - last$value_first, paired)
series <- read.csv("map.export/series.csv")
series <- series[series$caregiving.sensitivity == 0.6 & series$year == 20, ]
same("courses", unlist(courses[courses$sensitivity == 0.6 & courses$year == 20, c("value", "n")]),
     c(mean(series$value), nrow(series)))
runs <- read.csv("map.export/runs.csv")
runs <- runs[runs$state == "failed", ]
same("failed", failed$run, runs$run)
same("failed", failed$caregiving.inconsistency, runs$caregiving.inconsistency)
stopifnot(identical(failed$error, runs$error), nrow(failed) == 1)
exported <- read.csv("sobol.export/indices.csv")
exported <- exported[exported$index == "total", ]
exported <- exported[order(exported$measure, exported$group, -exported$value), ]
same("indices", indices$value, exported$value)
stopifnot(identical(indices$parameter, exported$parameter))
END
    (cd "$work" && Rscript queries.R) >"$work/r.txt" 2>&1 || fail "in R: $(cat "$work/r.txt")"
}

dplyr_finds_what_is_exported() {
    if ! Rscript -e 'library(dbplyr); library(dplyr)' >/dev/null 2>&1; then
        echo "R has no dplyr or dbplyr here (Debian: r-cran-dbplyr); their queries are not tried"
        return
    fi
    blocks 'r dplyr' >"$work/dplyr.R"
    cat >>"$work/dplyr.R" <<'END'
rows <- read.csv("map.export/measures.csv")
rows <- rows[rows$measure == "ssp_share" & rows$group == "B", ]
wanted <- aggregate(value ~ caregiving.sensitivity + caregiving.inconsistency, rows, mean)
found <- by_point[order(by_point$caregiving.inconsistency, by_point$caregiving.sensitivity), ]
stopifnot(nrow(found) == 6, isTRUE(all.equal(found$mean, wanted$value, tolerance = 1e-5)))
END
    (cd "$work" && Rscript dplyr.R) >"$work/dplyr.txt" 2>&1 || fail "with dplyr: $(cat "$work/dplyr.txt")"
}

python_finds_what_is_exported() {
    blocks python >"$work/queries.py"
    [ "$(wc -l <"$work/queries.py")" -gt 30 ] || fail "the document has no queries in Python"
    cat >>"$work/queries.py" <<'END'
def same(what, found, wanted):
    if abs(found - wanted) > 1e-5:
        raise SystemExit(f"{what}: found {found}, exported {wanted}")


rows = pd.read_csv("map.export/measures.csv")
rows = rows[(rows["measure"] == "ssp_share") & (rows["group"] == "B")]
assert len(means) == 3
for value in means.index:
    at = rows[rows["caregiving.sensitivity"] == value].groupby("replicate")["value"].mean()
    half = t.ppf(0.975, len(at) - 1) * at.std() / len(at) ** 0.5
    same("mean", means.loc[value, "mean"], at.mean())
    same("low", means.loc[value, "low"], at.mean() - half)
    same("high", means.loc[value, "high"], at.mean() + half)
    for other in map.columns:
        cell = (rows["caregiving.sensitivity"] == value) & (rows["caregiving.inconsistency"] == other)
        same("map", map.loc[value, other], rows[cell]["value"].mean())
series = pd.read_csv("map.export/series.csv")
series = series[(series["caregiving.sensitivity"] == 0.6) & (series["year"] == 20)]
found = courses[(courses["sensitivity"] == 0.6) & (courses["year"] == 20)]
same("courses", found["value"].item(), series["value"].mean())
same("courses", found["n"].item(), len(series))
runs = pd.read_csv("map.export/runs.csv")
assert list(failed["error"]) == list(runs[runs["state"] == "failed"]["error"]) == ["it took too long"]
assert list(failed["run"]) == list(runs[runs["state"] == "failed"]["run"])
exported = pd.read_csv("sobol.export/indices.csv")
exported = exported[exported["index"] == "total"].sort_values(
    ["measure", "group", "value"], ascending=[True, True, False])
assert len(indices) == len(exported) > 0
for found, wanted in zip(indices["value"], exported["value"]):
    same("indices", found, wanted)
assert done == sum(runs["state"] == "done") == 23
same("greatest", greatest, rows["value"].max())
END
    (cd "$work" && "$python" queries.py) >"$work/python.txt" 2>&1 || fail "in Python: $(cat "$work/python.txt")"
}

# Nothing that the document calls a table, view or column is missing, and nothing that there is is left out.
the_document_names_every_table_and_column() {
    local name
    for name in $(ask map "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')
        UNION SELECT c.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c WHERE s.type IN ('table', 'view')
            AND c.name NOT IN (SELECT key FROM axes)
        UNION SELECT key FROM study"); do
        grep -qF "\`$name\`" "$document" || fail "the document does not name $name"
    done
    grep -qF "version of the tables, $(ask map "PRAGMA user_version")." "$document" || fail "the document has another version"
    grep -qF "$(printf '0x%x' "$(ask map "PRAGMA application_id")")" "$document" || fail "the document has another mark"
}

make_stores
r_finds_what_is_exported
dplyr_finds_what_is_exported
python_finds_what_is_exported
the_document_names_every_table_and_column
finish
