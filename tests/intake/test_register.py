import re
from collections import Counter
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake.plain import read_yaml
from onrecord.intake.register import (
    UNREGISTERED,
    Listing,
    Register,
    host,
    is_described,
    name_key,
    parse_listings,
    read_listings,
    read_register,
    shipped,
)
from onrecord.model import Source, SourceKind
from tests.conftest import EXAMPLE

TIMES = Listing(
    id="times", name="The Highland Times", aliases=("H.T.",), domains=("times.example", "ht.test")
)
WIRE = Listing(id="wire", name="Meridian Wire", domains=("wire.times.example",), group="meridian")
BOOK = Register((TIMES, WIRE))

SHIPPED = list(shipped())

labels = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
hosts = st.lists(labels, min_size=2, max_size=5).map(".".join)
names = st.text(st.characters(categories=("L", "N", "Zs")), max_size=30).filter(name_key)


def shipped_text() -> str:
    return resources.files("onrecord.intake").joinpath("sources.yaml").read_text("utf-8")


# The file that ships


def test_the_shipped_file_is_read_as_a_workspaces_own_is():
    assert list(parse_listings(shipped_text(), "shipped")) == SHIPPED


def test_it_holds_hundreds_of_publishers_of_every_kind():
    kinds = Counter(one.kind for one in SHIPPED)
    assert len(SHIPPED) >= 110
    assert all(kinds[kind] for kind in SourceKind if kind is not SourceKind.OTHER)
    assert len({one.country for one in SHIPPED}) > 50


def test_every_entry_says_where_its_facts_are_from():
    for one in SHIPPED:
        assert one.facts, one.id
        assert all(fact.url and host(fact.url) for fact in one.facts), one.id
        assert one.domains, one.id
        assert is_described(one.source), one.id


def test_every_entry_is_written_in_plain_lines():
    for one in SHIPPED:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.id)
        for text in (one.name, *one.aliases, one.owner or "-", one.interest or "-"):
            assert text == " ".join(text.split()), one.id
        assert one.interest is None or one.interest.endswith("."), one.id


def test_every_key_of_an_entry_leads_to_it():
    for one in SHIPPED:
        assert shipped().by_id(one.id) is one
        assert all(shipped().by_name(name) is one for name in (one.id, one.name, *one.aliases))
        assert all(shipped().by_domain(domain) is one for domain in one.domains)


def test_a_group_is_two_publishers_at_least():
    groups = Counter(one.group for one in SHIPPED if one.group)
    assert len(groups) > 20
    assert min(groups.values()) > 1
    assert groups["russian-state"] > 5


def test_no_publisher_outside_of_a_group_has_its_name_for_an_id():
    groups = {one.group for one in SHIPPED}
    assert not [one.id for one in SHIPPED if one.id in groups and one.group != one.id]


def test_sister_titles_count_once_and_others_do_not():
    def origins(*found):
        return len({shipped().find(name).independence for name in found})

    assert origins("Radio Free Asia", "VOA", "RFE/RL", "polygraph.info") == 1
    assert origins("TASS", "RIA Novosti", "Sputnik", "Russian Foreign Ministry") == 1
    assert origins("wsj.com", "thetimes.com", "New York Post") == 1
    assert origins("AP", "AFP", "Reuters", "BBC", "The Irrawaddy") == 5


def test_the_outlets_of_the_example_are_in_it():
    stand_ins = {"report-not-named", "russia-myanmar-joint"}
    real = [
        one
        for one in read_listings(EXAMPLE / "sources.yaml")
        if one.interest != "Invented for the example." and one.id not in stand_ins
    ]
    assert len(real) > 10
    for one in real:
        found = shipped().by_name(one.name)
        assert found, one.name
        assert (found.id, found.kind) == (one.id, one.kind)
        assert found.country == one.country or one.country is None
        assert found.group == one.group or one.group is None


