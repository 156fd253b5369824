"""What the sender wrote, told from what the program and the history added."""

from __future__ import annotations

import pytest

from bot.ingest.formats.eml import body

LONG = "The quay is shut to lorries from Monday, said the harbour"


def plain(text: str, *, is_flowed: bool = False, deletes_space: bool = False) -> str:
    return body.extract_plain(text, is_flowed=is_flowed, deletes_space=deletes_space).text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("It is shut.\n-- \nEdda Marsh", "It is shut."),
        (
            "Open\nFrom: 10:00\nTo: 12:00\nDate: Monday",
            "Open\nFrom: 10:00\nTo: 12:00\nDate: Monday",
        ),
        ("It is shut.\nKind regards,\nEdda Marsh", "It is shut."),
        ("It is shut.\n\n2026-11-03 10:15 Desk <d@post.example>\n> Is it?", "It is shut."),
        ("It is shut.\n> Is it?\nYes.", "It is shut.\n\nYes."),
        ("It is shut.\n\nOn Tuesday, Edda Marsh wrote:\n\n> Is it?", "It is shut."),
        (
            "Shut.\n\nOn Tuesday, 3 November 2026, Edda Marsh\n<e@a.example> wrote:\n> Is it?",
            "Shut.",
        ),
        ("It is shut.\n-----Original Message-----\nFrom: a", "It is shut."),
        ("It is shut.\n----- Ursprüngliche Nachricht -----\nVon: a", "It is shut."),
        ("It is shut.\n---------- Forwarded message ----------\nFrom: a\n\nOld.", "It is shut."),
        ("\n---------- Forwarded message ----------\nFrom: a\nTo: b\n\nIt leaks.", "It leaks."),
        ("Begin forwarded message:\n\nFrom: a\n\nIt leaks.\n-- \na", "It leaks."),
        ("It is shut.\n\nTo unsubscribe, write to us.", "It is shut."),
        ("He said on Tuesday: “I wrote:”", "He said on Tuesday: “I wrote:”"),
    ],
)
def test_only_the_senders_own_words_are_read(source: str, text: str) -> None:
    assert plain(source) == text


@pytest.mark.parametrize(
    "signature",
    [
        "Thanks,\nEdda",
        "Cheers\n\nEdda",
        "Best,\nEdda Marsh\nHarbour office",
        "With warmest regards\nEdda",
        "Liebe Grüße,\nEdda",
        "Bien à vous,\n\nEdda Marsh",
        "Un saludo,\nEdda",
        "Med vänliga hälsningar\nEdda Marsh\nHamnkontoret",
        "С уважением,\nЭдда",
        "—\nEdda Marsh\nPress officer",
        "- Edda",
        "_________________\nEdda Marsh\nPress officer",
        "Edda Marsh\nPress officer\nT: +44 20 7946 0000",
        "Edda Marsh | Press officer\nedda@quay.example | www.quay.example",
    ],
)
@pytest.mark.parametrize("form", ["plain", "html"])
def test_a_signature_is_dropped(signature: str, form: str) -> None:
    own = f"{LONG} master.\n\nNobody was hurt, Roe said. Divers will look at it again."
    source = f"{own}\n\n{signature}"
    if form == "html":
        rows = (f"<p>{part.replace(chr(10), '<br>')}</p>" for part in source.split("\n\n"))
        assert body.extract_html("".join(rows)).text == own
    else:
        assert plain(source) == own


@pytest.mark.parametrize(
    "end",
    [
        "Thanks to the pilots, nobody was hurt.",
        "Best of all, it is free.",
        "— It leaks, said Roe.\n— It does not, said Falk.",
        "Bring:\n\n- Boots\n\n- Torches",
        "- free entry",
        "Gates: 4\nDivers: 12",
        "Write to edda@quay.example for a ticket.",
    ],
)
def test_a_storys_end_is_no_signature(end: str) -> None:
    assert plain(f"It is shut.\n\n{end}") == f"It is shut.\n\n{end}"


