"""What made-up assessment folders are built from: tables, files, and a seeded source of chance."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Row = tuple[str, ...]
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: its name inside the folder, header, rows, and how it is written."""

    name: str
    head: Row
    rows: Sequence[Row]
    delimiter: str = ","
    encoding: str = "utf-8"

    def content(self) -> bytes:
        """The bytes of the file."""
        written = io.StringIO()
        writer = csv.writer(written, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow(self.head)
        writer.writerows(self.rows)
        return written.getvalue().encode(self.encoding)


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up assessment folder."""

    folder: str
    settings: str
    readme: str
    tables: tuple[Table, ...]

    def files(self) -> dict[str, bytes]:
        """Name inside `examples` → content."""
        found = {
            f"{self.folder}/assessment.yaml": self.settings.encode(),
            f"{self.folder}/README.md": self.readme.encode(),
        }
        return found | {f"{self.folder}/{table.name}": table.content() for table in self.tables}


class Chance:
    """Seeded chance built on one method of the generator, whose numbers are the same in every Python."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - made-up answers, no secrets

    def happens(self, probability: float) -> bool:
        """True with this probability."""
        return self._random.random() < probability

    def pick(self, values: Sequence[str]) -> str:
        """One of the values, each as likely."""
        return values[int(self._random.random() * len(values))]

    def weighed(self, weights: Mapping[str, float]) -> str:
        """One of the keys, as likely as its share of the sum."""
        left = self._random.random() * sum(weights.values())
        for value, weight in weights.items():
            left -= weight
            if left < 0:
                return value
        return list(weights)[-1]

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        return low + int(self._random.random() * (high - low + 1))

    def typed(self, answer: str) -> str:
        """An answer as people and programs write it: now and then in other case, or with stray blanks."""
        chance = self._random.random()
        if not answer or chance > 0.08:
            return answer
        if chance < 0.03:
            return answer.lower()
        if chance < 0.05:
            return answer.upper()
        return f"{NO_BREAK}{answer}" if chance < 0.07 else f"{answer} "

    def skipped(self, answer: str, probability: float = 0.03) -> str:
        """The answer, or nothing where the question was passed over."""
        return "" if self.happens(probability) else answer
