"""What the tests of reporting share: an invented package in good order, and a look at what is raised."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from almenstyring.content import load_standard
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import AlmenstyringError
from almenstyring.domain.reporting import DocumentationPackage, Standard
from almenstyring.testing.builders import clean_package


@pytest.fixture(scope="session")
def package() -> DocumentationPackage:
    """A whole package of T001 that nobody has edited yet."""
    return clean_package()


@pytest.fixture(scope="session")
def standard() -> Standard:
    return load_standard(ReportYear(2026))


@pytest.fixture(scope="session")
def raised() -> Callable[..., AlmenstyringError]:
    """Call something that must raise exactly this kind of error, and check that it helps in both languages."""

    def check(kind: type[AlmenstyringError], call: Callable[..., object], *arguments: object) -> AlmenstyringError:
        with pytest.raises(kind) as caught:
            call(*arguments)
        error = caught.value
        assert type(error) is kind
        for text in (error.message, error.hint):
            assert text.da.strip() and text.en.strip() and text.da != text.en
            assert "{" not in text.da + text.en
        return error

    return check
