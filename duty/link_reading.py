"""Asks a link of the public web whether it answers, and never anything inside our own network.

Every name is resolved first, every address it has is judged, and the connection goes to the address
that was judged: a name that changes its mind in between gains nothing. (Pure: no Django.)
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

MOST_REDIRECTS = 5
CONNECT_SECONDS = 10.0
# For one request in all: a server that sends a letter a second does not hold the job up.
REQUEST_SECONDS = 20.0
_PORTS = frozenset({80, 443, 8080, 8443})
_AGENT = "HealthDutyTracker-link-check/1"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What a site says to a program that it would not say to a person: the page may well be there.
_NOT_FOR_PROGRAMS = frozenset({401, 402, 403, 405, 406, 407, 429, 451, 999})

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Reading:
    """What became of asking a link.

    answered: None where it was not asked at all.
    reached: whether any server answered, be it with a refusal.
    """

    answered: bool | None
    reached: bool
    detail: str


class NotAskedError(ValueError):
    """A link leads where the job does not go."""


def ask(*, url: str, allow_loopback: bool = False) -> Reading:
    """Ask a link, following its redirects.

    Args:
        url: an address as somebody typed it.
        allow_loopback: whether this machine may be asked too, at any port; for tests.

    Returns:
        Whether it answered; nothing of the body is read.

    Source: the project's own rule, after OWASP, Server Side Request Forgery Prevention.
    """
    reached = False
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, onward = _ask_once(url, allow_loopback)
            reached = True
            if status not in _REDIRECTS or not onward:
                return _judged(status)
            url = urljoin(url, onward)
        return Reading(False, True, "too many redirects")
    except NotAskedError as error:
        return Reading(None, reached, str(error))
    except socket.gaierror:
        return Reading(False, reached, "no such site")
    except ssl.SSLCertVerificationError:
        return Reading(False, True, "its certificate is not valid")
    except TimeoutError:
        return Reading(False, reached, "no answer in time")
    except (OSError, http.client.HTTPException, UnicodeError):
        return Reading(False, reached, "no connection")


def _judged(status: int) -> Reading:
    if status < 400 or status in _NOT_FOR_PROGRAMS:
        return Reading(True, True, str(status))
    return Reading(False, True, str(status))


def _ask_once(url: str, allow_loopback: bool) -> tuple[int, str]:
    """Return the status of one address, and where it leads; with GET where HEAD is not served."""
    parts, host, port = _parts(url, allow_loopback)
    address = _address(host, port, allow_loopback)
    status, onward = _request("HEAD", parts, host, port, address)
    if status >= 400:
        status, onward = _request("GET", parts, host, port, address)
    return status, onward


def _parts(url: str, allow_loopback: bool) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise NotAskedError("not a web address") from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise NotAskedError("not a web address")
    port = port or (443 if parts.scheme == "https" else 80)
    if port not in _PORTS and not allow_loopback:
        raise NotAskedError("an unusual port")
    return parts, host, port


def _address(host: str, port: int, allow_loopback: bool) -> str:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    addresses = [str(one[4][0]) for one in found]
    for text in addresses:
        if not is_public(address=text, allow_loopback=allow_loopback):
            raise NotAskedError("an address inside a network")
    return addresses[0]


def is_public(*, address: str, allow_loopback: bool = False) -> bool:
    """Whether an address is one of the public web's.

    Args:
        address: an IP address as text.
        allow_loopback: whether this machine counts.

    Returns:
        False for loopback, private, link-local, multicast, reserved and unspecified ones, and for
        new addresses that carry such an old one.

    Source: IANA, special-purpose address registries (RFC 6890).
    """
    try:
        found: Address = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if allow_loopback and found.is_loopback:
        return True
    return all(
        one.is_global and not (one.is_multicast or one.is_reserved or one.is_loopback)
        for one in (found, *_carried(found))
    )


def _carried(found: Address) -> tuple[Address, ...]:
    """Return the old addresses inside a new one: mapped or tunnelled."""
    if isinstance(found, ipaddress.IPv4Address):
        return ()
    inner: list[Address] = [one for one in (found.ipv4_mapped, found.sixtofour) if one]
    if found.teredo:
        inner += found.teredo
    return tuple(inner)


class _Connection(http.client.HTTPConnection):
    """A connection to one address, whatever its name says by now."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool) -> None:
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self._address = address
        self._secure = secure

    def connect(self) -> None:
        """Open it, with the certificate judged by the name."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _request(
    method: str, parts: SplitResult, host: str, port: int, address: str
) -> tuple[int, str]:
    secure = parts.scheme == "https"
    # Names in other letters are asked for as the resolver knows them.
    connection = _Connection(
        host if host.isascii() else host.encode("idna").decode(), port, address, secure=secure
    )
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target = f"{target}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}"
    watch = Timer(REQUEST_SECONDS, _cut, [connection])
    watch.daemon = True
    watch.start()
    try:
        headers = {"User-Agent": _AGENT, "Accept": "*/*", "Connection": "close"}
        connection.request(method, target, headers=headers)
        answer = connection.getresponse()
        # The body is not read: the status says all, and a large file stays where it is.
        return answer.status, answer.getheader("Location", "") or ""
    finally:
        watch.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    sock = connection.sock
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
