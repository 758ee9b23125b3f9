"""Validates and plays experiments by Chaos Toolkit's own command line; prints what came of each as a line of JSON."""
import json
import os
import sys
import tempfile

from click.testing import CliRunner

from chaostoolkit.commands import cli

own = ["--no-version-check", "--no-log-file", "--settings", "/nonexistent"]
for path in sys.argv[1:]:
    told = {"file": os.path.basename(path)}
    told["validate"] = CliRunner().invoke(cli, own + ["validate", path]).exit_code
    with tempfile.TemporaryDirectory() as folder:
        journal = os.path.join(folder, "journal.json")
        told["run"] = CliRunner().invoke(cli, own + ["run", "--journal-path", journal, path]).exit_code
        if os.path.exists(journal):
            with open(journal) as f:
                told["journal"] = json.load(f)
    sys.stdout.write(json.dumps(told) + "\n")
