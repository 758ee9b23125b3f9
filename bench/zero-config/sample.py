"""What a sample is, and what its maker may use."""
import dataclasses, os, pathlib, subprocess
from typing import Callable

TOOLS = os.path.expanduser("~/.cache/johwa/zero-config/tools")


@dataclasses.dataclass
class Sample:
    """An application as its stack's own tool makes it.

    name     as in README.md's list
    make     fills an empty folder; may fetch from the registries; adds no file of ours and no git repository
    says     a text that the answer of `path` holds once it is live
    change   file, old text, new text: the one line of the second push
    then     a text that the answer holds after it; None when the change cannot be seen from outside
    tests    how many tests the push must count at least
    path     asked behind the edge; `paths` more of them, each with the text it holds
    app      the app that is asked where the project has several, else ""
    """

    name: str
    make: Callable[[pathlib.Path], None]
    says: str
    change: tuple[str, str, str]
    then: str | None = None
    tests: int = 0
    path: str = "/"
    paths: dict[str, str] = dataclasses.field(default_factory=dict)
    app: str = ""


def run(folder, *argv, **environment):
    """Runs a tool in a folder; its words are shown only when it fails."""
    done = subprocess.run([str(word) for word in argv], cwd=folder, env={**os.environ, "CI": "true", **environment}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, argv))}: exit {done.returncode}\n{done.stdout[-3000:]}")
    return done.stdout


def write(folder, **files):
    """Writes files given as a mapping of relative names to texts: write(folder, **{"src/app.js": "…"})."""
    for name, text in files.items():
        path = pathlib.Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
