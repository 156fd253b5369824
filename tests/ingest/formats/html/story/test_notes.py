"""Raised numbers on a page: the marks of notes are dropped, exponents and letters are kept."""

from __future__ import annotations

import pytest

from bot.ingest.formats import html


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("The gate is shut<sup>1</sup> until May.", "The gate is shut until May."),
        (
            "The gate is shut.<sup><a href=#n1>[2]</a></sup> It leaks.",
            "The gate is shut. It leaks.",
        ),
        ("The gate is shut<a href=#n1><sup>1</sup></a>, Roe said.", "The gate is shut, Roe said."),
        ('Shut<a class="footnote-ref" href=#n1>1</a> until May.', "Shut until May."),
        ('Shut<a role="doc-noteref" href=#n1><sup>1</sup></a> until May.', "Shut until May."),
        ("Shut<sup>1</sup><sup>,</sup><sup>2</sup> until May.", "Shut until May."),
        ("Shut<sup><i>[citation needed]</i></sup> until May.", "Shut until May."),
        ("It is <i>shut</i><sup>1 </sup>until May.", "It is shut until May."),
        ("It holds 10<sup>6</sup> litres.", "It holds 10⁶ litres."),
        ("It holds <b>40 m</b><sup>2</sup> of mud.", "It holds 40 m² of mud."),
        ("On the 21<sup>st</sup> it shut.", "On the 21st it shut."),
    ],
)
def test_the_marks_of_notes_are_dropped(printed: str, read: str) -> None:
    others = "".join(
        f"<p>The county will look at gate {name} before the lorries are let through again.</p>"
        for name in ("two", "three", "four", "five", "six")
    )
    title = "County shuts the old gate<sup>*</sup>"
    (article,) = html.read(f"<h1>{title}</h1><p>{printed} {'It rained. ' * 8}</p>{others}".encode())
    assert article.text.startswith(f"{read} It rained.")
    assert article.metadata["title"] == "County shuts the old gate"
