"""The sentences at a digest's head: of substance, and never of what was not said."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Claim, Digest, DigestRow, DigestSection, Dispute, Hit, Passage, Reason
from bot.wording.digests.digest_head import MAX_LENGTH, head_line, head_sentences
from bot.wording.runs import plain_text
from tests.samples import card, claim, digest, hit, row

TITLE = "Harbour to stay shut until Thursday"


def said(
    source: str,
    cue: str,
    content: str,
    *,
    outlet: str = "The Post",
    title: str = TITLE,
    **of: object,
) -> Hit:
    """A claim in the sentence "SOURCE CUE that CONTENT."."""
    text = f"{source} {cue} that {content}."
    begins = (0, len(source) + 1, len(source) + len(cue) + 7)
    source_, cue_, content_ = (
        ((start, start + len(words)),)
        for start, words in zip(begins, (source, cue, content), strict=True)
    )
    fields = {"text": content, "speaker": source, "source": source, "cue": cue, "type": "indirect"}
    made: Claim = claim(id=f"{source} {cue}", **(fields | of))
    passage = Passage(
        spans=((0, len(text)),), text=text, source=source_, cue=cue_, content=content_
    )
    where = card(id=outlet, outlet=outlet, title=title, sample=False)
    return replace(hit(made, where), passage=passage)


def day(*rows: DigestRow, **more: object) -> Digest:
    part = DigestSection(kind="more", rows=rows)
    return digest(sections=(part,), claims=41, articles=17, **more)


def told(made: Digest) -> list[str]:
    return [plain_text(one) for one in head_sentences(made)]


HALLAS = said("Corin Hallas", "said", "the harbour will stay shut until Thursday")
DENIAL = said(
    "The transport ministry", "denied", "it had been warned", stance="denied", outlet="Wire"
)
REPORTED = row(
    HALLAS,
    others=tuple(replace(HALLAS, article=card(id=name, outlet=name)) for name in "ABCD"),
    reasons=(Reason("outlets", 12, 5),),
)


def test_it_tells_what_is_reported_most_and_what_is_disputed() -> None:
    denied = row(said("Ida Marsh", "said", "the ministry had been warned in May"))
    disputes = (Dispute(hit=DENIAL, is_denial=True, order="later"),)
    made = day(replace(denied, disputes=disputes), REPORTED)
    assert told(made) == [
        "Most reported (5 outlets): Corin Hallas said that the harbour will stay shut until "
        "Thursday.",
        "Disputed: The transport ministry denied that it had been warned.",
    ]
    assert head_line(made) == (
        "Tuesday 24 November: 41 claims in 17 articles. " + " ".join(told(made))
    )
    strong = [[run.text for run in one if run.strong] for one in head_sentences(made)]
    assert strong == [["Corin Hallas"], ["The transport ministry"]]


def test_withdrawn_reports_do_not_count() -> None:
    left = replace(REPORTED, others=REPORTED.others[:1])
    assert told(day(left))[0].startswith("Most reported (2 outlets): ")


def test_the_next_claim_replaces_one_without_a_sentence() -> None:
    unsure = replace(HALLAS, claim=replace(HALLAS.claim, speaker=None, guess="Corin Hallas"))
    lost = replace(REPORTED, current=replace(REPORTED.current, hit=unsure))
    next_ = said("Ida Marsh", "said", "the quay wall had moved by nine centimetres")
    other = replace(next_, article=card(id="X", outlet="X"))
    second = row(next_, others=(other,), reasons=(Reason("outlets", 3, 2),))
    assert told(day(lost, second))[0].startswith("Most reported (2 outlets): Ida Marsh said")
    assert told(day(lost)) == []


def test_otherwise_the_best_headline_claim_is_shown() -> None:
    colour = row(said("Jon Lund", "said", "he has bread"), reasons=(Reason("named", 9),))
    news = row(HALLAS, reasons=(Reason("headline", 3),))
    assert told(day(colour, news)) == [
        "Corin Hallas said that the harbour will stay shut until Thursday."
    ]
    assert told(day(colour)) == []


def test_refusals_long_and_missing_claims_are_left_out() -> None:
    refused = said("Corin Hallas", "declined", "the harbour is shut", negative=True)
    long = said("Corin Hallas", "said", "the harbour is shut " + "and shut " * MAX_LENGTH)
    gone = row(HALLAS)
    gone = replace(gone, current=replace(gone.current, hit=None))
    for one in (row(refused), row(long), gone):
        assert told(day(one)) == []
    changes = DigestSection(kind="changes", rows=(row(HALLAS),))
    assert told(digest(sections=(changes,), claims=1)) == []


def test_a_quiet_day_has_its_line_alone() -> None:
    quiet = digest(sections=(), claims=0)
    assert head_line(quiet) == "No new claims since yesterday at 08:30."
