"""The program as a person or another program calls it: its streams and its exit codes."""

from __future__ import annotations

import asyncio
import json
import math
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.config import shipped_folder
from bot.errors import QueryError
from bot.newsroom import Newsroom
from bot.newsroom.search.answers import Search
from bot.search.engine.embedded.generation import write_lock
from bot.search.meaning import weights
from bot.search.patience import current_patience
from bot.slack.local import ALICE
from bot.store import Store, schema
from tests.cli.program import ROOT, claimdesk, claimdesk_alone, environment


def test_the_answer_to_the_readmes_question(indexed: Path) -> None:
    done = claimdesk_alone(indexed, "claim", "yuan", "ruble")
    assert done.code == 0
    assert "increasingly using rubles and yuan" in done.out
    assert done.out.startswith(
        "1. In the article's own words\n   In addition, Russia and China are"
    )
    after = "after what CCP policy advisers (unnamed) told The Wall Street Journal"
    assert f"   {after}\n" in done.out
    assert "unknown" not in done.out  # Context says what is not known
    assert "\n   “The Russia-Ukraine war" in done.out
    assert "yuan ruble · 1 claim · 9 articles searched" in done.out
    assert "\x1b" not in done.out  # plain when piped


def test_a_query_would_rather_wait_than_not_be_corrected(
    indexed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patiences = []

    def find_rows(*_: object, **options: object) -> None:
        patiences.append(current_patience())
        raise QueryError("seen")

    monkeypatch.setattr(Search, "find_rows", find_rows)
    claimdesk(indexed, "claim", "yaun")
    (patience,) = patiences
    assert patience
    assert patience.is_patient


def test_options_end_at_the_first_word(indexed: Path) -> None:
    words = ("wall", "-crack", "--jumble")
    (line,) = claimdesk(indexed, "claim", "--limit", "2", "--json", *words).lines
    assert line["query"] == "wall -crack --jumble"
    (line,) = claimdesk(indexed, "claim", "--limit", "2", "--json", "wall", "-crack").lines
    assert len(line["hits"]) == 2
    assert line["total"] > 2
    (line,) = claimdesk(indexed, "claim", "--json", "-wall", "crack").lines
    assert line["query"] == "-wall crack"
    assert line["total"]


def test_a_hit_has_every_field(indexed: Path) -> None:
    (line,) = claimdesk(indexed, "claim", "--json", "rubles", "yuan").lines
    assert set(line) == {
        "query", "read_as", "took_ms", "total", "searched", "hits", "suggestions", "offers",
        "corrections", "behind", "loose", "articles", "is_question", "close",
    }  # fmt: skip
    assert set(line["searched"]) == {"articles", "claims", "from", "to"}
    (hit,) = line["hits"]
    assert {
        "id", "ref", "score", "kind", "text", "speaker", "source", "cue", "type", "via", "near",
        "date", "spans", "article",
    } <= set(hit)  # fmt: skip
    known = {
        "id", "title", "outlet", "published", "url", "sample", "corrected", "claimed_outlet",
        "claimed_url", "review", "doubt",
    }  # fmt: skip
    assert set(hit["article"]) == known
    assert (hit["kind"], hit["speaker"], hit["type"]) == ("statement", None, None)
    assert hit["near"]["speaker"] == "CCP policy advisers"
    assert hit["near"]["report"] == "The Wall Street Journal"
    text = (shipped_folder("seeds") / "000_40d7738ea8a24f51.txt").read_text()
    assert " … ".join(text[s:e] for s, e in hit["spans"]) == hit["text"]


def test_a_hit_has_the_role_that_was_asked_for(indexed: Path) -> None:
    (line,) = claimdesk(indexed, "claim", "--json", 'by:"harbour master"').lines
    assert line["hits"][0]["speaker"] == "Ingrid Solvane"
    assert line["hits"][0]["role"].lower() == "harbour master"


def test_what_a_word_may_be_a_slip_for_is_offered(indexed: Path) -> None:
    (line,) = claimdesk(indexed, "claim", "--json", "dockworkers", "unpaid").lines
    assert (line["total"], line["corrections"]) == (0, [])
    assert line["offers"] == ["dockworkers paid"]
    shown = claimdesk(indexed, "claim", "dockworkers", "unpaid").out
    assert "These searches find something: dockworkers paid | dockworkers" in shown


def test_facets_and_factors_are_shown_on_request(indexed: Path) -> None:
    plain, asked = (
        claimdesk(indexed, "claim", "--json", *options, "port").lines[0]
        for options in ((), ("--facets", "--explain"))
    )
    assert "facets" not in plain
    assert "factors" not in plain["hits"][0]
    assert list(asked["facets"]) == ["speaker", "outlet", "month", "type"]
    assert sum(one["claims"] for one in asked["facets"]["type"]) <= asked["total"]
    for hit in asked["hits"]:
        assert math.prod(hit["factors"].values()) == pytest.approx(hit["score"], rel=0.01)
    printed = claimdesk(indexed, "claim", "--facets", "--explain", "--limit", "1", "port").out
    assert re.search(r"^   \d+\.\d\d = text .* × source .* × wording .* × date ", printed, re.M)
    assert re.search(r"^type    \w+ \d+", printed, re.M)


def test_a_pasted_passage_is_answered_sentence_by_sentence(indexed: Path) -> None:
    ships = "Twenty-six ships are waiting in the roads outside Vellmouth today."
    passage = f"Nobody has ever photographed such zebras! {ships}"
    (line,) = claimdesk(indexed, "claim", "--json", passage).lines
    (section,) = line["sections"]
    assert section["sentence"] == ships
    assert section["hits"] == [hit["id"] for hit in line["hits"]]
    assert line["unfound"] == ["Nobody has ever photographed such zebras!"]
    shown = claimdesk(indexed, "claim", passage).out
    assert f"Your sentence: {ships}" in shown
    assert "nothing for: “Nobody has ever photographed such zebras!”" in shown


def test_rows_do_not_depend_on_the_limit(
    tmp_path: Path,
) -> None:
    file, text = tmp_path / "claims.jsonl", "The bridge will not open before the spring"
    claims = [
        {"text": text, "speaker": "Mara Tolland", "outlet": f"Post {n}", "published": "2026-11-03"}
        for n in range(4)
    ]
    claims.append({"text": "The bridge is old", "speaker": "Mara Tolland"})
    file.write_text("".join(f"{json.dumps(claim)}\n" for claim in claims), encoding="utf-8")
    claimdesk(tmp_path, "import", file)
    done = claimdesk(tmp_path, "claim", "--limit", "1", "bridge", "spring")
    assert "also in 3 outlets" in done.out
    assert "bridge spring · 4 claims · 4 articles searched" in done.out
    done = claimdesk(tmp_path, "claim", "--limit", "1", "bridge")
    assert "5 claims" in done.out
    assert done.out.endswith("· statement 1 of 2\n")
    alone, every = (
        claimdesk(tmp_path, "claim", "--json", "--limit", limit, "bridge", "spring").lines[0]
        for limit in (1, 9)
    )
    assert alone["hits"] == every["hits"][:1]
    assert {hit["group"] for hit in every["hits"]} == {alone["hits"][0]["group"]}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wall --json", "--json wall"),
        ("- --facets", "--facets -"),
        ("quay --limit 3 wall --plain", "--limit 3 --plain quay wall"),
        ("wall --limit=3", "--limit=3 wall"),
        ("wall --help", "--help wall"),
    ],
)
def test_an_option_behind_the_words_is_not_searched_for(
    indexed: Path, typed: str, meant: str
) -> None:
    done = claimdesk(indexed, "claim", *typed.split())
    assert done.code == 2
    assert re.search(rf"put options before the words: .*claim {meant}$", done.err, re.MULTILINE)
    assert claimdesk(indexed, "claim", "wall", "--jumble").code == 0


