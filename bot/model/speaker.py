"""Speakers: profiles, and rulings on their names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.model.answer import Count, Hit
from bot.model.article import ArticleCard

NameRulingKind = Literal["merged", "split"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRuling:
    """A person's decision that some names are one speaker's, or that they are not.

    "merged" has one side, whose first name is shown for all. "split" means that no name on one side
    is a speaker on another. `press` identifies the press of a button that made the ruling, so that
    it is made only once. `undone_by` is the person who undid it, at `undone_at`.
    """

    id: str
    team: str
    press: str
    kind: NameRulingKind
    sides: tuple[tuple[str, ...], ...]
    person: str
    person_name: str
    ruled_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often a speaker is quoted.

    `direct`, `mixed` and `indirect` count claims by form, with those in copies of an article
    counted once; `total` includes claims of unknown form. `denials` may have any form; `refusals`
    have none. `articles` counts the articles that contain them, published from `first` to `last`.
    """

    total: int
    direct: int = 0
    mixed: int = 0
    indirect: int = 0
    denials: int = 0
    refusals: int = 0
    articles: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A speaker as articles describe them.

    `name` is the name shown, and `aliases` are the others that articles print. `descriptions` are
    the articles' words about them, each with one article that prints it, newest first. `hits` are
    their latest claims. `topics` are the words most characteristic of their claims, each with the
    number of claims that contain it. `rulings` are the rulings in force on these names.
    `corrected_from` is the name as typed, if it was taken for a typing error.
    """

    name: str
    aliases: tuple[str, ...] = ()
    descriptions: tuple[tuple[str, ArticleCard], ...] = ()
    tally: Tally
    topics: tuple[Count, ...] = ()
    hits: tuple[Hit, ...] = ()
    rulings: tuple[NameRuling, ...] = ()
    corrected_from: str | None = None
