"""The check of the field work: every check there is, one adjustment over all of them, and what could not be checked.

The p-values are adjusted together by Holm's procedure: if nothing is wrong anywhere, the probability of even one flag
is at most the level. Flags point at people's work, so one false flag matters; and the checks hang together in ways
nobody knows, for which Holm's needs no assumption, as Benjamini and Yekutieli's needs none, but that controls only the
share of false flags among all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merilo.assessment.responses.bursts import burst_checks
from merilo.assessment.responses.copied_forms import copied_by_interviewers
from merilo.assessment.responses.copies import alike_in_hours, alike_neighbours, repeated_blocks
from merilo.assessment.responses.digits import digit_checks
from merilo.assessment.responses.effects import effect_checks
from merilo.assessment.responses.fieldwork import UNKNOWN, Fieldwork
from merilo.assessment.responses.flags import LEVEL, FieldworkQuality, QualityCheck, adjust
from merilo.assessment.responses.pace import pace_checks
from merilo.assessment.responses.repeated_ids import repeated_ids
from merilo.assessment.responses.straight_lines import straight_line_checks

SEED = 20240675


def check_fieldwork(work: Fieldwork, *, level: float = LEVEL, seed: int = SEED) -> FieldworkQuality:
    """Check everything; `level` is the probability of a false flag anywhere. The same seed gives the same answer."""
    checks = adjust(_checks(work, seed)) if len(work) else ()
    files = [work.file.names[file] for file in work.file.of.tolist()]
    return FieldworkQuality(checks, _lacking(work), level, tuple(zip(files, work.row.tolist(), strict=True)))


def _checks(work: Fieldwork, seed: int) -> Iterator[QualityCheck]:
    yield from repeated_ids(work)
    yield from pace_checks(work)
    yield from copied_by_interviewers(work, seed)
    yield from alike_in_hours(work, seed)
    yield from alike_neighbours(work, seed)
    yield from repeated_blocks(work, seed)
    yield from straight_line_checks(work)
    yield from burst_checks(work)
    yield from digit_checks(work, seed)
    yield from effect_checks(work, seed)


def _lacking(work: Fieldwork) -> tuple[str, ...]:
    """What the files do not tell and some checks need."""
    present = {
        "id": (work.id.of != UNKNOWN).any(),
        "interviewer": (work.interviewer.of != UNKNOWN).any(),
        "channel": (work.channel.of != UNKNOWN).any(),
        "time": (~np.isnan(work.times.moment)).any(),
        "duration": (~np.isnan(work.times.duration)).any(),
        "age": any((~np.isnan(work.sheet.numbers[code])).any() for code in work.sheet.ages),
    }
    return tuple(name for name, there in present.items() if not there)
