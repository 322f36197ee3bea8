"""How long a forecast takes: `merilo sample power` of a made-up region, a process of its own, start-up included.

Beside it the same without what is particular to the forecast: `merilo sample plan` of the same folder. Prints medians;
README.md beside it is kept by hand.

    python benchmarks/power.py [--organisations 300] [--replications 1000] [--times 5]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from scoring import measure, merilo  # noqa: E402

SETTINGS = "methodology: ru-344n-2018\ntitle: Made up\nperiod: 2027\nranking_within: []\n"


def build(folder: Path, organisations: int) -> None:
    """A folder before the field work: settings and a register, sizes of organisations as in a region."""
    people = np.random.default_rng(2027).lognormal(6.5, 1.0, organisations).astype(int) + 30
    lines = [f"{number},Organisation {number},social,{count}" for number, count in enumerate(people, start=1)]
    (folder / "assessment.yaml").write_text(SETTINGS, encoding="utf-8")
    register = "\n".join(["organisation,name,sector,recipients", *lines]) + "\n"
    (folder / "organisations.csv").write_text(register, encoding="utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organisations", type=int, default=300)
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder, asked.organisations)
        options = ["--between", "5", "--deviation", "15", "--replications", str(asked.replications)]
        found = [
            measure("merilo sample plan", merilo("sample", "plan", name), asked.times),
            measure("merilo sample power", merilo("sample", "power", name, *options), asked.times),
        ]
    print(f"{asked.organisations} organisations, {asked.replications} replications")
    print(f"{'':22}{'wall, s':>9}{'CPU, s':>9}{'MiB':>7}{'× plan':>9}")
    for one in found:
        print(f"{one.name:22}{one.wall:9.2f}{one.cpu:9.2f}{one.memory:7.0f}{one.cpu / found[0].cpu:9.1f}")


if __name__ == "__main__":
    main()
