"""Speakers: their names, rulings on these, and profiles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.model.answer import Count, Hit
from bot.model.article import ArticleCard

NameRulingKind = Literal["merged", "split"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRuling:
    """A person's decision that names are one speaker's, or that they are not.

    "merged" has one side, whose first name is shown for all. "split" means that no name on one side
    is a speaker on another. `press` makes the ruling idempotent. `undone_by` is who undid it, at
    `undone_at`.
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
    """How often somebody is quoted: claims by the form of their content, copies of an article
    counted once; `total` also has those of which no form is known. `denials` are among them, in
    whatever form, and so are `refusals`, of which no form is counted; `articles` are those they
    stand in, published from `first` to `last`."""

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
    """Who a speaker is, as articles have it.

    `name` stands for them, `aliases` are the other names that articles print, `descriptions` what
    these print beside a name, word for word, each with one article that does, the newest first.
    `hits` are what they said lately, and `about` the words that mark what they talk about against
    everybody else's, each with how many of their claims hold it. `rulings` are those in force that
    people have made of these names. `read_from` is what was typed, where that was taken for a slip.
    """

    name: str
    aliases: tuple[str, ...] = ()
    descriptions: tuple[tuple[str, ArticleCard], ...] = ()
    tally: Tally
    about: tuple[Count, ...] = ()
    hits: tuple[Hit, ...] = ()
    rulings: tuple[NameRuling, ...] = ()
    read_from: str | None = None
