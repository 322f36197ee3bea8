"""`merilo sample`: the sample before the field work; each verb has a module of its own."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module


def run(arguments: Namespace) -> int:
    """Carry out the verb: plan, draw or power."""
    return int(import_module(f"merilo.cli.sample_{arguments.verb}").run(arguments))
