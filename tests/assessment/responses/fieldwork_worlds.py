"""Made-up field work: honest surveys of satisfied people, and the ways in which somebody spoils one.

Answers hang together (a common mood per person), so that half of all people say «yes» to everything. Interviewers come
in visits of one organisation, a few interviews an hour; some people answer by themselves on the web, now and then at
night.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from merilo.assessment.responses.fieldwork import UNKNOWN, AnswerSheet, Fieldwork, Labels, Times

QUESTIONS = 15
DAY, HOUR = 86400.0, 3600.0
FIELD, WEB = 0, 1


@dataclass
class World:
    """A survey as plain columns, to be spoilt in place."""

    organisations: int
    organisation: list[int] = field(default_factory=list)
    interviewer: list[int] = field(default_factory=list)
    channel: list[int] = field(default_factory=list)
    started: list[float] = field(default_factory=list)
    finished: list[float] = field(default_factory=list)
    answers: list[list[int]] = field(default_factory=list)
    sex: list[int] = field(default_factory=list)
    age: list[int] = field(default_factory=list)
    file: list[int] = field(default_factory=list)
    id: list[str] = field(default_factory=list)

    def fieldwork(self) -> Fieldwork:
        """The survey as the checks read it."""
        closed = np.column_stack([np.array(self.answers), np.array(self.sex)])
        ages = np.array(self.age, dtype=np.float64)
        started, finished = np.array(self.started), np.array(self.finished)
        size = len(self.organisation)
        return Fieldwork(
            file=labels([f"responses/{file}.csv" for file in self.file]),
            row=np.arange(2, size + 2),
            id=labels(self.id),
            organisation=labels([f"o{one:02}" for one in self.organisation]),
            form=labels([""] * size),
            interviewer=labels([f"i{one:02}" if one >= 0 else "" for one in self.interviewer]),
            channel=labels(["field" if one == FIELD else "web" for one in self.channel]),
            times=Times(started, finished, started, ~np.isnan(started), 1.0, finished - started),
            sheet=AnswerSheet(
                closed=closed,
                scale=np.array([0] * QUESTIONS + [1]),
                scored=np.array([True] * QUESTIONS + [False]),
                words=np.array([12] * QUESTIONS + [2]),
                asides=np.array(self.age)[:, None],
                numbers={"age": ages},
                ages=frozenset({"age"}),
                measured={f"q{n}": closed[:, n].astype(np.float64) for n in range(QUESTIONS)},
            ),
        )

    def of(self, interviewer: int) -> list[int]:
        """The rows of an interviewer."""
        return [row for row, one in enumerate(self.interviewer) if one == interviewer]

    def copy(self, source: int, target: int, *, people: bool = True) -> None:
        """Fill one questionnaire in as another was, with the same person or without."""
        self.answers[target] = list(self.answers[source])
        if people:
            self.sex[target], self.age[target] = self.sex[source], self.age[source]


def labels(texts: list[str]) -> Labels:
    """Texts as labels; an empty one is unknown."""
    names = sorted({text for text in texts if text} or {""})
    index = {name: number for number, name in enumerate(names)}
    return Labels(tuple(names), np.array([index[text] if text else UNKNOWN for text in texts], dtype=np.int64))


def honest(seed: int, organisations: int = 8, visits: int = 3) -> World:
    """Each organisation is visited by its three interviewers `visits` times; a dozen people answer on the web."""
    rng, world = np.random.default_rng(seed), World(organisations)
    for organisation in range(organisations):
        pleased = rng.uniform(1.0, 2.6)
        for visit in range(3 * visits):
            interviewer = 3 * (organisation // 2) + visit % 3
            clock = (organisation * visits + visit // 3) * DAY + rng.uniform(9, 13) * HOUR + visit % 3 * 100 * DAY
            for _ in range(int(rng.integers(3, 9))):
                lasts = rng.lognormal(np.log(300), 0.3)
                _add(world, rng, organisation, interviewer, FIELD, clock, lasts, pleased)
                clock += lasts + rng.exponential(400)
        for _ in range(12):
            clock = (
                rng.integers(0, 30) * DAY + (rng.uniform(0, 24) if rng.random() < 0.2 else rng.uniform(8, 22)) * HOUR
            )
            _add(world, rng, organisation, UNKNOWN, WEB, clock, rng.lognormal(np.log(240), 0.25), pleased)
    return world


def _add(
    world: World,
    rng: np.random.Generator,
    organisation: int,
    interviewer: int,
    channel: int,
    clock: float,
    lasts: float,
    pleased: float,
) -> None:
    mood = rng.normal(0, 1.5)
    world.organisation.append(organisation)
    world.interviewer.append(interviewer)
    world.channel.append(channel)
    world.started.append(clock)
    world.finished.append(clock + lasts)
    world.answers.append((rng.normal(0, 1, QUESTIONS) < pleased + mood).astype(int).tolist())
    world.sex.append(1 + int(rng.random() < 0.64))
    world.age.append(int(np.clip(rng.normal(52, 17), 18, 95)))
    world.file.append(organisation % 2)
    world.id.append(f"{organisation}-{len(world.id)}")
