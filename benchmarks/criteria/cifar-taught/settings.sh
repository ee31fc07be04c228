# shellcheck shell=bash disable=SC2034,SC2154 # criteria.sh reads these and sets those
# The methods of cifar; all networks, the whole one too, learn from a teacher besides: the whole network, trained without one. Of a fifth
# of the training pictures that it did not learn from, fpgm's network had 89.9 % right without a teacher, 92.2 % with, and 91.6 % with at
# three times the rate.
# shellcheck source=../cifar/settings.sh
source "$here/criteria/cifar/settings.sh"
methods=$here/criteria/cifar/methods.txt
alone=("${training[@]}")
training+=(--teacher OUT/teacher/last.th)

prepare_teacher() {
    local part=$out/teacher.part resume=--force
    [[ -e $out/teacher ]] && return
    [[ -e $part/last.checkpoint ]] && resume=--resume
    "$host" train $resume --model "$model" --data "$data" --seed 0 --out "$part" --threads "$threads" "${alone[@]}"
    mv -- "$part" "$out/teacher"
}
