#!/usr/bin/env bash
# Times evaluation (reading, resizing, running, decoding, suppressing at a confidence of 0.001) against the engine alone, in
# turns, on yolov3-tiny with synthetic weights and real photos. Arguments: pictures (500), a folder with photos, engines.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd -P -- "$here/.." && pwd)
# shellcheck source=../build/dist.sh
source "$root/build/dist.sh"
find_dotnet

shared=$(dirname -- "$root")/shared
pictures=${1:-500} photos=${2:-$shared/data/coco256-yolo}
shift $(($# > 2 ? 2 : $#))
[[ $# -gt 0 ]] || set -- managed torch
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

(cd -- "$root" && dotnet build benchmarks/evaluation/Runner --configuration Release --nologo --verbosity quiet &&
    dotnet build tests/real-clients/Tool --configuration Release --nologo --verbosity quiet) >"$work/out" 2>&1 || { cat -- "$work/out" >&2; exit 1; }
cp -- "$shared/data/darknet/cfg/yolov3-tiny.cfg" "$work/network.cfg"
"$root/tests/real-clients/Tool/bin/Release/net10.0/real-clients" weights "$work/network.cfg" "$work/network.weights"

echo "| engine   | GFLOPs | alone im/s | whole im/s | ratio | CPU ms   | CPU ms   | found/im   |"
echo "| -------- | ------ | ---------- | ---------- | ----- | -------- | -------- | ---------- |"
for engine in "$@"; do
    "$root/benchmarks/evaluation/Runner/bin/Release/net10.0/evaluation-runner" "$engine" "$work/network.cfg" "$work/network.weights" "$photos" "$pictures"
done