def test_a_spelling_correction_offers_the_exact_search(indexed: Path) -> None:
    (line,) = claimdesk(indexed, "claim", "--json", "yaun").lines
    assert line["corrections"] == [["yaun", "yuan"]]
    assert "Search exactly for yaun: =yaun" in claimdesk(indexed, "claim", "yaun").out
    (line,) = claimdesk(indexed, "claim", "--json", "=yaun").lines
    assert (line["total"], line["suggestions"]) == (0, ["yuan"])


def test_queries_from_standard_input_are_answered_in_order(indexed: Path) -> None:
    done = claimdesk_alone(
        indexed, "claim", "--json", "-", given="yuan\nafter:never\n\nbest friend\n"
    )
    assert done.code == 1
    assert [line["query"] for line in done.lines] == ["yuan", "after:never", "", "best friend"]
    bad = done.lines[1]
    assert bad["error"].startswith("I can't read after:never.")
    assert (bad["total"], bad["hits"], bad["position"]) == (0, [], 0)
    assert bad["took_ms"] >= 0
    assert done.lines[3]["hits"][0]["speaker"] == "Xi Jinping"


def test_a_query_that_cannot_be_read_has_exit_code_1(indexed: Path) -> None:
    done = claimdesk(indexed, "claim", "yuan", "after:never")
    assert done.code == 1
    assert 'A date looks like 2022-12-14, yesterday or "last week".' in done.out
    assert "yuan after:never\n     ^\n" in done.out


