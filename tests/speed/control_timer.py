"""Sleeps 10 ms again and again until its input ends, then prints how late it woke: p50 and p99 in milliseconds."""

import sys
import time
from threading import Thread

PERIOD = 0.010


def watch(late: list[float]) -> None:
    while True:
        began = time.perf_counter()
        time.sleep(PERIOD)
        late.append((time.perf_counter() - began - PERIOD) * 1000)


if __name__ == "__main__":
    found: list[float] = []
    Thread(target=watch, args=(found,), daemon=True).start()
    sys.stdin.read()
    ordered = sorted(found) or [0.0]
    print(ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100])
