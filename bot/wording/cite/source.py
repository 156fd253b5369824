"""The speaker as the subject of a sentence. No I/O."""

from __future__ import annotations

from bot.languages.table import capitals, cue_forms, passages
from bot.wording.cite.parts import EDGE_PUNCTUATION
from bot.wording.runs import Run, Runs
from bot.wording.who_line import is_part_of_name


def make_subject(printed: str, confirmed: str | None = None) -> Runs | None:
    """Return a source as printed, in bold as far as its apposition, or the name of the speaker that
    a reviewer has `confirmed`; None if only other sentences say who is meant ("his solicitor")."""
    words = printed.rstrip(EDGE_PUNCTUATION)
    refers_back = cue_forms.refers_back(
        cue_forms.TRAILING_CLAUSE.sub("", words).strip(EDGE_PUNCTUATION) or words
    )
    if confirmed and (refers_back or not is_part_of_name(words, confirmed)):
        return (Run(confirmed, strong=True),)
    is_unfinished = passages.is_unfinished(words)
    if refers_back or is_unfinished or capitals.POSSESSIVE_ENDING.search(words):
        return None
    name, comma, after = words.partition(",")
    if not comma or cue_forms.TWO_ITEM_LIST.search(after):
        return (Run(words, strong=True),)
    return Run(name, strong=True), Run(f",{after}")


def with_closing_comma(speaker: Runs) -> Runs:
    """Add the comma that closes an apposition after a name."""
    appositions = (run.text for run in speaker if not run.strong)
    return (*speaker, Run(",")) if "," in "".join(appositions) else speaker
