"""The portal and nginx as measurements need them: started on a free port, stopped without a trace."""
import os
import pathlib
import queue
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request

from harness import BUILD, Failure, ROOT

SERVICE = "hauptwohnsitzbescheinigung"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def resident_mib(pid):
    """Resident memory of a program and its children."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    own = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(resident_mib(int(child)) for child in children)


def fetch(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read()


class Program:
    """A child of ours that says in a line of its output when it is ready."""

    def __init__(self, command):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.lines = queue.SimpleQueue()
        # Reads on to the end, so that the child never waits for a reader.
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def wait_for(self, pattern, seconds=60):
        try:
            while (line := self.lines.get(timeout=seconds)) is not None:
                if found := re.search(pattern, line):
                    return found
        except queue.Empty:
            pass
        self.stop()
        self.log.seek(0)
        raise Failure(f"{self.process.args[0]} did not start: {self.log.read()[-1000:]}")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Postgres:
    """A PostgreSQL that makes durable what it commits, with databases of their own for each measurement."""

    SCRIPT = ROOT / "tools" / "test_postgres.sh"
    DURABLE = ("fsync=on", "full_page_writes=on", "synchronous_commit=on", "shared_buffers=512MB", "max_wal_size=8GB")

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="schalter-bench-postgres-")
        os.rmdir(self.folder)  # the script makes it, for the owner it needs
        self.made = 0
        if subprocess.run([self.SCRIPT, "start", self.folder, *self.DURABLE]).returncode:
            raise Failure("PostgreSQL did not start")

    def fresh(self):
        """The address of a new, empty database."""
        self.made += 1
        name = f"bench_{self.made}"
        self.run(f"CREATE DATABASE {name} OWNER schalter")
        return f"postgresql://schalter@/{name}?host={self.folder}"

    def drop(self, url):
        self.run(f"DROP DATABASE IF EXISTS {url.split('/')[3].split('?')[0]} WITH (FORCE)")

    def run(self, script):
        command = ["psql", "-q", "-h", self.folder, "-U", "postgres", "-d", "postgres", "-c", script]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise Failure(f"psql: {done.stderr}")

    def remove(self):
        subprocess.run([self.SCRIPT, "stop", self.folder], check=False)


class Node:
    """`schalter serve` on a database, with nothing but what workers need."""

    SETTINGS = """
crypto.keys = bench:{key}
crypto.csrf_key = {key}
server.metrics_listen =
server.workers = 32
"""

    def __init__(self, database):
        self.database = database
        self.settings = tempfile.NamedTemporaryFile("w", suffix=".conf")
        self.settings.write(self.SETTINGS.format(key="0123456789abcdef" * 4))
        self.settings.flush()
        self.program = None

    def start(self):
        self.program = Program([BUILD / "schalter", "serve", "--config", self.settings.name, "--database",
                                self.database, "--listen", "127.0.0.1:0"])
        self.url = self.program.wait_for(Portal.LISTENING)[1]

    def stop(self):
        if self.program:
            self.program.stop()
            self.program = None

    def migrate(self):
        subprocess.run([BUILD / "schalter", "migrate", "--database", self.database], check=True, cwd=ROOT,
                       stdout=subprocess.DEVNULL)

    def add_client(self):
        """(id, secret) of a program that may do everything at the measured authority."""
        printed = subprocess.run(
            [BUILD / "schalter", "client", "add", "--database", self.database, "--tenant", "4001", "--name", "Bench",
             "--scopes", "deploy processes tasks decisions jobs"],
            check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout
        return re.search(r"id\s+(\S+)", printed)[1], re.search(r"secret\s+(\S+)", printed)[1]


class Portal:
    """`schalter demo` on data of its own, made at the first start."""

    LISTENING = r"listening on (http://\S+)"

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="schalter-bench-")
        self.program = None
        self.url = ""

    def start(self):
        if not (BUILD / "schalter").exists():
            raise Failure("build/release/schalter is missing: ./do build release")
        self.program = Program([BUILD / "schalter", "demo", "--data", self.folder,
                                "--listen", f"127.0.0.1:{free_port()}"])
        self.url = self.program.wait_for(self.LISTENING)[1]

    def stop(self):
        if self.program:
            self.program.stop()
            self.program = None

    def serve_command(self):
        """`schalter serve` on the data that the demo has made, without the outside world."""
        return [BUILD / "schalter", "serve", "--config", f"{self.folder}/schalter.conf", "--listen", "127.0.0.1:0"]

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Nginx:
    """nginx with one file, as it comes but for what a benchmark must not count: logging and reconnecting."""

    SETTINGS = """
daemon off; pid {folder}/nginx.pid; error_log stderr warn; worker_processes auto; {user}
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; keepalive_requests 100000000; default_type text/html;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""

    def __init__(self, content=b"x"):
        self.folder = tempfile.mkdtemp(prefix="schalter-nginx-")
        files = pathlib.Path(self.folder, "files")
        files.mkdir()
        files.joinpath("page.html").write_bytes(content)
        self.process = None

    def start(self):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/page.html"
        settings = pathlib.Path(self.folder, "nginx.conf")
        settings.write_text(self.SETTINGS.format(folder=self.folder, port=port,
                                                 user="user root;" if os.getuid() == 0 else ""))
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = subprocess.Popen([nginx, "-c", settings, "-p", self.folder], stderr=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.001)
        raise Failure("nginx did not start")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
