"""The words for a speaker. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.model import ArticleCard, NameRuling, Profile
from bot.wording.answers import outlet_name, with_noun
from bot.wording.runs import Run, Runs, say_runs, shorten
from bot.words import say
from bot.words.dates import period, short_date

MAX_DESCRIPTION, MAX_OUTLET = 160, 60
MAX_ALIASES = 8
MAX_TYPED_LENGTH = 60


def alias_lines(aliases: Sequence[str]) -> Iterator[str]:
    """Say under which other names a speaker is printed, if there are any."""
    if not aliases:
        return
    names, remaining = ", ".join(aliases[:MAX_ALIASES]), len(aliases) - MAX_ALIASES
    if remaining > 0:
        yield say("speakers.also_printed_and_more", names=names, n=remaining)
    else:
        yield say("speakers.also_printed", names=names)


def description(text: str, card: ArticleCard) -> Runs:
    """Return a description as printed, with its outlet and day."""
    outlet = shorten(outlet_name(card) or say("articles.outlet_not_known"), MAX_OUTLET)
    day = short_date(card.published_on) if card.published_on else say("articles.date_not_known")
    linked = (Run(f"{outlet}, {day}", link=card.url),)
    place = (Run(f"{say('articles.sample')} · "), *linked) if card.sample else linked
    return say_runs("speakers.described", description=shorten(text, MAX_DESCRIPTION), where=place)


def count_lines(profile: Profile) -> Iterator[str]:
    """Say how often and in which form a speaker is quoted, and what they talk about.

    The forms add up to the total. A denial has one of them too, so denials stand with the total.
    """
    tally = profile.tally
    claims, articles = with_noun(tally.total, "claim"), with_noun(tally.articles, "article")
    if tally.first and tally.last:
        dates = period(tally.first, tally.last)
        counts = say("speakers.counts_dated", claims=claims, articles=articles, period=dates)
    else:
        counts = say("speakers.counts", claims=claims, articles=articles)
    if tally.denials:
        counts = say("speakers.with_denials", counts=counts, n=tally.denials)
    numbers = {form: getattr(tally, form) for form in ("direct", "mixed", "indirect", "refusals")}
    numbers["unknown_form"] = tally.total - sum(numbers.values())
    forms = (say(f"speakers.{form}", n=number) for form, number in numbers.items() if number)
    yield " · ".join((counts, *forms))
    if profile.topics:
        words = (
            say("speakers.about_word", word=topic.value, n=topic.claims) for topic in profile.topics
        )
        yield say("speakers.about", words=", ".join(words))


def shown_line(profile: Profile, offset: int) -> str:
    """Say which of a speaker's claims are shown, if those before `offset` are left out."""
    name, total = profile.name, profile.tally.total
    first, last = offset + 1, offset + len(profile.hits)
    if not profile.hits:
        shown = say("speakers.shown_none", name=name)
    elif first == last:
        shown = say("speakers.shown_one", name=name, last=last, total=total)
    else:
        shown = say("speakers.shown", name=name, first=first, last=last, total=total)
    return f"{shown} · {say('speakers.not_merged')}"


def ruling_line(ruling: NameRuling) -> str:
    """Say who made a ruling on names, what it is, and when it was made."""
    name, others = ruling_names(ruling)
    day, person = short_date(ruling.ruled_at.date()), ruling.person_name
    key = "speakers.merged" if ruling.kind == "merged" else "speakers.split_off"
    return say(key, name=name, others=others, person=person, day=day)


def ruling_names(ruling: NameRuling) -> tuple[str, str]:
    """Return the name that a ruling concerns, and the names merged with it or split off from it."""
    first, *merged = ruling.sides[0]
    others = (
        merged if ruling.kind == "merged" else [name for side in ruling.sides[1:] for name in side]
    )
    return shorten(first, 60), shorten('", "'.join(others), 160)


def undone_line(ruling: NameRuling) -> str:
    """Say which ruling was undone."""
    name, others = ruling_names(ruling)
    return say("speakers.undone_now", names=f'{name}", "{others}')


def corrected_name_lines(profile: Profile) -> Iterator[str]:
    """Say that nobody has the name that was typed, and whose profile is shown instead."""
    if profile.corrected_from:
        typed = shorten(profile.corrected_from, MAX_TYPED_LENGTH)
        yield say("speakers.read_as", typed=typed, name=profile.name)
