from onrecord.evals.throughput import TOKENS, example, measure, plain
from onrecord.neural.session import load


def test_an_example_has_the_length_it_says_and_is_closed() -> None:
    model = load("embedder")
    encoding = example(model)
    assert len(encoding.ids) == len(encoding.type_ids) == TOKENS
    assert encoding.ids[-1] == model.tokenizer.token_to_id("[SEP]")


def test_a_measure_says_of_what() -> None:
    found = measure("embedder", inputs=3)
    assert (found.name, found.kind, found.inputs) == ("embedder", "embedder", 3)
    assert found.per_s > 0
    assert found.memory_mb is None or found.memory_mb > 20
    assert plain([found], cores=2) == {"cores": 2, "tokens": TOKENS, "models": [found.plain()]}
