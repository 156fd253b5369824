"""The modals in which a claim is corrected, and what was written in them, read back. Pure.

What comes back is looked up in the claim as it is then, never believed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from bot.model import UNATTRIBUTED, EditableClaim, Hit, Spans
from bot.slack import parts
from bot.slack.parts import Block
from bot.slack.surfaces.answers.blocks import choice
from bot.slack.surfaces.corrections.word_menus import (
    MOST_OPTIONS,
    ends,
    printed,
    select,
    words_menu,
)
from bot.slack.views import stretches
from bot.wording.answers import article_label
from bot.words import say

TITLE = 24
"""Characters of a modal's title and buttons."""
LONGEST_NAME, LONGEST_CUE, LONGEST_REASON = 200, 100, 300
NOBODY = "nobody"
KINDS = ("speaker", "somebody", "words", "rejected")
"""What can be wrong: who said it, that nobody did, the words, and that it is a claim."""

HERE, EVERYWHERE = "here", "all"
"""What a claim is none in: the article that it stands in, or in all that report it."""
MOST_OTHERS = 60
"""Whose ids a modal can carry."""

BARE = re.compile(r"\w(?:.*\w)?", re.DOTALL)


class Asked(NamedTuple):
    """A modal that was sent: of which claim, where to answer, the paragraph's digest as it was
    shown, the `values` written or chosen, by block, and to which other claims it applies."""

    claim_id: str
    answer_url: str
    seen: str
    values: Mapping[str, str]
    others: tuple[str, ...] = ()


class Read(NamedTuple):
    """What a modal asks to change, as Corrections.correct takes it, or what is wrong with it, by
    block."""

    changes: Mapping[str, Any]
    errors: Mapping[str, str]


def correct_view(
    kind: str,
    found: EditableClaim,
    answer_url: str,
    corrections: Sequence[Block] = (),
    *,
    others: Sequence[Hit] = (),
) -> Block:
    """The modal of one of KINDS, with the corrections that stand already; what comes of it is told
    at `answer_url`. That something is no claim may hold for the `others` that report it, too."""
    claim, article = found.claim, found.article
    marked = [(start - found.start, end - found.start) for start, end in claim.spans]
    marked = marked or [(0, len(found.paragraph))]
    said = parts.section(parts.who(found.hit))
    shown = [*stretches(found.paragraph, tuple(marked)), said, parts.where(claim, article)]
    shown += corrections
    known = {"claim": claim.id, "answer": answer_url, "seen": _seen(found)}
    also = others[:MOST_OTHERS] if kind == "rejected" else ()
    if also:
        known["others"] = " ".join(one.claim.id for one in also)
    return {
        "type": "modal",
        "callback_id": f"correct_{kind}",
        "private_metadata": json.dumps(known),
        "title": parts.plain(say(f"correcting.title_{kind}"), TITLE),
        "submit": parts.plain(say(f"correcting.submit_{kind}"), TITLE),
        "close": parts.plain(say("buttons.cancel"), TITLE),
        "blocks": [*shown, *_inputs(kind, found), *_holds_where(found, also), _why(kind)],
    }


# -- the inputs


def _inputs(kind: str, found: EditableClaim) -> Iterator[Block]:
    if kind in ("speaker", "somebody"):
        if names := _speakers(found):
            yield _input("who", select("who", names), optional=True)
        yield _input("other", _text("other", LONGEST_NAME), optional=True)
        if found.words:
            cue = _text("cue", LONGEST_CUE, _cue_shown(found))
            yield _input("cue", cue, optional=kind == "speaker")
    elif kind == "words":
        first, last = ends(found)
        yield _input("first", words_menu(found, "first", first))
        yield _input("last", words_menu(found, "last", last))


def _holds_where(found: EditableClaim, others: Sequence[Hit]) -> Iterator[Block]:
    """Whether something is no claim only here, or in none of the articles that report it."""
    if not others:
        return
    articles = [found.article, *(one.article for one in others)]
    names = list(
        dict.fromkeys(article_label(one) if not one.outlet else one.outlet for one in articles)
    )
    here = say("correcting.where_here", outlet=names[0])
    every = say("correcting.where_all", n=len(articles))
    options = [parts.option(here, HERE), parts.option(every, EVERYWHERE)]
    # A label has room for few outlets.
    yield parts.context(parts.note(say("correcting.where_reports", outlets=", ".join(names))))
    radio = {"type": "radio_buttons", "options": options, "initial_option": options[0]}
    yield _input("where", radio)


def _cue_shown(found: EditableClaim) -> str:
    return " ".join((found.claim.cue or "").split())[:LONGEST_CUE].rstrip()


def _speakers(found: EditableClaim) -> list[Block]:
    """Whom to choose from: those whom the article quotes, but not the one who is shown already."""
    shown = None if found.claim.unsure else found.claim.speaker
    names = [name for name in found.speakers if name != shown]
    options = [parts.option(name, choice(name)) for name in names]
    if found.claim.kind == "attribution":
        options.append(parts.option(say("correcting.nobody"), NOBODY))
    return options[:MOST_OPTIONS]


def _why(kind: str) -> Block:
    return _input("why", _text(f"why_{kind}", LONGEST_REASON))


def _text(name: str, longest: int, value: str = "") -> Block:
    return parts.typed(f"correcting.{name}", longest, value)


