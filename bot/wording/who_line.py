"""The who-line of a claim: who says it, how, to whom, and through whom. No I/O.

A reader must not be able to take a denial for an assertion, or a refusal for an answer. An inferred
name is followed by what is printed: Xi Jinping (“He”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.languages.lookup import first_word, last_word, words_in
from bot.languages.table import (
    LISTS,
    clarity,
    cue_forms,
    negation,
    occupations,
    printed_roles,
    tenses,
)
from bot.model import FOREIGN_PARAGRAPH, UNATTRIBUTED, Claim, Passage
from bot.text.unnamed import is_body, is_unnamed
from bot.wording import thoughts
from bot.wording.role import name_with_role, role_of, title_of
from bot.wording.runs import Run, Runs, capitalise, say_runs
from bot.words import say

WORDS = re.compile(r"\w+")


def who_line(
    claim: Claim,
    passage: Passage | None = None,
    *,
    outlet: str | None = None,
    role: str | None = None,
) -> Runs:
    """Say who says a claim, and how, or that this is unknown.

    `passage` has the words that negate the cue. `outlet` is named for the article's own words.
    `role` is a role from elsewhere in the article, shown in place of any other.
    """
    if claim.act == "event":
        return say_runs("who.event", who=who_line(replace(claim, act=None), passage, role=role))
    is_own_voice = claim.kind == UNATTRIBUTED and not claim.speaker
    if is_own_voice or claim.kind == FOREIGN_PARAGRAPH:
        if outlet is None:
            return say_runs("who.own_words")
        return say_runs("who.own_words_of", outlet=(Run(outlet, strong=True),))
    if passage and is_cleft(passage):
        claim = replace(claim, speaker=None, guess=None, source=None)
    is_sourceless = not (claim.speaker or claim.source or claim.guess)
    if is_sourceless and claim.cue:
        # Nobody is named of whom to say that they did not say it: "[nobody] was told".
        claim = replace(claim, negative=False)
    cue = cue_phrase(claim, passage)
    if is_sourceless:
        return _with_chain(_without_source(claim, cue), claim)
    if claim.guess:
        speaker = _guessed_speaker(claim, claim.guess)
    else:
        speaker = _named_speaker(claim, passage.introduction if passage else None, role)
    is_plain = claim.stance in (None, "said") and (not cue or cue_forms.PLAIN_CUE.fullmatch(cue))
    if claim.via and not claim.inside and is_plain and not claim.negative:
        return capitalise(_with_chain(speaker, claim))
    return capitalise(_with_chain(_with_cue(claim, speaker, cue), claim))


def _without_source(claim: Claim, cue: str) -> Runs:
    """Say that no source is printed, or name who holds a belief: "China is said to believe"."""
    is_passive = cue_forms.REPORTED_PASSIVE.fullmatch(cue)
    belief = cue_forms.REPORTED_BELIEF.fullmatch(claim.text) if is_passive else None
    if belief and belief[2] in cue_forms.BELIEF_VERBS:
        holder: Runs = (Run(belief[1].strip(), strong=True),)
        return capitalise(say_runs("who.cue_behind", who=holder, cue=f"{cue} to {belief[2]}"))
    no_source = (Run(say("who.no_source"), strong=True),)
    return say_runs("who.but_cue", said=no_source, cue=cue) if cue else no_source


def is_cleft(passage: Passage) -> bool:
    """Whether the source is in a cleft sentence: "it was not Marsh who said"."""
    if len(passage.source) != 1:
        return False
    start, end = passage.source[0]
    is_relative = passage.text[start:end].casefold() in ("who", "that")
    return is_relative and bool(cue_forms.NEGATED_CLAUSE.search(passage.text, 0, start))


def _guessed_speaker(claim: Claim, guess: str) -> Runs:
    """The source as printed, with who it probably is: *The company* (probably Norlink)."""
    printed = claim.source or say("who.no_source")
    # The article prints the name, but perhaps not as the source of these words.
    is_printed = guess.casefold() in printed.casefold()
    probably = say("who.perhaps") if is_printed else say("who.probably", name=guess)
    return say_runs("who.remarks", name=(Run(printed, strong=True),), remarks=probably)


# -- who


def _named_speaker(claim: Claim, introduction: str | None, role: str | None) -> Runs:
    """The name of the speaker, with their role and the source that the article prints instead."""
    source = claim.source or ""
    name = claim.speaker_name or ""
    if name in source and cue_forms.VIEWED_BY.search(source.partition(name)[0]):
        name = source
    if not LISTS["anothers_words"].isdisjoint(words_in(source)):
        return (Run(source, strong=True),)
    is_printed_name = not source or is_part_of_name(source, name)
    if claim.source_kind == "unnamed" and not claim.known_as and is_printed_name:
        return _unnamed_source(source or name)
    remarks = [say("who.unnamed")] if is_unnamed(claim.source_kind, name) else []
    if not is_printed_name:
        remarks.append(say("who.printed", printed=source))
    has_role = not remarks and (title_of(source, name) or role_of(source, name))
    role_text = introduction or "" if claim.source_kind == "named" else ""
    if role and role.casefold() not in source.casefold():
        has_role, role_text = False, name_with_role(f"{title_of(source, name)}{name}", role)
    return _with_role(name, source, source if has_role else role_text, remarks)


def _with_role(name: str, source: str, printed: str, remarks: Sequence[str]) -> Runs:
    """Add the role in `printed`, which is the source or other words of the article, to a name."""
    role = role_of(printed, name)
    runs: Runs = (Run(f"{title_of(printed, name)}{name}", strong=True),)
    if remarks:
        runs = say_runs("who.remarks", name=runs, remarks=", ".join(remarks))
    if role is None or role.casefold() == printed_roles.LEADING_ARTICLE.sub("", source).casefold():
        return runs
    if role[0].isupper() and printed.startswith(f"{role} "):
        # The capital may be that of a name ("Rovers chairman") or of the sentence.
        return say_runs("who.role_before", name=runs, role=role)
    return say_runs("who.role", name=runs, role=role)


def _unnamed_source(printed: str) -> Runs:
    """A source without a name: "Unnamed insiders", "An unnamed source"."""
    words = printed_roles.LEADING_ARTICLE.sub("", printed)
    if words.casefold() in cue_forms.GENERIC_SOURCES:
        return (Run(say("who.unnamed_source"), strong=True),)
    noun = cue_forms.NOUN_END.split(words.split(",")[0], maxsplit=1)[0]
    is_counted = words[0].isdigit() or first_word(words) in cue_forms.QUANTIFIERS
    if clarity.ends_in_plural(noun) and not is_counted:
        # "Sources at the yard" loses its capital, but "European officials" does not.
        if noun == words.split()[0]:
            words = f"{words[0].lower()}{words[1:]}"
        return (Run(say("who.unnamed_several", sources=words), strong=True),)
    name: Runs = (Run(printed, strong=True),)
    return say_runs("who.remarks", name=name, remarks=say("who.unnamed"))


def is_part_of_name(printed: str, name: str) -> bool:
    """Whether a printed source is the name, or a part of it ("Mr Hallas"), with any role or
    title."""
    name_words = printed_roles.LEADING_ARTICLE.sub("", name)
    if name_words.casefold() in printed.casefold():
        prefix, _, suffix = printed.casefold().partition(name_words.casefold())
        is_another = last_word(prefix.rstrip()) in LISTS["words_before_another"] or re.match(
            r"['’]s\s", suffix
        )
        return not is_another
    words = WORDS.findall(printed_roles.LEADING_ARTICLE.sub("", printed).casefold())
    words = words[1:] if words and words[0] in occupations.HONORIFICS else words
    own_words = set(WORDS.findall(name.casefold()))
    return bool(words) and printed[:1].isupper() and set(words) <= own_words


# -- how


def cue_phrase(claim: Claim, passage: Passage | None = None) -> str:
    """Return the cue with the words that negate it, so that a negated cue never reads as said."""
    printed = claim.cue or ""
    if passage and passage.cue and not claim.corrected:
        with_negation = " ".join(passage.text[start:end] for start, end in passage.cue)
        if len(with_negation.split()) > len(printed.split()):
            printed = with_negation
    cue = cue_forms.TIME_PHRASE.sub("", " ".join(printed.split()).rstrip(" ,:;—–-"))
    if not claim.negative:
        return cue if negation.NEAR_NEGATION.match(f"{cue} ") else tenses.simplify_cue(cue)
    if not cue:
        return say("who.unsaid")
    negation_match = negation.CUE_NEGATION.match(cue) or negation.CUE_NEGATION.match(
        cue_forms.VERB_MODIFIERS.sub("", cue)
    )
    is_complete = (
        negation_match
        and not cue_forms.LEADING_CUE.match(cue)
        and not cue_forms.NEGATIVE_START.match(cue)
    )
    return cue if is_complete else say("who.not_said", cue=cue)


def _with_cue(claim: Claim, speaker: Runs, cue: str) -> Runs:
    if not cue:  # a signature, or a turn of a transcript
        return _without_comma(speaker)
    if claim.negative:
        return say_runs("who.cue_behind", who=speaker, cue=_refusal(claim, _uncapitalised(cue)))
    is_thought = claim.act == "thought" or (claim.act is None and claim.stance == "believes")
    if is_thought and (line := thoughts.belief(speaker, cue, is_plural=_is_plural(claim))):
        return line
    if claim.act == "thought":
        return thoughts.thought(speaker, _uncapitalised(cue), is_plural=_is_plural(claim))
    if passive := cue_forms.PASSIVE_AGENT.fullmatch(cue):
        cue = passive["verb"].lower()
    if cue_forms.ACCORDING_TO.fullmatch(cue) or cue_forms.ADDRESSING_CUE.match(cue):
        return say_runs("who.cue_behind", who=speaker, cue=say("who.said"))
    if cue_forms.LEADING_CUE.match(cue) or cue_forms.NOUN_CUE.match(cue):
        return say_runs("who.but_cue", said=_without_comma(speaker), cue=cue)
    return say_runs("who.cue_behind", who=speaker, cue=_uncapitalised(cue))


def _refusal(claim: Claim, cue: str) -> str:
    """Return a negated cue: "declined" with what was declined, without the topic."""
    if cue_forms.REFUSAL.fullmatch(cue.split()[-1]) and (
        verb_phrase := cue_forms.DECLINED_ACTION.match(claim.text)
    ):
        return f"{cue} {verb_phrase[0]}"
    return cue_forms.TRAILING_PREPOSITION.sub("", cue)


def _uncapitalised(cue: str) -> str:
    """Lower the first letter of a cue that began its sentence ("Asked whether …")."""
    return f"{cue[:1].lower()}{cue[1:]}"


def _is_plural(claim: Claim) -> bool:
    """Whether the words for a speaker are plural."""
    if claim.source_kind == "named":
        name = claim.speaker_name or claim.source or ""
        return bool(cue_forms.SEVERAL_NAMES.search(name)) and not is_body(name)
    words = (claim.speaker or claim.source or "").split(",")[0]
    return clarity.is_plural(words)


# -- intermediaries


def _with_chain(runs: Runs, claim: Claim) -> Runs:
    """Add the intermediaries of a claim."""
    names = list(claim.via)
    if claim.inside and names:
        outer, cue = _outer_speaker(_lowercase_article(names.pop(0))), claim.outer_cue
        if cue:  # for "the ministry denied that Hallas had said", "according to" would be wrong
            runs = say_runs(
                "who.in_what", said=_without_comma(runs), name=outer, cue=cue.rstrip(" ,:;")
            )
        else:
            runs = say_runs("who.according_to", said=_without_comma(runs), name=outer)
    for name in names:
        via = (Run(_lowercase_article(name), strong=True),)
        runs = say_runs("who.via", said=_without_comma(runs), name=via)
    return runs


def _lowercase_article(name: str) -> str:
    """Lower the article of a name within a line: "the ministry"."""
    has_capitals = name != f"{name[:1]}{name[1:].lower()}"
    if has_capitals or not printed_roles.LEADING_ARTICLE.match(name):
        return name
    return f"{name[0].lower()}{name[1:]}"


def _without_comma(runs: Runs) -> Runs:
    """Drop the comma after a role, because another comma follows."""
    *before, last = runs
    return (*before, last._replace(text=last.text.removesuffix(",")))


def _outer_speaker(name: str) -> Runs:
    """The outer speaker of a claim. Lower-case words without "the" ("people familiar with the
    matter") count as an unnamed source, since only the words are known here."""
    runs = (Run(name, strong=True),)
    is_unnamed = name == name.lower() and not name.startswith("the ")
    return say_runs("who.remarks", name=runs, remarks=say("who.unnamed")) if is_unnamed else runs
