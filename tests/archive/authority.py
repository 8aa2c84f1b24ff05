"""A time-stamping authority of our own, with openssl."""

from __future__ import annotations

import subprocess
from pathlib import Path

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = A test authority
[root]
basicConstraints = critical, CA:true
[tsa]
extendedKeyUsage = critical, timeStamping
[tsa_config]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""


class Authority:
    """Signs what it is asked to, with a certificate that its root has signed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "root.pem"
        self._config = folder / "config"
        folder.mkdir()
        self._config.write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        self._openssl(
            "req", "-x509", *key, "-extensions", "root", "-days", "2",
            "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=A test root",
        )  # fmt: skip
        self._openssl("req", *key, "-keyout", "tsa.key", "-out", "tsa.csr")
        self._openssl(
            "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key",
            "-set_serial", "2", "-days", "2", "-extfile", "config", "-extensions", "tsa",
            "-out", "tsa.pem", config=False,
        )  # fmt: skip

    def answer(self, request: bytes) -> bytes:
        """The response to a time-stamp request."""
        (self.folder / "request").write_bytes(request)
        self._openssl(
            "ts", "-reply", "-queryfile", "request", "-section", "tsa_config", "-out", "reply"
        )
        return (self.folder / "reply").read_bytes()

    def accepts(self, listed: Path, stamp: Path) -> bool:
        """Whether openssl takes the stamp for one on the list."""
        command = ["openssl", "ts", "-verify", "-data", listed, "-in", stamp, "-CAfile", self.root]
        return subprocess.run(command, capture_output=True).returncode == 0

    def _openssl(self, *arguments: str, config: bool = True) -> None:
        more = ["-config", "config"] if config else []
        done = subprocess.run(
            ["openssl", *arguments, *more], cwd=self.folder, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
