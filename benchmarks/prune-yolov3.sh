#!/usr/bin/env bash
# Times a whole run: slim 0.8 on YOLOv3 (248 MB), without verification, through ./host.sh, with the files in the page cache;
# beside it what the same bytes cost to read and write, and what short commands cost to start. Prints a table of results
# against their bounds. Arguments: the number of runs (9).
set -euo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd -P -- "$here/.." && pwd)
# shellcheck source=../build/dist.sh
source "$root/build/dist.sh"
find_dotnet

runs=${1:-9}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

tool() {
    "$root/tests/real-clients/Tool/bin/Release/net10.0/real-clients" "$@"
}

# Runs a command several times; each line of $work/times is wall ms, CPU ms (user and system), largest memory in kB.
# What the last run wrote is removed before the next: replacing a file makes the file system write it out, which new files spare.
measure() {
    local i start end
    : >"$work/times"
    for ((i = 0; i < runs; i++)); do
        rm -rf -- "$work/pruned" "$work/copy"
        start=${EPOCHREALTIME/./}
        /usr/bin/time -o "$work/time" -f '%U %S %M' "$@" >"$work/out" 2>&1 </dev/null || { cat -- "$work/out" >&2; exit 1; }
        end=${EPOCHREALTIME/./}
        tail -n 1 -- "$work/time" | awk -v wall=$((end - start)) '{ printf "%.1f %.0f %d\n", wall / 1000, ($1 + $2) * 1000, $3 }' >>"$work/times"
    done
}

# The median of a column of $work/times.
median() {
    sort -n -k "$1,$1" -- "$work/times" | awk -v column="$1" '{ value[NR] = $column } END { print value[int((NR + 1) / 2)] }'
}

row() {
    awk -v name="$1" -v value="$2" -v bound="$3" -v unit="$4" 'BEGIN {
        printf "| %-52s | %9.4g %-3s | %9.4g %-3s | %s |\n", name, value, unit, bound, unit, value <= bound ? "yes" : "NO" }'
}

"$root/host.sh" --help >"$work/out"
(cd -- "$root" && dotnet build tests/real-clients/Tool --configuration Release --nologo --verbosity quiet) >"$work/out" 2>&1 || { cat -- "$work/out" >&2; exit 1; }
cfg=$(dirname -- "$root")/shared/data/darknet/cfg/yolov3.cfg
if [[ ! -f $cfg ]]; then
    cfg=$work/yolov3.cfg
    tool cfg yolov3 "$cfg"
fi
tool weights "$cfg" "$work/yolov3.weights"
cat -- "$work/yolov3.weights" >/dev/null

command=("$root/host.sh" prune --criterion slim --global-percent 0.8 --scope scripts --no-verify
    --model "$cfg" --weights "$work/yolov3.weights" --out "$work/pruned")
"${command[@]}" >"$work/out" 2>&1
measure "${command[@]}"
wall=$(median 1) cpu=$(median 2) memory=$(median 3)
plan=$(awk -F '[:,]' '/"milliseconds"/ { found = 1 } found && /"plan"/ { print $2 + 0 }' "$work/pruned/report.json")
steps=$(awk '/"milliseconds"/ { found = 1; next } found && /:/ { gsub(/[",]/, ""); printf "%s%s %s ms", n++ ? ", " : "", $1, $2 }' "$work/pruned/report.json")
bytes=$(stat -c %s "$work/yolov3.weights")
written=$(stat -c %s "$work/pruned/yolov3.weights")

# The same bytes: read into memory as one piece, as who works with them must, and written to a new file.
measure bash -c "dd if='$work/yolov3.weights' of=/dev/null bs=$bytes count=1 status=none
    dd if=/dev/zero of='$work/copy' bs=$written count=1 status=none"
files=$(median 1)
measure dd if="$work/yolov3.weights" of=/dev/null bs=1M status=none
streamed=$(median 1)

measure "$root/host.sh" --help
help=$(median 2)
measure "$root/host.sh" plugin list
list=$(median 2)

mb() { awk -v n="$1" 'BEGIN { printf "%.0f", n }'; }
echo "$(date +%F), $(awk -F ': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, $(uname -s) $(uname -m), .NET $(dotnet --version); medians of $runs runs"
echo
echo "| what                                                 | measured      | bound         | held |"
echo "| ---------------------------------------------------- | ------------- | ------------- | ---- |"
row "prune, wall time" "$(awk -v n="$wall" 'BEGIN { print n / 1000 }')" 0.9 s
row "prune against reading and writing the same bytes" "$(awk -v a="$wall" -v b="$files" 'BEGIN { print a / b }')" 3 x
row "prune, peak memory" "$(awk -v n="$memory" 'BEGIN { print n * 1024 / 1e6 }')" "$(awk -v n="$bytes" 'BEGIN { print n * 1.3 / 1e6 + 150 }')" MB
row "prune, making the plan" "$plan" 100 ms
row "host.sh --help, CPU time" "$help" 150 ms
row "host.sh plugin list, CPU time" "$list" 150 ms
echo
echo "prune: $cpu ms CPU; last run: $steps. Reading $(mb $((bytes / 1000000))) MB and writing $(mb $((written / 1000000))) MB: $files ms (reading alone, through one buffer of 1 MB: $streamed ms)."
