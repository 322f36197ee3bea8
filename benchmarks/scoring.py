"""From Parquet to the written rating: Merilo beside a bare scan, a hand-written Polars query and pandas.

Every run is a process of its own; CPU is user + system time, memory the peak resident set. Each is run
several times and the median is taken. Writes benchmarks/results.json; README.md beside it is kept by hand.

    python benchmarks/scoring.py [region|nation] [--times 3]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from generate import DATA, SIZES, generate  # noqa: E402

PYTHON = sys.executable


@dataclass(frozen=True)
class Measured:
    """One program's median over several runs: seconds of wall clock and CPU, MiB of memory at the peak."""

    name: str
    wall: float
    cpu: float
    memory: float


def measure(name: str, command: list[str], times: int) -> Measured:
    """Run a command several times and take medians."""
    runs = [_run(command) for _ in range(times)]
    walls, cpus, memories = zip(*runs, strict=True)
    return Measured(name, *(statistics.median(column) for column in (walls, cpus, memories)))


def _run(command: list[str]) -> tuple[float, float, float]:
    started = time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} failed: {status}")
    wall = time.perf_counter() - started
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def merilo(*arguments: str) -> list[str]:
    """The command line tool, start-up included."""
    return [PYTHON, "-m", "merilo", *arguments]


def peer(name: str, folder: Path) -> list[str]:
    """One of the peers."""
    return [PYTHON, str(HERE / "peers.py"), name, str(folder)]


def run(size: str, times: int) -> list[Measured]:
    """All programs on one data set, which is generated where it is missing."""
    folder = DATA / size
    if not (folder / "assessment.yaml").is_file():
        generate(size)
    # A region is scored as a user does it; for the nation all programs write the same: the rating in Parquet.
    options = [] if size == "region" else ["--format", "parquet", "--tables", "rating"]
    found = [
        measure("bare scan", peer("scan", folder), times),
        measure("Polars by hand", peer("polars", folder), times),
        measure("pandas in batches", peer("pandas", folder), times),
        measure("merilo score", merilo("score", str(folder), *options), times),
    ]
    if size == "region":
        found.append(measure("merilo --help", merilo("--help"), times))
    return found


def show(size: str, found: list[Measured]) -> None:
    """The figures and their ratios to the scan and to the query by hand."""
    by_name = {one.name: one for one in found}
    scan, hand = by_name["bare scan"].cpu, by_name["Polars by hand"].cpu
    print(f"\n{size}: {SIZES[size] * 600:,} questionnaires of {SIZES[size]:,} organisations")
    print(f"{'':22}{'wall, s':>9}{'CPU, s':>9}{'MiB':>7}{'× scan':>9}{'× by hand':>11}")
    for one in found:
        ratios = f"{one.cpu / scan:9.2f}{one.cpu / hand:11.2f}"
        print(f"{one.name:22}{one.wall:9.2f}{one.cpu:9.2f}{one.memory:7.0f}{ratios}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", metavar="region|nation")
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    if unknown := set(asked.sizes) - set(SIZES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    results = {size: run(size, asked.times) for size in asked.sizes or SIZES}
    for size, found in results.items():
        show(size, found)
    record = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": {"cpu": platform.processor() or platform.machine(), "cores": os.cpu_count()},
        "python": platform.python_version(),
        "results": {size: [asdict(one) for one in found] for size, found in results.items()},
    }
    (HERE / "results.json").write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
