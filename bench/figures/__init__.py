"""One module per room or topic; each has MEASUREMENTS, a list of what makes a measurement."""
import importlib
import pathlib


def all_measurements():
    for file in sorted(pathlib.Path(__file__).parent.glob("[a-z]*.py")):
        for make in importlib.import_module(f"figures.{file.stem}").MEASUREMENTS:
            yield make()
