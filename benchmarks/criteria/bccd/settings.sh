# shellcheck shell=bash disable=SC2034 # criteria.sh reads these
evaluation=(--data-format voc --split val --evaluator detection,cost)
training=(--data-format voc --epochs 120 --lr 0.01 --batch 8 --nominal-batch 8 --augment "yolov5,mosaic=0.5" --evaluate-every 40)
trained=last.cfg
