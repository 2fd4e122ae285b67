"""Write docs/data-dictionary.md from the declarations (a test keeps the file current)."""

from __future__ import annotations

from progressus_desktop import words
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Field

HEAD = """# Data dictionary

Written by `make docs` from the declarations in `progressus_desktop/domain/`; do not edit by hand.
PD is the class of personal data: – none, O organisation, P personal, S special category or image.
"""


def line(field: Field, indent: str = "") -> str:
    with words.speaking("pl"):
        polish = words._(field.label)
    link = field.codes or field.target
    if field.columns:
        link = f"{field.codes} × {field.columns}"
    required = "yes" if field.required else ""
    personal = "–" if field.personal.value == "-" else field.personal.value
    writer = "office" if field.office_only else ""
    return (
        f"| {indent}`{field.name}` | {field.label} | {polish} | {field.type.value} | {link} | {required} "
        f"| {personal} | {field.merge.value} | {writer} |"
    )


def main() -> None:
    print(HEAD)
    for name, entity in sorted(ENTITIES.items()):
        with words.speaking("pl"):
            polish = words._(entity.label)
        print(f"## {name}: {entity.label} ({polish})\n")
        print("| field | English | Polish | type | codes or target | required | PD | merge | writer |")
        print("|---|---|---|---|---|---|---|---|---|")
        for field in entity.fields:
            print(line(field))
            for part in field.parts:
                print(line(part, f"{field.name} › "))
        for derived in entity.derived:
            print(f"| `{derived.name}` | {derived.label} |  | {derived.type.value} (derived) |  |  | – |  |  |")
        print()


if __name__ == "__main__":
    main()
