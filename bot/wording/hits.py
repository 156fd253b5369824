"""The who-line and the passage of a hit, for every surface. No I/O."""

from __future__ import annotations

from dataclasses import replace

from bot.languages.lookup import words_in
from bot.languages.table import cue_forms, negation, printed_roles
from bot.model import FOREIGN_PARAGRAPH, UNATTRIBUTED, Claim, Hit, Passage, Spans
from bot.wording.language_names import language_name
from bot.wording.passage import MAX_LENGTH, shorten_passage
from bot.wording.runs import Run, Runs, say_runs, shorten
from bot.wording.who_line import cue_phrase, is_part_of_name
from bot.wording.who_line import who_line as of_claim
from bot.words import say

MAX_GAP = 2
"""Characters between a source and its cue that are read as one: a comma and a space."""


def who_line(hit: Hit) -> Runs:
    """Say who says a claim, how, and through whom; or that its language is not supported."""
    if hit.claim.kind == FOREIGN_PARAGRAPH:
        return (Run(say("who.unread", language=language_name(hit.article.language))),)
    return of_claim(hit.claim, hit.passage, outlet=hit.article.outlet, role=hit.role)


def card_line(hit: Hit, printed: str = "") -> tuple[Runs, tuple[str, ...]]:
    """Say who makes a claim, and in tags what is not plain speech.

    Where the text `printed` below begins with the source and the reporting verb, the line is the
    name with its role.
    """
    claim, passage = hit.claim, hit.passage
    if claim.act == "event" or claim.kind == FOREIGN_PARAGRAPH:
        return who_line(hit), ()
    is_own_voice = claim.kind == UNATTRIBUTED and not claim.speaker
    tags = {
        "own_words": is_own_voice,
        "refusal": claim.negative and cue_forms.REFUSAL.search(claim.cue or ""),
        "denial": claim.stance == "denied" and not claim.negative,
        "belief": claim.stance == "believes" and not claim.negative,
        "disputed": any(not dispute.is_same_matter for dispute in hit.disputes),
    }
    if is_own_voice:
        who: Runs = (Run(hit.article.outlet, strong=True),) if hit.article.outlet else ()
    elif passage and _says_all(claim, passage, printed):
        who = of_claim(replace(claim, cue=None), replace(passage, cue=()), role=hit.role)
    else:
        who = who_line(hit)
    return who, tuple(say(f"who.tag_{tag}") for tag, is_shown in tags.items() if is_shown)


def _says_all(claim: Claim, passage: Passage, printed: str) -> bool:
    """Whether the text of a claim begins with its speaker's name and the verb, and the line above
    would say no more: that it was not said, through whom, that it is a guess or corrected."""
    says_more = claim.guess or claim.negative or claim.corrected or claim.via or claim.inside
    if says_more or not _begins_with_source(claim, passage):
        return False
    (start, end), *_ = passage.cue
    cue = " ".join(passage.text[slice(*span)] for span in passage.cue)
    is_next = 0 <= start - passage.source[-1][1] <= MAX_GAP
    return (
        is_next
        and printed.startswith(passage.text[:end])
        and negation.NEGATION_WORDS.isdisjoint(words_in(cue))
        and not negation.CUE_NEGATION.search(cue)
    )


def _begins_with_source(claim: Claim, passage: Passage) -> bool:
    is_first = passage.cue and passage.source and passage.source[0][0] == 0
    return bool(is_first) and is_part_of_name(claim.source or "", claim.speaker_name or "")


def hit_before(hit: Hit) -> Hit | None:
    """Return what another speaker says before a claim that can't be understood without it."""
    before = hit.passage.before if hit.passage else None
    if not (before and before.is_needed):
        return None
    return replace(hit, claim=before.claim, passage=before.passage, passage_matches=(), role=None)


def before_line(hit: Hit, max_length: int = MAX_LENGTH) -> Runs:
    """Say what another speaker says before a claim, and who unless the sentence begins with that;
    empty if the claim can be understood without it."""
    if not (other := hit_before(hit)):
        return ()
    printed, _ = shown_passage(other, max_length)
    if other.passage and _begins_with_source(other.claim, other.passage):
        return (Run(printed),)
    return say_runs("who.before", who=who_line(other), printed=printed)


def after_line(hit: Hit) -> Runs:
    """Say after whose words the article goes on in its own; empty if it does not, or if this can't
    be said in plain English."""
    before = hit.passage.before if hit.passage else None
    if hit.claim.kind != UNATTRIBUTED or not before or before.is_needed:
        return ()
    if (hit.claim.paragraph or 0) - (before.claim.paragraph or 0) > 1:
        return ()
    claim, near = replace(before.claim, via=()), hit.claim.near
    name, cue = claim.speaker or claim.source, cue_phrase(claim, before.passage)
    is_said = cue_forms.PLAIN_CUE.fullmatch(cue) or cue_forms.ACCORDING_TO.fullmatch(cue)
    is_denied = claim.stance == "denied" and cue.isalpha()
    if not name or claim.negative or claim.act == "thought" or not (is_said or is_denied):
        return ()
    if is_said and near and near.report and near.speaker == claim.speaker:
        claim = replace(claim, cue=say("who.told", outlet=near.report))
    if claim.speaker and claim.source_kind == "described":
        claim = replace(claim, source=claim.speaker)
    first, *rest = of_claim(claim)
    if first.text == say("who.no_source"):
        return ()
    is_word = printed_roles.LEADING_ARTICLE.match(name) or cue_forms.refers_back(name)
    if name[0].islower() or is_word or claim.source_kind == "unnamed":
        first = first._replace(text=f"{first.text[0].lower()}{first.text[1:]}")
    return say_runs("who.after", who=(first, *rest))


def shown_passage(hit: Hit, max_length: int = MAX_LENGTH) -> tuple[str, Spans]:
    """Return the shortened passage of a claim and the matches in it, or its content if it has no
    passage."""
    if hit.passage:
        return shorten_passage(hit.passage, hit.passage_matches, max_length)
    text = shorten(hit.claim.text, max_length)
    return text, tuple(
        (start, min(end, len(text))) for start, end in hit.text_matches if start < len(text)
    )


def without_guess(hit: Hit) -> Hit:
    """Return a hit without the guess at its speaker, for what people post.

    A source with words of that name is the guess itself: the name printed nearest.
    """

    def without(claim: Claim) -> Claim:
        if not claim.guess:
            return claim
        source = None if is_part_of_name(claim.source or "", claim.guess) else claim.source
        return replace(claim, guess=None, source=source)

    passage = hit.passage
    if passage and passage.before:
        before = replace(passage.before, claim=without(passage.before.claim))
        passage = replace(passage, before=before)
    return replace(hit, claim=without(hit.claim), passage=passage)
