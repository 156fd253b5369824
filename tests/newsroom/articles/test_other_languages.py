"""Copies, and articles in other languages, over the real store, index and tagger."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot import config
from bot.cli.output.json_lines import answer_json
from bot.languages.table import LANGUAGES
from bot.model import Document
from bot.newsroom import Newsroom
from bot.newsroom.articles.claims import copy_claims
from bot.wording.hits import who_line
from bot.wording.runs import plain_text
from tests.text.test_languages import SENTENCES

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
STORY = (
    'The port stays shut. "The wall is safe," said Ingrid Solvane, the harbour master. '
    "Officials denied on Monday that ships had left, according to the ministry."
)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})
    newsroom = Newsroom(settings, clock=lambda: NOW)
    yield newsroom
    newsroom.close()


def document(text: str, origin: str = "a.txt", **known: object) -> Document:
    return Document(**{"origin": origin, "text": text, "outlet": origin} | known)


def in_language(code: str) -> Document:
    return document(f"{SENTENCES[code]}\n\n{SENTENCES[code]}\n\n…", origin=f"{code}.txt")


def found(newsroom: Newsroom, query: str) -> list[tuple[str, str]]:
    return [(hit.claim.kind, hit.claim.text) for hit in newsroom.search.find(query).hits]


@pytest.mark.parametrize(
    ("code", "query"),
    [
        ("fr", "capitainerie fermé"),
        ("fr", "ferme plongeurs"),  # without accents
        ("de", '"Mauer am westlichen Kai"'),
        ("ru", "водолазы"),
        ("ar", "الميناء"),
        ("zh", "港口当局星期二表示"),  # what stands between two punctuation marks
    ],
)
def test_other_languages_are_searched_as_text_and_say_so(
    newsroom: Newsroom, code: str, query: str
) -> None:
    (outcome,) = newsroom.intake.articles.ingest([in_language(code)])
    assert outcome.language == code
    (hit, *_) = newsroom.search.find(query).hits
    assert (hit.claim.kind, hit.claim.text) == ("passage", SENTENCES[code])
    assert hit.claim.speaker is hit.claim.cue is None
    said = plain_text(who_line(hit))
    assert said.startswith("Text in ")
    assert said.endswith(": I can't find claims in it")
    assert found(newsroom, f"lang:{code} type:passage {query}")
    assert not found(newsroom, f"lang:en {query}")


def test_the_extractor_reads_the_languages_of_the_table(newsroom: Newsroom, monkeypatch) -> None:
    begun = []
    begin = newsroom.extractions.extractor.submit_together

    def noted(articles):
        begun.extend(article.language for article in articles)
        return begin(articles)

    monkeypatch.setattr(newsroom.extractions.extractor, "submit_together", noted)
    monkeypatch.setitem(LANGUAGES, "fr", LANGUAGES["en"])
    outcomes = newsroom.intake.articles.ingest([in_language("fr"), in_language("de")])
    assert begun == ["fr"]
    french, german = (newsroom.store.archive.claims_in(one.id) for one in outcomes)
    assert "passage" not in {claim.kind for claim in french}
    assert {claim.kind for claim in german} == {"passage"}


def test_json_says_that_nobody_has_read_a_text_for_claims(newsroom: Newsroom) -> None:
    newsroom.intake.articles.ingest([in_language("fr")])
    (line, *_) = answer_json(newsroom.search.find("capitainerie"))["hits"]
    assert line["who"] == "Text in French: I can't find claims in it"


def test_foreign_paragraphs_are_neither_counted_nor_news(newsroom: Newsroom) -> None:
    newsroom.intake.articles.ingest([in_language("fr")])
    assert (
        newsroom.store.archive.coverage().articles,
        newsroom.store.archive.coverage().claims,
    ) == (1, 0)
    newsroom.intake.articles.ingest([document(STORY)])
    claims = newsroom.store.archive.coverage().claims
    assert claims > 1
    digest = newsroom.digests.preview(
        day=(NOW + timedelta(days=1)).date(), subscription=None, at=time(8), zone="UTC"
    )
    assert (digest.claims, digest.articles) == (claims, 1)
    assert "passage" not in {row.current.hit.claim.kind for row in digest.rows if row.current.hit}


def test_short_foreign_lines_are_skipped(newsroom: Newsroom) -> None:
    newsroom.intake.articles.ingest(
        [document(f"Port fermé\n\n{SENTENCES['fr']}", outlet="Le Quai")]
    )
    assert [kind for kind, _ in found(newsroom, 'in:"Le Quai"')] == ["passage"]


def test_an_exact_copy_is_not_extracted_again(newsroom: Newsroom, monkeypatch) -> None:
    newsroom.intake.articles.ingest([document(STORY, "Post")])

    def no(articles):
        raise AssertionError(articles)

    monkeypatch.setattr(newsroom.extractions.extractor, "submit_together", no)
    copy, other_day = document(STORY, "Herald"), document(STORY, "Wire", published_on=NOW.date())
    (outcome,) = newsroom.intake.articles.ingest([copy])
    here = newsroom.store.archive.claims_in(outcome.id)
    assert here
    assert {claim.article_id for claim in here} == {outcome.id}
    with pytest.raises(AssertionError):  # "on Monday" is another day
        newsroom.intake.articles.ingest([other_day])


def test_copied_claims_equal_extracted_ones(
    newsroom: Newsroom,
) -> None:
    outcomes = newsroom.intake.articles.ingest(
        [document(STORY, "Post"), document(f"{STORY} ", "Herald")]
    )
    post, herald = (newsroom.store.archive.claims_in(one.id) for one in outcomes)
    assert copy_claims(post, outcomes[1].id) == herald
    assert len({claim.id for claim in [*post, *herald]}) == 2 * len(post)


def test_wire_story_in_five_outlets_is_one_row(newsroom: Newsroom) -> None:
    outlets = ("Wire", "Post", "Herald", "Courier", "Chronicle")
    local = "The mayor of Tarn said that the ferry would sail on Sunday."
    story = "\n\n".join([STORY, "Twenty ships are waiting. " * 8])
    documents = [document(f"{story}\n\n{local if o == 'Post' else ''}", o) for o in outlets]
    for one in documents:
        newsroom.intake.articles.ingest([one])
    (row,) = newsroom.search.find_rows('"the wall is safe"', limit=5).rows
    assert row.hits[0].article.outlet == "Wire"
    assert {hit.article.outlet for hit in row.hits} == set(outlets)
    assert {hit.article.family_id for hit in row.hits} == {row.hits[0].article.id}
    addition = "the ferry would sail on Sunday"
    assert found(newsroom, "in:post ferry") == [("attribution", addition)]
    digest = newsroom.digests.preview(
        day=(NOW + timedelta(days=1)).date(), subscription=None, at=time(8), zone="UTC"
    )
    assert digest.articles == 5
    shown = {one.current.hit.claim.text: one for one in digest.rows if one.current.hit}
    assert {hit.current.hit.article.outlet for hit in shown.values()} == {"Wire", "Post"}
    assert shown[addition].others == ()
    others = [one.others for text, one in shown.items() if text != addition]
    assert all({hit.article.outlet for hit in hits} | {"Wire"} == set(outlets) for hits in others)
    first = row.hits[0].article.id
    said = {claim.text for claim in newsroom.store.archive.claims_in(first)}
    assert digest.claims == len(said) + 1  # what an article repeats is one statement


def test_reextraction_keeps_foreign_paragraphs(newsroom: Newsroom) -> None:
    newsroom.intake.articles.ingest([in_language("de")])
    before = set(newsroom.store.archive.claim_ids())
    assert list(newsroom.intake.reextraction.reextract(all_articles=True))[-1] == 0
    assert set(newsroom.store.archive.claim_ids()) == before
