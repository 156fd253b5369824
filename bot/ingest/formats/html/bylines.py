"""Read the lines that name an article's authors: persons only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.ingest.head.bylines import is_name
from bot.ingest.head.outlets import is_place
from bot.languages import wordlist
from bot.languages.table import bylines

MAX_LINE_LENGTH = 200
KNOWN_LINES = 512
"""Lines of which it is remembered whether they name a person, since each is asked about often."""

_LABEL = re.compile(
    r"\W*(?:(?:(?:words?|text|story|report(?:ing|ed)?|written|interview|analysis|posted|published"
    r"|filed|created|submitted)\s+)?by|von|par|por|di|door|av|af|autore?|autora|auteur[es]*"
    r"|authors?"
    r"|autor(?:en|es|in|innen)|verfasst von|words|text|texte|texto|reporter|writer"
    r"|(?:interview|analysis|analyse|análisis|column|kommentar|opinion|essay|comment|review"
    r"|protokoll"
    r"|entretien|entrevista|reportage|story|report|bericht)(?=\s*[:|])"
    r"|from(?=\s+[^\W\d_]))\b\s*[:|]?\s*",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:photo\w*|pictures?|images?|illustrations?|video|graphics?|edited|additional|fotos?"
    r"|kamera|grafik|bilder|bearbeitet|(?:updated|read|narrated|voiced|checked) by"
    r"|(?:\w+ly )?reviewed|translat\w+|traduit|traduc\w+|übersetz\w+)\b.*",
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
    r"\s*(?:[,;/|•·]|\s[–—-]\s|\band\b|&|\bund\b|\bwith\b|\s(?:et|y|e|avec|con|mit)\s)\s*",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(r"^.{0,30}\d{4}(?:,?\s+\d{1,2}[:.]\d\d)?\s*[–—-]\s+(?=[^\W\d_a-z])")
"""The day before a name: "Wainscote, 3 Nov 2026 – Edda Marsh"."""
_CITY_BEFORE = re.compile(r"^(?!Prof|Assoc|Asst)[^\W\d_a-z][^\W\d_]{3,}\.\s+(?=\S+\s+\S)")
"""The place before a name: "Madrid. Edda Marsh"."""
_PICTURE_SOURCE = re.compile(
    r"/\s*(?:getty|shutterstock|i?stock|alamy|afp|reuters|ap|epa|imago|dpa|picture|unsplash|efe"
    r"|[^\W\d_a-z]+\s*images)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?!(?:written|reported|posted|published|created|submitted|compiled|authored|contributed"
    r"|prepared|filed|composed|penned)\b)"
    r"(?:[a-z]{2,}ed|[a-z]{3,}en|led|run|made|won|built|shot|held|hit|set|told)\s+by\b"
)
"""What somebody did who need not have written it: "a plan backed by"."""
_PLACE = re.compile(r"\s+(?:in|at|[Ff]or|FOR|from|of)\s+(?=[^\W\d_a-z]|the\b).*")
_NO_PERSON = re.compile(
    r"\b(?:admin\w*|super user|staff|team|unit|desk|news(?:room|wire|desk)?|editorial|redaktion"
    r"|rédaction|redacción|redazione|redactie|webmaster|contributors?|agenc\w+|wires?|reuters"
    r"|bloomberg"
    r"|presse|xinhua|media|online|network|magazine|website|unknown|anonymous|author|editors?"
    r"|publisher|follow|comments?|min read|read more|subscribe|facebook|twitter|whatsapp|e-?mail"
    r"|redakteur\w*|korrespondent\w*|volontär\w*|journalist\w*|correspondante?|corresponsal"
    r"|periodista|redactora?|envoyée?"
    r"|guest (?:post|column|writer)|live|ended|breaking|exclusive|watch|listen|save|print|menu"
    r"|log ?in"
    r"|search|what[’']s|merken|teilen|drucken|vorlesen|anzeige|imprimer|partager|compartir|imprimir"
    r"|long reads?|letters?|front page|latest|updates?|stories|story|series|podcast|gallery)\b"
    r"|^(?:home|none|null|user|share|opinion|politics|business|sports?|culture|world|local"
    r"|analysis|[a-z]{2,4} (?:news|sport))$",
    re.IGNORECASE,
)
_KINDS = (
    r"(?i:ein[e]?|an?|une?|un[ao]?|kommentar|analyse|bericht|essay|interview|reportage|kolumne"
    r"|gastbeitrag|glosse|kritik|rezension|porträt|protokoll|geschrieben|veröffentlicht|erstellt"
    r"|verfasst|aufgezeichnet|text|publiée?|écrite?|rédigée?|article|propos|recueillis?|postée?"
    r"|chronique|entretien|enquête|récit|analyse|mis en ligne|publicad[oa]|escrit[oa]|redactad[oa]"
    r"|texto|entrevista|reportaje|columna|análisis|stand|aktualisiert|le|il|di|scritto|door)"
)
_BY = re.compile(
    r"\b(?:[Bb][Yy]|[Aa]s (?:told|dictated) to)[\s|]+(?=[^\W\d_a-z])"
    rf"|(?:^|\W)(?:{_KINDS}\b[\s:,-]*){{1,4}}(?:von|par|por|VON|PAR|POR)[\s|]+(?=[^\W\d_a-z])"
    r"|(?:^|[.|•·,]\s*)(?:[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR)[\s|:]+(?=[^\W\d_a-z])"
    r"|^(?i:una?|le|la) (?i:crónica|análisis|entrevista|reportaje|columna) (?:de"
    r"|of)\s+(?=[^\W\d_a-z])"
    r"|^(?:Aus|In|De|Depuis|Desde) [^|]{2,30}? (?:berichtet|berichten|informa|rapporte)\s+"
)
_REPORTS = re.compile(r"\s+(?:reports?|reporting|writes|berichtet|rapporte|informa)\b.*")
_TITLE_AFTER = re.compile(
    r"(?<=\w) (?:(?:chef|vize|sport|politik|wirtschafts)?(?:redakteur|korrespondent|volontär"
    r")(?:in)?|reporterin|autorin|journalist(?:e|in)?|correspondante?|corresponsal|periodista"
    r"|redactora?"
    r"|photographer|fotograf(?:in)?|producer|presenter|specialist|analyst|professor"
    r"|lecturer|director)$",
    re.IGNORECASE,
)
_OUR = re.compile(
    r"\W*(?:(?:from|von|par|por|de)\s+)?(?:our|unser\w*|notre|nuestr[oa])\s+(?:own\s+)?[^\W\d]+"
    r"(?:\s+(?!(?:in|à|en|aus)\s)[a-zà-ÿ]+)?(?:\s+(?:in|à|en"
    r"|aus)\s+[^\W\d]+)?\s*,?\s+(?=[^\W\d_a-z])",
    re.IGNORECASE,
)
"""Roles before a name: "Von unserer Korrespondentin"."""
_PICTURED = re.compile(
    r"(?:[,;]|\b(?:und|and|et|y)\b)?[^,;()]*\((?:fotos?|photos?|bild(?:er)?|pictures?|video)\w*\)",
    re.I,
)
_AGENCY = re.compile(
    r"\s+(?:the\s+)?(?:associated press|reuters|afp|ap|dpa|efe|pa|press association|europa press"
    r"|canadian press|bloomberg|agencies|agencias|agenturen)\b.*",
    re.IGNORECASE,
)
_DAY_WORD = re.compile(r"\s(?:on|am|le|el|du|den)$")
_ARTICLE = re.compile(r"(?:the|les|los|las|der|die|das|el)\b|l[ea] .*\b(?:du|des?)\b", re.I)
_PLACE_NAME = re.compile(r"\s(?:del|de (?:la|los|las)|am|an der|im|sur|upon|près)\s", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s*)+[^\W\d_]?\.?")
_SINGLE = re.compile(r"\W*(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)\s+([^\W\d_a-z][^\W\d_A-Z]{2,})\W*")
_BIOGRAPHY = re.compile(
    r"(?:\s\([^)]*\))?,? (?:is|was|has been|covers|writes|reports|ist|war|schreibt|berichtet"
    r"|est|couvre"
    r"|es|cubre|escribe)\b.{0,80}\b(?:writer|reporter|journalist\w*|correspond\w+|editor|columnist"
    r"|author|freelance\w*|redakteur\w*|korrespondent\w*|autorin?|redactora?|corresponsal"
    r"|periodista"
    r"|teaches|professor|lecturer|for the|covers|writes)\b",
    re.IGNORECASE,
)
_ABOUT_AUTHOR = re.compile(
    r"(?:about|über|sobre|à propos de|meet)\s+(?:the |den |die |el |la |l[’'])?"
    r"(?:authors?|writers?|reporters?|autor\w*|auteure?s?)\s*:?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|•·/\n]\s*")
_PARTICLES = re.compile(r"\s(?:den|der|dem|af|d[eo]s|las?|los|san|al|el)[\s-](?=\S)")
_CLASS_YEAR = re.compile(r"\s[’']\d\d\b")
_MAX_NAME_WORDS = 10
_AUTHOR_LABEL = re.compile(
    r"^\W*(?:von|par|por)[\s:]|\bby\b[\s:]"
    r"|^\W*(?:words?|text|authors?|story|reporter)\s+(?-i:[A-Z][^\W\d_A-Z]+ [A-Z])"
    r"|^\W*(?:from\s+)?(?:our|unser\w*|notre|nuestr[oa])\s(?=.*(?-i:[A-Z][^\W\d_A-Z]+ [A-Z]))"
    r"|^\W*(?:words|texte?|texto|story|report(?:er|age)?|authors?|autor(?:a|en|es|in|innen)?"
    r"|auteur[es]*|writer|interview|analysis|analyse|análisis|column|kommentar|opinion|essay"
    r"|comment|review|protokoll|propos recueillis|entretien|entrevista|bericht)\s?[:|]",
    re.IGNORECASE,
)
_MAX_DETAILS = 80
"""Characters of roles, places and dates on a line that names the authors."""


def find_persons(line: str, *, may_be_single: bool = False) -> list[str]:
    """Return the names of persons in a byline, as printed.

    Labels, roles, places, dates, addresses and organisations are left out. `may_be_single` allows
    a name of one word, where it is stated to be an author's.
    """
    if len(line) > MAX_LINE_LENGTH:
        return []
    if single := _SINGLE.fullmatch(line):
        return [single[1]] if not _NO_PERSON.search(single[1]) and not is_place(single[1]) else []
    line = _CLASS_YEAR.sub("", _ADDRESS.sub(" ", _PICTURED.sub("", line))).strip()
    line = _DAY_BEFORE.sub("", _OUR.sub("", line))
    if _PASSIVE.search(line):
        return []
    if by := _BY.search(_CREDIT.sub("", line)):
        line = line[by.end() :]
    pieces: list[str] = []
    for part in _PARTS.split(_REPORTS.sub("", _CREDIT.sub("", line))):
        if pieces and _PLACE_NAME.search(part):
            continue
        while match := _LABEL.match(part):
            part = part[match.end() :]
        pieces += _split(_AFTER_NAMES.sub("", part).strip())
    if may_be_single and len(pieces) == 2 and all(len(piece.split()) == 1 for piece in pieces):
        pieces = [" ".join(reversed(pieces))] if "," in line else pieces  # Marsh, Edda
    names: dict[str, str] = {}
    for name in pieces:
        if is_person(name, may_be_single=may_be_single):
            names.setdefault(name_key(name), name)
    return list(names.values())


@lru_cache(maxsize=KNOWN_LINES)
def names_author(line: str) -> bool:
    """Whether a line has a label such as "By"."""
    return bool(_AUTHOR_LABEL.search(line) or _BY.search(line)) and not _PASSIVE.search(line)


def is_credit(line: str) -> bool:
    """Whether a short line says that a name beside it is a photographer's, or the like."""
    return len(line.split()) <= 2 and bool(_CREDIT.match(line))


