"""The sentences about one subject over many organisations: highest, lowest, mean, above it, near it.

They name nobody as best or worst where all are equal, and state nothing about what has no value.
"""

from __future__ import annotations

from collections.abc import Iterator

from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.reporting.summary import Summary


def narrative(facts: ReportFacts, subject: str, summary: Summary, kind: str) -> Iterator[str]:
    """The sentences, one by one; `kind` is OVERALL or CRITERION and picks the words."""
    if not summary.size:
        yield facts.say(f"REPORT-{kind}-NO-VALUES")
        return
    value = facts.value_text(subject, summary.best)
    if summary.size == 1:
        (row,) = summary.exact
        yield facts.say(f"REPORT-{kind}-ONE-VALUE", value=value, name=facts.names[row])
        return
    if summary.is_level:
        yield facts.say(f"REPORT-{kind}-ALL-EQUAL", value=value, organisations=facts.organisations(summary.size))
        return
    highest, lowest = summary.printed_as(summary.best), summary.printed_as(summary.worst)
    yield facts.say(f"REPORT-{kind}-HIGHEST", value=value, names=facts.named(highest))
    worst = facts.value_text(subject, summary.worst)
    yield facts.say(f"REPORT-{kind}-LOWEST", value=worst, names=facts.named(lowest))
    yield from _about_mean(facts, subject, summary, kind)


def _about_mean(facts: ReportFacts, subject: str, summary: Summary, kind: str) -> Iterator[str]:
    yield facts.say(
        f"REPORT-{kind}-MEAN",
        value=facts.value_text(subject, summary.mean_printed),
        organisations=facts.organisations(summary.size),
    )
    yield facts.say("REPORT-ABOVE-MEAN", above=facts.of_organisations(summary.above, summary.size))
    if summary.mean > 0:
        yield facts.say("REPORT-NEAR-MEAN", near=facts.of_organisations(summary.near, summary.size))
