#!/usr/bin/env bash
# Times the steps of a run: half of the filters of a network of YOLOv5x's shape go (l1; 86.7 million random weights in single
# precision, 348 MB), without verification, with the files in the page cache; and how long a checkpoint of YOLOv5s's shape (29 MB)
# takes to be read. Least of several runs, since what else the machine does only adds to them. Arguments: the number of runs (9).
set -euo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
host=$here/../host.sh
runs=${1:-9}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# A network of YOLOv5's releases 6.0 to 7.0: name, multiple of depths, multiple of widths.
make_network() {
    cat >"$work/$1.yaml" <<END
nc: 80
depth_multiple: $2
width_multiple: $3
anchors: [[10, 13, 16, 30, 33, 23], [30, 61, 62, 45, 59, 119], [116, 90, 156, 198, 373, 326]]
backbone:
  - [-1, 1, Conv, [64, 6, 2, 2]]
  - [-1, 1, Conv, [128, 3, 2]]
  - [-1, 3, C3, [128]]
  - [-1, 1, Conv, [256, 3, 2]]
  - [-1, 6, C3, [256]]
  - [-1, 1, Conv, [512, 3, 2]]
  - [-1, 9, C3, [512]]
  - [-1, 1, Conv, [1024, 3, 2]]
  - [-1, 3, C3, [1024]]
  - [-1, 1, SPPF, [1024, 5]]
head:
  - [-1, 1, Conv, [512, 1, 1]]
  - [-1, 1, nn.Upsample, [None, 2, nearest]]
  - [[-1, 6], 1, Concat, [1]]
  - [-1, 3, C3, [512, False]]
  - [-1, 1, Conv, [256, 1, 1]]
  - [-1, 1, nn.Upsample, [None, 2, nearest]]
  - [[-1, 4], 1, Concat, [1]]
  - [-1, 3, C3, [256, False]]
  - [-1, 1, Conv, [256, 3, 2]]
  - [[-1, 14], 1, Concat, [1]]
  - [-1, 3, C3, [512, False]]
  - [-1, 1, Conv, [512, 3, 2]]
  - [[-1, 10], 1, Concat, [1]]
  - [-1, 3, C3, [1024, False]]
  - [[17, 20, 23], 1, Detect, [nc, anchors]]
END
    "$host" convert --to yolov5 --from-scratch --seed 1 --model "$work/$1.yaml" --out "$work/$1.pt" >/dev/null
    rm -- "$work/$1.yaml"
    cat -- "$work/$1.pt" >/dev/null
}

# Runs it several times; a line for each: milliseconds of reading, planning, cutting and writing, of the processor in all, and the largest memory in MB.
measure() {
    local i
    for ((i = 0; i < runs; i++)); do
        rm -rf -- "$work/pruned"
        /usr/bin/time -o "$work/time" -f '%U %S %M' "$host" prune --criterion l1 --percent 0.5 --no-verify --model "$work/$1.pt" --out "$work/pruned" >"$work/out" 2>&1 || { cat -- "$work/out" >&2; exit 1; }
        awk '/"milliseconds"/ { found = 1; next } found && /:/ { gsub(/[",]/, ""); printf "%.0f ", $2 }' "$work/pruned/report.json"
        tail -n 1 -- "$work/time" | awk '{ printf "%.0f %.0f\n", ($1 + $2) * 1000, $3 * 1024 / 1e6 }'
    done
}

least() { awk -v c="$1" 'NR == 1 || $c < best { best = $c } END { print best }' "$work/times"; }

echo "| network | read, ms | plan, ms | cut, ms | write, ms | these four together, ms | processor, ms | memory, MB |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- |"
make_network yolov5s 0.33 0.50
make_network yolov5x 1.33 1.25
for name in yolov5s yolov5x; do
    measure "$name" | awk '{ print $1, $2, $3, $4, $1 + $2 + $3 + $4, $5, $6 }' >"$work/times"
    echo "| $name | $(least 1) | $(least 2) | $(least 3) | $(least 4) | $(least 5) | $(least 6) | $(least 7) |"
done
