"""The api samples and the made-up ones of weights.json as the weighting functions take them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.stats.weights import Margin
from tests.assessment.stats.reference import Floats, floats, opened

API = opened("api")
REFERENCE = opened("weights")


def margin_of(name: str, codes: Any, targets: Any) -> Margin:
    return Margin(name, np.asarray(codes, dtype=np.int64), floats(targets))


def api_margins(case: Any) -> tuple[Margin, ...]:
    data = API[case["data"]]
    if "crossed" in case:
        names = [case["crossed"]] if isinstance(case["crossed"], str) else case["crossed"]
        codes = sum(2**place * np.array(data[name]) for place, name in enumerate(names))
        return (margin_of(" × ".join(names), codes, case["targets"][0]),)
    pairs = zip(case.get("margins", []), case.get("targets", []), strict=True)
    return tuple(margin_of(name, data[name], targets) for name, targets in pairs)


def made_up_margins(case: Any) -> tuple[Margin, ...]:
    return tuple(
        margin_of(name, case[name], targets) for name, targets in zip(("sex", "age"), case["targets"], strict=True)
    )


def api_answers(data: Any) -> tuple[Floats, Floats]:
    """y and n of what reference_weights.R estimates: a mean, a ratio, a mean and a share in a domain."""
    wide = floats(data["sch.wide"])
    score, pupils, tested = (floats(data[name]) for name in ("api00", "enroll", "api.stu"))
    elementary = (np.array(data["stype"]) == 0).astype(np.float64)
    y = np.stack([score, tested, score * wide, elementary * wide], axis=1)
    return y, np.stack([np.ones(len(wide)), pupils, wide, wide], axis=1)


def whole_numbers(values: Any) -> NDArray[np.int64]:
    return np.asarray(values, dtype=np.int64)
