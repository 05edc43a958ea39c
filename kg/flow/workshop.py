"""Where the work of a build is done: in this process, in processes beside it, or on a Dask cluster.

    with Workshop.of(options) as workshop:
        for result in workshop.map(make, batches): ...

A function of a batch is a pure function, and results come in the order of the batches, so where it was done can be
told by no byte. What it cannot do: choose what is worth spreading; callers say how much there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from kg.errors import UsageError
from kg.flow.options import BuildOptions
from kg.flow.pool import Pool, cores

if TYPE_CHECKING:
    from kg.cluster.work import Cluster

__all__ = ["PRELOAD", "Workshop"]

PRELOAD = ("kg.flow.extraction", "kg.flow.linking", "kg.flow.contributions", "kg.flow.warm")
"""What workers do: the fork server, which the first pool of a process starts, loads it once for all of them."""

In = TypeVar("In")
Out = TypeVar("Out")


@dataclass(slots=True)
class Workshop:
    """Workers of one sort; `workers` processes on this machine, or those of a cluster."""

    workers: int
    _cluster: Cluster | None = None
    _stack: ExitStack = field(default_factory=ExitStack)

    @classmethod
    def of(cls, options: BuildOptions) -> Workshop:
        """As the options ask. Raises UsageError where Dask is asked for and is not installed, or does not answer."""
        if options.scheduler is None and options.cluster is None:
            return cls(workers=options.workers or cores())
        try:
            from kg.cluster.work import Cluster
        except ModuleNotFoundError as error:
            to_do = "install it: pip install 'abstract-kg[cluster]'"
            raise UsageError(f"a cluster needs {error.name}", to_do=to_do) from error
        stack = ExitStack()
        cluster = stack.enter_context(Cluster.open(scheduler=options.scheduler, local=options.cluster))
        return cls(workers=cluster.workers, _cluster=cluster, _stack=stack)

    def map(
        self,
        make: Callable[[], Callable[[In], Out]],
        batches: Iterable[In],
        *,
        worth_it: bool = True,
        on_lost: Callable[[In], Out] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Iterator[Out]:
        """The result for each batch, in order. `make` gives the function, once in each worker; it must be importable.

        on_lost, environment: see `kg.flow.pool`; a cluster tells a lost batch as an error. worth_it: False for so little work that it is done here, unless a cluster was asked for.
        """
        if self._cluster is not None:
            return self._cluster.map(make, batches)
        if self.workers == 1 or not worth_it:
            return map(make(), batches)
        pool = Pool(make, workers=self.workers, on_lost=on_lost, preload=PRELOAD, environment=environment)
        return pool.map(batches)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
