"""Words so common that sharing them says little about two claims."""

_WORDS = """
able add ask bad become begin believe best better big bring call come continue country day early end
expect far feel find first follow full get give go good great happen have help hold important
include keep kind know large last late leave let life like little live long look lot make man
matter mean member minute moment month more morning move need new next night number old own part
people person place plan point problem put question real reason right run same say see seem set
show side small start state sure take talk tell thing think time today tomorrow try turn
understand use very want way week well
whole woman word work world year yesterday young
"""
COMMON_WORDS = frozenset(_WORDS.split())
