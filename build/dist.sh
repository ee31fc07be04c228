# For host.sh and test.sh: finds the .NET SDK and keeps dist/host as new as the sources. Sourced, not run.
# shellcheck shell=bash

# Puts the folder of dotnet into PATH and DOTNET_ROOT, or says what to install.
find_dotnet() {
    local place
    if ! command -v dotnet >/dev/null; then
        for place in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
            if [[ -n $place && -x $place/dotnet ]]; then
                PATH=$place:$PATH
                break
            fi
        done
    fi
    if ! command -v dotnet >/dev/null; then
        echo "error: the .NET SDK 10 is needed and 'dotnet' is not to be found. Install it (https://dotnet.microsoft.com/download/dotnet/10.0)" \
            "and put it into PATH, or set DOTNET_ROOT to its folder." >&2
        exit 1
    fi
    if [[ -z ${DOTNET_ROOT:-} ]]; then
        # The published host looks for the runtime in a few usual places only.
        place=$(readlink -f -- "$(command -v dotnet)")
        export DOTNET_ROOT=${place%/*}
    fi
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
}

# Lists what dist/host is made of; the arguments say how find prints it.
list_sources() {
    find contracts host plugins cfg build ./*.props global.json \
        \( -name bin -o -name obj -o -name '.*.sw?' \) -prune -o -type f "$@"
}

# Names, sizes and times: 2 ms. Where they differ, the contents may still be the same.
times_stamp() {
    (cd -- "$1" && list_sources -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum)
}

# Names and contents: 10 ms.
contents_stamp() {
    (cd -- "$1" && list_sources -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
}

# Publishes to dist/host unless what lies there was made of these very sources. One at a time: who comes second waits and
# finds it done. With 'wait', waits for whoever is publishing even where the stamps agree.
ensure_dist() {
    local root=$1 times
    times=$(times_stamp "$root")
    if [[ ${2:-} != wait ]] && stamp_is "$root" times "$times"; then
        return
    fi
    mkdir -p "$root/dist"
    (
        if command -v flock >/dev/null; then
            flock 9
        fi
        # The times are those from before the contents were read: an edit in between is seen by the next run.
        contents=$(contents_stamp "$root")
        if ! stamp_is "$root" contents "$contents"; then
            publish_dist "$root"
            printf '%s\n' "$contents" >"$root/dist/host/.contents"
        fi
        printf '%s\n' "$times" >"$root/dist/host/.times"
    ) 9>"$root/dist/.lock"
}

stamp_is() {
    local file=$1/dist/host/.$2
    [[ -x $1/dist/host/host && -f $file && $(<"$file") == "$3" ]]
}

publish_dist() {
    local root=$1
    local new=$root/dist/.new log=$root/dist/publish.log
    rm -rf -- "$new" "$root"/dist/.old
    echo "Publishing the host to dist/host (once, and again when the sources change) ..." >&2
    # Its own folder for what is built on the way, so that it never meets a build of the solution; and no server that
    # outlives it inherits the lock.
    if ! (cd -- "$root" && dotnet msbuild build/dist.proj -restore -t:Dist -m -nodeReuse:false -nologo -v:quiet \
        -p:Configuration=Release -p:FastBuild=true -p:UseSharedCompilation=false \
        -p:UseArtifactsOutput=true -p:ArtifactsPath="$root/dist/.build" -p:DistPath="$new/") \
        >"$log" 2>&1 </dev/null 9>&-; then
        cat -- "$log" >&2
        echo "error: publishing failed; what is above is also in dist/publish.log." >&2
        exit 1
    fi
    if [[ -e $root/dist/host ]]; then
        mv -T -- "$root/dist/host" "$root/dist/.old"
    fi
    mv -T -- "$new" "$root/dist/host"
    rm -rf -- "$root/dist/.old"
}