# Looking up


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Highland Times", TIMES),
        ("highland times", TIMES),
        ("HIGHLAND  TIMES.", TIMES),
        ("‘Highland–Times’", TIMES),
        ("HT", TIMES),
        ("h.t.", TIMES),
        ("times", TIMES),
        ("Meridian-Wire", WIRE),
        ("Ｍｅｒｉｄｉａｎ Wire", WIRE),
        ("Highland Time", None),
        ("Highlands Times", None),
        ("Highland Times Group", None),
        ("Meridian", None),
        ("Mеridian Wire", None),  # with a Cyrillic letter
        ("the", None),
        ("", None),
        ("...", None),
        ("The " * 5000 + "Highland Times", None),
        ("times.example", TIMES),
        ("www.times.example", TIMES),
        ("https://www.times.example:8080/a?b=c#d", TIMES),
        ("HTTPS://TIMES.EXAMPLE./", TIMES),
        ("//times.example/a", TIMES),
        ("wire.times.example", WIRE),
        ("news.wire.times.example", WIRE),
        ("wire2.times.example", TIMES),
        ("nottimes.example", None),
        ("times.example.evil.test", None),
        ("https://times.example@evil.test/", None),
        ("https://evil.test/times.example", None),
        ("https://evil.test\\@times.example/", None),
        ("https://evil.test#@times.example/", None),
        ("https://[times.example/", None),
        ("https://192.0.2.1/", None),
        ("example", None),
    ],
)
def test_find(text, found):
    assert BOOK.find(text) is found


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("https://Пример.рф/путь", "xn--e1afmkfd.xn--p1ai"),
        ("xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
        ("https://r3---sn.example/", "r3---sn.example"),
        ("a" * 64 + "é.example", None),
        ("a." * 200 + "example", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x.example", None),
        ("http://[::1]/", None),
        ("127.0.0.1", None),
        ("localhost", None),
        ("-a.example", None),
        ("a..example", None),
        ("a b.example", None),
    ],
)
def test_host(place, found):
    assert host(place) == found


@given(st.text(max_size=60))
def test_any_text_can_be_looked_up(text):
    assert BOOK.find(text) in (None, TIMES, WIRE)
    host_ = host(text)
    assert host_ is None or host(host_) == host_


@given(names, st.sampled_from(" .,;:'’-–—/!?()\"«»\u200b"), st.booleans())
def test_case_marks_and_article_do_not_count(name, mark, upper):
    variant = f"{mark}{name}{mark}"
    variant = (
        variant.upper() if upper and variant.upper().casefold() == name.casefold() else variant
    )
    assert name_key(variant) == name_key(name)
    if name_key(name).split()[0] != "the":
        assert name_key(f"The {name}") == name_key(name)


@given(names, names)
def test_a_name_leads_to_its_publisher_and_to_no_other(name, other):
    one = Listing(id="one-of-them", name=name)
    assert Register([one]).by_name(name) is one
    same = name_key(other) in (name_key(name), name_key(one.id))
    assert Register([one]).by_name(other) is (one if same else None)


@given(st.sets(hosts, min_size=1, max_size=6), hosts)
def test_the_longest_domain_above_a_host_has_it(domains, asked):
    listings = [
        Listing(id=f"s{number}", name=f"S {number}", domains=(domain,))
        for number, domain in enumerate(sorted(domains))
    ]
    above = [d for d in domains if asked == d or asked.endswith("." + d)]
    found = Register(listings).by_domain(f"https://{asked}/page")
    assert (found.domains[0] if found else None) == max(above, key=len, default=None)


# Made on sight


def test_an_unknown_publisher_is_made_on_sight_and_says_so():
    made = BOOK.named("Coral Coast News")
    assert made == Source(id="coral-coast-news", name="Coral Coast News", interest=UNREGISTERED)
    assert not is_described(made)
    assert made.independence == "coral-coast-news"
    assert BOOK.named("Highland Times") == TIMES.source


@pytest.mark.parametrize(
    ("name", "id_"),
    [("Le Journal d’Été", "le-journal-dete"), ("Новая газета", "новая-газета"), ("!!!", "unknown")],
)
def test_its_id_is_made_of_its_name(name, id_):
    assert BOOK.named(name).id == id_


def test_it_never_takes_the_id_of_a_registered_one():
    made = BOOK.named("Wîre")
    assert made.name == "Wîre"
    assert made.id.startswith("wire-")
    assert made.independence != WIRE.id


@given(st.text(max_size=40))
def test_what_is_made_on_sight_is_no_registered_one(name):
    made = BOOK.named(name)
    if BOOK.find(name) is None:
        assert BOOK.by_id(made.id) is None
        assert made.interest == UNREGISTERED
        assert BOOK.named(name) == made
        assert BOOK.current(made) == made


def test_a_page_is_of_its_domain_whatever_it_says():
    assert BOOK.published_at("https://www.times.example/1", "Meridian Wire") == TIMES.source
    forged = BOOK.published_at("https://www.evil.test/1", "Meridian Wire")
    assert forged == Source(id="evil.test", name="evil.test", interest=UNREGISTERED)
    named = BOOK.published_at("https://evil.test/1", "Evil News")
    assert (named.id, named.name) == ("evil.test", "Evil News")
    assert BOOK.published_at("https://evil.test/1").name == "evil.test"


