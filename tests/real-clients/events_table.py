"""Trains a small network sparse and reads the event files of its logs as TensorBoard does, with nothing of the host's: records and
checksums by tests/nightly/readable.py, messages by Google's protobuf from the fields of event.proto and summary.proto, pictures by OpenCV.

Arguments as in clients.py. The last line is 'N passed, N failed, N skipped'.
"""

import csv
import math
import sys

from clients import ROOT, SKIP_ALL, WORK, Failure, run

sys.path.insert(0, str(ROOT / "tests/nightly"))

EPOCHS = 3
DOUBLE, FLOAT, INT64, INT32, MESSAGE, STRING, BYTES = 1, 2, 3, 5, 11, 9, 12

# Message: field number, name, type, repeated, name of a message.
MESSAGES = {
    "Event": [(1, "wall_time", DOUBLE), (2, "step", INT64), (3, "file_version", STRING), (5, "summary", MESSAGE, False, "Summary"),
              (7, "session_log", MESSAGE, False, "SessionLog")],
    "SessionLog": [(1, "status", INT32)],
    "Summary": [(1, "value", MESSAGE, True, "Value")],
    "Value": [(1, "tag", STRING), (2, "simple_value", FLOAT), (4, "image", MESSAGE, False, "Image"), (5, "histo", MESSAGE, False, "Histogram")],
    "Image": [(1, "height", INT32), (2, "width", INT32), (3, "colorspace", INT32), (4, "encoded_image_string", BYTES)],
    "Histogram": [(1, "min", DOUBLE), (2, "max", DOUBLE), (3, "num", DOUBLE), (4, "sum", DOUBLE), (5, "sum_squares", DOUBLE),
                  (6, "bucket_limit", DOUBLE, True), (7, "bucket", DOUBLE, True)],
}


def event_class():
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    file = descriptor_pb2.FileDescriptorProto(name="event.proto", package="t", syntax="proto3")
    for name, fields in MESSAGES.items():
        message = file.message_type.add(name=name)
        for number, field, kind, *more in fields:
            added = message.field.add(name=field, number=number, type=kind, label=3 if more and more[0] else 1)
            if len(more) > 1:
                added.type_name = f".t.{more[1]}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    descriptor = pool.FindMessageTypeByName("t.Event")
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


def train():
    folder = WORK / "logged"
    run(ROOT / "host.sh", "train", "--model", ROOT / "cfg/sample.cfg", "--from-scratch", "--size", 64, "--data", "synthetic", "--count", 24,
        "--set", "synthetic.size=64", "--batch", 8, "--nominal-batch", 8, "--epochs", EPOCHS, "--sparsity", 0.1, "--threads", 1, "--out", folder)
    return folder


def check(folder):
    """Each check with what it found, or a failure."""
    import cv2
    import numpy
    from readable import records

    files = sorted((folder / "logs").iterdir())
    if len(files) != 1 or ".tfevents." not in files[0].name:
        raise Failure(f"logs holds {[file.name for file in files]}")
    Event = event_class()
    events = [Event.FromString(record) for record in records(files[0].read_bytes())]
    if events[0].file_version != "brain.Event:2" or events[1].session_log.status != 1 or events[1].step != 1:
        raise Failure("it does not begin with its version and the start of a session")
    values = {(value.tag, event.step): value for event in events for value in event.summary.value}
    yield f"{len(events)} events are read, {len(values)} values"

    scalars = 0
    with (folder / "results.csv").open(newline="") as stream:
        for row in csv.DictReader(stream):
            for tag, column in (("loss/sum", "loss"), ("metrics/mAP@0.5", "mAP@0.5"), ("scales/below 0.01", "scales below 0.01"), ("training/learning rate", "learning rate")):
                found = values[(tag, int(row["epoch"]))].simple_value
                if not math.isclose(found, float(row[column]), rel_tol=1e-5, abs_tol=1e-7):
                    raise Failure(f"{tag} is {found} in epoch {row['epoch']}, and {row[column]} in results.csv")
                scalars += 1
    yield f"{scalars} numbers are those of results.csv"

    with (folder / "scales.csv").open(newline="") as stream:
        channels = sum(int(row["channels"]) for row in csv.DictReader(stream) if row["epoch"] == "1")
    for epoch in range(1, EPOCHS + 1):
        histogram = values[("gamma/all", epoch)].histo
        if histogram.num != channels or sum(histogram.bucket) != channels or list(histogram.bucket_limit) != sorted(histogram.bucket_limit):
            raise Failure(f"the histogram of epoch {epoch} holds {histogram.num} scales in {sum(histogram.bucket)}; there are {channels}")
    yield f"{EPOCHS} histograms hold all {channels} scales"

    pictures = [(tag, value.image) for (tag, _), value in values.items() if value.HasField("image")]
    for tag, image in pictures:
        decoded = cv2.imdecode(numpy.frombuffer(image.encoded_image_string, numpy.uint8), cv2.IMREAD_COLOR)
        if decoded is None or decoded.shape != (image.height, image.width, 3) or decoded.std() < 1:
            raise Failure(f"the picture {tag} cannot be read, or is empty")
    groups = {tag.split("/")[0] for tag, _ in pictures}
    if groups != {"samples", "found"}:
        raise Failure(f"there are pictures of {sorted(groups)}")
    yield f"{len(pictures)} pictures are read by OpenCV"


def main():
    try:
        if SKIP_ALL:
            raise ImportError
        event_class()
    except ImportError:
        print("skipped: event files (no python3-protobuf or python3-opencv)")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    passed = failed = 0
    try:
        for line in check(train()):
            print(f"ok: event files: {line}")
            passed += 1
    except Failure as failure:
        if "libtorch" in str(failure):
            print("skipped: event files (no engine that trains)")
            print("0 passed, 0 failed, 1 skipped")
            return 0
        print(f"FAILED: event files: {failure}")
        failed = 1
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