RELEASE = "The ferry will run on Fridays from January, the company said on Monday."
OUTLOOK = "From: Quay Press <p@quay.example>\nSent: 3 November 2026\nSubject: Ferry"


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("Worth a brief?\n-- \nEdda\n", RELEASE),
        ("EMBARGOED until Friday!\n", f"EMBARGOED until Friday!\n\n{RELEASE}"),
        (f"{LONG} {RELEASE}\n", f"{LONG} {RELEASE}"),
    ],
)
@pytest.mark.parametrize("mark", ["-----Original Message-----\n", ""])
def test_a_note_above_a_forwarded_release_is_dropped(note: str, text: str, mark: str) -> None:
    source = f"{note}\n{mark}{OUTLOOK}\n\n{RELEASE}\n-- \nQuay Press"
    read = body.extract_plain(source, is_flowed=False, deletes_space=False, is_forwarded=True)
    assert read.text == text
    markup = "".join(f"<p>{one}</p>" for one in (*note.splitlines(), OUTLOOK, RELEASE))
    markup = markup.replace("\n", "<br>").replace("<p@", "&lt;p@").replace("Sent:", "<b>Sent:</b>")
    if "-- " not in note:
        assert body.extract_html(markup, is_forwarded=True).text == text


@pytest.mark.parametrize(
    ("line", "is_left_out"),
    [
        ("Kind regards\nEdda Marsh", True),
        ("Mit freundlichen Grüßen\nEdda Marsh", True),
        ("Kind regards,\n\nEdda Marsh\nHarbour office", True),
        ("READ MORE: https://quay.example/1", True),
        ("This e-mail may be confidential. If you received it in error, delete it.", True),
        ("“This email was confidential,” the minister said.", False),
        ("The full report: “It leaks,” at https://quay.example/1 and elsewhere.", False),
    ],
)
def test_mail_boilerplate_is_dropped(line: str, is_left_out: bool) -> None:
    assert plain(f"It is shut.\n\n{line}") == (
        "It is shut." if is_left_out else f"It is shut.\n\n{line}"
    )


def test_wrapped_lines_are_joined_and_typed_lines_stay() -> None:
    assert plain(f"{LONG}\noffice.\n\nEdda Marsh\n1 Quay Street") == (
        f"{LONG} office.\n\nEdda Marsh\n1 Quay Street"
    )


@pytest.mark.parametrize(
    ("deletes_space", "text"),
    [(False, "It is shut\nFrom Monday."), (True, "It isshut\nFrom Monday.")],
)
def test_flowed_lines_are_joined(deletes_space: bool, text: str) -> None:
    source = "It is \nshut\n From Monday."
    assert plain(source, is_flowed=True, deletes_space=deletes_space) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Shut.</p><blockquote type='cite'><p>Is it?</p></blockquote>", "Shut."),
        (
            "<p>Shut.</p><div class='gmail_quote'>On Tuesday a wrote:"
            "<blockquote>Is it?</blockquote></div>",
            "Shut.",
        ),
        ("<p>Shut.</p><div id='divRplyFwdMsg'>From: a</div><div>Is it?</div>", "Shut."),
        (
            "<p>Shut.</p><blockquote>Понедельник, 2 ноября 2026, 9:05 +03:00 от Ida &lt;i@a"
            ".example&gt;:<p>Is it?</p></blockquote>",
            "Shut.",
        ),
        (
            "<p>Shut.</p><table><tr><td>From:</td><td>Ida</td></tr><tr><td>Date:</td><td>2 Nov"
            "</td></tr><tr><td>Subject:</td><td>Gate</td></tr></table><p>Is it?</p>",
            "Shut.",
        ),
        (
            "<p>Shut.</p><p><b>Gesendet:</b> 2. November 2026</p><p><b>Von:</b> Ida</p><p><b>An:"
            "</b> Roe</p><p>Is it?</p>",
            "Shut.",
        ),
        (
            "<p>Shut.</p>---- On Mon, 02 Nov 2026 09:05:11 +0100 <b>Ida</b> wrote ---<br>"
            "<blockquote id='blockquote_zmail'>Is it?</blockquote>",
            "Shut.",
        ),
        ("<div style='display: none'>Preview</div><p>Shut.</p>", "Shut."),
        ("<blockquote>“It leaks,” Roe said.</blockquote>", "“It leaks,” Roe said."),
        ("<table><tr><td>One.</td></tr><tr><td>Two.</td></tr></table>", "One.\n\nTwo."),
        ("<p><a href='#'>Read this in your browser</a></p><p>Shut.</p>", "Shut."),
        (" ", ""),
    ],
)
def test_html(markup: str, text: str) -> None:
    assert body.extract_html(markup).text == text
