"""Choose an article's authors: persons only, on whom the page's statements agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.ingest.head.bylines import is_name
from bot.ingest.head.outlets import is_place
from bot.languages.table import bylines

MAX_LINE_LENGTH = 200

_LABEL = re.compile(
    r"\W*(?:(?:(?:words?|text|story|report(?:ing|ed)?|written|interview|analysis|posted|published"
    r"|filed|created|submitted)\s+)?by|von|par|por|di|door|av|af|autore?|autora|auteur|authors?"
    r"|verfasst von|words|text|texte|texto|reporter|writer)\b\s*:?\s*",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:photo\w*|pictures?|images?|illustrations?|video|graphics?|edited|additional|fotos?)\b"
    r".*",
    re.IGNORECASE,
)
"""Where a byline goes on with those who did not write the article."""
_ADDRESS = re.compile(r"\S*@\S*|https?://\S*|www\.\S*|\([^()]*\)|\[[^\[\]]*\]")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?,?"
)
_AFTER_NAMES = re.compile(
    r"(?:\b(?:(?:first |last )?(?:published|posted|updated|modified)|aktualisiert|mis à jour|publié"
    r"|publicado|actualizado|today|yesterday|\d)"
    rf"|\b(?:{_MONTH}|(?:mon|tue|wed|thu|fri|sat|sun)\w*,?)\s+(?:{_MONTH}\s+)?(?=\d)).*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*(?:[,;/|•·]|\s[–—-]\s|\band\b|&|\bund\b|\bwith\b|\s(?:et|y|e)\s)\s*", re.IGNORECASE
)
_PLACE = re.compile(r"\s+(?:in|at|[Ff]or|FOR|from|of)\s+(?=[^\W\d_a-z]|the\b).*")
_NO_PERSON = re.compile(
    r"\b(?:admin\w*|super user|staff|team|unit|desk|news(?:room|wire|desk)?|editorial|redaktion"
    r"|rédaction|redacción|redazione|redactie|webmaster|contributors?|agenc\w+|wires?|reuters"
    r"|bloomberg"
    r"|presse|xinhua|media|online|network|magazine|website|unknown|anonymous|author|editors?"
    r"|publisher|follow|comments?|min read|read more|subscribe|facebook|twitter|whatsapp|e-?mail"
    r"|guest (?:post|column|writer))\b"
    r"|^(?:home|none|null|user|share|opinion|politics|business|sports?|culture|world|local"
    r"|analysis|[a-z]{2,4} (?:news|sport))$",
    re.IGNORECASE,
)
_BY = re.compile(r"\b[Bb][Yy]\s+(?=[^\W\d_a-z])")
_CLASS_YEAR = re.compile(r"\s[’']\d\d\b")
_MAX_NAME_WORDS = 10
_AUTHOR_LABEL = re.compile(
    r"^\W*(?:von|par|por)[\s:]|\bby\b[\s:]"
    r"|^\W*(?:words|texte?|texto|story|report(?:er)?|authors?|autora?|auteur|writer)\s?:",
    re.IGNORECASE,
)
_MAX_DETAILS = 80
"""Characters of roles, places and dates on a line that names the authors."""


def choose_authors(
    stated: Sequence[Sequence[str]], printed: Sequence[Sequence[str]], page_text: str
) -> list[str]:
    """Return the authors' names from lists of names, the most reliable list first.

    The list on which most others agree counts; of equals, the longer if it contains the other, else
    the first. `stated` lists are in the page's metadata; names that are nowhere in `page_text`
    count less than those `printed` in a byline.
    """
    lists = [[name for name in names if " " in name or name in page_text] for names in stated]
    lists = [names for names in lists if names]
    unprinted = [names for names in lists if not any(name in page_text for name in names)]
    lists = [
        *(names for names in lists if names not in unprinted),
        *(list(names) for names in printed if names),
        *unprinted,
    ]
    if not lists:
        return []
    keys = [frozenset(map(name_key, names)) for names in lists]
    support = [sum(not mine.isdisjoint(other) for other in keys) for mine in keys]
    best = max(range(len(lists)), key=lambda index: support[index])
    for index, mine in enumerate(keys):
        if mine > keys[best] and support[index] == support[best]:
            best = index
    spellings = {name_key(name): name for names in reversed(lists) for name in names}
    spellings |= {
        name_key(name): name for names in reversed(lists) for name in names if not name.isupper()
    }
    return [spellings[name_key(name)] for name in lists[best]]


def find_persons(line: str, *, may_be_single: bool = False) -> list[str]:
    """Return the names of persons in a byline, as printed.

    Labels, roles, places, dates, addresses and organisations are left out. `may_be_single` allows
    a name of one word, where it is stated to be an author's.
    """
    if len(line) > MAX_LINE_LENGTH:
        return []
    line = _CLASS_YEAR.sub("", _ADDRESS.sub(" ", line))
    if by := _BY.search(_CREDIT.sub("", line)):
        line = line[by.end() :]
    while match := _LABEL.match(line):
        line = line[match.end() :]
    line = _AFTER_NAMES.sub("", _CREDIT.sub("", line)).strip()
    pieces = list(_split(line))
    if may_be_single and len(pieces) == 2 and all(len(piece.split()) == 1 for piece in pieces):
        pieces = [" ".join(reversed(pieces))] if "," in line else pieces  # Marsh, Edda
    names: dict[str, str] = {}
    for name in pieces:
        if is_person(name, may_be_single=may_be_single):
            names.setdefault(name_key(name), name)
    return list(names.values())


def names_author(line: str) -> bool:
    """Whether a line has a label such as "By"."""
    return bool(_AUTHOR_LABEL.search(line))


def is_name_line(line: str) -> bool:
    """Whether a line starts with a person's name and has little else but a role, place or day."""
    if len(line) > _MAX_DETAILS:
        return False
    head = _AFTER_NAMES.sub("", _CLASS_YEAR.sub("", _ADDRESS.sub(" ", line)))
    pieces = list(_split(head))
    return (
        bool(pieces)
        and len(head.split()) <= _MAX_NAME_WORDS
        and is_person(pieces[0], may_be_single=False)
        and head.strip().startswith(pieces[0])
    )


