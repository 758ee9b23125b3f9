package dev.johwa.source.detect.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonPipTest {
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
        assertThat(found.install().toString()).contains("requirements.txt").contains("gunicorn");
        assertThat(found.health()).contains("/healthz");
        assertThat(found.evidence().getFirst().why()).isEqualTo("Flask application app");
    }

    @Test
    void aFastApiObjectIsServedAsynchronously() {
        var found = python("requirements.txt", "fastapi[standard]\n", "main.py", "app = FastAPI()\n")
                .detect();

        assertThat(web(found)).contains("uvicorn").contains("'main:app'");
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

    @Test
    void aWorkerDoesNotListen() {
        var found = python("worker.py", "while True: work()").detect();

        assertThat(found.service()).isEqualTo(Service.WORKER);
    }

    @Test
    void djangoIsMigratedServedAndToldWhatItLacks() {
        var found = python(
                        "manage.py",
                        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')",
                        "mysite/settings.py",
                        "DEBUG = True\nINSTALLED_APPS = [\n    'django.contrib.staticfiles',\n]\n"
                                + "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3'}}\n",
                        "mysite/wsgi.py",
                        "")
                .detect();

        assertThat(web(found)).contains("gunicorn").contains("mysite.wsgi:application");
        assertThat(Sample.words(found.release())).isEqualTo(".venv/bin/python manage.py migrate --noinput");
        assertThat(found.evidence().getFirst().file()).isEqualTo("manage.py");
        assertThat(Sample.warnings(found))
                .contains("detect.no-lock", "detect.sqlite", "detect.django-debug", "detect.django-static");
    }

    @Test
    void djangoInShapeIsToldNothing() {
        var found = python(
                        "requirements.txt",
                        "Django==5.2\nwhitenoise\ngunicorn\n",
                        "manage.py",
                        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')",
                        "mysite/settings.py",
                        "DEBUG = False\nALLOWED_HOSTS = ['x']\nINSTALLED_APPS = [\n    'django.contrib.staticfiles',\n]\n"
                                + "STATIC_ROOT = 'static'\n",
                        "mysite/wsgi.py",
                        "")
                .detect();

        assertThat(found.warnings()).isEmpty();
        assertThat(Sample.words(found.build())).contains("collectstatic");
    }
}
