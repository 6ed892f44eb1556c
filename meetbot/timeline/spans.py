"""Moods smoothed over time, so that one wrong frame never makes a mood.

Per person, the probabilities of the sure readings are averaged under a triangle over time. The mood
with the highest average needs readings that show it by themselves, and takes over from the mood
before it only with a lead. Where most faces around are unsure, the mood is unsure.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.types import EMOTIONS, UNSURE, Span

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

LABELS = (*EMOTIONS, UNSURE)
UNSURE_LABEL = len(EMOTIONS)


def smooth_moods(times: Times, emotions: Floats, certainty: Floats, every: float) -> Labels:
    """One person's faces in, the index of the smoothed mood in LABELS for each out."""
    if not len(times):
        return np.zeros(0, dtype=np.int64)
    sure = ~np.isnan(emotions).any(axis=1) & (certainty >= settings.UNSURE_BELOW)
    slots = np.rint((times - times[0]) / every).astype(np.int64)
    window = _triangle(every)
    channels = _on_grid(slots, emotions, sure)
    reach = len(window) // 2
    around = np.stack([np.convolve(channel, window) for channel in channels.T], axis=1)[slots + reach]
    support = _support(slots, emotions, sure, reach)
    probabilities = around[:, :UNSURE_LABEL] / np.maximum(around[:, 7:8], 1e-12)
    probabilities[support < settings.MOOD_SUPPORT] = 0.0
    told = (around[:, 7] >= settings.MOOD_SURE_SHARE * around[:, 8]) & (probabilities.max(axis=1) > 0)
    return _hold(probabilities, told)


def mood_spans(seat: int, times: Times, labels: Labels, every: float) -> list[Span]:
    """The stretches in which one label held; time without a face ends a stretch."""
    if not len(times):
        return []
    gap = max(settings.SPAN_GAP, settings.SPAN_GAP_INSTANTS * every) + every / 2
    breaks = (np.diff(labels) != 0) | (np.diff(times) > gap)
    firsts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    lasts = np.concatenate((firsts[1:] - 1, [len(times) - 1]))
    return list(_stretches(seat, times, labels, firsts, lasts, every, gap))


def _stretches(
    seat: int, times: Times, labels: Labels, firsts: Labels, lasts: Labels, every: float, gap: float
) -> Iterator[Span]:
    for first, last in zip(firsts, lasts, strict=True):
        end = float(times[last]) + every
        if last + 1 < len(times) and times[last + 1] - times[last] <= gap:
            end = float(times[last + 1])  # a short miss of the detector leaves no hole
        yield Span(seat, LABELS[labels[first]], float(times[first]), end)


def _triangle(every: float) -> Floats:
    reach = max(settings.MOOD_WINDOW, settings.MOOD_WINDOW_INSTANTS * every)
    steps = int(np.ceil(reach / every)) - 1
    return 1.0 - np.abs(np.arange(-steps, steps + 1)) * every / reach


def _on_grid(slots: Labels, emotions: Floats, sure: npt.NDArray[np.bool_]) -> Floats:
    # Columns: seven probabilities of the sure faces, sure faces, faces.
    channels = np.zeros((max(int(slots[-1]) + 1, 1), len(EMOTIONS) + 2))
    np.add.at(channels, slots[sure], np.column_stack([emotions[sure], np.ones((sure.sum(), 2))]))
    np.add.at(channels[:, -1], slots[~sure], 1.0)
    return channels


def _support(slots: Labels, emotions: Floats, sure: npt.NDArray[np.bool_], reach: int) -> Floats:
    # How many readings within reach show each mood by themselves.
    shown = np.zeros((int(slots[-1]) + 1, len(EMOTIONS)))
    np.add.at(shown, (slots[sure], emotions[sure].argmax(axis=1)), 1.0)
    total = np.vstack([np.zeros(len(EMOTIONS)), shown.cumsum(axis=0)])
    return np.asarray(total[np.minimum(slots + reach + 1, len(shown))] - total[np.maximum(slots - reach, 0)])


def _hold(probabilities: Floats, told: npt.NDArray[np.bool_]) -> Labels:
    # A mood stays until another leads it clearly: without this, two close ones would flicker.
    best = probabilities.argmax(axis=1)
    labels = np.full(len(best), UNSURE_LABEL, dtype=np.int64)
    held = UNSURE_LABEL
    for place in np.flatnonzero(told):
        challenger, row = int(best[place]), probabilities[place]
        if held == UNSURE_LABEL or row[held] == 0 or row[challenger] >= row[held] + settings.MOOD_LEAD:
            held = challenger
        labels[place] = held
    return labels
