"""What holds for every test: a slow machine is no failure (pytest ends what never ends)."""

from hypothesis import settings

settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")
