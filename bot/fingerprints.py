"""What stored results were made by, as short digests: a change of rules or settings changes them.

The rules are digested as they lie there, so that no number need be counted up when one changes.
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
"""The files of a language by which articles are read."""
HEAD = BOT / "ingest" / "head"
SPEAKERS = BOT / "speakers"
EXCLUDED = ("tokenizer.json",)
"""A large file that tagger.json has the digest of."""
ROLES = [
    BOT / "newsroom" / "speakers" / "roles.py",
    BOT / "wording" / "role.py",
    *(SPEAKERS / name for name in ("names.py", "spelling.py")),
]
"""The rules that say what roles are."""


def extractor_version(settings: Settings) -> str:
    """What reads articles: the tagger (tagger.json holds the digests of its large files), the
    rules behind it, those of what speakers are, the newsroom's cues, and the rules that read what
    plain files print above their stories.

    The newsroom's outlets are left out, though `near.report` is one of their names: a new outlet
    should not have every article read again.
    """
    files = (file for kind in ("*.py", "*.yml", "*.json") for file in EXTRACT.rglob(kind))
    small = [file for file in files if file.name not in EXCLUDED]
    small += [*TEXT.glob("*.py"), *HEAD.glob("*.py"), *ROLES]
    small += [file for pattern in EXTRACTION_FILES for file in LANGUAGES.glob(pattern)]
    cues = settings.cues
    own = sorted(cues.stances.items()), sorted(cues.irregular.items())
    return _hash_files([*small, CLAIMS], own)


def naming_version(settings: Settings) -> str:
    """By what names meet: the rules, and the names that the newsroom pins or keeps apart.

    What people rule in Slack is no part of it: that lies in the store, which groups the names anew
    in the same transaction.
    """
    own = ("aliases.py", "names.py", "rulings.py", "spelling.py")
    rules = [SPEAKERS / name for name in own]
    rules += LANGUAGES.glob(LEXICON)  # titles, no persons
    return _hash_files(rules, settings.outlets, settings.speakers, settings.apart)


def _hash_files(files: Iterable[Path], *own: object) -> str:
    made = hashlib.sha256(repr(own).encode())
    for file in sorted(files):
        made.update(file.read_bytes())
    return made.hexdigest()[:16]
