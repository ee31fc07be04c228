"""Has torch load residual networks, as they were and after pruning by ./host.sh, and classify; one row, and one check, each.

A row holds where torch.load takes the file, what the host wrote with weights_only where torch knows that, a plain module built to its shapes takes all
its tensors with strict names, of the 2,000 pictures as many are right as `host eval` says, give or take 3, and what OpenCV computes of the
network as ONNX is what torch does.

Arguments: the repository, the folder of real networks, a scratch folder, and --skip where the other programs are missing.
"""

import inspect
import json
import pickle
import shutil
import zipfile

from clients import ROOT, SHARED, SKIP_ALL, WORK, Failure, furthest, run, run_as_onnx

DATA = SHARED.parent
PICTURES = DATA / "cifar10/cifar10-subset-5000train-2000test.zip"
NETWORKS = [DATA / "resnet-cifar10" / f"{name}.th" for name in ("resnet20-12fca82f", "resnet56-4bfd9763")]
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
TOLERANCE = 3
# Of the 2,000 test pictures, as the authors' networks are known to do.
KNOWN = {"resnet20-12fca82f": 1627, "resnet56-4bfd9763": 1663}
APART = 1e-4


def load(path):
    """The state dictionary of a file, its prefix and the paddings of its shortcuts."""
    is_known = "weights_only" in inspect.signature(torch.load).parameters
    safely = {"weights_only": WORK in path.parents} if is_known else {}
    saved = torch.load(path, map_location="cpu", **safely)
    state = saved.get("state_dict", saved)
    facts = getattr(state, "_metadata", {})
    paddings = {name.removeprefix("module."): fact["padding"] for name, fact in facts.items() if "padding" in fact}
    return {name.removeprefix("module."): tensor for name, tensor in state.items()}, paddings


def make_block(state, name, stride, paddings):
    """A block of two convolutions whose shortcut has no weights."""
    class Block(torch.nn.Module):
        def __init__(self):
            super().__init__()
            middle, inputs = state[f"{name}.conv1.weight"].shape[:2]
            outputs = state[f"{name}.conv2.weight"].shape[0]
            self.conv1 = torch.nn.Conv2d(inputs, middle, 3, stride, 1, bias=False)
            self.bn1 = torch.nn.BatchNorm2d(middle)
            self.conv2 = torch.nn.Conv2d(middle, outputs, 3, 1, 1, bias=False)
            self.bn2 = torch.nn.BatchNorm2d(outputs)
            missing = outputs - inputs
            self.sides = paddings.get(f"{name}.shortcut", (missing // 2, missing - missing // 2))

        def forward(self, x):
            value = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
            return torch.relu(value + torch.nn.functional.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, *self.sides)))

    return Block()


def make_network(state, paddings):
    """The module whose tensors a state dictionary holds."""
    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            width = state["conv1.weight"].shape[0]
            self.conv1 = torch.nn.Conv2d(3, width, 3, 1, 1, bias=False)
            self.bn1 = torch.nn.BatchNorm2d(width)
            for stage in (1, 2, 3):
                numbers = sorted({int(name.split(".")[1]) for name in state if name.startswith(f"layer{stage}.")})
                blocks = {str(i): make_block(state, f"layer{stage}.{i}", 2 if stage > 1 and i == 0 else 1, paddings) for i in numbers}
                setattr(self, f"layer{stage}", torch.nn.ModuleDict(blocks))
            self.linear = torch.nn.Linear(*reversed(state["linear.weight"].shape))

        def forward(self, x):
            x = torch.relu(self.bn1(self.conv1(x)))
            for stage in (self.layer1, self.layer2, self.layer3):
                for block in stage.values():
                    x = block(x)
            return self.linear(x.mean((2, 3)))

    network = Network()
    # Files of torch before 0.4.1 do not count batches, nor do networks that were made of them.
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(not name.endswith("num_batches_tracked") for name in missing):
        raise Failure(f"the module lacks {unexpected} and has {missing}")
    return network.eval()


def read_pictures():
    """All pictures of the test part and their classes."""
    pictures, classes = [], []
    with zipfile.ZipFile(PICTURES) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("test/") and name.endswith(".jpg"))
        known = sorted({name.split("/")[1] for name in names})
        for name in names:
            pixels = cv2.imdecode(np.frombuffer(archive.read(name), np.uint8), cv2.IMREAD_COLOR)[:, :, ::-1]
            pictures.append((pixels / 255.0 - MEAN) / DEVIATION)
            classes.append(known.index(name.split("/")[1]))
    return torch.tensor(np.array(pictures).transpose(0, 3, 1, 2), dtype=torch.float32), torch.tensor(classes)


def check(path, known=None):
    """Compares what torch and the host get right, and with what is known to be right."""
    network = make_network(*load(path))
    pictures, classes = read_pictures()
    with torch.no_grad():
        right = sum(int((network(part).argmax(1) == shown).sum()) for part, shown in zip(pictures.split(250), classes.split(250)))
    report = json.loads(run(ROOT / "host.sh", "eval", "--model", path, "--data", PICTURES, "--split", "test", "--json", "--quiet"))
    metrics = report["networks"][0]["classification"]["metrics"]
    ours = next(int(metric["value"]) for metric in metrics if metric["name"] == "right")
    if abs(right - ours) > TOLERANCE:
        raise Failure(f"torch gets {right} right, the host {ours}")
    if known is not None and abs(ours - known) > TOLERANCE:
        raise Failure(f"the host gets {ours} right, and it should be {known}")
    with torch.no_grad():
        wanted = network(pictures[:1]).numpy()
    apart = furthest(run_as_onnx(path, pictures[:1].numpy()), [wanted], APART)
    return f"{right:>11}  {ours:>11}  {apart:>7.1e}"


def rows(path):
    """The checks of a network: their names and what does them."""
    yield "whole", lambda: check(path, KNOWN[path.stem])
    for name, options in (("20 %", ("--global-percent", "0.2")), ("50 %, 2 blocks", ("--global-percent", "0.5", "--blocks", "2"))):
        def pruned(options=options):
            out = WORK / "pruned-torch"
            shutil.rmtree(out, ignore_errors=True)
            run(ROOT / "host.sh", "prune", "--criterion", "slim", *options, "--no-measure", "--model", path, "--out", out)
            return check(out / path.name)

        yield name, pruned


def main():
    """Prints the table and its tally."""
    passed = failed = skipped = 0
    print(f"{'network':<20} {'pruned':<15} {'torch right':>11}  {'host right':>11}  as ONNX")
    for path in NETWORKS:
        if SKIP_ALL or not path.exists():
            print(f"{path.stem:<20} skipped: {'no torch, onnx or OpenCV' if SKIP_ALL else 'no shared folder beside this checkout'}")
            skipped += 3
            continue
        for name, work in rows(path):
            try:
                print(f"{path.stem:<20} {name:<15} {work()}")
                passed += 1
            except (Failure, RuntimeError, OSError, KeyError, ValueError, pickle.UnpicklingError) as problem:
                print(f"{path.stem:<20} {name:<15} FAILED: {problem}")
                failed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")


if not SKIP_ALL:
    import cv2
    import numpy as np
    import torch

main()
