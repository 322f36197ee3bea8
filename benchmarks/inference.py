"""Standard errors by bootstrap and place sets: Merilo beside NumPy written by hand, for a region and for the nation.

Every run is a process of its own that makes its data (not counted), does one job and says how long it took and how
much memory the process held at the peak. Each job is run several times: medians, with the smallest and the largest.
Writes benchmarks/inference.json; README.md beside it is kept by hand.

    python benchmarks/inference.py [--times 5] [--only WORD]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from merilo.assessment.stats.bootstrap import bootstrap_respondents, bootstrap_totals
from merilo.assessment.stats.linearisation import SampleDesign, count_together, linearise
from merilo.assessment.stats.place_sets import PairSearch, pairwise_sets

HERE = Path(__file__).parent
ORGANISATIONS, QUESTIONNAIRES, SHARES, DRAWS = 300, 600, 11, 1000
NATION, DENSE = 120_000, 2_000
COEFFICIENTS = np.full((1, SHARES), 100 / SHARES)


@dataclass(frozen=True)
class Region:
    """Answers of 300 × 600 people to eleven yes-no questions, three of them behind a filter: y, n, strata, design."""

    y: np.ndarray
    n: np.ndarray
    strata: np.ndarray
    design: SampleDesign


def region() -> Region:
    """A seeded region; answers of one person hang together."""
    rng = np.random.default_rng(1)
    strata = np.repeat(np.arange(ORGANISATIONS), QUESTIONNAIRES)
    level = rng.normal(1.3, 0.3, ORGANISATIONS)[strata][:, None]
    mood = 0.7 * rng.normal(size=(len(strata), 1))
    n = (rng.random((len(strata), SHARES)) < [1.0] * 8 + [0.6, 0.7, 0.8]).astype(np.float64)
    y = (level + mood + rng.normal(size=n.shape) > 0) * n
    return Region(y, n, strata, SampleDesign(rng.integers(700, 5000, ORGANISATIONS).astype(np.float64)))


def scores(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Seeded scores and standard errors of as many organisations."""
    rng = np.random.default_rng(2)
    return rng.normal(80, 5, count), np.exp(rng.normal(0.5, 0.4, count))


def bootstrap_and_sets(data: Region, *, counted: bool = False, degrees: float | None = None) -> object:
    """What the goal is set for: replicates of every score, and the place sets; from raw answers or from counts."""
    together = count_together(data.y, data.n, data.strata, ORGANISATIONS)
    found = linearise(together, COEFFICIENTS, data.design)
    if counted:
        replicates = bootstrap_totals(together, COEFFICIENTS, data.design, seed=1, draws=DRAWS)
    else:
        replicates = bootstrap_respondents(data.y, data.n, data.strata, COEFFICIENTS, data.design, seed=1, draws=DRAWS)
    sets = pairwise_sets(found.values[:, 0], found.errors[:, 0], seed=1, draws=DRAWS, degrees=degrees)
    return replicates, sets


def bootstrap_by_hand(data: Region) -> object:
    """A loop over organisations: multinomial counts of respondents, one product each; then every pair, one step."""
    rng = np.random.default_rng(1)
    values, errors = np.zeros(ORGANISATIONS), np.zeros(ORGANISATIONS)
    for one in range(ORGANISATIONS):
        own = slice(one * QUESTIONNAIRES, (one + 1) * QUESTIONNAIRES)
        times = rng.multinomial(QUESTIONNAIRES, np.full(QUESTIONNAIRES, 1 / QUESTIONNAIRES), DRAWS)
        drawn = 100 * (times @ data.y[own] / (times @ data.n[own])).mean(axis=1)
        values[one] = 100 * (data.y[own].sum(axis=0) / data.n[own].sum(axis=0)).mean()
        errors[one] = drawn.std(ddof=1)
    return sets_by_hand(values, errors)


