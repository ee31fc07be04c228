"""Training steps of a Darknet network in Python's torch, as people write them, for comparison with the engine.

reference.py MODE CFG WEIGHTS BATCH THREADS, MODE being 'default' or 'channels-last'. See interleave.py for what it answers.
"""

import pathlib
import sys
import time

import torch
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "engines"))
from reference import Network  # noqa: E402


def groups(network):
    weights, biases, norms = [], [], []
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            weights.append(module.weight)
            biases += [module.bias] if module.bias is not None else []
        elif isinstance(module, nn.BatchNorm2d) and module.num_batches_tracked is not None:
            norms += [module.weight, module.bias]
    return [{"params": weights, "weight_decay": 5e-4}, {"params": biases}, {"params": norms}]


def memory(name):
    for line in open("/proc/self/status", encoding="utf-8"):
        if line.startswith(name):
            return int(line.split()[1]) / 1024


def main():
    mode, cfg, weights, batch, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    network = Network(cfg, weights, folded=False).train()
    height, width = network.size
    places = torch.arange(int(batch) * 3 * height * width, dtype=torch.int64)
    pictures = (((places * 7919) % 1009).double() / 1009).float().view(int(batch), 3, height, width)
    if mode == "channels-last":
        network = network.to(memory_format=torch.channels_last)
        pictures = pictures.to(memory_format=torch.channels_last)
    del places
    optimizer = torch.optim.SGD(groups(network), lr=1e-4, momentum=0.9, nesterov=True)

    def step():
        heads = network(pictures)
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(heads, [head.detach() * 1e-5 for head in heads])
        optimizer.step()
        return heads

    before = memory("VmRSS")
    print("ready", sum(head.detach().double().abs().sum().item() for head in step()), flush=True)
    for _ in sys.stdin:
        start, used = time.perf_counter(), time.process_time()
        heads = step()
        print(f"{(time.perf_counter() - start) * 1000:.3f} {(time.process_time() - used) * 1000:.3f}", flush=True)
    print("end", sum(head.detach().double().abs().sum().item() for head in heads), memory("VmHWM"), memory("VmHWM") - before, flush=True)


if __name__ == "__main__":
    main()
