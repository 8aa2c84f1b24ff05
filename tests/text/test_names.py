import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.names import (
    METONYMS,
    NameKind,
    designators,
    full_names,
    is_variant,
    missing_names,
    name_kind,
    names,
    speaks_of,
    without_titles,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia brings peace to the region.", ("Russia",)),
        ("The United Nations said so.", ("United Nations",)),
        ("In August the U.N. Security Council met.", ("U.N.", "Security Council")),
        ("According to Reuters, Ukraine fell.", ("Reuters", "Ukraine")),
        ("Min Aung Hlaing’s visit to Moscow", ("Min Aung Hlaing", "Moscow")),
        ("Ministry of Foreign Affairs of the Russian Federation", None),
        ("Six Su-30 jets", ("Su-30",)),
        ("On Monday Reuters reported", ("Reuters",)),
        ("Reuters and Reuters", ("Reuters",)),
        ("A man and I", ()),
        ("However, many were killed in March.", ()),
        ("Nearly 2,000 people fled. Exactly two returned.", ()),
        (
            "Russia’s Foreign Ministry and AAPP's Ko Bo",
            ("Russia", "Foreign Ministry", "AAPP", "Ko Bo"),
        ),
        ("nobody", ()),
        ("", ()),
    ],
)
def test_names_in_order_without_openers_and_months(
    text: str, expected: tuple[str, ...] | None
) -> None:
    assert names(text) == ((text,) if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Russia sold jets", "Russia"),
        ("RUSSIA SOLD JETS", "Russia"),
        ("Russian jets", "Russia"),
        ("The Russians came", "Russia"),
        ("Russia sold jets", "Russian"),
        ("Russia-backed forces", "Russia"),
        ("Moscow said", "Russia"),
        ("Moscow said", "Russian"),
        ("the Kremlin’s word", "Russia"),
        ("Ukrainian towns", "Ukraine"),
        ("Chinese firms", "China"),
        ("China said", "Chinese"),
        ("German tanks", "Germany"),
        ("Turkish drones", "Turkey"),
        ("Israeli arms", "Israel"),
        ("Libyan ports", "Libya"),
        ("Malian troops", "Mali"),
        ("the U.N. said", "United Nations"),
        ("UN experts", "United Nations"),
        ("United Nations experts", "U.N."),
        ("UN experts", "U.N."),
        ("U.N. experts", "UN"),
        ("the United\nNations", "United Nations"),
        ("US troops", "United States"),
        ("Americans", "United States"),
        ("Naypyidaw said", "Myanmar"),
        ("six Su-30s landed", "Su-30"),
        ("the Su-30, and the MiG-29", "Su-30"),
        ("the security council’s vote", "Security Council"),
    ],
)
def test_a_text_speaks_of_a_name(text: str, name: str) -> None:
    assert speaks_of(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Su-35 jets", "Su-30"),
        ("Su-3 jets", "Su-30"),
        ("Su-300 jets", "Su-30"),
        ("su-30 jets", "Su-30"),
        ("MiG-29 jets", "Su-30"),
        ("a woman", "Oman"),
        ("Somalia", "Mali"),
        ("Nigeria", "Niger"),
        ("Australia", "Austria"),
        ("indeed independent", "India"),
        ("deliberate liberty", "Libya"),
        ("Prussia", "Russia"),
        ("Chin State", "China"),
        ("market", "Maria"),
        ("in comparison", "France"),
        ("told us that", "United States"),
        ("previous talks", "United States"),
        ("a gun fired", "United Nations"),
        ("milieu of", "European Union"),
        ("", "Russia"),
    ],
)
def test_a_text_does_not_speak_of_what_its_words_only_look_like(text: str, name: str) -> None:
    assert not speaks_of(text, name)


@pytest.mark.parametrize(("state", "other"), [(s, o) for s, all_ in METONYMS.items() for o in all_])
def test_every_metonym_speaks_of_its_state(state: str, other: str) -> None:
    assert speaks_of(f"In the view of {other}, no.", state)


def test_designators_as_printed() -> None:
    assert designators("Su-30s, a MiG-29 and COVID-19; T 72, F16") == {
        "Su-30",
        "MiG-29",
        "COVID-19",
    }


def test_missing_names_are_those_the_text_does_not_speak_of() -> None:
    claim = "Russia sold Su-30 jets to Myanmar in August."
    assert missing_names(claim, "Moscow delivered six Su-30s to Naypyidaw.") == ()
    assert missing_names(claim, "Russian Su-35 jets were sold to Egypt.") == ("Su-30", "Myanmar")


