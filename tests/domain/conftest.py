"""What the tests of the domain share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from almenstyring.domain.errors import InvalidValueError

Refused = Callable[..., InvalidValueError]


@pytest.fixture
def refused() -> Refused:
    """Call something that must be refused, and return the error after checking that it helps in both languages."""

    def check(call: Callable[..., object], *arguments: object, **named: object) -> InvalidValueError:
        with pytest.raises(InvalidValueError) as caught:
            call(*arguments, **named)
        error = caught.value
        assert error.code == "INVALID-VALUE"
        assert "value" in error.context
        for text in (error.message, error.hint):
            assert text.da and text.en and text.da != text.en
            assert "{" not in text.da + text.en
            assert len(text.da) < 300
        return error

    return check
