import pytest

from onrecord.errors import InputError
from onrecord.intake.plain import read_json, read_yaml


def test_scalars_stay_as_printed():
    text = "a: 2022-08-05\nb: 2022-08\nc: no\nd: 1_000\ne: ~\nf:\ng: null\nh: 'null'\ni: 0x1F"
    assert read_yaml(text, "here") == {
        "a": "2022-08-05", "b": "2022-08", "c": "no", "d": "1_000", "e": None, "f": None,
        "g": None, "h": "null", "i": "0x1F",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1", r"here: not YAML: line 1, column 6"),
        ("a: 1\nb: c: d", r"here: not YAML: line 2, column 5"),
        ("a: &x [1]\nb: *x", "here: not YAML: line 2, column 4: aliases are not allowed"),
        ("!!python/object/apply:os.system ['true']", "could not determine a constructor"),
        ("a: \x00", "here: not YAML"),
        ("[" * 20_000, "here: not YAML: nested too deeply"),
        ("a" * 600_000, "600000 characters of YAML, at most 500000"),
        ("a: 1\n---\nb: 2", "here: not YAML: line 2"),
        ("? [1]\n: 2", "here: not YAML"),
        ("!!timestamp 2022-13-45", "here: not YAML"),
    ],
)
def test_what_is_no_yaml(text, message):
    with pytest.raises(InputError, match=message):
        read_yaml(text, "here")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "here: not JSON: line 1, column 2"),
        ('{"a": 1,\n "b" 2}', "here: not JSON: line 2, column 6"),
        ("[" * 200_000, "here: not JSON: nested too deeply"),
        ("9" * 5000, "here: not JSON"),
    ],
)
def test_what_is_no_json(text, message):
    with pytest.raises(InputError, match=message):
        read_json(text, "here")


def test_a_bomb_of_aliases_costs_nothing():
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 60)
    )
    with pytest.raises(InputError, match="aliases are not allowed"):
        read_yaml(bomb, "here")