def test_who_was_made_on_sight_is_known_once_registered():
    page, paper = BOOK.published_at("https://a.new.test/1", "New Paper"), BOOK.named("Old Paper")
    later = BOOK.over(
        [
            Listing(id="new", name="New Paper", domains=("new.test",)),
            Listing(id="old", name="Old Paper", group="g"),
        ]
    )
    assert later.current(page).id == "new"
    assert later.current(paper).group == "g"
    # The name alone proves nothing of a page.
    assert BOOK.over([Listing(id="new", name="New Paper")]).current(page) == page


# A workspace's own file


def test_a_workspaces_entry_takes_the_place_of_the_shipped_one(tmp_path):
    (tmp_path / "sources.yaml").write_text(
        "- {id: reuters, name: Reuters, kind: wire, interest: Ours., group: ours}\n"
        "- {id: coral, name: Coral Coast News, aliases: [AFP], domains: [apnews.com]}\n"
    )
    register = read_register(tmp_path)
    assert len(register) == len(shipped()) + 1
    reuters = register.by_domain("https://www.reuters.com/world")
    assert (reuters.interest, reuters.owner, reuters.group) == ("Ours.", None, "ours")
    assert register.by_name("AFP").id == "coral"
    assert register.by_domain("apnews.com").id == "coral"
    assert register.by_id("afp") == shipped().by_id("afp")
    assert register.by_name("Associated Press").id == "associated-press"
    assert register.sha256 != shipped().sha256
    assert register.sha256 == read_register(tmp_path).sha256


def test_without_a_file_the_register_is_the_shipped_one(tmp_path):
    assert list(read_register(tmp_path)) == SHIPPED
    assert read_register().sha256 == shipped().sha256


def test_another_publisher_with_the_same_id_inherits_nothing():
    other = Listing(id="times", name="Lowland Times")
    register = BOOK.over([other])
    assert register.by_id("times") == other
    assert register.by_domain("times.example") is None
    assert register.by_name("HT") is None


def test_what_an_entry_leaves_out_goes_to_the_one_that_claims_it():
    register = BOOK.over(
        [
            Listing(id="new", name="New", aliases=("HT",), domains=("ht.test",)),
            Listing(id="times", name="Highland Times"),
        ]
    )
    assert register.by_name("H.T.").id == "new"
    assert register.by_domain("ht.test").id == "new"
    assert register.by_domain("times.example").id == "times"
    none = BOOK.over([Listing(id="times", name="Highland Times", domains=())])
    assert none.by_domain("times.example") is None


def test_an_archive_says_more_than_the_shipped_file_and_less_than_the_workspace(tmp_path):
    described = Source(id="afp", name="AFP", group="archive", country="France")
    sight = Source(id="reuters", name="Reuters", interest=UNREGISTERED)
    register = read_register(tmp_path, [described, sight])
    assert register.by_domain("afp.com").group == "archive"
    assert register.current(sight) == shipped().by_id("reuters").source
    assert register.current(Source(id="afp", name="AFP")).country == "France"
    (tmp_path / "sources.yaml").write_text("- {id: afp, name: AFP, group: workspace}")
    assert read_register(tmp_path, [described]).by_domain("afp.com").group == "workspace"


def test_a_full_entry(tmp_path):
    text = """
- id: gazette
  name: The Gazette
  aliases: [Gazette Online, ~null]
  domains: [Gazette.Example, Пример.рф]
  kind: newspaper
  country: NO
  owner: null
  interest: Belongs to a party to the matter.
  group: gazette-group
  facts:
    - {basis: own about page, url: "https://gazette.example/about"}
    - {basis: company register}
"""
    (one,) = parse_listings(text, "here")
    assert one.domains == ("gazette.example", "xn--e1afmkfd.xn--p1ai")
    assert (one.country, one.owner, one.facts[1].url) == ("NO", None, None)
    assert Listing.from_json(one.to_json()) == one
    assert one.source == Source(
        id="gazette", name="The Gazette", kind=SourceKind.NEWSPAPER, country="NO",
        interest="Belongs to a party to the matter.", group="gazette-group",
    )  # fmt: skip


# Hostile and mistaken files

