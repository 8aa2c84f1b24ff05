from onrecord.cli.models import NEEDED


def test_models_lists_what_is_there(run_json, run):
    found = {model["name"]: model for model in run_json("models")["models"]}
    assert set(NEEDED) <= set(found)
    for model in found.values():
        assert model["verified"], model
        assert model["size_bytes"] > 1_000_000
        assert len(model["sha256"]) == 64
    table = run("models").stdout
    assert found["embedder"]["version"] in table
    assert found["embedder"]["sha256"][:12] in table


def test_bench_measures_each_model(run_json, run):
    found = run_json("models", "bench", "--inputs", "2")
    assert found["cores"] >= 1
    assert {model["name"] for model in found["models"]} >= set(NEEDED)
    assert all(model["per_s"] > 0 and model["inputs"] == 2 for model in found["models"])
    assert "Inputs per second" in run("models", "bench", "--inputs", "1").stdout