def _input(name: str, element: Block, *, optional: bool = False) -> Block:
    return parts.field(name, f"correcting.{name}", element, optional=optional)


def _seen(found: EditableClaim) -> str:
    return hashlib.sha256(found.paragraph.encode()).hexdigest()[:16]


# -- what was written


def asked(view: Mapping[str, Any]) -> Asked:
    """Read a modal that was sent."""
    known = json.loads(view["private_metadata"])
    values = {}
    for name, block in view["state"]["values"].items():
        element = block.get(name) or {}
        chosen = element.get("selected_option") or {}
        values[name] = " ".join(str(element.get("value") or chosen.get("value") or "").split())
    others = str(known.get("others", "")).split() if values.get("where") == EVERYWHERE else ()
    what = str(known["claim"]), str(known["answer"]), str(known["seen"])
    return Asked(*what, values, tuple(others))


def read(kind: str, found: EditableClaim, asked: Asked) -> Read:
    """What a modal of one of KINDS asks to change of a claim, or what is wrong with it."""
    readers = {
        "speaker": _read_speaker,
        "somebody": _read_speaker,
        "words": _read_words,
        "rejected": _read_rejected,
    }
    changes, errors = readers[kind](found, asked)
    if not asked.values.get("why"):
        errors = {**errors, "why": say("correcting.no_reason")}
    return Read(changes, errors)


def _read_rejected(found: EditableClaim, asked: Asked) -> Read:
    return Read({"rejected": True}, {})


def _read_speaker(found: EditableClaim, asked: Asked) -> Read:
    typed, chosen = asked.values.get("other"), asked.values.get("who")
    if chosen == NOBODY and not typed:
        return Read({"kind": UNATTRIBUTED}, {})
    names = {choice(name): name for name in found.speakers}
    name = typed or names.get(chosen or "")
    cue, wrong = _cue(found, asked.values.get("cue", ""))
    changes = {**({"speaker": name} if name else {}), **cue}
    if found.claim.kind == UNATTRIBUTED:
        changes["kind"] = "attribution"
        if found.words and not (cue or wrong):
            wrong = {"cue": say("correcting.no_cue")}
        if not name:
            wrong = {**wrong, "other": say("correcting.no_who")}
    elif not (changes or wrong):
        wrong = {"other": say("correcting.no_who")}
    return Read(changes, wrong)


def _cue(found: EditableClaim, typed: str) -> tuple[dict[str, Any], dict[str, str]]:
    """A cue that was typed, where it is another one: its place, or that the paragraph has none."""
    if not typed or not found.words or _bare(typed) == _bare(_cue_shown(found)):
        return {}, {}
    if places := places_of(found, typed):
        return {"cue": places}, {}
    return {}, {"cue": say("correcting.cue_not_there")}


def places_of(found: EditableClaim, typed: str) -> Spans:
    """Where words that were typed stand in a claim's paragraph, as near to the cue or the content
    as can be, whatever their case and the marks around them; none where they do not."""
    words = [word for one in typed.split() if (word := _bare(one))]
    bare = [_bare(printed(found, span)) for span in found.words]
    edges = [edge for places in found.cue or found.content for edge in places] or [0]
    runs = [
        at
        for at in range(len(bare) - len(words) + 1)
        if words and bare[at : at + len(words)] == words
    ]
    if not runs:
        return ()
    at = min(runs, key=lambda run: min(abs(run - edge) for edge in edges))
    return (_without_marks(found, found.words[at][0], found.words[at + len(words) - 1][1]),)


def _bare(word: str) -> str:
    match = BARE.search(word)
    return match[0].casefold().replace("’", "'") if match else ""


def _without_marks(found: EditableClaim, start: int, end: int) -> tuple[int, int]:
    """A stretch of the paragraph without the quotation marks and commas around it."""
    match = BARE.search(found.paragraph[start - found.start : end - found.start])
    return (match.start() + start, match.end() + start) if match else (start, end)


def _read_words(found: EditableClaim, asked: Asked) -> Read:
    if asked.seen != _seen(found):
        return Read({}, {"first": say("correcting.changed_meanwhile")})
    as_shown, pieces = ends(found), found.claim.spans
    first, last = (
        _number(asked.values.get(name), end, len(found.words))
        for name, end in zip(("first", "last"), as_shown, strict=True)
    )
    if last < first:
        return Read({}, {"last": say("correcting.upside_down")})
    if (first, last) == as_shown:
        return Read({}, {"first": say("correcting.as_before")})
    # An end that stays keeps its full stop.
    start = pieces[0][0] if first == as_shown[0] else found.words[first][0]
    end = pieces[-1][1] if last == as_shown[1] else found.words[last][1]
    return Read({"content": tuple(_without_gaps((start, end), pieces))}, {})


def _number(value: str | None, end: int, words: int) -> int:
    """The word that was chosen; where there is no such word, the one at this end now."""
    known = re.fullmatch(r"\d{1,6}", value or "", re.ASCII)
    return int(known[0]) if known and int(known[0]) < words else end


def _without_gaps(span: tuple[int, int], pieces: Spans) -> Iterator[tuple[int, int]]:
    """A stretch without what a content in pieces leaves out: "…," he said, "…"."""
    start, end = span
    for (_, gap), (behind, _) in pairwise(pieces):
        if start < gap and behind < end:
            yield start, gap
            start = behind
    yield start, end
