"""The facts of a ticket with the words and names behind their numbers."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, select

from console.domain.fact_line import FactLine
from console.domain.facts import FactKind
from console.store.tables import fact, journal, person, support_group, text


def fact_lines(conn: Connection, ticket_id: int) -> list[FactLine]:
    """Every fact of a ticket, voided ones too, by (at, ord); what voids each is not looked up here."""
    actor, actor_name = person.alias("actor"), text.alias("actor_name")
    owner, owner_name = person.alias("owner"), text.alias("owner_name")
    query = (
        select(
            fact.c.uid,
            fact.c.at,
            fact.c.kind,
            fact.c.a,
            fact.c.b,
            fact.c.t,
            fact.c.actor_kind,
            func.coalesce(actor_name.c.body, journal.c.actor),
            text.c.body,
            func.coalesce(owner_name.c.body, support_group.c.name),
            fact.c.decision_uid,
            journal.c.kind,
            journal.c.at,
            journal.c.actor,
            fact.c.revision,
        )
        .outerjoin(journal, journal.c.uid == fact.c.decision_uid)
        .outerjoin(text, text.c.id == fact.c.text_id)
        .outerjoin(actor, actor.c.id == fact.c.actor_id)
        .outerjoin(actor_name, actor_name.c.id == actor.c.name_text_id)
        .outerjoin(owner, and_(fact.c.kind == FactKind.OWNER_SET, owner.c.id == fact.c.a))
        .outerjoin(owner_name, owner_name.c.id == owner.c.name_text_id)
        .outerjoin(support_group, and_(fact.c.kind == FactKind.GROUP_SET, support_group.c.id == fact.c.a))
        .where(fact.c.ticket_id == ticket_id)
        .order_by(fact.c.at, fact.c.ord, fact.c.id)
    )
    return [FactLine(*tuple(row)) for row in conn.execute(query)]
