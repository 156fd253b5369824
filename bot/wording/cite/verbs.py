"""Turn cues into finite verbs. Pure."""

from __future__ import annotations

from bot.languages.table import tenses


def finite_verb(cue: str, *, of_several: bool, near: bool) -> str | None:
    """Make a cue the verb of a sentence, "saying" as "said"; None if it cannot be one ("to say").

    "Say" is accepted only if the subject is plural (`of_several`) and adjacent (`near`).
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
        is_safe = words[0] == verb and not tenses.IRREGULAR_PARTICIPLE.fullmatch(verb)
        return tenses.simplify_cue(cue) if is_safe else None
    if tenses.THIRD_PERSON_VERB.fullmatch(verb):
        return as_printed
    return as_printed if of_several and near else None
