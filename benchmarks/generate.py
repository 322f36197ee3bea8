"""A seeded generator of questionnaires and checklists: a region or a nation, as an assessment folder in Parquet.

Answers of one respondent are correlated (an eight-level person effect), organisations differ, 3 % of answers
are missing, skip logic holds except for 0.4 % of contradictory answers. Block b of 2,000 organisations uses
default_rng([SEED, b]), so a small data set is a prefix of a larger one. Rows are shuffled within a block, as
answers arrive.

    python benchmarks/generate.py region     300 organisations,     180,000 questionnaires
    python benchmarks/generate.py nation 120,000 organisations, 72,000,000 questionnaires
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

SEED, BLOCK, PER_ORGANISATION, BLOCKS_A_FILE = 344, 2000, 600, 5
SIZES = {"region": 300, "nation": 120_000}
DATA = Path(__file__).parent / "data"
# Twenty yes-no questions; the first fifteen are those of order 675n, the rest are an operator's own.
QUESTIONS = [*(f"q{number}" for number in range(1, 16)), *(f"own{number}" for number in range(1, 6))]
FILTERS = {"q2": "q1", "q4": "q3", "q8": "q7", "q12": "q11"}
LOGITS = [0.9, 2.2, 0.6, 2.0, 2.3, 2.1, -2.6, 1.6, 2.8, 2.9, -0.2, 2.6, 2.3, 2.5, 2.4, 0.5, -0.5, 1.0, 0.0, 1.5]
PERSONAL = {"sex": 2, "age_group": 6, "education": 4, "visits": 5}
CHECKLISTS = {
    "stand_items": 11,
    "site_items": 53,
    "remote_ways": ["phone", "email", "services", "faq", "opinion"],
    "comfort_items": ["waiting_area", "navigation", "water", "toilets", "cleanliness", "transport", "booking"],
    "premises_items": ["entrance", "parking", "lifts", "wheelchairs", "sanitary"],
    "service_items": ["audio_visual", "braille", "sign_language", "site_version", "assistance", "remote_or_home"],
}
SETTINGS = """\
methodology: ru-344n-2018
title: "Сгенерированная оценка ({size})"
period: "2024"
sources:
  organisations: organisations.parquet
  observations: observations.parquet
  responses: responses/*.parquet
"""


def questionnaires(block: int, organisations: int) -> pa.Table:
    """The questionnaires of one block: organisation, twenty yes-no answers, four personal columns."""
    rng = np.random.default_rng([SEED, block])
    rows = organisations * PER_ORGANISATION
    thresholds = _thresholds(rng, organisations)
    organisation = np.repeat(np.arange(organisations, dtype=np.int32), PER_ORGANISATION)
    rng.shuffle(organisation)
    cell = organisation * 8 + rng.integers(0, 8, rows, dtype=np.int32)
    answers: dict[str, NDArray[np.int8]] = {}
    missing: dict[str, NDArray[np.bool_]] = {}
    for index, question in enumerate(QUESTIONS):
        drawn = np.frombuffer(rng.bytes(rows), np.uint8)
        answers[question] = (drawn < thresholds[index][cell]).view(np.int8)
        missing[question] = np.frombuffer(rng.bytes(rows), np.uint8) < 8
        if question in FILTERS:
            before = FILTERS[question]
            skipped = ~((answers[before] == 1) & ~missing[before])
            contradicts = np.frombuffer(rng.bytes(rows), np.uint8) < 1
            missing[question] |= skipped & ~contradicts
    columns = {"organisation": pa.array(organisation + np.int32(block * BLOCK + 1))}
    columns |= {question: pa.array(answers[question], mask=missing[question]) for question in QUESTIONS}
    columns |= {name: pa.array(rng.integers(1, top + 1, rows, dtype=np.int8)) for name, top in PERSONAL.items()}
    return pa.table(columns)


def _thresholds(rng: np.random.Generator, organisations: int) -> NDArray[np.uint8]:
    """The chance of a yes in 1/256, per question and organisation × person level."""
    organisation = rng.normal(0, 0.5, (BLOCK, 1, 1))[:organisations]
    own = rng.normal(0, 0.35, (BLOCK, 1, len(QUESTIONS)))[:organisations]
    person = np.linspace(-1.4, 1.4, 8)[None, :, None]
    is_filter = np.array([question in FILTERS.values() for question in QUESTIONS])
    logit = np.array(LOGITS)[None, None, :] + own + np.where(is_filter, 0.0, organisation + person)
    thresholds = np.floor(256 / (1 + np.exp(-logit)) + 0.5).clip(0, 255).astype(np.uint8)
    thresholds[::97, :, QUESTIONS.index("q7")] = 0  # organisations without disabled respondents
    return np.ascontiguousarray(thresholds.transpose(2, 0, 1).reshape(len(QUESTIONS), -1))


def evidence(organisations: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The register and the checklists: 1 found, 0 missing, null where it does not apply."""
    rng = np.random.default_rng([SEED, 10**6])
    most = SIZES["nation"]
    names = [
        f"{quantity}.{cell}"
        for quantity, cells in CHECKLISTS.items()
        for cell in (range(1, cells + 1) if isinstance(cells, int) else cells)
    ]
    chance = 1 / (1 + np.exp(-(rng.normal(1.6, 0.9, (most, 1)) + rng.normal(0, 0.5, (1, len(names))))))
    found = (rng.random((most, len(names))) < chance).astype(np.int8)
    inapplicable = rng.random((most, len(names))) < 0.02
    inapplicable[:, [0, names.index("site_items.1")]] = False
    recipients = np.floor(np.exp(rng.normal(7.6, 0.9, most))).astype(np.int32).clip(650, None)
    keys = np.arange(1, organisations + 1, dtype=np.int32)
    register = pl.DataFrame(
        {
            "organisation": keys,
            "name": [f"Организация {key}" for key in keys],
            "sector": ["social"] * organisations,
            "region": keys // 1350 + 1,
            "recipients": recipients[:organisations],
        }
    )
    cells = {
        name: pl.Series(name, found[:organisations, index]).set(pl.Series(inapplicable[:organisations, index]), None)
        for index, name in enumerate(names)
    }
    return register, pl.DataFrame({"organisation": keys, **cells})


def generate(size: str) -> Path:
    """Write one data set and give its folder."""
    folder, organisations = DATA / size, SIZES[size]
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "responses").mkdir(parents=True)
    (folder / "assessment.yaml").write_text(SETTINGS.format(size=size), encoding="utf-8")
    register, cells = evidence(organisations)
    register.write_parquet(folder / "organisations.parquet")
    cells.write_parquet(folder / "observations.parquet")
    blocks = -(-organisations // BLOCK)
    for first in range(0, blocks, BLOCKS_A_FILE):
        path = folder / "responses" / f"part{first // BLOCKS_A_FILE:03d}.parquet"
        writer = None
        for block in range(first, min(first + BLOCKS_A_FILE, blocks)):
            table = questionnaires(block, min(BLOCK, organisations - block * BLOCK))
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table, row_group_size=122_880)
        if writer is not None:
            writer.close()
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=SIZES)
    print(generate(parser.parse_args().size))
