"""Times programs side by side: interleave.py ROUNDS NAME=COMMAND...

Each program prints 'ready' and a sum, and then answers each line with milliseconds. They are asked in turn, every other time
backwards, so that what disturbs the machine disturbs all of them. Prints a row for each: the median, the least, and both against the first.
"""

import shlex
import statistics
import subprocess
import sys
import time


def start(command):
    return subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def main():
    rounds = int(sys.argv[1])
    names, commands = zip(*(argument.split("=", 1) for argument in sys.argv[2:]))
    programs = [start(command) for command in commands]
    sums = []
    for name, program in zip(names, programs):
        word, _, number = program.stdout.readline().partition(" ")
        if word != "ready":
            sys.exit(f"error: {name} did not start: {shlex.join(program.args)}")
        sums.append(float(number))
    for name, number in zip(names, sums):
        if abs(number - sums[0]) > 1e-4 * abs(sums[0]):
            sys.exit(f"error: {name} computes something else than {names[0]}: {number} and {sums[0]}")
    times = [[] for _ in programs]
    for turn in range(rounds + 3):
        order = list(zip(programs, times))
        for program, measured in order if turn % 2 else reversed(order):
            # What ran last has threads that go on waiting for work for a while, at full speed.
            time.sleep(0.05)
            program.stdin.write("\n")
            program.stdin.flush()
            milliseconds = float(program.stdout.readline())
            if turn >= 3:
                measured.append(milliseconds)
    for program in programs:
        program.stdin.close()
        program.wait()
    medians = [statistics.median(measured) for measured in times]
    for name, measured, median in zip(names, times, medians):
        print(f"| {name:<44} | {median:9.1f} | {min(measured):9.1f} | {medians[0] / median:6.2f} | {min(times[0]) / min(measured):6.2f} |")


main()
