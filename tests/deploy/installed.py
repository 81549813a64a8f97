"""The whole of ``deploy/`` installed and at work, in a namespace of mounts and network of its own.

``unshare -mn python -m tests.deploy.installed HOME``, as root. Nothing of the machine is touched: /opt, /var,
/etc and /tmp are this namespace's own. The lines of docs/deploy.md are followed; every unit's command line
then runs at its own path, as the account that its unit names, without capabilities or new privileges, on a
system that is read-only but for the unit's own paths, as systemd would have it. What is in HOME comes to
/var/lib/netvaerdi. One object of JSON on the standard output says what was found.
"""

import base64
import fcntl
import json
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO

REPOSITORY = Path(__file__).resolve().parents[2]
ACCOUNT = "netvaerdi"
NUMBER = 64_900
USERS = {"anne": "netvaerdi-analyst", "ove": "netvaerdi-operator", "lis": "netvaerdi-leader"}
DELETE = 'mutation {deleteRun(runId: "00000000-0000-0000-0000-000000000000") {__typename}}'
HEALTH = "{instance {daemonHealth {allDaemonStatuses {daemonType required healthy}}}}"
PERMISSIONS = (
    "from pathlib import Path; from assets.home import Home; "
    "from assets.people.permissions import apply_permissions; "
    "apply_permissions(Home(Path('/var/lib/netvaerdi')))"
)
SECONDS = 240
SAID = Path("/var/log/services")


def sh(line: str) -> None:
    """A line of the shell that must go well."""
    subprocess.run(["sh", "-ec", line], check=True, cwd="/opt/netvaerdi", stdout=sys.stderr)


def lay_over(folder: str) -> None:
    """An empty folder of this namespace over one of the machine."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "none", folder], check=True)


def closed_above(path: Path) -> list[str]:
    """The outermost folder above a path that is its owner's alone, if any."""
    return [str(one) for one in reversed(path.parents) if not one.stat().st_mode & 0o001][:1]


def keep_reachable(paths: list[Path], folders: list[str]) -> None:
    """Lay over some folders, and those that keep others out; every account reaches the paths all the same."""
    for number, path in enumerate(paths):
        aside = Path(f"/opt/aside/{number}")
        aside.mkdir(parents=True)
        subprocess.run(["mount", "--rbind", path, aside], check=True)
    over = {*folders, *(folder for path in paths for folder in closed_above(path))}
    for folder in sorted(over):
        lay_over(folder)
    for number, path in enumerate(paths):
        if any(path.is_relative_to(folder) for folder in over):
            path.mkdir(parents=True)
            subprocess.run(["mount", "--rbind", f"/opt/aside/{number}", path], check=True)


def network_up() -> None:
    """The machine itself can be reached, and nothing else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh", b"lo", 1))  # SIOCSIFFLAGS, IFF_UP


def prepare(home: Path) -> None:
    """A Debian with the code in /opt/netvaerdi, the account, and nothing installed yet."""
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    network_up()
    copy_of_etc, copy_of_home = Path("/opt/etc"), Path("/opt/home")
    lay_over("/opt")
    shutil.copytree(home, copy_of_home)
    subprocess.run(["cp", "-a", "/etc", copy_of_etc], check=True)
    keep_reachable([Path(sys.base_prefix), REPOSITORY], ["/var", "/tmp", "/run"])
    code = Path("/opt/netvaerdi")
    code.mkdir()
    subprocess.run(["mount", "--rbind", REPOSITORY, code], check=True)
    subprocess.run(["mount", "--bind", copy_of_etc, "/etc"], check=True)
    Path("/tmp").chmod(0o1777)
    for folder in ("/var/lib/nginx", "/var/log/nginx", "/var/backups", "/etc/systemd/system"):
        Path(folder).mkdir(parents=True, exist_ok=True)
    with Path("/etc/passwd").open("a", encoding="utf-8") as passwd:
        passwd.write(f"{ACCOUNT}:x:{NUMBER}:{NUMBER}::/var/lib/netvaerdi:/usr/sbin/nologin\n")
    members = {"": "", "-web": f"{ACCOUNT},www-data", "-audit": ACCOUNT, "-research": ACCOUNT}
    with Path("/etc/group").open("a", encoding="utf-8") as group:
        for number, (name, accounts) in enumerate(members.items(), start=NUMBER):
            group.write(f"{ACCOUNT}{name}:x:{number}:{accounts}\n")


def install() -> list[str]:
    """What the page says is to be done, but for accounts, passwords and what systemd does; the lines done."""
    page = (REPOSITORY / "docs" / "deploy.md").read_text(encoding="utf-8")
    block = page.split("```\n")[1]
    done = []
    for line in block.splitlines():
        if line.startswith(("install ", "cp ")):
            sh(line)
            done.append(line)
        elif line.startswith("sudo -u netvaerdi ") and line.endswith(" init"):
            command = line.removeprefix("sudo -u netvaerdi ")
            well(["env", *shlex.split(command)])
            done.append(line)
    return done


def settings(unit: str) -> dict[str, list[str]]:
    """Every setting of a unit's service, with all of its values."""
    found: dict[str, list[str]] = {}
    for line in Path(f"/etc/systemd/system/{unit}").read_text(encoding="utf-8").splitlines():
        name, is_setting, value = line.partition("=")
        if is_setting:
            found.setdefault(name, []).append(value)
    return found


