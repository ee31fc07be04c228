#!/usr/bin/env bash
# The four steps on real pictures, with three seeds: trains, trains sparse, prunes, fine-tunes, and trains the pruned shape from
# scratch, for bccd (blood cells) and raccoon. Takes one or two hours each; interrupted, the same command goes on where it was.
# Arguments: bccd or raccoon, the folder of the dataset, the folder that receives everything (runs/NAME).
#   benchmarks/real-data.sh bccd ../shared/data/bccd-voc/BCCD
#   benchmarks/real-data.sh raccoon ../shared/data/raccoon-voc
set -euo pipefail

here=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
if [[ $# -lt 2 || ! -f $here/real-data/$1.yaml || ! -d $2 ]]; then
    sed -n '2,6s/^# \{0,1\}//p' -- "${BASH_SOURCE[0]}" >&2
    exit 2
fi

name=$1
data=$(cd -- "$2" && pwd)
out=${3:-runs/$name}
mkdir -p -- "$out"
out=$(cd -- "$out" && pwd)

# A set that has no parts of its own gets some: every fourth picture by its content is kept for measuring, so that equal pictures
# under two names never lie on both sides.
if [[ $name == raccoon && ! -e $out/data ]]; then
    split=$(mktemp -d -- "$out/data.XXXXXX")
    mkdir -p -- "$split/ImageSets/Main"
    ln -s -- "$data/annotations" "$split/Annotations"
    ln -s -- "$data/images" "$split/JPEGImages"
    for picture in "$data"/images/*; do
        hash=$(sha256sum -- "$picture")
        part=train
        ((16#${hash:0:2} % 4 == 0)) && part=val
        stem=${picture##*/}
        echo "${stem%.*}" >>"$split/ImageSets/Main/$part.txt"
    done
    mv -T -- "$split" "$out/data"
fi
[[ $name == raccoon ]] && data=$out/data

cp -- "$here/real-data/$name.cfg" "$out/"
sed "s|^model:.*|&\ndata: $data|" "$here/real-data/$name.yaml" >"$out/$name.yaml"
"$here/../host.sh" run "$out/$name.yaml" --out "$out/steps"
