"""A draft checked against the archive: each quotation gets the row it deserves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk import lines
from bot.desk.check import MAX_DRAFT, Check
from bot.errors import QueryError
from bot.model import Document
from bot.newsroom import Newsroom
from tests.desk.conftest import FERRY, HARBOUR, file_article

Checked = Callable[[str], Check]


@pytest.mark.parametrize(
    ("draft", "finding"),
    [
        ("“We found 14 cracks in three days,” said Ingrid Solvane.", "word_for_word"),
        ("“We found 15 cracks in three days,” said Ingrid Solvane.", "altered"),
        ("“We found 14 cracks in three days,” said Corin Hallas.", "another_speaker"),
        ("“We found 14 cracks in three days,” the harbour master said.", "word_for_word"),
        ("“We found 14 cracks in three days,” a resident said.", "not_sure"),
        ("“They were told in spring and they sat on it,” Corin Hallas said.", "another_speaker"),
        ("“They were told in spring and they sat on it,” a surveyor said.", "chain_lost"),
        ("The cracks had been known since March.", "chain_lost"),
        ("“They were told in spring and they sat on it,” said a person familiar with it.",
         "word_for_word"),
        ("“I have sold two ropes since the spring,” said Ida Falk.", "chain_lost"),
        ("“I have sold two ropes since the spring,” Ida Falk told the Norton Gazette.",
         "word_for_word"),
        ("Corin Hallas said the port will reopen before Christmas.", "force_changed"),
        ("Corin Hallas said the port may reopen before Christmas.", "word_for_word"),
        ("“Seagulls are the only ones who profit from this,” said Ingrid Solvane.", "not_found"),
        ("“The port owes nobody an apology. The boats were late, the money was gone,” said Corin "
         "Hallas.", "altered"),
    ],
)  # fmt: skip
def test_each_quotation_has_its_row(checked: Checked, draft: str, finding: str) -> None:
    (row,) = checked(f"The harbour stays shut.\n\n{draft}\n").rows
    assert row.finding == finding


def test_the_worst_comes_first_below_the_sums(checked: Checked) -> None:
    found = checked(
        "“No vessel will berth until the wall has been declared safe,” said Ingrid Solvane.\n\n"
        "“The boats were late, the money was there,” said Anna Qvist.\n"
    )
    assert [row.finding for row in found.rows] == ["altered", "word_for_word"]
    assert lines.sum_lines(found) == ["2 quotations: 1 word for word, 1 altered"]
    assert found.names == {"Anna Qvist": "Anna Quist"}


def test_a_corrected_source_is_no_longer_one(
    newsroom: Newsroom, checked: Checked, tmp_path: Path
) -> None:
    draft = "“We found 14 cracks in three days,” said Ingrid Solvane."
    file_article(newsroom, tmp_path / "harbour.txt", HARBOUR.replace("14 cracks", "11 cracks"))
    (row,) = checked(draft).rows
    assert (row.finding, row.gone and row.gone.state) == ("source_gone", "earlier")


def test_a_withdrawn_source_is_shown_without_its_words(
    newsroom: Newsroom, checked: Checked
) -> None:
    draft = "“We found 14 cracks in three days,” said Ingrid Solvane."
    article = checked(draft).rows[0].article
    assert article
    newsroom.intake.articles.remove([article.card.id], reason="a court said so")
    (row,) = checked(draft).rows
    assert (row.finding, row.gone and row.gone.state) == ("source_gone", "withdrawn")
    assert row.shown_article is None
    assert lines.finding_lines(row) == ["The source was withdrawn"]
    assert checked("“We found 14 cracks,” said Ingrid Solvane.").rows[0].finding == "not_found"


def test_a_source_under_embargo_is_told(newsroom: Newsroom, checked: Checked) -> None:
    text = "“The bridge will be sold to a bank in May,” said Una Thorne, the mayor.\n"
    embargo = datetime(2100, 1, 1, tzinfo=UTC)
    document = Document(origin="wire/1", text=text, guid="g1", embargo=embargo)
    newsroom.intake.articles.ingest([document])
    (row,) = checked("“The bridge will be sold to a bank in May,” said Una Thorne.").rows
    assert (row.finding, row.gone and row.gone.state) == ("source_gone", "withheld")
    assert checked("“The bridge will be sold,” said Una Thorne.").rows[0].finding == "source_gone"


def test_nobody_hears_of_what_another_brought(newsroom: Newsroom, checked: Checked) -> None:
    draft = "“The bridge will be sold to a bank in May,” said Una Thorne."
    raw = f"{draft}\n\nThe council met on Monday and did not vote on the sale.\n".encode()
    sent = newsroom.intake.files.ingest_sent(raw, "a.txt", origin="sent/1", brought_by="T/U1")
    (outcome,) = sent.outcomes
    assert checked(draft).rows[0].finding == "not_found"
    newsroom.intake.articles.remove([outcome.id], reason="not for us")
    assert checked(draft).rows[0].finding == "not_found"


def test_a_draft_without_quotations_says_so(checked: Checked) -> None:
    assert lines.sum_lines(checked("It rained all day.")) == [
        "I found no quotations in this draft."
    ]


def test_a_long_draft_is_refused(checked: Checked) -> None:
    with pytest.raises(QueryError, match="60,001 characters"):
        checked("a" * (MAX_DRAFT + 1))


def test_an_article_itself_is_word_for_word(checked: Checked) -> None:
    for article in (HARBOUR, FERRY):
        found = {row.finding for row in checked(article).rows if row.quoted.kind == "quotation"}
        assert found == {"word_for_word"}
