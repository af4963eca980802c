"""The guarded way out: what it brings back, what it refuses, and that nothing inside is ever touched."""

import datetime as dt
import gzip
import ipaddress
import socket
import ssl
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import transaction

from insignia.core.errors import Rejected, Unavailable
from insignia.domain.ground import outside, targets
from insignia.domain.ground.fetching import fetch

from .listeners import drop_by_drop, fixed, listening, raw, silence, without_end
from .spellings import ALL

JSON = ("application/json",)
OK = fixed("200 OK", b"{}")


@pytest.fixture
def canary(monkeypatch):
    """Listens on this machine at a port that is otherwise allowed, in both families. Nobody may come."""
    with (
        listening(fixed("200 OK", b"{}")) as four,
        listening(fixed("200 OK", b"{}"), host="::1", port=four.port) as six,
    ):
        monkeypatch.setattr(targets, "PORTS", targets.PORTS | {four.port})
        yield four
        assert four.connections == six.connections == 0


@pytest.fixture
def trusted(settings):
    """Serve these answers where the operator has allowed it."""

    def serve(*answers, **options):
        server = listening(*answers, **options)
        listener = server.__enter__()
        opened.append(server)
        settings.FETCH_ALLOW = [*settings.FETCH_ALLOW, f"127.0.0.1:{listener.port}", f"issuer.example:{listener.port}"]
        return listener

    opened = []
    settings.FETCH_ALLOW = []
    yield serve
    for server in opened:
        server.__exit__(None, None, None)


def here(_host, _port):
    return ["127.0.0.1"]


def test_there_are_many_spellings():
    assert len(set(ALL)) >= 150


@pytest.mark.parametrize("spelling", ALL, ids=ascii)
def test_no_spelling_reaches_this_machine(canary, spelling):
    with pytest.raises((Rejected, Unavailable)):
        fetch(spelling.replace("{p}", str(canary.port)), accept=("*/*",), timeout=3)


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["10.1.2.3"],
        ["fe80::1%lo"],
        ["1.1.1.1", "127.0.0.1"],
        ["127.0.0.1", "1.1.1.1"],
        ["2606:4700::1", "::1"],
    ],
    ids=str,
)
def test_one_closed_address_among_those_of_a_name_is_enough_to_refuse_it(canary, addresses):
    with pytest.raises(Rejected) as refused:
        fetch(f"http://public.example:{canary.port}/", accept=JSON, resolver=lambda *_: addresses)
    assert refused.value.code == "fetch_address"


def test_a_name_is_asked_once_and_connected_to_where_it_was_checked(canary, monkeypatch):
    asked, connected = [], []

    def rebinding(host, _port):
        asked.append(host)
        return ["1.1.1.1"] if len(asked) == 1 else ["127.0.0.1"]

    def connect(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unavailable):
        fetch(f"http://public.example:{canary.port}/", accept=JSON, resolver=rebinding)
    assert asked == ["public.example"]
    assert connected == [("1.1.1.1", canary.port)]


def test_the_whole_answer_is_brought_back_with_the_name_as_host(trusted):
    server = trusted(fixed("200 OK", b'{"a": 1}', content_type="Application/JSON; charset=utf-8"))
    fetched = fetch(f"http://issuer.example:{server.port}/did.json?x=1#frag", accept=JSON, resolver=here)
    assert fetched.body == b'{"a": 1}'
    assert fetched.status == 200
    assert fetched.content_type == "application/json"
    assert fetched.url == f"http://issuer.example:{server.port}/did.json?x=1"
    request = server.requests[0].decode().split("\r\n")
    assert request[0] == "GET /did.json?x=1 HTTP/1.1"
    assert f"Host: issuer.example:{server.port}" in request
    assert "Accept-Encoding: identity" in request
    assert not any(line.lower().startswith(("cookie", "authorization")) for line in request)


def test_a_chunked_answer_is_put_together(trusted):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    server = trusted(raw(head + b"3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n"))
    assert fetch(f"http://127.0.0.1:{server.port}/", accept=JSON).body == b"[1,2]"


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_followed_with_all_checks_anew(trusted, canary, status):
    server = trusted(fixed(status, location=f"http://127.0.0.1:{canary.port}/secret"))
    with pytest.raises(Rejected) as refused:
        fetch(f"http://127.0.0.1:{server.port}/", accept=JSON)
    assert refused.value.code == "fetch_address"


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "//127.0.0.1:{p}/",
        "http://user@127.0.0.1:{p}/",
        "http://[::ffff:7f00:1]:{p}/",
        "http://☃/",
    ],
)
def test_a_redirect_to_a_forbidden_spelling_is_refused(trusted, canary, location):
    server = trusted(fixed("302 Found", location=location.replace("{p}", str(canary.port))))
    with pytest.raises(Rejected):
        fetch(f"http://127.0.0.1:{server.port}/", accept=JSON)


