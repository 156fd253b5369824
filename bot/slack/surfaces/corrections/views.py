"""The modals in which a claim is corrected, and their readers. Pure.

What was submitted is validated against the current claim.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from bot.model import UNATTRIBUTED, EditableClaim, Hit, Spans
from bot.slack import claim_parts, modals, parts
from bot.slack.parts import Block
from bot.slack.surfaces.answers.blocks import facet_value_id
from bot.slack.surfaces.answers.context import paragraph_sections
from bot.slack.surfaces.corrections.word_menus import (
    MOST_OPTIONS,
    content_ends,
    select,
    words_menu,
    words_printed,
)
from bot.wording.answers import article_label
from bot.words import say

LONGEST_NAME, LONGEST_CUE, LONGEST_REASON = 200, 100, 300
NOBODY = "nobody"
KINDS = ("speaker", "somebody", "words", "rejected")
"""What can be wrong: the speaker, that there is none, the words, or that it is a claim."""

HERE, EVERYWHERE = "here", "all"
"""Where a rejection applies: in this article, or in all that report the claim."""
MOST_OTHERS = 60
"""Claims whose ids fit into a modal's metadata."""

BARE_WORD = re.compile(r"\w(?:.*\w)?", re.DOTALL)


class SentModal(NamedTuple):
    """A submitted modal: the claim, where to answer, the digest of the paragraph that was `seen`,
    the `values` by block, and the other claims to which it applies."""

    claim_id: str
    answer_url: str
    seen: str
    values: Mapping[str, str]
    others: tuple[str, ...] = ()


class RequestedChanges(NamedTuple):
    """The changes that a modal requests, for Corrections.correct, or its errors by block."""

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
    """Return the modal of one of KINDS with the accepted corrections; the answer goes to
    `answer_url`. A rejection may also apply to the `others` that report the claim."""
    claim, article = found.claim, found.article
    marked = [(start - found.start, end - found.start) for start, end in claim.spans]
    marked = marked or [(0, len(found.paragraph))]
    said = parts.section(claim_parts.render_who_line(found.hit))
    shown = [
        *paragraph_sections(found.paragraph, tuple(marked)),
        said,
        claim_parts.article_context(claim, article),
    ]
    shown += corrections
    known = {"claim": claim.id, "answer": answer_url, "seen": _paragraph_digest(found)}
    also = others[:MOST_OTHERS] if kind == "rejected" else ()
    if also:
        known["others"] = " ".join(one.claim.id for one in also)
    return modals.modal(
        f"correct_{kind}",
        [*shown, *_inputs(kind, found), *_scope_input(found, also), _why(kind)],
        title=f"correcting.title_{kind}",
        submit=f"correcting.submit_{kind}",
        metadata=json.dumps(known),
    )


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
        first, last = content_ends(found)
        yield _input("first", words_menu(found, "first", first))
        yield _input("last", words_menu(found, "last", last))


def _scope_input(found: EditableClaim, others: Sequence[Hit]) -> Iterator[Block]:
    """Yield the choice whether a rejection applies here or in all articles that report it."""
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
    """Return the speakers whom the article quotes, except the current one, as options."""
    shown = None if found.claim.unsure else found.claim.speaker
    names = [name for name in found.speakers if name != shown]
    options = [parts.option(name, facet_value_id(name)) for name in names]
    if found.claim.kind == "attribution":
        options.append(parts.option(say("correcting.nobody"), NOBODY))
    return options[:MOST_OPTIONS]


def _why(kind: str) -> Block:
    return _input("why", _text(f"why_{kind}", LONGEST_REASON))


def _text(name: str, longest: int, value: str = "") -> Block:
    return modals.text_input(f"correcting.{name}", longest, value)


def _input(name: str, element: Block, *, optional: bool = False) -> Block:
    return modals.field(name, f"correcting.{name}", element, optional=optional)


def _paragraph_digest(found: EditableClaim) -> str:
    return hashlib.sha256(found.paragraph.encode()).hexdigest()[:16]


# -- what was written


