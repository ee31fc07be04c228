#!/usr/bin/env bash
# Times training steps of engine-torch beside the same libtorch from Python: yolov3-tiny at 416 x 416 with synthetic weights,
# forward, a cheap gradient for the heads, backward, a step of SGD with Nesterov's momentum. Arguments: rounds (12), batch (8),
# threads (2). PYTHON names the Python with torch (python3).
set -euo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd -P -- "$here/.." && pwd)
# shellcheck source=../build/dist.sh
source "$root/build/dist.sh"
find_dotnet

rounds=${1:-12} batch=${2:-8} threads=${3:-2}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

(cd -- "$root" && dotnet build benchmarks/training/Runner --configuration Release --nologo --verbosity quiet &&
    dotnet build tests/real-clients/Tool --configuration Release --nologo --verbosity quiet) >"$work/out" 2>&1 || { cat -- "$work/out" >&2; exit 1; }
runner=$root/benchmarks/training/Runner/bin/Release/net10.0/training-runner
tool=$root/tests/real-clients/Tool/bin/Release/net10.0/real-clients
cfg=$work/yolov3-tiny.cfg weights=$work/yolov3-tiny.weights
cp -- "$(dirname -- "$root")/shared/data/darknet/cfg/yolov3-tiny.cfg" "$cfg"
sed -i 's/^\(width\|height\) *=.*/\1=416/' "$cfg"
"$tool" weights "$cfg" "$weights"

programs=()
for candidate in "${PYTHON:-python3}" /usr/bin/python3; do
    if "$candidate" -c 'import torch' 2>/dev/null; then
        python=$candidate
        programs+=("torch from Python, as it comes=$python $here/training/reference.py default $cfg $weights $batch $threads"
            "torch from Python, channels last=$python $here/training/reference.py channels-last $cfg $weights $batch $threads")
        break
    fi
done
[[ -n ${python:-} ]] || echo "note: no Python with torch is found; the engine is measured alone." >&2
programs+=("engine-torch=$runner $cfg $weights $batch $threads")

echo "$(date +%F), $(awk -F ': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $threads threads, 416 x 416, batch $batch, .NET $(dotnet --version)${python:+, torch of Python $("$python" -c 'import torch; print(torch.__version__)')}"
echo
echo "| yolov3-tiny, training steps        | img/s  | at best | x     | CPU ms | peak MB | of steps |"
echo "| ---------------------------------- | ------ | ------- | ----- | ------ | ------- | -------- |"
python3 "$here/training/interleave.py" "$rounds" "$batch" "${programs[@]}"
