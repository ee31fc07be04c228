"""Converts networks to ONNX, before and after pruning, and has onnx and OpenCV read what comes of it; one row, and one check, each.

A row holds where onnx's checker takes the files in every form, its strict inference of shapes comes to what they declare, what
OpenCV computes of the raw file is what it computes of the Darknet pair, and the boxes of the decoded file are those that
OpenCV decodes itself, each to 1e-3 of the largest value. Random networks of all operations pass the checker too.

Arguments: the repository, the folder of real networks, a scratch folder, and --skip where the other programs are missing.
"""

import shutil

from clients import NETWORKS, ROOT, SKIP_ALL, TOOL, WORK, Failure, run, sections

TOLERANCE = 1e-3
RANDOM_NETWORKS = 100
# Read by OpenCV, which adds this to the variance.
EPSILON = ("--bn-eps", "1e-6")
FORMS = {
    "raw": (),
    "kept": ("--keep-bn",),
    "decoded": ("--outputs", "decoded"),
    "open": ("--dynamic-batch", "--dynamic-size"),
    "open decoded": ("--outputs", "decoded", "--dynamic-batch", "--dynamic-size", "--opset", "17"),
    "v5.0": ("--outputs", "v5.0", "--opset", "14"),
    "v6.0": ("--outputs", "v6.0", "--dynamic-batch", "--dynamic-size", "--opset", "15"),
    "v7.0": ("--outputs", "v7.0", "--opset", "16"),
    "half": ("--half", "--keep-bn"),
    "half v7.0": ("--half", "--outputs", "v7.0", "--opset", "17"),
    "nms": ("--nms", "--outputs", "v7.0"),
    "open nms": ("--nms", "--outputs", "decoded", "--dynamic-batch", "--dynamic-size", "--half"),
}


def inspect(path):
    """Has onnx check a file and infer its shapes; gives those of the outputs by name."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    for declared, found in zip(model.graph.output, inferred.graph.output):
        # How many boxes are found nobody knows before: shapes are inferred from the second extent on.
        start = 1 if extents(declared)[0] == "found" else 0
        if extents(declared)[start:] != extents(found)[start:]:
            raise Failure(f"{path.name}: {declared.name} is declared as {extents(declared)} and comes to {extents(found)}")
    return {output.name: extents(output) for output in inferred.graph.output}


def extents(value):
    """The extents of a value: numbers, or names of those that are open."""
    return [extent.dim_value or extent.dim_param for extent in value.type.tensor_type.shape.dim]


def difference(name, ours, theirs):
    """The largest difference, relative to the largest value."""
    if ours.shape != theirs.shape:
        raise Failure(f"{name}: the shapes are {ours.shape} and {theirs.shape}")
    worst = float(np.abs(ours - theirs).max() / np.abs(theirs).max())
    if not worst < TOLERANCE:
        raise Failure(f"{name} differs by {worst:.1e}")
    return worst


def forward(net, pixels, names=None):
    """Runs a network in OpenCV."""
    net.setInput(pixels)
    return net.forward(list(names or net.getUnconnectedOutLayersNames()))


def compare(cfg, weights, files, outputs):
    """The largest differences between OpenCV's reading of the Darknet pair and of the ONNX files: raw, then decoded."""
    options = sections(cfg)
    height, width = int(options[0][1]["height"]), int(options[0][1]["width"])
    pixels = np.random.default_rng(1).random((1, int(options[0][1]["channels"]), height, width), dtype=np.float32)
    darknet = cv2.dnn.readNetFromDarknet(str(cfg), str(weights))
    heads = sorted((index - 1, keys) for index, (name, keys) in enumerate(options) if name == "yolo")
    raw = forward(darknet, pixels, [f"conv_{index - 1}" for index, _ in heads])
    boxes = forward(darknet, pixels, [f"yolo_{index}" for index, _ in heads])

    ours = forward(cv2.dnn.readNetFromONNX(str(files["raw"])), pixels, outputs)
    worst = max(difference(f"layer {index - 1}", mine, other) for (index, _), mine, other in zip(heads, ours, raw))

    rows = forward(cv2.dnn.readNetFromONNX(str(files["decoded"])), pixels)[0][0]
    start, worst_decoded = 0, 0.0
    for (index, keys), other, values in zip(heads, boxes, raw):
        anchors, (rows_of_map, columns) = len(keys["mask"].split(",")), values.shape[2:]
        count = anchors * rows_of_map * columns
        mine = rows[start:start + count]
        start += count
        # OpenCV counts place by place, then anchors, in shares of the picture; its classes come times objectness, small ones as 0.
        other = other.reshape(rows_of_map, columns, anchors, -1).transpose(2, 0, 1, 3).reshape(count, -1)
        scaled = mine[:, :4] / np.array([width, height, width, height], dtype=np.float32)
        worst_decoded = max(worst_decoded, difference(f"boxes of layer {index}", scaled, other[:, :4]))
        worst_decoded = max(worst_decoded, difference(f"objectness of layer {index}", mine[:, 4], other[:, 4]))
        scores = mine[:, 4:5] * mine[:, 5:]
        told = other[:, 5:] > 0
        if told.any():
            worst_decoded = max(worst_decoded, difference(f"scores of layer {index}", scores[told], other[:, 5:][told]))
    if start != len(rows):
        raise Failure(f"there are {len(rows)} boxes where {start} are wanted")
    return worst, worst_decoded


