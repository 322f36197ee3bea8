"""The same job done by others: a bare scan, a hand-written Polars query, pandas in batches.

The job: from the questionnaires, the checklists and the register in Parquet to a rating in Parquet, 344н for
social services: counts and bases of eleven questions behind their filters, fifteen indicators, five criteria,
the overall score rounded to two digits, places. Run as `python benchmarks/peers.py PEER FOLDER`.
"""

from __future__ import annotations

import sys
from pathlib import Path

SHARES = ["q2", "q4", "q5", "q6", "q8", "q9", "q10", "q12", "q13", "q14", "q15"]
FILTERS = {"q2": "q1", "q4": "q3", "q8": "q7", "q12": "q11"}
READ = ["organisation", *(f"q{number}" for number in range(1, 16))]
LISTS = ["stand_items", "site_items", "remote_ways", "comfort_items", "premises_items", "service_items"]


def scan(folder: Path) -> None:
    """Read the columns the job needs and do next to nothing with them."""
    import polars as pl

    frame = pl.scan_parquet(folder / "responses" / "*.parquet")
    frame.select(pl.col("organisation").max(), *(pl.col(question).sum() for question in READ[1:])).collect(
        engine="streaming"
    )


def polars_query(folder: Path) -> None:
    """What an engineer who knows Polars would write by hand."""
    import polars as pl

    prepared = []
    for question in SHARES:
        answered, yes = pl.col(question).is_not_null(), pl.col(question) == 1
        if question in FILTERS:
            gate = (pl.col(FILTERS[question]) == 1).fill_null(False)
            answered, yes = gate & answered, gate & yes
        for name, condition in ((f"n_{question}", answered), (f"y_{question}", yes)):
            prepared.append(pl.when(condition).then(1).otherwise(0).cast(pl.Int32).alias(name))
    counts = (
        pl.scan_parquet(folder / "responses" / "*.parquet")
        .select("organisation", *prepared)
        .group_by("organisation")
        .agg(pl.len().alias("n"), *(pl.col(name + question).sum() for question in SHARES for name in ("n_", "y_")))
    )
    names = pl.read_parquet_schema(folder / "observations.parquet")
    lists = pl.scan_parquet(folder / "observations.parquet").select(
        "organisation",
        *(
            expression
            for name in LISTS
            for cells in [[pl.col(cell).cast(pl.Int32) for cell in names if cell.startswith(f"{name}.")]]
            for expression in (
                pl.sum_horizontal(cells).alias(name),
                pl.sum_horizontal([cell.is_not_null().cast(pl.Int32) for cell in cells]).alias(f"{name}_base"),
            )
        ),
    )
    register = pl.scan_parquet(folder / "organisations.parquet").select("organisation", "name", "sector")
    scored = _score(register.join(counts, "organisation").join(lists, "organisation"))
    scored.collect(engine="streaming").write_parquet(folder / "peer.parquet")


def _score(frame):  # type: ignore[no-untyped-def]
    """Counts to places, as expressions of one lazy frame."""
    import polars as pl

    share = {question: 100.0 * pl.col(f"y_{question}") / pl.col(f"n_{question}") for question in SHARES}
    share = {question: pl.when(pl.col(f"n_{question}") > 0).then(value) for question, value in share.items()}
    information = 50.0 * (
        pl.col("stand_items") / pl.col("stand_items_base") + pl.col("site_items") / pl.col("site_items_base")
    )
    capped = {
        name: pl.min_horizontal(points * pl.col(name), 100).cast(pl.Float64)
        for name, points in (("remote_ways", 30), ("comfort_items", 20), ("premises_items", 20), ("service_items", 20))
    }
    criteria = {
        "k1": [(0.3, information), (0.3, capped["remote_ways"]), (0.4, pl.mean_horizontal(share["q2"], share["q4"]))],
        "k2": [(0.3, capped["comfort_items"]), (0.4, share["q5"]), (0.3, share["q6"])],
        "k3": [(0.3, capped["premises_items"]), (0.4, capped["service_items"]), (0.3, share["q8"])],
        "k4": [(0.4, share["q9"]), (0.4, share["q10"]), (0.2, share["q12"])],
        "k5": [(0.3, share["q13"]), (0.2, share["q14"]), (0.5, share["q15"])],
    }
    weighed = [
        (
            pl.sum_horizontal([weight * value for weight, value in parts])
            / pl.sum_horizontal([pl.when(value.is_not_null()).then(weight).otherwise(0.0) for weight, value in parts])
        ).alias(name)
        for name, parts in criteria.items()
    ]
    return (
        frame.with_columns(*weighed)
        .with_columns(overall=pl.mean_horizontal("k1", "k2", "k3", "k4", "k5").round(2))
        .with_columns(place=pl.col("overall").rank("min", descending=True).over("sector"))
        .sort("place", "organisation")
    )


def pandas_batches(folder: Path) -> None:
    """The counting with pandas, one file at a time (all files at once do not fit the memory of a laptop)."""
    import pandas as pd

    parts = []
    for path in sorted((folder / "responses").glob("*.parquet")):
        frame = pd.read_parquet(path, columns=READ)
        for question in SHARES:
            gate = frame[FILTERS[question]] == 1 if question in FILTERS else True
            frame[f"n_{question}"] = frame[question].notna() & gate
            frame[f"y_{question}"] = (frame[question] == 1) & gate
        names = [name + question for question in SHARES for name in ("n_", "y_")]
        parts.append(frame.groupby("organisation")[names].sum())
    counts = pd.concat(parts).groupby(level=0).sum()
    cells = pd.read_parquet(folder / "observations.parquet").set_index("organisation")
    score = pd.DataFrame(index=counts.index)
    share = {question: 100 * counts[f"y_{question}"] / counts[f"n_{question}"] for question in SHARES}
    lists = {name: cells.filter(like=f"{name}.") for name in LISTS}
    halves = [lists[name].sum(axis=1) / lists[name].notna().sum(axis=1) for name in LISTS[:2]]
    capped = {
        name: (points * lists[name].sum(axis=1)).clip(upper=100)
        for name, points in (("remote_ways", 30), ("comfort_items", 20), ("premises_items", 20), ("service_items", 20))
    }
    both = pd.concat([share["q2"], share["q4"]], axis=1).mean(axis=1)
    for name, parts_of in {
        "k1": [(0.3, 50 * (halves[0] + halves[1])), (0.3, capped["remote_ways"]), (0.4, both)],
        "k2": [(0.3, capped["comfort_items"]), (0.4, share["q5"]), (0.3, share["q6"])],
        "k3": [(0.3, capped["premises_items"]), (0.4, capped["service_items"]), (0.3, share["q8"])],
        "k4": [(0.4, share["q9"]), (0.4, share["q10"]), (0.2, share["q12"])],
        "k5": [(0.3, share["q13"]), (0.2, share["q14"]), (0.5, share["q15"])],
    }.items():
        total = sum((weight * value).fillna(0) for weight, value in parts_of)
        score[name] = total / sum(weight * value.notna() for weight, value in parts_of)
    score["overall"] = score.mean(axis=1).round(2)
    score["place"] = score["overall"].rank(method="min", ascending=False)
    score.sort_values("place").to_parquet(folder / "peer.parquet")


PEERS = {"scan": scan, "polars": polars_query, "pandas": pandas_batches}

if __name__ == "__main__":
    PEERS[sys.argv[1]](Path(sys.argv[2]))
