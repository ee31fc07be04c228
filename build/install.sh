# For host.sh and test.sh: brings in what a fresh machine lacks, quietly, once, and only what is missing. Sourced, not run.
# Nothing here fails a run: without any of it everything works but the part that is named. PLUGINPRUNE_INSTALL=no turns it off.
# shellcheck shell=bash

# Everything that is worth having on this machine; one line for each part that needs it.
install_needs() {
    if has_libtorch; then
        need_debian "the torch engine" libopenblas0 g++
    else
        need_debian "the torch engine" libtorch-dev libopenblas0 g++
    fi
    need_debian "reading JPEG pictures" libturbojpeg0
    need_onnxruntime
}

# Once for each state of this file: 'rm dist/.needs' has it tried again.
ensure_needs() {
    local stamp=$1/dist/.needs
    if [[ ${PLUGINPRUNE_INSTALL:-} == no || $stamp -nt ${BASH_SOURCE[0]} ]]; then
        return
    fi
    mkdir -p "$1/dist"
    (
        if command -v flock >/dev/null; then
            flock 9
        fi
        if [[ ! $stamp -nt ${BASH_SOURCE[0]} ]]; then
            install_needs 9>&- || true
            : >"$stamp"
        fi
    ) 9>"$1/dist/.needs.lock"
}

# need_debian PART PACKAGE...: installs what is missing of them where that is possible, else says in one line what is missing.
need_debian() {
    local part=$1 package missing=()
    shift
    for package in "$@"; do
        if [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
            missing+=("$package")
        fi
    done
    if ((${#missing[@]} == 0)); then
        return
    fi
    if command -v apt-get >/dev/null && ((EUID == 0)); then
        echo "Installing ${missing[*]} for $part (once) ..." >&2
        apt_install "${missing[@]}" && return
    fi
    echo "note: $part needs ${missing[*]}, which could not be installed; on Debian: apt-get install --no-install-recommends ${missing[*]}" >&2
}

# The library of ONNX Runtime comes with the npm package onnxruntime-node. It goes where engine-onnxruntime looks for it, below
# the user's cache folder, for all checkouts at once.
need_onnxruntime() {
    local folder=${XDG_CACHE_HOME:-$HOME/.cache}/pluginprune/npm
    if has_onnxruntime "$folder"; then
        return
    fi
    if need_npm "the engine onnxruntime" "$folder" onnxruntime-node; then
        # It brings the libraries of all systems, a quarter of a gigabyte; those of the others are not needed.
        find "$folder"/node_modules/onnxruntime-node/bin -mindepth 2 -maxdepth 2 -type d ! -name "$(uname -s | tr '[:upper:]' '[:lower:]')" -exec rm -rf -- {} +
    fi
}

has_onnxruntime() {
    [[ -n ${ORT_HOME:-} ]] || compgen -G "$1/node_modules/onnxruntime-node/bin/napi-v*" >/dev/null ||
        ldconfig -p 2>/dev/null | grep -q -F libonnxruntime.so
}

# need_npm PART FOLDER PACKAGE: installs a package into a folder where that is possible, else says in one line what is missing.
# No script of the package runs.
need_npm() {
    local part=$1 folder=$2 package=$3
    if command -v npm >/dev/null; then
        echo "Installing $package for $part (once) ..." >&2
        mkdir -p -- "$folder" &&
            timeout 300 npm install --fetch-retries=1 --ignore-scripts --no-audit --no-fund --no-save --loglevel=silent --prefix "$folder" "$package" &>/dev/null </dev/null && return
    fi
    echo "note: $part needs $package, which could not be installed; where there is npm: npm install --ignore-scripts --prefix $folder $package" >&2
    return 1
}

# With the lists of packages as they are, and where that fails with new ones.
apt_install() {
    local options=(-y -qq -o DPkg::Lock::Timeout=120 -o Acquire::Retries=1 -o Acquire::http::Timeout=20)
    export DEBIAN_FRONTEND=noninteractive
    apt-get install "${options[@]}" --no-install-recommends "$@" &>/dev/null </dev/null && return
    apt-get update "${options[@]}" &>/dev/null </dev/null || true
    apt-get install "${options[@]}" --no-install-recommends "$@" &>/dev/null </dev/null
}

# Whether a libtorch other than Debian's is there to build against.
has_libtorch() {
    [[ -n ${LIBTORCH:-} ]] ||
        python3 -c 'import importlib.util, os, sys
found = importlib.util.find_spec("torch")
sys.exit(not (found and os.path.isdir(os.path.join(os.path.dirname(found.origin), "include"))))' &>/dev/null
}
