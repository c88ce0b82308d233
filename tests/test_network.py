"""No test reaches the network; a test's own server on the loopback can be reached."""

from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


@pytest.mark.parametrize(
    ("family", "address"),
    [(socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")],
    ids=["IPv4", "IPv6"],
)
def test_a_connection_to_another_host_is_blocked(family: int, address: str) -> None:
    with (
        socket.socket(family, socket.SOCK_STREAM) as client,
        pytest.warns(UserWarning, match=f'connect.* with host "{address}"'),
        pytest.raises(SocketConnectBlockedError, match=address),
    ):
        client.settimeout(1)
        client.connect((address, 80))


def test_the_loopback_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            accepted, _ = server.accept()
            with accepted:
                client.sendall(b"xin chao")
                assert accepted.recv(8) == b"xin chao"
