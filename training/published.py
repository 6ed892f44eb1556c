"""What others published or were measured at on FER-2013: the rows that stand beside ours."""

from typing import NamedTuple

FOLLOWED = "the projects that this system follows"
README = "figures collected with the data set, in its README"


class Published(NamedTuple):
    """One figure of somebody else; in per cent."""

    who: str
    accuracy: str
    weighted_f1: str
    balanced: str
    split: str
    how: str  # published: by its authors; measured: by whoever collected the figures; reported: by users
    source: str


def _followed(number: int, weighted_f1: str, balanced: str) -> Published:
    who = f"followed project with five networks, row {number} of its table"
    return Published(who, "", weighted_f1, balanced, "a test split", "published", FOLLOWED)


def _peer(who: str, accuracy: str, how: str = "published", split: str = "PrivateTest") -> Published:
    return Published(who, accuracy, "", "", split, how, README)


# Of the followed projects' five pairs it is known in which order they stand, not which network each is of.
PUBLISHED = (
    Published("a followed project", "62.9", "", "", "a test split", "published", FOLLOWED),
    Published("a followed project", "66", "", "", "a test split", "published", FOLLOWED),
    _followed(1, "64.38", "61.12"),
    _followed(2, "49.94", "46.62"),
    _followed(3, "64.95", "62.26"),
    _followed(4, "54.22", "52.47"),
    _followed(5, "35.46", "30.24"),
    _peer("face-api.js, expression net", "58.8", "measured"),
    _peer("fer 25.10, mini-Xception", "65.4", "measured"),
    _peer("human-models, emotion", "66.8", "measured"),
    _peer("DeepFace's own", "57.4", "reported"),
    _peer("VGG-19, in Residual Masking Network's table", "70.8"),
    _peer("ResNet-34, in the same table", "72.4"),
    _peer("DenseNet-121, in the same table", "73.2"),
    _peer("ResNet-152, in the same table", "73.2"),
    _peer("VGGNet, Khaireddin and Chen 2021", "73.28"),
    _peer("Residual Masking Network, its authors (others who ran it: 65.6 to 73.6)", "74.1"),
    _peer("an ensemble of seven networks", "76.8"),
)

# FER+ majority, eight classes: another label set and another number of classes, so a column of its own.
FERPLUS = (
    ("VGG-13, Barsoum et al. 2016", "85.4"),
    ("a network of 0.17 M weights", "86.9 to 87.7"),
    ("SCN", "89.35"),
    ("DDAMFN", "90.7"),
)