WORDS = "Russia Russian’s US's U.N. UN X.Y. Su-30s A-B of the and The May O'Brien ; 😀 \n"


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.lists(st.sampled_from(WORDS.split(" ")), max_size=9).map(" ".join)
)
def test_every_text_speaks_of_its_own_names(text: str) -> None:
    assert missing_names(text, text) == ()


@pytest.mark.parametrize("name", ["(", "[a", "A+", "\\", "Ab.*", "", " "])
def test_names_are_no_patterns(name: str) -> None:
    assert isinstance(speaks_of("Abc ( [a A+ \\", name), bool)
    assert not speaks_of("Abxyz", "Ab.*")


@pytest.mark.parametrize("text", ["A " * 3000, "U." * 3000, "Of of the " * 1000, "A-" * 3000])
def test_hostile_names_do_no_harm(text: str) -> None:
    assert isinstance(names(text), tuple)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sergey Lavrov", NameKind.PERSON),
        ("Ursula von der Leyen", NameKind.PERSON),
        ("Mary Jane O’Neill", NameKind.PERSON),
        ("J.D. Roe", NameKind.PERSON),
        ("Jean-Claude Roe", NameKind.PERSON),
        ("Harbour Times", NameKind.ORGANISATION),
        ("AAPP", NameKind.ORGANISATION),
        ("The Irrawaddy", NameKind.ORGANISATION),
        ("Doctors without Borders", NameKind.ORGANISATION),
        ("Norway", NameKind.PLACE),
        ("the United States", NameKind.PLACE),
        ("Moscow", NameKind.PLACE),
        ("Su-30", NameKind.DESIGNATOR),
        ("Roe", None),
    ],
)
def test_what_a_name_names(name: str, kind: NameKind | None) -> None:
    assert name_kind(name) is kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergey", "Sergei"),
        ("Sergey Lavrov", "Sergei Lavrov"),
        ("Naypyidaw", "Naypyitaw"),
        ("Alexander Fomin", "Alekaandr Fomin"),
        ("Aleksandr Petrov", "Alexander Petrov"),
        ("Zelensky", "Zelenskyy"),
        ("Mohammed", "Mohamed"),
        ("The Irrawaddy", "Irrawaddy"),
        ("José Martí", "Jose Marti"),
        ("NORWAY", "Norway"),
        ("Su-30", "Su-30"),
    ],
)
def test_ways_of_writing_one_name(one: str, other: str) -> None:
    assert is_variant(one, other)
    assert is_variant(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Su-30", "Su-35"),
        ("Su-30", "Su-30s"),
        ("MiG-29", "MiG29"),
        ("Iceland", "Ireland"),
        ("Austria", "Australia"),
        ("Gambia", "Zambia"),
        ("Niger", "Nigeria"),
        ("Obama", "Osama"),
        ("John Smith", "Joan Smith"),
        ("John Smith", "John Smythe"),
        ("Zakharov", "Zakharova"),
        ("Ann Roe", "Roe"),
        ("Ann Roe", ""),
        ("", ""),
    ],
)
def test_names_that_only_look_alike(one: str, other: str) -> None:
    assert not is_variant(one, other)
    assert not is_variant(other, one)


def test_people_in_full_without_their_titles() -> None:
    text = "Foreign Minister Ann Roe met Norway’s envoy, Bo Li, at the Harbour Times. Roe left."
    assert full_names(text) == ("Ann Roe", "Bo Li")


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Prime Minister Ann Roe", "Ann Roe"),
        ("Sen. Ann Roe", "Ann Roe"),
        ("Ann Roe", "Ann Roe"),
        ("Prime Minister", "Prime Minister"),
    ],
)
def test_names_without_titles(name: str, bare: str) -> None:
    assert without_titles(name) == bare


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_a_name_with_letters_is_a_variant_of_itself(name: str) -> None:
    assert is_variant(name, name) or not any(char.isalnum() for char in name)


@given(
    st.text("abeikosyvz ", max_size=14),
    st.text("abeikosyvz ", max_size=14),
)
def test_variants_are_mutual(one: str, other: str) -> None:
    assert is_variant(one, other) is is_variant(other, one)


@pytest.mark.parametrize("opening", ["Dozens", "Scores", "Twenty", "Hundreds of people", "Half"])
def test_a_count_that_opens_a_sentence_is_no_name(opening: str) -> None:
    assert names(f"{opening} died in Kestrin.") == ("Kestrin",)
