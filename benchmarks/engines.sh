#!/usr/bin/env bash
# Times the engines beside Python's torch and Node's ONNX Runtime on yolov3-tiny and yolov3 with synthetic weights: 416 x 416,
# batch 1, every engine asked in turn. Prints a table for each network. Arguments: rounds for yolov3-tiny (40), rounds for
# yolov3 (15), threads (2). PYTHON names the Python with torch (python3). What is not installed is left out.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd -P -- "$here/.." && pwd)
# shellcheck source=../build/dist.sh
source "$root/build/dist.sh"
find_dotnet

tiny=${1:-40} full=${2:-15} threads=${3:-2}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

(cd -- "$root" && dotnet build benchmarks/engines/Runner --configuration Release --nologo --verbosity quiet &&
    dotnet build tests/real-clients/Tool --configuration Release --nologo --verbosity quiet) >"$work/out" 2>&1 || { cat -- "$work/out" >&2; exit 1; }
runner=$root/benchmarks/engines/Runner/bin/Release/net10.0/engine-runner
tool=$root/tests/real-clients/Tool/bin/Release/net10.0/real-clients
cfgs=$(dirname -- "$root")/shared/data/darknet/cfg

python=
for candidate in "${PYTHON:-python3}" /usr/bin/python3; do
    if "$candidate" -c 'import torch' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[[ -n $python ]] || echo "note: no Python with torch is found; the engines are compared among themselves." >&2

# The package that the engine takes its library from brings Node's binding to it.
npm=${XDG_CACHE_HOME:-$HOME/.cache}/pluginprune/npm
[[ -e $npm/node_modules/onnxruntime-node ]] && command -v node >/dev/null || npm=
[[ -n $npm ]] || echo "note: no Node with onnxruntime-node is found; engine-onnxruntime is left out." >&2

measure() {
    local network=$1 rounds=$2 cfg=$work/$1.cfg weights=$work/$1.weights programs=()
    cp -- "$cfgs/$network.cfg" "$cfg"
    sed -i 's/^\(width\|height\) *=.*/\1=416/' "$cfg"
    "$tool" weights "$cfg" "$weights"
    if [[ -n $python ]]; then
        programs+=("torch from Python, as it comes=$python $here/engines/reference.py default $cfg $weights $threads"
            "torch from Python, folded, channels last=$python $here/engines/reference.py folded $cfg $weights $threads")
    fi
    programs+=("engine-torch=$runner torch $cfg $weights $threads" "engine-managed=$runner managed $cfg $weights $threads")
    if [[ -n $npm ]]; then
        "$tool" onnx "$cfg" "$weights" "$work/$network.onnx"
        programs+=("ONNX Runtime from Node=node $here/engines/ort-node.cjs $npm $work/$network.onnx $threads"
            "engine-onnxruntime=$runner onnxruntime $cfg $weights $threads")
    fi
    echo
    echo "| $(printf '%-44s' "$network") | median ms | least ms  | x      | x least |"
    echo "| -------------------------------------------- | --------- | --------- | ------ | ------ |"
    python3 "$here/engines/interleave.py" "$rounds" "${programs[@]}"
}

echo "$(date +%F), $(awk -F ': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $threads threads, 416 x 416, batch 1, .NET $(dotnet --version)${python:+, torch of Python $("$python" -c 'import torch; print(torch.__version__)')}"
measure yolov3-tiny "$tiny"
measure yolov3 "$full"