def check(cfg, weights):
    """One row: what the table says behind the network's name and rate."""
    files = {}
    for form, options in FORMS.items():
        files[form] = WORK / "onnx" / f"{form}.onnx"
        run(ROOT / "host.sh", "convert", "--to", "onnx", "--model", cfg, "--weights", weights, *EPSILON, *options, "--out", files[form], "--force", "--quiet")
    shapes = {form: inspect(path) for form, path in files.items()}
    worst, decoded = compare(cfg, weights, files, list(shapes["raw"]))
    return f"{len(FORMS)} files ok  {str(shapes['decoded']['boxes']):<16} {worst:.1e}  {decoded:.1e}"


def check_random():
    """Has onnx check files of random networks."""
    folder = WORK / "random"
    run(TOOL, "random-onnx", RANDOM_NETWORKS, folder)
    files = sorted(folder.glob("*.onnx"))
    if len(files) < RANDOM_NETWORKS:
        raise Failure(f"there are {len(files)} files of {RANDOM_NETWORKS} networks")
    for file in files:
        try:
            inspect(file)
        except Exception as problem:
            raise Failure(f"{file.name}: {problem}") from problem
    return f"{len(files)} files ok"


def rows(cfg, weights):
    """The checks of a network: their names and what does them."""
    yield "whole", lambda: check(cfg, weights)

    def pruned():
        out = WORK / "pruned-onnx"
        shutil.rmtree(out, ignore_errors=True)
        run(ROOT / "host.sh", "prune", "--criterion", "slim", "--global-percent", "0.6", *EPSILON, "--no-verify", "--model", cfg, "--weights", weights, "--out", out)
        return check(out / cfg.name, out / f"{cfg.stem}.weights")

    yield "60 %", pruned


def main():
    """Prints the table and its tally."""
    passed = failed = skipped = 0

    def count(name, rate, work):
        nonlocal passed, failed
        try:
            print(f"{name:<30} {rate:>5}  {work()}")
            passed += 1
        except (Failure, cv2.error, onnx.checker.ValidationError, onnx.shape_inference.InferenceError, OSError, ValueError, KeyError) as problem:
            print(f"{name:<30} {rate:>5}  FAILED: {problem}")
            failed += 1

    print(f"{'network':<30} {'rate':>5}  {'onnx':<11} {'boxes':<16} OpenCV   decoded")
    for cfg, _ in NETWORKS:
        if SKIP_ALL or not cfg.exists():
            print(f"{cfg.stem:<30} skipped: {'no onnx or OpenCV' if SKIP_ALL else 'no shared folder beside this checkout'}")
            skipped += 2
            continue
        weights = cfg.with_suffix(".weights")
        is_made = not weights.exists()
        if is_made:
            weights = WORK / f"{cfg.stem}.weights"
            run(TOOL, "weights", cfg, weights)
        for rate, work in rows(cfg, weights):
            count(cfg.stem, rate, work)
        if is_made:
            weights.unlink()
    if SKIP_ALL:
        skipped += 1
    else:
        count("random networks", "", check_random)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")


if not SKIP_ALL:
    import cv2
    import numpy as np
    import onnx
    import onnx.shape_inference

main()
