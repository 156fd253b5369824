"""What somebody is said to think, so that it does not read as their words. No I/O."""

from __future__ import annotations

from bot.languages.lookup import words_in
from bot.languages.table import cue_forms, negation
from bot.wording.runs import Runs, say_runs
from bot.words import say


def belief(speaker: Runs, cue: str, *, is_plural: bool) -> Runs | None:
    """Say that somebody is said to believe, hope or fear; None if the cue is not such a verb."""
    match = cue_forms.BELIEF.fullmatch(cue.casefold())
    if match is None or match["verb"] not in cue_forms.BELIEF_VERBS:
        return None
    verb = cue_forms.BELIEF_VERBS[match["verb"]]
    is_several = is_plural or verb == match["verb"]
    words = f"{match['adverb'] or ''}{verb}"
    return say_runs("who.believe" if is_several else "who.believes", who=speaker, verb=words)


def thought(speaker: Runs, cue: str, *, is_plural: bool) -> Runs:
    """Say what somebody is said to have thought: "is said to have been confident".

    A cue that says that they did not think it stays as it is: "no longer believes".
    """
    is_negated = not negation.NEGATION_WORDS.isdisjoint(words_in(cue))
    if is_negated or negation.CUE_NEGATION.search(cue):
        return say_runs("who.cue_behind", who=speaker, cue=cue)
    if state := cue_forms.THOUGHT_STATE.fullmatch(cue):
        verb = say("who.have_been" if state["past"] else "who.be", state=state["state"])
    elif past := cue_forms.PAST_THOUGHT.fullmatch(cue):
        verb = say("who.have", thought=past["thought"])
    else:
        verb = say("who.think", cue=cue)
    is_several = is_plural or cue_forms.PLURAL_VERB.match(cue)
    are_said = say("who.are_said" if is_several else "who.is_said")
    return say_runs("who.cue_behind", who=speaker, cue=f"{are_said} {verb}")
