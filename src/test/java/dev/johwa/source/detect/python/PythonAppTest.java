package dev.johwa.source.detect.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonAppTest {
    @TempDir
    Path place;

    private Sample python(String... files) {
        return new Sample(place, files).with("python", "3.11.7").with("python", "3.13.2");
    }

    private static String web(Detection found) {
        return String.join(" ", found.start().get("web"));
    }

    @Test
    void aFlaskObjectIsServedByAServerForProductionThatIsBroughtIn() {
        var found = python("requirements.txt", "flask\n", "app.py", "app = Flask(__name__)\n@app.get('/healthz')\n")
                .detect();

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(web(found)).contains("gunicorn").contains("'app:app'").contains("PORT");
        assertThat(found.install().toString())
                .contains("-r, requirements.txt]")
                .contains("--target, .venv-brought, gunicorn==");
        assertThat(found.layers()).containsExactly(".venv", ".venv-brought");
        assertThat(found.health()).contains("/healthz");
        assertThat(found.evidence().getFirst().why()).isEqualTo("Flask application app");
    }

    @Test
    void aFastApiObjectIsServedAsynchronously() {
        var found = python("requirements.txt", "fastapi[standard]\n", "main.py", "app = FastAPI()\n")
                .detect();

        assertThat(web(found)).contains("uvicorn").contains("'main:app'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pelicanconf.py | PATH = 'content' | output | pelican --settings pelicanconf.py",
                "pelicanconf.py | OUTPUT_PATH = 'public/' | public | pelican --settings pelicanconf.py --output public",
                "conf.py | BLOG_TITLE = 'Ours' | output | nikola build",
                "zensical.toml | site_dir = 'out' | out | zensical build",
                "ours.lektorproject | [project] | _site | lektor build --output-path _site",
                "source/conf.py | html_theme = 'furo' | _build/html | sphinx -b html source _build/html"
            })
    void pagesAreBuiltByTheProgramThatIsTheirs(String file, String text, String folder, String command) {
        var found = python(file, text + "\n", "tasks.py", "server.serve(port=8000)\n")
                .detect();

        assertThat(found.service()).isEqualTo(Service.STATIC);
        assertThat(found.publish().orElseThrow().folder()).isEqualTo(folder);
        assertThat(String.join(" ", found.build().getLast())).contains(command);
        assertThat(found.install().toString()).contains("--target, .venv-brought");
    }

    @Test
    void pagesAreMadeForTheAddressAtWhichTheyAreServed() {
        var found = python(
                        "requirements.txt",
                        "pelican[markdown]\n",
                        "pelicanconf.py",
                        "SITENAME = 'Ours'\n",
                        "publishconf.py",
                        "SITEURL = 'https://ours.example'\n",
                        "content/a.md",
                        "Title: A\n")
                .detect();

        assertThat(found.build().getLast())
                .containsSubsequence("content", "--settings", "publishconf.py", "SITEURL=\"\"");
        assertThat(found.install().toString()).doesNotContain(".venv-brought, pelican");
    }

    @Test
    void documentationOfAPackageIsNotWhatIsDeployed() {
        var found = python(
                        "pyproject.toml",
                        "[project]\nname = 'ours'\n",
                        "conf.py",
                        "html_theme = 'furo'\n",
                        "ours/__init__.py",
                        "")
                .detect();

        assertThat(found.service()).isEqualTo(Service.LIBRARY);
    }

    @Test
    void packagesWithNothingToStartAreToldAsThat() {
        var found = python("requirements.txt", "requests\n", "ours/tools.py", "def add(a, b):\n    return a + b\n")
                .detect();

        assertThat(found.service()).isEqualTo(Service.LIBRARY);
        assertThat(Sample.warnings(found)).contains("detect.nothing-starts");
    }

    @Test
    void anObjectThatAFunctionBesideItCompletesIsTakenFromThatFunction() {
        var code = "app = Flask(__name__)\n\ndef create_app():\n    app.register_blueprint(pages)\n    return app\n";

        assertThat(web(python("requirements.txt", "flask\n", "shop/__init__.py", code)
                        .detect()))
                .contains("'shop:create_app()'");
    }

    @Test
    void anObjectThatIsCompletedIsStartedByItsPackageWhereThatStartsByItself() {
        var code = "app = Flask(__name__)\n\ndef create_app():\n    init(app)\n    return app\n";

        assertThat(web(python(
                                "requirements.txt",
                                "flask\n",
                                "shop/__init__.py",
                                code,
                                "shop/__main__.py",
                                "from shop import create_app\ncreate_app().run(port=8083)\n")
                        .detect()))
                .contains("-m shop");
    }

    @Test
    void whatToxInstallsForTestsIsInstalledWhereNothingElseNamesIt() {
        var tox =
                "[tox]\nenvlist = py\n\n[testenv]\ndeps =\n    beautifulsoup4 != 4.12.1\n    py27: mock\n    -r{toxinidir}/a.txt\n    -r{toxinidir}/requirements.d/dev.txt\n"
                        + "    # why\n    webtest  # for answers\ncommands = pytest\n\n[testenv:flake8]\ndeps = flake8\n";
        var only = python(
                        "setup.py",
                        "setup(install_requires=['flask'])",
                        "tests/test_a.py",
                        "def test_a():\n    assert True\n",
                        "tox.ini",
                        tox + "\n",
                        "requirements.d/dev.txt",
                        "selenium\n")
                .detect();
        var named = python("requirements-dev.txt", "responses\n", "tests/test_b.py", "def test_b():\n    assert True\n")
                .detect();

        assertThat(only.install().toString())
                .contains("beautifulsoup4 != 4.12.1, webtest]", "-r, requirements.d/dev.txt")
                .doesNotContain("mock", "flake8", "a.txt");
        assertThat(named.install().toString()).contains("requirements-dev.txt").doesNotContain("webtest");
    }

    @Test
    void requirementsThatIncludeEachOtherAreTold() {
        var found = python("requirements.txt", "-r a.txt\nflask\n", "a.txt", "-r requirements.txt\n-r gone.txt\n")
                .detect();

        assertThat(Sample.warnings(found)).containsOnlyOnce("detect.circle");
    }

    @Test
    void aFactoryIsCalled() {
        var found = python(
                        "requirements.txt",
                        "flask\n",
                        "shop/__init__.py",
                        "def create_app():\n    app = Flask(__name__)\n    return app\n")
                .detect();

        assertThat(web(found)).contains("'shop:create_app()'");
    }

    @Test
    void plainFilesNeedNoPackagesAndRunWithTheStandardLibrary() {
        var found = python("app.py", "import os; os.environ['PORT']; HTTPServer()", "test_app.py", "  def test_x(self)")
                .detect();

        assertThat(found.install()).isEmpty();
        assertThat(found.start().get("web")).containsExactly("python3", "app.py");
        assertThat(found.test()).extracting(Detection.Test::runner).containsExactly("unittest");
    }

    @Test
    void testsWrittenForPytestBringIt() {
        var found = python(
                        "requirements.txt", "flask\n", "app.py", "app = Flask(__name__)", "test_a.py", "def test_a():")
                .detect();

        assertThat(found.test()).extracting(Detection.Test::runner).containsExactly("pytest");
        assertThat(found.install().toString()).contains("pytest");
    }

    @ParameterizedTest
    @CsvSource({
        ".python-version, 3.11, 3.11.7",
        ".python-version, 3.13.2, 3.13.2",
        "runtime.txt, python-3.11.7, 3.11.7",
        "pyproject.toml, '[project]\nrequires-python = \">=3.12\"\n', 3.13.2"
    })
    void theVersionThatIsAskedForIsUsed(String file, String text, String used) {
        assertThat(python("app.py", "", file, text).detect().version()).contains(used);
    }

    @Test
    void aVersionThatIsNotHereIsToldWithWhatIs() {
        var found = python("app.py", "", ".python-version", "3.9\n").detect();

        assertThat(found.warnings().getFirst().message())
                .contains(".python-version asks for Python 3.9")
                .contains("here are only 3.13.2, 3.11.7");
    }

    @ParameterizedTest
    @CsvSource({
        "'[project]\nrequires-python = \">=3.14\"\n', true",
        "'[project]\nrequires-python = \"==3.14.*\"\n', true",
        "'[tool.poetry.dependencies]\npython = \"^3.14\"\n', true",
        "'[project]\nrequires-python = \"<3.11\"\n', false",
        "'[project]\nrequires-python = \">=3.9,<3.11\"\n', false",
        "'[project]\nrequires-python = \">=3.12\"\n', false"
    })
    void anOlderPythonThanTheManifestAdmitsIsRefused(String manifest, boolean isRefused) {
        var found = python("app.py", "", "pyproject.toml", manifest, ".python-version", "3.14\n");

        assertThat(Sample.warnings(found.detect()).contains(Detection.OLD_RUNTIME))
                .isEqualTo(isRefused);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from bottle import route, run; run(host='localhost', port=8080) | WEB",
                "cherrypy.quickstart(Hello()) | WEB",
                "serve(app, host='0.0.0.0', port=6543) | WEB",
                "ui.run() | WEB",
                "client.run(os.environ['TOKEN']) | WORKER",
                "asyncio.run(main()) | WORKER",
                "subprocess.run(['ls']) | WORKER",
            })
    void whatIsRunSaysWhetherItListens(String code, Service service) {
        assertThat(python("app.py", code).detect().service()).isEqualTo(service);
    }

    @Test
    void aWorkerDoesNotListen() {
        var found = python("worker.py", "while True: work()").detect();

        assertThat(found.service()).isEqualTo(Service.WORKER);
    }

    @ParameterizedTest
    @CsvSource({
        "uv.lock, pyproject.toml, python-uv, uv --no-python-downloads sync --locked",
        "poetry.lock, pyproject.toml, python-poetry, poetry export",
        "pdm.lock, pyproject.toml, python-pdm, pdm lock --check",
        "Pipfile.lock, Pipfile, python-pipenv, pipenv verify",
        "setup.py, app.py, python-pip, --editable .",
    })
    void packagesAreInstalledByWhatLockedThem(String lock, String manifest, String provider, String command) {
        var found = python(lock, "", manifest, "", "app.py", "app = Flask(__name__)")
                .detect();

        assertThat(found.provider()).isEqualTo(provider);
        assertThat(found.packageManager()).contains(provider.replace("python-", ""));
        assertThat(found.install().toString()).contains(command);
        assertThat(found.caches().getFirst().key()).contains(lock);
    }

    @Test
    void whatIsLockedIsKnownAndNotBroughtAgain() {
        var found = python(
                        "pyproject.toml",
                        "[project]\ndependencies = [\"flask\"]\n[dependency-groups]\ndev = [\"pytest\"]\n",
                        "uv.lock",
                        "[[package]]\nname = \"flask\"\n[[package]]\nname = \"gunicorn\"\n[[package]]\nname = \"pytest\"\n",
                        "app.py",
                        "app = Flask(__name__)",
                        "test_app.py",
                        "def test_x(): pass")
                .detect();

        assertThat(found.layers()).containsExactly(".venv");
        assertThat(found.install().toString()).contains("--group dev").doesNotContain(".venv-brought ");
    }

    @Test
    void withoutTestsTheirPackagesStayOut() {
        var found = python("pyproject.toml", "[project]\n", "uv.lock", "", "app.py", "app = FastAPI()")
                .detect();

        assertThat(found.install().toString()).contains("--no-default-groups");
    }

    @Test
    void ofTwoLockFilesOneDecidesAndThatIsTold() {
        var found = python("pyproject.toml", "[project]\n", "uv.lock", "", "poetry.lock", "", "app.py", "app = Flask()")
                .detect();

        assertThat(found.provider()).isEqualTo("python-uv");
        assertThat(Sample.warnings(found)).contains("detect.two-locks");
    }

    @Test
    void metadataInsideAScriptIsInstalled() {
        var found = python(
                        "serve.py",
                        "# /// script\r\n# requires-python = \">=3.12\"\r\n# dependencies = [\r\n#   \"markdown<4\",\r\n"
                                + "# ]\r\n# ///\r\nimport os\nHTTPServer()\n")
                .detect();

        assertThat(found.install().toString()).contains("markdown<4");
        assertThat(found.version()).contains("3.13.2");
        assertThat(found.start().get("web")).containsExactly(".venv/bin/python", "serve.py");
    }

    @Test
    void errorsOfFormAreToldWithTheirPlaceAndTheRestIsRead() {
        var broken = python("pyproject.toml", "[project]\ndependencies = ['flask']\n[tool.ruff]\nselect = [\n")
                .detect();
        assertThat(broken.warnings())
                .extracting(problem -> problem.text())
                .anyMatch(text -> text.startsWith("pyproject.toml:4:11: pyproject.toml is no TOML: "));
        assertThat(broken.install().toString()).contains("flask");
    }

    @Test
    void errorsInAScriptsOwnMetadataAreToldWhereTheyStand() {
        var script = python("a.py", "import os\n# /// script\n# dependencies = [\"rich\" \"x\"]\n# ///\n")
                .detect();
        assertThat(script.warnings())
                .extracting(problem -> problem.text())
                .anyMatch(text -> text.startsWith("a.py:3:26: "));
    }

    @Test
    void tablesOfPoetryAndGroupsAreReadAsTheyAreMeant() {
        var found = python("pyproject.toml", """
                        [tool.poetry.dependencies]
                        python = "^3.11"
                        "zope.interface" = "^5"
                        fastapi = { extras = ["standard"], version = "^0.95.1" }
                        black = "^0.0.3"
                        attrs = "^0"
                        httpx = "0.27.*"
                        [dependency-groups]
                        lint = ["ruff"]
                        dev = ["pytest", {include-group = "lint"}]
                        """, "test_a.py", "def test_a(): pass\n")
                .detect();

        assertThat(found.install().toString())
                .contains("zope.interface>=5,<6")
                .contains("fastapi>=0.95.1,<0.96", "black>=0.0.3,<0.0.4", "attrs>=0,<1", "httpx==0.27.*")
                .contains("pytest")
                .doesNotContain("lint");
    }

    @Test
    void aRequirementThatIsAnOptionIsLeftOut() {
        var found = python("pyproject.toml", "[project]\ndependencies = [\"--index-url=http://x\", \"a; rm -rf /\"]\n")
                .detect();

        assertThat(found.install().toString()).doesNotContain("--index-url");
        assertThat(found.install()).anySatisfy(words -> assertThat(words).contains("a; rm -rf /"));
        assertThat(Sample.warnings(found)).contains("detect.requirement");
    }

    @Test
    void requirementsInUtf16AreRead() throws IOException {
        var sample = python("app.py", "app = Flask(__name__)");
        Files.write(
                place.resolve("app/requirements.txt"),
                "\uFEFFflask\r\ngunicorn==23\r\n".getBytes(StandardCharsets.UTF_16LE));

        var found = sample.detect();

        assertThat(found.layers()).containsExactly(".venv");
        assertThat(found.install().toString()).contains("requirements.txt");
    }

    @Test
    void aFactoryThatNeedsArgumentsIsTold() {
        var found = python(
                        "requirements.txt",
                        "flask\n",
                        "shop/__init__.py",
                        "def create_app(config: dict[str, str], debug=False):\n    app = Flask(__name__)\n    return app\n")
                .detect();

        assertThat(found.warnings())
                .anySatisfy(warning -> assertThat(warning.message())
                        .isEqualTo("shop/__init__.py: create_app needs config, which nobody here knows"));
    }

    @Test
    void anObjectMadeByAFactoryElsewhereIsServed() {
        var found = python(
                        "requirements.txt",
                        "fastapi\n",
                        "shop/factory.py",
                        "def create_app(config):\n    return FastAPI()\n",
                        "run.py",
                        "from shop.factory import create_app\nthing = create_app(dict(a=1))\n")
                .detect();

        assertThat(web(found)).contains("uvicorn").contains("'run:thing'");
        assertThat(Sample.warnings(found)).doesNotContain("detect.factory");
    }

    @Test
    void whatIsOnlyToldOfIsNotServed() {
        var found = python(
                        "requirements.txt",
                        "flask\nfastapi\n",
                        "docs/app.py",
                        "app = Flask(__name__)",
                        "main.py",
                        "\"\"\"\napp = Flask(__name__)\n\"\"\"\n# app = Flask(1)\napi = FastAPI()\n")
                .detect();

        assertThat(web(found)).contains("'main:api'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "src/main.py | app = FastAPI() | 'main:app'",
                "src/shop/web.py | app = FastAPI() | 'shop.web:app'",
                "shop/web.py | app = FastAPI() | 'shop.web:app'",
                "back end/main.py | app = FastAPI() | cd 'back end' && exec \"$OLDPWD/.venv/bin/python\"",
                "backend/main.py | import models; app = FastAPI() | 'backend.main:app'",
                "main.py | app = Sanic('x') | -m sanic",
                "main.py | app, rt = fast_app() | 'main:app'",
                "main.py | app = Litestar([x]) | 'main:app'",
                "main.py | import falcon.asgi; app = falcon.asgi.App() | 'main:app'",
                "main.py | app = Dash() | from main import app as made",
            })
    void applicationsAreFoundWhereTheyLie(String file, String code, String words) {
        var found = python("requirements.txt", "x\n", file, code.replace("; ", "\n"))
                .detect();

        assertThat(web(found)).contains(words);
    }

    @Test
    void whatAPackageKeepsToItselfIsServedByThePackage() {
        var found = python(
                        "requirements.txt",
                        "bottle\n",
                        "shop/_app.py",
                        "app = Bottle()\n",
                        "shop/__main__.py",
                        "from bottle import run\nrun(port=8080)\n")
                .detect();

        assertThat(web(found)).endsWith("-m shop");
        assertThat(found.evidence().getFirst().file()).isEqualTo("shop/__main__.py");
    }

    @Test
    void pyramidIsPutTogetherByItsSettings() {
        var found = python(
                        "setup.py",
                        "setup(install_requires=['pyramid', 'waitress'])\n",
                        "development.ini",
                        "[app:main]\nuse = egg:tutorial\n",
                        "tutorial/__init__.py",
                        "def main(global_config, **settings):\n    config = Configurator()\n"
                                + "    return config.make_wsgi_app()\n")
                .detect();

        assertThat(web(found)).contains("get_app(sys.argv[1])").endsWith(" development.ini");
        assertThat(found.warnings()).isEmpty();
    }

    @Test
    void aDockerfileTellsThePythonOfItsAuthorWhereNothingElseDoes() {
        var found = python("app.py", "print(1)\n", "Dockerfile", "FROM docker.io/library/python:3.13-slim AS base\n")
                .detectWithoutImage();
        assertThat(found.version()).contains("3.13.2");
        assertThat(python(".python-version", "3.11\n").detectWithoutImage().version())
                .contains("3.11.7");
        assertThat(python(".python-version", "3.14\n").detectWithoutImage().version())
                .contains("3.13.2");
        assertThat(python(".python-version", "3.8\n").detectWithoutImage().version())
                .contains("3.11.7");
    }

    @Test
    void neighboursThatAreImportedByBareNamesDecideWhereItStarts() {
        var found = python(
                        "requirements.txt",
                        "fastapi\n",
                        "backend/main.py",
                        "import models\napp = FastAPI()\n",
                        "backend/models.py",
                        "")
                .detect();

        assertThat(web(found)).startsWith("sh -c cd 'backend' && ").contains("'main:app'");
    }

    @Test
    void aiohttpIsServedByItsOwnServerAtTheAddressOfThePlatform() {
        var code =
                "from aiohttp import web\napp = web.Application()\nif __name__ == '__main__':\n    web.run_app(app)\n";

        assertThat(web(python("requirements.txt", "aiohttp", "main.py", code).detect()))
                .contains("from main import app as made")
                .contains("run_app(made, host=sys.argv[1]");
    }

    @Test
    void tornadoIsToldItsPort() {
        var code = "define('port', default=8888)\ntornado.options.parse_command_line()\napp.listen(options.port)\n";

        assertThat(web(python("requirements.txt", "tornado", "main.py", code).detect()))
                .contains("--port=\"${PORT:-8000}\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "streamlit | Home.py | import streamlit as st | -m streamlit run | --global.developmentMode false",
                "gradio | app.py | import gradio as gr; demo.launch() | GRADIO_SERVER_PORT=\"${PORT:-8000}\" | app.py",
                "chainlit | app.py | import chainlit as cl | -m chainlit run | --headless",
                "shiny | app.py | from shiny.express import ui | -m shiny run | \"$1\"",
                "panel | app.py | import panel as pn; pn.Row().servable() | -m panel serve \"$1\" | --allow-websocket-origin",
                "marimo | app.py | import marimo; app = marimo.App() | -m marimo run | --headless",
                "functions-framework | main.py | @functions_framework.http; def greet(request): | -m functions_framework"
                        + " | greet",
            })
    void whatHasACommandOfItsOwnIsStartedByThat(
            String requirement, String file, String code, String words, String more) {
        var page = "import " + requirement.replace('-', '_');
        var found = python("requirements.txt", requirement, "pages/app.py", page, file, code.replace("; ", "\n"))
                .detect();

        assertThat(web(found)).contains(words).contains(more).doesNotContain("pages");
    }

    @Test
    void theFunctionThatProjectTomlNamesIsServed() {
        var found = python(
                        "requirements.txt",
                        "",
                        "main.py",
                        "def other(request):\n    pass\n\ndef hello(request):\n    pass\n",
                        "project.toml",
                        "[io.buildpacks]\n[[io.buildpacks.build.env]]\nname = 'GOOGLE_FUNCTION_TARGET'\nvalue = 'hello'\n")
                .detect();

        assertThat(found.service()).isEqualTo(Service.FUNCTION);
        assertThat(web(found)).contains("-m functions_framework").endsWith(" hello");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Flask==2.0.2 | -r, requirements.txt, werkzeug<3] | 3.11.7",
                "flask == 1.1.2 ; python_version > '3' | werkzeug<2.1, jinja2<3.1, itsdangerous<2.1] | 3.11.7",
                "pandas==2.1.0 | numpy<2] | 3.11.7",
                "gunicorn==19.6.0 | -r, requirements.txt]] | 3.9.18",
                "Flask==2.3.0 | -r, requirements.txt]] | 3.11.7",
                "Flask>=2.0 | -r, requirements.txt]] | 3.11.7",
            })
    void anOldPackageIsInstalledWithThoseOfItsTime(String requirement, String installed, String version) {
        var found = new Sample(place, "requirements.txt", requirement, "job.py", "print(1)")
                .with("python", "3.9.18")
                .with("python", "3.11.7")
                .detect();

        var installs =
                found.install().stream().filter(words -> words.contains("-r")).toList();
        assertThat(installs.toString()).contains(installed);
        assertThat(found.version()).contains(version);
    }

    @Test
    void whatAProjectNamesItselfIsNotHeld() {
        var found = python("requirements.txt", "Flask==2.0.2\nWerkzeug>=2\n", "app.py", "app = Flask(__name__)\n")
                .detect();

        assertThat(found.install().toString()).doesNotContain("werkzeug<3");
    }

    @Test
    void pluginsThatPytestIsSetUpWithAreBrought() {
        var found = python(
                        "pyproject.toml",
                        "[project]\n[tool.pytest.ini_options]\naddopts = \"--cov=shop\"\nasyncio_mode = \"auto\"\n",
                        "test_a.py",
                        "def test_a(): pass")
                .detect();

        assertThat(found.install().toString()).contains("pytest-cov").contains("pytest-asyncio");
        assertThat(found.test().getFirst().reports()).contains(".pytest_cache/junit.xml");
    }

    @Test
    void theOnlyDeclaredCommandIsStartedWhereNothingElseIs() {
        var found = python(
                        "pyproject.toml",
                        "[project]\n[project.scripts]\nshop = \"shop.cli:main\"\n",
                        "shop/cli.py",
                        "def main():\n    HTTPServer()\n")
                .detect();

        assertThat(web(found)).endsWith("from shop.cli import main as main; main()");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    if not argv:\n        return\n    app = Bottle()\n    app.run()\n",
                "    app = Flask('shop')\n    @app.route('/')\n    def home():\n        if app:\n\n            return 'home'\n    app.run()\n"
            })
    void aFunctionThatGivesNothingBackIsAProgramAndMakesNoApplication(String body) {
        var found = python(
                        "setup.py",
                        "setup(install_requires=['bottle', 'flask'])",
                        "shop/__init__.py",
                        "",
                        "shop/__main__.py",
                        "def main(argv=None):\n" + body + "\nmain()\n")
                .detect();

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.start().get("web")).containsExactly(".venv/bin/python", "-m", "shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@main.command(help='x')\\n@option('--port')\\ndef http(port): pass\\n@main.command()\\ndef add(): pass | http",
                "@cli.command('run')\\nasync def anything(): pass\\n@cli.command()\\ndef serve(): pass | serve",
                "p.add_parser('update')\\np.add_parser(\\n  'run', help='x') | run",
                "@app.command()\\ndef serve(): pass | ",
                "p.add_parser('update')\\np.add_parser('list') | ",
            })
    void aProgramOfSeveralCommandsIsToldToServe(String code, String word) {
        var found = python(
                        "setup.py",
                        "setup(install_requires=['tornado'])",
                        "shop/__main__.py",
                        "main()",
                        "shop/cli.py",
                        code.replace("\\n", "\n") + "\napp.listen(80)\n")
                .detect();

        var words = new ArrayList<>(List.of(".venv/bin/python", "-m", "shop"));
        Optional.ofNullable(word).ifPresent(words::add);
        assertThat(found.start().get("web")).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "setup.py | setup(install_requires=['flask'], extras_require={\"docs\": [], \"test\": ['bs4']}) | .[test]",
                "setup.cfg | [metadata]\\n[options.extras_require]\\ndev =\\n  black\\n[x]\\ntest = 1 | .[dev]",
                "setup.py | setup(install_requires=['flask']) | ."
            })
    void whatOnlyTestsNeedIsInstalledWithThePackageItself(String file, String text, String itself) {
        var files = new String[] {
            "pyproject.toml",
            "[build-system]\nrequires = ['setuptools']\n",
            file,
            text.replace("\\n", "\n"),
            "test_a.py",
            "def test_a(): pass\n"
        };

        assertThat(python(files).detect().install().toString().replace("'", ""))
                .contains("--editable " + itself + "]")
                .doesNotContain("--no-deps");
    }

    @Test
    void ofAFolderOfRequirementsThatOfProductionIsInstalled() {
        var found = python(
                        "requirements/base.txt",
                        "flask\n",
                        "requirements/production.txt",
                        "-r base.txt\nwaitress\n",
                        "app.py",
                        "app = Flask('shop')\n")
                .detect();

        assertThat(found.install().toString()).contains("-r, requirements/production.txt");
        assertThat(web(found)).contains("-m waitress");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eventlet | app = Flask(__name__)%sio = SocketIO(app)%sif __name__ == '__main__':%s    io.run(app)"
                        + " | from app import app as made, io as sockets; sockets.run(made, host=",
                "gevent | from web import create_app, socketio%sapp = create_app()%sif 1:%s    socketio.run(app=app)"
                        + " | from app import app as made, socketio as sockets; sockets.run(made,",
                "gevent | io = SocketIO()%sdef create_app():%s    app = Flask('a')%s    io.init_app(app)%s    return app"
                        + " | from app import create_app as made, io as sockets; sockets.run(made(),",
                "simple-websocket | app = Flask(__name__)%sio = SocketIO(app)%sio.run(app) | -m gunicorn --threads 8",
                "gevent | app = Flask(__name__)%sio = SocketIO(app, async_mode='threading')%s | -m gunicorn --threads 8",
                "gevent | app = Flask(__name__)%sif __name__ == '__main__':%s    from io import io%s    io.run(app)"
                        + " | -m gunicorn --threads 8",
            })
    void socketsOfFlaskAreServedByTheServerThatAnswersThem(String green, String code, String words) {
        var found = python(
                        "requirements.txt",
                        "Flask-SocketIO\n" + green + "\n",
                        "web/__init__.py",
                        "",
                        "web/site.py",
                        "def create_app():\n    return Flask('web')\n",
                        "app.py",
                        code.replace("%s", "\n") + "\n")
                .detect();

        assertThat(web(found)).contains(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".flaskenv | FLASK_APP=\"shop:create_app()\" | 'shop:create_app()'",
                "run.py | import uvicorn%suvicorn.run('back.site:web', reload=True) | 'back.site:web'",
                "notes.txt | none | 'admin.app:app'",
            })
    void theApplicationThatTheProjectNamesComesBeforeOthers(String file, String text, String words) {
        var found = python(
                        "requirements.txt",
                        "flask\nfastapi\n",
                        "admin/app.py",
                        "app = FastAPI()\n",
                        "back/site.py",
                        "web = FastAPI()\n",
                        "shop/__init__.py",
                        "def create_app():\n    app = Flask('shop')\n    return app\n",
                        file,
                        text.replace("%s", "\n") + "\n")
                .detect();

        assertThat(web(found)).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "backend/app/main.py, from app.api import pages, backend, app.main:app",
        "src/main.py, from .api import pages, , src.main:app",
        "src/main.py, from src.api import pages, , src.main:app",
        "src/main.py, from api import pages, , main:app",
        "src/shop/main.py, from .api import pages, , shop.main:app"
    })
    void whatAFileImportsDecidesWhereItsModuleBegins(String file, String imports, String start, String module) {
        var found = python(
                        "requirements.txt",
                        "fastapi\n",
                        file,
                        imports + "\napp = FastAPI()\n",
                        file.replace("main.py", "api.py"),
                        "")
                .detect();

        assertThat(web(found))
                .startsWith("sh -c " + (start == null ? "exec " : "cd '" + start + "' && exec "))
                .contains("'" + module + "'");
    }

    @Test
    void aPageThatAnotherFileImportsIsNotTheApplication() {
        var found = python(
                        "requirements.txt",
                        "streamlit\n",
                        "helpers.py",
                        "import streamlit as st\n",
                        "overview.py",
                        "import streamlit as st\nfrom helpers import menu\n",
                        "pages/more.py",
                        "import streamlit as st\nimport overview\n")
                .detect();

        assertThat(web(found)).endsWith(" overview.py");
    }
}
