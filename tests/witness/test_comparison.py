"""What the witness lists, without building anything."""

from __future__ import annotations

import subprocess
import sys

from tests.witness.comparison import Ranked, Rows, differences, report
from tests.witness.tree import ROOT


def hits(**who: str) -> Rows:
    return Rows(port={"hits": Ranked((id_, {"who": name}) for id_, name in who.items())})


def test_equal_outputs_differ_in_nothing() -> None:
    assert differences("queries", hits(a="Falk"), hits(a="Falk")) == []
    assert list(report([])) == ["No differences."]


def test_each_kind_is_listed() -> None:
    found = differences("queries", hits(a="Falk", b="Roe", c="Dahl"), hits(b="Ida Roe", a="Falk"))
    kinds = {(one.kind, one.where): (one.base, one.new) for one in found}
    assert kinds == {
        ("queries · hits · who", "port › b"): ("Roe", "Ida Roe"),
        ("queries · hits: order", "port"): ("a b", "b a"),
        ("queries · hits: only in the base", "port › c"): ('{"who": "Dahl"}', "(absent)"),
    }


def test_a_field_of_one_side_is_one_difference() -> None:
    base = Rows((str(n), {"who": "Falk"}) for n in range(9))
    new = Rows((str(n), {"who": "Falk", "role": "mayor"}) for n in range(9))
    (found,) = differences("queries", base, new)
    assert (found.where, found.base, found.new) == ("queries · role", "False", "True")


def test_lines_are_compared_as_lines() -> None:
    base, new = ({"blocks": lines} for lines in (("Port", "1–3"), ("Port", "Quay", "1–3")))
    (found,) = differences("slack", Rows(claim=base), Rows(claim=new))
    assert (found.base, found.new) == ("(absent)", "Quay")


def test_a_kind_has_its_count_and_the_first_twenty() -> None:
    base, new = (Rows((f"{n:02}", {"who": who}) for n in range(30)) for who in ("Falk", "Roe"))
    lines = list(report(differences("queries", base, new)))
    assert lines[0] == "\nqueries · who: 30"
    assert sum("Falk" in line and "│ Roe" in line for line in lines) == 20
    assert lines[-1] == "  … and 10 more"


def test_it_imports_nothing_of_the_bot() -> None:
    program = "import sys, tests.witness.__main__; sys.exit('bot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
