"""What the two commands do before they begin, on machines we invent: a PATH that holds only what the case grants."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEST_PACKAGES = ["chromium", "libatomic1", "poppler-utils", "postgresql"]
RUN_PACKAGES = ["python3-venv", "make", "fonts-noto-cjk"]


class Machine:
    """An invented machine: commands are added one by one; what apt-get is asked is kept in a file."""

    def __init__(self, folder: Path) -> None:
        """Begin with a shell and next to nothing else."""
        self.folder, self.asked_file = folder, folder / "asked"
        for command in ["sh", "dirname", "env", "true"]:
            self.has_real(command)

    def has(self, command: str, script: str) -> None:
        """Add a command."""
        path = self.folder / command
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def has_real(self, command: str) -> None:
        """Add a command of the machine the tests run on."""
        self.has(command, f'exec {shutil.which(command)} "$@"')

    def has_packages(self, packages: list[str]) -> None:
        """Add dpkg, to which these packages are installed."""
        cases = " | ".join(packages) or "none"
        self.has("dpkg-query", f'case "$3" in {cases}) printf installed ;; *) exit 1 ;; esac')

    def has_apt(self, user_id: int) -> None:
        """Add apt-get, and a user."""
        self.has("apt-get", f'echo "$DEBIAN_FRONTEND $*" >>"{self.asked_file}"')
        self.has("id", f"echo {user_id}")

    def prepare(self, purpose: str) -> subprocess.CompletedProcess[str]:
        """Run scripts/prepare.sh on this machine."""
        return subprocess.run(
            [ROOT / "scripts/prepare.sh", purpose],
            env={"PATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def asked(self) -> list[str]:
        """What apt-get was asked, line by line."""
        return self.asked_file.read_text(encoding="utf-8").splitlines() if self.asked_file.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_machine_that_has_all_packages_is_left_alone(machine: Machine) -> None:
    machine.has_packages(RUN_PACKAGES + TEST_PACKAGES)
    machine.has_apt(user_id=0)
    done = machine.prepare("test")
    assert (done.returncode, done.stdout, done.stderr, machine.asked) == (0, "", "", [])


def test_root_gets_exactly_the_missing_packages(machine: Machine) -> None:
    machine.has_packages(["python3-venv", "make", "libatomic1"])
    machine.has_apt(user_id=0)
    assert machine.prepare("test").returncode == 0
    update, install = machine.asked
    assert update.endswith(" update")
    assert install.startswith("noninteractive ")
    assert install.endswith(" install --no-install-recommends fonts-noto-cjk chromium poppler-utils postgresql")


def test_running_asks_for_nothing_that_only_tests_need(machine: Machine) -> None:
    machine.has_packages(RUN_PACKAGES)
    machine.has_apt(user_id=0)
    assert machine.prepare("run").returncode == 0
    assert machine.asked == []


def test_sudo_without_a_password_serves_as_root(machine: Machine) -> None:
    machine.has_packages(RUN_PACKAGES)
    machine.has_apt(user_id=1000)
    machine.has("sudo", 'shift; exec "$@"')
    assert machine.prepare("test").returncode == 0
    assert len(machine.asked) == 2


def test_without_rights_one_line_to_type_is_printed_and_nothing_is_done(machine: Machine) -> None:
    machine.has_packages(RUN_PACKAGES)
    machine.has_apt(user_id=1000)
    machine.has("sudo", "exit 1")
    stopped = machine.prepare("test")
    assert (stopped.returncode, machine.asked) == (3, [])
    assert (
        "sudo apt-get update && sudo apt-get install --no-install-recommends " + " ".join(TEST_PACKAGES)
        in stopped.stderr
    )


def test_where_there_is_no_dpkg_the_commands_themselves_are_looked_for(machine: Machine) -> None:
    for command in ["python3", "make", "chromium", "pdftotext", "initdb"]:
        machine.has(command, "exit 0")
    machine.has("fc-list", "echo font")
    machine.has_real("grep")
    assert machine.prepare("test").returncode == 0


def test_where_there_is_no_dpkg_what_is_missing_is_named(machine: Machine) -> None:
    machine.has("id", "echo 0")
    stopped = machine.prepare("run")
    assert stopped.returncode == 3
    assert " ".join(RUN_PACKAGES) in stopped.stderr


def test_an_unknown_purpose_is_refused(machine: Machine) -> None:
    assert machine.prepare("bake").returncode == 2


@pytest.mark.parametrize("script", ["scripts/prepare.sh", "scripts/setup.sh", "scripts/test.sh", ".ci/run"])
def test_each_script_may_be_executed_and_its_syntax_is_sound(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    shell = "bash" if "bash" in (ROOT / script).read_text(encoding="utf-8").splitlines()[0] else "sh"
    assert subprocess.run([shell, "-n", ROOT / script], check=False).returncode == 0


def test_make_alone_lists_every_command() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    phony = next(line for line in lines if line.startswith(".PHONY:")).split()[1:]
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert [line.split()[1] for line in listed.splitlines()] == phony
