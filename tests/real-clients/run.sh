#!/usr/bin/env bash
# Prunes networks with ./host.sh and lets other programs read the result: Debian's darknet and OpenCV. Installs them where it
# may; where it may not, what needs them is skipped. The last line is 'N passed, N failed, N skipped'.
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
trap 'rm -rf -- "$work"' EXIT
passed=0 failed=0 skipped=0

clients_are_there() {
    command -v darknet >/dev/null && /usr/bin/python3 -c 'import cv2, numpy' 2>/dev/null
}

install_clients() {
    clients_are_there && return
    if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
        echo "darknet, python3-opencv and python3-numpy are not all here, and only root can install them with apt-get."
        return 1
    fi
    echo "Installing darknet, python3-opencv and python3-numpy ..."
    {
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends darknet python3-opencv python3-numpy
    } >"$work/apt.log" 2>&1 </dev/null
    clients_are_there && return
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

arguments=("$root" "$shared" "$work")
if ! install_clients; then
    arguments+=(--skip)
elif ! dotnet build "$here/Tool" --configuration Release --nologo --verbosity quiet >"$work/build.log" 2>&1 </dev/null; then
    cat -- "$work/build.log"
    failed=$((failed + 1))
    arguments+=(--skip)
fi

if [[ -x /usr/bin/python3 ]]; then
    PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 -u "$here/table.py" "${arguments[@]}" </dev/null 2>&1 | keep_tally "$work/tally"
    read -r more_passed more_failed more_skipped <"$work/tally"
    passed=$((passed + more_passed)) failed=$((failed + more_failed)) skipped=$((skipped + more_skipped))
else
    echo "skipped: the table of networks (no /usr/bin/python3)"
    skipped=$((skipped + 1))
fi

say_tally "$passed" "$failed" "$skipped"
((failed == 0))
