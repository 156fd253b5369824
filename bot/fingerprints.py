"""Short digests of the code and settings that stored results depend on.

They are made from the source files, so nobody has to increment a version number after a change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from bot.config import Settings

BOT = Path(__file__).resolve().parent
EXTRACT = BOT / "extract"
CLAIMS = BOT / "newsroom" / "articles" / "claims.py"
TEXT = BOT / "text"
LANGUAGES = BOT / "languages"
LEXICON = "*/lexicon/*.*"
EXTRACTION_FILES = (LEXICON, "*/extraction/*.*", "*/heads/*.*", "*/wording/printed_roles.py")
"""The files of a language that extraction uses."""
HEAD = BOT / "ingest" / "head"
SPEAKERS = BOT / "speakers"
EXCLUDED = ("tokenizer.json",)
"""A large file whose digest is in tagger.json."""
ROLES = [
    BOT / "newsroom" / "speakers" / "roles.py",
    BOT / "wording" / "role.py",
    *(SPEAKERS / name for name in ("descriptions.py", "names.py", "spelling.py")),
]
"""The rules that recognise roles."""


def extractor_version(settings: Settings) -> str:
    """Return the version of everything that extraction depends on.

    That is the tagger (tagger.json has the digests of its large files) and the rules that use it,
    the rules for speakers and roles, the newsroom's cues, and the rules for the lines above the
    text of a plain file.

    Outlets are left out, although `near.report` may name one: adding an outlet should not
    re-extract every article.
    """
    files = (file for kind in ("*.py", "*.yml", "*.json") for file in EXTRACT.rglob(kind))
    hashed_files = [file for file in files if file.name not in EXCLUDED]
    hashed_files += [*TEXT.glob("*.py"), *HEAD.glob("*.py"), *ROLES]
    hashed_files += [file for pattern in EXTRACTION_FILES for file in LANGUAGES.glob(pattern)]
    cues = settings.cues
    cue_settings = sorted(cues.stances.items()), sorted(cues.irregular.items())
    certainty = settings.extract.sure_from, settings.extract.probably_from
    return _hash_files([*hashed_files, CLAIMS], cue_settings, certainty)


def naming_version(settings: Settings) -> str:
    """Return the version of everything that grouping names by speaker depends on.

    That is the rules, and the names that the newsroom pins or keeps apart. Rulings made in Slack
    are not included: the store regroups the names in the transaction that records a ruling.
    """
    file_names = ("aliases.py", "names.py", "rulings.py", "spelling.py")
    rules = [SPEAKERS / name for name in file_names]
    rules += LANGUAGES.glob(LEXICON)  # titles, and words that are not people
    return _hash_files(rules, settings.outlets, settings.speakers, settings.apart)


def _hash_files(files: Iterable[Path], *values: object) -> str:
    digest = hashlib.sha256(repr(values).encode())
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
