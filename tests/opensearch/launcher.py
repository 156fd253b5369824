"""Start a small OpenSearch cluster for tests, from what Maven Central has.

Needs Java 17 and Maven, and two minutes at most to fetch 45 MB once; elsewhere the tests that need
a cluster are skipped by name. Nodes run at low priority with 512 MB each, in memory where the
system has a folder for that, and end with the process that started them.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.search.engine.cluster import connection, generations, lease, vocabulary
from tests.postgres import free_port

HERE = Path(__file__).resolve().parent
POM, NODE = HERE / "pom.xml", HERE / "OpenSearchNode.java"
RESOLVE_SECONDS = 120
"""How long fetching and compiling may take together. Only one test process tries, once."""
START_SECONDS = 150
RETRY_SECONDS = 24 * 3600.0
"""How long it is remembered that the artefacts could not be had, so that each run need not try."""
QUICK_START = ("-XX:TieredStopAtLevel=1",)
"""Java's options for a node that runs for minutes: it is compiled quickly instead of well."""
PLAIN, VECTORS = "plain", "vectors"
"""The profiles of pom.xml: a node without plugins, or with the k-NN plugin."""
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"


def fetch_jars(cache: Path, profile: str = PLAIN) -> Path:
    """Return the folder with the jars and our compiled class; skip the test without them.

    Those of the profile `VECTORS` have the k-NN plugin.
    """
    jars, failed = cache / f"jars-{profile}", cache / f"failed-{profile}"
    if os.environ.get("OPENSEARCH") == "no":
        pytest.skip("OPENSEARCH=no")
    if not shutil.which("java"):
        pytest.skip("OpenSearch needs Java 17")
    with (cache / "lock").open("w") as lock:  # for parallel test processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        newest = max(source.stat().st_mtime for source in (POM, NODE))
        if jars.is_dir() and jars.stat().st_mtime >= newest:
            return jars
        if not shutil.which("mvn"):
            pytest.skip("OpenSearch is fetched with Maven")
        if failed.exists() and time.time() - failed.stat().st_mtime < RETRY_SECONDS:
            pytest.skip(f"OpenSearch could not be fetched; to try again, delete {failed}")
        try:
            resolve(cache / "new", profile)
        except (subprocess.SubprocessError, StopIteration) as error:
            failed.touch()
            pytest.skip(f"OpenSearch cannot be fetched: {type(error).__name__}")
        shutil.rmtree(jars, ignore_errors=True)
        (cache / "new").rename(jars)
        os.utime(jars)
    return jars


def resolve(folder: Path, profile: str = PLAIN) -> None:
    """Fetch the jars into a folder, and compile our class there with the compiler among them."""
    shutil.rmtree(folder, ignore_errors=True)
    deadline = time.monotonic() + RESOLVE_SECONDS
    fetch = ["mvn", "-q", "-B", "-f", POM, f"-P{profile}", COPY, f"-DoutputDirectory={folder}"]
    subprocess.run(fetch, check=True, capture_output=True, timeout=RESOLVE_SECONDS)
    for plugin in folder.glob("*.zip"):
        with zipfile.ZipFile(plugin) as archive:
            archive.extractall(folder, [n for n in archive.namelist() if n.endswith(".jar")])
        plugin.unlink()
    compiler = ["java", "-jar", next(folder.glob("ecj-*.jar")), "-17", "-nowarn"]
    compile_node = [*compiler, "-cp", class_path(folder), "-d", folder, NODE]
    remaining = max(0.0, deadline - time.monotonic())
    subprocess.run(compile_node, check=True, capture_output=True, timeout=remaining)


def class_path(jars: Path) -> str:
    """The class path of a node."""
    return os.pathsep.join(map(str, [jars, *sorted(jars.glob("*.jar"))]))


@contextlib.contextmanager
def start_cluster(
    cache: Path, count: int = 1, options: Sequence[str] = QUICK_START, profile: str = PLAIN
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Yield the nodes' addresses with their processes; they are stopped and deleted at the end.

    `options` are Java's; for `profile`, see `fetch_jars`.
    """
    jars = fetch_jars(cache, profile)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory, prefix="opensearch-") as folder:
        ports = free_ports(2 * count)
        nodes = {
            f"http://127.0.0.1:{port}": start_node(jars, Path(folder), number, ports, options)
            for number, port in enumerate(ports[:count])
        }
        try:
            for address, process in nodes.items():
                wait_for(f"{address}/_cluster/health?wait_for_nodes={count}", process)
            yield nodes
        finally:
            for process in nodes.values():
                process.kill()
                process.wait()


@contextlib.contextmanager
def patient_searches() -> Iterator[None]:
    """Let searches and writers wait a minute for the cluster, which is slow if this machine is
    busy."""
    with pytest.MonkeyPatch.context() as patch:
        for limit in ("ANSWER_SECONDS", "SECOND_ANSWER_SECONDS"):
            patch.setattr(connection, limit, 60.0)
        for limit in ("_ATTEMPT_SECONDS", "_ATTEMPT_SECONDS_OF_SEVERAL"):
            patch.setattr(connection, limit, 60.0)
        patch.setattr(connection, "_COUNT_SECONDS", 60.0)
        patch.setattr(lease, "_GIVE_BACK_SECONDS", 60.0)
        patch.setattr(vocabulary, "WAIT_SECONDS", 60.0)
        patch.setattr(generations, "_COPIES_TIMEOUT", "50s")  # shorter than WRITE_SECONDS
        yield


def start_node(
    jars: Path,
    folder: Path,
    number: int,
    ports: list[int],
    options: Sequence[str] = QUICK_START,
) -> subprocess.Popen[bytes]:
    """Start one node; the first half of the ports is for HTTP, the other for the nodes' talk."""
    count = len(ports) // 2
    names = [f"node-{n}" for n in range(count)]
    settings = {
        "path.home": folder / names[number],
        "cluster.name": "claimdesk-tests",
        "node.name": names[number],
        "network.host": "127.0.0.1",
        "http.port": ports[number],
        "transport.port": ports[count + number],
        "indices.query.bool.max_clause_count": 8192,
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    if count == 1:
        settings["discovery.type"] = "single-node"
    else:
        seeds = (f"127.0.0.1:{port}" for port in ports[count:])
        settings["discovery.seed_hosts"] = ",".join(seeds)
        settings["cluster.initial_cluster_manager_nodes"] = ",".join(names)
    memory = ["-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"]
    java = ["java", *memory, *options, "-cp", class_path(jars), "OpenSearchNode"]
    with (folder / f"{names[number]}.log").open("wb") as log:
        return subprocess.Popen(
            ["nice", "-n", "10", *java, *(f"{name}={value}" for name, value in settings.items())],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
        )


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a node answers; skip the test if this machine is too busy for it."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=30):
            return
        if process.poll() is not None:
            raise RuntimeError(f"OpenSearch ended with status {process.returncode}")
        time.sleep(0.2)
    pytest.skip(f"OpenSearch did not start in {START_SECONDS} seconds")


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses."""
    ports = set[int]()
    while len(ports) < count:
        ports.add(free_port())
    return list(ports)
