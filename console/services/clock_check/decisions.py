"""Which differences were decided on: by a rule of docs/clock-rules.md and a tag of the case, never by a case."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.domain.errors import UserError
from console.services.clock_check.case import SPECIFIC, Case
from console.services.clock_check.compared import Compared, Plain, Theirs
from console.services.clock_check.fields import shown

_KEYS = ("rule", "tag", "theirs", "reason")
_RULE = re.compile(r"CR-[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Decision:
    """Cases with `tag` may differ in the way `theirs`, because of `rule` (docs/clock-rules.md). A tag may end in *."""

    rule: str
    tag: str
    theirs: Theirs
    reason: str

    def covers(self, case: Case, differing: Sequence[Compared]) -> bool:
        """Whether every differing value of the case differs in this way."""
        if not any(self._names(tag) for tag in case.tags):
            return False
        return all(_is_so(self.theirs, compared, case) for compared in differing)

    def _names(self, tag: str) -> bool:
        return tag.startswith(self.tag[:-1]) if self.tag.endswith("*") else tag == self.tag


@dataclass(frozen=True, slots=True)
class Decisions:
    """What may differ. Tags of `followed` name what one product does and we do too: no tag with * covers them."""

    accepted: tuple[Decision, ...] = ()
    followed: frozenset[str] = frozenset()

    def on(self, case: Case, differing: Sequence[Compared]) -> Decision | None:
        """The first decision that covers the case."""
        follows = not self.followed.isdisjoint(case.tags)
        for decision in self.accepted:
            if not (follows and decision.tag.endswith("*")) and decision.covers(case, differing):
                return decision
        return None


def load_decisions(data: bytes, name: str) -> Decisions:
    """The decisions of a TOML file called `name`. Raises UserError accepted_invalid (file, key, found, expected)."""
    try:
        values = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _invalid(name, f"byte {error.start}", "what is not UTF-8", "a TOML file in UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _invalid(name, "the file", shown(str(error)), "a TOML file") from error
    entries = values.get("accepted", [])
    for key in values:
        if key not in ("accepted", "followed"):
            raise _invalid(name, shown(key), "a key that is not known here", "only `followed` and [[accepted]]")
    if not isinstance(entries, list):
        raise _invalid(name, "accepted", shown(entries), "entries of [[accepted]]")
    followed = values.get("followed", [])
    if not isinstance(followed, list) or not all(isinstance(tag, str) for tag in followed):
        raise _invalid(name, "followed", shown(followed), "a list of tags")
    accepted = tuple(_decision(entry, name, f"accepted[{number}]") for number, entry in enumerate(entries))
    return Decisions(accepted, frozenset(followed))


def _decision(entry: object, file: str, place: str) -> Decision:
    if not isinstance(entry, Mapping):
        raise _invalid(file, place, shown(entry), "a table")
    for key in entry:
        if key not in _KEYS:
            # A case by its id in particular: a difference is accepted for what it is, not for where it stands.
            raise _invalid(file, f"{place}.{key}", "a key that is not known here", f"only {', '.join(_KEYS)}")
    texts = {}
    for key in _KEYS:
        found = entry.get(key)
        if not isinstance(found, str) or not found.strip():
            raise _invalid(file, f"{place}.{key}", shown(found), "a text")
        texts[key] = found
    if not _RULE.fullmatch(texts["rule"]):
        raise _invalid(file, f"{place}.rule", shown(texts["rule"]), "a rule of docs/clock-rules.md such as CR-1")
    if texts["theirs"] not in set(Theirs):
        raise _invalid(file, f"{place}.theirs", shown(texts["theirs"]), f"one of {', '.join(Theirs)}")
    theirs = Theirs(texts["theirs"])
    whole = texts["tag"].startswith(SPECIFIC)
    if not whole and (theirs is Theirs.ANYTHING or texts["tag"].endswith("*")):
        raise _invalid(file, f"{place}.tag", shown(texts["tag"]), f"a tag {SPECIFIC}... to accept that much")
    return Decision(texts["rule"], texts["tag"], theirs, texts["reason"])


def _is_so(theirs: Theirs, compared: Compared, case: Case) -> bool:
    if theirs is Theirs.ANYTHING:
        return True
    if theirs is Theirs.LISTED:
        return _text(compared.ours) in case.listed
    return theirs in compared.theirs


def _text(value: Plain) -> str:
    """As other engines' answers are written in a case."""
    return str(value)


def _invalid(file: str, key: str, found: str, expected: str) -> UserError:
    return UserError("accepted_invalid", file=file, key=key, found=found, expected=expected)
