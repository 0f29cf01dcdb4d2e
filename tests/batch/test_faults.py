"""Real faults: killed workers, killed runs, hangs, full disks; afterwards the bytes of an undisturbed run."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bilingual.batch import Config, faults, run_batch
from bilingual.batch.supervisor import FatalError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not on this system")

SHARD = 12_000


@pytest.fixture
def source(tmp_path, texts, write_jsonl):
    return str(write_jsonl(tmp_path / "pages.jsonl", texts[:30]))


@pytest.fixture
def undisturbed(source, tmp_path, bytes_of):
    out = tmp_path / "undisturbed"
    assert run_batch([source], out, shard_bytes=SHARD).is_complete
    return bytes_of(out)


def start(source: str, out: Path, *more: str, **env: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from bilingual.cli import main; main()", "batch", source]
    command += ["--out", str(out), "--workers", "2"]
    command += ["--shard-mb", str(SHARD / (1 << 20)), *more]
    return subprocess.Popen(command, env={**os.environ, **env}, stderr=subprocess.PIPE, text=True)


def finish(source: str, out: Path, *more: str) -> int:
    process = start(source, out, *more)
    process.communicate()
    return process.returncode


@pytest.fixture(autouse=True)
def _passed_no_point_yet():
    faults._passed.clear()


@pytest.mark.parametrize("n", [0, 2])
def test_a_worker_killed_once_at_the_nth_record_loses_nothing(source, tmp_path, undisturbed, bytes_of, monkeypatch, n):
    monkeypatch.setenv("BILINGUAL_FAULT", f"record:{n}:kill:{tmp_path / 'once'}")
    report = run_batch([source], tmp_path / "out", workers=2, shard_bytes=SHARD)
    assert (tmp_path / "once").exists()
    assert report.is_complete
    assert report.retries >= 1
    assert bytes_of(tmp_path / "out") == undisturbed


@pytest.mark.parametrize("point", ["write", "fsync", "rename", "renamed"])
def test_a_worker_killed_once_while_it_writes_loses_nothing(
    source, tmp_path, undisturbed, bytes_of, monkeypatch, point
):
    monkeypatch.setenv("BILINGUAL_FAULT", f"{point}:1:kill:{tmp_path / 'once'}")
    report = run_batch([source], tmp_path / "out", workers=2, shard_bytes=SHARD)
    assert (tmp_path / "once").exists()
    assert report.is_complete
    assert bytes_of(tmp_path / "out") == undisturbed


def test_a_record_that_always_kills_is_found_and_quarantined(tmp_path, texts, rows, write_jsonl, monkeypatch):
    source = write_jsonl(tmp_path / "pages.jsonl", texts[:30])
    monkeypatch.setenv("BILINGUAL_FAULT", "record:17:kill")
    report = run_batch([str(source)], tmp_path / "out", workers=1)
    assert report.is_complete
    assert report.exit_code() == 1
    assert report.exit_code(max_bad=0.1) == 0
    assert (report.records_in, report.records_out, report.quarantined) == (30, 29, 1)
    assert [row["id"] for row in rows(tmp_path / "out")] == [f"doc-{i}" for i in range(30) if i != 17]
    (line,) = (tmp_path / "out" / "quarantine" / "part-00000.jsonl").read_text(encoding="utf-8").splitlines()
    bad = json.loads(line)
    assert bad["stage"] == "layers"
    assert "SIGKILL" in bad["error"]
    assert bad["offset"] == sum(len(item) for item in source.read_bytes().splitlines(keepends=True)[:17])


@pytest.mark.parametrize("numbers", [(3, 7, 11), (5, 5, 5), (11, 3, 3, 7, 11)])
def test_a_record_at_which_workers_happen_to_die_is_not_quarantined(
    tmp_path, texts, write_jsonl, bytes_of, monkeypatch, numbers
):
    source = str(write_jsonl(tmp_path / "pages.jsonl", texts[:20]))
    run_batch([source], tmp_path / "undisturbed")
    once = [f"record:{number}:kill:{tmp_path / str(i)}" for i, number in enumerate(numbers)]
    monkeypatch.setenv("BILINGUAL_FAULT", ",".join(once))
    report = run_batch([source], tmp_path / "out", workers=1)
    assert all((tmp_path / str(i)).exists() for i in range(len(numbers)))
    assert (report.exit_code(), report.quarantined, report.records_out) == (0, 0, 20)
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "undisturbed")


@pytest.mark.parametrize("numbers", [(0,), (17, 18), (29,)])
def test_records_that_kill_while_decoded_are_quarantined(tmp_path, texts, rows, write_jsonl, monkeypatch, numbers):
    source = write_jsonl(tmp_path / "pages.jsonl", texts[:30])
    monkeypatch.setenv("BILINGUAL_FAULT", ",".join(f"decode:{number}:kill" for number in numbers))
    report = run_batch([str(source)], tmp_path / "out", workers=1)
    assert report.is_complete
    assert (report.records_in, report.quarantined) == (30, len(numbers))
    assert [row["id"] for row in rows(tmp_path / "out")] == [f"doc-{i}" for i in range(30) if i not in numbers]


def test_several_records_that_kill_are_all_found(tmp_path, texts, write_jsonl, monkeypatch):
    source = write_jsonl(tmp_path / "pages.jsonl", texts[:20])
    monkeypatch.setenv("BILINGUAL_FAULT", "record:3:kill,record:4:kill,record:19:kill")
    report = run_batch([str(source)], tmp_path / "out", workers=2)
    assert report.is_complete
    assert (report.records_out, report.quarantined) == (17, 3)


@pytest.mark.parametrize("n", [1, 5])
def test_a_shard_whose_worker_always_dies_without_a_culprit_is_given_up(tmp_path, texts, write_jsonl, monkeypatch, n):
    source = write_jsonl(tmp_path / "pages.jsonl", texts[:n])
    monkeypatch.setenv("BILINGUAL_FAULT", "fsync:1:kill")
    report = run_batch([str(source)], tmp_path / "out", workers=1)
    assert not report.is_complete
    assert report.exit_code(max_bad=1.0) == 1
    assert report.quarantined == 0
    (error,) = report.failures.values()
    assert "SIGKILL (by the system, where memory is short: give fewer --workers)" in error
    monkeypatch.delenv("BILINGUAL_FAULT")
    assert run_batch([str(source)], tmp_path / "out", workers=1, resume=True).is_complete


def test_a_record_that_hangs_is_quarantined(tmp_path, texts, write_jsonl, monkeypatch):
    source = write_jsonl(tmp_path / "pages.jsonl", texts[:6])
    monkeypatch.setenv("BILINGUAL_FAULT", "record:2:hang")
    report = run_batch([str(source)], tmp_path / "out", workers=1, timeout=3.0)
    assert report.is_complete
    assert (report.records_out, report.quarantined) == (5, 1)
    assert any("no answer" in reason for reason in report.reasons)


def test_a_record_that_raises_is_quarantined_and_its_text_is_in_no_log(tmp_path, texts, write_jsonl, monkeypatch):
    from bilingual.pipeline import Segmenter

    secret = "unmistakable words of a document"
    real = Segmenter.run

    def run(self, batch, evidence=None):
        for text in batch:
            if secret in text:
                raise ValueError(f"cannot do {text}")
        return real(self, batch, evidence)

    monkeypatch.setattr(Segmenter, "run", run)
    source = write_jsonl(tmp_path / "pages.jsonl", [*texts[:9], secret, *texts[9:12]])
    report = run_batch([str(source)], tmp_path / "out")
    assert (report.records_in, report.records_out, report.quarantined) == (13, 12, 1)
    assert report.is_complete
    assert list(report.reasons) == ["layers: ValueError in run, test_faults.py"]
    for path in (tmp_path / "out").iterdir():
        if path.is_file():
            assert secret not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("workers", [0, 1])
def test_transient_read_errors_are_tried_again(source, tmp_path, undisturbed, bytes_of, monkeypatch, workers):
    monkeypatch.setenv("BILINGUAL_FAULT", f"record:1:EIO:{tmp_path / 'once'}")
    report = run_batch([source], tmp_path / "out", workers=workers, shard_bytes=SHARD)
    assert report.is_complete
    assert report.retries == 1
    assert bytes_of(tmp_path / "out") == undisturbed


@pytest.mark.parametrize("workers", [0, 2])
def test_persistent_errors_fail_their_shard_and_a_resumed_run_mends_it(
    source, tmp_path, undisturbed, bytes_of, monkeypatch, workers
):
    monkeypatch.setenv("BILINGUAL_FAULT", "record:2:EIO")
    report = run_batch([source], tmp_path / "out", workers=workers, shard_bytes=SHARD)
    assert not report.is_complete
    assert report.exit_code(max_bad=1.0) == 1
    assert set(report.failures.values()) == {"Input/output error"}
    assert (tmp_path / "out" / "report.json").exists()
    monkeypatch.delenv("BILINGUAL_FAULT")
    report = run_batch([source], tmp_path / "out", workers=2, shard_bytes=SHARD, resume=True)
    assert report.is_complete
    assert bytes_of(tmp_path / "out") == undisturbed


def test_a_file_name_that_is_no_utf8_can_be_quarantined(tmp_path):
    folder = os.fsencode(tmp_path / "in")
    os.mkdir(folder)  # noqa: PTH102 (a path of bytes)
    Path(os.fsdecode(folder + b"/bad\xff.jsonl")).write_bytes(b'{"text": 5}\n{"text": "Good morning."}\n')
    report = run_batch([str(tmp_path / "in")], tmp_path / "out")
    assert report.is_complete
    assert (report.records_out, report.quarantined) == (1, 1)
    (line,) = (tmp_path / "out" / "quarantine" / "part-00000.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["source"] == r"bad\xff.jsonl"


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_an_output_folder_whose_name_is_no_utf8(source, tmp_path, form):
    out = Path(os.fsdecode(os.fsencode(tmp_path / "out") + b"\xff"))
    report = run_batch([source], out, Config(format=form))
    assert report.is_complete, report.problems


def test_file_names_that_are_no_utf8_stay_different(tmp_path, rows):
    folder = os.fsencode(tmp_path / "in")
    os.mkdir(folder)  # noqa: PTH102 (a path of bytes)
    for name in (b"\xff.txt", b"\xfe.txt", b"\xc3\xa9.txt", b"e\xcc\x81.txt", b"a\nb.txt"):
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(b"Good morning.")
    report = run_batch([str(tmp_path / "in")], tmp_path / "out")
    assert report.is_complete
    assert report.stats["duplicate_ids"] == 0
    ids = ["a\nb.txt", r"\xfe.txt", r"\xff.txt", "e\u0301.txt", "\u00e9.txt"]
    assert sorted(row["id"] for row in rows(tmp_path / "out")) == sorted(ids)
    assert run_batch([str(tmp_path / "in")], tmp_path / "out", resume=True).records_out == 5


@pytest.mark.parametrize("change", ["replaced", "cut", "grown", "touched", "gone before", "gone after"])
def test_an_input_that_changes_during_the_run_is_told(source, tmp_path, monkeypatch, change):
    from bilingual.batch import alone

    real, path = alone.answer, Path(source)
    lines = path.read_bytes().splitlines(keepends=True)

    def answer(shard, out, config, notify):
        if change == "gone after" and shard.number == 0:
            notify = lambda message: path.unlink(missing_ok=True)  # noqa: E731
        elif change == "gone before":
            path.unlink(missing_ok=True)
        elif shard.number == 0:
            changed = {"replaced": lines[:3], "cut": lines[:20], "grown": lines * 2, "touched": lines}[change]
            path.write_bytes(b"".join(changed))
            os.utime(path, ns=(1, 1))
        return real(shard, out, config, notify)

    monkeypatch.setattr(alone, "answer", answer)
    report = run_batch([source], tmp_path / "out", shard_bytes=1 << 20 if change == "gone after" else SHARD)
    what = "was removed" if change == "gone before" else "changed"
    told = [problem for problem in report.problems if f"pages.jsonl {what} while the run read" in problem]
    assert (report.is_complete, len(told)) == (change == "gone after", change != "gone after")
    # Of a file that is gone nobody knows how many records it had: no share of bad ones allows that.
    assert report.exit_code(0.9) == (0 if change == "gone after" else 1)


def test_a_link_to_nothing_is_quarantined_and_does_not_count_as_removed(source, tmp_path):
    folder = Path(source).parent / "more"
    folder.mkdir()
    (folder / "dead.txt").symlink_to("nothing.txt")
    (folder / "a.txt").write_text("Good morning.", encoding="utf-8")
    report = run_batch([str(folder)], tmp_path / "out")
    assert report.is_complete
    assert report.reasons == {"open: No such file or directory": 1}


@pytest.mark.parametrize("name", ["pages.jsonl", "pages.txt", "pages.warc", "pages.warc.gz"])
def test_a_file_that_is_cut_while_it_is_read_is_read_again_and_told(tmp_path, monkeypatch, name):
    """Reading on to an end that is not there any more would take for ever."""
    from bilingual.formats import compression

    path, size = tmp_path / name, compression.BLOCK
    path.write_bytes(b"\n".join([b"x" * 99] * (2 * size // 100)))
    read = compression.Window._read

    def cut(self, offset, count):
        if path.stat().st_size > size:
            os.truncate(path, size)
        return read(self, offset, count)

    monkeypatch.setattr(compression.Window, "_read", cut)
    report = run_batch([str(path)], tmp_path / "out")
    assert report.problems == [f"{path} changed while the run read; run again into another folder"]


def test_a_file_that_cannot_be_read_to_its_end_is_named(source, tmp_path, monkeypatch):
    from bilingual.formats import compression

    def fail(self, offset, count):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(compression.Window, "_read", fail)
    report = run_batch([source], tmp_path / "out", shard_bytes=1 << 20)
    assert report.failures == {0: f"Input/output error ({source})"}
    assert report.exit_code(0.9) == 1


@pytest.mark.parametrize(
    ("point", "workers"),
    [("write", 0), ("fsync", 0), ("rename", 0), ("ledger", 0), ("write", 2), ("ledger", 2)],
)
def test_a_full_disk_stops_with_one_error_and_nothing_half_written(
    source, tmp_path, undisturbed, bytes_of, monkeypatch, point, workers
):
    out = tmp_path / "out"
    monkeypatch.setenv("BILINGUAL_FAULT", f"{point}:1:ENOSPC:{tmp_path / 'once'}")
    with pytest.raises(FatalError, match=r"out: No space left on device.*--resume"):
        run_batch([source], out, workers=workers, shard_bytes=SHARD)
    assert not list(out.rglob("*.inprogress"))
    for name, data in bytes_of(out).items():
        assert undisturbed[name] == data
    monkeypatch.delenv("BILINGUAL_FAULT")
    assert run_batch([source], out, workers=workers, shard_bytes=SHARD, resume=True).is_complete
    assert bytes_of(out) == undisturbed


def test_a_really_full_disk(tmp_path, texts, write_jsonl):
    mount = tmp_path / "small"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(mount)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small tmpfs cannot be mounted here")
    try:
        source = write_jsonl(tmp_path / "pages.jsonl", texts * 20)
        with pytest.raises(FatalError, match="No space left"):
            run_batch([str(source)], mount / "out", workers=2, shard_bytes=200_000)
        assert not list(mount.rglob("*.inprogress"))
        import pyarrow.parquet as pq

        for path in (mount / "out" / "data").iterdir():
            with path.open("rb") as file:  # a thread of Arrow's would close it some time later
                pq.ParquetFile(file).read()
    finally:
        subprocess.run(["umount", str(mount)], check=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="who may write everywhere is never refused")
def test_a_folder_that_cannot_be_written(source, tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(FatalError, match="Permission denied"):
        run_batch([source], tmp_path / "locked" / "out")


def kill_and_resume(source: str, out: Path, seed: int, most: float) -> int:
    """SIGKILL the whole run at random moments until one gets through; the number of kills."""
    rng, kills = random.Random(seed), 0
    while True:
        process = start(source, out, *(["--resume"] if (out / "plan.json").exists() else []))
        try:
            # the first kill comes early, whatever the speed of the machine
            process.communicate(timeout=rng.uniform(0.3, most if kills else 0.5) if kills < 4 else None)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
            continue
        assert process.returncode == 0
        return kills


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_the_whole_run_killed_at_random_moments_and_resumed(source, tmp_path, undisturbed, bytes_of, seed):
    kills = kill_and_resume(source, tmp_path / "out", seed, most=2.0)
    assert kills >= 1
    assert bytes_of(tmp_path / "out") == undisturbed
    assert not list((tmp_path / "out").rglob("*.inprogress"))


@pytest.mark.parametrize("point", ["renamed", "ledger", "ledgered"])
def test_the_run_killed_between_publishing_and_the_ledger(source, tmp_path, undisturbed, bytes_of, point):
    out = tmp_path / "out"
    process = start(source, out, "--workers", "0", BILINGUAL_FAULT=f"{point}:2:kill")
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert finish(source, out, "--resume") == 0
    assert bytes_of(out) == undisturbed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_lets_the_shards_in_flight_finish(tmp_path, texts, write_jsonl, bytes_of, number):
    source = str(write_jsonl(tmp_path / "many.jsonl", texts * 30))
    out = tmp_path / "out"
    process = start(source, out, "--shard-mb", "0.2")
    while not (out / "ledger.jsonl").exists() or not (out / "ledger.jsonl").stat().st_size:
        time.sleep(0.05)
        assert process.poll() is None
    process.send_signal(number)
    _, talk = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "finishing the shards in flight" in talk
    assert "--resume" in talk
    assert not list(out.rglob("*.inprogress"))
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["was_stopped"]
    assert 0 < report["bytes_read"] < report["input_bytes"]
    assert finish(source, out, "--shard-mb", "0.2", "--resume") == 0
    run_batch([source], tmp_path / "whole", shard_bytes=int(0.2 * (1 << 20)))
    assert bytes_of(out) == bytes_of(tmp_path / "whole")
    assert "MB/s" not in start(source, out, "--shard-mb", "0.2", "--resume").communicate()[1]  # nothing was read


@pytest.mark.parametrize(("times", "is_stopped"), [(1, False), (2, True)])
def test_signals_while_the_last_shard_runs_in_this_process(
    source, tmp_path, bytes_of, monkeypatch, times, is_stopped
):
    from bilingual.batch import shard

    real = shard.open_input

    def open_input(path: str) -> object:
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        return real(path)

    monkeypatch.setattr(shard, "open_input", open_input)
    report = run_batch([source], tmp_path / "out")
    assert (report.is_complete, report.was_stopped) == (not is_stopped, is_stopped)
    assert not list((tmp_path / "out").rglob("*.inprogress"))
    monkeypatch.undo()
    assert run_batch([source], tmp_path / "out", resume=True).is_complete
    run_batch([source], tmp_path / "whole")
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")


def test_workers_end_when_the_supervisor_is_killed(tmp_path, texts, write_jsonl):
    psutil = pytest.importorskip("psutil")
    source = str(write_jsonl(tmp_path / "many.jsonl", texts * 60))
    process = start(source, tmp_path / "out", "--shard-mb", "0.2")
    children: list[object] = []
    while len(children) < 2:
        time.sleep(0.1)
        children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not alive
