# shellcheck shell=bash disable=SC2034,SC2154 # criteria.sh reads these and sets those
# Trained sparse before, so that scales say something, and longer afterwards than in yolov5n, on the pictures that are measured.
# shellcheck source=../yolov5n/settings.sh
source "$here/criteria/yolov5n/settings.sh"
whole=OUT/sparse-SEED/last.pt
common=(--split all --size 320 --schedule linear --warm-up 1 --warm-up-batches 16 --momentum 0.937 --weight-decay 0.0005 --batch 16
    --nominal-batch 16 --ema 0 --augment none)
training=("${common[@]}" --epochs 36 --lr 0.005 --lr-final 0.02 --evaluate-every 36)

# 30 % of the scales to 0.
prepare_sparse() {
    local part=$out/sparse-$1.part resume=--force
    [[ -e $out/sparse-$1 ]] && return
    [[ -e $part/last.checkpoint ]] && resume=--resume
    "$host" train $resume --model "$model" --data "$data" --seed "$1" --out "$part" --threads "$threads" "${common[@]}" \
        --epochs 60 --lr 0.01 --lr-final 0.2 --sparsity 0.02 --scheduler target --ratio 0.3 --evaluate-every 60
    mv -- "$part" "$out/sparse-$1"
}
