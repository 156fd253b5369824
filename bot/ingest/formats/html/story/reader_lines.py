"""Recognise lines that speak to readers about the article, at its ends: notes, tools, contacts.

They are in the same elements as the story's paragraphs, so only their words tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_LENGTH = 420
MAX_ENDING = 12
"""Lines at the end of an article that may be such lines."""
MIN_QUOTE_LENGTH = 30

_NOTE = re.compile(
    r"\b(?:article|story|piece|report|post|page|version|headline|caption)\b.{0,40}"
    r"\b(?:was|were|has been|have been)\b.{0,20}\b(?:amended|corrected|updated|edited|clarified"
    r"|changed|modified)\b"
    r"|\b(?:an|in an?|a) (?:earlier|previous) version of th(?:is|e)\b"
    r"|^(?:corrections?|clarifications?|editor[’']s note|disclaimer|disclosure|berichtigung"
    r"|korrektur"
    r"|anmerkung der redaktion|transparenzhinweis|rectificatif|erratum|note de la rédaction"
    r"|fe de erratas|nota de la redacción|corrección)\s*(?::|–|-|\()"
    r"|^(?:additional |with )?(?:reporting|writing|editing|research|graphics"
    r"|translation)\b.{0,60}\bby\b"
    r"|^(?:translated|edited|compiled|written|reported|produced|photographs?|mit material"
    r"|mit agentur"
    r"|traduit|traducido|con información|avec)\b.{0,20}\b(?:by|von|par|por|de|afp|dpa"
    r"|efe)\b.{0,60}$"
    r"|^(?:source|sources|quellen?|fuentes?|via)\s*:.{0,80}$|^SOURCE [A-Z]|^\(?-*\s*(?:end"
    r"|ends)\s*-*\)?\b.{0,30}$"
    r"|^(?:#\s*){3}$|^(?:\*\s*){3}$"
    r"|\b(?:views|opinions) (?:expressed )?(?:in|here|are those)\b|\bviews of the author\b"
    r"|\bnot responsible for the content\b|\badheres? to\b.{0,80}\bcode\b"
    r"|\b(?:our|editorial) (?:standards|principles|guidelines)\b.{0,60}$"
    r"|\bwas this (?:\w+ ){1,2}(?:useful|helpful)\b"
    r"|\bindependent press standards\b|\bpressekodex\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^\W*(?:contact|e-?mail|call|write to|send (?:us|your)|for more information|got an?\b|have you"
    r"|were you|are you|do you|did you|if you(?:[’']ve| have| are| were| know| want)|(?:media"
    r"|press) contact"
    r"|to (?:contact|reach|suggest|report)|kontakt|pressekontakt|haben sie|waren sie|schreiben sie"
    r"|vous avez|vous êtes|avez-vous|écrivez|contactez|tiene|¿|envíe\w*|escríb\w+|follow|like us"
    r"|download|join us|find us|watch (?:more|our)|listen to (?:more|our|the)|click here"
    r"|folgen sie|suivez|retrouvez|síg\w+|descarg\w+|téléchargez)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\S@\S|(?:^|\s)@\w|\b(?:email|e-mail|facebook|instagram|twitter|whatsapp|tiktok|bluesky"
    r"|youtube"
    r"|newsletter|app|podcast|social media|pictures|video|tip|tips|story|hier|ici|aquí)\b"
    r"|\+?\d[\d\s()-]{6,}",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"(?:tags?|topics?|related topics|filed (?:under|in)|posted in|categor(?:y|ies)|more on"
    r"|keywords"
    r"|schlagw(?:orte|örter)|themen|mots[- ]clés|étiquettes|rubrique|archivado en|etiquetas|temas)"
    r"\s*:.*",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:^|[.)\]–|-]\s*|\()(?:photo(?:graph)?s?|pictures?|image|credit|illustration|video|fotos?"
    r"|bild(?:er)?|grafik|crédit(?:s| photo)?|imagen|ilustración)\s*(?:credit\s*)?"
    r"(?::|by\b|/|©)\s*[^.!?]{2,60}\)?$",
    re.IGNORECASE,
)
_MAX_CAPTION_LENGTH = 260
_TOOLS = re.compile(
    r"(?:share|print|e-?mail|tweet|copy|text size|font size|listen|save|comments?|send|teilen"
    r"|drucken"
    r"|merken|partager|imprimer|compartir|imprimir|page|prev(?:ious)?|next|oldest|newest)\b"
    r"(?:[^.!?]{0,120})",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:,|(?: is| was| has| covers?| writes?| reports?| works?| joined| ist| war| schreibt"
    r"| arbeitet"
    r"| berichtet| est| couvre| écrit| es| cubre| escribe| trabaja| era)\b)"
)
_QUOTED = re.compile(r"[“„«\"].{20}")
_HANDLE = re.compile(r"^[—–-]\s?.{2,60}\(@\w+\)")
_NO_LETTERS = re.compile(r"[^\w“„«\"]+")


def strip_reader_lines(paragraphs: Sequence[str], authors: Sequence[str]) -> list[str]:
    """Return the paragraphs without captions, repeated quotations, and the lines about the article
    before its first and after its last paragraph. `authors` are its authors' names."""
    kept = [line for line in paragraphs if not is_caption(line)]
    kept = _drop_repeated(kept)
    last = len(kept)
    for index in range(len(kept) - 1, max(0, len(kept) - MAX_ENDING), -1):
        if not _is_for_readers(kept[index], authors):
            break
        last = index
    del kept[last:]
    while len(kept) > 1 and _TOOLS.fullmatch(kept[0]):
        del kept[0]
    return kept


def is_caption(line: str) -> bool:
    """Whether a short line ends with the credit of a picture."""
    return len(line) <= _MAX_CAPTION_LENGTH and bool(_CAPTION.search(line))


def _drop_repeated(paragraphs: list[str]) -> list[str]:
    """Drop quotations that are printed again larger."""
    keys = [_NO_LETTERS.sub(" ", line.lower()).strip(' “„«"”»') for line in paragraphs]
    text = "\n".join(keys)
    return [
        line
        for line, key in zip(paragraphs, keys, strict=True)
        if len(key) < MIN_QUOTE_LENGTH
        or line[0] not in "“„«\"‘'"
        or text.count(key) == keys.count(key)
    ]


def _is_for_readers(line: str, authors: Sequence[str]) -> bool:
    if len(line) > MAX_LENGTH:
        return False
    if _TOOLS.fullmatch(line) or _TAGS.fullmatch(line) or _HANDLE.match(line):
        return True
    is_about_author = any(
        line.startswith(author) and (len(line) == len(author) or _ABOUT.match(line, len(author)))
        for author in authors
    )
    if is_about_author:
        return True
    if _QUOTED.search(line):
        return False
    return bool(_NOTE.search(line)) or bool(_ASKING.match(line) and _ADDRESS.search(line))
