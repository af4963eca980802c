"""Small servers that answer as they are told, and count who comes."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

Answer = Callable[[socket.socket], None]


@dataclass
class Listener:
    """A server on this machine. `requests` holds what each visitor sent before the answer was given."""

    port: int
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)


def fixed(status: str, body: bytes = b"", **headers: str) -> Answer:
    """An ordinary answer; header names are written with underscores."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: application/json"]
    given = {name.replace("_", "-").title(): value for name, value in headers.items()}
    lines = [line for line in lines if line.split(":")[0] not in given]
    lines += [f"{name}: {value}" for name, value in given.items()]
    return raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def raw(data: bytes) -> Answer:
    """Exactly these bytes."""
    return lambda conversation: conversation.sendall(data)


def drop_by_drop(data: bytes, pause: float) -> Answer:
    """One byte after the other, each in good time and all together too late."""

    def answer(conversation: socket.socket) -> None:
        for byte in data:
            conversation.sendall(bytes([byte]))
            time.sleep(pause)

    return answer


def without_end(head: bytes, chunk: bytes) -> Answer:
    """The head, and then the chunk for ever."""

    def answer(conversation: socket.socket) -> None:
        conversation.sendall(head)
        while True:
            conversation.sendall(chunk)

    return answer


def silence(conversation: socket.socket) -> None:
    """Accept, read, and never say anything until the visitor leaves."""
    conversation.recv(1)


@contextmanager
def listening(
    *answers: Answer, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[Listener]:
    """A server that gives `answers` one connection after the other; the last one again and again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.create_server((host, port), family=family)) as server:
        listener = Listener(port=server.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(server, listener, list(answers), tls), daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _serve(server: socket.socket, listener: Listener, answers: list[Answer], tls: ssl.SSLContext | None) -> None:
    while True:
        try:
            conversation, _ = server.accept()
        except OSError:
            return
        listener.connections += 1
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        threading.Thread(target=_converse, args=(conversation, listener, answer, tls), daemon=True).start()


def _converse(conversation: socket.socket, listener: Listener, answer: Answer, tls: ssl.SSLContext | None) -> None:
    try:
        if tls is not None:
            conversation = tls.wrap_socket(conversation, server_side=True)
        with conversation:
            request = b""
            while b"\r\n\r\n" not in request and (piece := conversation.recv(4096)):
                request += piece
            listener.requests.append(request)
            answer(conversation)
    except OSError:
        return  # the visitor left, which is what several tests want
