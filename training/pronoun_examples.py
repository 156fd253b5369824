"""Examples of pronouns for training: from GAP, and from articles in which given names decide.

GAP (Webster et al., 2018, "Mind the GAP") labels two names for each pronoun. In other articles,
"she said" with only one woman in the sentences before is an example if men and women are candidates
alike: what is learned is where she was named.
"""

from __future__ import annotations

import csv
import io
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.extract.extractor import Extractor
from bot.extract.paragraphs import Paragraph, paragraphs_of
from bot.extract.speakers.mentions import Mentions
from bot.extract.speakers.names import Names
from bot.extract.speakers.pronouns.pronoun_features import Candidate, PronounContext, Spoken
from bot.extract.speakers.pronouns.pronoun_scorer import state_of
from bot.extract.tagger.tagger import States, Tagger
from bot.languages.table import references
from bot.model import Article, Extraction, Span

FAR = {"distance 5", "distance 8", "distance after"}
"""Features of candidates that are left out where names decide."""
PARAGRAPHS = "paragraphs"
"""How the features begin that GAP's snippets, which are one paragraph each, say nothing of."""
MAX_DECIDED = 6  # pronouns of one article


class Example(NamedTuple):
    """A pronoun with its candidates and their states (a row each; zeros where there is none).

    `right` are the persons that may be meant, and `none_right` whether nobody named may be. `pair`
    are GAP's two names.
    """

    pronoun: str
    candidates: Sequence[Candidate]
    own_state: np.ndarray
    states: np.ndarray
    has_state: np.ndarray
    right: frozenset[str]
    none_right: bool = False
    pair: tuple[str, str] = ("", "")
    pair_right: tuple[bool, bool] = (False, False)


def read_gap(corpus: Path, part: str, tagger: Tagger) -> Iterator[Example]:
    """Read the "development" or "validation" part of GAP."""
    with tarfile.open(corpus / "pronouns" / "gap-dev-validation.tar.xz") as archive:
        member = next(name for name in archive.getnames() if part in name)
        printed = archive.extractfile(member)
        assert printed  # noqa: S101 - a file, not a folder
        rows = io.StringIO(printed.read().decode("utf-8"))
    for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
        yield _gap_example(row, tagger)


def _gap_example(row: dict[str, str], tagger: Tagger) -> Example:
    text, pronoun, start = row["Text"], row["Pronoun"], int(row["Pronoun-offset"])
    offsets = {name: int(row[f"{name}-offset"]) for name in "AB"}
    spans = [(offset, offset + len(row[name])) for name, offset in offsets.items()]
    names = Names(text)
    mentions = Mentions(text, [Paragraph(0, len(text), "text")], names, also=spans)
    context = PronounContext(text, names, mentions)
    candidates = [
        candidate._replace(
            features=frozenset(
                name for name in candidate.features if not name.startswith(PARAGRAPHS)
            )
        )
        for candidate in context.candidates(start, pronoun.lower())
    ]
    people = {mention.start: mention.person for mention in mentions.all}
    pair = people.get(offsets["A"], "?A"), people.get(offsets["B"], "?B")
    pair_right = row["A-coref"] == "TRUE", row["B-coref"] == "TRUE"
    right = {name for name, is_right in zip(pair, pair_right, strict=True) if is_right}
    if not right:  # nobody, or somebody else
        right = {candidate.mention.person for candidate in candidates} - set(pair)
    example = _example(
        tagger.read_states([(0, text)], start), candidates, (start, start + len(pronoun)), pronoun
    )
    return example._replace(
        right=frozenset(right), none_right=not any(pair_right), pair=pair, pair_right=pair_right
    )


def _example(states: States, candidates: Sequence[Candidate], span: Span, pronoun: str) -> Example:
    own = state_of(states, span)
    width = states.rows.shape[1]
    found = [
        state_of(states, (mention.start, mention.end)) if own is not None else None
        for mention, _ in candidates
    ]
    blank = np.zeros(width, np.float32)
    rows = [blank if state is None else state for state in found]
    return Example(
        pronoun.lower(),
        candidates,
        blank if own is None else own,
        np.array(rows, np.float16).reshape(len(rows), width),
        np.array([state is not None for state in found], np.float32),
        frozenset(),
    )


def read_decided(archive: Path, count: int, extractor: Extractor, width: int) -> Iterator[Example]:
    """Find the pronouns whose person given names decide, in the first articles of an archive.

    `width` is that of a state; they have none.
    """
    with tarfile.open(archive) as files:
        members = sorted(name for name in files.getnames() if name.endswith(".txt"))[:count]
        texts = [files.extractfile(name).read().decode("utf-8") for name in members]  # type: ignore[union-attr]
    articles = [Article(id=str(index), origin="", text=text) for index, text in enumerate(texts)]
    for text, extraction in zip(texts, extractor.extract_many(articles), strict=True):
        yield from decided_in(text, extraction, width)


def decided_in(text: str, extraction: Extraction, width: int) -> Iterator[Example]:
    """Find the pronouns in one article whose person given names decide."""
    names, paragraphs = Names(text), paragraphs_of(text)
    context = PronounContext(text, names, Mentions(text, paragraphs, names))
    no_states = States([], np.zeros((0, width)))
    outer = [found for found in extraction.attributions if not found.inside and found.source]
    spoken = sorted(Spoken(found.source[0][0], found.speaker or "") for found in outer)
    sources = {found.source[0][0] for found in outer}
    found_in = [
        match
        for match in references.GENDERED_PRONOUN.finditer(text)
        if match[0].lower() in ("he", "she") and not context.mentions.quoted[match.start()]
    ]
    # Sources first: what they are like matters most.
    found_in.sort(key=lambda match: match.start() not in sources)
    for match in found_in[:MAX_DECIDED]:
        printed, start = match[0], match.start()
        pronoun = printed.lower()
        candidates = [
            candidate
            for candidate in context.candidates(start, pronoun, spoken, by_gender=False)
            if FAR.isdisjoint(candidate.features)
        ]
        fitting = {
            mention.person
            for mention, _ in candidates
            if names.goes_with_pronoun(mention.person, pronoun)
        }
        if len(fitting) == 1:
            # The states would only give away who is a man, and who a woman.
            example = _example(no_states, candidates, (start, start + len(printed)), pronoun)
            yield example._replace(right=frozenset(fitting))
