# SPDX-License-Identifier: Apache-2.0
# compare.awk - Compares what suites printed with the rows that are to pass, less the excluded ones.
# Usage: awk -v application=NAME -v suites="SUITE..." -f compare.awk GOLDEN excluded.txt OUTPUT

BEGIN { count = split(suites, order); for (i = 1; i <= count; i++) chosen[order[i]] = 1 }

FNR == 1 { file++ }
file < 3 && ($1 != application || !($2 in chosen)) { next }
file == 1 { want[$2 " " $3 " " $4] = 1; next }
file == 2 { reason = $0; sub(/^[^ ]+ +[^ ]+ +[^ ]+ +/, "", reason); why[$2 " " $3] = reason; next }
$1 == "CASE" { how[$2 " " $3 " " $4] = $5; line[$2 " " $3 " " $4] = $0 }

END {
    for (key in want) {
        split(key, part, " ")
        suite = part[1]
        out = (suite " " part[3] in why) ? suite " " part[3] : suite " *"
        if (out in why) { excluded[suite]++; hits[out]++; if (how[key] == "ok") passing[out]++; continue }
        rows[suite]++
        if (how[key] == "ok") { passed[suite]++; continue }
        print (key in line) ? line[key] : "CASE " key " did not run" | "sort"
    }
    close("sort")
    for (out in hits)
        printf "OUT %s (%d): %s%s\n", out, hits[out], why[out], \
            (passing[out] ? " - but " passing[out] " pass" : "") | "sort"
    close("sort")
    for (i = 1; i <= count; i++) {
        suite = order[i]
        printf "%-28s %4d of %4d%s\n", suite, passed[suite], rows[suite], \
            (excluded[suite] ? ", " excluded[suite] " out" : "")
        all_passed += passed[suite]; all += rows[suite]; all_excluded += excluded[suite]
    }
    printf "%s: %d of %d rows pass, %d are excluded\n", application, all_passed, all, all_excluded
    exit all_passed < all
}
