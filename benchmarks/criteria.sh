#!/usr/bin/env bash
# The tables of the dual-criterion paper in kind: a trained network is cut by each method of criteria/NAME/methods.txt and trained
# further as criteria/NAME/settings.sh has it, and so is the whole one. Takes hours: the first seed of all methods comes first, the same
# command goes on where it was, and criteria/table.py NAME OUT makes the table of what is there.
# Arguments: cifar, cifar-taught, cifar-blocks, cifar-varied, bccd, yolov5n or yolov5n-sparse, the network, the pictures, the folder that receives everything (runs/criteria-NAME).
#   benchmarks/criteria.sh cifar ../shared/data/resnet-cifar10/resnet56-4bfd9763.th ../shared/data/cifar10/cifar10-subset-5000train-2000test.zip
#   benchmarks/criteria.sh yolov5n ../shared/data/yolov5/yolov5n.pt ../shared/data/coco256-yolo
#   benchmarks/criteria.sh bccd runs/bccd/steps/seed-0/2-sparse/last.cfg ../shared/data/bccd-voc/BCCD
# THREADS (1) are used; SEEDS ("0 1 2") and METHODS name what is run; HOST runs another host than this repository's. With TIMES=1 nothing
# is trained: the networks of the first seed that are there are timed in turns, best with nothing else running.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
if [[ $# -lt 3 || ! -f $here/criteria/$1/settings.sh || ! -f $2 || ! -e $3 ]]; then
    sed -n '2,11s/^# \{0,1\}//p' -- "${BASH_SOURCE[0]}" >&2
    exit 2
fi

methods=$here/criteria/$1/methods.txt
model=$2
data=$3
out=${4:-runs/criteria-$1}
host=${HOST:-$here/../host.sh}
threads=${THREADS:-1}
missing=0
mkdir -p -- "$out"

# What is measured (evaluation), how training goes on (training), the network that a training leaves (trained), at which sizes networks
# are timed where it is not their own (sizes), other methods than those beside it (methods), and what is cut in place of the network
# (whole). DATA stands for the pictures, SEED for the seed and OUT for the folder; what is named as OUT/kind-name/... prepare_kind makes
# once, given the name.
whole=$model
# shellcheck source=/dev/null
source "$here/criteria/$1/settings.sh"

# Makes what the given words need, and leaves them in words with nothing that stands for something else.
fill() {
    local word
    words=()
    for word in "$@"; do
        word=${word//SEED/$seed}
        if [[ $word =~ ^OUT/([a-z]+)-?([a-z0-9-]*)/ ]]; then "prepare_${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"; fi
        word=${word/#OUT/$out}
        words+=("${word/#DATA/$data}")
    done
}

# A result appears under its name when it is whole.
measure() {
    "$host" eval --quiet --json --model "$1" --data "$data" "${evaluation[@]}" --engine torch --threads "$threads" >"$2.part"
    mv -- "$2.part" "$2"
}

if [[ -n ${TIMES:-} ]]; then
    names=()
    networks=()
    while read -r method options; do
        [[ -e $out/$method/0/after.json ]] || continue
        names+=("$method")
        networks+=("$out/$method/0/tuned/$trained")
    done < <(grep -v '^#' "$methods")
    printf '%s\n' "${names[@]}" >"$out/ms.txt"
    for size in "${sizes[@]:-}"; do
        "$host" bench --quiet --json --threads "$threads" ${size:+--size "$size"} --models "${networks[@]}" >"$out/ms.json.part"
        mv -- "$out/ms.json.part" "$out/ms${size:+ at $size}.json"
    done
    exit
fi

for seed in ${SEEDS:-0 1 2}; do
    while read -r method options; do
        [[ -z $method || $method == '#'* ]] && continue
        [[ -n ${METHODS:-} && " $METHODS " != *" $method "* ]] && continue
        run=$out/$method/$seed
        [[ -e $run/after.json ]] && continue
        mkdir -p -- "$run"
        fill "$whole"
        start=${words[0]}
        if [[ $options != - ]]; then
            read -r -a words <<<"$options"
            fill "${words[@]}"
            # Seeds give other channels to chance alone, and other first means to what clusters: each has its own.
            if [[ ! -e $run/pruned/report.json ]]; then
                if ! "$host" prune --quiet "${words[@]}" --seed "$seed" --model "$start" --force --out "$run/pruned"; then
                    echo "$method: not pruned" >&2
                    missing=1
                    continue
                fi
            fi
            start=$run/pruned/$(basename -- "$start")
        fi

        [[ -e $run/before.json ]] || measure "$start" "$run/before.json"
        resume=--force
        [[ -e $run/tuned/last.checkpoint ]] && resume=--resume
        fill "${training[@]}"
        "$host" train $resume --model "$start" --data "$data" --seed "$seed" --out "$run/tuned" --threads "$threads" "${words[@]}"
        measure "$run/tuned/$trained" "$run/after.json"
    done <"$methods"
done
exit $missing
