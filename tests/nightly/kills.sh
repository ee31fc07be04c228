#!/usr/bin/env bash
# Kills trainings and whole recipes (train, sparse, prune, fine-tune, export) at random moments, 50 times or as often as the first
# argument says; the second one seeds the moments. After every kill all that lies in the folder must be readable, and the next
# run must go on; what comes out in the end must be, byte for byte, what a run that nobody killed has made.
# The last line is 'N passed, N failed, N skipped'.
set -uo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd -P -- "$here/../.." && pwd)
# shellcheck source=../../build/dist.sh
source "$root/build/dist.sh"
# shellcheck source=../../build/tally.sh
source "$root/build/tally.sh"

kills=${1:-50}
RANDOM=${2:-1}
if ! [[ $kills =~ ^[1-9][0-9]{0,4}$ ]]; then
    echo "error: the number of kills must be from 1 to 99999, not '$kills'." >&2
    exit 2
fi

python=python3
[[ -x /usr/bin/python3 ]] && python=/usr/bin/python3
find_dotnet
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cd -- "$work" || exit 1
passed=0 failed=0

data=(--data synthetic --count 48 --set synthetic.size=64)
common=(--size 64 --batch 8 --nominal-batch 8 --threads 1 --seed 3)
train=(train --model "$root/cfg/sample.cfg" --from-scratch --epochs 12 --lr 0.02 --scheduler proximal --sparsity 0.3 --keep-every 3 "${data[@]}" "${common[@]}")
cat >way.yaml <<YAML
model: $root/cfg/sample.cfg
data: synthetic
options: {threads: 1, seed: 3, count: 48, size: 64, synthetic: {size: 64}}
steps:
  - train: {from-scratch: true, epochs: 4, batch: 8, nominal-batch: 8, lr: 0.02, evaluate-every: 4}
  - sparse: {epochs: 4, batch: 8, nominal-batch: 8, scheduler: proximal, sparsity: 0.3, evaluate-every: 4}
  - prune: {criterion: slim, global-percent: 0.4, no-measure: true}
  - fine-tune: {epochs: 4, batch: 8, nominal-batch: 8, lr: 0.001, evaluate-every: 4}
  - export: {to: onnx}
YAML

now() { date +%s%N; }

# Runs a command to its end: its log, the command.
finish() {
    local log=$1 code=0
    shift
    "$root/dist/host/host" "$@" >"$log" 2>&1 </dev/null || code=$?
    ((code == 0)) && return
    echo "FAILED: host $* ended with $code"
    tail -n 20 -- "$log"
    failed=$((failed + 1))
    return 1
}

# Starts a command, kills it after a while and looks at what lies there: the folder, the longest while in milliseconds, the
# command. Ends with 0 where it was killed, with 1 where something is wrong, with 2 where the command was done before.
kill_once() {
    local folder=$1 most=$2 pid code=0
    shift 2
    "$root/dist/host/host" "$@" >kill.log 2>&1 </dev/null &
    pid=$!
    sleep "$(awk -v most="$most" -v share="$RANDOM" 'BEGIN { printf "%.3f", 0.1 + share / 32768 * most / 1000 }')"
    kill -KILL "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null || code=$?
    ((code == 0)) && return 2
    if ((code != 137)); then
        echo "FAILED: after $done_kills kills, host $* ended with $code"
        tail -n 20 kill.log
        failed=$((failed + 1))
        return 1
    fi
    done_kills=$((done_kills + 1))
    if [[ -d $folder ]] && ! "$python" "$here/readable.py" "$folder" >readable.log; then
        echo "FAILED: after kill $done_kills of host $*"
        cat readable.log
        failed=$((failed + 1))
        return 1
    fi
    passed=$((passed + 1))
}

# The same files with the same bytes: those whose names match.
compare() {
    local whole=$1 killed=$2 pattern=$3 name same=yes
    while IFS= read -r name; do
        if ! cmp -s -- "$whole/$name" "$killed/$name"; then
            echo "FAILED: $killed/$name is not what a run makes that nobody kills"
            same=
        fi
    done < <(cd -- "$whole" && find . -type f -regextype posix-extended -regex "$pattern" | sort)
    if [[ -n $same ]]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# A training goes on only where there is one: killed before its first epoch was complete, it is begun once more.
how_to_go_on() {
    [[ $1 == train && (-e $2/last.checkpoint || -e $2/.pluginprune-commit.tmp) ]] && echo --resume
}

# Kills a command until it has been killed often enough, and begins anew in another folder whenever it is done: how often, the
# folder's name, which files must be the same, and the command without its folder.
torture() {
    local wanted=$1 name=$2 pattern=$3 start milliseconds round=0 folder code
    shift 3
    start=$(now)
    finish "$name.log" "$@" --out "$name" || return
    milliseconds=$((($(now) - start) / 1000000))
    echo "$name: a whole run takes $milliseconds ms; it is killed $wanted times"
    done_kills=0
    while ((done_kills < wanted)); do
        round=$((round + 1))
        folder=$name-killed-$round
        code=0
        while ((done_kills < wanted && code == 0)); do
            # shellcheck disable=SC2046 # one word or none
            kill_once "$folder" "$((milliseconds * 2 / 3))" "$@" --out "$folder" $(how_to_go_on "$1" "$folder") || code=$?
            ((code == 1)) && return
        done
        # shellcheck disable=SC2046 # one word or none
        finish "$name.log" "$@" --out "$folder" $(how_to_go_on "$1" "$folder") || return
        compare "$name" "$folder" "$pattern"
    done
    echo "$name: killed $done_kills times in $round runs"
}

"$root/host.sh" --help >/dev/null || exit 1
torture $(((kills + 1) / 2)) training '.*\.(weights|cfg)' "${train[@]}"
torture $((kills / 2)) recipe '.*\.(weights|cfg|onnx)' run way.yaml
say_tally "$passed" "$failed" 0
((failed == 0))
