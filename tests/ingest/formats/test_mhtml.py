"""Pages that browsers saved in one file: only the page is the article, not its frames."""

from __future__ import annotations

import base64
import quopri

import pytest

from bot.ingest.formats import eml, mhtml
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

STORY = "The north gate stays shut until Thursday, said the harbour master, Ingrid Solvane. " * 5
PAGE = (
    "<html><head><title>Gate shut – again</title></head><body><article><h1>Gate shut – again</h1>"
    f"<p>{STORY}</p></article></body></html>"
)
BLINK = "From: <Saved by Blink>\nSnapshot-Content-Location: https://post.example/gate\n"
EXPLORER = '"From: "Saved by Windows Internet Explorer 11"\n'.removeprefix('"')
UNMHT = "From: <Saved by UnMHT>\n"
PICTURE = "Content-Type: image/png\nContent-Location: https://post.example/a.png\n\nAAAA\n"
STYLE = "Content-Type: text/css\n\np { color: red }\n"
FRAME = "Content-Type: text/html\nContent-ID: <frame>\n\n<p>Buy our newspaper, it is cheap.</p>\n"


def saved(
    *parts: str, head: str = BLINK, kind: str = 'multipart/related; type="text/html"'
) -> bytes:
    body = "".join(f"--b1\n{part}\n" for part in parts)
    top = f"{head}Subject: Gate shut\nDate: Tue, 3 Nov 2026 10:00:00 -0000\nMIME-Version: 1.0\n"
    return f"{top}Content-Type: {kind}; boundary=b1\n\n{body}--b1--\n".encode()


def page_part(
    page: str = PAGE, *, charset: str = "utf-8", encoding: str = "quoted-printable", more: str = ""
) -> str:
    raw = page.encode(charset or "cp1252")
    pack = base64.encodebytes if encoding == "base64" else quopri.encodestring
    declared = f'; charset="{charset}"' if charset else ""
    packed = pack(raw).decode("ascii")
    head = f"Content-Type: text/html{declared}\nContent-Transfer-Encoding: {encoding}\n{more}"
    return f"{head}Content-Location: https://post.example/gate\n\n{packed}\n"


DECLARED = PAGE.replace("<head>", '<head><meta charset="windows-1252">')
FILES = {
    "Chrome": saved(page_part(), PICTURE, STYLE),
    "Internet Explorer": saved(page_part(), PICTURE, head=EXPLORER),
    "UnMHT": saved(page_part(), head=UNMHT),
    "in base64": saved(page_part(encoding="base64")),
    "in Windows-1252": saved(page_part(charset="cp1252")),
    "a charset in the page": saved(page_part(DECLARED, charset="")),
    "a frame behind": saved(page_part(), FRAME),
    "a frame before": saved(
        FRAME,
        page_part(more="Content-ID: <main>\n"),
        kind='multipart/related; start="<main>"',
    ),
    "XHTML": saved(page_part().replace("text/html", "application/xhtml+xml", 1)),
    "a picture before": saved(PICTURE, page_part()),
    "Windows line ends": saved(page_part(), PICTURE).replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("raw", FILES.values(), ids=FILES)
def test_a_saved_page(raw: bytes) -> None:
    (article,) = mhtml.read(raw)
    assert isinstance(article, ParsedArticle)
    assert article.text == STORY.strip()
    assert article.metadata["title"] == "Gate shut – again"
    assert article.metadata["url"] == "https://post.example/gate"


@pytest.mark.parametrize("raw", FILES.values(), ids=FILES)
def test_a_saved_page_is_not_a_mail(raw: bytes) -> None:
    assert mhtml.recognises(raw[:8192])
    assert not eml.recognises(raw[:8192])


def test_a_mail_is_not_a_saved_page() -> None:
    mail = saved(page_part(), head="From: Edda <e@quay.example>\nTo: desk@post.example\n")
    assert eml.recognises(mail)
    assert not mhtml.recognises(mail)


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (saved(PICTURE), "no web page in it"),
        (saved(page_part("<p>Log in</p>")), ""),
        (b"Shut.", "no web page in it"),
    ],
)
def test_what_is_not_an_article_says_why(raw: bytes, cause: str) -> None:
    with pytest.raises(Refusal) as caught:
        list(mhtml.read(raw))
    assert cause in caught.value.cause
    assert caught.value.remedy
