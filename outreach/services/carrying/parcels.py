"""A parcel as a carrier knows it, and what a column of its file can hold."""

from dataclasses import dataclass, field
from functools import cached_property

from outreach.services.people.postal import PostalAddress

_GRAMS_AN_OUNCE = 28.349523125
_OUNCES_A_POUND = 16
#: Where the region is a part of the address that carriers keep apart.
_WITH_STATES = ("US", "CA")
#: The heading of printed books in the Harmonized System.
_PRINTED_BOOKS = "4901"


@dataclass(frozen=True)
class Parcel:
    """A parcel as a carrier knows it.

    Attributes:
        reference: Ours, such as ``s12``; it comes back with the tracking number.
        sku: The ISBN or GTIN, where one thing is in it.
        copies: How many things are in it.
        not_media: What of it is no book of at least eight pages.
        weight_grams: What it weighs, in grams; None where that is not known.
        is_printed: Whether there are only printed books in it.
        service: What the carrier calls the way it goes.
    """

    reference: str
    address: PostalAddress
    email: str = ""
    phone: str = ""
    contents: str = ""
    sku: str = ""
    copies: int = 1
    not_media: tuple[str, ...] = field(default=())
    weight_grams: int | None = None
    is_printed: bool = False
    service: str = ""

    def value(self, source: str) -> str:
        """What a column holds, by one of `SOURCES` but for the streets."""
        if source in PostalAddress.__dataclass_fields__:
            return str(getattr(self.address, source))
        return str(getattr(self, source))

    @property
    def streets(self) -> tuple[str, ...]:
        """The lines of the address above the town, with the region where no column is for it."""
        elsewhere = "" if self.address.country in _WITH_STATES else self.address.region
        return (self.address.line1, self.address.line2, elsewhere)

    @property
    def state(self) -> str:
        """The region where carriers keep it apart."""
        return self.address.region if self.address.country in _WITH_STATES else ""

    @property
    def company_or_name(self) -> str:
        """Whose it is: the house where there is one."""
        return self.address.organisation or self.address.deliver_to

    @property
    def contact(self) -> str:
        """Whom to ask for in the house."""
        return self.address.deliver_to if self.address.organisation else ""

    @property
    def kilograms(self) -> str:
        """What it weighs, with a dot; empty where that is not known."""
        return "" if self.weight_grams is None else f"{self.weight_grams / 1000:.3f}"

    @cached_property
    def _ounces(self) -> int | None:
        return None if self.weight_grams is None else max(1, -int(-self.weight_grams / _GRAMS_AN_OUNCE // 1))

    @property
    def pounds(self) -> str:
        """The whole pounds that it weighs."""
        return "" if self._ounces is None else str(self._ounces // _OUNCES_A_POUND)

    @property
    def ounces(self) -> str:
        """What it weighs above its whole pounds, rounded up."""
        return "" if self._ounces is None else str(self._ounces % _OUNCES_A_POUND)

    @property
    def customs_code(self) -> str:
        """The heading for the customs; empty where not all of it is printed books."""
        return _PRINTED_BOOKS if self.is_printed else ""


#: The lines of the address above the town, told over as many columns as there are; where they do not fit, broken anew.
STREETS = ("street1", "street2", "street3", "street4")
#: The same without the region, which has a column of its own.
LINES = ("row1", "row2", "row3", "row4")
SOURCES = (
    *PostalAddress.__dataclass_fields__, *STREETS, *LINES, "reference", "email", "phone", "contents", "sku", "copies",
    "state", "company_or_name", "contact", "kilograms", "service", "pounds", "ounces", "customs_code",
)  # fmt: skip
