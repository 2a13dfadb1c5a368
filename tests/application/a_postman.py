"""A notifier for tests, and what became of the notices it was given."""

from __future__ import annotations

from attrs import Factory, define

import almenstyring as al
from almenstyring.ports import NoticeMessage


@define
class Postman:
    """A notifier that keeps what it delivers, or raises what it is told to."""

    fails: BaseException | None = None
    bag: list[NoticeMessage] = Factory(list)
    closed: bool = False

    def deliver(self, message: NoticeMessage) -> None:
        if self.fails:
            raise self.fails
        self.bag.append(message)

    def close(self) -> None:
        self.closed = True

    @property
    def ids(self) -> list[str]:
        return [message.id for message in self.bag]


def everybody(notice: al.Notice) -> str:
    """Everybody has an address."""
    return f"{notice.unit}@example.org"


def states(workspace: al.Workspace) -> list[tuple[str, str, int, str]]:
    return [(each.id, each.state.value, each.attempts, each.reason) for each in workspace.sent_notices()]
