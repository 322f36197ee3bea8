"""Tables of respondents as plain values for programs: null where there is nothing or where it is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.responses.cross_table import CrossTable, ShareOf
from merilo.assessment.responses.frequencies import Frequencies
from merilo.assessment.responses.respondents import Respondents
from merilo.assessment.stats.correlation import Correlations
from merilo.assessment.stats.relative_weights import RelativeWeights

Record = dict[str, Any]


def sample_record(of: Respondents, filters: Sequence[str]) -> Record:
    """How respondents were weighted and selected."""
    return {
        "weights": of.weighting.value,
        "organisations_of_unknown_population": of.unknown,
        "organisations_with_more_respondents_than_recipients": of.too_many,
        "where": list(filters),
    }


def frequency_record(one: Frequencies) -> Record:
    """One question."""
    answers = []
    for place, group in enumerate(one.variable.groups):
        hidden = bool(one.hidden[place])
        answers.append(
            {
                "answer": group,
                "count": None if hidden else int(one.counts[place]),
                "share": _known(one.shares[place], hidden),
                "low": _known(one.low[place], hidden),
                "high": _known(one.high[place], hidden),
                **({"answer_share": _known(one.answer_shares[place], hidden)} if one.variable.is_several else {}),
                "hidden": hidden,
            }
        )
    base = None if one.is_base_hidden else one.base
    return {"code": one.variable.code, "text": one.variable.name, "base": base, "answers": answers}


def cross_record(table: CrossTable, shares: ShareOf) -> Record:
    """One cross-table; the last row and column are totals."""
    return {
        "code": table.rows.code,
        "text": table.rows.name,
        "by": {"code": table.columns.code, "text": table.columns.name},
        "rows": list(table.rows.groups),
        "columns": list(table.columns.groups),
        "counts": _grid(table.counts.astype(np.float64), table.hidden, whole=True),
        "shares_of": shares.value,
        "shares": _grid(table.shares(shares), table.hidden),
        "hidden": table.hidden.tolist(),
        "test": _test_record(table),
    }


def _test_record(table: CrossTable) -> Record | None:
    found = table.association
    if found is None:
        return None
    return {
        "kind": "rao_scott_f" if table.is_design_based else "pearson_chi_square",
        "statistic": found.statistic,
        "degrees": [found.first, found.second] if table.is_design_based else [found.first],
        "p": found.p_value,
        "cramers_v": found.cramers_v,
        "residuals": _grid(found.residuals, table.hidden[:-1, :-1]),
    }


def correlation_record(found: Correlations, codes: Sequence[str]) -> Record:
    """The matrix and its bases."""
    nothing = np.zeros(found.values.shape, np.bool_)
    return {"indicators": list(codes), "values": _grid(found.values, nothing), "organisations": found.sizes.tolist()}


def driver_record(found: RelativeWeights, outcome: str, codes: Sequence[str], left_out: Sequence[str]) -> Record:
    """Relative weights, the largest first."""
    order = np.argsort(-found.weights, kind="stable").tolist()
    return {
        "outcome": outcome,
        "base": found.size,
        "r_squared": found.explained,
        "left_out": list(left_out),
        "questions": [
            {
                "code": codes[place],
                "weight": float(found.weights[place]),
                "share": float(found.shares[place]),
                "low": float(found.low[place]),
                "high": float(found.high[place]),
                "correlation": float(found.correlations[place]),
            }
            for place in order
        ],
    }


def _known(value: float, hidden: bool) -> float | None:
    return None if hidden or np.isnan(value) else float(value)


def _grid(values: NDArray[np.float64], hidden: NDArray[np.bool_], *, whole: bool = False) -> list[list[Any]]:
    return [
        [
            None if is_hidden or np.isnan(value) else int(value) if whole else float(value)
            for value, is_hidden in zip(row, mask, strict=True)
        ]
        for row, mask in zip(values, hidden, strict=True)
    ]
