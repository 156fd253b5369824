"""XML that is hostile or broken: refused with its line, within bounds of time and memory."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.ingest.formats import feed, newsml, nitf, xml
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
BIG = 5_000_000

HOSTILE = {
    "billion laughs": f"<!DOCTYPE rss [{LAUGHS}]><rss>&l9;</rss>",
    "quadratic blow-up": f'<!DOCTYPE rss [<!ENTITY a "{"x" * 99_999}">]><rss>{"&a;" * 9_999}</rss>',
    "an entity of a file": '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>',
    "a parameter entity": '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:9/">%a;]><rss/>',
    "depth": "<rss>" + "<a>" * 100_000,
    "an unclosed tag": "<rss><channel><item><title" + " a" * (BIG // 2),
    "elements": "<rss>" + "<a/>" * (BIG // 4) + "</rss>",
    "attributes": "<rss " + " ".join(f'a{n}=""' for n in range(BIG // 25)) + "/>",
    "unclosed comments": "<rss><channel><item>" + "<!--" * (BIG // 4),
    "unclosed sections": "<rss><channel><item>" + "<![CDATA[" * (BIG // 9),
    "unclosed roots": "<rss " * (BIG // 5),
    "ampersands": "<rss><channel><item><title>" + "&" * BIG,
    "angles": "<rss><channel><item><title>" + "<" * BIG,
    "torn entries": "<rss><channel>" + "<item>" * (BIG // 6),
    "bad entries": "<rss><channel>" + "<item></b></item>" * (BIG // 17),
    "open elements": "<rss><channel><item>" + "<b>" * (BIG // 3) + "</item></channel></rss>",
    "end tags": "<rss><channel><item>" + "<b>" * 150 + "</i>" * (BIG // 4) + "</item></rss>",
    "quotation marks": "<rss><channel><item><a " + '"' * BIG + "></item></channel></rss>",
    "unclosed attributes": "<rss><channel><item>" + '<a b="' * (BIG // 6) + "</item></rss>",
    "a long entity": f'<!DOCTYPE rss [<!ENTITY a "{"x" * 99}">]><rss>{"&a;" * (BIG // 3)}</rss>',
    "controls": "<rss><channel><item><title>" + "\x93" * (BIG // 2) + "</title></item></rss>",
    "deep markup": "<rss><channel><item><description>"
    + "&lt;div&gt;" * 200_000
    + "</description></item></channel></rss>",
    "a lure without end": "<rss><channel><item><description>"
    + "read the full " * 350_000
    + "</description></item></channel></rss>",
}

# Two processors shared with other tests are far slower than one that is free.
SECONDS = 60

CHILD = """
import pathlib, re, sys
raw = sys.stdin.buffer.read()
from bot.ingest.formats import feed
from bot.ingest.refusal import Refusal
size = 300 * 1024 * 1024
try:
    list(feed.read(raw))
except Refusal:
    pass
# Of this program alone: what rusage tells begins with what the tests held when it was started.
status = pathlib.Path("/proc/self/status").read_text()
peak = int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) * 1024
sys.exit(0 if peak < size else f"took {peak:,} bytes")
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_is_refused_within_limits(name: str) -> None:
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=HOSTILE[name].encode(),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert (child.returncode, child.stderr.decode()) == (0, "")


OUTSIDE = {
    "an internal entity": '<!DOCTYPE {root} [<!ENTITY a "SECRET">]>',
    "an entity of a file": '<!DOCTYPE {root} [<!ENTITY a SYSTEM "{file}">]>',
    "an entity of an address": '<!DOCTYPE {root} [<!ENTITY a SYSTEM "{address}">]>',
    "a public entity": '<!DOCTYPE {root} [<!ENTITY a PUBLIC "x" "{address}">]>',
    "a parameter entity": '<!DOCTYPE {root} [<!ENTITY % b SYSTEM "{address}">%b;]>',
    "a DTD in a file": '<!DOCTYPE {root} SYSTEM "{file}">',
    "a DTD at an address": '<!DOCTYPE {root} PUBLIC "x" "{address}">',
    "a stylesheet": '<?xml-stylesheet type="text/xsl" href="{address}"?>',
    "XInclude": "",
}
INCLUDED = (
    '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{file}" parse="text"/>'
    '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{address}"/>'
)
BODIES = {
    "rss": '<rss version="2.0"><channel><item><title>A</title><description>{body}</description>'
    "</item></channel></rss>",
    "nitf": "<nitf><body><body.content><p>{body}</p></body.content></body></nitf>",
    "newsItem": '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a" version="1">'
    '<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{body}</p></body>'
    "</html></inlineXML></contentSet></newsItem>",
}


