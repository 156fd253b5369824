"""No class knows or does too much."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cached_property

import bot
from bot.newsroom.services import service

MOST_METHODS = 25
MOST_BASES = 2
RUN_BY_OTHERS = ("bot.__main__", "bot.store.migrations")
METHODS = (property, cached_property, service, classmethod, staticmethod)


def classes() -> Iterator[type]:
    for found in pkgutil.walk_packages(bot.__path__, "bot."):
        if not found.name.startswith(RUN_BY_OTHERS):
            module = importlib.import_module(found.name)
            for _, one in inspect.getmembers(module, inspect.isclass):
                if one.__module__ == found.name:
                    yield one


def is_ours(one: type) -> bool:
    return one.__module__.startswith("bot.")


def public_methods(one: type) -> set[str]:
    """The public methods of a class, those that it inherits from ours too."""
    return {
        name
        for base in filter(is_ours, one.__mro__)
        for name, what in vars(base).items()
        if not name.startswith("_") and (inspect.isroutine(what) or isinstance(what, METHODS))
    }


def test_no_class_has_more_than_25_public_methods() -> None:
    many = {one.__qualname__: len(public_methods(one)) for one in classes()}
    assert len(many) > 100
    assert {name: n for name, n in many.items() if n > MOST_METHODS} == {}


def test_no_class_has_more_than_two_bases_of_ours() -> None:
    bases = {one.__qualname__: sum(map(is_ours, one.__bases__)) for one in classes()}
    assert {name: n for name, n in bases.items() if n > MOST_BASES} == {}
