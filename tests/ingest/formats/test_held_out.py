"""Pages and PDFs as other people's systems make them: what a person would expect, word by word.

They were written without a look at the readers, which were then mended where they failed: they
show that what was mended stays so, not how good the readers are on pages that nobody has seen.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ingest.formats import html, pdf

SAMPLES = Path(__file__).parents[1] / "samples"
MAX_EXTRA = 160
"""Characters of lines beside a page's story that may be left in: "Read more: Who pays?"."""
EXPECTED = Path(__file__).parents[1] / "expected"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        (
            "roofs.html",  # React with its state in a script; calls and links between paragraphs
            {
                "title": "School roof money went to consultants, draft audit says",
                "outlet": "The Westport Ledger",
                "byline": "Corinne Abt, Luis Farro",
                "published": "2026-11-20T10:00:05.123000+00:00",
            },
        ),
        (
            "ils_live.html",  # a live blog, each update an <article>
            {
                "title": "Ilsford flood: east bank evacuated – live",
                "outlet": "Ilsford Evening Echo",
                "byline": "Tamsin Groat",
                "published": "2026-11-19T16:00:00+00:00",
            },
        ),
        (
            "crematorium.html",  # a consent wall, a newsletter's box and subscriptions in the text
            {
                "title": "Fenwick Meadows crematorium plan refused",
                "outlet": "Fenwick Advertiser",
                "byline": "Nat Bellweather",
                "published": "2026-11-17T05:00:00+00:00",
            },
        ),
        (
            "halberd.html",  # three paragraphs before a paywall
            {
                "title": "Halberd Foods shares plunge after cold-store admission",
                "outlet": "Sterling Standard",
                "byline": "Gideon Pratt",
                "published": "2026-11-23T09:12:44+00:00",
                "excerpt": "True",
            },
        ),
        (
            "seagrass.html",  # Drupal, with RDFa and without JSON-LD
            {
                "title": "Seagrass doubles in lagoon, survey finds",
                "outlet": "Tarn Review",
                "byline": "Asta Lindqvist",
                "published": "2026-10-05T12:00:00+02:00",
            },
        ),
        (
            "treasurer.pdf",  # printed by a browser, with wide lines
            {"title": "Treasurer of brass band acquitted", "byline": "Ruben Castell"},
        ),
        (
            # Three narrow columns under a headline, and a row with the date, which stays: nothing
            # on the single page tells it from the story.
            "brewery.pdf",
            {
                "title": "Last brewery in Kettleholm to close after 324 years",
                "byline": "GRETA SOLBERG",
            },
        ),
    ],
)
def test_held_out_samples(name: str, known: dict[str, str]) -> None:
    kind = name.rpartition(".")[2]
    raw = (SAMPLES / kind / name).read_bytes()
    (part,) = (html if kind == "html" else pdf).read(raw)
    expected = (EXPECTED / f"{name}.txt").read_text(encoding="utf-8").removesuffix("\n")
    paragraphs = expected.split("\n\n")
    assert [line for line in part.text.split("\n\n") if line in paragraphs] == paragraphs
    assert len(part.text) <= len(expected) + (MAX_EXTRA if kind == "html" else 0)
    wanted = ("title", "outlet", "byline", "published", "excerpt")
    found = {key: part.metadata[key] for key in wanted if key in part.metadata}
    assert {key: str(getattr(one, "printed", one)) for key, one in found.items()} == known
