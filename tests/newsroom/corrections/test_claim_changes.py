"""People mend what was found: at once in what is searched, for good, and undone without a trace;
over the real store, index and tagger."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.errors import NotFoundError, QueryError
from bot.extract.extractor import Extractor
from bot.model import ArticleCard, Claim, Correction, Document, EditableClaim, Spans
from bot.newsroom import Newsroom
from bot.newsroom.corrections.claim_changes import ClaimChanges
from bot.newsroom.corrections.corrections import state_text
from bot.store.articles.shown import ClaimInText

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
STORY = (
    '"The wall is safe for now," said Ingrid Solvane, the harbour master. '
    "Officials denied on Monday that ten ships had left.\n\n"
    "Mara Quill, a docker, said that the lock leaks badly. The pumps stand idle since May."
)
SCORER = Path(__file__).parents[4] / "shared" / "attribution" / "score.py"


@pytest.fixture
def newsroom(tmp_path: Path, extractor: Extractor) -> Iterator[Newsroom]:
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})
    with Newsroom(settings, lambda: NOON) as newsroom:
        newsroom.extractions.extractor = extractor
        take_in(newsroom, STORY, 1)
        yield newsroom


def take_in(newsroom: Newsroom, text: str, revision: int, **known: Any) -> str:
    known = {"outlet": "The Post", "guid": "g1", "revision": revision} | known
    document = Document(origin=f"{known['guid']}.txt", text=text, **known)
    (outcome,) = newsroom.intake.articles.ingest([document])
    return outcome.id


def claim_of(newsroom: Newsroom, words: str) -> Claim:
    (hit, *_) = newsroom.search.find(words).hits
    return hit.claim


def all_claims(newsroom: Newsroom) -> dict[str, Claim]:
    ids = sorted(newsroom.store.archive.claim_ids())
    return {id_: claim for id_, (claim, *_) in newsroom.store.archive.claims_by_id(ids).items()}


def correct(newsroom: Newsroom, claim: Claim, press: str = "p1", **changes: Any) -> Correction:
    is_accepted = changes.pop("is_accepted", True)
    return newsroom.corrections.correct(
        team="T1",
        press=press,
        claim_id=claim.id,
        changes=changes,
        reason="she told me",
        person="U1",
        person_name="Ann",
        is_accepted=is_accepted,
    )


def undo(newsroom: Newsroom, one: Correction) -> None:
    newsroom.corrections.decide(one.id, "undone", person="U2", person_name="Bo")


def spans(newsroom: Newsroom, claim: Claim, words: str) -> Spans:
    text = newsroom.store.archive.article(claim.article_id).text
    return ((text.index(words), text.index(words) + len(words)),)


def printed(about: EditableClaim, ranges: Spans) -> list[str]:
    return [
        about.paragraph[
            about.words[first][0] - about.start : about.words[last - 1][1] - about.start
        ]
        for first, last in ranges
    ]


def test_search_finds_the_corrected_speaker_only(newsroom: Newsroom) -> None:
    before, names = (
        all_claims(newsroom),
        newsroom.store.names.canonical_names(["Ingrid Solvane", "Lund"]),
    )
    claim = claim_of(newsroom, "wall")
    assert claim.speaker == "Ingrid Solvane"
    said = correct(newsroom, claim, speaker="  Omar\nLund ")
    now = claim_of(newsroom, 'by:"Omar Lund"')
    renamed = replace(claim, speaker="Omar Lund", source=None, source_spans=())
    sure = {"confidence": 1.0, "speaker_confidence": 1.0}
    assert now == replace(renamed, **sure, corrected=True)
    assert newsroom.search.find("by:solvane").total == 0
    assert newsroom.store.names.canonical_names(["Ingrid Solvane"]) == {}
    assert (said.before["speaker"], str(said.before["source"])) == (
        "Ingrid Solvane",
        claim.source,
    )
    undo(newsroom, said)
    assert all_claims(newsroom) == before
    assert newsroom.store.names.canonical_names(["Ingrid Solvane", "Lund"]) == names
    assert newsroom.search.find("by:lund").total == 0


def test_typed_name_is_searchable_and_marked_as_unprinted(
    newsroom: Newsroom,
) -> None:
    claim = claim_of(newsroom, "wall")
    assert newsroom.corrections.lookup.unprinted_name(claim.id) is None
    said = correct(newsroom, claim, speaker="Bogus Person")
    assert newsroom.speakers.profiles.load("bogus person").name == "Bogus Person"
    assert newsroom.corrections.lookup.unprinted_name(claim.id) == "Bogus Person"
    undo(newsroom, said)
    correct(newsroom, claim, press="p2", speaker="Mara Quill")
    assert newsroom.corrections.lookup.unprinted_name(claim.id) is None, (
        "paragraph 2 prints her name"
    )


def test_dependent_claim_links_to_the_correction(
    newsroom: Newsroom,
) -> None:
    text = "The adviser had described the talks as frank, according to two participants."
    article_id = take_in(newsroom, text, 1, guid="g2")
    claims = newsroom.store.archive.claims_in(article_id)
    (inner,) = (one for one in claims if one.inside)
    (outer,) = (one for one in claims if one.id == inner.inside)
    said = correct(newsroom, outer, speaker="Bogus Person")
    mended = newsroom.claims.load_hit(inner.id).claim
    assert (mended.via, mended.corrected) == (("Bogus Person",), True)
    for one in (outer, inner):
        assert newsroom.corrections.lookup.corrections_in_force("T1", one.id) == [said]
        assert newsroom.corrections.lookup.unprinted_name(one.id) == "Bogus Person"
    assert newsroom.corrections.lookup.corrections_in_force("T2", inner.id) == []
    undo(newsroom, said)
    assert newsroom.claims.load_hit(inner.id).claim == inner
    assert newsroom.corrections.lookup.corrections_in_force("T1", inner.id) == []


def test_search_finds_the_corrected_words(newsroom: Newsroom) -> None:
    claim = claim_of(newsroom, "wall")
    said = correct(newsroom, claim, content=spans(newsroom, claim, 'is safe for now," said'))
    now = claim_of(newsroom, "safe said")
    assert (now.id, now.text, now.type) == (claim.id, 'is safe for now," said', "mixed")
    assert said.changes["type"] == "mixed"
    assert newsroom.search.find("wall").total == 0
    assert newsroom.claims.context(claim.id).claim_spans == now.spans


def test_name_printed_nearby_becomes_the_source(newsroom: Newsroom) -> None:
    claim = claim_of(newsroom, "ships left")
    said = correct(newsroom, claim, speaker="Ingrid Solvane")
    assert str(said.changes["source"]) == "Ingrid Solvane"
    assert said.changes["source"].spans == spans(newsroom, claim, "Ingrid Solvane")
    assert newsroom.claims.load_hit(claim.id).claim.source == "Ingrid Solvane"


def test_words_that_may_mean_anybody_stay_its_source(newsroom: Newsroom) -> None:
    claim = claim_of(newsroom, "ships left")
    assert claim.source == "Officials"
    said = correct(newsroom, claim, speaker="Omar Lund")
    assert "source" not in said.changes
    assert newsroom.claims.load_hit(claim.id).claim.source == "Officials"


def test_rejected_claim_is_not_found_and_gives_a_reason(newsroom: Newsroom) -> None:
    claim, before = claim_of(newsroom, "lock"), all_claims(newsroom)
    said = correct(newsroom, claim, rejected=True)
    assert newsroom.search.find("lock").total == 0
    with pytest.raises(NotFoundError, match="marked here as not a claim on 25 Nov 2026"):
        newsroom.claims.load_hit(claim.id)
    with pytest.raises(NotFoundError, match="not a claim"):
        correct(newsroom, claim, "p2", speaker="Lund")
    undo(newsroom, said)
    assert all_claims(newsroom) == before


def test_claim_can_become_unattributed_and_back(newsroom: Newsroom) -> None:
    claim = claim_of(newsroom, "lock")
    correct(newsroom, claim, kind="statement")
    now = claim_of(newsroom, "lock")
    assert (now.kind, now.speaker, now.cue) == ("statement", None, None)
    with pytest.raises(QueryError, match="the speaker"):
        correct(newsroom, now, "p2", kind="attribution", speaker="Mara Quill")
    cue = spans(newsroom, claim, "said that the lock")[0]
    correct(
        newsroom, now, "p3", kind="attribution", speaker="Mara Quill", cue=((cue[0], cue[0] + 4),)
    )
    now = claim_of(newsroom, "by:quill lock")
    assert (now.kind, now.cue, now.source, now.type) == (
        "attribution",
        "said",
        "Mara Quill",
        "indirect",
    )


def test_a_suggestion_waits_for_who_decides(newsroom: Newsroom) -> None:
    claim = claim_of(newsroom, "lock")
    said = correct(newsroom, claim, speaker="Omar Lund", is_accepted=False)
    assert newsroom.search.find("by:lund").total == 0
    assert (
        newsroom.store.corrections.find(state="suggested")
        == [said]
        == newsroom.store.corrections.find(claim_id=claim.id)
    )
    assert state_text(said) == "it is waiting for a reviewer"
    newsroom.corrections.decide(said.id, "accepted", person="U2", person_name="Bo")
    assert newsroom.search.find("by:lund").total == 1
    with pytest.raises(QueryError, match=r"can't be declined: accepted by Bo on 25 Nov 2026"):
        newsroom.corrections.decide(said.id, "declined", person="U2", person_name="Bo")
    with pytest.raises(NotFoundError, match="no such correction"):
        newsroom.corrections.decide("nothing", "declined", person="U2", person_name="Bo")
    other = correct(newsroom, claim, "p2", speaker="Ada", is_accepted=False)
    correct(newsroom, claim, "p3", rejected=True)
    with pytest.raises(NotFoundError, match="not a claim"):
        newsroom.corrections.decide(other.id, "accepted", person="U2", person_name="Bo")


def test_same_press_is_idempotent(newsroom: Newsroom) -> None:
    claim = claim_of(newsroom, "lock")
    said = correct(newsroom, claim, speaker="Omar Lund")
    state = newsroom.store.archive.state()
    assert correct(newsroom, claim, speaker="Somebody else") == said
    assert newsroom.store.archive.state() == state


CANNOT: list[tuple[dict[str, Any], str]] = [
    ({}, "it changes nothing"),
    ({"speaker": "Mara Quill"}, "it changes nothing"),
    ({"speaker": "x" * 201}, "longer than 200"),
    ({"speaker": 7}, "can't be used for"),
    ({"speaker": "\u200b"}, "can't be used for"),
    ({"colour": "red"}, "nothing called"),
    ({"stance": "sang"}, "can't be used for"),
    ({"source_kind": "named"}, "nothing called"),
    ({"rejected": "yes"}, "can't be used for"),
    ({"content": ()}, "needs words"),
    ({"content": ((0, 10_000),)}, "not in the article"),
    ({"content": ((5, 5),)}, "not in the article"),
    ({"cue": ((9, 12), (3, 4))}, "not in the article"),
    ({"kind": "statement", "speaker": "Lund"}, "have no speaker"),
]


def test_invalid_changes_give_a_reason(newsroom: Newsroom) -> None:
    claim = claim_of(newsroom, "lock")
    for changes, why in CANNOT:
        with pytest.raises(QueryError, match=why):
            correct(newsroom, claim, **changes)
    assert newsroom.store.corrections.find() == []


def test_the_same_words_at_another_place_are_a_change(newsroom: Newsroom) -> None:
    text = "Mara Quill said, and she said so twice, that the crane is broken."
    take_in(newsroom, text, 1, guid="g2")
    claim = claim_of(newsroom, "crane")
    assert claim.cue == "said"
    other = [m.span() for m in re.finditer("said", text)]
    is_now = claim_cue(newsroom, claim)
    (place,) = [one for one in other if one != is_now]
    with pytest.raises(QueryError, match="it changes nothing"):
        correct(newsroom, claim, cue=(is_now,))
    said = correct(newsroom, claim, cue=(place,))
    assert said.changes["cue"].spans == (place,)
    assert claim_cue(newsroom, claim) == place


def claim_cue(newsroom: Newsroom, claim: Claim) -> tuple[int, int]:
    """Return the span of a claim's one-word cue in its article."""
    about = newsroom.corrections.lookup.editable_claim(claim.id)
    ((first, _),) = about.cue
    return about.words[first]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("李明", "named"),
        ("مارا قويل", "named"),
        ("Mara Quill", "named"),
        ("Médecins sans frontières", "named"),
        ("médecins sans frontières", "described"),
        ("The advisers", "described"),
        ("Officials", "described"),
        ("a source", "unnamed"),
        ("Bogus Person", "named"),
        ("Anonymous Source", "unnamed"),
    ],
)
def test_typed_name_is_named_in_any_script(name: str, kind: str) -> None:
    text = "Officials said that the lock leaks."
    claim = Claim(id="c", article_id="a", kind="attribution", text="the lock leaks")
    known = dict.fromkeys(("title", "outlet", "published", "published_on", "url"))
    card = ArticleCard(id="a", sample=False, opening=text, **known)
    within = ClaimInText(claim, card, text, ((0, len(text)),))
    made = ClaimChanges(within, claim, ((), ())).validate({"speaker": name})
    assert made.new_values["source_kind"] == kind


