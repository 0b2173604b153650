"""The SQL of queue rows for SQLite, as text: `first_rows` runs it before SQLAlchemy is loaded.

Rows that a window waits for come as one JSON value: sqlite3 gives up Python's lock at each row it
steps to, and 200 rows beside a busy thread take 40 times as long as one value.
"""

from __future__ import annotations

COLUMNS = """
    q.ticket_id, t.number, coalesce(s.body, ''), coalesce(cn.body, ''), q.severity, q.pack, q.plan, q.status,
    g.name, pn.body, q.clock_kind, q.grp, q.due_s, q.left_work, q.clock_started_s, q.target_work,
    q.calendar_revision_id, q.paused, q.breached, q.opened_s, q.last_contact_s, q.esc_state, q.revision,
    CASE WHEN q.esc_state IN ('requested', 'under_review', 'accepted') THEN
        (SELECT max(e.requested_at) / 1000000 FROM escalation e WHERE e.ticket_id = q.ticket_id) END,
    CASE WHEN q.esc_state IN ('requested', 'under_review') THEN
        (SELECT max(c.due_at) / 1000000 FROM clock c WHERE c.ticket_id = q.ticket_id
            AND c.kind = 'escalation_review' AND c.state IN ('running', 'paused', 'breached')) END,
    q.parked_s
"""
"""In the order of `QueueRow`."""

JOINS = """
    JOIN ticket t ON t.id = q.ticket_id
    LEFT JOIN text s ON s.id = q.subject_text_id
    LEFT JOIN customer c ON c.id = q.customer_id
    LEFT JOIN text cn ON cn.id = c.name_text_id
    LEFT JOIN support_group g ON g.id = q.group_id
    LEFT JOIN person p ON p.id = q.owner_id
    LEFT JOIN text pn ON pn.id = p.name_text_id
"""

ORDER = "q.grp, q.due_s, q.rank, q.opened_s, q.ticket_id"
"""The order of a queue, the same as in the index of the live queue."""

# The inner query walks the index of the order and stops; the outer one looks up the words of those rows.
FIRST = f"""SELECT {COLUMNS}
    FROM (SELECT * FROM queue_row q WHERE open ORDER BY {ORDER} LIMIT ?) q {JOINS} ORDER BY {ORDER}"""


def as_json(inner: str) -> str:
    """One JSON array of the rows that `inner` (a select of `q.*`) gives, in its order."""
    return f"SELECT json_group_array(json_array({COLUMNS})) FROM ({inner}) q {JOINS}"


BY_ID = as_json("SELECT q.* FROM json_each(?) e JOIN queue_row q ON q.ticket_id = e.value")
UNDECIDED = """SELECT json_group_array(ticket_id) FROM (
    SELECT e.ticket_id AS ticket_id, e.requested_at AS asked, max(c.due_at) AS due,
        coalesce(q.last_contact_s >= e.requested_at / 1000000, 0) AS answered
    FROM escalation e JOIN queue_row q ON q.ticket_id = e.ticket_id
    LEFT JOIN clock c ON c.ticket_id = e.ticket_id AND c.kind = 'escalation_review'
        AND c.state IN ('running', 'paused', 'breached')
    WHERE e.state IN ('requested', 'under_review') GROUP BY e.uid
    ORDER BY answered, due IS NULL, coalesce(due, asked), ticket_id)"""
"""Who has not been answered first; by the due of the review where there is one (LI-5), the others by their age."""

NUMBERS = """SELECT json_group_array(json_array(t.id, t.number, coalesce(s.body, ''), coalesce(cn.body, '')))
    FROM json_each(?) e JOIN ticket t ON t.id = e.value
    LEFT JOIN queue_row q ON q.ticket_id = t.id LEFT JOIN text s ON s.id = q.subject_text_id
    LEFT JOIN customer c ON c.id = t.customer_id LEFT JOIN text cn ON cn.id = c.name_text_id"""
GROUPS = "SELECT id, name FROM support_group WHERE id IN (SELECT value FROM json_each(?))"
PERSONS = """SELECT p.id, coalesce(x.body, '') FROM person p LEFT JOIN text x ON x.id = p.name_text_id
    WHERE p.id IN (SELECT value FROM json_each(?))"""

_RANKED = """SELECT json_group_array(json_array(ticket_id, place)) FROM (
    SELECT q.ticket_id, dense_rank() OVER (ORDER BY {words}) AS place FROM queue_row q {joins} WHERE q.open)"""
RANKED_BY_NUMBER = _RANKED.format(
    words="length(t.number), t.number COLLATE NOCASE", joins="JOIN ticket t ON t.id = q.ticket_id"
)
"""By length first: T9 comes before T10."""
RANKED_BY_CUSTOMER = _RANKED.format(
    words="n.body IS NULL, n.body COLLATE NOCASE",
    joins="LEFT JOIN customer c ON c.id = q.customer_id LEFT JOIN text n ON n.id = c.name_text_id",
)
"""Tickets without a customer come last."""

ESCALATIONS = ("requested", "under_review", "accepted", "rejected", "withdrawn", "superseded", "closed")
"""The states of an escalation in the order of their codes in the index, from 1."""

_STATE = " ".join(f"WHEN '{name}' THEN {code}" for code, name in enumerate(ESCALATIONS, start=1))
_INDEX = f"""ticket_id || ',' || grp || ',' || due_s || ',' || rank || ',' || opened_s || ','
    || coalesce(severity, 0) || ',' || status_code || ',' || plan_code || ',' || coalesce(group_id, 0) || ','
    || owner_code || ',' || CASE esc_state {_STATE} ELSE 0 END || ',' || coalesce(parked_s, {1 << 62})"""

INDEX_WIDTH = 12
INDEX_CHUNK = f"""SELECT count(*), max(ticket_id), group_concat(line) FROM (
    SELECT ticket_id, {_INDEX} AS line FROM queue_row WHERE open AND ticket_id > ? ORDER BY ticket_id LIMIT ?)"""
CHANGED = f"SELECT group_concat({_INDEX}) FROM queue_row WHERE open AND revision > ?"
LEFT = "SELECT group_concat(ticket_id) FROM queue_row WHERE NOT open AND revision > ?"
