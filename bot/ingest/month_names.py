"""The names of the months, as feeds and pages print them in dates."""

from __future__ import annotations

import unicodedata

SHORTEST_NAME = 3
"""Characters of the shortest abbreviation: "mai", "nov"."""

# Twelve for each language, the most used first: where two languages disagree, the first wins.
# Slavic and Greek names are in the genitive, which dates have. Croatian is left out: its listopad
# is October, but the Polish and Czech one is November.
_NAMES = """
january february march april may june july august september october november december
januar februar maerz april mai juni juli august september oktober november dezember
januar februar marz april mai juni juli august september oktober november dezember
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
januari februari maret april mei juni juli agustus september oktober november desember
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου
σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου
"""

_OTHER_NAMES = {"jänner": 1, "jaenner": 1, "feber": 2, "marts": 3, "mrz": 3, "mrt": 3, "май": 5}
"""Austrian and Danish names, and other abbreviations."""


def month_number(name: str) -> int | None:
    """Return the number of a month, 1 to 12, by its name or an abbreviation of it."""
    return _NUMBERS.get(_fold(name))


def _fold(name: str) -> str:
    """Return a name in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", name.strip(".").lower().replace("ı", "i"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _numbers() -> dict[str, int]:
    numbers = {_fold(name): number for name, number in _OTHER_NAMES.items()}
    for position, name in enumerate(map(_fold, _NAMES.split())):
        for length in range(SHORTEST_NAME, len(name) + 1):
            numbers.setdefault(name[:length], position % 12 + 1)
    return numbers


_NUMBERS = _numbers()
