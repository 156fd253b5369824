"""Words that do not follow each other in a sentence, however it goes on.

Made from the pairs of common words that 840 news articles had at most once in a hundred times as
often as chance would have it.
"""

# A word, and those that do not follow it.
_TABLE = """
the: a about after also an and are as at be been but by for from had has have he her him his if in
    is it of on or over said she some than that the their there they this to was we were what when
    which who with would you
to: after are been for had has he if of said she there they to was we were will with would
of: after also and are be been but by for from had has he is of on out said she than they to we
    were will would
a: a about after all also an and are as at be been but by for from had has he her him his if in is
    it like of on or other out over she some than that the their there they this to up was we were
    what when which who will you
and: and but him or than
in: after also are been but had has have he in like of out said she than they was we were
that: been than which who
for: are be for from has have he of said she they to will would
is: are has have was will would
on: are be but from has have he of on said she they was would
he: a about an are as at but by for from he her his in it of on she that the they this to who with
said: are be but have not said
his: a an and as at be but has have he his is it not of on said that the to who with
with: are be but by for from have he of on said to was with
as: and as be but from who
has: as be but by has have on was who
was: be has have is of was who
it: he his it
at: and has he in is of on said to was with
have: and has he of was
not: has is was
be: has he is was
who: of that
by: for has in is of said to
but: and
from: for he is of on to with
are: he
an: a and for he his is of said that the to with
her: said
this: of said
she: a for he in of on that the to
they: a for he in is of on that the to
about: he of
would: and is of on to
will: a for is on
their: a and for of that the to
had: and
we: a in of that the to
i: a in of that the to
or: and
than: and
were: and
when: of
if: of
which: and that
after: in of to
over: of
some: a and the
there: of the
other: a the to
so: a and of
like: of
"""


def _read_table(table: str) -> dict[str, frozenset[str]]:
    rows = table.replace("\n    ", " ").strip().splitlines()
    return {
        first: frozenset(others.split())
        for first, _, others in (row.partition(":") for row in rows)
    }


NEVER_FOLLOWED_BY = _read_table(_TABLE)
"""The words that do not follow a word; both in lower case."""
