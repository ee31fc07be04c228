"""Times training steps of programs side by side: interleave.py ROUNDS BATCH NAME=COMMAND...

Each program makes a step, prints 'ready' and a sum over its outputs, then answers each line with the milliseconds of one
more step and those of processor time in it, and at the end of its input prints 'end', the sum in the last step, the most memory that its process had, and how
much of that came after the network was there, both in MB. They are asked in turn, every other time backwards. Prints a row
for each: pictures a second by the median and by the least time, the first against the second program's, the median of the
processor time, which others on the machine disturb less, and memory.
"""

import shlex
import statistics
import subprocess
import sys
import time


def main():
    rounds, batch = int(sys.argv[1]), int(sys.argv[2])
    names, commands = zip(*(argument.split("=", 1) for argument in sys.argv[3:]))
    programs = [subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for command in commands]
    first = [program.stdout.readline().split() for program in programs]
    times = [[] for _ in programs]
    for turn in range(rounds + 2):
        order = list(zip(programs, times))
        for program, measured in order if turn % 2 else reversed(order):
            # What ran last has threads that go on waiting for work for a while, at full speed.
            time.sleep(0.05)
            program.stdin.write("\n")
            program.stdin.flush()
            milliseconds, used = map(float, program.stdout.readline().split())
            if turn >= 2:
                measured.append((milliseconds, used))
    last = []
    for program in programs:
        program.stdin.close()
        last.append(program.stdout.readline().split())
        program.wait()
    for name, ready, end in zip(names, first, last):
        for number, wanted in ((ready[1], first[0][1]), (end[1], last[0][1])):
            if abs(float(number) - float(wanted)) > 1e-3 * abs(float(wanted)):
                sys.exit(f"error: {name} computes something else than {names[0]}: {number} and {wanted}")
    medians = [statistics.median(wall for wall, _ in measured) for measured in times]
    for name, measured, median, end in zip(names, times, medians, last):
        rate, best = 1000 * batch / median, 1000 * batch / min(measured)[0]
        used = statistics.median(cpu for _, cpu in measured)
        ratio = medians[min(1, len(medians) - 1)] / median
        print(f"| {name:<34} | {rate:6.2f} | {best:7.2f} | {ratio:5.2f} | {used:6.0f} | {float(end[2]):7.0f} | {float(end[3]):8.0f} |")


main()
