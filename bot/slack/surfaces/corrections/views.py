"""The modals for correcting a claim, and parsing of their input. No I/O.

Submitted values are validated against the current claim.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from bot.model import UNATTRIBUTED, EditableClaim, Hit, Span, Spans
from bot.slack import claim_parts, modals, parts
from bot.slack.parts import Block
from bot.slack.surfaces.answers.blocks import facet_value_id
from bot.slack.surfaces.answers.context import paragraph_sections
from bot.slack.surfaces.corrections.word_menus import (
    MAX_OPTIONS,
    first_and_last_word,
    select_menu,
    text_at,
    word_menu,
)
from bot.wording.answers import article_label
from bot.words import say

MAX_NAME_LENGTH = 200
MAX_CUE_LENGTH = 100
NOBODY = "nobody"
"""The value of the option which says that the claim has no speaker."""
KINDS = ("speaker", "somebody", "words", "rejected")
"""What can be wrong with a claim: its speaker ("speaker"), that it has no speaker ("somebody"), its
words, or that it is a claim at all ("rejected")."""

HERE, EVERYWHERE = "here", "all"
"""Where a rejection applies: in this article, or in all articles that report the claim."""
MAX_OTHER_CLAIMS = 60
"""The number of claims whose ids fit into a modal's metadata."""

METADATA = dict.fromkeys(("claim", "answer", "seen", "others"), str)
BARE_WORD = re.compile(r"\w(?:.*\w)?", re.DOTALL)
"""A word or words without the punctuation around them."""


class SubmittedModal(NamedTuple):
    """The input of a submitted modal.

    `values` are by block id. `paragraph_hash` is the hash of the paragraph shown in the modal.
    `other_claim_ids` are the claims of other articles that are rejected too.
    """

    claim_id: str
    answer_url: str
    paragraph_hash: str
    values: Mapping[str, str]
    other_claim_ids: tuple[str, ...] = ()


class RequestedChanges(NamedTuple):
    """The changes that a modal requests, for Corrections.correct, or its errors by block id."""

    changes: Mapping[str, Any]
    errors: Mapping[str, str]


def correction_view(
    kind: str,
    editable: EditableClaim,
    answer_url: str,
    corrections: Sequence[Block] = (),
    *,
    other_reports: Sequence[Hit] = (),
) -> Block:
    """Return the modal of one of KINDS, with the accepted corrections.

    The answer goes to `answer_url`. A rejection may also apply to `other_reports` of the claim.
    """
    claim = editable.claim
    spans = [(start - editable.start, end - editable.start) for start, end in claim.spans]
    spans = spans or [(0, len(editable.paragraph))]
    metadata = {
        "claim": claim.id,
        "answer": answer_url,
        "seen": _paragraph_hash(editable),
        "others": "",
    }
    other_reports = other_reports[:MAX_OTHER_CLAIMS] if kind == "rejected" else ()
    if other_reports:
        metadata["others"] = " ".join(hit.claim.id for hit in other_reports)
    return modals.modal(
        f"correct_{kind}",
        [
            *paragraph_sections(editable.paragraph, tuple(spans)),
            parts.section(claim_parts.render_who_line(editable.hit)),
            claim_parts.article_context(editable.hit),
            *corrections,
            *_inputs(kind, editable),
            *_scope_input(editable, other_reports),
            _input("why", _text_input(f"why_{kind}", modals.MAX_REASON_LENGTH)),
        ],
        title=f"correcting.title_{kind}",
        submit=f"correcting.submit_{kind}",
        metadata=json.dumps(metadata),
    )


# -- the inputs


def _inputs(kind: str, editable: EditableClaim) -> Iterator[Block]:
    if kind in ("speaker", "somebody"):
        if options := _speaker_options(editable):
            yield _input("who", select_menu("who", options), optional=True)
        yield _input("other", _text_input("other", MAX_NAME_LENGTH), optional=True)
        if editable.words:
            cue = _text_input("cue", MAX_CUE_LENGTH, _displayed_cue(editable))
            yield _input("cue", cue, optional=kind == "speaker")
    elif kind == "words":
        for name, index in zip(("first", "last"), first_and_last_word(editable), strict=True):
            yield _input(name, word_menu(editable, name, index))


