"""Divide what the tagger took for one attribution, but has two cues."""

from __future__ import annotations

from dataclasses import replace

from bot.extract.spans.drafts import Draft, quotations_between
from bot.languages.table import acts, span_edges


def split_at_quotation(text: str, draft: Draft) -> list[Draft]:
    """Divide "fears that it leaks: “I saw it”", in which only the quotation was said.

    A quotation in a sentence after a question ("asked whether it leaks. “No.”") may be the answer,
    and is left out.
    """
    cue = draft.cue_words(text)
    asks = not acts.ASKING.isdisjoint(cue)
    is_speech = any(acts.CLASS_OF.get(word) == "speech" for word in cue) and not asks
    if is_speech or not cue or not draft.content or draft.content[-1][0] < draft.cue_end:
        return [draft]
    start, end = draft.content[-1]
    if it := span_edges.IT_AND_COLON.search(text, *draft.cue[-1]):
        return [
            replace(draft, cue=((draft.cue[-1][0], it.start()),), content=(it.span("it"),)),
            replace(draft, cue=(it.span("colon"),)),
        ]
    quoted = quotations_between(text, draft.paragraph, start, end)
    if not quoted or quoted[0][0] <= start:
        return [draft]
    opening = quoted[0][0]
    before = text[start:opening].rstrip()
    if not before.endswith((".", "?", "!") if asks else (":", ".", "?", "!")):
        return [draft]
    unquoted = replace(draft, content=(*draft.content[:-1], (start, start + len(before) - 1)))
    if asks:
        return [draft if text[opening:end].rstrip("”\"' ").endswith("?") else unquoted]
    colon = start + len(before) - 1
    mark = (colon, colon + 1) if before.endswith(":") else (opening, opening + 1)
    return [unquoted, replace(draft, cue=(mark,), content=((opening, end),))]


def split_at_second_cue(text: str, draft: Draft) -> list[Draft]:
    """Divide "said she was sorry and hoped they would return", in which one source has two cues."""
    if not draft.source or not draft.content or draft.content[-1][0] < draft.cue_end:
        return [draft]
    start, end = draft.content[-1]
    for second in span_edges.SECOND_CUE.finditer(text, start, end):
        if quotations_between(text, draft.paragraph, second.start(), second.end("cue")):
            continue
        if acts.CLASS_OF.get(second["cue"].lower()) not in ("speech", "thought"):
            continue
        if second["cue"].endswith("s") != text[draft.cue_start : draft.cue_end].endswith("s"):
            continue
        first_content = (*draft.content[:-1], (start, second.start()))
        rest = (second.end(), end)
        return [
            replace(draft, content=first_content),
            replace(draft, cue=(second.span("cue"),), content=(rest,)),
        ]
    return [draft]
