"""Reads all that a folder of trainings and recipes holds, by the letter of each format and with nothing of the host's.

Arguments: folders. Prints what cannot be read and ends with 1 where there is such a thing; else 'N files are whole'.
Temporary files and locks of the host are passed over: they bear no real name.
"""

import csv
import json
import struct
import sys
from pathlib import Path


def make_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


TABLE = make_table()


def crc32c(data):
    """CRC-32C (Castagnoli)."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = (crc >> 8) ^ TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def masked(data):
    """The checksum of TensorFlow's records."""
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def records(data):
    """The records of an event file."""
    at = 0
    while at < len(data):
        (length,) = struct.unpack_from("<Q", data, at)
        if struct.unpack_from("<I", data, at + 8)[0] != masked(data[at : at + 8]):
            raise ValueError(f"the length at byte {at} does not agree with its checksum")
        record = data[at + 12 : at + 12 + length]
        if len(record) < length or struct.unpack_from("<I", data, at + 12 + length)[0] != masked(record):
            raise ValueError(f"the record at byte {at} does not agree with its checksum")
        yield record
        at += 16 + length


def read_events(path):
    list(records(path.read_bytes()))


def read_checkpoint(path):
    data = path.read_bytes()
    if data[:8] != b"PPRUNE01" or struct.unpack_from("<I", data, len(data) - 4)[0] != crc32c(data[:-4]):
        raise ValueError("its checksum does not agree with it")
    (length,) = struct.unpack_from("<i", data, 8)
    header = json.loads(data[12 : 12 + length])
    sizes = {"F32": 4, "F16": 2, "I64": 8}
    count = 0
    for tensor in header["tensors"]:
        elements = 1
        for extent in tensor["shape"]:
            elements *= extent
        count += elements * sizes[tensor["type"]]
    if 12 + length + count + 4 != len(data):
        raise ValueError("its tensors do not fill it")


def read_weights(path):
    """As many numbers as the cfg beside it asks for."""
    channels, made, numbers = 0, [], 0
    sections = []
    for line in path.with_suffix(".cfg").read_text().splitlines():
        line = line.split("#")[0].strip()
        if line.startswith("["):
            sections.append((line.strip("[]"), {}))
        elif line:
            key, value = line.split("=", 1)
            sections[-1][1][key.strip()] = value.strip()
    channels = int(sections[0][1]["channels"])
    for index, (kind, keys) in enumerate(sections[1:]):
        if kind == "convolutional":
            filters, size = int(keys["filters"]), int(keys["size"])
            groups = int(keys.get("groups", 1))
            numbers += filters * (4 if int(keys.get("batch_normalize", 0)) else 1) + filters * channels // groups * size * size
            channels = filters
        elif kind == "route":
            places = [int(part) for part in keys["layers"].split(",")]
            channels = sum(made[place if place >= 0 else index + place] for place in places)
        elif kind not in ("shortcut", "maxpool", "upsample", "yolo", "dropout", "avgpool"):
            raise ValueError(f"this script does not know [{kind}]")
        made.append(channels)
    if path.stat().st_size != 20 + 4 * numbers:
        raise ValueError(f"it has {path.stat().st_size} bytes; its cfg asks for {20 + 4 * numbers}")


def read_table(path):
    with path.open(newline="") as stream:
        rows = list(csv.reader(stream))
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows) or not path.read_bytes().endswith(b"\n"):
        raise ValueError("its rows are not whole")


def read_json(path):
    json.loads(path.read_text())


def read_onnx(path):
    try:
        import onnx
    except ImportError:
        return
    onnx.checker.check_model(onnx.load(str(path)))


def read_cfg(path):
    if not path.read_text().rstrip().splitlines():
        raise ValueError("it is empty")


READERS = {
    ".checkpoint": read_checkpoint, ".weights": read_weights, ".csv": read_table, ".json": read_json, ".onnx": read_onnx, ".cfg": read_cfg,
}


def main():
    whole = broken = 0
    for folder in sys.argv[1:]:
        for path in sorted(Path(folder).rglob("*")):
            if not path.is_file() or path.name.startswith(".pluginprune-"):
                continue
            read = read_events if ".tfevents." in path.name else READERS.get(path.suffix)
            if read is None:
                continue
            try:
                read(path)
                whole += 1
            except (ValueError, KeyError, IndexError, OSError, struct.error) as error:
                print(f"FAILED: {path}: {error}")
                broken += 1
    print(f"{whole} files are whole")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
