"""Makes the table of what benchmarks/criteria.sh has measured so far, as Markdown.

A method's row holds, over its seeds, the mean top-1 or mAP@0.5 before and after training and the difference to the whole network
trained likewise: seed by seed with the 95 % interval of Student's t, which asks what other seeds would give, and, where each picture
is right or wrong, picture by picture (mean over the seeds) with that of the normal distribution, which asks what other pictures would.

Arguments: cifar, cifar-taught, cifar-blocks, cifar-varied, bccd, yolov5n or yolov5n-sparse, the folder that criteria.sh was given, and --json FILE for all of it as
numbers. What TIMES=1 criteria.sh has timed adds columns of milliseconds. --compare A B adds the difference of each A-x to B-x and of
all of them, seed by seed, with its standard error.
"""

import argparse
import json
import math
import pathlib
import statistics

# Two-sided 95 % of Student's t by degrees of freedom; beyond, the normal distribution's is near enough.
STUDENT = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}


def read(path):
    """Top-1 or mAP@0.5, which pictures are right (None of detectors), and the cost, of one measurement."""
    network = json.loads(path.read_text())["networks"][0]
    cost = {one["name"]: one["value"] for one in network["cost"]["metrics"]}
    judged = network.get("classification") or network["detection"]
    metrics = {one["name"]: one["value"] for one in judged["metrics"]}
    if "mAP@0.5" in metrics:
        return metrics["mAP@0.5"], None, cost
    pictures = next(table for table in judged["tables"] if table["title"] == "Pictures")
    right = {row["picture"]: row["values"][0] == row["values"][1] for row in pictures["rows"]}
    return metrics["top-1"], right, cost


def runs_of(folder):
    """For each seed of a method what was measured before and after training."""
    return {int(run.name): (read(run / "before.json"), read(run / "after.json"))
            for run in sorted(folder.iterdir()) if (run / "after.json").exists()}


def interval(values):
    """The mean and the half width of its 95 % interval over seeds; None where one seed tells nothing of others."""
    if len(values) < 2:
        return statistics.mean(values), None
    return statistics.mean(values), STUDENT.get(len(values) - 1, 1.96) * statistics.stdev(values) / math.sqrt(len(values))


def by_picture(pairs):
    """The mean difference of right over pictures, each the mean over the seeds, with its 95 % interval."""
    names = pairs[0][0].keys()
    differences = [statistics.mean(ours[name] - theirs[name] for ours, theirs in pairs) for name in names]
    return statistics.mean(differences), 1.96 * statistics.stdev(differences) / math.sqrt(len(differences))


def points(mean, half, sign="+"):
    """In points of percent."""
    text = f"{100 * mean:{sign}.2f}"
    return text if half is None else f"{text} ± {100 * half:.2f}"


def row_of(name, runs, whole, whole_cost):
    """A method's figures; its size is that of its first seed."""
    seeds = sorted(runs)
    paired = [seed for seed in seeds if seed in whole]
    # By some methods seeds differ by some tenths of a percent.
    cost = runs[seeds[0]][1][2]
    row = {
        "method": name,
        "seeds": seeds,
        "parameters": cost["parameters"] / whole_cost["parameters"],
        "flops": cost["GFLOPs"] / whole_cost["GFLOPs"],
        "before": interval([runs[seed][0][0] for seed in seeds]),
        "after": interval([runs[seed][1][0] for seed in seeds]),
    }
    if paired and name != "unpruned":
        row["by seed"] = interval([runs[seed][1][0] - whole[seed][1][0] for seed in paired])
        if whole[paired[0]][1][1] is not None:
            row["by picture"] = by_picture([(runs[seed][1][1], whole[seed][1][1]) for seed in paired])
    return row


def times_of(folder):
    """What criteria.sh has timed: for each size, 'ms' or 'ms at 640', the median milliseconds a picture of each method."""
    times = {}
    for path in sorted(folder.glob("ms*.json"), key=lambda path: (len(path.name), path.name)):
        networks = json.loads(path.read_text())["networks"]
        medians = [next(one["value"] for one in network["latency"]["metrics"] if one["name"] == "median") for network in networks]
        times[path.stem] = dict(zip((folder / "ms.txt").read_text().split(), medians))
    return times


def compare(first, second, measured):
    """Prints, for each point that both have and for all, by how much the first is better after training."""
    points_of_both = [name.removeprefix(first + "-") for name in measured
                      if name.startswith(first + "-") and second + name.removeprefix(first) in measured]
    by_point = {point: {seed: measured[f"{first}-{point}"][seed][1][0] - runs[seed][1][0]
                        for seed in sorted(measured[f"{first}-{point}"].keys() & runs.keys())}
                for point in points_of_both if (runs := measured[f"{second}-{point}"])}
    whole_seeds = set.intersection(*(set(seeds) for seeds in by_point.values()))
    by_point["all"] = {seed: statistics.mean(one[seed] for one in by_point.values()) for seed in sorted(whole_seeds)}
    print(f"\n| {first} - {second} | by seed | mean | standard error |\n| --- | --- | --- | --- |")
    for point, differences in by_point.items():
        values = list(differences.values())
        error = f"{100 * statistics.stdev(values) / math.sqrt(len(values)):.2f}" if len(values) > 1 else "-"
        print(f"| {point} | {', '.join(points(value, None) for value in values)} | {points(statistics.mean(values), None)} | {error} |")


def main():
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("benchmark", choices=("cifar", "cifar-taught", "cifar-blocks", "cifar-varied", "bccd", "yolov5n", "yolov5n-sparse"))
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--json", type=pathlib.Path)
    arguments.add_argument("--compare", nargs=2, metavar=("A", "B"))
    given = arguments.parse_args()
    here = pathlib.Path(__file__).parent
    listed = here / given.benchmark / "methods.txt"
    methods = [line.split()[0] for line in (listed if listed.exists() else here / "cifar" / "methods.txt").read_text().splitlines()
               if line.strip() and not line.startswith("#")]
    measured = {name: runs for name in methods if (given.folder / name).is_dir() and (runs := runs_of(given.folder / name))}
    if "unpruned" not in measured:
        raise SystemExit("The whole network has not been trained yet: there is nothing to compare with.")

    whole = measured["unpruned"]
    whole_cost = whole[min(whole)][1][2]
    rows = [row_of(name, runs, whole, whole_cost) for name, runs in measured.items()]
    times = times_of(given.folder)
    metric = "top-1" if given.benchmark.startswith("cifar") else "mAP@0.5"
    differences = [name for name in ("by seed", "by picture") if any(name in row for row in rows)]
    head = ["method", "seeds", "parameters", "FLOPs", *times, f"{metric} before", "after",
            *(f"to unpruned, {name}" for name in differences)]
    print("| " + " | ".join(head) + " |")
    print("| " + " | ".join("---" for _ in head) + " |")
    for row in rows:
        cells = [row["method"], str(len(row["seeds"])), f"{100 * row['parameters']:.1f} %", f"{100 * row['flops']:.1f} %",
                 *(f"{medians[row['method']]:.2f}" if row["method"] in medians else "-" for medians in times.values()),
                 points(*row["before"], sign=""), points(*row["after"], sign=""),
                 *(points(*row[name]) if name in row else "-" for name in differences)]
        print("| " + " | ".join(cells) + " |")
    if given.compare:
        compare(*given.compare, measured)
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