A = "- {id: a, name: A News, aliases: [Alpha], domains: [a.test]}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1", "here: a list of sources is wanted, got a mapping"),
        ("- 1", "here: source 1 is text, a mapping with id and name is wanted"),
        ("- {id: a}", r"here: source 1 \('a'\): name: Field required"),
        ("- {name: A}", "here: source 1: id: Field required"),
        ("- {id: [a], name: A}", "here: source 1: id: "),
        ("- {id: a, name: A, colour: red}", r"source 1 \('a'\): colour: Extra inputs"),
        ("- {id: a, name: A, kind: blog}", r"source 1 \('a'\): kind: "),
        ("- {id: a, name: A, country: Norway}", r"source 1 \('a'\): country: "),
        ("- {id: a, name: '...'}", r"source 1 \('a'\): name: '...' is no name"),
        ("- {id: '-', name: A}", r"source 1 \('-'\): id: '-' is no name"),
        ("- {id: a, name: A, aliases: B}", r"source 1 \('a'\): aliases: "),
        ("- {id: a, name: A, aliases: ['!']}", r"source 1 \('a'\): aliases: '!' is no name"),
        ("- {id: a, name: A, domains: [test]}", r"source 1 \('a'\): domains: 'test' is no domain"),
        ("- {id: a, name: A, domains: [192.0.2.1]}", "is no domain; write it like example.org"),
        ("- {id: a, name: A, domains: ['https://a.test']}", "is no domain"),
        ("- {id: a, name: A, domains: ['b@a.test']}", "is no domain"),
        ("- {id: a, name: A, domains: ['*.a.test']}", "is no domain"),
        ("- {id: a, name: A, domains: [a.test/b]}", "is no domain"),
        ("- {id: a, name: A, facts: [{url: 'https://a.test'}]}", "facts.0.basis: Field required"),
        ("- {id: a, name: A, facts: [{basis: b, url: 'javascript:x'}]}", "facts.0.url: "),
        (A + "- {id: a, name: B}", r"source 2 \('a'\): the id 'a' is that of source 1 \('a'\) too"),
        (A + "- {id: b, name: a-news}", r"source 2 \('b'\): the name 'a-news' is that of source 1"),
        (A + "- {id: b, name: B, aliases: [the ALPHA]}", "the name 'the ALPHA' is"),
        (A + "- {id: alpha, name: B}", "the name 'alpha' is that of source 1"),
        (A + "- {id: b, name: B, domains: [A.TEST.]}", "the domain 'a.test' is that of source 1"),
        ("- &x {id: a, name: A}\n- *x", "line 2, column 3: aliases are not allowed"),
        ("- {id: a, name: A, <<: {kind: wire}}", "<<: Extra inputs"),
        ("- !!python/object/apply:os.system ['true']", "here: not YAML"),
        ("- {id: a, name: \"\\ud800\"}", "source 1"),
        ("- {id: a, name: \x00}", "here: not YAML"),
        ("[" * 20_000, "nested too deeply"),
        ("- {id: a, name: A, ? [b] : c}", "here: not YAML"),
        (f"- id: a\n  name: A\n  ? {'k' * 50_000}\n  : 1", "source 1"),
        (f"- {{id: {'a' * 50_000}, name: A, k: 1}}", "source 1"),
        ('- {id: a, name: A, "x\\ny": 1}', "x y: Extra inputs"),
    ],
)  # fmt: skip
def test_what_is_refused_is_refused_in_one_line(text, message):
    with pytest.raises(InputError, match=message) as error:
        parse_listings(text, "here")
    assert len(str(error.value).splitlines()) == 1
    assert len(str(error.value)) < 600


def test_a_file_of_comments_has_no_entries():
    assert parse_listings("# Nobody yet.\n", "here") == ()


def test_a_subdomain_of_anothers_domain_is_no_duplicate():
    found = parse_listings(A + "- {id: b, name: B, domains: [b.a.test]}", "here")
    assert Register(found).by_domain("x.b.a.test").id == "b"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe- a", "not UTF-8"),
        (b"- {id: a, name: A}\n" + b"#" * 2_000_001, "over 2 MB"),
        (b"#" * 600_000, "600000 characters of YAML"),
        (None, "no such file"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path, content, message):
    file = tmp_path / "sources.yaml"
    file.mkdir() if content is None else file.write_bytes(content)
    with pytest.raises(InputError, match=message) as error:
        read_register(tmp_path)
    assert str(file) in str(error.value)


def test_a_mistake_in_the_workspaces_file_is_named(tmp_path):
    (tmp_path / "sources.yaml").write_text("- {id: a, name: A}\n- {id: b, nmae: B}\n")
    with pytest.raises(InputError, match=r"sources.yaml: source 2 \('b'\)"):
        read_register(tmp_path)


def test_the_example_reads_as_it_always_did():
    items = read_yaml((EXAMPLE / "sources.yaml").read_text(), "example")
    found = read_listings(EXAMPLE / "sources.yaml")
    assert [one.source for one in found] == [Source.from_plain(item) for item in items]
