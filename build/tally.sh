# Counts checks: 'N passed, N failed, N skipped'. Sourced, not run.
# shellcheck shell=bash

# The tests in a folder of trx files: passed, failed, skipped.
count_trx() {
    find "$1" -name '*.trx' -exec grep -ho '<Counters [^>]*>' {} + | awk '
        function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0 }
        { total += value("total"); executed += value("executed"); passed += value("passed") }
        END { print passed + 0, executed - passed, total - executed }'
}

say_tally() {
    echo "$1 passed, $2 failed, $3 skipped"
}

# Reads a program's output, passes it on without its tally, and puts the tally's numbers into the file $1 ('0 1 0' where
# there is none: what says nothing has failed).
keep_tally() {
    awk -v file="$1" '
        held { print last; held = 0 }
        { last = $0; held = 1; fflush() }
        END {
            if (last ~ /^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/) {
                split(last, part, /[ ,]+/)
                print part[1], part[3], part[5] > file
            } else {
                if (held) { print last }
                print "0 1 0" > file
            }
        }'
}
