# shellcheck shell=bash disable=SC2034 # criteria.sh reads these
# The pictures that are learned from are those that are measured: a check of the machinery, not of what a network would do elsewhere.
evaluation=(--split all --evaluator detection,cost --variant yolov5-6.2 --size 320)
training=(--split all --size 320 --epochs 12 --lr 0.002 --lr-final 0.1 --schedule linear --warm-up 1 --warm-up-batches 16 --momentum 0.937
    --weight-decay 0.0005 --batch 16 --nominal-batch 16 --ema 0 --augment none --evaluate-every 12)
trained=last.pt
sizes=(640 1280x800)