def _scope_input(editable: EditableClaim, other_reports: Sequence[Hit]) -> Iterator[Block]:
    """Yield the choice between rejecting the claim here and in all articles that report it."""
    if not other_reports:
        return
    articles = [editable.article, *(hit.article for hit in other_reports)]
    outlets = list(dict.fromkeys(article.outlet or article_label(article) for article in articles))
    options = [
        parts.option(say("correcting.where_here", outlet=outlets[0]), HERE),
        parts.option(say("correcting.where_all", n=len(articles)), EVERYWHERE),
    ]
    # Few outlets would fit into an option's label.
    yield parts.context(
        parts.escape_note(say("correcting.where_reports", outlets=", ".join(outlets)))
    )
    yield _input(
        "where", {"type": "radio_buttons", "options": options, "initial_option": options[0]}
    )


def _displayed_cue(editable: EditableClaim) -> str:
    return " ".join((editable.claim.cue or "").split())[:MAX_CUE_LENGTH].rstrip()


def _speaker_options(editable: EditableClaim) -> list[Block]:
    """Return options for the speakers whom the article quotes, except the current one."""
    claim = editable.claim
    names = dict.fromkeys(filter(None, (claim.guess, *editable.speakers)))
    names.pop(claim.speaker or "", None)
    options = [parts.option(name, facet_value_id(name)) for name in names]
    if claim.kind == "attribution":
        options.append(parts.option(say("correcting.nobody"), NOBODY))
    return options[:MAX_OPTIONS]


def _text_input(name: str, max_length: int, value: str = "") -> Block:
    return modals.text_input(f"correcting.{name}", max_length, value)


def _input(name: str, element: Block, *, optional: bool = False) -> Block:
    return modals.field(name, f"correcting.{name}", element, optional=optional)


def _paragraph_hash(editable: EditableClaim) -> str:
    return hashlib.sha256(editable.paragraph.encode()).hexdigest()[:16]


# -- parsing


def parse_modal(view: Mapping[str, Any]) -> SubmittedModal:
    """Parse a submitted modal."""
    metadata = modals.parse_metadata(view, METADATA)
    values = {}
    for name, block in view["state"]["values"].items():
        element = block.get(name) or {}
        option = element.get("selected_option") or {}
        values[name] = " ".join(str(element.get("value") or option.get("value") or "").split())
    other_ids = metadata["others"] if values.get("where") == EVERYWHERE else ""
    return SubmittedModal(
        claim_id=metadata["claim"],
        answer_url=metadata["answer"],
        paragraph_hash=metadata["seen"],
        values=values,
        other_claim_ids=tuple(other_ids.split()),
    )


def requested_changes(
    kind: str, editable: EditableClaim, submission: SubmittedModal
) -> RequestedChanges:
    """Return the changes that a modal of one of KINDS requests, or its errors."""
    match kind:
        case "rejected":
            changes, errors = RequestedChanges({"rejected": True}, {})
        case "words":
            changes, errors = _content_change(editable, submission)
        case _:
            changes, errors = _speaker_changes(editable, submission.values)
    if not submission.values.get("why"):
        errors = {**errors, "why": say("correcting.no_reason")}
    return RequestedChanges(changes, errors)


