"""What somebody said, asked for by nouns or as headlines do: "ekberg's reason for the delay",
"veld accusing the minister", "tilling on the call".
"""

from __future__ import annotations

from bot.questions.question import Asked, Known, Question
from bot.questions.readings import by_whom, or_any_words
from bot.questions.speaker import is_known, whom
from bot.questions.tokens import Tokens, is_noun, kept, says, up_to
from bot.questions.words import is_one_of, listed


def of_noun(asked: Asked, start: int) -> Question | None:
    """What somebody said, by the noun for it: X's denial of Y, the denial by X of Y."""
    tokens = asked.tokens
    at = next((n for n in range(start, len(tokens)) if is_noun(tokens[n])), None)
    if at is None:
        return possessed(asked, start)
    named, behind = tokens[start:at], tokens[at + 1 :]
    named = tuple(one for one in named if one not in ("any", "all", "latest"))
    if not [one for one in named if one not in listed("determiners")] and behind[:1] in (
        ("by",), ("from",), ("of",),
    ):  # fmt: skip
        named, behind = up_to(behind[1:], "about")
    if not is_known(named, asked.known) and not is_whom(named, asked.known):
        return possessed(asked, start)
    own = (tokens[at],) if is_one_of(tokens[at], "telling_nouns") else ()
    return by_whom(named, (*own, *behind), asked.known, denied=is_one_of(tokens[at], "denials"))


def possessed(asked: Asked, start: int) -> Question | None:
    """What somebody said of what is theirs: "strand's reason for the delay"."""
    tokens = asked.tokens[start:]
    at = next((n for n, one in enumerate(tokens[:-1], 1) if one.endswith(("'s", "s'"))), None)
    if at is None or not is_known(tokens[:at], asked.known):
        return None
    said = by_whom(tokens[:at], tokens[at:], asked.known)
    if said and len(tokens) == at + 1:  # "beck's defence" may be anything that he says
        everything = by_whom(tokens[:at], (), asked.known)
        return said._replace(
            readings=(*said.readings, *(everything.readings if everything else ()))
        )
    return said and or_any_words(said, tokens)


def doing(asked: Asked) -> Question | None:
    """Somebody doing something: "veld accusing the minister"."""
    tokens = asked.tokens
    at = next((n for n in range(1, len(tokens) - 1) if tokens[n].endswith("ing")), None)
    if at is None or not says(tokens[at]) or not is_known(tokens[:at], asked.known):
        return None
    denied = is_one_of(tokens[at], "denying")
    return by_whom(tokens[:at], (*kept(tokens[at]), *tokens[at + 1 :]), asked.known, denied=denied)


def joined(asked: Asked) -> Question | None:
    """Somebody on something: "tilling on the conversation"."""
    tokens = asked.tokens
    at = next((n for n in range(1, len(tokens) - 1) if tokens[n] in listed("joining")), None)
    if at is None or not is_known(tokens[:at], asked.known):
        return None
    return by_whom(tokens[:at], tokens[at + 1 :], asked.known)


def is_whom(named: Tokens, known: Known) -> bool:
    """Whether some words name somebody whose claims are known."""
    found = whom(named, known)
    return found is not None and found.by is not None and known.speaker(found.by) is not None
