"""Who may be given work, and what is said to whoever may not."""

import pickle
from pathlib import Path

import pytest

from meetbot.cli.many import whose_page
from meetbot.errors import MeetbotError, UsageError
from meetbot.many import crew
from meetbot.many.address import required_safe
from meetbot.many.crew import Hands, crew_of, hands_of
from meetbot.many.order import Order, for_others
from meetbot.pipeline import Plan
from meetbot.privacy import privacy
from meetbot.roster import Entry


@pytest.mark.parametrize(
    "address", ["tls://scheduler.school.example:8786", "tcp://127.0.0.1:8786", "tcp://[::1]:8786"]
)
def test_a_locked_scheduler_or_one_on_this_machine_may_be_spoken_to(address: str) -> None:
    assert required_safe(address) == address


def test_an_address_without_a_scheme_is_plain_tcp() -> None:
    assert required_safe("localhost:8786") == "tcp://localhost:8786"
    assert required_safe("TLS://Host:8786") == "tls://host:8786"  # Dask knows schemes in small letters only
    with pytest.raises(UsageError, match="over tcp anybody"):
        required_safe("scheduler.school.example:8786")


@pytest.mark.parametrize("address", ["tcp://10.0.0.7:8786", "tcp://127.0.0.1.evil.example:8786"])
def test_plain_tcp_to_another_machine_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="start the scheduler with certificates"):
        required_safe(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tls://",
        "tls://host",
        "ucx://host:1",
        "tls://h:1/x",
        "tls://[h:1",
        "tls://u:p@h:1",
        "tls://h:1?x",
        "tls://h:1#x",
    ],
)
def test_what_is_no_address_is_told_so(address: str) -> None:
    with pytest.raises(UsageError, match="no address of a scheduler"):
        required_safe(address)


@pytest.mark.parametrize(
    "address", ["tls://user:secret@host:8786", "user:secret@host:1", "tls://h:1?t=secret", "tls://h/#secret"]
)
def test_a_refused_address_is_not_repeated_where_it_may_hold_a_password(address: str) -> None:
    with pytest.raises(UsageError) as refused:
        required_safe(address)
    assert "secret" not in str(refused.value) and "write tls://HOST:PORT" in str(refused.value)


def test_without_an_option_this_process_reads_alone() -> None:
    assert hands_of(None, None) is None


def test_processes_here_have_a_limit_of_memory() -> None:
    assert hands_of(3, None, "1GiB") == Hands(3, None, 2**30)


@pytest.mark.parametrize(
    ("workers", "cluster", "memory", "said"),
    [
        (0, None, None, "no number of processes"),
        (100_000, None, None, "more than this machine can feed"),
        (2, "tls://h:1", None, "one of the two"),
        (None, "tls://h:1", "1GiB", "needs --workers"),
        (None, None, "1GiB", "needs --workers"),
        (2, None, "much", "no size"),
        (2, None, "10MB", "too little"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    workers: int | None, cluster: str | None, memory: str | None, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        hands_of(workers, cluster, memory)


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r'pip install "meetbot\[cluster\]"'):
        hands_of(2, None)


def test_what_dask_can_print_of_an_order_names_nobody() -> None:
    plan = Plan(privacy=privacy((), ("Ada Lovelace",), passphrase="correct horse battery"))
    order = Order(Path("/lessons/ada's.mp4"), plan, None, (Entry("Ada Lovelace"),), "Ada Lovelace")
    assert repr(order) == f"Order({order.id})" and "ada" not in order.id.casefold()
    assert pickle.loads(pickle.dumps(order)) == order


def test_two_orders_for_one_recording_have_two_numbers() -> None:
    assert Order(Path("/a.mp4"), Plan()).id != Order(Path("/a.mp4"), Plan()).id


def test_a_plan_for_others_says_its_language_and_where_its_layout_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "boxes.json").write_text("{}")
    assert for_others(Plan(layout="boxes.json")).layout == str(tmp_path / "boxes.json")
    assert for_others(Plan(layout="3x4")).layout == "3x4"
    assert for_others(Plan()).lang == "en"


def test_a_locked_scheduler_without_certificates_is_refused_in_a_sentence() -> None:
    with pytest.raises(UsageError, match="needs certificates"), crew_of(Hands(0, "tls://127.0.0.1:1")):
        pass


def test_workers_that_do_not_start_are_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(**asked: object) -> object:
        raise RuntimeError("Nanny failed to start.")

    monkeypatch.setattr("distributed.LocalCluster", failing)
    said = r"2 worker processes .* \(RuntimeError: Nanny failed"
    with pytest.raises(MeetbotError, match=said), crew_of(Hands(2)):
        pass


def test_the_page_of_a_scheduler_elsewhere_may_be_seen_there_only() -> None:
    assert whose_page("http://127.0.0.1:8787/status") == ""
    assert "own machine" in whose_page("http://192.0.2.7:8787/status")
