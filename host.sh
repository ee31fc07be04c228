#!/usr/bin/env bash
# Runs PluginPrune's host. The first time, and whenever the sources have changed, it is published to dist/host before.
# Works from any folder: paths in the arguments are meant from where you are.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
# shellcheck source=build/dist.sh
source "$root/build/dist.sh"
# shellcheck source=build/install.sh
source "$root/build/install.sh"

find_dotnet
ensure_needs "$root"
ensure_dist "$root"

shopt -s execfail
exec "$root/dist/host/host" "$@" || true

# Another run was putting a newer one in its place at that very moment.
ensure_dist "$root" wait
exec "$root/dist/host/host" "$@"