def test_queries_that_no_search_server_answers_fail_and_say_so_once(tmp_path: Path) -> None:
    data, article = tmp_path / "data", tmp_path / "a.txt"
    article.write_text("The harbour stays shut, Ingrid Solvane said on Monday.\n")
    (data / "config").mkdir(parents=True)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # nobody listens there
        address = f"http://127.0.0.1:{held.getsockname()[1]}"
        (data / "config" / "bot.yml").write_text(f"search:\n  url: {address}\n")
        filed = claimdesk_alone(data, "ingest", article)
        done = claimdesk_alone(data, "claim", "-", given="harbour\nyuan\n")
    for command in (filed, done):
        assert command.err.count("no search server can be reached") == 1, command.err
    assert (filed.code, done.code, done.out) == (0, 1, "")


def test_extract_prints_each_file_and_names_bad_ones(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.txt"
    good.write_text("---\ntitle: T\n---\nThe lock leaks, Jane Roe said.\n")
    bad.write_bytes(b"\xff")
    done = claimdesk(tmp_path / "data", "extract", "--json", good, bad)
    assert done.code == 1
    (line,) = done.lines
    assert (line["id"], line["text"]) == ("good", "The lock leaks, Jane Roe said.\n")
    assert set(line) == {"id", "language", "text", "text_sha", "attributions", "statements"}
    assert line["language"] is None  # so few words tell none
    (found,) = line["attributions"]
    assert {
        "id", "source", "cue", "content", "type", "speaker", "via", "inside", "confidence",
        "speaker_confidence",
    } <= set(found)  # fmt: skip
    assert found["speaker"] == "Jane Roe"
    assert [line["text"][s:e] for s, e in found["content"]] == ["The lock leaks"]
    assert "bad.txt" in done.err


def test_ingest_reports_bad_files_and_continues(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bad.txt").write_bytes(b"caf\xe9")
    (folder / "good.txt").write_text("The lock leaks, Jane Roe said.")
    done = claimdesk(tmp_path / "data", "ingest", folder)
    assert done.code == 1
    assert "bad.txt" in done.err
    assert "UTF-8" in done.err
    assert "1 new, 1 failed; 1 article, " in done.err
    assert claimdesk(tmp_path / "data", "ingest", folder / "good.txt").code == 0


def test_import_find_and_remove(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "claims.jsonl"
    file.write_bytes(b'{"text": "The mill reopened.", "ref": 7}\n{"text": "caf\xe9"}\n')
    done = claimdesk(data, "import", file)
    assert done.code == 1
    assert "line 2" in done.err
    assert "1 claim imported, 1 line refused" in done.err
    (line,) = claimdesk(data, "claim", "--json", "mill").lines
    assert line["hits"][0]["ref"] == 7
    article = line["hits"][0]["article"]["id"]
    assert claimdesk(data, "remove", article).code == 2  # no reason given
    assert claimdesk(data, "remove", article, "--reason", " ").code == 2
    both = claimdesk(data, "remove", article, "--samples", "--reason", "x")
    assert (both.code, "Give ids or --samples, not both." in both.err) == (2, True)
    assert claimdesk(data, "remove", "--reason", "x").code == 2
    assert claimdesk(data, "remove", "nothere", "--reason", "x").code == 2
    assert claimdesk(data, "remove", article, "--reason", "x").code == 0
    assert claimdesk(data, "claim", "--json", "mill").lines[0]["total"] == 0


def test_indexing_is_left_to_the_process_that_writes(tmp_path: Path) -> None:
    data, article = tmp_path / "data", tmp_path / "a.txt"
    article.write_text("The harbour stays shut, Ingrid Solvane said on Monday.\n")
    claimdesk(data, "ingest", article)
    article.write_text("The harbour is open, Ingrid Solvane said on Tuesday.\n")
    with write_lock(data / "index"):
        filed = claimdesk_alone(data, "ingest", article)
    assert (filed.code, filed.err) == (0, "1 updated; 1 article, 1 claim\n")
    found = claimdesk(data, "claim", "--json", "harbour").lines[0]["hits"]
    with write_lock(data / "index"):
        removed = claimdesk_alone(data, "remove", found[0]["article"]["id"], "--reason", "a test")
    assert (removed.code, removed.err.partition(" removed")[0]) == (0, "1 article")


def test_removed_articles_stay_out_without_again(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "leak.txt"
    file.write_text("The lock leaks, Jane Roe said.")
    claimdesk(data, "ingest", file)
    (line,) = claimdesk(data, "claim", "--json", "lock").lines
    claimdesk(data, "remove", line["hits"][0]["article"]["id"], "--reason", "a hoax")
    done = claimdesk(data, "ingest", file)
    assert done.code == 0
    assert "stays out (a hoax); ingest --again adds it after all" in done.err
    assert "1 withdrawn; 0 articles" in done.err
    assert "1 new; 1 article, 1 claim" in claimdesk(data, "ingest", "--again", file).err


def test_what_looks_like_no_article_is_read_anyway(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "front.html"
    teasers = "".join(f'<h2><a href="/{n}">The lock leaks, said Roe</a></h2>' for n in range(9))
    file.write_text(f"<html><title>Post</title><body>{teasers}<p>Read on</p></body></html>")
    refused = claimdesk(data, "ingest", file)
    assert refused.code == 1
    assert "it has 9 links and" in refused.err
    assert "ingest --anyway reads it all the same" in refused.err
    assert "1 new; 1 article" in claimdesk(data, "ingest", "--anyway", file).err


def test_a_byte_order_mark_is_ignored(tmp_path: Path) -> None:
    claims = b'\xef\xbb\xbf{"text": "The mill reopened."}\n'
    done = claimdesk_alone(tmp_path / "data", "import", "-", given=claims)
    assert (done.code, done.err) == (0, "1 claim imported\n")


def test_article_text_cannot_control_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a\x1b[31m.txt"
    file.write_text("The lock \x1b]0;pwned\x07 leaks, Jane Roe said.")
    shown = claimdesk(tmp_path / "data", "extract", file)
    claimdesk(tmp_path / "data", "ingest", file)
    found = claimdesk(tmp_path / "data", "claim", "lock")
    nothing = claimdesk(tmp_path / "data", "claim", "zebra\x1b[2J\x9b2J")
    refused = claimdesk(tmp_path / "data", "claim", "after:\x1b[2J")
    failed = claimdesk(tmp_path / "data", "ingest", tmp_path / "none\x1b.txt")
    for done in (shown, found, nothing, refused, failed):
        assert not set(done.out + done.err) & {"\x1b", "\x07", "\x9b"}
    assert "␛]0;pwned␇ leaks" in shown.out
    assert "␛]0;pwned␇ leaks" in found.out


def test_extract_shows_what_filing_would(indexed: Path) -> None:
    seed = shipped_folder("seeds") / "000_40d7738ea8a24f51.txt"
    done = claimdesk(indexed, "extract", seed)
    assert "1. In the article's own words\n" in done.out
    assert "reported, not quoted" in done.out


def test_invalid_settings_exit_with_2(tmp_path: Path) -> None:
    done = claimdesk_alone(
        tmp_path / "data", "run", PORT="none", SLACK_APP_TOKEN="x", DATABASE_URL="y"
    )
    assert done.code == 2
    assert done.err.startswith("claimdesk: these settings cannot be used:")
    assert all(name in done.err for name in ("PORT", "SLACK_APP_TOKEN", "DATABASE_URL"))
    assert "Traceback" not in done.err


def test_slacks_settings_do_not_stop_what_does_not_use_them(indexed: Path) -> None:
    done = claimdesk(indexed, "claim", "yuan", PORT="none", SLACK_BOT_TOKEN="x")
    assert done.code == 0
    assert "rubles and yuan" in done.out


@pytest.mark.parametrize("part", ["settings", "data"])
def test_doctor_tells_settings_that_cannot_be_used(tmp_path: Path, part: str) -> None:
    if part == "data":
        (tmp_path / "data").write_text("a file")
    environ = {} if part == "data" else {"SLACK_APP_TOKEN": "sesame", "PORT": "none"}
    done = claimdesk(tmp_path / "data", "doctor", **environ)
    assert done.code == 1
    assert done.out.startswith("problem settings ")
    told = ["CLAIMDESK_DATA"] if part == "data" else ["SLACK_APP_TOKEN must", "PORT is 'none'"]
    assert all(words in done.out for words in told)
    assert "sesame" not in done.out + done.err


@pytest.mark.parametrize(
    ("command", "tokens", "told"),
    [
        ("slack", {}, "SLACK_BOT_TOKEN"),
        ("run", {"SLACK_BOT_TOKEN": "xoxb-x", "SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Slack"),
    ],
)
def test_serving_asks_for_what_it_needs(
    tmp_path: Path, command: str, tokens: dict[str, str], told: str
) -> None:
    done = claimdesk_alone(tmp_path / "data", command, **tokens)
    assert done.code == 2
    assert told in done.err
    assert "Traceback" not in done.err
    assert "xoxb-x" not in done.err


def let_an_hour_pass(data: Path) -> None:
    """Move what is due at some hour into the past: the worker's clock cannot be moved."""
    store = Store(f"sqlite:///{data / 'claimdesk.sqlite3'}")
    before = datetime.now(UTC) - timedelta(seconds=1)
    with store.database.write() as connection:
        connection.execute(sa.update(schema.versions).values(release_at=before))
        connection.execute(sa.update(schema.jobs).values(due_at=before))
    store.close()


async def test_a_worker_without_slack_releases_what_was_under_embargo(tmp_path: Path) -> None:
    hour = datetime.now(UTC) + timedelta(hours=1)
    story = {
        "uri": "urn:halyard:1",
        "pubstatus": "usable",
        "embargoed": hour.isoformat(),
        "headline": "Gate fails",
        "body_text": "The gate failed on Monday, said Jane Roe, who keeps it.",
    }
    (tmp_path / "story.json").write_text(json.dumps(story))
    data = tmp_path / "data"
    filed = claimdesk(data, "ingest", "--json", tmp_path / "story.json")
    assert json.loads(filed.out)["articles"][0]["status"] == "withheld"
    assert claimdesk(data, "claim", "gate").out.startswith("There are no articles to search yet")
    let_an_hour_pass(data)
    environ = {**os.environ, **environment(data)}
    command = [sys.executable, "-m", "bot", "worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE) as worker:
        try:
            assert worker.stderr
            assert b"SLACK_BOT_TOKEN is not set" in worker.stderr.readline()
            async with asyncio.timeout(60):
                while "Jane Roe" not in claimdesk(data, "claim", "gate").out:
                    await asyncio.sleep(0.05)
        finally:
            worker.terminate()
        assert worker.wait(60) == 0


def test_one_person_of_the_demo_is_an_admin(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    async def run_demo(newsroom: Newsroom, *, open_page: bool) -> None:
        opened.append((newsroom.settings.people.admins, open_page))

    monkeypatch.setattr("bot.slack.demo.run_demo", run_demo)
    assert claimdesk(indexed, "demo", "--no-browser").code == 0
    assert opened == [((ALICE,), False)]


def test_doctor_says_what_is_ill_and_what_to_do(tmp_path: Path) -> None:
    done = claimdesk(
        tmp_path / "data", "doctor", DATABASE_URL="postgresql://desk:sesame@127.0.0.1:1/none"
    )
    assert done.code == 1
    assert "problem store" in done.out
    assert "ok      tagger" in done.out
    assert "DATABASE_URL" in done.out
    assert "sesame" not in done.out + done.err


class _Slack(BaseHTTPRequestHandler):
    """Answers auth.test, and knows no app token."""

    def do_POST(self) -> None:
        known = {"ok": True, "team": "Newsroom", "user": "claimdesk"}
        answer = known if "auth.test" in self.path else {"ok": False, "error": "invalid_auth"}
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, format: str, *args: object) -> None: ...


def test_doctor_tries_both_tokens(indexed: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Slack) as slack:
        threading.Thread(target=slack.serve_forever, daemon=True).start()
        tokens = {"SLACK_BOT_TOKEN": "xoxb-sesame", "SLACK_SIGNING_SECRET": "sesame"}
        tokens["SLACK_API_URL"] = f"http://127.0.0.1:{slack.server_port}/api"
        well = claimdesk(indexed, "doctor", **tokens)
        ill = claimdesk(indexed, "doctor", SLACK_APP_TOKEN="xapp-sesame", **tokens)
        slack.shutdown()
    assert (well.code, ill.code) == (0, 1)
    assert "Newsroom as claimdesk, signed HTTP on port 3000" in well.out
    assert "invalid_auth. Check SLACK_APP_TOKEN" in ill.out
    assert "sesame" not in well.out + well.err + ill.out + ill.err


def test_the_next_digest_is_previewed_where_no_date_is_given(tmp_path: Path) -> None:
    file = tmp_path / "leak.txt"
    file.write_text("The lock leaks, Jane Roe said.")
    claimdesk(tmp_path / "data", "ingest", file)
    done = claimdesk(tmp_path / "data", "digest", "preview")
    assert "1 claim in 1 article" in done.out
    assert "The lock leaks" in done.out


@pytest.mark.parametrize("form", ["", "--json"])
def test_output_that_nobody_reads_to_its_end_is_no_failure(indexed: Path, form: str) -> None:
    # More than a pipe holds (64 KiB), so that writing goes on after the reader has gone.
    queries = indexed.parent / "queries"
    queries.write_text("in:post\n" * 20)
    command = f'"{sys.executable}" -m bot claim {form} --limit 99 -'
    script = f'{command} <"{queries}" | head -1; exit "${{PIPESTATUS[0]}}"'
    environ = {"PYTHONPATH": str(ROOT), "CLAIMDESK_DATA": str(indexed)}
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, env={**os.environ, **environ}, check=False
    )
    assert done.stdout.count(b"\n") == 1
    assert (done.returncode, done.stderr) == (0, b"")


def test_reextract_reads_again_only_what_another_extractor_has_read(tmp_path: Path) -> None:
    data, article = tmp_path / "data", tmp_path / "a.txt"
    article.write_text('"The wall is safe," said Ingrid Solvane, the harbour master.')
    assert claimdesk(data, "ingest", article).code == 0
    before = claimdesk(data, "claim", "--json", "wall").lines[0]["hits"]
    assert "0 articles read again; 1 claim" in claimdesk(data, "reextract").err
    done = claimdesk(data, "reextract", "--again")
    assert (done.code, done.out) == (0, "")
    assert "1 article read again; 1 claim" in done.err
    assert claimdesk(data, "claim", "--json", "wall").lines[0]["hits"] == before


def test_a_hit_names_its_speaker_as_printed_and_as_known(tmp_path: Path) -> None:
    names = ("Xi", "Xi Jinping", "Xi Jinping")  # whom two articles name
    lines = [
        {"text": f"Wall {n}.", "speaker": name, "title": f"{n}"} for n, name in enumerate(names)
    ]
    data = tmp_path / "data"
    given = "\n".join(map(json.dumps, lines))
    assert claimdesk(data, "import", "-", given=given).code == 0
    hits = claimdesk(data, "claim", "--json", 'by:"xi jinping"').lines[0]["hits"]
    assert {(hit["speaker"], hit["speaker_known_as"]) for hit in hits} == {
        ("Xi", "Xi Jinping"),
        ("Xi Jinping", None),
    }
    assert {(hit["speaker_guess"], hit["confidence"]) for hit in hits} == {(None, 1.0)}


needs_model = pytest.mark.skipif(not weights.find_file(), reason="skipped: no claimdesk[vectors]")


@needs_model
def test_vectors_let_searches_go_by_meaning(indexed: Path, tmp_path: Path) -> None:
    data = shutil.copytree(indexed, tmp_path / "data")
    before = claimdesk(data, "claim", "--json", "chinese purchases of crude")
    assert before.lines[0]["hits"] == []
    assert "run claimdesk vectors" in claimdesk(data, "doctor").out
    for _ in range(2):
        done = claimdesk(data, "vectors")
        assert (done.code, done.out) == (0, "")
        assert re.search(r"^\d+ claims with vectors$", done.err, re.MULTILINE)
    after = claimdesk(
        data, "claim", "--json", "-", given="chinese purchases of crude\nphotosynthesis"
    )
    found, nothing = after.lines
    assert "its purchase of Russian oil" in found["hits"][0]["text"]
    assert found["hits"][0]["by_meaning"] is False  # it has "purchase"
    assert nothing["hits"] == []
    assert "every claim has one" in claimdesk(data, "doctor").out


def test_plain_ranks_claims_for_texts_and_reads_no_query(indexed: Path) -> None:
    texts = 'The "grain keeps" in:reuters after:noon\nphotosynthesis\n'
    done = claimdesk(indexed, "claim", "--plain", "--limit", "3", "--json", "-", given=texts)
    grain, nothing = done.lines
    assert (done.code, len(done.lines)) == (0, 2)
    assert "grain" in grain["hits"][0]["text"].casefold()
    assert len(grain["hits"]) <= 3
    asked = claimdesk(indexed, "claim", "--plain", "--explain", "--json", "grain").lines[0]
    assert asked["hits"]
    assert not any("factors" in hit for hit in asked["hits"])
    assert (nothing["total"], nothing["hits"]) == (0, [])


def test_one_statement_is_one_row_of_several_hits(tmp_path: Path) -> None:
    claims = [
        {
            "text": "The bridge is shut until May",
            "speaker": "Mara",
            "outlet": outlet,
            "published": on,
        }
        for outlet, on in (("Post", "2026-11-05"), ("Courier", "2026-11-03"))
    ]
    (tmp_path / "claims.jsonl").write_text("\n".join(map(json.dumps, claims)))
    data = tmp_path / "data"
    assert claimdesk(data, "import", tmp_path / "claims.jsonl").code == 0
    hits = claimdesk(data, "claim", "--json", "bridge").lines[0]["hits"]
    assert len(hits) == 2
    first = next(hit["id"] for hit in hits if hit["article"]["outlet"] == "Courier")
    assert [hit["group"] for hit in hits] == [first, first]
    shown = claimdesk(data, "claim", "bridge").out
    assert shown.count("The bridge is shut") == 1
    assert "also in Post" in shown
