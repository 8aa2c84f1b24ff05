"""The example's eight claims, over a fresh example archive, by the real models."""

import json

import pytest

from tests.conftest import EXAMPLE


@pytest.fixture(scope="module")
def results(command):
    return json.loads(command("eval", "cases", EXAMPLE / "cases.json", "--json").stdout)


def test_at_least_five_of_eight_pass(results):
    assert results["n"] == 8
    assert results["passed"] >= 5, results["cases"]


def test_none_comes_out_opposite(results):
    assert results["opposite"] == 0, results["cases"]
