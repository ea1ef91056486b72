"""What happens on the way to an answer, told while it happens.

>>> Step("found", count=24)
Step(name='found', text='', years=(), status=None, count=24)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rag.schema import Status


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way.

    `read`: what is asked (`text`, `years`, `status`). `found`: `count` passages were judged. `write`:
    `text` names the language model. `sentence`: `text` has passed the check. `checked`: `count` figures
    stand in their passages.
    """

    name: Literal["read", "found", "write", "sentence", "checked"]
    text: str = ""
    years: tuple[int, ...] = ()
    status: Status | None = None
    count: int = 0


OnStep = Callable[[Step], None]


def ignore(step: Step) -> None:
    """Tells nobody."""
