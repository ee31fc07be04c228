#!/usr/bin/env bash
# Builds everything with all analyzers and runs every test. Works from any folder; arguments go to `dotnet test`.
# The last line is 'N passed, N failed, N skipped'; the exit code is 0 only where nothing failed.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
# shellcheck source=build/dist.sh
source "$root/build/dist.sh"
# shellcheck source=build/install.sh
source "$root/build/install.sh"
# shellcheck source=build/tally.sh
source "$root/build/tally.sh"

find_dotnet
ensure_needs "$root"
results=$(mktemp -d)
trap 'rm -rf -- "$results"' EXIT

# No build node outlives this script and holds on to its output.
export MSBUILDDISABLENODEREUSE=1
code=0
# Built as a whole and then tested project by project: in one go, what is tested last would be built behind the tests of the others.
(cd -- "$root" && dotnet build PluginPrune.sln --configuration Release --nologo --verbosity minimal &&
    dotnet test PluginPrune.sln --configuration Release --no-build -maxCpuCount:1 --nologo --verbosity minimal \
    --logger trx --results-directory "$results" --blame-hang-timeout 10m --blame-hang-dump-type none "$@") </dev/null | tee "$results/log" || code=$?

read -r passed failed skipped < <(count_trx "$results")
if ((code != 0 && failed == 0)); then
    echo "error: no test failed, but the build or the run did (dotnet said $code)." >&2
    failed=1
fi
started=$(grep -c '^Test run for ' "$results/log" || true)
reported=$(find "$results" -name '*.trx' | wc -l)
if ((started == 0 || started != reported)); then
    echo "error: $started test projects were started, $reported wrote results." >&2
    failed=$((failed + 1))
fi

say_tally "$passed" "$failed" "$skipped"
((failed == 0))
