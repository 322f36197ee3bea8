"""Opens what tools/reference_values.R wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "reference"
Floats = NDArray[np.float64]


def opened(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def floats(values: Any, dimensions: int = 1) -> Floats:
    """R writes a vector of one as a number."""
    found = np.asarray(values, dtype=np.float64)
    return found.reshape((1,) * (dimensions - found.ndim) + found.shape)
