"""Has torch load checkpoints of YOLOv5 as YOLOv5's own code does, as ./host.sh wrote them; one row, and one check, each.

A row holds where the pickle's classes take what it gives them, the attributes of all modules agree with their tensors, the model runs, and batch
norms fold into convolutions made by those attributes; what was not pruned has the same tensors and gives the same outputs, bit for bit, and
what was has as many parameters as the host says; without a level and some classes the other outputs are what they were. Written as
ONNX, raw and decoded, they pass onnx's checker, and OpenCV computes what torch does. The classes here have the names that the pickle
asks for and compute what is known of them.

Arguments: the repository, the folder of real networks, a scratch folder, and --skip where the other programs are missing.
"""

import json
import pickle
import shutil
import sys
import types

from clients import ROOT, SHARED, SKIP_ALL, WORK, Failure, furthest, run, run_as_onnx

NETWORKS = [SHARED.parent / "yolov5" / f"{name}.pt" for name in ("yolov5n", "shopping-yolov5n-v6.1-b")]
TOLERANCE = 1e-4


def define():
    """The classes of the package, under their names."""
    class Conv(nn.Module):
        def forward(self, x):
            return self.act(self.bn(self.conv(x)) if hasattr(self, "bn") else self.conv(x))

    class Bottleneck(nn.Module):
        def forward(self, x):
            y = self.cv2(self.cv1(x))
            return x + y if self.add else y

    class C3(nn.Module):
        def forward(self, x):
            return self.cv3(torch.cat((self.m(self.cv1(x)), self.cv2(x)), 1))

    class SPPF(nn.Module):
        def forward(self, x):
            values = [self.cv1(x)]
            for _ in range(3):
                values.append(self.m(values[-1]))
            return self.cv2(torch.cat(values, 1))

    class Concat(nn.Module):
        def forward(self, x):
            return torch.cat(x, self.d)

    class Detect(nn.Module):
        def forward(self, x):
            return [m(value) for m, value in zip(self.m, x)]

    class Model(nn.Module):
        def forward(self, x):
            values = []
            for m in self.model:
                pick = lambda f: x if f == -1 else values[f]
                x = m([pick(f) for f in m.f] if isinstance(m.f, list) else pick(m.f))
                values.append(x if m.i in self.save else None)
            return x

    for name in ("models", "models.common", "models.yolo"):
        sys.modules[name] = types.ModuleType(name)
    for package, kinds in (("models.common", (Conv, Bottleneck, C3, SPPF, Concat)), ("models.yolo", (Detect, Model))):
        for kind in kinds:
            kind.__module__ = package
            kind.__qualname__ = kind.__name__
            setattr(sys.modules[package], kind.__name__, kind)


