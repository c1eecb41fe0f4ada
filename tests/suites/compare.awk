# SPDX-License-Identifier: Apache-2.0
# compare.awk - Compares what suites printed with the rows that are to pass, less those that are listed.
# Usage: awk -v application=NAME -v suites="SUITE..." -f compare.awk GOLDEN excluded.txt OUTPUT

BEGIN { count = split(suites, order); for (i = 1; i <= count; i++) chosen[order[i]] = 1 }

FNR == 1 { file++ }
file < 3 && ($1 != application || !($2 in chosen)) { next }
file == 1 { want[$2 " " $3 " " $4] = 1; next }
file == 2 { reason = $0; sub(/^[^ ]+ +[^ ]+ +[^ ]+ +/, "", reason); why[$2 " " $3] = reason; next }
$1 == "CASE" { how[$2 " " $3 " " $4] = $5; line[$2 " " $3 " " $4] = $0 }

# The row of excluded.txt that is about the case, else "".
function listed(suite, name) {
    if ((suite " " name) in why) return suite " " name
    return (suite " *") in why ? suite " *" : ""
}

END {
    for (key in want) {
        split(key, part, " ")
        suite = part[1]
        entry = listed(suite, part[3])
        if (entry) { hits[entry]++; if (how[key] == "ok") passing[entry]++ }
        if (entry && why[entry] !~ /^fails: /) { excluded[suite]++; continue }
        rows[suite]++
        if (how[key] == "ok") { passed[suite]++; continue }
        if (entry) { known++; continue }
        print (key in line) ? line[key] : "CASE " key " did not run" | "sort"
    }
    close("sort")
    for (entry in hits)
        printf "LISTED %s (%d): %s%s\n", entry, hits[entry], why[entry], \
            (passing[entry] ? " - but " passing[entry] " pass" : "") | "sort"
    close("sort")
    for (i = 1; i <= count; i++) {
        suite = order[i]
        printf "%-28s %4d of %4d%s\n", suite, passed[suite], rows[suite], \
            (excluded[suite] ? ", " excluded[suite] " out" : "")
        all_passed += passed[suite]; all += rows[suite]; all_excluded += excluded[suite]
    }
    printf "%s: %d of %d rows pass, %d fail for a known reason, %d are out\n", \
        application, all_passed, all, known, all_excluded
    exit all_passed + known < all
}
