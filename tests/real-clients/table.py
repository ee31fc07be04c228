"""Prunes networks and has darknet and OpenCV read what comes of it; one row, and one check, for each network and rate.

A row holds where the pruned pair runs in Debian's darknet (or the network has what that build does not know), where OpenCV
reads it and gives finite outputs of the right shape, and where what the heads read agrees between OpenCV and the embedded
engine to 1e-3 of the largest value.

Arguments: the repository, the folder of real networks, a scratch folder, and --skip where the other programs are missing.
"""

import json
import os
import shutil

from clients import NETWORKS, ROOT, SKIP_ALL, TOOL, WORK, Failure, run, sections

TOLERANCE = 1e-3


def unknown_to_darknet(cfg):
    """What Debian's darknet of 2018 reads over and then computes something else, or None."""
    for name, keys in sections(cfg):
        if keys.get("activation") in ("mish", "swish", "relu6", "hard_mish"):
            return keys["activation"]
        if name == "route" and "groups" in keys:
            return "split route"
        if name in ("scale_channels", "sam"):
            return name
    return None


def run_darknet(cfg, weights):
    """Has darknet detect on a picture; gives what the table says of it."""
    reason = unknown_to_darknet(cfg)
    if reason:
        return f"no {reason}"
    classes = next(int(keys["classes"]) for name, keys in sections(cfg) if name == "yolo")
    (WORK / "names").write_text("".join(f"class{i}\n" for i in range(classes)))
    (WORK / "data").write_text(f"classes={classes}\nnames={WORK / 'names'}\n")
    # With -out it writes a picture; without, it opens a window and waits for a key.
    output = run("darknet", "detector", "test", WORK / "data", cfg, weights, WORK / "picture.png", "-out", WORK / "detections",
                 cwd=WORK, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    if "Predicted in" not in output:
        raise Failure(f"darknet predicted nothing:\n{output[-400:]}")
    return "ok"


def run_opencv(cfg, weights, pixels):
    """What OpenCV gives for every conv that a yolo layer reads, after checking the decoded outputs."""
    net = cv2.dnn.readNetFromDarknet(str(cfg), str(weights))
    net.setInput(pixels)
    names = net.getUnconnectedOutLayersNames()
    raw_names = [f"conv_{int(name.split('_')[1]) - 1}" for name in names]
    outputs = net.forward(list(names) + raw_names)
    decoded, raw = outputs[:len(names)], outputs[len(names):]
    yolos = [keys for name, keys in sections(cfg) if name == "yolo"]
    for name, keys, boxes, values in zip(names, yolos, decoded, raw):
        anchors, classes = len(keys["mask"].split(",")), int(keys["classes"])
        wanted = (anchors * values.shape[2] * values.shape[3], 5 + classes)
        if boxes.shape != wanted:
            raise Failure(f"OpenCV's {name} has the shape {boxes.shape}, not {wanted}")
        if not (np.isfinite(boxes).all() and np.isfinite(values).all()):
            raise Failure(f"OpenCV's {name} has outputs that are not finite")
    return dict(zip((name.split("_")[1] for name in raw_names), raw))


def compare(cfg, weights):
    """The largest difference of OpenCV's and the embedded engine's head inputs, relative to the largest value."""
    net = sections(cfg)[0][1]
    shape = (1, int(net["channels"]), int(net["height"]), int(net["width"]))
    pixels = np.random.default_rng(1).random(shape, dtype=np.float32)
    pixels.tofile(WORK / "pixels.f32")
    theirs = run_opencv(cfg, weights, pixels)
    ours = run(TOOL, "heads", cfg, weights, WORK / "pixels.f32", WORK)
    heads = [line.split() for line in ours.splitlines()]
    if sorted(head[0] for head in heads) != sorted(theirs):
        raise Failure(f"the embedded engine has the heads {heads}, OpenCV {sorted(theirs)}")
    worst = 0.0
    for layer, *extents in heads:
        values = np.fromfile(WORK / f"{layer}.f32", dtype=np.float32).reshape([int(extent) for extent in extents])
        other = theirs[layer][0]
        if values.shape != other.shape:
            raise Failure(f"layer {layer} has the shape {values.shape} here and {other.shape} in OpenCV")
        worst = max(worst, float(np.abs(values - other).max() / np.abs(other).max()))
    return worst


def check(cfg, weights, rate):
    """One row: what the table says behind the network's name and rate."""
    out = WORK / "pruned"
    shutil.rmtree(out, ignore_errors=True)
    # The deepest cuts have constant channels, whose scale is 0.
    fold = "exact" if rate >= 60 else "standard"
    run(ROOT / "host.sh", "prune", "--criterion", "slim", "--global-percent", rate / 100, "--bn-eps", "1e-6", "--verify", "--fold", fold,
        "--model", cfg, "--weights", weights, "--out", out)
    report = json.loads((out / "report.json").read_text())
    small_cfg, small_weights = out / cfg.name, out / f"{cfg.stem}.weights"
    darknet = run_darknet(small_cfg, small_weights)
    difference = compare(small_cfg, small_weights)
    row = f"{report['before']['parameters']:>12,} {report['after']['parameters']:>12,}  {darknet:<14} ok      {difference:.1e}"
    if not difference < TOLERANCE:
        raise Failure(f"{row}  differs by more than {TOLERANCE}")
    return row


def main():
    """Prints the table and its tally."""
    passed = failed = skipped = 0
    print(f"{'network':<30} {'rate':>5} {'parameters':>12} {'left':>12}  {'darknet':<14} OpenCV  difference")
    for cfg, rates in NETWORKS:
        if SKIP_ALL or not cfg.exists():
            why = "no darknet or OpenCV" if SKIP_ALL else "no shared folder beside this checkout"
            print(f"{cfg.stem:<30} skipped: {why}")
            skipped += len(rates)
            continue
        weights = cfg.with_suffix(".weights")
        made = None
        try:
            if not weights.exists():
                weights = made = WORK / f"{cfg.stem}.weights"
                run(TOOL, "weights", cfg, weights)
            for rate in rates:
                try:
                    print(f"{cfg.stem:<30} {rate:>3} % {check(cfg, weights, rate)}")
                    passed += 1
                except (Failure, cv2.error, OSError, ValueError, KeyError) as problem:
                    print(f"{cfg.stem:<30} {rate:>3} % FAILED: {problem}")
                    failed += 1
        except Failure as problem:
            print(f"{cfg.stem:<30} FAILED: {problem}")
            failed += len(rates)
        finally:
            if made is not None:
                made.unlink(missing_ok=True)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")


if not SKIP_ALL:
    import cv2
    import numpy as np

    cv2.imwrite(str(WORK / "picture.png"), np.random.default_rng(2).integers(0, 256, (240, 320, 3), dtype=np.uint8))

main()
