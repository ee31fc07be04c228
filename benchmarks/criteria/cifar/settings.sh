# shellcheck shell=bash disable=SC2034 # criteria.sh reads these
evaluation=(--evaluator classification,cost --list-pictures true)
training=(--epochs 15 --lr 0.01 --warm-up 0 --momentum 0.9 --weight-decay 0.0001 --batch 128 --nominal-batch 128 --ema 0
    --augment cifar --evaluate-every 15)
trained=last.th

# What each channel group can lose by a criterion, told by training pictures.
prepare_sensitivity() {
    local folder=$out/sensitivity-$1
    [[ -e $folder/sensitivity.json ]] && return
    "$host" sensitivity --criterion "$1" --pictures 500 --split train --model "$model" --data "$data" --threads "$threads" --out "$folder"
}
