#!/usr/bin/env bash
# Table 1 of the dual-criterion paper in kind: a residual network of CIFAR-10 is cut by each method of cifar/methods.txt to the same
# FLOPs and trained for 15 epochs more, with three seeds; so is the whole one. Takes hours: the first seed of all methods comes first,
# the same command goes on where it was, and cifar/table.py OUT makes the table of what is there.
# Arguments: the network, the pictures, the folder that receives everything (runs/cifar).
#   benchmarks/cifar.sh ../shared/data/resnet-cifar10/resnet56-4bfd9763.th ../shared/data/cifar10/cifar10-subset-5000train-2000test.zip
# THREADS (1) are used; SEEDS ("0 1 2") and METHODS name what is run; HOST runs another host than this repository's.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
if [[ $# -lt 2 || ! -f $1 || ! -e $2 ]]; then
    sed -n '2,8s/^# \{0,1\}//p' -- "${BASH_SOURCE[0]}" >&2
    exit 2
fi

model=$1
data=$2
out=${3:-runs/cifar}
host=${HOST:-$here/../host.sh}
threads=${THREADS:-1}
missing=0
mkdir -p -- "$out"

# A result appears under its name when it is whole.
measure() {
    "$host" eval --quiet --json --model "$1" --data "$data" --evaluator classification,cost --list-pictures true --engine torch --threads "$threads" >"$2.part"
    mv -- "$2.part" "$2"
}

for seed in ${SEEDS:-0 1 2}; do
    while read -r method options; do
        [[ -z $method || $method == '#'* ]] && continue
        [[ -n ${METHODS:-} && " $METHODS " != *" $method "* ]] && continue
        run=$out/$method/$seed
        [[ -e $run/after.json ]] && continue
        mkdir -p -- "$run"
        start=$model
        if [[ $options != - ]]; then
            # Seeds give other channels to chance alone, and other first means to what clusters: each has its own.
            if [[ ! -e $run/pruned/report.json ]]; then
                # shellcheck disable=SC2086 # the options are words
                if ! "$host" prune --quiet $options --seed "$seed" --model "$model" --force --out "$run/pruned"; then
                    echo "$method: not pruned" >&2
                    missing=1
                    continue
                fi
            fi
            start=$run/pruned/$(basename -- "$model")
        fi

        [[ -e $run/before.json ]] || measure "$start" "$run/before.json"
        resume=--force
        [[ -e $run/tuned/last.checkpoint ]] && resume=--resume
        "$host" train $resume --model "$start" --data "$data" --seed "$seed" --out "$run/tuned" \
            --epochs 15 --lr 0.01 --warm-up 0 --momentum 0.9 --weight-decay 0.0001 --batch 128 --nominal-batch 128 --ema 0 \
            --augment cifar --evaluate-every 15 --threads "$threads"
        measure "$run/tuned/last.th" "$run/after.json"
    done <"$here/cifar/methods.txt"
done
exit $missing
