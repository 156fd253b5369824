"""Classes stay small."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cached_property

import bot
from bot.newsroom.services import service

MAX_METHODS = 25
MAX_BASES = 2
SKIPPED_MODULES = ("bot.__main__", "bot.store.migrations")
METHOD_TYPES = (property, cached_property, service, classmethod, staticmethod)


def classes() -> Iterator[type]:
    for info in pkgutil.walk_packages(bot.__path__, "bot."):
        if not info.name.startswith(SKIPPED_MODULES):
            module = importlib.import_module(info.name)
            for _, class_ in inspect.getmembers(module, inspect.isclass):
                if class_.__module__ == info.name:
                    yield class_


def is_ours(class_: type) -> bool:
    return class_.__module__.startswith("bot.")


def public_methods(class_: type) -> set[str]:
    """Return the names of a class's public methods, including those inherited from our classes."""
    return {
        name
        for base in filter(is_ours, class_.__mro__)
        for name, value in vars(base).items()
        if not name.startswith("_")
        and (inspect.isroutine(value) or isinstance(value, METHOD_TYPES))
    }


def test_no_class_has_more_than_25_public_methods() -> None:
    counts = {class_.__qualname__: len(public_methods(class_)) for class_ in classes()}
    assert len(counts) > 100
    assert {name: n for name, n in counts.items() if n > MAX_METHODS} == {}


def test_no_class_has_more_than_two_of_our_bases() -> None:
    counts = {class_.__qualname__: sum(map(is_ours, class_.__bases__)) for class_ in classes()}
    assert {name: n for name, n in counts.items() if n > MAX_BASES} == {}