@pytest.mark.parametrize("root", BODIES)
@pytest.mark.parametrize("way", OUTSIDE)
def test_nothing_outside_a_file_is_read(way: str, root: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    read = {"rss": feed.read, "nitf": nitf.read, "newsItem": newsml.read}[root]
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        body = f"The quay is shut. &a; {INCLUDED}"
        source = OUTSIDE[way] + BODIES[root].replace("{body}", body)
        for name, value in (("root", root), ("file", f"{tmp_path}/secret"), ("address", address)):
            source = source.replace(f"{{{name}}}", value)
        try:
            texts = [one.text for one in read(source.encode()) if isinstance(one, ParsedArticle)]
        except Refusal as refusal:
            texts = [refusal.cause]
        assert texts
        assert "SECRET" not in " ".join(texts)
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize(
    ("source", "why", "place"),
    [
        (b"<a>\n<b></a>", "tag mismatch", "line 2"),
        (b"", "not well-formed", "line 1"),
        (b"<a>\n&#0;</a>", "not well-formed", "line 2"),
        ("<!DOCTYPE a [\n" + LAUGHS + "]><a/>", "declares entities", ""),
        ('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>', "entities", ""),
        ("\n" + "<a>" * 300, "Excessive depth", "line 2"),
        ("<a>" + "<b/>" * 400_000 + "</a>", "more than 400,000 tags", ""),
    ],
)
def test_refusals_say_where(source: bytes | str, why: str, place: str) -> None:
    with pytest.raises(Refusal, match=why) as caught:
        xml.parse(source)
    assert (caught.value.place or "") == place


def test_attributes_without_end_do_no_harm() -> None:
    attributes = " ".join(f'a{number}=""' for number in range(200_000))
    source = BODIES["nitf"].format(body="Shut.").replace("<p>", f"<p {attributes}>")
    assert [one.text for one in nitf.read(source.encode()) if isinstance(one, ParsedArticle)] == [
        "Shut."
    ]


@pytest.mark.parametrize("encoding", ["klingon", "utf-7", "utf-8", "windows-1252"])
def test_a_wrong_encoding_does_no_harm(encoding: str) -> None:
    assert xml.parse(f'<?xml version="1.0" encoding="{encoding}"?><a>é</a>'.encode()).text == "é"


def test_dtd_entities_are_known_without_retrieval() -> None:
    root = xml.parse(
        '<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd"><nitf>&ldquo;&eacute;</nitf>'
    )
    assert root.text == "“é"
    assert xml.parse("<a>AT&T; &nothing;</a>").text == "AT&T; &nothing;"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<rss version='2.0'>", "rss"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <a> --><rdf:RDF xmlns='x'>", "RDF"),
        (b"<!DOCTYPE nitf SYSTEM 'x' [<!ELEMENT a (b)>]>\n<nitf>", "nitf"),
        ("<feed>".encode("utf-16"), "feed"),
        (b"<?xml version='1.0' encoding='windows-1252'?><caf\xe9>", "caf\u00e9"),
        (b"plain", ""),
        (b"<!-- no end", ""),
        (b"", ""),
    ],
)
def test_the_root_element_is_found_in_the_head(head: bytes, name: str) -> None:
    assert xml.root_name(head) == name


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<a>é</a>".encode(), "<a>é</a>"),
        (b"\xef\xbb\xbf<a/>", "<a/>"),
        ("<a>é</a>".encode("utf-16"), "<a>é</a>"),
        (
            b"<?xml version='1.0' encoding='utf-8'?>\x93\xe9\x94",
            "<?xml version='1.0' encoding='utf-8'?>“é”",
        ),
        (
            b"<?xml version='1.0' encoding='klingon'?>\xc3\xa9",
            "<?xml version='1.0' encoding='klingon'?>é",
        ),
    ],
)
def test_decoding(raw: bytes, text: str) -> None:
    assert xml.decode(raw) == text