def load(path):
    """The model of a checkpoint; its attributes have been checked."""
    checkpoint = torch.load(path, map_location="cpu")
    model = (checkpoint.get("ema") or checkpoint["model"]).float().eval()
    for name, module in model.named_modules():
        if isinstance(module, nn.Conv2d):
            expect(name, tuple(module.weight.shape), (module.out_channels, module.in_channels // module.groups, *module.kernel_size))
        if isinstance(module, nn.BatchNorm2d):
            expect(name, {tensor.numel() for tensor in (module.weight, module.bias, module.running_mean, module.running_var)}, {module.num_features})
        if isinstance(module, nn.Upsample):
            # Torch 1.11 asks for it, and YOLOv5 gives it to what older ones saved.
            module.recompute_scale_factor = None
        if hasattr(module, "np"):
            expect(name, module.np, sum(tensor.numel() for tensor in module.parameters()))
    return model


def expect(name, found, wanted):
    """Fails where two things differ."""
    if found != wanted:
        raise Failure(f"{name}: {found} where {wanted} was wanted")


def fuse(model):
    """Folds batch norms into convolutions that are made by the attributes of the old ones."""
    for module in list(model.modules()):
        if type(module).__name__ == "Conv":
            old, norm = module.conv, module.bn
            module.conv = nn.Conv2d(old.in_channels, old.out_channels, old.kernel_size, old.stride, old.padding, old.dilation, old.groups)
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            module.conv.weight.copy_(old.weight * scale.view(-1, 1, 1, 1))
            module.conv.bias.copy_(norm.bias - norm.running_mean * scale + (0 if old.bias is None else old.bias * scale))
            del module.bn


def decode(head, outputs):
    """Boxes in pixels, objectness and classes of all cells, [1, cells, 5 + classes], as release 7.0 has them."""
    rows = []
    for level, (output, anchors) in enumerate(zip(outputs, head.anchors)):
        height, width = output.shape[2:]
        values = output.view(1, len(anchors), -1, height, width).permute(0, 1, 3, 4, 2).sigmoid()
        y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
        places = (2 * values[..., :2] - 0.5 + torch.stack((x, y), 2)) * head.stride[level]
        sizes = (2 * values[..., 2:4]) ** 2 * (anchors * head.stride[level]).view(1, -1, 1, 1, 2)
        rows.append(torch.cat((places, sizes, values[..., 4:]), 4).flatten(1, 3))
    return torch.cat(rows, 1)


def check_onnx(path, model, picture, outputs):
    """How far apart torch and OpenCV are, raw and decoded."""
    raw = run_as_onnx(path, picture.numpy())
    decoded = run_as_onnx(path, picture.numpy(), "--outputs", "v7.0")
    return max(
        furthest(raw, [output.numpy() for output in outputs], TOLERANCE),
        furthest(decoded, [decode(model.model[-1], outputs).numpy()], TOLERANCE))


def check(path, original=None):
    """Loads, runs, converts and folds; with an original, compares with that."""
    model = load(path)
    picture = torch.rand(1, 3, 320, 384, generator=torch.Generator().manual_seed(1))
    outputs = model(picture)
    parameters = sum(tensor.numel() for tensor in model.parameters())
    if original is not None:
        other = load(original)
        one, two = model.state_dict(), other.state_dict()
        expect("names", list(one), list(two))
        expect("tensors that differ", [name for name in one if not torch.equal(one[name], two[name])], [])
        expect("equal outputs", all(torch.equal(a, b) for a, b in zip(outputs, other(picture))), True)
    as_onnx = check_onnx(path, model, picture, outputs)
    fuse(model)
    apart = max(float((a - b).abs().max()) for a, b in zip(outputs, model(picture)))
    if apart > TOLERANCE * max(float(output.abs().max()) for output in outputs):
        raise Failure(f"folded, outputs are {apart} apart")
    return parameters, f"{parameters:>10,}  {apart:>9.1e}  {as_onnx:>7.1e}"


def fresh(name):
    """An empty folder."""
    out = WORK / name
    shutil.rmtree(out, ignore_errors=True)
    return out


def rows(path):
    """The checks of a network: their names and what does them."""
    def again():
        out = fresh("yolov5-again")
        run(ROOT / "host.sh", "convert", "--to", "yolov5", "--model", path, "--out", f"{out}/")
        return check(out / path.name, path)[1]

    def state():
        out = fresh("yolov5-state")
        run(ROOT / "host.sh", "convert", "--to", "yolov5", "--content", "state-dict", "--model", path, "--out", f"{out}/")
        model = load(path)
        model.load_state_dict(torch.load(out / path.name, map_location="cpu", weights_only=True))
        return f"{sum(tensor.numel() for tensor in model.parameters()):>10,}"

    def cropped():
        out = fresh("yolov5-cropped")
        whole = load(path)
        kept = [0, 2] if len(whole.names) > 2 else [len(whole.names) - 1]
        run(ROOT / "host.sh", "prune", "--drop-level", "P5", "--classes", ",".join(map(str, kept)), "--no-measure", "--no-verify",
            "--model", path, "--out", out, "--quiet")
        small = load(out / path.name)
        picture = torch.rand(1, 3, 320, 384, generator=torch.Generator().manual_seed(1))
        channels = [anchor * (5 + len(whole.names)) + channel for anchor in range(3) for channel in (*range(5), *(5 + label for label in kept))]
        pairs = list(zip(small(picture), whole(picture)))
        expect("levels", (len(pairs), small.model[-1].nl, len(small.stride)), (2, 2, 2))
        apart = max(float((a - b[:, channels]).abs().max() / b.abs().max()) for a, b in pairs)
        if apart > TOLERANCE:
            raise Failure(f"cropped, outputs are {apart} apart")
        return f"{sum(tensor.numel() for tensor in small.parameters()):>10,}  {apart:>9.1e}"

    yield "written again", again
    yield "P5, classes", cropped
    yield "state", state
    for name, options in (("30 %", ("--global-percent", "0.3")), ("50 %, 2 blocks", ("--global-percent", "0.5", "--blocks", "2"))):
        def pruned(options=options):
            out = fresh("yolov5-pruned")
            report = json.loads(run(ROOT / "host.sh", "prune", "--criterion", "slim", *options, "--no-measure", "--model", path, "--out", out, "--json", "--quiet"))
            parameters, text = check(out / path.name)
            expect("parameters", parameters, report["after"]["parameters"])
            return text

        yield name, pruned


def main():
    """Prints the table and its tally."""
    passed = failed = skipped = 0
    print(f"{'network':<24} {'what':<15} {'parameters':>10}  {'folded by':>9}  as ONNX")
    for path in NETWORKS:
        if SKIP_ALL or not path.exists():
            print(f"{path.stem:<24} skipped: {'no torch, onnx or OpenCV' if SKIP_ALL else 'no shared folder beside this checkout'}")
            skipped += 5
            continue
        for name, work in rows(path):
            try:
                with torch.no_grad():
                    print(f"{path.stem:<24} {name:<15} {work()}")
                passed += 1
            except (Failure, RuntimeError, OSError, AttributeError, KeyError, ValueError, pickle.UnpicklingError) as problem:
                print(f"{path.stem:<24} {name:<15} FAILED: {problem}")
                failed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")


if not SKIP_ALL:
    import torch
    from torch import nn

    define()

main()