def start(unit: str, told: int | IO[bytes] = subprocess.PIPE) -> subprocess.Popen:
    """Start a unit's command as systemd would; what it says goes to ``told``."""
    given = settings(unit)
    assert given["User"] == [ACCOUNT]
    environment = dict(
        pair.split("=", 1) for line in given["Environment"] for pair in shlex.split(line) if "=" in pair
    )
    writable = [path for line in given["ReadWritePaths"] for path in line.split()]
    (command,) = given["ExecStart"]
    return as_account(shlex.split(command), environment, writable, given["UMask"][0], told)


def as_account(
    command: list[str],
    environment: dict[str, str],
    writable: list[str],
    umask: str = "0077",
    told: int | IO[bytes] = subprocess.PIPE,
) -> subprocess.Popen:
    """A process without rights, on a system that is read-only but for some paths."""
    mounts = [f"mount --bind {path} {path}" for path in dict.fromkeys(writable)]
    mounts += [
        f"mount -o remount,ro,bind {place}" for place in ("/", "/var", "/etc", "/opt", "/opt/netvaerdi")
    ]
    mounts.append(f"umask {umask}")
    bare = ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--init-groups", "--no-new-privs"]
    bare += ["--bounding-set=-all", "--inh-caps=-all", *command]
    return subprocess.Popen(
        ["unshare", "-m", "sh", "-ec", "; ".join([*mounts, f"exec {shlex.join(bare)}"])],
        env={"PATH": os.environ["PATH"], "HOME": "/var/lib/netvaerdi", "LANG": "C.UTF-8", **environment},
        cwd="/opt/netvaerdi",
        stdout=told,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def well(command: list[str]) -> None:
    """A command of the account in its home that must go well."""
    process = as_account(command, {}, ["/var/lib/netvaerdi"])
    said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, said


def once(unit: str) -> tuple[int, str]:
    """A unit that ends by itself: exit status, and what it said."""
    process = start(unit)
    said, _ = process.communicate(timeout=SECONDS)
    return process.returncode, said


def sign_in() -> None:
    """Users, their roles, and a certificate; the web server in front."""
    place = Path("/etc/nginx/netvaerdi")
    (place / "roles.map").write_text("".join(f"{u} {r};\n" for u, r in USERS.items()), encoding="utf-8")
    for user in USERS:
        sh(f'echo "{user}:$(openssl passwd -apr1 {user})" >> {place}/users')
    sh(
        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=netvaerdi -days 2 "
        f"-keyout {place}/tls.key -out {place}/tls.crt 2>&1"
    )
    Path("/etc/nginx/sites-enabled/default").unlink(missing_ok=True)
    subprocess.run(["nginx"], check=True, stdout=sys.stderr)


def ask(user: str, query: str = "", path: str = "/graphql") -> tuple[int, str]:
    """What the web server answers to a user: status and text."""
    request = urllib.request.Request("https://127.0.0.1" + path)
    if query:
        request.data = json.dumps({"query": query}).encode()
        request.add_header("Content-Type", "application/json")
    if user:
        request.add_header("Authorization", "Basic " + base64.b64encode(f"{user}:{user}".encode()).decode())
    trusting = ssl.create_default_context(cafile="/etc/nginx/netvaerdi/tls.crt")
    trusting.check_hostname = False
    try:
        with urllib.request.urlopen(request, timeout=60, context=trusting) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def until(true: Callable[[], bool], services: dict[str, subprocess.Popen]) -> None:
    """Wait for something that the services bring about, as long as they are at work."""
    end = time.monotonic() + SECONDS
    while not true():
        ended = {name: process.poll() for name, process in services.items()}
        alive = all(code is None for code in ended.values())
        assert alive and time.monotonic() < end, f"it does not come; {ended}; {SAID.read_text()[-20_000:]}"
        time.sleep(0.5)


def healthy() -> bool:
    """Whether every part of the daemon that must be at work says it is."""
    status, said = ask("ove", HEALTH)
    if status != 200:
        return False
    parts = json.loads(said)["data"]["instance"]["daemonHealth"]["allDaemonStatuses"]
    needed = [part["healthy"] for part in parts if part["required"]]
    return bool(needed) and all(needed)


def listening() -> list[str]:
    """Addresses and ports that anything listens on, as the kernel writes them."""
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return sorted({line.split()[1] for line in lines if line.split()[3] == "0A"})


def status_of(process: subprocess.Popen) -> dict[str, str]:
    """What the kernel says of a process's rights."""
    text = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return {
        name: re.search(rf"^{name}:\s*(\S+)", text, re.MULTILINE).group(1)
        for name in ("Uid", "NoNewPrivs", "CapEff", "CapBnd")
    }


def main(home: Path) -> None:
    """Install, run every unit, ask as each role, stop."""
    prepare(home)
    found: dict = {"installed": install()}
    found["made"] = sorted(path.name for path in Path("/var/lib/netvaerdi").iterdir())
    subprocess.run(["cp", "-rT", "/opt/home", "/var/lib/netvaerdi"], check=True)
    sh(f"chown -R {ACCOUNT}:{ACCOUNT} /var/lib/netvaerdi")
    as_a_run_does = ["/opt/netvaerdi/.venv/bin/python", "-c", PERMISSIONS]
    well(as_a_run_does)
    for unit in ("backup", "retention", "doctor"):
        found[unit] = once(f"netvaerdi-{unit}.service")
    found["backups"] = [
        [oct(path.stat().st_mode & 0o777), path.owner()] for path in Path("/var/backups/netvaerdi").iterdir()
    ]
    names = ("daemon", "operate", "read")
    with SAID.open("wb") as told:  # a pipe that nobody reads would hold them up
        services = {name: start(f"netvaerdi-{name}.service", told) for name in names}
    try:
        sign_in()
        until(lambda: all(ask(user, "{version}")[0] == 200 for user in ("anne", "ove")), services)
        found["delete"] = {user: ask(user, DELETE)[1] for user in ("anne", "ove")}
        found["refused"] = [ask("", "{version}"), ask("lis", "{version}")]
        found["reports"] = ask("lis", path="/reports/")
        until(healthy, services)
        found["listening"] = listening()
        logs = Path("/var/log/netvaerdi")
        found["logs"] = [oct(logs.stat().st_mode & 0o777), sorted(path.name for path in logs.iterdir())]
        found["rights"] = {name: status_of(process) for name, process in services.items()}
    finally:
        subprocess.run(["nginx", "-s", "stop"], check=False, stdout=sys.stderr)
        for process in services.values():
            os.kill(process.pid, signal.SIGINT)
        found["ended"] = {name: process.wait(60) for name, process in services.items()}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
