"""Whether a draft and an article name the same speaker, and drop or harden what stands between
them. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz.distance import OSA

from bot.languages.table import printed_words
from bot.model import Claim
from bot.speakers.names import Name, parse_name
from bot.speakers.spelling import fold_name
from bot.text.unnamed import is_unnamed

MIN_FAMILY_LETTERS = 5
"""A shorter family name with another letter may be another family's."""
MAX_OUTLET_WORDS = 5
DESCRIPTION_WORDS = 14
"""How far from a name an article may describe its bearer."""


def is_same_speaker(
    draft: Claim | None, printed: Claim | None, canonical: Mapping[str, str], text: str
) -> bool | None:
    """Tell whether two claims have one speaker; None if that is not sure.

    Only printed names, or those that surely stand for a printed source, tell two speakers apart:
    neither a guess nor a description does. `text` is the printed article's.
    """
    mine, theirs = _speaker(draft), _speaker(printed)
    if not mine or not theirs or draft is None or printed is None:
        return None
    if canonical.get(mine, mine) == canonical.get(theirs, theirs):
        return True
    mine_words, their_words = ({*fold_name(one)} - {"the", "a", "an"} for one in (mine, theirs))
    if mine_words and (mine_words <= their_words or their_words <= mine_words):
        return True
    are_named = draft.source_kind == printed.source_kind == "named"
    if not (are_named and mine[:1].isupper() and theirs[:1].isupper()):
        return True if _describes(mine, theirs, text) or _describes(theirs, mine, text) else None
    return _are_one(parse_name(mine), parse_name(theirs))


def _speaker(claim: Claim | None) -> str | None:
    return None if claim is None or claim.guess else claim.speaker


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


def _describes(description: str, name: str, text: str) -> bool:
    """Whether a text has all words of a description close to a name."""
    wanted = {*fold_name(description)} - {"the", "a", "an", "of"}
    words = fold_name(text) if wanted and name else ()
    names = {*fold_name(name)}
    return any(
        wanted <= {*words[max(0, index - DESCRIPTION_WORDS) : index + DESCRIPTION_WORDS]}
        for index, word in enumerate(words)
        if word in names
    )


def is_chain_lost(
    draft: Claim | None, printed: Claim, outlet: str | None, place: str
) -> bool | None:
    """Tell whether a draft drops, or makes firmer, through whom an article has what was said.

    `outlet` is the article's, `place` the text of the draft around it. None if that is not sure.
    """
    source = printed.speaker or printed.source or ""
    if is_unnamed(printed.source_kind, source):
        return _is_firmer(draft, source, place)
    if printed.source_kind == "none" and not printed.via:
        return False
    told, known = _told_outlet(printed.cue or ""), {*fold_name(place)}
    if told and printed_words.THE_OUTLET.fullmatch(told):
        return not (printed_words.THE_OUTLET.search(place) or _told_outlet(place))
    for name in (*printed.via, *filter(None, [told])):
        words = {*fold_name(name)} - {"the", "a", "an", "told", "of"}
        if words and words.isdisjoint(known) and not words <= {*fold_name(outlet or "")}:
            return True
    return False


def _is_firmer(draft: Claim | None, source: str, place: str) -> bool | None:
    if printed_words.UNNAMED_WORDS.search(place):
        return False
    if draft is None or draft.source_kind == "none":
        return True
    printed = draft.speaker or draft.source or ""
    if is_unnamed(draft.source_kind, printed):
        return False
    if draft.is_unresolved:
        return None
    if draft.source_kind == "named":
        return True
    # "The official" of a draft that introduced him before: no firmer.
    return {*fold_name(printed)}.isdisjoint({*fold_name(source)} - {"the", "a", "an", "of", "in"})


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
    if printed.type != "direct" and (printed.negative or printed.stance == "denied"):
        return not draft.negative and draft.stance != "denied"
    return draft.stance in printed_words.FIRMER.get(printed.stance or "", ())
