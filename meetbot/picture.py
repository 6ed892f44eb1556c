"""One picture, as the sources give it and as nothing above `faces` sees it."""

from collections.abc import Callable
from threading import RLock

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]  # rows or columns of pixels

# A still is one picture for several instants; FFmpeg crashes where two threads make its colours at once.
_MAKING = RLock()  # a picture may be made of another one


class Picture:
    """One picture: its brightness (full range, 0-255) at once, its colours when someone asks.

    `pick_colours` gives those of some pixels, by row and column, where that takes less than making all.
    """

    __slots__ = ("_colour", "_make_colour", "_pick_colours", "luma")

    def __init__(
        self,
        luma: Image,
        make_colour: Callable[[], Image] | None = None,
        pick_colours: Callable[[Places, Places], Image] | None = None,
    ) -> None:
        self.luma = luma
        self._make_colour, self._pick_colours = make_colour, pick_colours
        self._colour: Image | None = None

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return int(self.luma.shape[1])

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self.luma.shape[0])

    def colour(self) -> Image:
        """Blue, green and red, made once; a picture without colours repeats its brightness."""
        with _MAKING:
            if self._colour is None:
                make = self._make_colour
                self._colour = make() if make else np.repeat(self.luma[:, :, None], 3, axis=2)
            return self._colour

    def colours_at(self, rows: Places, columns: Places) -> Image:
        """Blue, green and red of some pixels: the last axis more than the rows' and columns' shape."""
        pick = self._pick_colours
        return pick(rows, columns) if pick and self._colour is None else self.colour()[rows, columns]
