"""What somebody said, asked for by nouns or as headlines do: "ekberg's reason for the delay",
"veld accusing the minister", "tilling on the call".
"""

from __future__ import annotations

from bot.questions.question import ArchiveLookup, ParsedQuestion, Question
from bot.questions.readings import or_ask_words, said_by
from bot.questions.speaker import is_known, read_speaker
from bot.questions.tokens import Tokens, is_saying_verb, is_speech_noun, searched_verb, split_before
from bot.questions.words import is_form_of, word_list


def by_speech_noun(asked: ParsedQuestion, start: int) -> Question | None:
    """What somebody said, by the noun for it: X's denial of Y, the denial by X of Y."""
    tokens = asked.tokens
    at = next((n for n in range(start, len(tokens)) if is_speech_noun(tokens[n])), None)
    if at is None:
        return by_possessive(asked, start)
    named, behind = tokens[start:at], tokens[at + 1 :]
    named = tuple(one for one in named if one not in ("any", "all", "latest"))
    if not [one for one in named if one not in word_list("determiners")] and behind[:1] in (
        ("by",), ("from",), ("of",),
    ):  # fmt: skip
        named, behind = split_before(behind[1:], "about")
    if not is_known(named, asked.archive) and not names_known_speaker(named, asked.archive):
        return by_possessive(asked, start)
    own = (tokens[at],) if is_form_of(tokens[at], "telling_nouns") else ()
    return said_by(named, (*own, *behind), asked.archive, denied=is_form_of(tokens[at], "denials"))


def by_possessive(asked: ParsedQuestion, start: int) -> Question | None:
    """What somebody said of what is theirs: "strand's reason for the delay"."""
    tokens = asked.tokens[start:]
    at = next((n for n, one in enumerate(tokens[:-1], 1) if one.endswith(("'s", "s'"))), None)
    if at is None or not is_known(tokens[:at], asked.archive):
        return None
    said = said_by(tokens[:at], tokens[at:], asked.archive)
    if said and len(tokens) == at + 1:  # "beck's defence" may be anything that he says
        everything = said_by(tokens[:at], (), asked.archive)
        return said._replace(
            readings=(*said.readings, *(everything.readings if everything else ()))
        )
    return said and or_ask_words(said, tokens)


def by_participle(asked: ParsedQuestion) -> Question | None:
    """Somebody doing something: "veld accusing the minister"."""
    tokens = asked.tokens
    at = next((n for n in range(1, len(tokens) - 1) if tokens[n].endswith("ing")), None)
    if at is None or not is_saying_verb(tokens[at]) or not is_known(tokens[:at], asked.archive):
        return None
    denied = is_form_of(tokens[at], "denying")
    return said_by(
        tokens[:at], (*searched_verb(tokens[at]), *tokens[at + 1 :]), asked.archive, denied=denied
    )


def by_preposition(asked: ParsedQuestion) -> Question | None:
    """Somebody on something: "tilling on the conversation"."""
    tokens = asked.tokens
    at = next((n for n in range(1, len(tokens) - 1) if tokens[n] in word_list("joining")), None)
    if at is None or not is_known(tokens[:at], asked.archive):
        return None
    return said_by(tokens[:at], tokens[at + 1 :], asked.archive)


def names_known_speaker(named: Tokens, known: ArchiveLookup) -> bool:
    """Whether some words name somebody whose claims are known."""
    found = read_speaker(named, known)
    return found is not None and found.by is not None and known.find_speaker(found.by) is not None
