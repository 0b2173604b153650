"""What made-up tickets are about: by support group subjects, symptoms and answers.

`{domain}`, `{host}`, `{version}`, `{count}`, `{account}` are filled in.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class Topic(NamedTuple):
    """One subject of complaint: what the customer saw, what support found, for which severities it may be."""

    subject: str
    symptom: str
    cause: str
    workaround: str
    solution: str
    severities: tuple[int, ...] = (2, 3)


class Area(NamedTuple):
    """What one support group looks after; `weight` is its share of the tickets."""

    group: str
    weight: int
    topics: tuple[Topic, ...]


MAIL = Area(
    "Mail",
    22,
    (
        Topic(
            "Mail queue stuck after upgrade to {version}",
            "Since the upgrade the outgoing queue on {host} only grows: {count} messages and counting. Restarting the "
            "service empties it for about ten minutes, then delivery stops again without an error.",
            "the delivery agent waits for a lock that an old policy daemon still holds",
            "Stop the old policy daemon on {host} and flush the queue once; deliveries resume at once.",
            "The leftover daemon is removed by the corrected package, which is installed on {host} now.",
            (1, 2, 3),
        ),
        Topic(
            "Mailbox quota shows 0 MB for {domain}",
            "Every mailbox of {domain} shows a quota of 0 MB in the panel and users cannot send. The files are there, "
            "webmail still lists the old messages.",
            "the quota index of {domain} was not rebuilt after the move",
            "Rebuild the index for single mailboxes from the command line; users can send right after it.",
            "We rebuilt the quota index of all {count} mailboxes and checked it against the disk.",
        ),
        Topic(
            "Messages to {domain} are rejected with 550",
            "Senders outside get '550 relay not permitted' for every address at {domain}. It began after we changed "
            "the service template this morning.",
            "the template switched mail service off for subscriptions without a mail limit",
            "Set any mail limit on the subscription of {domain}; delivery works again within a minute.",
            "The template was corrected and applied to the {count} subscriptions that it had touched.",
            (1, 2, 3),
        ),
        Topic(
            "Spam filter marks our own invoices",
            "Invoices that the billing system sends from {domain} end in the spam folder of our customers. We did not "
            "change the wording.",
            "the sending address has no valid signature since the key was renewed",
            "Add the sender to the server-wide allow list until the record is published.",
            "The new key is published and the signature verifies.",
            (3, 4),
        ),
        Topic(
            "How to limit the size of attachments for one domain?",
            "We would like to limit attachments to 20 MB for {domain} only. The guide knows the limit of a server.",
            "the limit of a domain is in the advanced view, which the guide does not mention",
            "Set the limit in the advanced view of the domain.",
            "The page of the guide has a note now.",
            (4,),
        ),
    ),
)
BILLING = Area(
    "Billing",
    18,
    (
        Topic(
            "Wrong tax on invoices of this month",
            "{count} invoices issued since the first show a tax of 0 %. Our accountant stopped the run, and we cannot "
            "issue new ones until the rate is right.",
            "the tax zone of new accounts stays empty when they come from the store",
            "Choose the tax zone by hand before the invoice is issued.",
            "A corrected store component sets the zone; the affected invoices were listed for you.",
        ),
        Topic(
            "Renewal orders stay in status 'Waiting for payment'",
            "The gateway reports the payments as done, but {count} renewal orders stay unpaid and services are about "
            "to be stopped.",
            "the callback of the gateway is refused since its certificate was replaced",
            "Move the orders on by hand; the payments are all in the gateway's report.",
            "The new certificate is trusted and the waiting callbacks were played again.",
        ),
        Topic(
            "Currency of plan {account} cannot be changed",
            "We want to sell plan {account} in a second currency. The field is greyed out although no subscription "
            "uses the plan.",
            "a trial subscription that was deleted still counts",
            "Copy the plan and set the currency in the copy.",
            "The counter was corrected; the field can be edited.",
            (3, 4),
        ),
        Topic(
            "Question about proration when a plan is upgraded",
            "Could you explain how the price is computed when a customer upgrades in the middle of a period? The two "
            "examples in the guide do not agree.",
            "the second example in the guide is from an older release",
            "Use the first example; it is how the present release counts.",
            "The guide will be corrected; both rules are explained in this ticket.",
            (4,),
        ),
    ),
)
PANEL = Area(
    "Panel",
    20,
    (
        Topic(
            "Control panel returns 500 after login",
            "After the login page everybody gets a blank page with 'Internal server error'. Customers of {domain} have "
            "been calling us since the morning.",
            "a session table is full and cannot be cleaned by its job",
            "Empty the session table; all users have to log in once more.",
            "The cleaning job runs again and the table was moved to a larger volume.",
            (1, 2),
        ),
        Topic(
            "Import fails at 40 % when adding a node",
            "Adding the service node {host} stops at 40 % with 'task was cancelled'. We tried three times.",
            "the node's clock is seven minutes behind, so that its certificate is not valid yet",
            "Set the clock of {host} and start the task again.",
            "The check for the clock now comes first and names the difference.",
            (2, 3),
        ),
        Topic(
            "Subscription list is empty for resellers",
            "Our resellers see an empty list. With an administrator account all {count} subscriptions are there.",
            "a filter saved by an earlier release hides all rows",
            "Reset the view from the menu of the list.",
            "The saved filters were converted.",
            (2, 3),
        ),
        Topic(
            "Typo in the manual, chapter 'Service templates'",
            "The manual says 'disable' where the screenshot shows 'enable'. It made us lose an hour.",
            "the text was not updated with the screenshot",
            "Follow the screenshot.",
            "The page is corrected in the online version.",
            (4,),
        ),
        Topic(
            "Our logo is cut off in the new theme",
            "Since {version} the logo in the upper left is cut on the right. It is cosmetic, but customers ask.",
            "the new theme expects a wider picture",
            "Add an empty margin to the picture.",
            "The theme scales the picture since today's update.",
            (4,),
        ),
    ),
)
NETWORK = Area(
    "Network",
    14,
    (
        Topic(
            "{host} loses its addresses after a restart",
            "After each restart {host} comes up with its main address only. The {count} addresses of customers have "
            "to be added by hand, and their sites are down until then.",
            "the network service starts before the address pool is mounted",
            "Start the address service once more after the boot; it adds all of them.",
            "The order of the two services is fixed and survived two restarts.",
            (1, 2, 3),
        ),
        Topic(
            "DNS zone of {domain} does not reach the secondary",
            "Changes of {domain} are visible on the primary only. The secondary answers with a serial from last week.",
            "the transfer is refused because the secondary changed its address",
            "Start a transfer by hand after each change.",
            "The new address is allowed and notifications arrive.",
        ),
        Topic(
            "High packet loss between nodes",
            "We measure {count} ms and some loss between {host} and its neighbours. Backups do not finish in the "
            "night window.",
            "two nodes have the same hardware address after cloning",
            "Take the cloned node out of the network.",
            "The clone got an address of its own and the loss is gone.",
        ),
        Topic(
            "Which ports have to be open between nodes?",
            "Our security team asks for the list of ports between {host} and the other nodes, with the direction.",
            "the list in the guide is complete but without directions",
            "Allow both directions until the list is corrected.",
            "The list with directions is attached and will be published.",
            (4,),
        ),
    ),
)
LICENSING = Area(
    "Licensing",
    12,
    (
        Topic(
            "Licence key expired although it was renewed",
            "The key of {host} was renewed on Friday, the panel says that it expired. No new accounts can be made.",
            "the node could not reach the key server behind the new firewall",
            "Upload the key file by hand; it is attached to this ticket.",
            "The address of the key server is allowed and the key renews itself.",
            (1, 2, 3),
        ),
        Topic(
            "Upgrade of the key to {count} accounts",
            "We ordered {count} more accounts, but the key still shows the old limit.",
            "the order was booked on your second contract",
            "None is needed: the limit is a warning for seven days.",
            "The order was moved and the key retrieved.",
            (3, 4),
        ),
    ),
)
DATABASE = Area(
    "Database",
    8,
    (
        Topic(
            "Database server on {host} restarts every hour",
            "The database on {host} restarts about once an hour and tables of {domain} had to be repaired twice. We "
            "are afraid of losing data.",
            "the memory limit of the container is below what the server is set to use",
            "Lower the buffer size to half; the restarts stop.",
            "The limit is raised and all {count} tables were checked.",
            (1, 2),
        ),
        Topic(
            "Backups of large databases end with code 2",
            "Since last week the nightly backup of databases larger than 4 GB ends with code 2 and the file is cut.",
            "the temporary folder is on a volume with a limit for single files",
            "Point the backup to another temporary folder.",
            "The dump is streamed now and needs no temporary file.",
            (2, 3),
        ),
        Topic(
            "Is the next database version supported?",
            "We plan the upgrade of {host} for next month. Which database versions may be used with {version}?",
            "the table of versions was not published with the release",
            "Stay with the present version until then.",
            "The table is published; the version that you plan is supported.",
            (4,),
        ),
    ),
)
MIGRATION = Area(
    "Migration",
    6,
    (
        Topic(
            "Migration of {count} accounts stops with a duplicate name",
            "The migration from the old server stops at account {account}: 'name already exists'. It does not.",
            "the name differs from a deleted one by case only",
            "Rename the account on the source before the migration.",
            "The purge of deleted names has run; the migration finished.",
            (3,),
        ),
        Topic(
            "Sites show the default page after the move to {host}",
            "All sites moved last night show the default page. Files and databases are complete.",
            "the web server was not told to reload after the last batch",
            "Reload the web server on {host}.",
            "The reload is part of the last step now.",
            (1, 2),
        ),
    ),
)

AREAS = (MAIL, BILLING, PANEL, NETWORK, LICENSING, DATABASE, MIGRATION)


def topic_for(rng: Random, severity: int) -> tuple[str, Topic]:
    """A support group and a topic that may have this severity."""
    fitting = [(area, topic) for area in AREAS for topic in area.topics if severity in topic.severities]
    area, topic = rng.choices(fitting, [area.weight / len(area.topics) for area, _ in fitting])[0]
    return area.group, topic