def test_texts_are_kept_without_unprintable_characters(
    newsroom: Newsroom,
) -> None:
    known = {
        "team": "T1",
        "press": "p1",
        "person": "U1",
        "person_name": "A\0nn",
        "is_accepted": True,
    }
    made = newsroom.corrections.correct(
        claim_id=claim_of(newsroom, "lock").id,
        changes={"speaker": "علی\u200cرضا\u202e \n نوری"},
        reason="\ud800she\0told me",
        **known,
    )
    assert made.changes["speaker"] == "علی\u200cرضا نوری"
    assert (made.reason, made.person_name) == ("she told me", "A nn")


def test_editable_claim_has_what_the_form_needs(newsroom: Newsroom) -> None:
    claim = claim_of(newsroom, "lock")
    about = newsroom.corrections.lookup.editable_claim(claim.id)
    assert about.paragraph == STORY.split("\n\n")[1]
    assert printed(about, about.content) == ["the lock leaks badly"]
    assert printed(about, about.cue) == ["said"]
    assert printed(about, about.source) == ["Mara Quill, a docker"]
    assert "Ingrid Solvane" in about.speakers
    quoted = newsroom.corrections.lookup.editable_claim(claim_of(newsroom, "wall").id)
    assert printed(quoted, quoted.content) == ['"The wall is safe for now,"']
    correct(newsroom, claim, cue=spans(newsroom, claim, "leaks badly"))
    about = newsroom.corrections.lookup.editable_claim(claim.id)
    assert printed(about, about.cue) == ["leaks badly"]


