"""Open a page in headless Chromium: ask it with a script, or print it."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

from lxml import html
from markupsafe import escape

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What the program may be called."""

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--virtual-time-budget=30000",
)
"""No window, no sandbox (it does not start for root), no network; timers run ahead of the clock."""

LISTEN = """<script>
addEventListener("message", (event) => {
  const answer = document.createElement("pre");
  answer.id = "answer";
  answer.textContent = event.data;
  document.body.append(answer);
});
</script>"""

FRAME = '<!DOCTYPE html><title>Khung</title>{}<iframe width="{}" height="900" src="{}"></iframe>'
"""A window as narrow as a telephone, which Chromium does not open otherwise."""


def ask(page: bytes, question: str, folder: Path, *, width_px: int | None = None) -> Any:
    """Return the answer of the script *question*, an expression, run when *page* is loaded.

    *folder* receives the page; what lies in it already the page can load. The window is as wide as usual,
    or *width_px*.
    """
    script = (
        f"(async () => JSON.stringify(await ({question})))().then((told) => parent.postMessage(told, '*'));"
    )
    listener = "" if width_px else LISTEN
    asking = page.replace(b"</body>", f"{listener}<script>{script}</script></body>".encode())
    file = folder / "page.html"
    file.write_bytes(asking)
    if width_px:
        file = folder / "frame.html"
        file.write_text(FRAME.format(LISTEN, width_px, escape("page.html")), encoding="utf-8")
    shown = html.document_fromstring(_run("--dump-dom", file, folder))
    (answer,) = shown.xpath("//pre[@id='answer']")
    return json.loads(answer.text)


def print_page(page: bytes, folder: Path) -> bytes:
    """Return the PDF file that *page* gives when it is printed."""
    file, printed = folder / "page.html", folder / "page.pdf"
    file.write_bytes(page)
    _run(f"--print-to-pdf={printed}", file, folder, "--no-pdf-header-footer")
    return printed.read_bytes()


def _run(action: str, file: Path, folder: Path, *more: str) -> str:
    program = next(found for name in NAMES if (found := shutil.which(name)))
    command = [program, *FLAGS, f"--user-data-dir={folder / 'profile'}", *more, action, file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
