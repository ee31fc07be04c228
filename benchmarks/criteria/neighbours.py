"""Whether the elbow's number of clusters is the best one: figures 6 and 7 of the dual-criterion paper, for every layer of a detector.

Half the filters of each layer that criterion-subspace may prune go, all others whole and nothing trained afterwards, with k clusters
for k from 1 to 8; the row of a layer holds the mAP@0.5 for each k, that of the elbow in bold. Below it stands how far the elbow's k
is from its neighbours and from the best k on average over the layers.

Arguments: the host, the network, the pictures, the folder that receives everything, and options of host sensitivity for the
pictures (--data-format voc --split val). What was measured is not measured again.
  python3 benchmarks/criteria/neighbours.py ./host.sh runs/bccd/steps/1-train/last.cfg ../shared/data/bccd-voc/BCCD runs/neighbours --data-format voc
"""

import argparse
import json
import pathlib
import re
import statistics
import subprocess

CLUSTERS = range(1, 9)


def elbows_of(host, model, folder):
    """The elbow's k of each layer, as the plan of the criterion notes it."""
    subprocess.run([host, "prune", "--quiet", "--criterion", "subspace", "--percent", "0.5", "--model", model, "--no-measure",
                    "--no-verify", "--force", "--out", folder / "plan"], check=True, stdout=subprocess.DEVNULL)
    notes = json.loads((folder / "plan" / "plan.json").read_text())["notes"]
    found = ((note["layer"], re.match(r"k = (\d+), by the elbow", note["text"])) for note in notes)
    return {layer: int(match[1]) for layer, match in found if match}


def curves_of(given, options):
    """The metric of each layer, by the number of clusters; and the whole network's."""
    values, whole = {}, None
    for k in CLUSTERS:
        out = given.folder / f"k-{k}"
        subprocess.run([given.host, "sensitivity", "--quiet", "--criterion", "subspace", "--k", str(k), "--rates", "0.5", "--pictures", "0",
                        "--threads", "1", "--model", given.model, "--data", given.data, "--out", out, *options],
                       check=True, stdout=subprocess.DEVNULL)
        measured = json.loads((out / "sensitivity.json").read_text())
        whole = measured["metric"]["value"]
        for group in measured["groups"]:
            if group["points"]:
                values.setdefault(group["group"], {})[k] = group["points"][0]["value"]
    return values, whole


def mean_of(differences):
    """Mean and standard error, in points."""
    error = statistics.stdev(differences) / len(differences) ** 0.5
    return f"{100 * statistics.mean(differences):+.2f} ± {100 * error:.2f}"


def main():
    """Measures, and prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("host")
    arguments.add_argument("model")
    arguments.add_argument("data")
    arguments.add_argument("folder", type=pathlib.Path)
    given, options = arguments.parse_known_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    elbows = elbows_of(given.host, given.model, given.folder)
    values, whole = curves_of(given, options)

    print(f"mAP@0.5 of the whole network: {100 * whole:.2f}\n")
    print("| layer | " + " | ".join(f"k = {k}" for k in CLUSTERS) + " |")
    print("| --- |" + " --- |" * len(CLUSTERS))
    rows = {layer: curve for layer, curve in values.items() if layer in elbows}
    for layer, curve in rows.items():
        cells = (f"**{100 * curve[k]:.2f}**" if k == elbows[layer] else f"{100 * curve[k]:.2f}" for k in CLUSTERS)
        print(f"| {layer} | " + " | ".join(cells) + " |")

    print("\nThe elbow's k, in points over the layers:")
    for step in (-2, -1, 1, 2):
        differences = [curve[elbows[layer]] - curve[elbows[layer] + step] for layer, curve in rows.items() if elbows[layer] + step in curve]
        print(f"- to k {step:+d}: {mean_of(differences)} ({len(differences)} layers)")
    print(f"- to the mean of all k: {mean_of([curve[elbows[layer]] - statistics.mean(curve.values()) for layer, curve in rows.items()])}")
    best = sum(curve[elbows[layer]] >= max(curve.values()) for layer, curve in rows.items())
    print(f"- the best of all k in {best} of {len(rows)} layers")


if __name__ == "__main__":
    main()