def test_three_redirects_are_followed_and_a_fourth_is_not(trusted):
    onward = fixed("302 Found", location="/next")
    server = trusted(onward, onward, onward, fixed("200 OK", b"[]"))
    fetched = fetch(f"http://127.0.0.1:{server.port}/", accept=JSON)
    assert (fetched.url, fetched.body) == (f"http://127.0.0.1:{server.port}/next", b"[]")
    endless = trusted(onward)
    with pytest.raises(Unavailable) as gone:
        fetch(f"http://127.0.0.1:{endless.port}/", accept=JSON)
    assert gone.value.code == "fetch_redirects"
    assert endless.connections == 4


@pytest.mark.parametrize(
    ("status", "permanent"),
    [("404 Not Found", True), ("410 Gone", True), ("429 Slow", False), ("500 Oops", False), ("304 Same", False)],
)
def test_an_answer_that_is_no_success_is_an_error(trusted, status, permanent):
    server = trusted(fixed(status, b"{}"))
    with pytest.raises(Unavailable) as failed:
        fetch(f"http://127.0.0.1:{server.port}/", accept=JSON)
    assert failed.value.code == "fetch_status"
    assert failed.value.permanent is permanent


@pytest.mark.parametrize(
    ("given", "accept", "taken"),
    [
        ("application/json", JSON, True),
        ("text/html", JSON, False),
        ("application/json-seq", JSON, False),
        ("image/png", ("image/*",), True),
        ("image/svg+xml; x=image/png", ("image/png",), False),
        ("", JSON, False),
    ],
)
def test_only_the_kinds_asked_for_are_taken(trusted, given, accept, taken):
    server = trusted(fixed("200 OK", b"{}", content_type=given))
    if taken:
        assert fetch(f"http://127.0.0.1:{server.port}/", accept=accept).body == b"{}"
    else:
        with pytest.raises(Unavailable) as refused:
            fetch(f"http://127.0.0.1:{server.port}/", accept=accept)
        assert refused.value.code == "fetch_content_type"


def test_a_compressed_answer_that_nobody_asked_for_is_refused_unopened(trusted):
    bomb = gzip.compress(b"0" * 10_000_000)
    server = trusted(fixed("200 OK", bomb, content_encoding="gzip"))
    with pytest.raises(Unavailable) as refused:
        fetch(f"http://127.0.0.1:{server.port}/", accept=JSON)
    assert refused.value.code == "fetch_content_type"


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        fixed("200 OK", b"x" * 1001),
        fixed("200 OK", b"x" * 10, content_length="9999999999999"),
        without_end(PLAIN, b"x" * 1000),
        without_end(CHUNKED, b"3e8\r\n" + b"x" * 1000 + b"\r\n"),
    ],
    ids=["one byte too many", "announced", "without a length", "chunked"],
)
def test_a_body_over_the_limit_is_refused_before_it_is_all_read(trusted, answer):
    server = trusted(answer)
    with pytest.raises(Unavailable) as refused:
        fetch(f"http://127.0.0.1:{server.port}/", accept=JSON, max_bytes=1000, timeout=5)
    assert refused.value.code == "fetch_too_large"


def test_a_body_of_exactly_the_limit_is_taken(trusted):
    server = trusted(fixed("200 OK", b"x" * 1000))
    assert len(fetch(f"http://127.0.0.1:{server.port}/", accept=JSON, max_bytes=1000).body) == 1000


