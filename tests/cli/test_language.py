"""The language of help, usage errors and messages: asked for, or the system's, else Russian."""

from __future__ import annotations

import re

import pytest

from merilo import __version__
from tests.cli.conftest import Merilo

COMMANDS = ["init", "check", "score", "explain", "report", "tabulate", "methodology", "demo"]
COMMANDS += ["methodology list", "methodology show", "methodology check", ""]
NOTHING_LIKE_IT = "no-such-folder"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_help_is_in_one_language(merilo: Merilo, command: str, language: str) -> None:
    ran = merilo("--lang", language, *command.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith({"ru": "использование: merilo", "en": "usage: merilo"}[language])
    english = re.sub(r"Мерило", "", ran.out)
    assert bool(re.search("[а-яё]", english, re.IGNORECASE)) == (language == "ru")
    assert not re.search(r"\b(options|arguments|show this help)\b", ran.out) or language == "en"


def test_the_version(merilo: Merilo) -> None:
    assert merilo("--version").out == f"merilo {__version__}\n"


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LC_ALL": "ru_RU.UTF-8", "LANG": "en_US.UTF-8"}, "ru"),
        ({"LC_MESSAGES": "en_US.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "en_US"}, "en"),
        ({"LANG": "EN"}, "en"),
        ({"LANG": "C"}, "ru"),
        ({"LANG": "C.UTF-8"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "ru"),
        ({"LANG": ""}, "ru"),
    ],
)
def test_the_systems_language(
    merilo: Merilo, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], language: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert ("Nothing was computed" in merilo("check", NOTHING_LIKE_IT).err) == (language == "en")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "en", "check", NOTHING_LIKE_IT],
        ["--lang=en", "check", NOTHING_LIKE_IT],
        ["check", "--lang", "en", NOTHING_LIKE_IT],
        ["check", NOTHING_LIKE_IT, "--lang=en"],
    ],
)
def test_the_language_may_be_asked_for_anywhere(merilo: Merilo, arguments: list[str]) -> None:
    assert "There is no such folder" in merilo(*arguments).err


@pytest.mark.parametrize(
    ("arguments", "russian", "english"),
    [
        ([], "не хватает аргументов: КОМАНДА", "the following arguments are required: COMMAND"),
        (["score"], "не хватает аргументов: DIR", "the following arguments are required: DIR"),
        (["bogus"], "КОМАНДА: «bogus» не подходит; возможно: 'init'", "invalid choice: 'bogus'"),
        (["methodology"], "не хватает аргументов: КОМАНДА", "the following arguments are required: COMMAND"),
        (["methodology", "burn"], "«burn» не подходит", "invalid choice: 'burn'"),
        (["check", "x", "--nope"], "неизвестные аргументы: --nope", "unrecognized arguments: --nope"),
        (["check", "x", "--js"], "неизвестные аргументы: --js", "unrecognized arguments: --js"),
        (["score", "x", "--format"], "--format: нужно одно значение", "--format: expected one argument"),
        (["check", "x", "y"], "неизвестные аргументы: y", "unrecognized arguments: y"),
    ],
)
def test_usage_errors_end_with_2_in_the_users_language(
    merilo: Merilo, arguments: list[str], russian: str, english: str
) -> None:
    ran = merilo(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("использование: merilo")
    assert f"ошибка: {russian}" in ran.sentence or russian in ran.sentence
    ran = merilo("--lang", "en", *arguments)
    assert ran.code == 2
    assert ran.err.startswith("usage: merilo")
    assert english in ran.sentence
    assert not re.search("[а-яё]", ran.err, re.IGNORECASE)


def test_a_language_that_is_not_spoken(merilo: Merilo) -> None:
    ran = merilo("check", "x", "--lang", "de")
    assert ran.code == 2
    assert "--lang: «de» не подходит" in ran.err
