"""The web server as it is installed: TLS, sign-in, and each role sees what it may, run without rights."""

import base64
import gzip
import http.client
import os
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
CONFIGURATION = DEPLOY / "nginx" / "netvaerdi.conf"
NOBODY = 65_534
SIGN_ON = "127.0.0.2"  # the municipality's own sign-on; everybody else comes from 127.0.0.1
ROLES = {
    "anne": "netvaerdi-analyst",
    "ove": "netvaerdi-operator",
    "lis": "netvaerdi-leader",
    "revi": "netvaerdi-auditor",
}
MAIN = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    include {folder}/netvaerdi.conf;
}}
"""


class Backend(BaseHTTPRequestHandler):
    """Says which server it is and what was passed on."""

    def do_GET(self):
        if self.path == "/hang-up":
            self.close_connection = True
            return
        passed = {name.lower(): value for name, value in self.headers.items()}
        names = ("x-netvaerdi-role", "x-netvaerdi-user", "x-remote-user", "authorization")
        said = " ".join([self.server.server_name_said, *(str(passed.get(name)) for name in names)])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(said.encode())

    do_POST = do_GET

    def log_message(self, *given):
        pass


def backend(name):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    server.server_name_said = name
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def hashed(password):
    done = subprocess.run(
        ["openssl", "passwd", "-apr1", password], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def placed(text, folder):
    """A file of ``deploy/`` with everything in one folder."""
    for place in ("/etc/nginx/netvaerdi", "/var/log/netvaerdi", "/var/lib/netvaerdi", "/run"):
        text = text.replace(place, str(folder))
    return text.replace("/var/log/nginx", f"{folder}/nginx")


@pytest.fixture(scope="module")
def site():
    """The address, and a folder with its log."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    servers = {"3000": backend("operate"), "3001": backend("read")}
    with ThreadingHTTPServer(("127.0.0.1", 0), Backend) as taken:
        port = taken.server_port
    text = placed(CONFIGURATION.read_text(encoding="utf-8"), folder)
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}")
    for number, server in servers.items():
        text = text.replace(f"127.0.0.1:{number}", f"127.0.0.1:{server.server_port}")
    (folder / "netvaerdi.conf").write_text(text, encoding="utf-8")
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    (folder / "roles.map").write_text(
        "".join(f"{user} {role};\n" for user, role in ROLES.items()), encoding="utf-8"
    )
    (folder / "proxies.map").write_text(f"{SIGN_ON} 1;\n", encoding="utf-8")
    users = [*ROLES, "ukendt"]
    (folder / "users").write_text("".join(f"{user}:{hashed(user)}\n" for user in users), encoding="utf-8")
    shutil.copytree(DEPLOY / "nginx" / "pages", folder / "pages")
    (folder / "reports").mkdir()
    (folder / "reports" / "indeks.html").write_text("rapporten", encoding="utf-8")
    (folder / "kontrol").mkdir()
    (folder / "kontrol" / "seneste.html").write_text("kontrollerne", encoding="utf-8")
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=netvaerdi",
        "-days",
        "2",
    ]
    made += ["-keyout", folder / "tls.key", "-out", folder / "tls.crt"]
    subprocess.run(made, check=True, capture_output=True)
    other = {}
    if os.geteuid() == 0:
        other = {"user": NOBODY, "group": NOBODY}
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [program, "-e", folder / "error.log", "-p", folder, "-c", folder / "nginx.conf"]
    with subprocess.Popen(command, cwd="/", **other) as server:
        for _ in range(100):
            if server.poll() is not None or (folder / "nginx.pid").exists():
                break
            time.sleep(0.1)
        assert server.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
        yield f"https://127.0.0.1:{port}", folder
        server.terminate()
    for one in servers.values():
        one.shutdown()
    shutil.rmtree(folder)


