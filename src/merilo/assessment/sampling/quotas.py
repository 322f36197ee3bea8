"""Quotas: the interviews of each stratum divided among channels, near the wanted shares in every stratum and in all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction


def divide(sizes: Sequence[int], shares: Sequence[Fraction]) -> list[tuple[int, ...]]:
    """For every stratum how many of its interviews go to each channel; each row adds up to its size.

    The interviews are dealt out one after another, each to the channel that is furthest behind its share, and the next
    stratum goes on where the last one stopped: so the totals keep to the shares as well, which rounding each stratum
    by itself would not do (20 strata of 3 at 50 : 50 would become 40 : 20). The first of equal ones wins.
    """
    whole = math.lcm(*(share.denominator for share in shares))
    steps = [share.numerator * (whole // share.denominator) for share in shares]
    behind = [0] * len(steps)
    quotas = []
    for size in sizes:
        # After `whole` interviews everybody has exactly his share and the dealing begins anew.
        rounds, rest = divmod(size, whole)
        dealt = [rounds * step for step in steps]
        for _ in range(rest):
            behind = [owed + step for owed, step in zip(behind, steps, strict=True)]
            chosen = max(range(len(steps)), key=lambda index: (behind[index], -index))
            behind[chosen] -= whole
            dealt[chosen] += 1
        quotas.append(tuple(dealt))
    return quotas