@lru_cache(maxsize=KNOWN_LINES)
def is_name_line(line: str) -> bool:
    """Whether a line starts with a person's name and has little else but a role, place or day."""
    if len(line) > _MAX_DETAILS:
        return False
    if _PICTURE_SOURCE.search(line):
        return False
    line = _DAY_BEFORE.sub("", line)
    first, *others = _PARTS.split(line)
    if any(is_person(part, may_be_single=False) for part in others):
        return "/" not in line or is_person(first, may_be_single=False)
    head = _CLASS_YEAR.sub("", _ADDRESS.sub(" ", _CITY_BEFORE.sub("", line))).strip(" |•·")
    parts = filter(None, (_AFTER_NAMES.sub("", part) for part in _PARTS.split(head)))
    head = _REPORTS.sub("", next(parts, ""))
    pieces = list(_split(head))
    return (
        bool(pieces)
        and len(head.split()) <= _MAX_NAME_WORDS
        and is_person(pieces[0], may_be_single=False)
        and head.strip().startswith(pieces[0])
    )


def is_about_author(line: str) -> bool:
    """Whether a line is the label of the box about the author."""
    return bool(_ABOUT_AUTHOR.fullmatch(line))


def find_biography(line: str) -> str | None:
    """Return the name at the start of a line that says what its author does for a living."""
    for words in (4, 3, 2):
        name = " ".join(line.split()[:words])
        if is_person(name, may_be_single=False) and _BIOGRAPHY.match(line, len(name)):
            return name
    return None


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
    if _INITIALS.fullmatch(name) or _ARTICLE.match(name):
        return False
    if is_name(_PARTICLES.sub(" ", name)):
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
        name = _PLACE.sub("", _AGENCY.sub("", piece))
        name = _DAY_WORD.sub("", name).strip(" .,:-–—|")
        name = _CITY_BEFORE.sub("", bylines.LEADING_ROLE.sub("", name))
        name = _TITLE_AFTER.sub("", name) if len(name.split()) > 2 else name
        name = f"{name}." if name.endswith((" Jr", " Sr")) and f"{name}." in piece else name
        if bylines.ROLE.search(name):  # "Edda Marsh Political Editor"
            first_words = " ".join(name.split()[:2])
            is_role = bylines.ROLE.search(first_words) or all(
                wordlist.is_listed(word.lower()) for word in first_words.split()
            )
            name = "" if is_role else first_words
        if name:
            yield name
