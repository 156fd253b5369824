"""Cite over all claims of the annotated articles: as printed, as posted, and without a guess."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import config
from bot.extract.extractor import Extractor
from bot.model import Hit
from bot.newsroom import Newsroom
from bot.slack.surfaces.answers.citation import make_citation
from bot.slack.surfaces.answers.cite import cite_blocks
from bot.slack.surfaces.answers.shared_claims import cite_message, share_message
from bot.slack.surfaces.answers.sharing import Posting
from bot.text.sentences import sentences
from bot.wording.cite.sentence import make_sentence
from bot.wording.hits import before_line, without_guess
from bot.wording.runs import plain_text
from tests.slack.desk import read

ARTICLES = Path(__file__).parents[3] / "extract"
POSTING = Posting("c1", "C1", "1.5", None, "", "")


@pytest.fixture(scope="module")
def found(
    tmp_path_factory: pytest.TempPathFactory, extractor: Extractor
) -> Iterator[list[tuple[Hit, str]]]:
    """All claims of the articles, each with the texts of them."""
    folder = tmp_path_factory.mktemp("articles")
    for name in ("annotated", "news/open"):
        for file in sorted((ARTICLES / name).glob("*.txt")):
            shutil.copy(file, folder)
    data = str(tmp_path_factory.mktemp("newsroom"))
    with Newsroom(config.load({"CLAIMDESK_DATA": data})) as newsroom:
        newsroom.extractions.extractor = extractor
        results = newsroom.intake.files.ingest([folder])
        archive, hits = newsroom.store.archive, []
        for article_id in {outcome.id for result in results for outcome in result.outcomes}:
            text, _ = archive.texts({article_id})[article_id]
            claims = [claim.id for claim in archive.claims_in(article_id)]
            hits += [(hit, text) for hit in newsroom.claims.load_hits(claims).values()]
        yield hits


def test_what_cite_shows_is_what_it_posts(found: list[tuple[Hit, str]]) -> None:
    for hit, _ in found:
        citation = make_citation(hit)
        message = cite_message(hit, citation, "cited by")
        shown = cite_blocks(citation, message, POSTING)
        assert shown[: len(message.blocks)] == message.blocks
        assert message.blocks[0]["text"] == {
            "type": "plain_text",
            "text": shown[-3]["element"]["initial_value"],
            "emoji": False,
        }
    assert len(found) > 500


def test_nothing_posted_names_a_guess(found: list[tuple[Hit, str]]) -> None:
    guessed = [hit for hit, _ in found if hit.claim.guess]
    for hit in guessed:
        guess, article, near = hit.claim.guess or "", hit.article, hit.claim.near
        # Whoever surely said what this responds to may be named for that.
        # So may whoever surely says the sentence before.
        before = plain_text(before_line(without_guess(hit)))
        printed = hit.passage.text if hit.passage else ""
        named = f"{printed} {before} {article.title} {article.opening} {near}"
        citation = make_citation(hit)
        message = cite_message(hit, citation, "cited by")
        shared = share_message(hit, "shared by")
        texts = [citation.text, citation.markdown, read({"blocks": message.blocks}), message.text]
        for text in (*texts, read({"blocks": shared.blocks}), shared.text):
            assert "probably" not in text
            assert text.count(guess) <= named.count(guess)
    assert len(guessed) > 20


def test_the_subject_is_printed_in_the_claims_own_sentence(found: list[tuple[Hit, str]]) -> None:
    number = 0
    for hit, text in found:
        runs = make_sentence(hit)
        subject = next((run.text for run in runs or () if run.strong), None)
        if subject is None:
            continue
        number += 1
        places = (*hit.claim.spans, *hit.claim.cue_spans)
        own = " ".join(
            text[start:end]
            for start, end in sentences(text)
            if any(first < end and start < last for first, last in places)
        )
        assert " ".join(subject.split()).casefold() in " ".join(own.split()).casefold()
    assert number > 100
