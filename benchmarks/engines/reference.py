"""A Darknet network in Python's torch, as people write it, for comparison with the engines.

reference.py MODE CFG WEIGHTS THREADS, MODE being 'default' (convolution, batch norm, activation, all in torch's own layout) or
'folded' (batch norms folded into convolutions, channels last). Prints 'ready' and a sum over the outputs, then for each line
read runs the network once and prints the milliseconds.
"""

import sys
import time

import torch
from torch import nn


def read_cfg(path):
    sections = []
    for line in open(path, encoding="utf-8"):
        line = line.split("#")[0].strip()
        if line.startswith("["):
            sections.append({"type": line.strip("[]")})
        elif line:
            key, value = line.split("=", 1)
            sections[-1][key.strip()] = value.strip()
    return sections


class Numbers:
    """The weights of a file, in order."""

    def __init__(self, path):
        data = open(path, "rb").read()
        self.values = torch.frombuffer(bytearray(data[20:]), dtype=torch.float32)
        self.place = 0

    def take(self, tensor):
        count = tensor.numel()
        tensor.copy_(self.values[self.place : self.place + count].view_as(tensor))
        self.place += count


def convolution(section, channels, numbers, folded):
    filters, size, stride = int(section["filters"]), int(section["size"]), int(section["stride"])
    padding = size // 2 if int(section.get("pad", 0)) else 0
    normalized = int(section.get("batch_normalize", 0)) != 0
    layer = nn.Conv2d(channels, filters, size, stride, padding, bias=folded or not normalized)
    norm = nn.BatchNorm2d(filters, eps=1e-5)
    if normalized:
        for tensor in (norm.bias, norm.weight, norm.running_mean, norm.running_var):
            numbers.take(tensor.data)
    else:
        numbers.take(layer.bias.data)
    numbers.take(layer.weight.data)
    steps = [layer]
    if normalized and folded:
        scale = norm.weight.data / torch.sqrt(norm.running_var + norm.eps)
        layer.weight.data.mul_(scale.view(-1, 1, 1, 1))
        layer.bias.data.copy_(norm.bias.data - norm.running_mean * scale)
    elif normalized:
        steps.append(norm)
    if section["activation"] == "leaky":
        steps.append(nn.LeakyReLU(0.1, inplace=True))
    elif section["activation"] == "mish":
        steps.append(nn.Mish(inplace=True))
    return nn.Sequential(*steps), filters


class Network(nn.Module):
    def __init__(self, cfg, weights, folded):
        super().__init__()
        sections = read_cfg(cfg)
        self.size = int(sections[0]["height"]), int(sections[0]["width"])
        self.sections = sections[1:]
        numbers = Numbers(weights)
        layers, widths, channels = [], [], 3
        for index, section in enumerate(self.sections):
            layer = nn.Identity()
            if section["type"] == "convolutional":
                layer, channels = convolution(section, channels, numbers, folded)
            elif section["type"] == "maxpool":
                size, stride = int(section["size"]), int(section["stride"])
                layer = nn.MaxPool2d(size, stride, (size - 1) // 2)
                if size == 2 and stride == 1:
                    layer = nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), nn.MaxPool2d(size, stride))
            elif section["type"] == "upsample":
                layer = nn.Upsample(scale_factor=int(section["stride"]), mode="nearest")
            elif section["type"] == "route":
                section["from"] = [int(i) if int(i) >= 0 else index + int(i) for i in section["layers"].split(",")]
                channels = sum(widths[i] for i in section["from"])
            elif section["type"] == "shortcut":
                section["from"] = index + int(section["from"])
            widths.append(channels)
            layers.append(layer)
        assert numbers.place == numbers.values.numel(), "the weights are not those of the cfg"
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        values, heads = [], []
        for section, layer in zip(self.sections, self.layers):
            if section["type"] == "route":
                x = torch.cat([values[i] for i in section["from"]], 1) if len(section["from"]) > 1 else values[section["from"][0]]
            elif section["type"] == "shortcut":
                x = x + values[section["from"]]
            elif section["type"] == "yolo":
                heads.append(x)
            else:
                x = layer(x)
            values.append(x)
        return heads


def main():
    mode, cfg, weights, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    with torch.inference_mode():
        network = Network(cfg, weights, mode == "folded").eval()
        height, width = network.size
        places = torch.arange(3 * height * width, dtype=torch.int64)
        picture = (((places * 7919) % 1009).double() / 1009).float().view(1, 3, height, width)
        if mode == "folded":
            network = network.to(memory_format=torch.channels_last)
            picture = picture.to(memory_format=torch.channels_last)
        print("ready", sum(head.double().abs().sum().item() for head in network(picture)), flush=True)
        for _ in sys.stdin:
            start = time.perf_counter()
            network(picture)
            print(f"{(time.perf_counter() - start) * 1000:.3f}", flush=True)


if __name__ == "__main__":
    main()
