"""The network is out of reach of every test."""

from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketBlockedError


def test_the_network_is_blocked() -> None:
    with pytest.warns(UserWarning, match="tried to use"), pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
