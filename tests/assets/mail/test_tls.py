"""TLS and login against a real SMTP server on this machine, whose certificate the test makes."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from assets.mail.outbox import Outbox
from assets.mail.settings import PASSWORD_VARIABLE, MailSettings

from .test_outbox import free_port, message

# The server warns of a login without its own STARTTLS, also where TLS is there from the first byte.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
LOGIN, PASSWORD = "netvaerdi", "blåbær-og-grød"


def certificate(folder, name, until=timedelta(days=2)):
    """A self-signed certificate and its key in one file; for the address 127.0.0.1 or for a name."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    try:
        named = x509.IPAddress(ip_address(name))
    except ValueError:
        named = x509.DNSName(name)
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3))
        .not_valid_after(now + until)
        .add_extension(x509.SubjectAlternativeName([named]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


class Server:
    """Keeps what it takes over an encrypted and logged-in connection."""

    def __init__(self):
        self.taken, self.encrypted, self.asked = [], [], []
        self.password = PASSWORD

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(envelope.content)
        self.encrypted.append(server.transport.get_extra_info("cipher") is not None)
        return "250 OK"

    def knows(self, server, session, envelope, mechanism, given):
        self.asked.append(mechanism)
        right = (given.login, given.password) == (LOGIN.encode(), self.password.encode())
        return AuthResult(success=right, handled=False)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("own"), "127.0.0.1")


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def start(server):
    """Start the server with a certificate, ``starttls`` or ``tls``; the settings that fit it."""
    running = []

    def begin(pem, security, **wanted):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(pem)
        kept = {"authenticator": server.knows, "auth_required": True}
        if security == "tls":
            kept |= {"ssl_context": context, "auth_require_tls": False}
        elif security == "starttls":
            kept |= {"tls_context": context, "require_starttls": True}
        else:
            kept |= {"auth_require_tls": False}
        controller = Controller(server, hostname="127.0.0.1", port=free_port(), **kept)
        controller.start()
        running.append(controller)
        given = {"security": security, "login": LOGIN, "ca_file": str(pem), "timeout_seconds": 5.0}
        return MailSettings("127.0.0.1", "a@example.invalid", controller.port, **(given | wanted))

    yield begin
    for controller in running:
        controller.stop()


@pytest.fixture
def outbox(tmp_path, monkeypatch):
    """An outbox with one message, and the right password in the environment."""
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    made = Outbox(tmp_path / "outbox")
    made.queue("k1", message())
    return made


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_out_encrypted_and_logged_in(outbox, start, server, own, security):
    sending = outbox.send(start(own, security))
    assert (sending.sent, sending.waiting, sending.first_cause) == (1, 0, None)
    assert (len(server.taken), server.encrypted, server.asked) == (1, [True], ["PLAIN"])


def test_a_password_in_plain_letters_logs_in_too(outbox, start, server, own, monkeypatch):
    server.password = "blabar"
    monkeypatch.setenv(PASSWORD_VARIABLE, "blabar")
    assert outbox.send(start(own, "starttls")).sent == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_wrong_password_names_its_setting_and_the_mail_goes_when_it_is_mended(
    outbox, start, own, security, monkeypatch
):
    settings = start(own, security)
    for wrong in ("glemt", "glemt på ny"):
        monkeypatch.setenv(PASSWORD_VARIABLE, wrong)
        sending = outbox.send(settings)
        assert (sending.sent, sending.waiting, sending.needs_a_person) == (0, 1, True)
        assert "afviste login (535)" in sending.first_cause.da
        assert "mail.password_file" in sending.first_cause.da and "mail.login" in sending.first_cause.en
        assert LOGIN not in str(sending.first_cause) and wrong not in str(sending.first_cause)
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    assert outbox.send(settings).sent == 1


def test_a_password_that_is_not_to_be_had_leaves_the_mail_waiting(outbox, start, server, own, monkeypatch):
    settings = start(own, "starttls")
    monkeypatch.delenv(PASSWORD_VARIABLE)
    sending = outbox.send(settings)
    assert (sending.waiting, sending.needs_a_person) == (1, True)
    assert "mail.password_file" in sending.first_cause.da
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    assert outbox.send(settings).sent == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for_is_refused_and_the_mail_goes_when_it_is_trusted(
    outbox, start, server, own, security
):
    trusted = start(own, security)
    doubted = replace(trusted, ca_file="")
    sending = outbox.send(doubted)
    assert (sending.sent, sending.waiting, sending.needs_a_person) == (0, 1, True)
    assert "ikke betroet (self-signed certificate)" in sending.first_cause.da
    assert "not trusted" in sending.first_cause.en
    assert "mail.ca_file" in sending.first_cause.da and "mail.ca_file" in sending.first_cause.en
    assert server.asked == []  # no password was given to a server that nobody vouches for
    assert outbox.send(trusted).sent == 1


def test_a_certificate_of_another_name_names_the_host(outbox, start, tmp_path):
    sending = outbox.send(start(certificate(tmp_path, "mail.example.invalid"), "tls"))
    assert (sending.waiting, sending.needs_a_person) == (1, True)
    assert "gælder ikke 127.0.0.1" in sending.first_cause.da and "mail.host" in sending.first_cause.en


def test_a_certificate_that_has_run_out_is_told_as_such(outbox, start, tmp_path):
    sending = outbox.send(start(certificate(tmp_path, "127.0.0.1", timedelta(days=-1)), "starttls"))
    assert (sending.waiting, sending.needs_a_person) == (1, True)
    assert "certificate has expired" in sending.first_cause.da


@pytest.mark.parametrize(("served", "asked"), [("none", "starttls"), ("none", "tls"), ("starttls", "none")])
def test_a_server_that_speaks_otherwise_names_the_security(outbox, start, own, served, asked):
    settings = start(own, served)
    sending = outbox.send(replace(settings, security=asked))
    assert (sending.waiting, sending.needs_a_person) == (1, True)
    assert "mail.security" in sending.first_cause.da and "mail.security" in sending.first_cause.en
    assert outbox.send(settings).sent == 1


def test_a_server_that_wants_a_login_says_so_and_nothing_counts_as_refused(outbox, start, own):
    sending = outbox.send(start(own, "tls", login=""))
    assert (sending.waiting, sending.refused, sending.needs_a_person) == (1, 0, True)
    assert "mail.login" in sending.first_cause.da and "mail.login" in sending.first_cause.en


def test_a_file_that_is_no_certificate_is_named(outbox, start, own, tmp_path):
    (tmp_path / "ca.pem").write_text("intet", encoding="utf-8")
    for path in (tmp_path / "ca.pem", tmp_path / "none.pem"):
        sending = outbox.send(start(own, "tls", ca_file=str(path)))
        assert sending.waiting == 1
        assert "mail.ca_file" in sending.first_cause.da


def test_a_host_that_is_not_known_is_named(outbox):
    sending = outbox.send(MailSettings("mail.example.invalid", "a@example.invalid", timeout_seconds=5.0))
    assert (sending.waiting, sending.needs_a_person) == (1, False)
    assert "mail.host" in sending.first_cause.da
