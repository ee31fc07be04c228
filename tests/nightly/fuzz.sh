#!/usr/bin/env bash
# Feeds the readers of cfgs, weights, plans and manifests with many spoilt files: 200,000, or as many as the first argument
# says. Every run tries the same ones; an input at fault is kept, and its file named. The last line is 'N passed, N failed, N skipped'.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=../../build/dist.sh
source "$root/build/dist.sh"
# shellcheck source=../../build/tally.sh
source "$root/build/tally.sh"

find_dotnet
results=$(mktemp -d)
trap 'rm -rf -- "$results"' EXIT

export PLUGINPRUNE_FUZZ=${1:-200000} MSBUILDDISABLENODEREUSE=1
if ! [[ $PLUGINPRUNE_FUZZ =~ ^[1-9][0-9]{2,8}$ ]]; then
    echo "error: the number of inputs must be from 100 to 999999999, not '$PLUGINPRUNE_FUZZ'." >&2
    exit 2
fi

echo "$PLUGINPRUNE_FUZZ inputs; 200,000 take some minutes ..."
code=0
(cd -- "$root" && dotnet test tests/PluginPrune.Plugins.Tests --configuration Release --nologo --verbosity quiet \
    --filter 'FullyQualifiedName~.Fuzz.' --logger trx --logger 'console;verbosity=detailed' --results-directory "$results") </dev/null >"$results/log" 2>&1 || code=$?

# What each reader was given, or all of it where something is wrong.
if ((code == 0)); then
    grep -E '^ +(Passed +[A-Z]|[0-9]+ inputs in)' "$results/log" | sed 's/^ *//'
else
    cat -- "$results/log"
fi

read -r passed failed skipped < <(count_trx "$results")
if ((code != 0 && failed == 0)) || ((passed == 0)); then
    failed=$((failed + 1))
fi

say_tally "$passed" "$failed" "$skipped"
((failed == 0))
