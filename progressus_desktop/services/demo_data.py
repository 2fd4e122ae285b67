"""Invented names and texts of the sample project. None of them is a real organisation, person or place."""

from __future__ import annotations

from dataclasses import dataclass

OWN = "Stowarzyszenie „Dobra Łąka”"
OWN_SHORT = "Stow. „Dobra Łąka”"
LEADER = "Fundacja „Wspólny Krok”"
PROJECT = "Sieć wzajemnej pomocy – test modelu współpracy klastrowej"
OFFICE_USER = ("Ewa", "Wzorcowa")
COLLEAGUE = ("Jan", "Testowy")
"""The other person of the first tester organisation."""
ANCHOR = "2026-11-23"
"""The day on which the pictures of the design were taken; all dates move with it by whole weeks."""

LOCALITIES = ("Zmyślona", "Przykładów", "Lipniki Wzorcowe", "Nowiny Testowe", "Wzorów", "Próbna Wola", "Makieta Dolna")
GMINAS = dict(
    zip(LOCALITIES, ("3215052", "3215052", "3215023", "3215023", "3215011", "3215033", "3215043"), strict=True)
)
"""The gmina (TERYT) each invented locality is said to lie in."""

TESTERS = (
    (OWN, "association", "Anna", "Przykładna", "Zmyślona"),
    ("Stowarzyszenie „Jasny Próg”", "association", "Tomasz", "Próbny", "Wzorów"),
    ("Fundacja „Otwarta Furtka”", "foundation", "Maria", "Testowa", "Przykładów"),
    ("Stowarzyszenie „Zielona Ławka”", "association", "Piotr", "Makietowy", "Próbna Wola"),
    ("Fundacja „Dwa Brzegi”", "foundation", "Zofia", "Szablonowa", "Makieta Dolna"),
    ("Stowarzyszenie „Ciepły Piec”", "association", "Jan", "Wzorowy", "Nowiny Testowe"),
    ("Stowarzyszenie „Młyn Pomysłów”", "association", "Halina", "Umowna", "Lipniki Wzorcowe"),
    ("Fundacja „Równa Droga”", "foundation", "Adam", "Przykładowy", "Wzorów"),
    ("Stowarzyszenie „Pod Jednym Dachem”", "association", "Irena", "Ćwiczebna", "Przykładów"),
    ("Stowarzyszenie „Sąsiedzi Razem”", "association", "Paweł", "Zmyślony", "Zmyślona"),
    ("Fundacja „Bliski Horyzont”", "foundation", "Krystyna", "Modelowa", "Próbna Wola"),
    ("Stowarzyszenie „Nowy Most”", "association", "Marek", "Pokazowy", "Makieta Dolna"),
)
"""Organisation, its kind, first and last name of its tester, locality."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A sample partner; ``spoken`` is the date of the last talk with it, if there was any."""

    name: str
    kind: str
    locality: str
    stage: str
    spoken: str = ""
    about: str = ""
    phone: str = ""


SHOWN_PARTNERS = (
    Partner("OSP Lipniki Wzorcowe", "osp", "Lipniki Wzorcowe", "active", "2026-11-19", "trasa busa na praktyki"),
    Partner("KGW „Malwa”", "kgw", "Nowiny Testowe", "active", "2026-10-24", "wspólne gotowanie w Domu Ludowym"),
    Partner("PUP Wzorów", "pup", "Wzorów", "agreement", "2026-11-18", "staże od stycznia"),
    Partner("ZAZ „Warsztat pod Lipą”", "zaz", "Nowiny Testowe", "agreement", "2026-11-05",
        "wizyta i próbny dzień pracy"),
    Partner("Pieczarkarnia „Jutrzenka”", "employer", "Zmyślona", "declared", "2026-08-12", "prosi o rozmowę po sezonie",
            "94 000 11 22"),
    Partner("Biblioteka w Zmyślonej", "culture", "Zmyślona", "active", "2026-10-17", "sala na warsztaty do czerwca"),
    Partner("Spółdzielnia „Własny Kąt”", "social_coop", "Przykładów", "talks", "2026-11-03", "dwa miejsca na staż"),
    Partner("WTZ „Słonecznik”", "wtz", "Wzorów", "active", "2026-10-28", "trening pracy w kuchni"),
    Partner("GOPS Przykładów", "ops", "Przykładów", "active", "2026-10-29", "dyżur doradczyni raz w miesiącu"),
    Partner("Fundacja „Most nad Strugą”", "foundation", "Przykładów", "identified"),
    Partner("Sklep „Pod Kasztanem”", "employer", "Lipniki Wzorcowe", "paused", "2026-06-30",
        "wraca do tematu po remoncie"),
)  # fmt: skip

