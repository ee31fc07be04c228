#!/usr/bin/env bash
# Prunes and converts networks with ./host.sh and lets other programs read the result: Debian's darknet, OpenCV, onnx and torch;
# and the event files of a training as TensorBoard would.
# Installs them where it may; where it may not, what needs them is skipped. The last line is 'N passed, N failed, N skipped'.
set -uo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd -P -- "$here/../.." && pwd)
shared=$(dirname -- "$root")/shared/data/darknet
# shellcheck source=../../build/dist.sh
source "$root/build/dist.sh"
# shellcheck source=../../build/tally.sh
source "$root/build/tally.sh"

find_dotnet
export MSBUILDDISABLENODEREUSE=1
work=$(mktemp -d)
started=()

# What it started ends with it, and no longer writes to the folder that goes.
clean_up() {
    local group
    for group in "${started[@]}"; do
        kill -- "-$group" 2>/dev/null
    done
    wait
    rm -rf -- "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

passed=0 failed=0 skipped=0

darknet_and_opencv_are_there() {
    command -v darknet >/dev/null && /usr/bin/python3 -c 'import cv2, numpy' 2>/dev/null
}

onnx_and_opencv_are_there() {
    /usr/bin/python3 -c 'import cv2, numpy, onnx' 2>/dev/null
}

torch_onnx_and_opencv_are_there() {
    /usr/bin/python3 -c 'import cv2, numpy, onnx, torch' 2>/dev/null
}

protobuf_and_opencv_are_there() {
    /usr/bin/python3 -c 'import cv2, numpy, google.protobuf' 2>/dev/null
}

# The name of the check, then the packages.
install_clients() {
    local is_there=$1
    shift
    "$is_there" && return
    if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
        echo "$* are not all here, and only root can install them with apt-get."
        return 1
    fi
    echo "Installing $* ..."
    {
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$@"
    } >"$work/apt.log" 2>&1 </dev/null
    "$is_there" && return
    tail -n 5 -- "$work/apt.log"
    echo "They could not be installed."
    return 1
}

# A file that is no weights file: its name, the cfg that goes with it, and what the message must say of it.
refuses() {
    local file=$1 cfg=$2 reason=$3 code=0
    if [[ ! -d $shared ]]; then
        echo "skipped: refuses $file (no shared folder beside this checkout)"
        skipped=$((skipped + 1))
        return
    fi
    "$root/host.sh" prune --criterion slim --model "$shared/cfg/$cfg" --weights "$shared/bad/$file" --out "$work/bad" \
        >"$work/bad.out" 2>"$work/bad.err" </dev/null || code=$?
    if ((code == 2)) && grep -q -i -E -- "$reason" "$work/bad.err" && [[ ! -e $work/bad ]]; then
        echo "ok: refuses $file"
        passed=$((passed + 1))
    else
        echo "FAILED: $file should be refused with exit code 2 and a reason like '$reason'; the code is $code, the message:"
        cat -- "$work/bad.err"
        failed=$((failed + 1))
    fi
}

refuses 8enmann_yolov3-tiny.weights yolov3-tiny.cfg 'names another file'
refuses lfs_yolov4-tiny.weights yolov4-tiny.cfg 'Git LFS pointer'
refuses tatarikk_yolov4-tiny.weights yolov4-tiny.cfg 'UTF-8'

can_build=yes
if ! dotnet build "$here/Tool" --configuration Release --nologo --verbosity quiet >"$work/build.log" 2>&1 </dev/null; then
    cat -- "$work/build.log"
    failed=$((failed + 1))
    can_build=
fi

# A script that prints a table and counts its rows, what says whether its programs are there, and their packages.
tables=() skips=()
add_table() {
    local skip=
    tables+=("$1")
    install_clients "${@:2}" && [[ -n $can_build ]] || skip=--skip
    skips+=("$skip")
}

# They run beside each other: each waits much of its time for a program that computes on one processor. The first takes as long as
# all others and goes before them. Each is a group of processes of its own, so that it ends with this script.
run_tables() {
    local i log more code
    set -m
    for i in "${!tables[@]}"; do
        log=$work/${tables[i]%.py}
        mkdir -- "$log"
        PYTHONDONTWRITEBYTECODE=1 nice -n "$((i == 0 ? 0 : 10))" /usr/bin/python3 -u "$here/${tables[i]}" "$root" "$shared" "$log" ${skips[i]:+"${skips[i]}"} </dev/null >"$log.log" 2>&1 &
        started+=("$!")
    done
    set +m
    echo "Running ${#tables[@]} tables; each is printed when it has ended ..."
    for i in "${!tables[@]}"; do
        code=0
        wait "${started[i]}" || code=$?
        echo
        keep_tally "$work/tally" <"$work/${tables[i]%.py}.log"
        read -r -a more <"$work/tally"
        if ((code != 0 && more[1] == 0)); then
            echo "FAILED: ${tables[i]} ended with $code and counted no failure."
            more[1]=1
        fi
        passed=$((passed + more[0])) failed=$((failed + more[1])) skipped=$((skipped + more[2]))
    done
}

if [[ -x /usr/bin/python3 ]]; then
    add_table onnx_table.py onnx_and_opencv_are_there python3-onnx python3-opencv python3-numpy
    add_table table.py darknet_and_opencv_are_there darknet python3-opencv python3-numpy
    add_table torch_table.py torch_onnx_and_opencv_are_there python3-torch python3-onnx python3-opencv python3-numpy
    add_table yolov5_table.py torch_onnx_and_opencv_are_there python3-torch python3-onnx python3-opencv python3-numpy
    add_table events_table.py protobuf_and_opencv_are_there python3-protobuf python3-opencv python3-numpy
    run_tables
else
    echo "skipped: what other programs read (no /usr/bin/python3)"
    skipped=$((skipped + 5))
fi

say_tally "$passed" "$failed" "$skipped"
((failed == 0))
