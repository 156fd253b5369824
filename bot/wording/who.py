"""The who-line of a claim: who says it, how, to whom, and through whom. Pure.

It must not let a reader take a denial for an assertion, or a refusal for an answer. An inferred
name is followed by what is printed: Xi Jinping (“He”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.languages.table import cue_forms, negation, printed_roles, tenses
from bot.model import FOREIGN_PARAGRAPH, UNATTRIBUTED, Claim, Passage
from bot.wording.role import name_with_role, role_of, title_of
from bot.wording.runs import Run, Runs, capitalised, say_runs
from bot.words import say

WORDS = re.compile(r"\w+")


def who_line(
    claim: Claim,
    passage: Passage | None = None,
    *,
    outlet: str | None = None,
    role: str | None = None,
) -> Runs:
    """Say who says a claim, and how, or that this is not known.

    `passage` has the words that negate the cue. `outlet` is named for what the article says in its
    own voice. `role` is a role from elsewhere in the article, shown in place of any other.
    """
    if claim.kind == UNATTRIBUTED and not claim.speaker:
        return _own_voice(outlet)
    if claim.kind == FOREIGN_PARAGRAPH:
        return _own_voice(outlet)
    cue = cue_phrase(claim, passage)
    if not (claim.speaker or claim.source):
        if (
            held := cue_forms.REPORTED_BELIEF.fullmatch(claim.text)
            if cue_forms.REPORTED_PASSIVE.fullmatch(cue)
            else None
        ):
            holder: Runs = (Run(held[1].strip(), strong=True),)
            return capitalised(say_runs("who.cue_behind", who=holder, cue=f"{cue} to {held[2]}"))
        nobody = (Run(say("who.no_source"), strong=True),)
        return say_runs("who.but_cue", said=nobody, cue=cue) if cue else nobody
    if claim.unsure or (passage and is_cleft(passage)):
        return _with_chain(_unsure(claim, cue), claim)
    who = _named(claim, passage.introduction if passage else None, role)
    if claim.via and not claim.inside and not _must_show_cue(claim, cue):
        return capitalised(_with_chain(who, claim))
    return capitalised(_with_chain(_with_cue(claim, who, cue), claim))


def is_cleft(passage: Passage) -> bool:
    """Whether the source is in a cleft sentence: "it was not Marsh who said"."""
    if len(passage.source) != 1:
        return False
    start, end = passage.source[0]
    is_relative = passage.text[start:end].casefold() in ("who", "that")
    return is_relative and bool(cue_forms.NEGATED_CLAUSE.search(passage.text, 0, start))


def _own_voice(outlet: str | None) -> Runs:
    if outlet is None:
        return say_runs("who.own_words")
    return say_runs("who.own_words_of", outlet=(Run(outlet, strong=True),))


def _must_show_cue(claim: Claim, cue: str) -> bool:
    """Whether the verb says more than that it was said."""
    is_plain = claim.stance in (None, "said") and (not cue or cue_forms.PLAIN_CUE.fullmatch(cue))
    return claim.negative or not is_plain


def _unsure(claim: Claim, cue: str) -> Runs:
    """Name nobody, but keep the word without which it would read as if it had been said."""
    who: Runs = (Run(say("who.unclear"), strong=True),)
    if cue and _must_show_cue(claim, cue):
        who = say_runs("who.but_cue", said=who, cue=cue)
    return say_runs("who.prints", said=who, printed=claim.source or claim.speaker or "")


# -- who


def name_of(claim: Claim) -> str | None:
    """Who says a claim, by name or description; None if unsure or not given."""
    return None if claim.unsure else claim.known_as or claim.speaker or claim.source


def _named(claim: Claim, introduction: str | None = None, role: str | None = None) -> Runs:
    """The name of the speaker, with what the article prints in its place and their role."""
    source = claim.source or ""
    name = claim.known_as or claim.speaker or source
    if name in source and cue_forms.VIEWED_BY.search(source.partition(name)[0]):
        name = source
    if printed_roles.ANOTHER_PERSON.search(source):
        return (Run(source, strong=True),)
    is_called_so = not source or is_part_of_name(source, name)
    if claim.source_kind == "unnamed" and not claim.known_as and is_called_so:
        return _unnamed(source or name)
    is_unnamed = claim.source_kind in ("described", "unnamed") and not is_body(name)
    remarks = [say("who.unnamed")] if is_unnamed else []
    if not is_called_so:
        remarks.append(say("who.printed", printed=source))
    is_told = not remarks and (title_of(source, name) or role_of(source, name))
    elsewhere = introduction or "" if claim.source_kind == "named" else ""
    if role and role.casefold() not in source.casefold():
        is_told, elsewhere = False, name_with_role(f"{title_of(source, name)}{name}", role)
    return _with_role(name, source, source if is_told else elsewhere, remarks)


def _with_role(name: str, source: str, printed: str, remarks: Sequence[str]) -> Runs:
    """A name with its role from `printed`, which is the source or other words of the article."""
    role = role_of(printed, name)
    shown: Runs = (Run(f"{title_of(printed, name)}{name}", strong=True),)
    if remarks:
        shown = say_runs("who.remarks", name=shown, remarks=", ".join(remarks))
    if role is None or role.casefold() == printed_roles.LEADING_ARTICLE.sub("", source).casefold():
        return shown
    if role[0].isupper() and printed.startswith(f"{role} "):
        # The capital may be that of a name ("Rovers chairman") or of the sentence.
        return say_runs("who.role_before", name=shown, role=role)
    return say_runs("who.role", name=shown, role=role)


def _unnamed(printed: str) -> Runs:
    """A source without a name: "Unnamed insiders", "An unnamed source"."""
    words = printed_roles.LEADING_ARTICLE.sub("", printed)
    if words.casefold() in cue_forms.GENERIC_SOURCES:
        return (Run(say("who.unnamed_source"), strong=True),)
    noun = cue_forms.NOUN_END.split(words.split(",")[0], maxsplit=1)[0]
    if cue_forms.PLURAL_SOURCE.search(noun) and not cue_forms.QUANTIFIER.match(words):
        if noun == words.split()[0]:  # "Sources at the yard", but "European officials"
            words = f"{words[0].lower()}{words[1:]}"
        return (Run(say("who.unnamed_several", sources=words), strong=True),)
    name: Runs = (Run(printed, strong=True),)
    return say_runs("who.remarks", name=name, remarks=say("who.unnamed"))


def is_body(who: str) -> bool:
    """Whether words name a body ("the ministry"), which cannot be anonymous."""
    who = who.split(",")[0]
    # "The secretary of state's office": skip the owner, which may be any words.
    owner = cue_forms.POSSESSIVE.search(who)
    noun = cue_forms.NOUN_END.split(who[owner.end() :] if owner else who, maxsplit=1)[0].split()[
        -1:
    ]
    return bool(noun and cue_forms.ORGANISATION_OR_DOCUMENT.fullmatch(noun[0]))


def is_part_of_name(printed: str, name: str) -> bool:
    """Whether a printed source is the name, with a role or title, or a part of it: "Mr Hallas"."""
    bare = printed_roles.LEADING_ARTICLE.sub("", name)
    if bare.casefold() in printed.casefold():
        before, _, after = printed.casefold().partition(bare.casefold())
        is_anothers = printed_roles.TRAILING_PREPOSITION.search(before.strip()) or re.match(
            r"['’]s\s", after
        )
        return not is_anothers
    words = WORDS.findall(
        cue_forms.HONORIFIC.sub("", printed_roles.LEADING_ARTICLE.sub("", printed)).casefold()
    )
    own = set(WORDS.findall(name.casefold()))
    return bool(words) and printed[:1].isupper() and set(words) <= own


# -- how


def cue_phrase(claim: Claim, passage: Passage | None = None) -> str:
    """The cue with the words that negate it, so that a negated one never reads as said."""
    printed = claim.cue or ""
    if passage and passage.cue and not claim.corrected:
        whole = " ".join(passage.text[start:end] for start, end in passage.cue)
        if len(whole.split()) > len(printed.split()):
            printed = whole
    cue = cue_forms.TIME_PHRASE.sub("", " ".join(printed.split()).rstrip(" ,:;—–-"))
    if not claim.negative:
        return cue if negation.NEAR_NEGATION.match(f"{cue} ") else tenses.simplify_cue(cue)
    if not cue:
        return say("who.unsaid")
    found = negation.CUE_NEGATION.match(cue) or negation.CUE_NEGATION.match(
        cue_forms.VERB_MODIFIERS.sub("", cue)
    )
    is_whole = (
        found and not cue_forms.LEADING_CUE.match(cue) and not cue_forms.NEGATIVE_START.match(cue)
    )
    in_order = cue_forms.FRONTED_NEGATION.sub(lambda found: f"{found[2]} {found[1].lower()}", cue)
    return in_order if is_whole else say("who.not_said", cue=cue)


def _with_cue(claim: Claim, who: Runs, cue: str) -> Runs:
    if not cue:
        return who
    if claim.negative:
        return say_runs("who.cue_behind", who=who, cue=_refusal(claim, _uncapitalised(cue)))
    if claim.stance == "believes" and (verb := cue_forms.BELIEF_VERBS.get(cue.casefold())):
        is_several = verb == cue.casefold() or _is_several(claim)
        return say_runs("who.believe" if is_several else "who.believes", who=who, verb=verb)
    if cue_forms.ACCORDING_TO.fullmatch(cue) or cue_forms.ADDRESSING_CUE.match(cue):
        return say_runs("who.cue_behind", who=who, cue=say("who.said"))
    if cue_forms.LEADING_CUE.match(cue) or cue_forms.NOUN_CUE.match(cue):
        return say_runs("who.but_cue", said=_without_comma(who), cue=cue)
    return say_runs("who.cue_behind", who=who, cue=_uncapitalised(cue))


def _refusal(claim: Claim, cue: str) -> str:
    """A negated cue: "declined" with what was declined, without the topic."""
    if cue.split()[-1] in cue_forms.REFUSAL_VERBS and (
        what := cue_forms.DECLINED_ACTION.match(claim.text)
    ):
        return f"{cue} {what[0]}"
    return cue_forms.TRAILING_PREPOSITION.sub("", cue)


def _uncapitalised(cue: str) -> str:
    """Lower the first letter of a cue that began its sentence ("Asked whether …")."""
    return f"{cue[:1].lower()}{cue[1:]}"


def _is_several(claim: Claim) -> bool:
    """Whether the words for a speaker are plural."""
    if claim.source_kind == "named":
        return False
    noun = cue_forms.NOUN_END.split(
        (claim.speaker or claim.source or "").split(",")[0], maxsplit=1
    )[0]
    return bool(cue_forms.PLURAL_SOURCE.search(noun))


# -- through whom


def _with_chain(runs: Runs, claim: Claim) -> Runs:
    """Add those who relayed the claim."""
    names = list(claim.via)
    if claim.inside and names:
        outer, cue = _outer(_lowercase_article(names.pop(0))), claim.outer_cue
        if cue:  # "The ministry denied that Hallas had said" is not "according to the ministry"
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
    """Lower the article of a name inside a line: "the ministry"."""
    is_name = name != f"{name[:1]}{name[1:].lower()}"
    return (
        name
        if is_name or not printed_roles.LEADING_ARTICLE.match(name)
        else name[0].lower() + name[1:]
    )


def _without_comma(runs: Runs) -> Runs:
    """Drop the comma after a role, because another follows."""
    *before, last = runs
    return (*before, last._replace(text=last.text.removesuffix(",")))


def _outer(name: str) -> Runs:
    """The outer speaker of a claim. Lower-case words without "the" ("people familiar with the
    matter") are taken for an unnamed source, as only the words are known here."""
    shown = (Run(name, strong=True),)
    nobody = name == name.lower() and not name.startswith("the ")
    return say_runs("who.remarks", name=shown, remarks=say("who.unnamed")) if nobody else shown
