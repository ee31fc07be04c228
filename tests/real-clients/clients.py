"""What the tables of other programs share: where things lie, which networks there are, and how programs are run.

Arguments: the repository, the folder of real networks, a scratch folder, and --skip where the other programs are missing.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT, SHARED, WORK = (Path(argument) for argument in sys.argv[1:4])
SKIP_ALL = "--skip" in sys.argv[4:]
RATES = (10, 30, 60)
TOOL = ROOT / "tests/real-clients/Tool/bin/Release/net10.0/real-clients"

NETWORKS = [(ROOT / "cfg/sample.cfg", RATES)]
NETWORKS += [(SHARED / "yolo-fastest" / f"yolo-fastest-1.1{kind}.cfg", RATES) for kind in ("", "-xl", "_body")]
NETWORKS += [(SHARED / "mobilenetv2-yolo/MobileNetV2-YOLOv3-Nano-voc.cfg", RATES)]
NETWORKS += [(SHARED / "cfg" / f"{name}.cfg", RATES) for name in ("yolov3-tiny", "yolov4-tiny")]
# Big ones: a quarter of a gigabyte each.
NETWORKS += [(SHARED / "cfg" / f"{name}.cfg", (60,)) for name in ("yolov3", "yolov3-spp", "yolov4")]


class Failure(Exception):
    """A check that does not hold, in words."""


def run(*command, **options):
    """Runs a program and gives its output; anything but exit code 0 is a failure."""
    command = [str(part) for part in command]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", timeout=600, check=False, **options)
    except subprocess.TimeoutExpired:
        raise Failure(f"{Path(command[0]).name} did not end within 10 minutes") from None
    if done.returncode != 0:
        tail = "\n".join(done.stdout.splitlines()[-8:])
        raise Failure(f"{' '.join(command)} ended with {done.returncode}:\n{tail}")
    return done.stdout


def run_as_onnx(path, pixels, *options):
    """Converts a network to ONNX, has onnx check the file, and gives what OpenCV computes of pixels [1, channels, rows, columns], by output."""
    import cv2
    import onnx

    file = WORK / "as.onnx"
    size = f"{pixels.shape[3]}x{pixels.shape[2]}"
    run(ROOT / "host.sh", "convert", "--to", "onnx", "--model", path, "--size", size, *options, "--out", file, "--force", "--quiet")
    model = onnx.load(file)
    try:
        onnx.checker.check_model(model, full_check=True)
        net = cv2.dnn.readNetFromONNX(str(file))
        net.setInput(pixels)
        return net.forward([output.name for output in model.graph.output])
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError, cv2.error) as problem:
        raise Failure(f"as ONNX: {problem}") from problem


def furthest(ours, theirs, tolerance):
    """The largest difference of arrays, relative to the largest value of each; a failure above the tolerance."""
    if [one.shape for one in ours] != [other.shape for other in theirs]:
        raise Failure(f"the shapes are {[one.shape for one in ours]} and {[other.shape for other in theirs]}")
    worst = max(float(abs(one - other).max() / abs(other).max()) for one, other in zip(ours, theirs))
    # Not the other way round: nothing is above a number that is none.
    if not worst <= tolerance:
        raise Failure(f"outputs are {worst:.1e} of the largest apart")
    return worst


def sections(cfg):
    """The sections of a cfg: names with their keys."""
    found = []
    for line in cfg.read_text().splitlines():
        line = re.split("[#;]", line)[0].strip()
        if line.startswith("["):
            found.append((line.strip("[]"), {}))
        elif line:
            key, value = line.split("=", 1)
            found[-1][1][key.strip()] = value.strip()
    return found
