"""Turn cues into finite verbs. No I/O."""

from __future__ import annotations

from bot.languages.table import tenses


def finite_verb(cue: str, *, is_plural: bool, is_adjacent: bool) -> str | None:
    """Return a cue as a finite verb: "saying" becomes "said". None if it cannot be one ("to say").

    A cue in the base form ("say") is accepted only if the subject is plural and next to it
    (`is_adjacent`).
    """
    words = cue.split()
    verb = next((word for word in words if not tenses.VERB_ADVERB.fullmatch(word)), "").rstrip(
        ",:;"
    )
    as_printed = " ".join(words).rstrip(" :,;")
    if tenses.POSSESSIVE_START.match(cue) or tenses.LABEL_PARTICIPLE.fullmatch(verb):
        return None
    if (
        tenses.AUXILIARY_VERB.fullmatch(verb)
        or tenses.IRREGULAR_PAST.fullmatch(verb)
        or tenses.REGULAR_PAST.fullmatch(verb)
    ):
        return as_printed
    if not verb.isalpha():
        return None
    if tenses.PARTICIPLE.fullmatch(verb):
        can_be_simplified = words[0] == verb and not tenses.IRREGULAR_PARTICIPLE.fullmatch(verb)
        return tenses.simplify_cue(cue) if can_be_simplified else None
    if tenses.THIRD_PERSON_VERB.fullmatch(verb):
        return as_printed
    return as_printed if is_plural and is_adjacent else None
