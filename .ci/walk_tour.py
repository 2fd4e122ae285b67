"""Where the accessibility walk goes: each page with the keys that lead there and a word that only it shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """A page or dialog. ``keys`` lead there from the one before: keys, ``wait:seconds``, ``type:text``, ``do:control``.

    ``{place}`` in a text stands for the folder of the walk.
    ``covered``: a card lies over the page, whose controls wait below; ``dialog``: a window of its own.
    """

    page: str
    shows: str
    keys: tuple[str, ...]
    covered: bool = False
    dialog: bool = False


def in_menu(opens: str, downs: int) -> tuple[str, ...]:
    """Keys to an item of a menu; the arrows pass over what cannot be chosen."""
    return opens, "wait:0.5", *("Down",) * downs, "Return", "wait:1"


def to_list(page: str) -> tuple[str, ...]:
    """Keys to a page's list, from wherever the page was left."""
    return page, "wait:1", "Escape", "wait:1", "Escape", "wait:1"


LAST_OF_RECORD = ("alt+i", "wait:0.5", "Up", "Return", "wait:1")
AS_OFFICE = (*in_menu("alt+n", 11), "Home", *("Down",) * 11, "Return", "wait:3")
"""The office's person among those of the demo works now."""

EVENTS = (
    Stop("dashboard", "Co dziś", ("wait:2",)),
    Stop("events list", "Nowe wydarzenie", ("ctrl+2", "wait:1")),
    Stop("after the event", "Po wydarzeniu", (*("Down",) * 4, "wait:1", *in_menu("alt+i", 2)), dialog=True),
    Stop("event form 1", "Wstecz: Wydarzenia", ("Escape", "wait:1", "ctrl+2", "Return", "wait:1")),
    *(Stop(f"event form {n}", "Wstecz: Wydarzenia", ("ctrl+Next", "wait:0.5")) for n in range(2, 8)),
    Stop("event history", "Wstecz", ("ctrl+h", "wait:1")),
    Stop("new event", "Wstecz: Wydarzenia", (*to_list("ctrl+2"), "ctrl+n", "wait:1")),
    Stop("all prints", "Karta wydarzenia", (*to_list("ctrl+2"), *in_menu("alt+p", 2))),
    Stop("photos", "Dodaj zdjęcia", (*to_list("ctrl+2"), *in_menu("alt+i", 3))),
)
PARTNERS = (
    Stop("partners list", "Nowy partner", ("ctrl+3", "wait:1")),
    Stop("erase for ever", "Powód usunięcia (wymagane)", LAST_OF_RECORD, dialog=True),
    Stop("partner form 1", "Wstecz: Partnerzy", ("Escape", "wait:1", "ctrl+3", "Return", "wait:1")),
    *(Stop(f"partner form {n}", "Wstecz: Partnerzy", ("ctrl+Next", "wait:0.5")) for n in range(2, 8)),
    Stop("merge two records", "Drugi wpis", ("alt+i", "wait:0.5", *("Up",) * 9, "Return", "wait:1"), dialog=True),
    Stop(
        "contact form",
        "Preferowana forma kontaktu",
        (
            "Escape",
            "wait:1",
            *to_list("ctrl+3"),
            "Return",
            "wait:1",
            "ctrl+Next",
            "wait:0.5",
            "do:Popraw wybraną osobę",
            "wait:1",
        ),
    ),
    Stop(
        "refuse in writing",
        "Podstawa odmowy (wymagane)",
        (*LAST_OF_RECORD, "do:Odmów na piśmie…", "wait:1"),
        dialog=True,
    ),
)
OTHERS = (
    Stop("clusters", "Nowy klaster", ("Escape", "wait:1", "ctrl+4", "wait:1")),
    Stop("cluster form", "Wstecz: Klastry", ("do:Dane klastra", "wait:1")),
    Stop("tasks", "Nowe zadanie", ("ctrl+5", "wait:1")),
    Stop("task form", "Wstecz: Zadania", ("ctrl+5", "Return", "wait:1")),
    Stop("report of the month", "Sprawozdanie", ("ctrl+6", "wait:1")),
    Stop("report form 10", "Załączniki", ("do:Napisz sprawozdanie", "wait:1", *("ctrl+Next",) * 9, "wait:1")),
    Stop("choose files", "Zawęź listę", ("do:Załączniki: wybierz pliki", "wait:1"), dialog=True),
    Stop("exchange", "Co wyślemy i co zostaje", ("Escape", "wait:1", "ctrl+7", "wait:1")),
    Stop("settings: looks", "Krój pisma", ("ctrl+8", "wait:1")),
    Stop("settings: language", "Wszystko zmienia się od razu", ("ctrl+Next", "wait:0.5")),
    Stop("settings: safety", "Blokada po", ("ctrl+Next", "wait:0.5")),
    Stop("change the password", "Obecne hasło albo kod z kartki", ("do:Zmień hasło…", "wait:1"), dialog=True),
    Stop("settings: backups", "Kopia powstaje raz dziennie", ("Escape", "wait:1", "ctrl+Next", "wait:0.5")),
    Stop("settings: people", "Kody zaczynają się od", ("ctrl+Next", "wait:0.5")),
    Stop("settings: the program", "Wszystkie dane zostają na tym komputerze", ("ctrl+Next", "wait:0.5")),
)
TOOLS = (
    ("coverage", "Tematy i odbiorcy"), ("observations", "Obserwacje"), ("offers", "Oferty"),
    ("indicators", "Wskaźniki"), ("project", "Dane projektu"), ("talking points", "Teksty „Co powiedzieć?”"),
    ("texts of lists", "Teksty list"),
)  # fmt: skip
HELP = (
    Stop("help", "Rozdziały podręcznika", ("ctrl+2", "wait:1", "F1", "wait:1"), dialog=True),
    Stop("keys", "Zapisz klawisze jako PDF…", ("F1", "wait:1"), dialog=True),
    Stop("information", "Kopiuj opis", ("Escape", "wait:1", *in_menu("alt+c", 2)), dialog=True),
    Stop("about", "O programie", ("Escape", "wait:1", *in_menu("alt+c", 3)), dialog=True),
    Stop("search everywhere", "Szukaj wszędzie", ("Escape", "wait:1", "ctrl+k", "type:wars", "wait:1"), covered=True),
)
OFFICE = (
    Stop("who works now", "Kto teraz pracuje?", ("Escape", "wait:3", *in_menu("alt+n", 11)), dialog=True),
    Stop("office: overview", "Przegląd", ("Escape", "wait:1", *AS_OFFICE, "ctrl+1", "wait:2")),
    Stop("office: testers", "Zaproś testera", ("ctrl+2", "wait:1")),
    Stop("office: reports", "Sprawozdania", ("ctrl+7", "wait:1")),
    Stop("office: packages", "Wczytaj paczki", ("ctrl+8", "wait:1")),
    Stop("unlock", "Hasło", ("Escape", "ctrl+shift+l", "wait:2")),
    Stop("unlock by the sheet", "Kod z kartki odzyskiwania", ("do:Mam kartkę odzyskiwania", "wait:1")),
)
TOUR = (
    *EVENTS, *PARTNERS, *OTHERS,
    *(Stop(name, word, in_menu("alt+n", downs)) for downs, (name, word) in enumerate(TOOLS)),
    Stop("versions", "Dwie wersje", in_menu("alt+n", 8)), Stop("bin", "Kosz", in_menu("alt+n", 9)),
    Stop("data to look through", "Dane do przejrzenia", in_menu("alt+n", 10)),
    *HELP, *OFFICE,
)  # fmt: skip
FIRST = (Stop("first run", "Kim jesteś?", ("wait:2",)),)
"""Without a workspace."""