def is_byline(line: str, authors: Sequence[str]) -> bool:
    """Whether a line only names some of the authors, and perhaps their roles and the day."""
    if len(line) > MAX_LINE_LENGTH or not any(name_key(one) in name_key(line) for one in authors):
        return False
    names = find_persons(line)
    is_only_names = bool(names) and set(names) <= set(authors)
    has_head = line.startswith(tuple(authors))
    rest = len(line) - sum(len(author) for author in authors if author in line)
    return (is_only_names or (has_head and line[-1:] not in '.!?”"')) and rest <= _MAX_DETAILS


def name_key(name: str) -> str:
    """Return what is compared of a name: its letters."""
    return "".join(filter(str.isalpha, name.casefold()))


def is_person(name: str, *, may_be_single: bool) -> bool:
    """Whether a text looks like the name of one person."""
    if _NO_PERSON.search(name) or is_place(name):
        return False
    if is_name(name):
        return True
    words = name.split()
    if words and not any(char.islower() or char.isupper() for char in name):  # 王小明
        return len(words) <= 4 and all(char.isalpha() or char in " ·・" for char in name)
    return (
        may_be_single
        and len(words) == 1
        and name[0].isupper()
        and not name.isupper()
        and name.replace("-", "").replace("’", "").isalpha()
    )


def _split(line: str) -> Iterator[str]:
    for piece in _SEPARATOR.split(line):
        name = _PLACE.sub("", piece).removesuffix(" on").strip(" .,:-–—|")
        name = bylines.LEADING_ROLE.sub("", name)
        if bylines.ROLE.search(name):  # "Edda Marsh Political Editor"
            first_words = " ".join(name.split()[:2])
            name = first_words if not bylines.ROLE.search(first_words) else ""
        if name:
            yield name
