"""The inputs that both trees are given: files of the working tree, and made claims and queries."""

from __future__ import annotations

import json
import random
import re
import shutil
import tarfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.ingest.samples_of import MADE
from tests.witness.tree import ROOT

FRIDAY = datetime(2026, 11, 6, 10, tzinfo=UTC)
"""When the sample articles in seeds/ are news."""
DAYS = [FRIDAY + timedelta(days=day) for day in range(7)]
FROM_CORPUS, ARTICLES_A_DAY, SENTENCES, ARTICLES_A_FILE = 150, 8, 50, 100

WORDS = """
broken closed costly delayed eastern flooded hidden large local modern northern old public rural
small southern steep temporary unpaid vacant western wooden young narrow
bakery bridge canal clinic council dairy ferry foundry harbour hospital library lighthouse market
mill museum port prison quarry railway reservoir school shipyard stadium theatre
accepts blocks borrows builds cancels closes damages delays doubles expands guards inspects leases
loses measures opens paints rebuilds refuses repairs replaces sells tests wants
bricks budgets cables cattle coal copper engines fees flour fuel glass grain herring jobs licences
loans maps medicine nets paper permits salt ships wheat
Aldmoor Brackwell Carrowby Dunhythe Eastmere Fenwick Garmouth Hollin Inverley Jarrowby Kelsay Lindow
Marsby Northolm Oxcombe Penhallow Quarley Rookdale Saltby Thornea Ulverby Vennholt Wexcombe Yarrow
Ada Bram Clara Dirk Elsa Finn Greta Hugo Ines Jonas Karin Lars Mira Nils Olga Piet Rosa Sven Tilda
Ulla Vera Wim Yara Zeno
Abbing Borg Calder Drees Egan Falk Gantry Hallow Iversen Jessop Krail Lund Moor Nyman Orton Pryce
Quill Roe Strand Thorne Ullman Varga Weld Zeller
"""
ADJECTIVES, SUBJECTS, VERBS, OBJECTS, PLACES, FIRST, LAST = zip(
    *[iter(WORDS.split())] * 24, strict=True
)
CUES = ("said that", "denied that", "warned that", "claimed that", "confirmed that")
OUTLETS = [f"The {place} {kind}" for place in PLACES[:12] for kind in ("Post", "Echo")]
IN_SEEDS = ("Solvane", "Hallas", "Xi Jinping", "transport minister", "harbour master")


def make_inputs(folder: Path, claims: int, corpus: Path | None) -> None:
    """Copy and make all inputs into a folder: articles, samples, seeds, days, claims, queries."""
    rng, tests = random.Random(33), ROOT / "tests"
    annotated = [*(tests / "extract/annotated").glob("*.txt"), *_news("*")]
    for path in sorted(annotated):
        _write(folder / "articles" / f"{path.parent.name}-{path.name}", path.read_bytes())
    for archive in sorted(corpus.glob("*.tar.xz")) if corpus else ():
        with tarfile.open(archive) as tar:
            members = [one for one in tar.getmembers() if one.name.endswith(".txt")]
            for one in sorted(members, key=lambda member: member.name)[:FROM_CORPUS]:
                if file := tar.extractfile(one):
                    _write(folder / "articles" / f"corpus-{Path(one.name).name}", file.read())
    for path in sorted((tests / "ingest").rglob("*")):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            _write(folder / "samples" / path.relative_to(tests / "ingest"), path.read_bytes())
    for kind, files in MADE.items():
        for name, contents in files.items():
            _write(folder / "samples/made" / kind / name, contents)
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    for number, day in enumerate(DAYS):
        for n, path in enumerate(_news("blind")[number::7][:ARTICLES_A_DAY]):
            title, text = f"Story {path.stem} from {PLACES[n]}", path.read_text("utf-8")
            line = _line(text, title, OUTLETS[n], day - timedelta(hours=n + 1))
            _write(folder / f"days/{number}/{path.stem}.jsonl", line)
    seeds = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "seeds").iterdir()))
    sentences = re.findall(r"[A-Z“\"][^.\n]{30,200}\.", seeds)
    made = list(_write_claims(folder / "claims", claims, rng))
    for name, number, about, names in (
        ("seeds", 400, sentences, IN_SEEDS),
        ("claims", 500, made, LAST),
    ):
        queries = "".join(f"{_query(rng, rng.choice(about), names)}\n" for _ in range(number))
        _write(folder / f"{name}.queries", queries.encode())


def _news(folder: str) -> list[Path]:
    return sorted((ROOT / "tests/extract/news").glob(f"{folder}/*.txt"))


def _write(path: Path, contents: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(contents)


def _line(text: str, title: str, outlet: str, published: datetime) -> bytes:
    article = {"text": text, "title": title, "outlet": outlet, "published": published.isoformat()}
    return f"{json.dumps(article)}\n".encode()


def _write_claims(folder: Path, number: int, rng: random.Random) -> Iterator[str]:
    """Write articles with so many claims, one a sentence, and yield a sentence of each article."""
    articles = number // SENTENCES
    for start in range(0, articles, ARTICLES_A_FILE):
        lines = []
        for n in range(start, min(start + ARTICLES_A_FILE, articles)):
            sentences = [_sentence(rng) for _ in range(SENTENCES)]
            yield rng.choice(sentences)
            text = "\n\n".join(" ".join(sentences[i : i + 5]) for i in range(0, SENTENCES, 5))
            title = f"The {rng.choice(SUBJECTS)} of {rng.choice(PLACES)}, part {n}"
            lines.append(_line(text, title, rng.choice(OUTLETS), FRIDAY - timedelta(hours=7 * n)))
        _write(folder / f"{start:06}.jsonl", b"".join(lines))


def _sentence(rng: random.Random) -> str:
    content = " ".join(map(rng.choice, (ADJECTIVES, SUBJECTS, VERBS, OBJECTS)))
    content += f" in {rng.choice(PLACES)} for {rng.randrange(2, 900)} days"
    if rng.random() < 0.25:
        return f"{rng.choice(FIRST)} {rng.choice(LAST)} {rng.choice(CUES)} the {content}."
    return f"The {content}."


def _query(rng: random.Random, sentence: str, names: Sequence[str]) -> str:
    """Return a query about a sentence, in one of many forms."""
    words = re.findall(r"[^\W_]+", sentence)
    one, two, three = rng.choices([word for word in words if len(word) > 3], k=3)
    start, at, name = rng.randrange(len(words) - 3), rng.randrange(1, len(one)), rng.choice(names)
    phrase = " ".join(words[start : start + 3])
    forms = [
        *(one, f"{one} {two}", f"{one} {two} {three}", f'"{phrase}"', f"{one} OR {two}", sentence),
        *(f"{one} -{two}", f'by:"{name}" {one}', f'by:"{name}"', f"={one}", f"title:{one}"),
        *(f"{one} after:2026-11-03 before:2026-11-05", f"{one} sort:new", f"{one} type:direct"),
        *(f"{one} stance:denied", f"{one} named:no", f"{one[:at]}{one[at + 1 :]} {two}"),
        *(f"who said {phrase}?", f"what did {name} say about {one}?", f"who denied that {phrase}?"),
    ]
    return rng.choice(forms)