def test_imported_claims_can_be_corrected_except_words(newsroom: Newsroom) -> None:
    list(
        newsroom.intake.imports.import_claims(
            [json.dumps({"text": "Beans are fruit", "speaker": "Ada"})]
        )
    )
    claim = claim_of(newsroom, "beans")
    assert newsroom.corrections.lookup.editable_claim(claim.id).words == ()
    correct(newsroom, claim, speaker="Bo Chen")
    assert newsroom.search.find("by:chen").total == 1
    with pytest.raises(QueryError, match="without its article"):
        correct(newsroom, claim, "p2", content=((0, 3),))


def test_corrections_outlive_everything(newsroom: Newsroom) -> None:
    quill, wall = claim_of(newsroom, "lock"), claim_of(newsroom, "wall")
    correct(newsroom, quill, speaker="Omar Lund", content=spans(newsroom, quill, "the lock leaks"))
    said = correct(newsroom, wall, "p2", rejected=True)
    before = all_claims(newsroom)

    newsroom.updates.reindex()
    assert newsroom.search.find("by:lund").hits[0].claim == before[quill.id]
    assert list(newsroom.intake.reextraction.reextract(all_articles=True))[-1] == 0
    assert all_claims(newsroom) == before

    take_in(newsroom, f"CORRECTED.\n\n{STORY}", 2)
    now = newsroom.search.find("by:lund").hits[0].claim
    assert (now.id, now.text) == (quill.id, "the lock leaks")
    assert newsroom.search.find("wall").total == 0

    take_in(newsroom, STORY.replace("leaks", "drips"), 3)
    (waiting,) = [one for one in newsroom.store.corrections.find() if one.is_pending]
    assert waiting.claim_id == quill.id
    take_in(newsroom, "", 4, status="canceled")
    assert newsroom.search.find("lock").total == 0
    back = Document(origin="g1.txt", text=STORY, outlet="The Post", guid="g1", revision=5)
    newsroom.intake.articles.ingest([back], reingest=True)
    now = newsroom.search.find("by:lund").hits[0].claim
    assert (now.id, now.text) == (quill.id, "the lock leaks")
    assert newsroom.search.find("wall").total == 0
    undo(newsroom, said)
    assert newsroom.search.find("wall").hits[0].claim.id == wall.id


