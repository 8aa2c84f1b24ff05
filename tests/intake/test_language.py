import pytest

from onrecord.intake.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministry sold nine patrol boats to the army, it said on Tuesday.", "en"),
        ("Das Ministerium hat neun Boote an die Armee verkauft, sagte ein Sprecher.", "de"),
        ("Армия сожгла деревню на границе, сообщили свидетели.", "ru"),
        ("Армія спалила село на кордоні, повідомили свідки.", "uk"),
        ("أحرق الجيش القرية على الحدود، حسب ما قال شهود عيان", "ar"),
        ("THE MINISTRY SOLD NINE PATROL BOATS TO THE ARMY, IT SAID.", "en"),
    ],
)
def test_languages(text, language):
    assert language_of(text) == language
    assert language_of(text * 200) == language


@pytest.mark.parametrize("text", ["", "Boats", "2,158 4,500 12 " * 50, "No! " * 9, "... --- " * 90])
def test_what_is_too_little_to_tell(text):
    assert language_of(text) is None