MORE_PARTNERS = (
    ("Piekarnia „Złoty Kłos”", "employer"), ("Tartak „Sosnowy Bór”", "employer"), ("Gospodarstwo „Rumianek”",
        "employer"),
    ("Pralnia „Biały Obłok”", "employer"), ("Zajazd „Pod Bocianem”", "employer"), ("Szklarnia „Zielony Listek”",
        "employer"),
    ("Zakład Stolarski „Heblowina”", "zpch"), ("Mleczarnia „Biała Struga”", "employer"),
    ("Urząd Gminy Przykładów", "gmina"), ("Starostwo Wzorów", "powiat"), ("PCPR Wzorów", "pcpr"),
    ("GOPS Zmyślona", "ops"), ("MOPS Wzorów", "ops"), ("Szkoła Podstawowa w Nowinach Testowych", "school"),
    ("Szkoła Branżowa we Wzorowie", "school"), ("SOSW w Przykładowie", "special_school"),
    ("Przychodnia w Zmyślonej", "health"), ("Poradnia „Nad Stawem”", "health"), ("Dom Kultury w Przykładowie",
        "culture"),
    ("Biblioteka w Próbnej Woli", "culture"), ("Sołectwo Lipniki Wzorcowe", "soleckie"),
    ("Sołectwo Makieta Dolna", "soleckie"), ("Sołectwo Próbna Wola", "soleckie"), ("LGD „Kraina Strugi”", "lag"),
    ("ŚDS „Przystań”", "day_support"), ("WTZ „Kolorowy Płot”", "wtz"), ("ZAZ „Ciepła Misa”", "zaz"),
    ("CIS „Nowy Początek”", "cis_kis"), ("Spółdzielnia „Razem Dalej”", "social_coop"), ("KGW „Chabry”", "kgw"),
    ("KGW „Babie Lato”", "kgw"), ("KGW „Jarzębina”", "kgw"), ("OSP Próbna Wola", "osp"), ("OSP Zmyślona", "osp"),
    ("Parafia w Zmyślonej", "church"), ("Parafialny Zespół „Dobre Ręce”", "church"),
    ("Klub Seniora „Jesienna Róża”", "informal"), ("Grupa Rodziców „Razem”", "informal"),
    ("Stowarzyszenie „Wiejska Scena”", "association"), ("Stowarzyszenie „Rowerem do Pracy”", "simple_association"),
    ("Fundacja „Szeroki Tor”", "foundation"), ("Fundacja „Cztery Pory”", "foundation"),
    ("Izba Rzemiosł we Wzorowie", "employers_org"), ("Cech „Dobra Robota”", "employers_org"),
    ("Gazeta „Wieści znad Strugi”", "media"), ("Radio „Wzór FM”", "media"),
    ("Uczelnia Wzorcowa", "university"), ("Sołectwo Nowiny Testowe", "soleckie"), ("Kuźnia „U Wzorca”", "employer"),
)  # fmt: skip

STAGES = ("active", "talks", "contacted", "agreement", "declared", "talks", "identified", "active")

NAMES = (
    ("Marek", "Przykładny"), ("Barbara", "Wzorna"), ("Janina", "Próbkowska"), ("Stefan", "Testowski"),
    ("Elżbieta", "Makietowska"), ("Roman", "Zmyślny"), ("Danuta", "Szkicowa"), ("Leszek", "Umowny"),
    ("Renata", "Pokazowa"), ("Zbigniew", "Ćwiczebny"), ("Teresa", "Modelowska"), ("Wacław", "Wzornik"),
)  # fmt: skip
"""Contact persons and people in pictures, invented."""

FUNCTIONS = ("kadry", "kierowniczka", "prezes", "sołtys", "dyrektorka", "pracownik socjalny", "właściciel")

SUBJECTS = (
    "praktyki dla dwóch osób", "sala i dojazd na spotkanie", "wspólne zaproszenie dla pracodawców",
    "materiały o współpracy w klastrze", "udział w targach lokalnych", "lista potrzeb organizacji",
    "termin wizyty w zakładzie", "dowóz uczestników busem",
)  # fmt: skip

