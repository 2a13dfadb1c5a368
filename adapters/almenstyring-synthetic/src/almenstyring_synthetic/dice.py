"""Drawing numbers that are the same on every machine and in every Python.

Only ``random()`` of the standard generator is used, whose sequence Python promises to keep, and whole numbers.
"""

from __future__ import annotations

from random import Random

_ROUNDS = 4


class Dice:
    """A generator for one purpose, named by its key: the same key always throws the same numbers."""

    def __init__(self, *key: object) -> None:
        # Invented figures, no secrets.
        self._roll = Random("/".join(map(str, key))).random  # nosec B311

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included, each as likely."""
        return low + int(self._roll() * (high - low + 1))

    def chance(self, permille: int) -> bool:
        """Whether something happens that happens so many times in a thousand."""
        return self._roll() * 1000 < permille

    def around(self, centre: int, spread: int = 250) -> int:
        """A whole number around ``centre``, which stays the mean: a product of steps, so skewed like real costs.

        ``spread`` is the largest step in thousandths; 250 gives a standard deviation of about 30 per cent.
        """
        low, width = 1000 - spread, 2 * spread + 1
        product, scale = centre, 1
        for _ in range(_ROUNDS):
            product *= low + int(self._roll() * width)
            scale *= 1000
        return product // scale

    def often(self, many: int, permille: int) -> int:
        """How many of ``many`` it happens to; for more than 200 their mean, moved a little, instead of many throws."""
        if many > 200:
            return min(many, (self.around(many * permille, 120) + 500) // 1000)
        return sum(self._roll() * 1000 < permille for _ in range(many))