def test_copy_uses_uncorrected_claims(newsroom: Newsroom) -> None:
    correct(newsroom, claim_of(newsroom, "lock"), speaker="Omar Lund")
    take_in(newsroom, STORY, 1, guid="g2", outlet="The Echo")
    speakers = {hit.article.outlet: hit.claim.speaker for hit in newsroom.search.find("lock").hits}
    assert speakers == {"The Post": "Omar Lund", "The Echo": "Mara Quill"}


def test_exported_examples_can_train_and_score(newsroom: Newsroom, tmp_path: Path) -> None:
    quill, wall = claim_of(newsroom, "lock"), claim_of(newsroom, "wall")
    take_in(newsroom, "Nobody corrected this, Lund said.", 1, guid="g2")
    correct(newsroom, quill, content=spans(newsroom, quill, "lock"))
    correct(newsroom, wall, "p2", rejected=True)
    (one,) = newsroom.corrections.lookup.training_examples()
    (as_found,) = newsroom.corrections.lookup.training_examples(as_found=True)
    assert one.text == STORY
    contents = [[STORY[s:e] for s, e in a["content"]] for a in one.annotation["attributions"]]
    assert ["lock"] in contents
    found = [[STORY[s:e] for s, e in a["content"]] for a in as_found.annotation["attributions"]]
    assert ["that the lock leaks badly"] in found, "as corpora have it"
    assert len(found) == len(contents) + 1
    if not SCORER.exists():
        pytest.skip("skipped: no corpus")
    for name, example in (("gold", one), ("machine", as_found)):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{one.id}.txt").write_bytes(example.text.encode())
        (tmp_path / name / f"{one.id}.json").write_text(json.dumps(example.annotation))
    assert score(tmp_path / "gold", tmp_path / "gold") == 1.0
    assert score(tmp_path / "gold", tmp_path / "machine") < 0.9


def score(gold: Path, predicted: Path) -> float:
    command = [sys.executable, str(SCORER), str(gold), str(predicted), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["full"]["F1"])
