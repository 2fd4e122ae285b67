"""Invented clusters, offers, joint actions, tasks and observations of the sample project."""

from __future__ import annotations

from dataclasses import dataclass

OWN = "*"
"""Stands for the own organisation of the sample tester."""

OFFERS: dict[str, tuple[tuple[str, str], ...]] = {
    OWN: (("training", "warsztat CV i rozmowy o pracę, raz w miesiącu"),),
    "OSP Lipniki Wzorcowe": (
        ("transport", "bus z 9 miejscami w czwartki, bezpłatnie"), ("equipment", "nagłośnienie i namiot"),
    ),
    "KGW „Malwa”": (("training", "nauka gotowania w Domu Ludowym"),),
    "ZAZ „Warsztat pod Lipą”": (
        ("career_advice", "doradczyni zawodowa we wtorki"), ("internship", "trzy miejsca w kuchni i pralni"),
    ),
    "Pieczarkarnia „Jutrzenka”": (("internship", "dwa miejsca na staż przy sortowaniu"),),
    "Biblioteka w Zmyślonej": (("training", "obsługa komputera"), ("equipment", "rzutnik i sala na 30 osób")),
    "PUP Wzorów": (("career_advice", "spotkania z doradcą klienta"),),
    "GOPS Przykładów": (("psychologist", "dyżur raz w miesiącu"),),
    "WTZ „Słonecznik”": (("workshop_place", "cztery wolne miejsca"), ("rehabilitation", "zajęcia ruchowe")),
    "Spółdzielnia „Własny Kąt”": (("job", "jedno stanowisko od wiosny"), ("internship", "dwa miejsca na staż")),
    "Fundacja „Szeroki Tor”": (("lawyer", "porady prawne w środy"),),
}  # fmt: skip
"""What each organisation gives; the second of each is new since the project."""

SHORT_NAMES = {
    "OSP Lipniki Wzorcowe": "OSP Lipniki", "ZAZ „Warsztat pod Lipą”": "ZAZ", "Pieczarkarnia „Jutrzenka”": "„Jutrzenka”",
    "Biblioteka w Zmyślonej": "Biblioteka", "PUP Wzorów": "PUP", "Spółdzielnia „Własny Kąt”": "„Własny Kąt”",
    "Fundacja „Most nad Strugą”": "„Most nad Strugą”",
}  # fmt: skip

