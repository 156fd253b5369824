"""Whether a draft and an article name the same speaker, and drop or harden what stands between
them. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.desk.alignment import PrintedText
from bot.desk.words import negation_count, text_words
from bot.languages.table import printed_words, pronouns
from bot.model import ArticleCard, Claim
from bot.speakers.introductions import introduction
from bot.speakers.names import Name, parse_name
from bot.speakers.spelling import fold_name
from bot.text.unnamed import is_body, is_unnamed

MIN_PRONOUN = 0.96
"""How sure it must be whom "he" is, for another to have said his words in print."""
MIN_FAMILY_LETTERS = 5
"""A shorter family name with another letter may be another family's."""
MAX_OUTLET_WORDS = 5
MAX_DISTANCE = 700
"""Characters within which "the official" is whom an earlier claim quotes."""
AFTER_CUE = 60
"""Characters after a cue in which the outlet may stand to which something was told."""


@dataclass(frozen=True, slots=True)
class PrintedArticle:
    """An article with its words and its attributions."""

    card: ArticleCard
    text: PrintedText
    claims: Sequence[Claim]


def is_same_speaker(
    draft: Claim | None, printed: Claim, canonical: Mapping[str, str], article: PrintedArticle
) -> bool | None:
    """Tell whether two claims have one speaker; None if that is not sure.

    Only printed names, or those that surely stand for a printed source, tell two speakers apart:
    neither a guess nor a description does, but for a source whom the article does not name.
    """
    mine = (draft.speaker or draft.guess) if draft else None
    theirs = printed.speaker or printed.guess
    if draft is None or not mine:
        return None
    unnamed = unnamed_source(printed, article)
    if not unnamed and theirs and _are_one_name(mine, theirs, canonical):
        return True
    is_name = _is_sure(draft) and draft.source_kind == "named" and mine[:1].isupper()
    if unnamed:
        if is_name or (is_body(mine) and _is_sure(draft)):
            return None if {*fold_name(mine)} <= {*fold_name(unnamed)} else False
        return True if is_unnamed(draft.source_kind, mine) else None
    if is_name and theirs and _is_sure(printed) and printed.source_kind == "named":
        return _are_one(parse_name(mine), parse_name(theirs)) if theirs[:1].isupper() else None
    is_described = bool(theirs) and _heads(mine) and not is_body(mine)
    known = introduction(article.text.text, printed) or "" if is_described else ""
    return True if is_described and _heads(mine) <= {*fold_name(known)} else None


def _is_sure(claim: Claim) -> bool:
    """Whether a claim's speaker is no guess, and a person if a pronoun stands for them."""
    if claim.guess or not claim.speaker:
        return False
    if (claim.source or "").casefold() not in pronouns.PERSONAL:
        return True
    is_person = parse_name(claim.speaker).kind != "organisation"
    return is_person and (claim.speaker_confidence or 0) >= MIN_PRONOUN


def _are_one_name(mine: str, theirs: str, canonical: Mapping[str, str]) -> bool:
    return canonical.get(mine, mine) == canonical.get(theirs, theirs) or _are_alike(mine, theirs)


def _are_alike(mine: str, theirs: str) -> bool:
    """Whether one of two names or descriptions is the other with less: "Falk" for "Ida Falk", "the
    ministry" for "the transport ministry", but not "the ministry" for "a ministry official"."""
    one, other = (
        [word for word in fold_name(name) if word not in printed_words.ANYBODY]
        for name in (mine, theirs)
    )
    if not one or not other or not ({*one} <= {*other} or {*other} <= {*one}):
        return False
    starts = mine[:1].isupper() and theirs[:1].isupper() and one[0] == other[0]
    return starts or _last_head(mine) == _last_head(theirs)


def _last_head(name: str) -> str:
    words = fold_name(printed_words.PREPOSITION.split(name.casefold(), maxsplit=1)[0])
    return words[-1] if words else ""


def _are_one(mine: Name, theirs: Name) -> bool | None:
    if (mine.kind == "organisation") != (theirs.kind == "organisation"):
        return None
    if mine.kind == "organisation":
        initials = {"".join(word[0] for word in one.words) for one in (mine, theirs)}
        acronyms = {one.acronym for one in (mine, theirs)} - {""}
        return bool(acronyms & initials)
    distance = OSA.distance(mine.family, theirs.family)
    if distance > (len(theirs.family) >= MIN_FAMILY_LETTERS):
        return False
    if not (mine.given and theirs.given):
        return True if not distance else None
    first, other = mine.given[0], theirs.given[0]
    is_initial = min(len(first), len(other)) == 1 and first[0] == other[0]
    return first == other or is_initial or OSA.distance(first, other) <= 1