def opener(trusting, source):
    """Opens addresses from one of this machine's own."""

    class From(urllib.request.HTTPSHandler):
        def https_open(self, request):
            def connect(host, **given):
                return http.client.HTTPSConnection(
                    host, source_address=(source, 0), context=trusting, **given
                )

            return self.do_open(connect, request)

    return urllib.request.build_opener(From)


@pytest.fixture
def get(site):
    """Ask as a user; status and text."""
    trusting = ssl.create_default_context(cafile=site[1] / "tls.crt")
    trusting.check_hostname = False

    def ask(path, user="", method="GET", source="127.0.0.1", **headers):
        request = urllib.request.Request(site[0] + path, method=method, headers=headers)
        if user:
            request.add_header(
                "Authorization", "Basic " + base64.b64encode(f"{user}:{user}".encode()).decode()
            )
        try:
            with opener(trusting, source).open(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    return ask


pytestmark = pytest.mark.nginx


def test_f46_nobody_gets_in_without_signing_in(get):
    assert [get(path)[0] for path in ("/", "/reports/", "/graphql")] == [401, 401, 401]


def test_f54_every_role_reads_the_reports_and_a_user_without_a_role_nothing(get):
    assert [get("/reports/", user) for user in ROLES] == [(200, "rapporten")] * len(ROLES)
    assert [get(path, "ukendt")[0] for path in ("/", "/reports/")] == [403, 403]


def test_f54_the_pages_of_the_checks_are_for_those_who_see_dagster(get):
    page = "/kontrol/seneste.html"
    assert [get(page, user) for user in ("anne", "revi", "ove")] == [(200, "kontrollerne")] * 3
    for path in (page, "/kontrol/", "/reports/../kontrol//seneste.html"):
        assert get(path, "lis")[0] == 403


def test_f54_readers_get_the_read_only_server_and_operations_the_other(get):
    assert get("/", "anne")[1].startswith("read netvaerdi-analyst")
    assert get("/", "revi")[1].startswith("read netvaerdi-auditor")
    assert get("/", "ove")[1].startswith("operate netvaerdi-operator")
    assert get("/", "lis")[0] == 403


def test_f54_a_role_that_the_browser_sends_is_dropped_and_the_password_stays_here(get):
    sent = {"X-Netvaerdi-Role": "netvaerdi-operator", "X-Netvaerdi-User": "ove"}
    assert get("/", "anne", **sent)[1] == "read netvaerdi-analyst anne None None"


def test_f54_the_municipalitys_own_sign_on_is_believed_from_its_proxy_and_asks_for_no_password(get):
    assert get("/", source=SIGN_ON, **{"X-Remote-User": "anne"}) == (
        200,
        "read netvaerdi-analyst anne None None",
    )
    assert get("/", source=SIGN_ON, **{"X-Remote-User": "ove"})[1].startswith(
        "operate netvaerdi-operator ove"
    )
    assert get("/reports/", source=SIGN_ON, **{"X-Remote-User": "lis"}) == (200, "rapporten")
    assert get("/", source=SIGN_ON, **{"X-Remote-User": "lis"})[0] == 403
    assert get("/", source=SIGN_ON, **{"X-Remote-User": "fremmed"})[0] == 403


def test_f54_the_same_header_from_anywhere_else_is_nothing(get):
    assert get("/", **{"X-Remote-User": "ove"})[0] == 401
    assert get("/reports/", **{"X-Remote-User": "anne"})[0] == 401
    assert get("/", "anne", **{"X-Remote-User": "ove"})[1] == "read netvaerdi-analyst anne None None"


@pytest.mark.parametrize("name", ["", "ove, anne", "ove anne", "../ove", "ové"])
def test_f54_what_is_no_plain_name_signs_nobody_in(get, name):
    assert get("/", source=SIGN_ON, **{"X-Remote-User": name})[0] == 401


def test_reports_can_only_be_read_and_no_path_leads_out_of_them(get):
    assert get("/reports/", "anne", method="DELETE")[0] == 403
    assert get("/reports/../users", "lis")[0] in (400, 403, 404)
    assert get("/reports..%2fusers", "lis")[0] in (400, 403, 404)


def test_the_log_says_who_asked_for_what_and_no_path_forges_a_line(get, site):
    get("/graphql?x=%0a%22forged", "ove", method="POST")
    get("/%0a%22%7d%7b%22user%22:%22forged", "anne")
    get("/kontrol/en.html?nummer=1", "lis")
    time.sleep(0.2)
    lines = (site[1] / "web.log").read_text(encoding="utf-8").splitlines()
    assert all(line.startswith('{"at":"') and line.endswith('"}') for line in lines)
    assert any(
        '"user":"ove","role":"netvaerdi-operator","method":"POST","path":"/graphql"' in line for line in lines
    )
    refused = '"user":"lis","role":"netvaerdi-leader","method":"GET","path":"/kontrol/en.html","status":"403"'
    assert any(refused in line for line in lines)


PAGES = {"401": "Log ind", "403": "ikke adgang", "404": "findes ikke", "502": "svarer ikke"}


def test_whoever_is_refused_gets_a_page_in_two_languages_that_says_what_to_do(get):
    answers = {
        "401": get("/reports/"),
        "403": get("/", "lis"),
        "404": get("/reports/2031.html", "lis"),
        "502": get("/hang-up", "anne"),
    }
    assert {status: str(given) for status, (given, _) in answers.items()} == {key: key for key in PAGES}
    for status, (_, page) in answers.items():
        assert page == (DEPLOY / "nginx" / "pages" / f"{status}.html").read_text(encoding="utf-8")
        assert PAGES[status] in page
    assert get("/netvaerdi-page/403.html", "anne")[0] == 404  # only where something was refused


def test_the_browser_still_asks_for_the_password_beside_the_page(site):
    trusting = ssl.create_default_context(cafile=site[1] / "tls.crt")
    trusting.check_hostname = False
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(site[0] + "/reports/", context=trusting, timeout=20)
    assert refused.value.headers["WWW-Authenticate"] == 'Basic realm="Netvaerdi"'
    assert refused.value.headers["Content-Type"] == "text/html"


@pytest.mark.logrotate
def test_the_log_is_changed_while_the_server_runs_and_no_line_is_lost(get, site):
    folder = site[1]
    # Debian's own, whose files no other may name.
    beside = "/var/log/nginx/*.log {\n    rotate 14\n    missingok\n}\n"
    name, group = ("nobody", "nogroup") if os.geteuid() == 0 else (os.getuid(), os.getgid())
    ours = (DEPLOY / "logrotate" / "netvaerdi").read_text(encoding="utf-8")
    ours = ours.replace("www-data adm", f"{name} {group}")
    (folder / "logrotate").write_text(placed(ours + beside, folder), encoding="utf-8")
    (folder / "nginx").mkdir()
    (folder / "nginx" / "access.log").write_text("en\n", encoding="utf-8")
    before = len((folder / "web.log").read_text(encoding="utf-8").splitlines())
    program = shutil.which("logrotate") or "/usr/sbin/logrotate"

    def told(line):  # the server writes its line when it has answered
        return line in (folder / "web.log").read_text(encoding="utf-8")

    for number in range(3):
        assert get(f"/reports/?{number}", "anne")[0] == 200
        until = time.monotonic() + 10
        while not told(f"/reports/?{number}") and time.monotonic() < until:
            time.sleep(0.02)
        if number < 2:
            command = [program, "-f", "-s", folder / "state", folder / "logrotate"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            time.sleep(0.3)  # the server opens the new file when it hears of it
    kept = [folder / "web.log", folder / "web.log.1", folder / "web.log.2.gz"]
    assert [oct(path.stat().st_mode & 0o777) for path in kept[:2]] == ["0o640"] * 2
    lines = [len(path.read_bytes().splitlines()) for path in kept[:2]]
    lines.append(len(gzip.decompress(kept[2].read_bytes()).splitlines()))
    assert lines == [1, 1, before + 1]
    assert (folder / "nginx" / "access.log.1").exists()