PASSWORD = "spacer po stronach"  # noqa: S105 - of workspaces that live as long as the walk
OPEN = (f"type:{PASSWORD}", "Return", "wait:4")
REQUEST = "{place}/prosba.progressus-request"
LONE = (
    Stop("lone: exchange", "Dołącz do projektu…", ("wait:2", *OPEN, "ctrl+7", "wait:2")),
    Stop("join a project", "Kod z biura", ("do:Dołącz do projektu…", "wait:1"), dialog=True),
)
"""A workspace of a tester that no office knows."""
TESTER = (
    Stop(
        "tester: settings: safety",
        "Biuro może pomóc, gdy zapomnę hasła",
        ("wait:2", *OPEN, "ctrl+8", "wait:1", "ctrl+Next", "ctrl+Next", "wait:1"),
    ),
    Stop(
        "unlock without the password",
        "Nie pamiętasz hasła?",
        (
            "do:Biuro może pomóc, gdy zapomnę hasła",
            "wait:1",
            "ctrl+shift+l",
            "wait:2",
            "do:Nie pamiętam hasła",
            "wait:1",
        ),
    ),
    Stop("help by the office", "1. Wyślij prośbę do biura", ("do:Poproś biuro o pomoc…", "wait:1"), dialog=True),
    Stop(
        "help by the office: six words",
        "Zadzwoń do biura i przeczytaj te słowa:",
        ("do:Zapisz prośbę…", "wait:2", "ctrl+a", f"type:{REQUEST}", "Return", "wait:2"),
        dialog=True,
    ),
)
"""A workspace that joined an office; it asks for help with the password."""
ANSWER = (
    Stop(
        "answer a forgotten password",
        "Czy osoba przy laptopie czyta te słowa?",
        (
            "wait:2", *OPEN, "ctrl+8", "wait:2", "do:Odpowiedz na zapomniane hasło…", "wait:2",
            "ctrl+a", f"type:{REQUEST}", "Return", "wait:2",
        ),
    ),
)  # fmt: skip
"""The office it joined, which gets that request."""
