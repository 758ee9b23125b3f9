"""Applications in Python, as their frameworks' first pages show them, locked by each of the usual tools."""
import os, pathlib, sys
from sample import TOOLS, Sample, run, write

PINS = {"django": "Django==5.2.8", "flask": "Flask==3.1.2", "fastapi": "fastapi==0.121.2", "litestar": "litestar==2.25.0", "streamlit": "streamlit==1.51.0",
        "aiohttp": "aiohttp==3.13.2", "uvicorn": "uvicorn==0.38.0", "pytest": "pytest==9.0.1", "httpx": "httpx==0.28.1",
        "functions-framework": "functions-framework==3.10.2"}


def tool(name, *requirements):
    """A program from PyPI in an environment of its own, made once."""
    place = pathlib.Path(TOOLS) / ("python-" + name)
    program = place / "bin" / name
    if not program.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        run(place.parent, sys.executable, "-m", "venv", place)
        run(place.parent, place / "bin/pip", "install", "-q", "--disable-pip-version-check", *requirements)
    return program


def django(folder):
    run(folder, tool("django-admin", PINS["django"]), "startproject", "mysite", ".")
    write(folder, **{"requirements.txt": PINS["django"] + "\n",
                     "mysite/hello.py": "from django.http import HttpResponse\n\n\ndef hello(request):\n    return HttpResponse('Hello from Django')\n",
                     "mysite/tests.py": "from django.test import TestCase\n\n\nclass HelloTest(TestCase):\n    def test_hello(self):\n        self.assertContains(self.client.get('/hello'), 'Django')\n"})
    urls = folder / "mysite/urls.py"
    urls.write_text(urls.read_text().replace("urlpatterns = [", "from .hello import hello\n\nurlpatterns = [\n    path('hello', hello),"))


def flask(folder):
    write(folder, **{"requirements.txt": PINS["flask"] + "\n",
                     "hello.py": 'from flask import Flask\n\napp = Flask(__name__)\n\n@app.route("/")\ndef hello_world():\n    return "<p>Hello, World!</p>"\n'})


def flask_factory(folder):
    """The shape of Flask's tutorial."""
    write(folder, **{"pyproject.toml": f'[project]\nname = "flaskr"\nversion = "1.0.0"\ndependencies = ["{PINS["flask"]}"]\n\n[project.optional-dependencies]\ntest = ["{PINS["pytest"]}"]\n\n'
                                       '[build-system]\nrequires = ["flit_core<4"]\nbuild-backend = "flit_core.buildapi"\n\n[tool.pytest.ini_options]\ntestpaths = ["tests"]\n',
                     "flaskr/__init__.py": '"""The blog of the tutorial."""\nimport os\n\nfrom flask import Flask\n\n\ndef create_app(test_config=None):\n    app = Flask(__name__, instance_relative_config=True)\n'
                                           "    app.config.from_mapping(SECRET_KEY='dev', DATABASE=os.path.join(app.instance_path, 'flaskr.sqlite'))\n"
                                           "    if test_config is not None:\n        app.config.from_mapping(test_config)\n    os.makedirs(app.instance_path, exist_ok=True)\n\n"
                                           "    @app.route('/hello')\n    def hello():\n        return 'Hello, World!'\n\n    return app\n",
                     "tests/conftest.py": "import pytest\nfrom flaskr import create_app\n\n\n@pytest.fixture\ndef client():\n    return create_app({'TESTING': True}).test_client()\n",
                     "tests/test_factory.py": "from flaskr import create_app\n\n\ndef test_config():\n    assert not create_app().testing\n    assert create_app({'TESTING': True}).testing\n\n\n"
                                              "def test_hello(client):\n    assert b'Hello' in client.get('/hello').data\n"})


FASTAPI = 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/")\nasync def root():\n    return {"message": "Hello World"}\n'


def fastapi_uv(folder):
    uv = tool("uv", "uv==0.13.9")
    run(folder, uv, "init", "--name", "fastapi-uv", "--app", "--no-package", "--vcs", "none", "--python", sys.executable, ".")
    run(folder, uv, "add", PINS["fastapi"], PINS["uvicorn"])
    run(folder, uv, "add", "--dev", PINS["pytest"], PINS["httpx"])
    write(folder, **{"main.py": FASTAPI,
                     "test_main.py": "from fastapi.testclient import TestClient\n\nfrom main import app\n\n\ndef test_root():\n    assert TestClient(app).get('/').json()['message'].startswith('H')\n"})


