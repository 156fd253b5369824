"""Turn cues into finite verbs. No I/O."""

from __future__ import annotations

from bot.languages.table import LISTS, tenses


def finite_verb(cue: str, *, is_plural: bool, is_adjacent: bool) -> str | None:
    """Return a cue as a finite verb: "saying" becomes "said". None if it cannot be one ("to say").

    A cue in the base form ("say") is accepted only if the subject is plural and next to it
    (`is_adjacent`).
    """
    words = cue.split()
    adverbs = {word for word in words if word.endswith("ly") or word in LISTS["verb_adverbs"]}
    verb = next((word for word in words if word not in adverbs), "").rstrip(",:;")
    as_printed, lower = " ".join(words).rstrip(" :,;"), verb.lower()
    if tenses.POSSESSIVE_START.match(cue) or lower in LISTS["label_participles"]:
        return None
    is_auxiliary = tenses.NOT_ENDING.sub("", lower) in tenses.AUXILIARIES
    if is_auxiliary or lower in tenses.IRREGULAR_FORMS or tenses.REGULAR_PAST.fullmatch(verb):
        return as_printed
    if not verb.isalpha():
        return None
    if tenses.PARTICIPLE.fullmatch(verb):
        can_be_simplified = words[0] == verb and not tenses.is_irregular(lower)
        return tenses.simplify_cue(cue) if can_be_simplified else None
    if tenses.THIRD_PERSON_VERB.fullmatch(verb):
        return as_printed
    return as_printed if is_plural and is_adjacent else None