NEEDS: dict[str, tuple[str, ...]] = {
    OWN: ("transport", "internship", "personal_assistance"),
    "KGW „Malwa”": ("internship",),
    "ZAZ „Warsztat pod Lipą”": ("training", "transport"),
    "Pieczarkarnia „Jutrzenka”": ("transport", "personal_assistance"),
    "Biblioteka w Zmyślonej": ("career_advice",),
    "PUP Wzorów": ("internship",),
    "GOPS Przykładów": ("transport",),
    "WTZ „Słonecznik”": ("internship", "job"),
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A sample cluster of the tester with that number; ``members`` are names of partners, ``stage`` the present one."""

    name: str
    tester: int
    stage: str
    gminas: tuple[str, ...]
    members: tuple[str, ...]
    mission: str = ""


CLUSTERS = (
    Cluster(
        "Nad Strugą", 0, "rules_and_coordinator", ("3215052", "3215023"),
        (OWN, "OSP Lipniki Wzorcowe", "KGW „Malwa”", "ZAZ „Warsztat pod Lipą”", "Pieczarkarnia „Jutrzenka”",
         "Biblioteka w Zmyślonej", "PUP Wzorów"),
        "Praca i praktyki w zasięgu dojazdu dla każdego w trzech wsiach.",
    ),
    Cluster("Jasny Próg i sąsiedzi", 1, "declaration", ("3215033",),
            (OWN, "GOPS Przykładów", "WTZ „Słonecznik”", "Spółdzielnia „Własny Kąt”")),
    Cluster("Otwarta Furtka", 2, "resource_diagnosis", ("3215043",), (OWN, "Fundacja „Szeroki Tor”", "KGW „Chabry”")),
    Cluster("Zielony Krąg", 3, "initiative_group", ("3215011",), (OWN, "OSP Próbna Wola")),
    Cluster("Dwa Brzegi", 4, "idea", ("3215052",), (OWN,)),
)  # fmt: skip

ROLES = ("coordinator", "founder", "founder", "member", "employer", "supporter", "authority")
RESOURCES = (("knowledge", "hours"), ("transport", "equipment"), ("room",), ("room", "knowledge"), (), ("room",), ())
BEFORE = ("occasional", "none", "occasional", "none", "none", "steady", "none")


@dataclass(frozen=True, slots=True)
class Action:
    """A joint action of the first cluster; ``women_men`` are people with disabilities reached."""

    title: str
    kind: str
    leader: str
    others: tuple[str, ...]
    dates: tuple[str, str]
    result: str
    state: str
    women_men: tuple[int, int] = (0, 0)
    internships: tuple[int, int] = (0, 0)


ACTIONS = (
    Action("Dzień otwarty w ZAZ", "event", "ZAZ „Warsztat pod Lipą”", (OWN, "PUP Wzorów"), ("2026-11-05", "2026-11-05"),
           "18 osób, 2 staże", "finished", (6, 4), (1, 1)),
    Action("Praktyki w kuchni", "internships", "KGW „Malwa”", (OWN, "Biblioteka w Zmyślonej"),
           ("2026-10-01", "2026-11-30"), "4 osoby, 120 godzin", "in_progress", (3, 1)),
    Action("Wspólny dowóz na praktyki", "joint_service", "OSP Lipniki Wzorcowe",
           (OWN, "Pieczarkarnia „Jutrzenka”", "ZAZ „Warsztat pod Lipą”"), ("2026-12-03", ""),
           "9 osób dojeżdża", "planned", (5, 4)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """A task of picture 25; ``about`` is the date of an event or the name of a partner."""

    what: str
    who: str
    due: str
    about: str
    state: str = "open"
    done_on: str = ""
    note: str = ""
    origin: str = "own"


TASKS = (
    Task("Uzupełnić zgody na 3 zdjęcia", "Anna P.", "2026-11-25", "2026-11-05"),
    Task("Potwierdzić przyjazd PUP Wzorów", "Anna P.", "2026-11-26", "2026-12-01"),
    Task("Rozmowa o stażach", "Anna P.", "2026-11-27", "Pieczarkarnia „Jutrzenka”"),
    Task("Opisać trudności z dowozem", "Anna P.", "2026-11-30", "2026-11-18", origin="office",
         note="Dwa zdania do części „Trudności i wnioski”. Ile osób, skąd, czego zabrakło."),
    Task("Zaprosić wójta na targi", "Jan T.", "2026-11-10", "2026-11-14", "done", "2026-11-06"),
    Task("Wypożyczyć pętlę indukcyjną", "Jan T.", "2026-11-13", "2026-11-14", "abandoned"),
)  # fmt: skip

ARRANGEMENTS = (
    ("Sprawdzić ubezpieczenie busa OSP", "Jan T.", "2026-12-02", "open", ""),
    ("Wysłać wzór porozumienia o paliwie", "Anna P.", "2026-11-20", "done", "2026-11-19"),
)
"""What was arranged at the cluster meeting of picture 05d: what, who, due, state and day of its task."""

OBSERVATIONS = (
    ("works", "action_plan", "T3", "OSP daje bezpłatny dowóz w czwartki.", "OSP Lipniki Wzorcowe", 4),
    ("problem", "rules", "T3", "Nie wiadomo, kto płaci za paliwo.", "", 5),
    ("idea", "agreement_template", "T2", "Dodać załącznik o transporcie.", "", 3),
)
"""Of the cluster meeting: kind, element, topic, text, partner (else size and reach are typed), weight."""

MORE_OBSERVATIONS = (
    ("works", "diagnosis", "T1", "Karta zasobów zajmuje jedno spotkanie, nie trzy."),
    ("barrier", "coordinator_role", "T4", "Koordynatorka pracuje społecznie i nie ma czasu na dojazdy."),
    ("question", "monitoring", "T1", "Czy mała organizacja musi liczyć godziny każdej osoby?"),
    ("quote", "initiation", "T4", "„Pierwszy raz wiemy, co robi sąsiednia wieś”."),
    ("problem", "agreement_template", "T2", "Wzór porozumienia ma za dużo paragrafów dla koła gospodyń."),
    ("idea", "rules", "T4", "Regulamin na jednej stronie, z obrazkiem."),
    ("works", "initiation", "T3", "Zaproszenie od sołtysa działa lepiej niż pismo."),
    ("barrier", "action_plan", "T3", "Bez autobusu po 15 nie ma praktyk popołudniami."),
)

TALKING = (
    ("T3", "employer", (
        "Do pracodawcy na początek:",
        "- NGO zna kandydatów i pomaga w pierwszych tygodniach pracy.",
        "- Klaster daje dowóz, szkolenie i asystenta, firma daje miejsce.",
        "- Zacznijmy od stażu na 3 miesiące, bez ryzyka.",
        "Gdy padnie pytanie o koszty:",
        "- Wsparcie klastra jest bezpłatne. Dofinansowanie opisze doradca SOD.",
    )),
    ("T2", "ngo_staff", (
        "Do pracowników NGO:",
        "- Jedna nowa usługa wystarczy na początek.",
        "- Klaster podpowie, czego szukają sąsiedzi.",
        "- Nie trzeba robić wszystkiego samemu.",
    )),
    ("T4", "local_government", (
        "Do władz gminy:",
        "- Klaster nie kosztuje gminy, a łączy to, co już jest.",
        "- Potrzebna jest sala i jedno zaproszenie.",
        "- Po roku widać, ile osób ma pracę lub praktykę.",
    )),
    ("T3", "institution", (
        "Do instytucji:",
        "- Organizacje znają ludzi, instytucje mają narzędzia.",
        "- Wspólny plan zastępuje trzy osobne.",
    )),
    ("T1", "pwd", (
        "Do osób z niepełnosprawnościami:",
        "- Możesz wybrać, z czego korzystasz.",
        "- Ktoś pojedzie z tobą pierwszego dnia.",
    )),
)  # fmt: skip
"""Topic, audience and lines of the office's text; a line with a dash is a point, one with a colon a head."""

TARGETS = {
    "events_held": 150, "organisations_informed": 60, "organisations_in_clusters": 20, "clusters_declared": 4,
    "recipients": 900, "users": 1100, "internships": 10, "jobs": 5, "joint_actions": 6, "topic_coverage": 100,
}  # fmt: skip
"""What the sample project aims at, by rule of the indicator."""

LISTED = (
    ("Adamska-Niebyła", "Ewa", "KGW „Malwa”", "ngo_staff", "f", "given"),
    ("Dowolna", "Iga", "", "participant", "f", "given"),
    ("Fikcyjny", "Piotr", "PUP Wzorów", "institution", "m", ""),
    ("Niebyła", "Krystyna", "KGW „Malwa”", "ngo_staff", "f", "given"),
    ("Nijaki", "Adam", "Spółdzielnia „Własny Kąt”", "ngo_staff", "m", "given"),
    ("Próbna", "Olga", "Fundacja „Most nad Strugą”", "volunteer", "f", "withdrawn"),
    ("Przykładny", "Marek", "Pieczarkarnia „Jutrzenka”", "employer", "m", "given"),
    ("Testowa", "Halina", "Pieczarkarnia „Jutrzenka”", "employer", "f", ""),
    ("Wymyślna", "Teresa", "GOPS Przykładów", "institution", "f", "refused"),
    ("Wzorcowa", "Zofia", "ZAZ „Warsztat pod Lipą”", "participant", "f", "given"),
    ("Wzorcowy", "Jan", "ZAZ „Warsztat pod Lipą”", "participant", "m", "given"),
    ("Zmyślona", "Barbara", "", "participant", "f", "given"),
    ("Zmyślony", "Henryk", "OSP Lipniki Wzorcowe", "volunteer", "m", "given"),
    ("Żadna", "Maria", "Biblioteka w Zmyślonej", "institution", "f", "given"),
    ("Żadny", "Tomasz", "", "participant", "m", ""),
    ("Żartobliwa", "Lena", "", "participant", "f", "given"),
    ("Żelazna", "Wanda", "KGW „Malwa”", "community", "f", "given"),
)
"""The named list of one event: last and first name, organisation, role, sex, consent to photos."""

LATE, ABSENT = "Niebyła", "Testowa"
