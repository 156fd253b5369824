"""Choose an article's authors: those on whom the page's statements agree."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ingest.formats.html.bylines import name_key


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
