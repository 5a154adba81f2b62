"""What detection is timed with: a batch for a single-shot detector of 300 x 300 pixels, in NumPy of any version."""

import numpy as np

THREADS = 2
BATCH, CLASSES, ROWS = 8, 21, 20
NMS_THRESHOLD = 0.45
# Candidates of a trained detector, in the whole batch; an untrained one makes one of each anchor.
SPARSE = 11966
# Feature maps by their sides, with the sizes and ratios of their anchors.
_MAPS = (
    (38, (0.1, 0.141), (1, 2, 0.5)),
    (19, (0.2, 0.272), (1, 2, 0.5, 3, 1 / 3)),
    (10, (0.37, 0.447), (1, 2, 0.5, 3, 1 / 3)),
    (5, (0.54, 0.619), (1, 2, 0.5, 3, 1 / 3)),
    (3, (0.71, 0.79), (1, 2, 0.5)),
    (1, (0.88, 0.961), (1, 2, 0.5)),
)


def anchors():
    """All 8732 anchors."""
    boxes = []
    for side, sizes, ratios in _MAPS:
        centre = (np.arange(side) + 0.5) / side
        shapes = [(size, ratios[0]) for size in sizes] + [(sizes[0], ratio) for ratio in ratios[1:]]
        half = np.array([(size * ratio**0.5 / 2, size / ratio**0.5 / 2) for size, ratio in shapes])
        x, y = (each.reshape(-1, 1) for each in np.meshgrid(centre, centre))
        boxes.append(np.stack([x - half[:, 0], y - half[:, 1], x + half[:, 0], y + half[:, 1]], -1).reshape(-1, 4))
    return np.concatenate(boxes).astype(np.float32)


def labels(random):
    """Eight and twenty true boxes by turns."""
    label = np.full((BATCH, ROWS, 5), -1, np.float32)
    for sample, rows in enumerate(label):
        count = ROWS if sample % 2 else 8
        corner, size = random.uniform(0, 0.7, (count, 2)), random.uniform(0.05, 0.4, (count, 2))
        rows[:count, 0] = random.randint(0, CLASSES - 1, count)
        rows[:count, 1:3], rows[:count, 3:] = corner, np.minimum(corner + size, 1)
    return label


def batch():
    """Anchors, labels, scores, offsets, probabilities of an untrained and of a trained detector, and a threshold.

    The threshold is the score that leaves the trained detector its candidates.
    """
    random = np.random.RandomState(1)
    boxes, label = anchors(), labels(random)
    scores = random.normal(0, 1, (BATCH, CLASSES, len(boxes))).astype(np.float32)
    location = random.normal(0, 1, (BATCH, len(boxes), 4)).astype(np.float32)
    trained = scores.copy()
    trained[:, 0] += 9.2
    dense, sparse = _softmax(scores), _softmax(trained)
    threshold = float(np.sort(sparse[:, 1:].max(1), axis=None)[-SPARSE])
    return boxes, label, scores, location, dense, sparse, threshold


def _softmax(scores):
    terms = np.exp(scores)
    return (terms / terms.sum(1, keepdims=True)).astype(np.float32)


MATCHING, SPARSE_DETECTION, DENSE_DETECTION = "matching with mining", "detection, trained", "detection, untrained"
COUNTING, PREDICTIONS = "area under a curve", 10_000_000


def predictions():
    """Predictions of a fair classifier, and the truth."""
    random = np.random.RandomState(2)
    prediction = random.random_sample(PREDICTIONS).astype(np.float32)
    return prediction, (random.random_sample(PREDICTIONS) < prediction).astype(np.uint8)


PRECISION, OVERLAP, IMAGES = "mean average precision", 0.5, 1000


def evaluated():
    """For each image its detections (class, score, box) and its true boxes (class, box, difficulty)."""
    random = np.random.RandomState(3)
    return [_evaluated(random) for _ in range(IMAGES)]


def _evaluated(random):
    """Five to fifteen true boxes, each found well or badly, and boxes of nothing: a hundred detections."""
    count = random.randint(5, 16)
    corner, size = random.uniform(0, 0.7, (count, 2)), random.uniform(0.05, 0.3, (count, 2))
    truth = np.zeros((count, 6), np.float32)
    truth[:, 0], truth[:, 1:3], truth[:, 3:5] = random.randint(0, CLASSES - 1, count), corner, corner + size
    detection = np.zeros((100, 6), np.float32)
    detection[:, 1] = random.random_sample(100)
    of = random.randint(0, count, 100)
    detection[:, 0] = np.where(random.random_sample(100) < 0.7, truth[of, 0], random.randint(0, CLASSES - 1, 100))
    detection[:, 2:] = truth[of, 1:5] + random.normal(0, 0.02, (100, 4))
    return detection, truth
