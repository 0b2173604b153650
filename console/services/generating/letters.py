"""How customers, engineers and managers of made-up tickets write."""

from __future__ import annotations

from random import Random

from console.services.generating.strange import STRANGE_BODIES, STRANGE_SUBJECTS
from console.services.generating.topics import Topic

GREETINGS = ("Hello,", "Hi team,", "Dear support,", "Good morning,", "Hello support team,")
REGARDS = ("Best regards,", "Thanks,", "Kind regards,", "Thank you in advance,", "Regards,")
CONTEXT = (
    "Nothing else was changed on our side in the last days.",
    "We have read the knowledge-base article on this, it describes another message.",
    "It worked until yesterday evening. The logs of the last hour are attached.",
    "We can reproduce it each time with a new test account.",
    "Please do not restart services between 08:00 and 18:00 our time; nights are fine.",
)
GRAVE = (
    "About {count} of our customers are affected.",
    "Our own helpdesk has received {count} calls about it today.",
    "Our largest customer has asked for a written explanation.",
    "This is production, and we have no way around it.",
)
LIGHT = (
    "Only our test environment is affected so far, production is planned for next week.",
    "We can live with it for some days, but we need to know when it will be solved.",
    "It is not urgent for us.",
)
FIRST_ANSWERS = (
    "Thank you for the details. I have taken the ticket and see the same on our test system.",
    "Thank you for contacting us. I am looking at the logs that you attached.",
    "I have taken over your request. From the description it looks like something that we know, I am checking it now.",
    "Thank you, the description is complete. I will compare your configuration with ours.",
)
QUESTIONS = (
    ("Could you send the output of the diagnostic script from {host} and the exact time of the last occurrence?",),
    ("May we have access to {host}? Please use the secure form; passwords in mails are removed automatically.",),
    ("Which time frame may we use for a restart of the service, if one is needed?",),
    ("Does it happen with a new account as well? Please name one account where we may test.",),
)
ANSWERS = (
    ("Here it is. The last time was {minutes} minutes before this message.",),
    ("Access is granted through the form. Please tell us before you change anything.",),
    ("Restarts are fine between 22:00 and 04:00 our time.",),
    ("Yes, with a new account too. You may test with {account}.",),
)
UPDATES = (
    "We have found that {cause}. We are working on a correction.",
    "A short update: the issue is with our senior engineers now, who confirmed that {cause}.",
    "We reproduced it on a copy of your configuration. I will write again before the time that I named.",
)
STARTED = (
    "I will write again as soon as I know more, within the time that your plan promises at the latest.",
    "You will get a first estimate from me shortly.",
)
REMINDERS = (
    "Is there any news? We have not heard from you since the last message.",
    "We are still waiting. When can we expect an answer?",
    "Please let us know how this goes on, our customers keep asking.",
)
NOTES = (
    "Looks like the one from last month; {cause}. Asked the developers.",
    "Customer is friendly but under pressure, keep the update times.",
    "Logs copied to the share. Nothing before {minutes} minutes ago.",
    "Second opinion wanted before we touch {host}.",
    "Handed over at the end of the shift: next step is to wait for the output, then rebuild.",
)
ESCALATIONS = (
    "We were promised an answer and nobody wrote. Our customers cannot work; we need someone on this now.",
    "The time that you named has passed. Please tell us who is working on it and when it will be done.",
    "This blocks our launch on Monday. A workaround would be enough, but we need it today.",
    "Third day, third engineer, each asks the same questions. Please have someone senior look at it.",
    "Our management asks for a call. The system is down for {count} customers and the last message was hours ago.",
    "Please escalate: the certificate expires tomorrow and the renewal still fails.",
    "The workaround does not work for us and there was no answer to our last message.",
)
PLANS_OF_ACTION = (
    "A senior engineer takes over now and calls the customer within the hour.",
    "Database team joins; hourly updates until the workaround is confirmed.",
    "The correction is tested tonight on a copy, installed after the customer agrees.",
)
REFUSALS = (
    "The time that was named has not passed; the engineer writes before it does.",
    "The request waits for the output that we asked for. With it the work goes on at once.",
    "The severity does not fit the description: a workaround exists and was confirmed.",
)
MANAGER_NOTES = (
    "Severity set by the definitions: {why}.",
    "Talked to the customer, who agrees: {why}.",
)
CONFIRMATIONS = ("It works, thank you. You may close the ticket.", "Confirmed, thanks for the quick help.", "Solved.")
REOPENINGS = (
    "Unfortunately it is back since an hour ago, with the same message.",
    "It works for most accounts, but not for {account}.",
)


class Writer:
    """Writes the letters of one ticket; the same random source gives the same words."""

    def __init__(self, rng: Random, topic: Topic, contact: str) -> None:
        self._rng = rng
        self._topic = topic
        self._contact = contact
        self._strange = rng.random() < 0.012
        number = rng.randrange(2, 480)
        self._values = {
            "domain": rng.choice(("shop", "mail", "my", "www")) + f"{number}.example",
            "host": rng.choice(("node", "ppm", "ui", "mail", "db")) + f"{number % 40:02d}.example.net",
            "version": rng.choice(("11.5", "11.6", "12.0", "12.1", "5.5.9")),
            "count": str(rng.randrange(3, 400)),
            "account": f"acc{rng.randrange(1_000, 99_999)}",
            "minutes": str(rng.randrange(5, 55)),
            "cause": topic.cause,
            "why": rng.choice(("a workaround exists", "only one account is affected", "production is down")),
        }
        self._values["cause"] = self._fill(topic.cause)

    def subject(self) -> str:
        """The subject of the ticket; now and then one that tries to be more than text."""
        return self._fill(self._rng.choice(STRANGE_SUBJECTS) if self._strange else self._topic.subject)

    def request(self, severity: int) -> str:
        """The first message; how grave it sounds follows from the severity."""
        if self._strange:
            return self._fill(self._rng.choice(STRANGE_BODIES))
        parts = [
            self._one(GREETINGS),
            self._fill(self._topic.symptom),
            self._one(CONTEXT),
            self._one(GRAVE if severity < 3 else LIGHT),
        ]
        return "\n\n".join([*parts, f"{self._one(REGARDS)}\n{self._contact}"])

    def of_customer(self, choices: tuple[str, ...]) -> str:
        """A short message of the customer."""
        return f"{self._one(choices)}\n\n{self._contact}"

    def of_support(self, engineer: str, *choices: tuple[str, ...]) -> str:
        """A message of an engineer, a paragraph for each of `choices`."""
        first = self._contact.split()[0]
        body = "\n\n".join(self._one(each) for each in choices)
        return f"Hello {first},\n\n{body}\n\n{self._one(REGARDS)}\n{engineer}\nTechnical support"

    def workaround(self) -> tuple[str, ...]:
        """Choices for a message that gives the workaround."""
        return (f"Until it is corrected there is a workaround. {self._topic.workaround}",)

    def solution(self) -> tuple[str, ...]:
        """Choices for a message that gives the solution."""
        return (f"The reason was that {self._topic.cause}. {self._topic.solution} Please confirm that it works.",)

    def words(self, choices: tuple[str, ...]) -> str:
        """One of `choices`, filled in."""
        return self._one(choices)

    def _one(self, choices: tuple[str, ...]) -> str:
        return self._fill(self._rng.choice(choices))

    def _fill(self, text: str) -> str:
        # Not str.format: strange texts hold braces of their own.
        for key, value in self._values.items():
            text = text.replace("{" + key + "}", value)
        return text
