"""Beside the list: what an application with very many files of dependencies costs at its second push."""
import io, json, tarfile

from sample import Sample, run, write

FILES = 30_000
FOLDERS = 300


def many_files(folder):
    """An application and one package of 30,000 small files, which lies beside it: no registry is asked."""
    with tarfile.open(folder / "many.tgz", "w:gz") as packed:
        add(packed, "package.json", json.dumps({"name": "many", "version": "1.0.0", "main": "index.js"}))
        add(packed, "index.js", "module.exports = name => `Hello ${name}`\n")
        for number in range(FILES):
            add(packed, f"lib/{number % FOLDERS}/{number}.js", f"module.exports = {number}\n")
    write(folder, **{
        "package.json": json.dumps({"name": "many-files", "version": "1.0.0", "scripts": {"start": "node server.js"}, "dependencies": {"many": "file:many.tgz"}}, indent=2) + "\n",
        "server.js": "const hello = require('many')\n\nrequire('http').createServer((request, response) => response.end(hello('many'))).listen(process.env.PORT)\n",
        ".gitignore": "node_modules\n"})
    run(folder, "npm", "install", "--no-audit", "--no-fund")


def add(packed, name, text):
    entry = tarfile.TarInfo("package/" + name)
    entry.size = len(text)
    packed.addfile(entry, io.BytesIO(text.encode()))


SAMPLES = [Sample("many-files", many_files, "Hello many", ("server.js", "hello('many')", "'Changed ' + hello('many')"), "Changed Hello many")]