def unnamed_source(printed: Claim, article: PrintedArticle) -> str | None:
    """Return how an article describes the source of a claim whom it names nowhere; None if it names
    it.

    "The official" and "one of them" are whom the claims before quote.
    """
    source = printed.speaker or printed.source or ""
    is_known = printed.source_kind == "named" or printed.guess or not source
    if is_known or printed_words.SPOKESPERSON.search(source):
        return None
    for claim in reversed(article.claims):
        is_before = claim.kind == "attribution" and 0 < _distance(claim, printed) < MAX_DISTANCE
        other = claim.speaker or claim.source or ""
        is_source = is_before and other != source and is_unnamed(claim.source_kind, other)
        if is_source and (not _heads(source) or _heads(source) & {*fold_name(other)}):
            return f"{other}, {source}"
    return source if is_unnamed(printed.source_kind, source) else None


def _distance(claim: Claim, later: Claim) -> int:
    return later.spans[0][0] - claim.spans[0][0] if claim.spans and later.spans else 0


def is_chain_lost(
    draft: Claim | None, printed: Claim, article: PrintedArticle, place: str
) -> bool | None:
    """Tell whether a draft drops, or makes firmer, through whom an article has what was said.

    `place` is the text of the draft around it. None if that is not sure.
    """
    known = {*fold_name(place)}
    told = _told_outlet(_after_cue(printed, article.text.text))
    if told and printed_words.THE_OUTLET.fullmatch(told):
        if not (printed_words.THE_OUTLET.search(place) or _told_outlet(place)):
            return True
        told = None
    for name in (*printed.via, *filter(None, [told])):
        words = fold_name(name)
        if (
            words
            and words[-1] not in known
            and not {*words} <= {*fold_name(article.card.outlet or "")}
        ):
            return True
    source = unnamed_source(printed, article)
    return _is_firmer(draft, source, place) if source else False


def _is_firmer(draft: Claim | None, source: str, place: str) -> bool | None:
    if draft is not None and draft.source_kind == "named" and draft.speaker:
        return True
    if printed_words.UNNAMED_WORDS.search(place):
        return False
    if draft is None or draft.source_kind == "none":
        return True
    if draft.is_unresolved:
        return None
    heads = _heads(draft.speaker or draft.source or "")
    return bool(heads) and heads.isdisjoint(fold_name(source))


def _heads(source: str) -> set[str]:
    """Return the words of a description before its first preposition that say who it is."""
    words = printed_words.PREPOSITION.split(source.casefold(), maxsplit=1)[0]
    return {*fold_name(words)} - printed_words.ANYBODY


def _after_cue(claim: Claim, text: str) -> str:
    """Return a claim's cue with the words after it."""
    if not claim.cue_spans:
        return claim.cue or ""
    start, end = claim.cue_spans[0][0], claim.cue_spans[-1][1]
    return printed_words.QUOTE_OR_STOP.split(text[start : end + AFTER_CUE], maxsplit=1)[0]


def _told_outlet(text: str) -> str | None:
    """Return the outlet to which a text says that something was told."""
    for whom in text.split("told ")[1:]:
        words = " ".join(whom.split()[:MAX_OUTLET_WORDS])
        found = printed_words.OUTLET_NAME.search(words) or printed_words.THE_OUTLET.search(words)
        if found:
            return found[0]
    return None


def is_force_changed(draft: Claim | None, printed: Claim) -> bool:
    """Tell whether a draft makes what was said firmer, or drops that it was denied or not said."""
    if draft is None:
        return False
    cue = draft.cue or ""
    if printed.type != "direct" and printed.stance == "denied" and not printed.negative:
        return draft.stance != "denied" and not negation_count(text_words(draft.text))
    if printed.type != "direct" and printed.negative:
        return not draft.negative and draft.stance != "denied"
    if printed.stance in ("claimed", "believes", "asked"):
        return draft.stance == "confirmed" or bool(printed_words.FACTIVE.search(cue))
    return (
        printed.type == "indirect"
        and bool(printed_words.CONFIRM.search(cue))
        and (printed.stance == "said")
    )
