"""Counters for machines, in Prometheus' text form (exposition format 0.0.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Metrics"]

_BOUNDS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0)


@dataclass(slots=True)
class Metrics:
    """Requests by kind and status, and how long they took."""

    requests: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    buckets: Counter[tuple[str, float]] = field(default_factory=Counter)

    def add(self, kind: str, status: int, seconds: float) -> None:
        """Count one request."""
        self.requests[kind, status] += 1
        self.seconds[kind] += seconds  # type: ignore[assignment]  # Counter is typed for whole numbers only
        for bound in _BOUNDS:
            if seconds <= bound:
                self.buckets[kind, bound] += 1

    def text(self, gauges: Mapping[str, float]) -> str:
        """Everything, a line a value, sorted."""
        lines = ["# HELP kg_requests_total Requests by kind and status.", "# TYPE kg_requests_total counter"]
        lines += [
            f'kg_requests_total{{kind="{kind}",status="{status}"}} {count}'
            for (kind, status), count in sorted(self.requests.items())
        ]
        lines += ["# HELP kg_request_seconds How long requests took.", "# TYPE kg_request_seconds histogram"]
        for kind in sorted(self.seconds):
            total = sum(count for (one, _), count in self.requests.items() if one == kind)
            lines += [f'kg_request_seconds_bucket{{kind="{kind}",le="{b}"}} {self.buckets[kind, b]}' for b in _BOUNDS]
            lines.append(f'kg_request_seconds_bucket{{kind="{kind}",le="+Inf"}} {total}')
            lines.append(f'kg_request_seconds_sum{{kind="{kind}"}} {self.seconds[kind]:.6f}')
            lines.append(f'kg_request_seconds_count{{kind="{kind}"}} {total}')
        for name, value in sorted(gauges.items()):
            lines += [f"# TYPE kg_{name} gauge", f"kg_{name} {value:g}"]
        return "\n".join(lines) + "\n"