def read_modal(view: Mapping[str, Any]) -> SentModal:
    """Read a submitted modal."""
    known = json.loads(view["private_metadata"])
    values = {}
    for name, block in view["state"]["values"].items():
        element = block.get(name) or {}
        chosen = element.get("selected_option") or {}
        values[name] = " ".join(str(element.get("value") or chosen.get("value") or "").split())
    others = str(known.get("others", "")).split() if values.get("where") == EVERYWHERE else ()
    what = str(known["claim"]), str(known["answer"]), str(known["seen"])
    return SentModal(*what, values, tuple(others))


def requested_changes(kind: str, found: EditableClaim, asked: SentModal) -> RequestedChanges:
    """Return the changes that a modal of one of KINDS requests, or its errors."""
    readers = {
        "speaker": _read_speaker,
        "somebody": _read_speaker,
        "words": _read_words,
        "rejected": _read_rejected,
    }
    changes, errors = readers[kind](found, asked)
    if not asked.values.get("why"):
        errors = {**errors, "why": say("correcting.no_reason")}
    return RequestedChanges(changes, errors)


def _read_rejected(found: EditableClaim, asked: SentModal) -> RequestedChanges:
    return RequestedChanges({"rejected": True}, {})


def _read_speaker(found: EditableClaim, asked: SentModal) -> RequestedChanges:
    typed, chosen = asked.values.get("other"), asked.values.get("who")
    if chosen == NOBODY and not typed:
        return RequestedChanges({"kind": UNATTRIBUTED}, {})
    names = {facet_value_id(name): name for name in found.speakers}
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
    return RequestedChanges(changes, wrong)


def _cue(found: EditableClaim, typed: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the span of a typed cue if it is a new one, or the error if it is not printed."""
    if not typed or not found.words or _normalised(typed) == _normalised(_cue_shown(found)):
        return {}, {}
    if places := find_in_paragraph(found, typed):
        return {"cue": places}, {}
    return {}, {"cue": say("correcting.cue_not_there")}


def find_in_paragraph(found: EditableClaim, typed: str) -> Spans:
    """Find typed words in a claim's paragraph, at the place nearest to the cue or the content.

    Case and surrounding punctuation are ignored. Returns no span if they are not there.
    """
    words = [word for one in typed.split() if (word := _normalised(one))]
    bare = [_normalised(words_printed(found, span)) for span in found.words]
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


def _normalised(word: str) -> str:
    match = BARE_WORD.search(word)
    return match[0].casefold().replace("’", "'") if match else ""


def _without_marks(found: EditableClaim, start: int, end: int) -> tuple[int, int]:
    """Return a span without the quotation marks and commas around it."""
    match = BARE_WORD.search(found.paragraph[start - found.start : end - found.start])
    return (match.start() + start, match.end() + start) if match else (start, end)


def _read_words(found: EditableClaim, asked: SentModal) -> RequestedChanges:
    if asked.seen != _paragraph_digest(found):
        return RequestedChanges({}, {"first": say("correcting.changed_meanwhile")})
    as_shown, pieces = content_ends(found), found.claim.spans
    first, last = (
        _number(asked.values.get(name), end, len(found.words))
        for name, end in zip(("first", "last"), as_shown, strict=True)
    )
    if last < first:
        return RequestedChanges({}, {"last": say("correcting.upside_down")})
    if (first, last) == as_shown:
        return RequestedChanges({}, {"first": say("correcting.as_before")})
    # An end that stays keeps its full stop.
    start = pieces[0][0] if first == as_shown[0] else found.words[first][0]
    end = pieces[-1][1] if last == as_shown[1] else found.words[last][1]
    return RequestedChanges({"content": tuple(_without_gaps((start, end), pieces))}, {})


def _number(value: str | None, end: int, words: int) -> int:
    """Return the number of the chosen word; the current one if there is no such word."""
    known = re.fullmatch(r"\d{1,6}", value or "", re.ASCII)
    return int(known[0]) if known and int(known[0]) < words else end


def _without_gaps(span: tuple[int, int], pieces: Spans) -> Iterator[tuple[int, int]]:
    """Yield a span without the gaps between the pieces of the content: "…," he said, "…"."""
    start, end = span
    for (_, gap), (behind, _) in pairwise(pieces):
        if start < gap and behind < end:
            yield start, gap
            start = behind
    yield start, end