EARLIER = (
    ("Warsztat „Pierwszy dzień w pracy”", "workshop", "Biblioteka"),
    ("Spotkanie informacyjne dla organizacji", "meeting", "Dom Ludowy"),
    ("Konsultacje z pracodawcami", "consultation", "Urząd Gminy"),
    ("Dzień otwarty w WTZ", "open_day", "WTZ"),
    ("Wizyta studyjna w spółdzielni", "study_visit", "Spółdzielnia"),
    ("Spotkanie sąsiedzkie o pracy", "community", "Świetlica"),
    ("Warsztat „Moje CV”", "workshop", "Biblioteka"),
    ("Spotkanie grupy inicjatywnej", "cluster_meeting", "Urząd Gminy"),
    ("Śniadanie z pracodawcami", "meeting", "Zajazd"),
    ("Warsztat dla opiekunów", "workshop", "Dom Kultury"),
    ("Konferencja „Razem łatwiej”", "conference", "Hala"),
)

COURSES = (
    "Uczestnicy poznali model współpracy i zapisali trzy wspólne pomysły. Dwie organizacje podały terminy wizyt.",
    "Rozmowa o miejscach praktyk zakończyła się ustaleniem pierwszego terminu. Materiały zostały rozdane wszystkim.",
    "Grupa sprawdziła, kto co oferuje i czego szuka. Najczęściej brakowało dojazdu i opieki asystenta.",
    "Po krótkim wprowadzeniu uczestnicy pracowali w parach. Każda para wyszła z gotową kartą pomysłu.",
)


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the list in picture 04; ``people`` are women and men."""

    date: str
    title: str
    kind: str
    place: str
    locality: str
    people: tuple[int, int]
    status: str = "held"
    ready: bool = True
    partners: tuple[str, ...] = ()


SHOWN_EVENTS = (
    Event("2026-12-03", "Dzień bez barier: stoisko informacyjne", "community", "Rynek", "Przykładów", (0, 0),
        "planned"),
    Event("2026-12-01", "Spotkanie klastra „Nad Strugą”", "cluster_meeting", "Urząd Gminy", "Przykładów", (0,
        0), "planned"),
    Event("2026-11-27", "Warsztat CV z doradczynią", "workshop", "Biblioteka", "Zmyślona", (0, 0), "planned",
        ready=False),
    Event("2026-11-18", "Spotkanie klastra: wspólny dowóz na praktyki", "cluster_meeting", "Świetlica",
        "Lipniki Wzorcowe",
          (15, 11), ready=False, partners=("OSP Lipniki Wzorcowe", "KGW „Malwa”", "PUP Wzorów")),
    Event("2026-11-14", "Targi lokalnych pracodawców i NGO", "fair", "Hala", "Przykładów", (63, 49),
          partners=("PUP Wzorów", "Piekarnia „Złoty Kłos”", "Tartak „Sosnowy Bór”", "Spółdzielnia „Razem Dalej”")),
    Event("2026-11-09", "Warsztat „Moje mocne strony”", "workshop", "Biblioteka", "Zmyślona", (9, 5), ready=False),
    Event("2026-11-05", "Wizyta w ZAZ „Warsztat pod Lipą”", "study_visit", "ZAZ", "Nowiny Testowe", (10, 8),
          partners=("ZAZ „Warsztat pod Lipą”",)),
    Event("2026-10-29", "Dyżur doradczyni zawodowej", "consultation", "GOPS", "Przykładów", (4, 3),
          partners=("GOPS Przykładów",)),
    Event("2026-10-24", "Gotowanie bez barier z KGW „Malwa”", "community", "Dom Ludowy", "Nowiny Testowe", (20, 11),
          partners=("KGW „Malwa”",)),
    Event("2026-10-17", "Szkolenie: rozmowa o pracę", "workshop", "Biblioteka", "Zmyślona", (9, 7),
          partners=("Biblioteka w Zmyślonej",)),
    Event("2026-10-10", "Spotkanie partnerów „Nad Strugą”", "cluster_meeting", "Urząd Gminy", "Przykładów", (7, 5),
          partners=("Urząd Gminy Przykładów", "KGW „Chabry”")),
    Event("2026-10-03", "Spacer badawczy: przystanki", "community", "", "Lipniki Wzorcowe", (5, 4),
          partners=("Sołectwo Lipniki Wzorcowe",)),
)  # fmt: skip