@pytest.mark.parametrize(
    "answer",
    [
        silence,
        drop_by_drop(PLAIN + b"x" * 1000, 0.05),
        drop_by_drop(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000, 0.05),
        without_end(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["silence", "slow body", "slow head", "interim answers without end"],
)
def test_whatever_the_other_side_does_the_time_is_limited_as_a_whole(trusted, answer):
    server = trusted(answer)
    began = time.monotonic()
    with pytest.raises(Unavailable) as failed:
        fetch(f"http://127.0.0.1:{server.port}/", accept=JSON, timeout=0.5)
    assert failed.value.code == "fetch_no_answer"
    assert not failed.value.permanent
    assert time.monotonic() - began < 2


def test_a_slow_resolver_does_not_stretch_the_time():
    began = time.monotonic()
    with pytest.raises(Unavailable):
        fetch("http://slow.example/", accept=JSON, timeout=0.2, resolver=lambda *_: time.sleep(3) or ["1.1.1.1"])
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "answer",
    [
        raw(b""),
        raw(b"not http at all\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\nshort"),
        raw(CHUNKED + b"zz\r\n"),
    ],
    ids=["nothing", "no http", "500 headers", "a long header", "cut off", "bad chunk"],
)
def test_a_broken_answer_is_no_answer(trusted, answer):
    server = trusted(answer)
    with pytest.raises(Unavailable) as failed:
        fetch(f"http://127.0.0.1:{server.port}/", accept=JSON)
    assert failed.value.code == "fetch_no_answer"


@pytest.mark.parametrize("failure", [socket.gaierror("no such name"), OSError("net down"), UnicodeError("label")])
def test_a_name_that_cannot_be_resolved_is_no_answer(failure):
    def resolver(*_):
        raise failure

    with pytest.raises(Unavailable):
        fetch("https://nowhere.example/", accept=JSON, resolver=resolver)
    with pytest.raises(Unavailable):
        fetch("https://nowhere.example/", accept=JSON, resolver=lambda *_: [])


def test_an_address_that_does_not_answer_is_followed_by_the_next(settings):
    with listening(fixed("200 OK", b"{}"), host="::1") as server:
        settings.FETCH_ALLOW = [f"issuer.example:{server.port}"]
        both = ["127.0.0.1", "::1"]
        assert fetch(f"http://issuer.example:{server.port}/", accept=JSON, resolver=lambda *_: both).body == b"{}"


@pytest.mark.django_db
def test_nothing_is_fetched_while_a_transaction_is_open(trusted):
    server = trusted(fixed("200 OK", b"{}"))
    with transaction.atomic(), pytest.raises(outside.InsideTransaction):
        fetch(f"http://127.0.0.1:{server.port}/", accept=JSON)
    assert server.connections == 0
    assert fetch(f"http://127.0.0.1:{server.port}/", accept=JSON).status == 200


def test_the_proxy_of_the_environment_is_not_asked(trusted, canary, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    server = trusted(fixed("200 OK", b"{}"))
    fetch(f"http://127.0.0.1:{server.port}/", accept=JSON)
    assert server.connections == 1


class TestCertificates:
    """Over TLS the other side must prove the name that was asked for, whatever address it has."""

    @pytest.fixture
    def server(self, trusted, tmp_path, monkeypatch):
        def serve(*names, answer=OK):
            key = ec.generate_private_key(ec.SECP256R1())
            subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
            now = dt.datetime.now(dt.UTC)
            certificate = (
                x509.CertificateBuilder()
                .subject_name(subject)
                .issuer_name(subject)
                .public_key(key.public_key())
                .serial_number(x509.random_serial_number())
                .not_valid_before(now - dt.timedelta(hours=1))
                .not_valid_after(now + dt.timedelta(hours=1))
                .add_extension(x509.SubjectAlternativeName(list(names)), critical=False)
                .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
                .sign(key, hashes.SHA256())
            )
            pem = tmp_path / "server.pem"
            pem.write_bytes(
                key.private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
                + certificate.public_bytes(serialization.Encoding.PEM)
            )
            authority = tmp_path / "authority.pem"
            authority.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
            monkeypatch.setenv("SSL_CERT_FILE", str(authority))
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pem)
            self.asked_for = []
            context.sni_callback = lambda _socket, name, _context: self.asked_for.append(name)
            return trusted(answer, tls=context)

        return serve

    def test_the_right_name_is_taken_and_sent_along(self, server):
        port = server(x509.DNSName("issuer.example")).port
        assert fetch(f"https://issuer.example:{port}/", accept=JSON, resolver=here).body == b"{}"
        assert self.asked_for == ["issuer.example"]

    def test_a_certificate_for_the_address_does_not_stand_for_the_name(self, server):
        port = server(x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("other.example")).port
        with pytest.raises(Unavailable) as failed:
            fetch(f"https://issuer.example:{port}/", accept=JSON, resolver=here)
        assert failed.value.code == "fetch_certificate"

    def test_a_certificate_for_the_name_does_not_stand_for_the_address(self, server):
        port = server(x509.DNSName("issuer.example")).port
        with pytest.raises(Unavailable) as failed:
            fetch(f"https://127.0.0.1:{port}/", accept=JSON)
        assert failed.value.code == "fetch_certificate"

    def test_an_unknown_authority_is_refused(self, server, monkeypatch):
        port = server(x509.DNSName("issuer.example")).port
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(Unavailable) as failed:
            fetch(f"https://issuer.example:{port}/", accept=JSON, resolver=here)
        assert failed.value.code == "fetch_certificate"

    def test_a_secure_address_may_not_lead_to_an_insecure_one(self, server, trusted):
        plain = trusted(fixed("200 OK", b"{}"))
        onward = fixed("302 Found", location=f"http://127.0.0.1:{plain.port}/")
        port = server(x509.DNSName("issuer.example"), answer=onward).port
        with pytest.raises(Rejected):
            fetch(f"https://issuer.example:{port}/", accept=JSON, resolver=here)
        assert plain.connections == 0

    def test_something_that_does_not_speak_tls_is_no_answer(self, trusted):
        server = trusted(raw(b"220 mail.example ESMTP\r\n"))
        with pytest.raises(Unavailable) as failed:
            fetch(f"https://127.0.0.1:{server.port}/", accept=JSON, timeout=2)
        assert failed.value.code == "fetch_no_answer"
