"""One row -> facts. Each row is translated by itself, so the order of the rows in a file never matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple

from console.domain.facts import FactKind
from console.domain.policy_terms import SupportCode
from console.services.importing.contract_keys import ContractKeyReader, ContractKeys
from console.services.importing.dates import DateReader
from console.services.importing.mapping import Columns, Mapping
from console.services.importing.messages import MessageReader, Said
from console.services.importing.problems import BadRow

MAX_NUMBER = 200
MAX_NAME = 200
MAX_SUBJECT = 10_000
MAX_WORDS = 10_000
MAX_ORDER = 2**31 - 1
SUBJECT_JOIN = " / "
_APART = "\x00"  # no cell holds it: rows with it are refused


class Draft(NamedTuple):
    """A fact before ticket, people and groups have their ids. `name` is the person or group of owner or group."""

    uid: str
    kind: FactKind
    at: int
    ord: int
    a: int | None
    t: str | None
    name: str | None
    actor: str | None
    text: str | None = None
    b: int | None = None


class TicketDraft(NamedTuple):
    """What a row says of its ticket that never changes."""

    number: str
    opened: int
    customer: str | None
    channel: str | None
    subject: str
    opened_uid: str
    plan_uid: str | None  # none: the row names its plan
    contract: ContractKeys | None = None
    product: str | None = None


class RowDraft(NamedTuple):
    """One row, translated."""

    ticket: TicketDraft
    at: int
    ord: int
    facts: list[Draft]
    message: Said | None = None


def fact_uid(*identity: object) -> str:
    """The same identity of an event gives the same uid in every import."""
    text = _APART.join(map(str, identity))
    return blake2b(text.encode(), digest_size=16).hexdigest()


class Translator:
    """Translates rows of `columns` (the order in which the cells come) by a mapping.

    `now`, microseconds UTC: what is said to happen after it is refused, because nobody can know it yet.
    `support_code` is the form of the pack's support codes.
    """

    def __init__(
        self, mapping: Mapping, columns: Sequence[str], now: int, support_code: SupportCode | None = None
    ) -> None:
        self._mapping = mapping
        self._now = now
        self._source = mapping.source.name
        self._unknown = frozenset((*mapping.file.unknown, ""))
        self._dates = DateReader(mapping.dates)
        self.columns = tuple(columns)
        self._place = {name: place for place, name in enumerate(columns)}
        names: Columns = mapping.columns
        self._number = self._of(names.number)
        self._opened = self._of(names.opened)
        self._at = self._of(names.at)
        self._order = self._maybe(names.order)
        self._customer = self._maybe(names.customer)
        self._actor = self._maybe(names.actor)
        self._channel = self._maybe(names.channel)
        self._subject = [self._of(name) for name in names.subject]
        self._plan = self._maybe(names.plan)
        self._product = self._maybe(names.product)
        self._words = self._maybe(names.escalation_words)
        self._contract: ContractKeyReader | None = None
        if names.contract or names.support_code or names.licence_key:
            self._contract = ContractKeyReader(names, support_code, self._of, self._unknown)
        self._message = MessageReader(mapping, self._of, self._unknown) if names.message else None
        self._makers = self._fact_makers(names)

    def translate(self, cells: Sequence[str]) -> RowDraft:
        """The ticket and the facts of one row. Raises BadRow."""
        number = self._number(cells).strip()
        if number in self._unknown:
            raise BadRow("number_missing", column=self._mapping.columns.number)
        if len(number) > MAX_NUMBER:
            raise BadRow("too_long", column=self._mapping.columns.number, expected=f"{MAX_NUMBER} characters")
        opened = self._instant(cells, self._opened, self._mapping.columns.opened)
        at = self._instant(cells, self._at, self._mapping.columns.at)
        order = self._whole_order(cells)
        actor = self._known(cells, self._actor, self._mapping.columns.actor)
        facts = []
        for kind, make in self._makers:
            value = make(cells)
            if value is not None:
                a, t, name, b = value
                identity = (self._source, number, at, order, int(kind), a, t, name)
                uid = fact_uid(*identity) if b is None else fact_uid(*identity, b)
                facts.append(Draft(uid, kind, at, order, a, t, name, actor, b=b))
        if self._words is not None and facts and facts[-1].kind == FactKind.ESCALATION_REQUESTED:
            facts[-1] = facts[-1]._replace(text=self._words_of(cells))
        message = None if self._message is None else self._message.read(cells)
        return RowDraft(self._ticket(cells, number, opened), at, order, facts, message)

    def _ticket(self, cells: Sequence[str], number: str, opened: int) -> TicketDraft:
        source = self._source
        plan_named = self._plan is not None and self._plan(cells).strip() not in self._unknown
        return TicketDraft(
            number,
            opened,
            self._known(cells, self._customer, self._mapping.columns.customer),
            self._channel_code(cells),
            self._subject_text(cells, number),
            fact_uid(source, number, "opened"),
            None if plan_named else fact_uid(source, number, "plan"),
            None if self._contract is None else self._contract.read(cells),
            None if self._product is None else self._known(cells, self._product, self._mapping.columns.product),
        )

    def _words_of(self, cells: Sequence[str]) -> str | None:
        """What the customer said when asking; not part of what tells one request from another."""
        words = "" if self._words is None else self._words(cells).strip()
        if len(words) > MAX_WORDS:
            column = self._mapping.columns.escalation_words or ""
            raise BadRow("too_long", column=column, expected=f"{MAX_WORDS} characters")
        return None if words in self._unknown else words

    def _fact_makers(self, names: Columns) -> list[tuple[FactKind, Callable[[Sequence[str]], _Value | None]]]:
        makers: list[tuple[FactKind, Callable[[Sequence[str]], _Value | None]]] = []
        if names.plan is not None:
            pack = self._mapping.plan.pack
            plans: dict[str, _Value] = {
                word: (None, f"{pack}/{plan}", None, None) for word, plan in self._mapping.plan.values.items()
            }
            makers.append((FactKind.PLAN_SET, self._valued(names.plan, plans)))
        if names.status is not None:
            statuses: dict[str, _Value] = {
                word: (1 if status.answered else None, status.to, None, 1 if status.notifies else None)
                for word, status in self._mapping.status.items()
            }
            makers.append((FactKind.STATUS_SET, self._valued(names.status, statuses)))
        if names.severity is not None:
            levels: dict[str, _Value] = {
                word: (level, None, None, None) for word, level in self._mapping.severity.items()
            }
            makers.append((FactKind.SEVERITY_SET, self._valued(names.severity, levels)))
        if names.group is not None:
            makers.append((FactKind.GROUP_SET, self._named(names.group)))
        if names.owner is not None:
            makers.append((FactKind.OWNER_SET, self._named(names.owner)))
        if names.product is not None:
            makers.append((FactKind.PRODUCT_SET, self._texted(names.product)))
        if names.escalation is not None:
            # A request of the first level; while one waits it joins that, as any other does (LI-8).
            ways: dict[str, _Value] = {
                word: (1, channel, None, None) for word, channel in self._mapping.escalation.items()
            }
            # The last of all: `translate` gives it its words.
            makers.append((FactKind.ESCALATION_REQUESTED, self._valued(names.escalation, ways)))
        return makers

    def _of(self, column: str) -> Callable[[Sequence[str]], str]:
        return itemgetter(self._place[column])

    def _maybe(self, column: str | None) -> Callable[[Sequence[str]], str] | None:
        return None if column is None else self._of(column)

    def _valued(self, column: str, values: dict[str, _Value]) -> Callable[[Sequence[str]], _Value | None]:
        get, unknown, table = self._of(column), self._unknown, dict(values)

        def make(cells: Sequence[str]) -> _Value | None:
            cell = get(cells)
            value = table.get(cell)
            if value is None:
                cell = cell.strip()
                value = table.get(cell)
                if value is None and cell not in unknown:
                    raise BadRow("value_unknown", column=column, found=cell, expected=", ".join(table))
            return value

        return make

    def _named(self, column: str) -> Callable[[Sequence[str]], _Value | None]:
        get = self._of(column)

        def make(cells: Sequence[str]) -> _Value | None:
            name = self._known(cells, get, column)
            return None if name is None else (None, None, name, None)

        return make

    def _texted(self, column: str) -> Callable[[Sequence[str]], _Value | None]:
        get = self._of(column)

        def make(cells: Sequence[str]) -> _Value | None:
            text = self._known(cells, get, column)
            return None if text is None else (None, text, None, None)

        return make

    def _known(
        self, cells: Sequence[str], get: Callable[[Sequence[str]], str] | None, column: str | None
    ) -> str | None:
        if get is None:
            return None
        cell = get(cells).strip()
        if cell in self._unknown:
            return None
        if len(cell) > MAX_NAME:
            raise BadRow("too_long", column=column or "", expected=f"{MAX_NAME} characters")
        return cell

    def _instant(self, cells: Sequence[str], get: Callable[[Sequence[str]], str], column: str) -> int:
        cell = get(cells).strip()
        try:
            instant = self._dates.read(cell)
        except ValueError as error:
            expected = " or ".join(self._mapping.dates.formats)
            raise BadRow("date_invalid", column=column, found=cell, expected=expected) from error
        if instant > self._now:
            raise BadRow("date_in_future", column=column, found=cell)
        return instant

    def _whole_order(self, cells: Sequence[str]) -> int:
        if self._order is None:
            return 0
        cell = self._order(cells).strip()
        if cell in self._unknown:
            return 0
        if not (cell.isascii() and cell.isdigit()) or len(cell) > 10 or int(cell) > MAX_ORDER:
            column = self._mapping.columns.order or ""
            raise BadRow("order_invalid", column=column, found=cell, expected=f"a whole number, 0 to {MAX_ORDER}")
        return int(cell)

    def _channel_code(self, cells: Sequence[str]) -> str | None:
        channel = self._known(cells, self._channel, self._mapping.columns.channel)
        return None if channel is None else self._mapping.channel.get(channel, channel.lower())

    def _subject_text(self, cells: Sequence[str], number: str) -> str:
        parts = [part for get in self._subject if (part := get(cells).strip()) not in self._unknown]
        subject = SUBJECT_JOIN.join(parts)
        if len(subject) > MAX_SUBJECT:
            raise BadRow("too_long", column=self._mapping.columns.subject[0], expected=f"{MAX_SUBJECT} characters")
        return subject or number


_Value = tuple[int | None, str | None, str | None, int | None]
"""a, t, the name of a person or group, b."""
