#!/usr/bin/env bash
# Times evaluation (compiling, reading, resizing, running, decoding, suppressing at a confidence of 0.001) against the engine
# alone, which runs one picture after the other, on yolov3-tiny with synthetic weights and real photos. The heads find about as
# much as a trained network's, and then as much as there can be. Arguments: pictures (500), rounds (3), a folder with photos,
# engines. Rounds are interleaved, and the best time of each counts.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd -P -- "$here/.." && pwd)
# shellcheck source=../build/dist.sh
source "$root/build/dist.sh"
find_dotnet

shared=$(dirname -- "$root")/shared
pictures=${1:-500} rounds=${2:-3} photos=${3:-$shared/data/coco256-yolo}
shift $(($# > 3 ? 3 : $#))
[[ $# -gt 0 ]] || set -- onnxruntime torch managed
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

(cd -- "$root" && dotnet build benchmarks/evaluation/Runner --configuration Release --nologo --verbosity quiet &&
    dotnet build tests/real-clients/Tool --configuration Release --nologo --verbosity quiet) >"$work/out" 2>&1 || { cat -- "$work/out" >&2; exit 1; }
cp -- "$shared/data/darknet/cfg/yolov3-tiny.cfg" "$work/network.cfg"
"$root/tests/real-clients/Tool/bin/Release/net10.0/real-clients" weights "$work/network.cfg" "$work/network.weights"

# Added to the logits of objectness: with the first a picture has about a thousand candidates, with the second all there are.
for ((round = 1; round <= rounds; round++)); do
    for objectness in -6.48 0; do
        for engine in "$@"; do
            echo "round $round of $rounds, objectness $objectness, $engine" >&2
            "$root/benchmarks/evaluation/Runner/bin/Release/net10.0/evaluation-runner" \
                "$engine" "$work/network.cfg" "$work/network.weights" "$photos" "$pictures" "$objectness"
        done
    done
done | tee "$work/rows" >&2

# | engine | candidates | found | alone | whole | CPU alone | CPU whole |
echo "| engine      | candidates a picture | found | alone, pictures/s | evaluation, pictures/s | ratio | CPU ms alone | CPU ms, evaluation |"
echo "| ----------- | -------------------- | ----- | ----------------- | ---------------------- | ----- | ------------ | ------------------ |"
awk -F '|' '
    { key = $2 "|" $3 }
    !(key in alone) { order[++keys] = key; found[key] = $4; cpuAlone[key] = $7; cpuWhole[key] = $8 }
    $5 + 0 > alone[key] { alone[key] = $5 + 0 }
    $6 + 0 > whole[key] { whole[key] = $6 + 0 }
    $7 + 0 < cpuAlone[key] { cpuAlone[key] = $7 }
    $8 + 0 < cpuWhole[key] { cpuWhole[key] = $8 }
    END {
        for (i = 1; i <= keys; i++) {
            key = order[i]
            split(key, name, "|")
            gsub(/ /, "", name[1])
            printf "| %-11s | %20d | %5d | %17.1f | %22.1f | %5.3f | %12.1f | %18.1f |\n",
                name[1], name[2], found[key], alone[key], whole[key], whole[key] / alone[key], cpuAlone[key], cpuWhole[key]
        }
    }' "$work/rows"
