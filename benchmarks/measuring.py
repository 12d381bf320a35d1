"""What all benchmarks share: the form of a result, and the machine it was measured on."""

import os
import platform
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter


@dataclass(frozen=True)
class Result:
    """One figure. ``aim``: the bound it should keep, above or below it; None where it is told."""

    name: str
    value: float
    unit: str
    aim: float | None = None
    at_least: bool = False
    detail: str = ""

    @property
    def kept(self) -> bool:
        """Whether the aim is kept; a figure without one keeps it."""
        if self.aim is None:
            return True
        return self.value >= self.aim if self.at_least else self.value <= self.aim

    def row(self) -> str:
        """Write the figure as a row of a Markdown table."""
        aim = ""
        if self.aim is not None:
            aim = f"{'≥' if self.at_least else '≤'} {self.aim:g}"
            aim += "" if self.kept else " **missed**"
        return f"| {self.name} | {self.value:.2f} {self.unit} | {aim} | {self.detail} |"


def interleaved(rounds: int, *jobs: Callable[[], object]) -> list[list[float]]:
    """Run jobs in turn, a round each; give the seconds of each job's runs.

    Every second round goes backwards, so that no job always comes after the same other one.
    """
    seconds: list[list[float]] = [[] for _ in jobs]
    order = list(range(len(jobs)))
    for _ in range(rounds):
        for which in order:
            begun = perf_counter()
            jobs[which]()
            seconds[which].append(perf_counter() - begun)
        order.reverse()
    return seconds


def median_ms(seconds: Iterable[float]) -> float:
    """Give the median in milliseconds."""
    return statistics.median(seconds) * 1000


def machine() -> str:
    """Describe the machine by what decides its speed; its name is nobody's business."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()} {platform.machine()}"
    return f"{_processor()}, {cores} cores, {system}, Python {platform.python_version()}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
