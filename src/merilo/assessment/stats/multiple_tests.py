"""P-values of many tests at once: Holm's adjustment, which holds however the tests hang together.

Source: Holm (1979), Scandinavian Journal of Statistics 6, 65–70.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def holm(p_values: ArrayLike) -> Floats:
    """Adjusted p-values in the shape given: rejecting those at or below a level errs anywhere, in the whole family,
    with no more than that probability. NaN takes no part and stays NaN."""
    given = np.asarray(p_values, dtype=np.float64)
    flat = given.ravel()
    order = np.argsort(flat, kind="stable")[: np.count_nonzero(~np.isnan(flat))]
    steps = np.maximum.accumulate(flat[order] * np.arange(len(order), 0, -1))
    adjusted = np.full(flat.shape, np.nan)
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted.reshape(given.shape)
