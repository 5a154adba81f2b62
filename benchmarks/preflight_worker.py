"""Times the preflight of requests in a process of its own, and prints seconds by request as JSON."""

import copy
import json
import sys
import time
from typing import Any

from vision_hyperparameters import image_classification

DEFINITIONS = 10
FILLED = {
    "<num_classes>": "10",
    "<num_training_samples>": "5000",
    "<account>": "123456789012",
    "<role>": "tuner",
    "<bucket>": "images",
    "<training-image>": "example/image-classification:1",
    "<instance-type>": "ml.p3.2xlarge",
    "<content_type>": "application/x-recordio",
}


def main() -> None:
    started = time.process_time()
    from vision_hyperparameters.jobs import TuningJob, preflight

    request = TuningJob(image_classification).request()
    loaded = time.process_time() - started
    listed = request["TrainingJobDefinitions"]
    request["TrainingJobDefinitions"] = [
        {**copy.deepcopy(listed[place % len(listed)]), "DefinitionName": f"branch-{place}"}
        for place in range(DEFINITIONS)
    ]
    documents = {"without a problem": filled(request), "as generated, all left to fill in": request}
    times: dict[str, list[float]] = {name: [] for name in documents}
    for _ in range(int(sys.argv[1])):
        for name, document in documents.items():
            started = time.process_time()
            problems = preflight(image_classification, document)
            times[name].append(time.process_time() - started)
            if bool(problems) != (document is request):
                raise SystemExit(f"{name}: {len(problems)} problems")
    first = loaded + times["without a problem"][0]
    print(json.dumps({"without a problem, the first time": [first], **times}))


def filled(document: Any) -> Any:
    text = json.dumps(document)
    for placeholder, value in FILLED.items():
        text = text.replace(placeholder, value)
    return json.loads(text)


if __name__ == "__main__":
    main()
