"""The verbs with which something is said: which of them make a sentence of their subject. Pure."""

from __future__ import annotations

import re

from bot.languages.table import tenses
from bot.wording.who import readable


def finite(cue: str, *, of_several: bool, near: bool) -> str | None:
    """A cue as the verb of a sentence, "saying" as "said"; None where it is none ("to say").

    `of_several` says that its subject is plural, and `near` that it stands beside its subject: only
    then is "say" its verb.
    """
    words = cue.split()
    verb = next((word for word in words if not tenses.BESIDE.fullmatch(word)), "").rstrip(",:;")
    as_printed = " ".join(words).rstrip(" :,;")
    if tenses.NO_VERB.match(cue) or tenses.LABELS.fullmatch(verb):
        return None
    if (
        tenses.AUXILIARY.fullmatch(verb)
        or tenses.PAST.fullmatch(verb)
        or re.fullmatch(r"\w{3,}ed", verb)
    ):
        return as_printed
    if not verb.isalpha():
        return None
    if re.fullmatch(r"\w{3,}ing", verb):
        is_safe = words[0] == verb and not tenses.NO_REGULAR.fullmatch(verb)
        return readable(cue) if is_safe else None
    if re.search(r"[^s]s$", verb):
        return as_printed
    return as_printed if of_several and near else None


def spelled_out(cue: str) -> str:
    """A cue that leans on a pronoun as it stands behind a name: "’s claiming" as "is claiming"."""
    found = re.match(r"[’'](s|ll)\s+(\w+)", cue)
    if found is None:
        return cue
    past = "is" if found[2].endswith("ing") else "has"
    return f"{'will' if found[1] == 'll' else past} {cue[found.start(2) :]}"
