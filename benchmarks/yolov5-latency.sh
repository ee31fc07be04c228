#!/usr/bin/env bash
# What makes a network of yolov5s's shape fast in ONNX Runtime: its channels cut to 1/20 of its parameters, and on top of that, one after the
# other, no level P5, fewer blocks, a cheaper activation. Weights are random: times do not depend on them, and accuracy is not looked at.
# Every network is written as ONNX, as release 7.0 exports it; all of them are timed in turns, in one run, and ratios are to the first: the files
# with the boxes that they decode, then their layers alone.
# Arguments: the folder that receives everything (runs/yolov5-latency).
# THREADS (1), RUNS (15) and SIZES ("1280x800 640x640") say how; HOST runs another host than this repository's.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
out=${1:-runs/yolov5-latency}
host=${HOST:-$here/../host.sh}
mkdir -p -- "$out"

# The layers of yolov5s from release 6.0 on.
cat >"$out/yolov5s.yaml" <<'YAML'
nc: 80
depth_multiple: 0.33
width_multiple: 0.50
anchors: [[10,13, 16,30, 33,23], [30,61, 62,45, 59,119], [116,90, 156,198, 373,326]]
backbone:
  [[-1, 1, Conv, [64, 6, 2, 2]], [-1, 1, Conv, [128, 3, 2]], [-1, 3, C3, [128]], [-1, 1, Conv, [256, 3, 2]], [-1, 6, C3, [256]],
   [-1, 1, Conv, [512, 3, 2]], [-1, 9, C3, [512]], [-1, 1, Conv, [1024, 3, 2]], [-1, 3, C3, [1024]], [-1, 1, SPPF, [1024, 5]]]
head:
  [[-1, 1, Conv, [512, 1, 1]], [-1, 1, nn.Upsample, [None, 2, 'nearest']], [[-1, 6], 1, Concat, [1]], [-1, 3, C3, [512, False]],
   [-1, 1, Conv, [256, 1, 1]], [-1, 1, nn.Upsample, [None, 2, 'nearest']], [[-1, 4], 1, Concat, [1]], [-1, 3, C3, [256, False]],
   [-1, 1, Conv, [256, 3, 2]], [[-1, 14], 1, Concat, [1]], [-1, 3, C3, [512, False]],
   [-1, 1, Conv, [512, 3, 2]], [[-1, 10], 1, Concat, [1]], [-1, 3, C3, [1024, False]], [[17, 20, 23], 1, Detect, [nc, anchors]]]
YAML

"$host" convert --quiet --force --to yolov5 --from-scratch --model "$out/yolov5s.yaml" --out "$out/whole/" >/dev/null
prune() {
    local from=$1 to=$2
    shift 2
    "$host" prune --quiet --force --no-verify --no-measure --model "$out/$from/yolov5s.pt" --out "$out/$to" "$@" | sed -n '1p;/parameters/p;/GFLOPs/p'
}

prune whole channels --criterion uniform --to-params 5% --round-to 16
prune channels level --drop-level P5
prune level blocks --blocks 4
prune blocks relu --activation relu
prune whole relu-alone --activation relu
prune whole level-alone --drop-level P5

names=(whole channels level blocks relu level-alone relu-alone)
for size in ${SIZES:-1280x800 640x640}; do
    mkdir -p -- "$out/$size"
    files=()
    layers=()
    for name in "${names[@]}"; do
        "$host" convert --quiet --force --to onnx --outputs v7.0 --size "$size" --model "$out/$name/yolov5s.pt" --out "$out/$size/$name.onnx" >/dev/null
        files+=("$out/$size/$name.onnx")
        layers+=("$out/$name/yolov5s.pt")
    done
    ls -l -- "${files[@]}" | awk '{print $5, $9}'
    "$host" bench "${files[@]}" --quiet --engine onnxruntime --threads "${THREADS:-1}" --runs "${RUNS:-15}"
    "$host" bench "${layers[@]}" --quiet --engine onnxruntime --threads "${THREADS:-1}" --runs "${RUNS:-15}" --size "$size"
done