def _speaker_changes(editable: EditableClaim, values: Mapping[str, str]) -> RequestedChanges:
    typed_name, selected = values.get("other"), values.get("who")
    if selected == NOBODY and not typed_name:
        return RequestedChanges({"kind": UNATTRIBUTED}, {})
    names = {facet_value_id(name): name for name in editable.speakers}
    name = typed_name or names.get(selected or "")
    cue, errors = _cue_change(editable, values.get("cue", ""))
    changes = {**({"speaker": name} if name else {}), **cue}
    if editable.claim.kind == UNATTRIBUTED:
        changes["kind"] = "attribution"
        if editable.words and not (cue or errors):
            errors = {"cue": say("correcting.no_cue")}
        if not name:
            errors = {**errors, "other": say("correcting.no_who")}
    elif not (changes or errors):
        errors = {"other": say("correcting.no_who")}
    return RequestedChanges(changes, errors)


def _cue_change(editable: EditableClaim, typed_words: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the span of a typed cue if it is a new one, or an error if it is not in the text."""
    is_unchanged = _normalise(typed_words) == _normalise(_displayed_cue(editable))
    if not typed_words or not editable.words or is_unchanged:
        return {}, {}
    if spans := find_in_paragraph(editable, typed_words):
        return {"cue": spans}, {}
    return {}, {"cue": say("correcting.cue_not_there")}


def find_in_paragraph(editable: EditableClaim, typed_words: str) -> Spans:
    """Find typed words in a claim's paragraph, at the place nearest to its cue or content.

    Case and surrounding punctuation are ignored. Returns no span if the words do not occur.
    """
    words = list(filter(None, map(_normalise, typed_words.split())))
    paragraph = [_normalise(text_at(editable, span)) for span in editable.words]
    boundaries = [index for span in editable.cue or editable.content for index in span] or [0]
    starts = [
        start
        for start in range(len(paragraph) - len(words) + 1)
        if words and paragraph[start : start + len(words)] == words
    ]
    if not starts:
        return ()
    nearest_start = min(starts, key=lambda start: min(abs(start - index) for index in boundaries))
    first, last = editable.words[nearest_start], editable.words[nearest_start + len(words) - 1]
    return (_trim_punctuation(editable, (first[0], last[1])),)


def _normalise(word: str) -> str:
    match = BARE_WORD.search(word)
    return match[0].casefold().replace("’", "'") if match else ""


def _trim_punctuation(editable: EditableClaim, span: Span) -> Span:
    """Return a span without the quotation marks and commas around it."""
    start, end = span
    match = BARE_WORD.search(editable.paragraph[start - editable.start : end - editable.start])
    return (match.start() + start, match.end() + start) if match else span


def _content_change(editable: EditableClaim, submission: SubmittedModal) -> RequestedChanges:
    if submission.paragraph_hash != _paragraph_hash(editable):
        return RequestedChanges({}, {"first": say("correcting.changed_meanwhile")})
    words, pieces = editable.words, editable.claim.spans
    current = first_and_last_word(editable)
    first, last = (
        _selected_word(submission.values.get(name), index, len(words))
        for name, index in zip(("first", "last"), current, strict=True)
    )
    if last < first:
        return RequestedChanges({}, {"last": say("correcting.upside_down")})
    if (first, last) == current:
        return RequestedChanges({}, {"first": say("correcting.as_before")})
    # An unchanged end keeps its punctuation, which is not part of a word.
    start = pieces[0][0] if first == current[0] else words[first][0]
    end = pieces[-1][1] if last == current[1] else words[last][1]
    return RequestedChanges({"content": tuple(_without_gaps((start, end), pieces))}, {})


def _selected_word(value: str | None, current: int, count: int) -> int:
    """Return the index of the selected word, or the current one if there is no such word."""
    match = re.fullmatch(r"\d{1,6}", value or "", re.ASCII)
    return int(match[0]) if match and int(match[0]) < count else current


def _without_gaps(span: Span, pieces: Spans) -> Iterator[Span]:
    """Yield the parts of a span outside the gaps between pieces of content: "…," he said, "…"."""
    start, end = span
    for (_, gap_start), (gap_end, _) in pairwise(pieces):
        if start < gap_start and gap_end < end:
            yield start, gap_start
            start = gap_end
    yield start, end
