"""Linking words, which say nothing about a speaker's topics."""

LINKING_WORDS = (
    "after again against already although always among another any anyone anything around away "
    "back because before behind below beside between beyond billion come comes coming could "
    "despite down during each eight either else enough ever everyone everything first five four "
    "further get gets getting give given going gone got here however hundred instead last later "
    "least less let like likely made make makes making many maybe million more most much must "
    "near nearly need needs next nine now off often once one other others otherwise part put "
    "quite rather really said same say saying says seem seems seven should since six some "
    "someone something soon still such sure take taken takes tell tells ten than thing things "
    "though thousand three through throughout till together told toward towards two under "
    "unless until upon us use used want wanted wants way well went what whatever whenever "
    "wherever while why within yet"
)
