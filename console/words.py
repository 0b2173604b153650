"""The English sentences behind codes. A window translates the templates, a terminal fills them in as they are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from console.domain.errors import ConsoleError

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        # tickets and decisions
        "ticket_unknown": "There is no ticket {number}.",
        "ticket_not_yet": "Ticket {number} did not exist at {at}.",
        "channel_unknown": "There is no channel {channel}. Channels are: {expected}.",
        "ticket_ambiguous": "{count} tickets have the number {number}. Write {choices}.",
        "customer_unknown": "There is no customer {customer}.",
        "customer_misspelled": "There is no customer {customer}. Near are: {near}.",
        "queue_unknown": "There is no queue {queue}. Queues are: {expected}.",
        "severity_unknown": "There is no severity {severity}. Severities are: {expected}.",
        "reason_unknown": "There is no reason {reason}. Reasons are: {expected}.",
        "role_unknown": "There is no role {found}. Roles are: {expected}.",
        "role_not_held": "{user} does not hold the role {role}. Held are: {expected}.",
        "roles_unreadable": "The settings of roles {file} cannot be read: {why}.",
        "roles_invalid": "{file}: {key}: found {found}, expected {expected}.",
        "role_may_not": "As {role} you may not do this ({act}). Roles that may: {expected}.",
        "asker_too_long": "The name of who asks has {found} letters; {expected} fit.",
        "words_missing": "Say why in a few words.",
        "reason_missing": "Say why in a few words: --reason TEXT.",
        "plan_of_action_missing": "Write the plan of action that the customer will be told.",
        "next_update_past": "The next update must be in the future; {given} is not.",
        "too_far_ahead": "The {field} is more than ten years ahead: look at the year.",
        "nothing_to_decide": "No escalation of ticket {ticket} waits for a decision.",
        "changed_by_someone": "{who} changed this ticket at {when} ({what}). Nothing was written: look again.",
        "changed_by_source": "This ticket was changed at {when} ({what}). Nothing was written: look again.",
        "severity_same": "The ticket has this severity already.",
        "severity_closed": "The severity of a closed ticket does not change.",
        "severity_role_not_up": "Only the shift manager on duty may raise a severity.",
        "severity_role_not_down": "Your role may not reduce a severity.",
        "severity_needs_confirmation": "A support engineer reduces a severity after the customer has confirmed it.",
        "severity_missing": "Say which severity: --to N, 1 is the gravest.",
        "confirmation_message_unknown": "{message} is no message of the customer on this ticket.",
        "confirmation_incomplete": "The customer's confirmation lacks {field}. Expected is {expected}, or the message "
        "of the ticket that says it.",
        "severity_definition_missing": "Choose the definition that is not met: a reduction by the manager names it. "
        "Reasons are: {expected}.",
        "reason_claims_rule": "The rules allow this escalation: {reason} would not be true. Reasons are: {expected}.",
        "severity_reason_unknown": "{reason} is no reason for such a change. Reasons are: {expected}.",
        "credit_never": "Incidents of this plan are not credited.",
        "credit_role": "Only the shift manager enters a credit.",
        "credit_reason": "For this reason no incident is credited: only for a bug that no release has fixed.",
        "credit_bug_missing": "Name the bug for which the incident is credited.",
        "credit_bug_fixed": "The bug was fixed in a release before the ticket was created.",
        "credit_not_deducted": "No incident was deducted for this ticket.",
        "credit_twice": "The incident of this ticket was credited already.",
        "credit_bug_long": "The bug's id is longer than {expected} letters.",
        "review_unknown": "There is no decision {found}. Name it by its number in the journal or the begin of its id.",
        "review_random": "{found} decisions cannot be drawn; expected {expected}.",
        "review_own_decision": "Nobody reviews their own decision: ticket {ticket} was decided by {who}.",
        "review_choice": "{found} could not be decided here. What could be: {expected}.",
        "review_seen": "You have reviewed this decision on ticket {ticket} already: it is not hidden from you any "
        "more.",
        "quota_not_reached": "This ticket is within the incidents of its contract: there is nothing to decide.",
        "tam_minutes": "{found} minutes cannot be booked: give whole minutes from 1 to {most}, those of a week.",
        "tam_none": "No running contract of {customer} has an account manager's time.",
        "support_code_unknown": "No contract has the support code {found}.",
        "contract_unknown": "{customer} has no such contract that runs now.",
        "contract_twice": "The customer has a contract with plan {plan} from {start} already.",
        "plan_not_in_pack": "There is no plan {plan} in the policy pack {pack}. Plans are: {expected}.",
        "support_code_invalid": "{found} is no support code: it has {digits} digits.",
        # the manager's other acts, personal marks
        "owner_closed": "The ticket is closed: it keeps its owner.",
        "eta_closed": "The ticket is closed: no ETA is given any more.",
        "eta_not_after_set": "The ETA must lie after the instant at which it is given ({set_at}); {given} does not.",
        "eta_promise_unknown": "An ETA does not promise {found}. It promises: {expected}.",
        "eta_ask_nobody": "Nobody owns this ticket: give it to somebody first.",
        "person_ambiguous": "{count} people are called {person}.",
        "person_numbers": "{count} people are called {person}. Name one by number: {numbers}.",
        "person_unknown": "There is no person {person}.",
        "owner_same": "This person owns the ticket already.",
        "void_unknown": "The ticket has no entry {found}.",
        "void_opening": "The opening stays: without it the ticket has no beginning.",
        "void_already": "This entry does not count already.",
        "void_undo_instead": "This was decided less than ten minutes ago: undo the decision instead.",
        "remind_past": "A reminder must be in the future; {given} is not.",
        # shifts
        "shift_changed": "{who} acted on the shift at {when}. Nothing was written: look again.",
        "shift_yours": "You are on duty already, since {since}.",
        "shift_nobody": "Nobody is on duty: take over first.",
        "shift_not_yours": "{who} is on duty. Take over first.",
        "shift_to_missing": "Say who takes over.",
        "shift_to_yourself": "You are on duty yourself: name somebody else.",
        # policy
        "pack_unknown": "The policy pack {pack} is not adopted in this database.",
        "pack_invalid": "{file}: {key}: found {found}, expected {expected}.",
        "pack_unreadable": "The policy pack {file} cannot be read: {why}.",
        "pack_not_shown": "There is no policy pack {name}. Shipped are: {expected}; or name a file, or with --db the "
        "database that has adopted it.",
        "pack_not_found": "There is no policy pack {name}. Shipped are: {expected}; or name a file.",
        "holidays_invalid": "{file}: {key}: found {found}, expected {expected}.",
        "holidays_not_dated": "The calendar {calendar} of the policy pack {pack} takes its holidays from elsewhere: "
        "such a pack is adopted by itself, not put among those of a new database.",
        "escalation_closed": "A closed ticket is not escalated.",
        "escalation_outage": "Severity {severity} is not escalated. {line} Nothing was recorded.",
        "escalation_level_unknown": "There is no level {level}: levels count from 1.",
        "escalation_level_skipped": "Level {level} cannot be asked for yet: the next one is {expected}.",
        "escalation_no_level_above": "There is no level above this one.",
        "escalation_undecided": "The level before is not decided yet and its time has not passed.",
        "escalation_needs_analysis": "A full analysis has to be recorded before a request of this level is finished.",
        "escalation_needs_leader": "Name the leader who takes it over and is responsible for it to completion.",
        "escalation_not_accepted": "The escalation of ticket {ticket} is not accepted yet: decide it first.",
        "escalation_against_verdict": "The rules do not allow this escalation yet: say why you accept it all the same. "
        "Reasons that say so are: {expected}.",
        "review_started_already": "The escalation of ticket {ticket} is under review already.",
        "reply_missing": "Write what the customer is told.",
        "message_template_missing": "The template {file} cannot be read: {why}. Nothing was written.",
        "message_template_invalid": "{file}, line {line}: found {found}, expected {expected}. Nothing was written.",
        "undo_final": "This is final and cannot be undone: {what}.",
        "undo_unknown": "There is nothing to undo under {decision}.",
        "undo_twice": "This was undone already.",
        "undo_not_yours": "Only {who} or a shift manager can undo this.",
        "undo_too_late": "This could be undone until {until}. Decide anew.",
        "undo_overtaken": "The ticket was changed since, at {when} ({what}) {who}: it cannot be undone. Decide anew.",
        "plan_archived": "This plan is archived: it serves the contracts that have it, and no new one.",
        "plan_unknown": "The pack does not know this plan.",
        "contract_ended": "The contract has ended.",
        "contract_not_begun": "The contract has not begun.",
        "contract_term": "A contract ends after it begins.",
        "incidents_not_sold": "Incidents of this plan are not sold.",
        "bundle_too_small": "So few incidents are not sold as a bundle: one, or a whole bundle.",
        # the database, backup and restore
        "database_url": "{found} is no database that this program opens; expected {expected}.",
        "database_missing_to_adopt": "There is no database {path} to adopt the pack in: policy adopt --new-database "
        "makes one, --db names another. An import makes one only where its mapping names a shipped pack.",
        "database_missing": "There is no database {path}: import or generate make one, --db names another.",
        "database_is_folder": "{path} is a folder; name a file in it.",
        "database_not_ours": "{path} is not a database of this program. Nothing was written.",
        "database_newer": "{path} was written by a newer version of this program (schema {found}, this one knows "
        "{known}). Update the program; nothing was written.",
        "database_damaged": "{path} is damaged ({detail}). Restore a copy from the folder backups beside it.",
        "database_cannot_open": "{path} cannot be opened: {detail}.",
        "database_read_only": "{path} cannot be written: {detail}. Check the rights of the file and its folder.",
        "database_locked": "{path} is busy: another program writes to it. Try again.",
        "database_in_use": "{path} is open in another program. Close that first; nothing was changed.",
        "database_interrupted": "The work on {path} was stopped; nothing of it was written.",
        "database_closed": "{path} has been closed.",
        "disk_full": "The disk is full: nothing was written to {path}. Make room and try again.",
        "disk_error": "The disk failed while {path} was used: {detail}.",
        "backup_stopped": "The copy to {path} was stopped; nothing of it was kept.",
        "backup_failed": "The copy of the day was not made. {why} The desk goes on without it.",
        "nothing_to_erase": "There are no such words, or they were erased already. Nothing was written.",
        "text_unknown": "There is no text {found} here. Texts are: {expected}.",
        "decision_unknown": "There is no decision {found} in the journal.",
        "anchor_exists": "{file} is there already: an anchor is not written over.",
        "anchor_unreadable": "The anchor {file} cannot be read: {why}.",
        "anchor_invalid": "{file}: {key}: found {found}, expected {expected}.",
        "backup_onto_itself": "{path} cannot be copied onto itself.",
        "restore_name_taken": "{path} is there already: move it away, then restore again.",
        "customer_ambiguous": "Several customers are called {customer}: name one by number, such as {numbers}.",
        # import and generate
        "mapping_unknown": "There is no mapping {name}. Shipped are: {known}; or name a mapping file.",
        "mapping_unreadable": "The mapping file {file} cannot be read: {why}.",
        "mapping_no_toml": "Mapping {file} is no TOML in UTF-8: {why}. Nothing was written.",
        "mapping_incomplete": "Mapping {file} lacks {expected}. Nothing was written.",
        "mapping_invalid": "Mapping {file}: {key}: found {found}, expected {expected}. Nothing was written.",
        "import_file_missing": "There is no file {file}.",
        "import_file_unreadable": "{file} cannot be read: {why}.",
        "import_file_refused": "{file} is not what it says: found {found}, expected {expected}. Nothing was written.",
        "import_columns_missing": "{file} has no columns {missing}, which the mapping names. It has: {found}. Nothing "
        "was written.",
        "import_columns_twice": "{file} has columns more than once: {columns}. Nothing was written.",
        "import_rejects_is_input": "The rejects cannot go to {file}: it is the file to import.",
        "import_rejects_is_database": "The rejects cannot go to {file}: it belongs to the database.",
        "import_rejects_unwritable": "The rejects cannot be written to {file}: {why}.",
        # why a row of an import was rejected
        "number_missing": "Column {column} holds no ticket number.",
        "too_long": "Column {column} holds more than {expected}.",
        "date_invalid": "Column {column}: {found} is no date; expected {expected}.",
        "date_in_future": "Column {column}: {found} is still to come.",
        "value_unknown": "Column {column}: the mapping does not know {found}; it knows {expected}.",
        "code_invalid": "Column {column}: {found} is no support code; expected {expected}.",
        "contract_uid_invalid": "Column {column}: {found} is no contract; expected {expected}.",
        "order_invalid": "Column {column}: {found} is no order; expected {expected}.",
        "cells_count": "The row has {detail} cells; the header has {expected}.",
        "csv_invalid": "The line is no row of CSV: {detail}.",
        "json_invalid": "The line is no JSON object: {detail}.",
        "cell_invalid": "Column {column} holds {detail}; expected text or a whole number.",
        "text_invalid": "The row holds {detail}; expected text.",
        "row_too_long": "The row is longer than {expected}.",
        "generate_count": "{found} tickets cannot be made; expected {expected}.",
        "generate_rate": "A rate of {found} does not fit; expected {expected}.",
        "generate_without_pack": "This database has not adopted the policy pack {pack}, which made-up tickets need.",
        # the window, its demo desk and its pictures
        "folder_unwritable": "{path} cannot be written: {reason}.",
        "demo_stopped": "The demo desk was not finished; the next start makes it.",
        "demo_in_use": "{path} is open in another window: {reason}. Close that first.",
        "fresh_needs_demo": "The demo desk is what --fresh makes anew: leave {db} away.",
        "browser_missing": "No program of this system opened {url}.",
        "writes_dropped": "Not everything was written within {seconds} seconds: see if your last decision is there.",
        "page_unknown": "There is no page {page}. Pages are: {expected}.",
        "picture_unwritable": "The picture cannot be written to {path}.",
        # cases for the clock
        "case_file_unreadable": "{file} cannot be read: {why}.",
        "accepted_invalid": "{file}: {key}: found {found}, expected {expected}. Nothing was checked.",
        # options of the program
        "option_invalid": "{option}: {found} does not fit; expected {expected}.",
        "option_unknown": "{option} is not an option. Options are: {expected}.",
        "option_without_value": "{option} needs a value.",
        "option_tells": "{option} would tell what {other} hides: leave one of them out.",
        "options_wrong": "The options do not fit: {why}. See --help.",
        "output_closed": "The standard output is closed: there is nowhere to write the answer. Nothing was done.",
        "output_unwritable": "The answer could not be written: {why}. What the command does to the desk may be done.",
        # bugs of ours
        "decision_without_ticket": "A decision of the kind {kind} is about no ticket.",
        "thread_failed": "A thread of the program failed.",
        "desk_not_opened": "The desk was not opened.",
        "page_never_settled": "The page did not come to rest: {tasks}.",
        "database_rule_broken": "A rule of the database was broken in {path}: {detail}.",
        "database_job_in_job": "A job of the database waited for itself.",
        "decision_without_fact": "A decision was recorded without a fact.",
        "no_organisation": "The database names no organisation.",
        "ticket_id_unknown": "There is no ticket with the id {ticket_id}.",
        "queue_without_condition": "The queue {queue} cannot be read.",
        "no_facts": "A ticket has no facts at that instant.",
        "calendar_not_adopted": "The policy pack {pack} was adopted without its calendar {calendar}.",
        "no_policy": "The policy pack {pack} is not adopted.",
    }
)


def template(code: str) -> str:
    """The sentence of a code with its places still open; the code itself where there is none."""
    return TEXTS.get(code, code)


def fill(sentence: str, values: Mapping[str, object]) -> str:
    """The sentence with its places filled. Values are taken as they are: show the result as plain text."""
    return sentence.format_map(_Shown(values))


def say(error: ConsoleError) -> str:
    """What to tell a person about an error."""
    return fill(template(error.code), error.values)


class _Shown(dict[str, object]):
    """A place for which no value came stays visible instead of failing while an error is told."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
