"""Who does the work: processes of this machine under a scheduler of its own, or a cluster that stands."""

import logging
import os
import pkgutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from meetbot import settings
from meetbot.errors import MeetbotError, UsageError
from meetbot.many.address import required_safe
from meetbot.many.stopping import Stop

if TYPE_CHECKING:
    from distributed import Client

_CONFIG = {
    # Nothing of a lesson that waits in memory goes to a worker's disk.
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.target": False,
    "distributed.scheduler.allowed-failures": settings.WORKER_DEATHS - 1,
    "distributed.dashboard.link": "http://{host}:{port}/status",
    "distributed.comm.timeouts.connect": "10s",
    "distributed.worker.preload": ["meetbot.many.preload"],
}


class NoScheduler(UsageError):
    """No scheduler answers."""


class Hands(NamedTuple):
    """Whose hands the work is given into: so many processes here, or a cluster's."""

    workers: int = 0
    cluster: str | None = None
    memory: int = settings.WORKER_MEMORY  # bytes of each process here


def hands_of(workers: int | None, cluster: str | None, memory: str | None = None) -> Hands | None:
    """What `--workers`, `--cluster` and `--worker-memory` say; None where this process reads alone."""
    if workers is None and cluster is None:
        if memory is not None:
            raise UsageError("--worker-memory needs --workers; a cluster's workers are given theirs there.")
        return None
    if workers is not None and cluster is not None:
        raise UsageError("--workers starts processes here and --cluster uses others; give one of the two.")
    if workers is not None and workers < 1:
        raise UsageError(f"--workers {workers} is no number of processes; 1 is the least.")
    if workers is not None and workers > (most := settings.WORKERS_A_CORE * max(os.cpu_count() or 1, 2)):
        raise UsageError(f"--workers {workers} is more than this machine can feed; {most} is the most here.")
    if cluster is not None and memory is not None:
        raise UsageError("--worker-memory needs --workers; a cluster's workers are given theirs there.")
    address = required_safe(cluster) if cluster is not None else None
    _require_distributed()
    return Hands(workers or 0, address, _bytes(memory) if memory else settings.WORKER_MEMORY)


@contextmanager
def crew_of(hands: Hands) -> Iterator["Client"]:
    """A connection to the scheduler; processes that were started here end with it."""
    import dask
    import distributed  # noqa: F401  # it brings its settings; what is set before it comes is lost later

    with dask.config.set(_CONFIG):
        if hands.cluster:
            with _connected(hands.cluster) as client:
                yield client
        else:
            with _embedded(hands) as client:
                yield client


@contextmanager
def crew_again(hands: Hands, stop: Stop) -> Iterator["Client | None"]:
    """A connection to a scheduler that was lost, once it is back; None where it stays away."""
    until = monotonic() + settings.SCHEDULER_WITHIN
    with ExitStack() as stack:
        client = None
        while client is None and monotonic() < until:
            stop.heed()
            with suppress(NoScheduler):
                client = stack.enter_context(crew_of(hands))
        yield client


def _require_distributed() -> None:
    if find_spec("distributed") is None:
        raise UsageError('Workers need one more package: pip install "meetbot[cluster]".')


def _bytes(memory: str) -> int:
    from dask.utils import parse_bytes

    try:
        size = int(parse_bytes(memory))
    except ValueError as error:
        raise UsageError(f"--worker-memory {memory} is no size; write it like 2GiB.") from error
    if size < settings.WORKER_MEMORY_LEAST:
        least = settings.WORKER_MEMORY_LEAST >> 20
        raise UsageError(f"--worker-memory {memory} is too little to read in; {least}MiB is the least.")
    return size


@contextmanager
def _embedded(hands: Hands) -> Iterator["Client"]:
    from distributed import Client, LocalCluster, Security

    with ExitStack() as stack:
        try:
            # A key for this run alone: other accounts of this machine reach the port and get no further.
            cluster = stack.enter_context(
                LocalCluster(
                    host="127.0.0.1",
                    protocol="tls://",
                    security=Security.temporary(),
                    n_workers=hands.workers,
                    threads_per_worker=1,
                    processes=True,
                    memory_limit=hands.memory,
                    dashboard_address="127.0.0.1:0",
                    silence_logs=logging.CRITICAL,
                )
            )
            client = stack.enter_context(Client(cluster, set_as_default=False))
        except (OSError, RuntimeError, TimeoutError) as error:
            raise MeetbotError(
                f"{hands.workers} worker processes could not be started here ({type(error).__name__}: "
                f"{error}); see what else this machine does, or give fewer (--workers)."
            ) from error
        yield client


@contextmanager
def _connected(address: str) -> Iterator["Client"]:
    from distributed import Client, Security

    for name in ("distributed", "distributed.client"):  # which has a level of its own
        logging.getLogger(name).setLevel(logging.CRITICAL)
    security = Security(require_encryption=True) if address.startswith("tls://") else None
    if security and not (security.tls_ca_file and security.tls_client_cert and security.tls_client_key):
        raise UsageError(
            f"--cluster {address} needs certificates, which Dask's own configuration names; "
            "docs/scale.md shows how they are made and where they are named."
        )
    if security:
        for named in (security.tls_ca_file, security.tls_client_cert, security.tls_client_key):
            if "\n" not in named and not Path(named).is_file():  # Dask takes the text of one as well
                raise UsageError(
                    f"--cluster {address} needs the certificates that Dask's configuration names; {named} "
                    "isn't there. docs/scale.md shows how they are made and where they are named."
                )
    try:
        client = Client(address, security=security, set_as_default=False, timeout="10s")
    except (OSError, TimeoutError, ValueError) as error:
        why = str(error) or type(error).__name__
        raise NoScheduler(f"No scheduler answers at {address}: {why}.") from error
    with client:
        _require_meetbot(client, address)
        yield client


def _require_meetbot(client: "Client", address: str) -> None:
    """A scheduler looks at the name of what it hands on."""
    try:
        client.run_on_scheduler(pkgutil.resolve_name, "meetbot.many.errand:__name__")
    except (ImportError, AttributeError) as error:
        raise UsageError(
            f"The scheduler at {address} has no meetbot, or an old one ({error}); install there what this "
            "command has, and start it again."
        ) from error
    except OSError as error:
        raise NoScheduler(f"The scheduler at {address} went away: {error}.") from error