def sets_by_hand(values: np.ndarray, errors: np.ndarray) -> object:
    """All pairs in one matrix, draw by draw, without steps."""
    rng = np.random.default_rng(1)
    scale = np.hypot(errors[:, None], errors[None, :])
    largest = np.zeros(DRAWS)
    for draw in range(DRAWS):
        x = rng.standard_normal(len(values)) * errors
        largest[draw] = ((x[:, None] - x[None, :]) / scale).max()
    apart = values[:, None] - values[None, :] > np.quantile(largest, 0.95) * scale
    return 1 + apart.sum(axis=0), len(values) - apart.sum(axis=1)


def places(count: int) -> Callable[[], object]:
    """Place sets of as many organisations by bins."""
    value, error = scores(count)
    return lambda: pairwise_sets(value, error, seed=1, draws=DRAWS, search=PairSearch.BINS)


def job(name: str) -> Callable[[], object]:
    """One job with its data made."""
    if name == "nation":
        return places(NATION)
    if name == "bins":
        return places(DENSE)
    if name == "by hand":
        value, error = scores(DENSE)
        return lambda: sets_by_hand(value, error)
    data = region()
    return {
        "region": lambda: bootstrap_and_sets(data),
        "region, counts": lambda: bootstrap_and_sets(data, counted=True),
        "region, degrees": lambda: bootstrap_and_sets(data, degrees=QUESTIONNAIRES - 1.0),
        "region by hand": lambda: bootstrap_by_hand(data),
    }[name]


NAMES = {
    "region by hand": "NumPy by hand: multinomial loop, every pair, one step",
    "region": "merilo, from answers",
    "region, counts": "merilo, from counts of who answered what together",
    "region, degrees": "merilo, from answers, errors taken as estimated",
    "by hand": f"NumPy by hand: every pair of {DENSE:,}",
    "bins": f"merilo: bins, {DENSE:,}",
    "nation": f"merilo: bins, {NATION:,}",
}


def run_one(name: str) -> None:
    """In the child: do the job, print seconds of wall clock and CPU and MiB at the peak."""
    does = job(name)
    wall, cpu = time.perf_counter(), time.process_time()
    does()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps([wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


@dataclass(frozen=True)
class Measured:
    """Medians of several runs and the spread of the wall clock: seconds, seconds, MiB."""

    name: str
    wall: float
    least: float
    most: float
    cpu: float
    memory: float


def measure(name: str, times: int) -> Measured:
    """One job, several times."""
    runs = []
    for _ in range(times):
        told = subprocess.run([sys.executable, __file__, "--one", name], capture_output=True, text=True, check=True)
        runs.append(json.loads(told.stdout))
    walls, cpus, memories = zip(*runs, strict=True)
    middle = statistics.median
    return Measured(NAMES[name], middle(walls), min(walls), max(walls), middle(cpus), middle(memories))


def show(found: dict[str, Measured]) -> None:
    """The figures, and CPU in multiples of what is written by hand."""
    print(f"{'':56}{'wall, s':>9}{'spread':>15}{'CPU, s':>8}{'MiB':>6}{'× by hand':>11}")
    for name, one in found.items():
        hand = found.get("region by hand" if name.startswith("region") else "by hand")
        ratio = "" if hand is None or name == "nation" else f"{one.cpu / hand.cpu:.3f}"
        spread = f"{one.least:.2f}–{one.most:.2f}"
        print(f"{one.name:56}{one.wall:9.2f}{spread:>15}{one.cpu:8.2f}{one.memory:6.0f}{ratio:>11}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--only", default="", metavar="WORD", help="jobs whose name contains this; writes no file")
    parser.add_argument("--one", choices=NAMES, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        run_one(asked.one)
        sys.exit()
    results = {name: measure(name, asked.times) for name in NAMES if asked.only in name}
    show(results)
    record = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": {"cpu": platform.processor() or platform.machine(), "cores": os.cpu_count()},
        "python": platform.python_version(),
        "numpy": np.__version__,
        "results": [asdict(one) for one in results.values()],
    }
    if not asked.only:
        (HERE / "inference.json").write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
