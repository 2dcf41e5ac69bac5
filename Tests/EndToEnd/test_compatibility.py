"""What RELEASING.md promises of versions and of what is taken away."""

import datetime
import re

import pytest

from hub import ROOT, run

REASON = re.compile(r"\S.*\. Goes after (\d{4}-\d\d-\d\d)\.")


def complaints(text, today):
    """What is wrong with the deprecations of a schema."""
    found = []
    for line, directive in [
        (text.count("\n", 0, match.start()) + 1, match[1])
        for match in re.finditer(r"@deprecated(?!\w)(\s*\([^)]*\))?", text)
    ]:
        reason = re.search(r'reason:\s*"([^"]*)"', directive or "")
        told = REASON.fullmatch(reason[1]) if reason else None
        if told is None:
            found.append(f"{line}: says not what replaces it and after which day it goes")
        elif datetime.date.fromisoformat(told[1]) < today - datetime.timedelta(days=365):
            found.append(f"{line}: should have gone after {told[1]}")
    return found


def test_what_is_deprecated_says_until_when():
    for path in (ROOT / "schema").glob("*.graphql"):
        assert complaints(path.read_text(), datetime.date.today()) == [], path.name


@pytest.mark.parametrize(
    "directive, said",
    [
        ('@deprecated(reason: "Use phone. Goes after 2027-06-30.")', None),
        ("@deprecated", "says not"),
        ('@deprecated(reason: "Use phone.")', "says not"),
        ('@deprecated(reason: "Goes after 2027-06-30.")', "says not"),
        ('@deprecated(reason: "Use phone. Goes after 2024-01-01.")', "should have gone"),
    ],
)
def test_a_deprecation_without_its_day_is_noticed(directive, said):
    found = complaints(f"type A {{\n  fax: String {directive}\n}}", datetime.date(2026, 1, 1))
    assert ([] if said is None else [said]) == [text[3:3 + len(said or "")] for text in found]
    assert all(text.startswith("2: ") for text in found)


def test_the_version_is_the_changelog_s():
    """The newest release there, or the one that Unreleased will be."""
    version = run("--version").stdout.split()[0]
    heads = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert heads[0] == "Unreleased" or heads[0] == version
    released = [head for head in heads if head != "Unreleased"]
    if released:
        numbers = [[int(part) for part in head.split(".")] for head in released]
        assert numbers == sorted(numbers, reverse=True)
        assert [int(part) for part in version.split("-")[0].split(".")] >= numbers[0]
