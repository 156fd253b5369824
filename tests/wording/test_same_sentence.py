"""Claims out of one sentence are one row, with one passage."""

from __future__ import annotations

from dataclasses import replace

from bot.model import ArticleCard, Claim, Hit, Spans
from bot.wording.hits import shown_passage
from bot.wording.passage import passage_of
from bot.wording.same_sentence import (
    deduplicate,
    group_by_sentence,
    group_hits_by_sentence,
    merge_hits,
)

TEXT = (
    "Ships wait. It was cracked, the ministry denied, saying that the wall held. "
    "Tolland said the port had told him the quay moved."
)
CARD = ArticleCard(
    id="a1",
    title=None,
    outlet="The Post",
    published=None,
    published_on=None,
    url=None,
    sample=False,
    opening="",
)


def hit(content: str, source: str, **changes: str) -> Hit:
    def place(words: str) -> Spans:
        at = TEXT.index(words)
        return ((at, at + len(words)),)

    made = Claim(
        id=content,
        article_id="a1",
        kind="attribution",
        text=content,
        spans=place(content),
        speaker=source,
        source=source,
        source_kind="named",
    )
    passage = passage_of(TEXT, ((0, len(TEXT)),), content=place(content), source=place(source))
    return Hit(claim=replace(made, **changes), article=CARD, score=1, passage=passage)


CRACKED = hit("It was cracked", "the ministry")  # with the sentence before: its subject is "it"
HELD = hit("the wall held", "the ministry")
WHOLE = hit("the port had told him the quay moved", "Tolland")
MOVED = hit("the quay moved", "the port")
WAIT = hit("Ships wait", "Ships")


def test_claims_of_one_sentence_are_one_row_the_outermost_first() -> None:
    assert group_by_sentence([MOVED, HELD, WHOLE, CRACKED, WAIT]) == [[2, 0], [3, 1], [4]]


def test_the_outer_claim_comes_first() -> None:
    inner = replace(WHOLE, claim=replace(WHOLE.claim, id="inner", inside=WHOLE.claim.id))
    assert group_by_sentence([inner, WHOLE]) == [[1, 0]]


def test_what_is_gone_is_a_row_by_itself() -> None:
    assert group_by_sentence([None, HELD, None, CRACKED]) == [[0], [3, 1], [2]]


def test_claims_of_two_articles_are_never_one_row() -> None:
    other = replace(HELD, claim=replace(HELD.claim, article_id="a2"))
    assert group_by_sentence([CRACKED, other]) == [[0], [1]]


def test_the_longer_passage_is_shown_with_the_matches_of_all() -> None:
    def matched(one: Hit, word: str) -> Hit:
        assert one.passage
        at = one.passage.text.index(word)
        return replace(one, passage_matches=((at, at + len(word)),))

    (row,) = group_hits_by_sentence([HELD, CRACKED])
    text, marks = shown_passage(merge_hits([matched(row[0], "cracked"), matched(row[1], "held")]))
    assert text == TEXT[: TEXT.index(" Tolland")]
    assert [text[start:end] for start, end in marks] == ["cracked", "held"]


def test_a_claim_keeps_its_own_places_in_the_longer_passage() -> None:
    ((_, held),) = group_hits_by_sentence([HELD, CRACKED])
    assert held.passage
    ((start, end),) = held.passage.content
    assert held.passage.text[start:end] == "the wall held"


def test_a_claim_read_twice_is_one() -> None:
    twice = hit("the port had told him the quay", "Tolland")
    assert deduplicate([twice, WHOLE, MOVED]) == [WHOLE, MOVED]
    assert deduplicate([WHOLE, twice]) == [WHOLE]
    same = replace(WHOLE, claim=replace(WHOLE.claim, id="other"))
    assert len(deduplicate([WHOLE, same])) == 1


def test_what_another_says_or_denies_is_no_double() -> None:
    denied = replace(WHOLE, claim=replace(WHOLE.claim, id="denied", stance="denied"))
    elsewhere = replace(WHOLE, claim=replace(WHOLE.claim, id="elsewhere", article_id="a2"))
    assert deduplicate([WHOLE, denied, elsewhere]) == [WHOLE, denied, elsewhere]