def fastapi_poetry(folder):
    """Poetry asks PyPI's own interface, which mirrors do not have; it locks through the index, as behind a mirror."""
    poetry = tool("poetry", "poetry==2.5.1")
    run(folder, poetry, "init", "--no-interaction", "--name", "fastapi-poetry", "--python", ">=3.10,<4", "--dependency", PINS["fastapi"])
    run(folder, poetry, "source", "add", "--priority=primary", "index", os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple/"))
    run(folder, poetry, "lock", "--no-interaction")
    write(folder, **{"main.py": FASTAPI})


def litestar(folder):
    pdm = tool("pdm", "pdm==2.29.4", "hishel<2")
    run(folder, pdm, "init", "--non-interactive", "--no-git", "--python", os.path.realpath(sys.executable), "minimal")
    run(folder, pdm, "add", PINS["litestar"])
    write(folder, **{"app.py": 'from litestar import Litestar, get\n\n\n@get("/")\nasync def index() -> str:\n    return "Hello, world!"\n\n\napp = Litestar([index])\n'})


def streamlit(folder):
    """The first page of `streamlit hello`, as its package holds it."""
    place = tool("streamlit", PINS["streamlit"]).parent.parent
    source = next(place.glob("lib/python*/site-packages/streamlit/hello/hello.py"))
    text = source.read_text()
    write(folder, **{"requirements.txt": PINS["streamlit"] + "\n", "hello.py": text})


def aiohttp(folder):
    pipenv = tool("pipenv", "pipenv==2026.10.3")
    run(folder, pipenv, "install", PINS["aiohttp"], PIPENV_VENV_IN_PROJECT="1")
    write(folder, **{"main.py": "from aiohttp import web\n\nasync def handle(request):\n    name = request.match_info.get('name', 'Anonymous')\n    text = 'Hello, ' + name\n"
                                "    return web.Response(text=text)\n\napp = web.Application()\napp.add_routes([web.get('/', handle), web.get('/{name}', handle)])\n\n"
                                "if __name__ == '__main__':\n    web.run_app(app)\n"})


def script(folder):
    write(folder, **{"serve.py": '# /// script\n# requires-python = ">=3.10"\n# dependencies = ["markdown==3.10"]\n# ///\nimport http.server\nimport os\n\nimport markdown\n\n\n'
                                 "class Page(http.server.BaseHTTPRequestHandler):\n    def do_GET(self):\n        self.send_response(200)\n        self.end_headers()\n"
                                 "        self.wfile.write(markdown.markdown('# Hello from a script').encode())\n\n\n"
                                 "http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ.get('PORT', 8000))), Page).serve_forever()\n"})


def procfile(folder):
    write(folder, **{"Procfile": "web: python3 serve.py --port $PORT && echo done\n",
                     "serve.py": "import argparse\nimport http.server\n\nparser = argparse.ArgumentParser()\nparser.add_argument('--port', type=int)\n\n\n"
                                 "class Page(http.server.BaseHTTPRequestHandler):\n    def do_GET(self):\n        self.send_response(200)\n        self.end_headers()\n        self.wfile.write(b'Hello from a Procfile')\n\n\n"
                                 "http.server.ThreadingHTTPServer(('127.0.0.1', parser.parse_args().port), Page).serve_forever()\n"})


def function(folder):
    """The first page of the functions framework."""
    write(folder, **{"requirements.txt": PINS["functions-framework"] + "\n",
                     "main.py": 'import functions_framework\n\n\n@functions_framework.http\ndef hello(request):\n    return "Hello from a function"\n'})


SAMPLES = [
    Sample("django", django, "Hello from Django", ("mysite/hello.py", "Hello from", "Hi from"), "Hi from Django", tests=1, path="/hello", paths={"/admin/login/": "Django administration", "/static/admin/css/base.css": "body"}),
    Sample("flask", flask, "Hello, World!", ("hello.py", "Hello, World!", "Hi, World!"), "Hi, World!"),
    Sample("flask-factory", flask_factory, "Hello, World!", ("flaskr/__init__.py", "Hello, World!", "Hello, Moon!"), "Hello, Moon!", tests=2, path="/hello"),
    Sample("fastapi-uv", fastapi_uv, "Hello World", ("main.py", "Hello World", "Hi World"), "Hi World", tests=1, paths={"/docs": "swagger"}),
    Sample("fastapi-poetry", fastapi_poetry, "Hello World", ("main.py", "Hello World", "Hi World"), "Hi World"),
    Sample("litestar", litestar, "Hello, world!", ("app.py", "Hello, world!", "Hi, world!"), "Hi, world!"),
    Sample("streamlit", streamlit, "<title>Streamlit</title>", ("hello.py", "Welcome to Streamlit!", "Welcome!"), paths={"/_stcore/health": "ok"}),
    Sample("aiohttp", aiohttp, "Hello, Anonymous", ("main.py", "'Hello, '", "'Hi, '"), "Hi, Anonymous", paths={"/you": ", you"}),
    Sample("python-script", script, "<h1>Hello from a script</h1>", ("serve.py", "# Hello from", "# Hi from"), "<h1>Hi from a script</h1>"),
    Sample("procfile-shell", procfile, "Hello from a Procfile", ("serve.py", "Hello from", "Hi from"), "Hi from a Procfile"),
    Sample("python-function", function, "Hello from a function", ("main.py", "Hello from", "Hi from"), "Hi from a function"),
]
