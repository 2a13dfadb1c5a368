"""What organisations, estates and municipalities are called in the public registers.

Every identifier has a declared test range, recognised by its leading ``T``. Invented organisations
use nothing else, so nothing invented can be mistaken for somebody real.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import ClassVar, Self

from attrs import frozen

from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import as_text, refusal
from almenstyring.domain.values.municipality_codes import MUNICIPALITY_CODES, PLACE_CODES

_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


@frozen(order=True)
class Identifier(ABC):
    """The common part of the identifiers: a text that exists only in its canonical form.

    Surrounding blanks are dropped. Anything that is not a text, or not of the right form, raises
    ``InvalidValueError``. Two identifiers are equal, and can be ordered, only within one class.
    """

    value: str

    _what: ClassVar[Text]
    _form: ClassVar[Text]

    def __attrs_post_init__(self) -> None:
        canonical = self._canonical(as_text(self.value) or "")
        if canonical is None:
            what = self._what
            raise refusal(Text(f"{{value}} er ikke {what.da}.", f"{{value}} is not {what.en}."), self._form, self.value)
        object.__setattr__(self, "value", canonical)

    @classmethod
    @abstractmethod
    def _canonical(cls, text: str) -> str | None:
        """The canonical form of ``text``, or None when it is no such identifier."""

    @property
    def is_test(self) -> bool:
        """Whether the identifier lies in the declared test range."""
        return self.value.startswith("T")

    def __str__(self) -> str:
        return self.value


@frozen(order=True)
class Cvr(Identifier):
    """A number in the central business register (da: CVR-nummer): eight digits with a check digit.

    The weights 2, 7, 6, 5, 4, 3, 2, 1 give a sum divisible by 11. Test range: ``T`` and seven digits.

    >>> str(Cvr(" 39801019 "))
    '39801019'
    """

    _what = Text("et CVR-nummer", "a CVR number")
    _form = Text(
        "Skriv otte cifre, det første ikke 0. Det sidste er et kontrolciffer (modulus 11): se efter ombyttede cifre.",
        "Write eight digits, the first not 0. The last is a check digit (modulus 11): look for swapped digits.",
    )

    @classmethod
    def _canonical(cls, text: str) -> str | None:
        if re.fullmatch(r"T[0-9]{7}", text):
            return text
        if not re.fullmatch(r"[1-9][0-9]{7}", text):
            return None
        total = sum(weight * int(digit) for weight, digit in zip(_CVR_WEIGHTS, text, strict=True))
        return text if total % 11 == 0 else None


@frozen(order=True)
class LbfNumber(Identifier):
    """Landsbyggefonden's number of a housing organisation (da: LBF-boligorganisationsnummer).

    Four digits in the forms, often printed without the leading zeros. Test range: T001 to T999.

    >>> LbfNumber("45").value, LbfNumber("0045").printed
    ('0045', '45')
    """

    _what = Text("et LBF-nummer på en boligorganisation", "an LBF number of a housing organisation")
    _form = Text("Skriv et til fire cifre, ikke kun nuller.", "Write one to four digits, not only zeros.")

    @classmethod
    def _canonical(cls, text: str) -> str | None:
        if not re.fullmatch(r"T[0-9]{3}|[0-9]{1,4}", text) or not text.strip("T0"):
            return None
        return text.zfill(4)

    @property
    def printed(self) -> str:
        """The number as it is printed in accounts: without leading zeros."""
        return self.value.lstrip("0")


@frozen(order=True)
class EstateNumber(Identifier):
    """Landsbyggefonden's number of an estate in its organisation (da: LBF-afdelingsnummer): five digits.

    Estate and section are the first three and the last two digits. That split is inferred from
    printed accounts and from upload files, whose headers hold only three digits; no official text was
    found. Missing leading zeros are added. Test range: ``T`` and four digits, not all of them zero.

    >>> number = EstateNumber("8501")
    >>> number.value, number.upload_form, number.section
    ('08501', '085', '01')
    """

    _what = Text("et LBF-nummer på en afdeling", "an LBF number of an estate")
    _form = Text("Skriv et til fem cifre, ikke kun nuller.", "Write one to five digits, not only zeros.")

    @classmethod
    def from_upload(cls, upload_form: str, *, section: str) -> Self:
        """The number behind the three digits of an upload file, for a section of two digits.

        >>> EstateNumber.from_upload("085", section="01").value
        '08501'
        """
        parts = f"{as_text(upload_form)} {as_text(section)}"
        if not re.fullmatch(r"(T[0-9]{2}|[0-9]{3}) [0-9]{2}", parts):
            raise refusal(
                Text("{value} er ikke et afdelingsnummer og et afsnit.", "{value} is not an estate and a section."),
                Text("Skriv tre cifre for afdelingen og to for afsnittet.", "Write three digits and two digits."),
                (upload_form, section),
            )
        return cls(parts.replace(" ", ""))

    @classmethod
    def _canonical(cls, text: str) -> str | None:
        if not re.fullmatch(r"T[0-9]{4}|[0-9]{1,5}", text) or not text.strip("T0"):
            return None
        return text.zfill(5)

    @property
    def upload_form(self) -> str:
        """The three digits that name the estate in upload files."""
        return self.value[:3]

    @property
    def section(self) -> str:
        """The last two digits: the section within the estate (da: afsnit)."""
        return self.value[3:]


@frozen(order=True)
class MunicipalityCode(Identifier):
    """The code of a municipality (da: kommunekode): three digits, or four with a leading zero.

    Exactly the 98 municipalities exist, and 411 Christiansø as a place. Test range: T01 to T99.

    >>> MunicipalityCode("0410").value, MunicipalityCode("411").can_supervise
    ('410', False)
    """

    _what = Text("et kommunenummer", "a municipality code")
    _form = Text(
        "Skriv en af de 98 kommuners koder med tre cifre, for eksempel 410.",
        "Write the three-digit code of one of the 98 municipalities, for example 410.",
    )

    @classmethod
    def _canonical(cls, text: str) -> str | None:
        code = text[1:] if re.fullmatch(r"0[0-9]{3}", text) else text
        is_known = code in MUNICIPALITY_CODES or code in PLACE_CODES
        return code if is_known or (re.fullmatch(r"T[0-9]{2}", code) and code != "T00") else None

    @property
    def is_place_code(self) -> bool:
        """Whether the code names a place outside every municipality."""
        return self.value in PLACE_CODES

    @property
    def can_supervise(self) -> bool:
        """Whether there is a municipal council behind the code (da: tilsynsførende kommunalbestyrelse)."""
        return not self.is_place_code


@frozen(order=True, cache_hash=True)
class EstateId:
    """An estate among all estates: its organisation's number and its own (da: afdeling).

    Both numbers are real or both are test numbers; a mixture raises ``InvalidValueError``.

    >>> estate = EstateId(LbfNumber("45"), EstateNumber("8501"))
    >>> str(estate), estate == EstateId.parse("0045-08501")
    ('0045-08501', True)
    """

    organisation: LbfNumber
    number: EstateNumber

    def __attrs_post_init__(self) -> None:
        if (type(self.organisation), type(self.number)) != (LbfNumber, EstateNumber):
            raise refusal(
                Text("{value} er ikke et afdelings-id.", "{value} is not an estate id."),
                Text("Giv et LbfNumber og et EstateNumber.", "Give an LbfNumber and an EstateNumber."),
                (str(self.organisation), str(self.number)),
            )
        if self.organisation.is_test != self.number.is_test:
            raise refusal(
                Text("{value} blander et rigtigt nummer og et testnummer.", "{value} mixes a real and a test number."),
                Text(
                    "En testorganisation (T001) har kun testafdelinger (T0101).",
                    "A test organisation (T001) has only test estates (T0101).",
                ),
                str(self),
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """The id written as "0045-08501"; leading zeros may be missing in both parts."""
        organisation, dash, number = (as_text(text) or "").partition("-")
        if not dash:
            raise refusal(
                Text("{value} er ikke et afdelings-id.", "{value} is not an estate id."),
                Text(
                    "Skriv organisation og afdeling med bindestreg: 0045-08501.",
                    "Write organisation and estate with a hyphen: 0045-08501.",
                ),
                text,
            )
        return cls(LbfNumber(organisation), EstateNumber(number))

    @property
    def is_test(self) -> bool:
        """Whether both numbers lie in the declared test range."""
        return self.organisation.is_test

    def __str__(self) -> str:
        return f"{self.organisation}-{self.number}"
