"""Labels of many countries, against addresses as they are written there."""

import re
from collections.abc import Iterator
from pathlib import Path

from outreach.services.people.postal import PostalAddress, address_lines
from tests.fields.material import corpora

#: What the corpus calls the place that a letter goes to, the likeliest first.
PLACES = (
    "postal_city", "city", "town", "village", "municipality", "hamlet", "locality", "place", "suburb", "city_district",
    "neighbourhood", "county", "island", "state",
)  # fmt: skip
REGIONS = (
    "state_code",
    "state",
    "county",
    "county_code",
    "state_district",
    "region",
    "province",
    "island",
    "archipelago",
)


def cases(path: Path) -> Iterator[tuple[dict[str, str], list[str]]]:
    """The parts of each address, and the lines of its label."""
    for document in path.read_text(encoding="utf-8").split("\n---"):
        parts: dict[str, str] = {}
        lines: list[str] = []
        within = ""
        for line in document.splitlines():
            if re.match(r"[a-z_]+:", line):
                within = line.partition(":")[0]
            elif within == "components" and ":" in line and not line.lstrip().startswith("#"):
                name, _, value = line.strip().partition(":")
                parts[name] = value.strip().strip("\"'")
            elif within == "expected" and line.strip() and not line.startswith("#"):
                lines.append(line.strip())
        if parts and lines:
            yield parts, lines


def bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text).casefold().split())


def squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def in_parts(parts: dict[str, str], lines: list[str], country: str) -> PostalAddress | None:
    """The address as ours are kept: street lines, town, region, postcode; None where the label names no place."""
    code = squeezed(parts.get("postcode", ""))
    at = next((number for number, line in enumerate(lines) if code and code in squeezed(line)), None)
    postcode, beside = "", ""
    if at is not None:
        found = re.search(r"\W*".join(map(re.escape, code)), lines[at], re.IGNORECASE)
        postcode = found.group() if found else ""
        beside = lines[at].replace(postcode, " ")
    names = [parts[name] for name in PLACES if parts.get(name)]
    regions = [parts[name] for name in REGIONS if parts.get(name)]
    # The town stands beside the postcode, next to it, or at the end.
    around = [beside, *lines[max(0, (at or 0) - 1) : at], *lines[(at or 0) + 1 : (at or 0) + 2]]
    near = lines[:-3:-1] if at is None else around
    fits = [(rank, number, name, line) for number, line in enumerate(near) for rank, name in enumerate(names)
            if bare(name) == bare(line) or (bare(name) and re.search(rf"\b{re.escape(bare(name))}\b", bare(line)))]  # fmt: skip
    if not fits:
        return None
    _, _, city, place = min(fits, key=lambda fit: (fit[0], bare(fit[2]) != bare(fit[3]), fit[1]))
    rest = bare(place).replace(bare(city), "", 1).strip()
    region = next(
        (name for name in regions if bare(name) == rest), rest.upper() if re.fullmatch(r"[a-z]{2,3}", rest) else ""
    )
    if place != beside and bare(beside):
        region = beside.strip(" ,-")
    elif rest and not region:
        city = place.strip(" ,-")
    used = {bare(place), bare(lines[at]) if at is not None else ""}
    street = [line for line in lines if bare(line) not in used]
    if not region and street and bare(street[-1]) == bare(lines[-1]) and street[-1] in [*names, *regions]:
        region = street.pop()
    return PostalAddress(line1=street[0] if street else "", line2="\n".join(street[1:]), city=city, region=region,
                         postcode=postcode, country=country)  # fmt: skip


def test_labels_of_the_corpus() -> None:
    right, wrong = 0, []
    for path in sorted(corpora("postal", "opencage_cases").glob("*.yaml")):
        for parts, told in cases(path):
            country = parts.get("country_code", path.stem).upper()
            lines = told[:-1]  # within a country it is not named
            address = in_parts(parts, lines, country)
            if address is None:
                continue
            street = [address.line1, *address.line2.split("\n")]
            made = address_lines(PostalAddress(**{**_fields(address), "line2": ""}), sender_country=country)
            at = made.index(address.line1) if address.line1 else -1
            made = (*made[: at + 1], *street[1:], *made[at + 1 :])
            if [bare(line) for line in made if line] == [bare(line) for line in lines]:
                right += 1
            else:
                wrong.append((country, lines, [line for line in made if line]))
    print(f"postal labels: {right} of {right + len(wrong)} line by line")
    for each in wrong:
        print(each)
    assert right + len(wrong) >= 100
    assert right >= 0.95 * (right + len(wrong)), wrong


def _fields(address: PostalAddress) -> dict[str, str]:
    return {name: getattr(address, name) for name in PostalAddress.__dataclass_fields__}
