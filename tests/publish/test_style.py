import re
from importlib import resources

import pytest

TONES = ("true", "false", "mixed", "open")
PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "link") for ground in ("paper", "panel")),
    *((tone, "paper") for tone in TONES),
    *((tone, f"{tone}-panel") for tone in TONES),
    *((ink, f"{tone}-panel") for tone in TONES for ink in ("ink", "link")),
    ("draft", "draft-panel"),
]


def colours(scheme: str) -> dict[str, str]:
    css = resources.files("onrecord.publish").joinpath("templates", "page.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    block = light if scheme == "light" else light + dark
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_contrast_meets_wcag_aa(scheme: str, ink: str, ground: str) -> None:
    palette = colours(scheme)
    lighter, darker = sorted((luminance(palette[ink]), luminance(palette[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
