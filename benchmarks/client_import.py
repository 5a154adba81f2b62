"""What it costs to import the generated client, beside pydantic alone."""

from benchmarks.measuring import PYTHON, Command, in_turns, peak_memory, ratio
from benchmarks.report import Section, at_most, memory_cell, time_row
from benchmarks.settings import Settings

_PASS = "`pass`"
_CODES = {
    _PASS: "pass",
    "`import vision_hyperparameters`": "import vision_hyperparameters",
    "validation without pydantic: `from vision_hyperparameters import image_classification`": (
        "from vision_hyperparameters import image_classification\n"
        "image_classification.validate_wire({'num_classes': '2', 'num_training_samples': '100'})"
    ),
    "`import pydantic`": "import pydantic",
    "`from pydantic import BaseModel`, one model of one field": (
        "from pydantic import BaseModel\nclass Model(BaseModel):\n    x: int\nModel(x=1)"
    ),
    "the model: `from vision_hyperparameters import ImageClassification`": (
        "from vision_hyperparameters import ImageClassification\n"
        "ImageClassification.from_wire({'num_classes': '2', 'num_training_samples': '100'})"
    ),
    "the models of all three algorithms": (
        "from vision_hyperparameters import ImageClassification, ImageClassificationTensorflow, ObjectDetection"
    ),
}
_PACKAGE, _FUNCTIONS, _PYDANTIC, _TRIVIAL, _MODEL, _ALL = list(_CODES)[1:]


def measure(settings: Settings) -> Section:
    """Time imports, each in a process of its own."""
    commands = {name: Command([PYTHON, "-c", code], environment=settings.client) for name, code in _CODES.items()}
    times = in_turns(commands, settings.rounds)
    peaks = {name: peak_memory(PYTHON, [code], commands[name]) for name, code in _CODES.items()}
    validating = "to import the client and validate one configuration without pydantic: times `import pydantic`"
    return Section(
        "Importing the generated client",
        "A process of its own for each; those that name a function or a model also validate one configuration.",
        [
            at_most(validating, ratio(times[_FUNCTIONS], times[_PYDANTIC]), 1),
            at_most("the same, peak memory", peaks[_FUNCTIONS] / peaks[_PYDANTIC], 1),
            at_most(
                "to import a model of 29 fields and use it: times a pydantic model of one field",
                ratio(times[_MODEL], times[_TRIVIAL]),
                2,
            ),
        ],
        ["process", "median", "least", "spread", "x `pass`", "peak memory"],
        [time_row(name, times[name], times[_PASS], memory_cell(peaks[name])) for name in times],
    )
