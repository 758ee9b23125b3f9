package dev.johwa.source.detect.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonDjangoTest {
    private static final String MANAGE = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')";
    private static final String SETTINGS = "DEBUG = True\nINSTALLED_APPS = [\n    'django.contrib.staticfiles',\n]\n"
            + "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates'}]\n"
            + "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3'}}\n";

    @TempDir
    Path place;

    private Detection django(String... files) {
        return new Sample(place, files).with("python", "3.11.7").detect();
    }

    private static String web(Detection found) {
        return String.join(" ", found.start().get("web"));
    }

    @Test
    void itIsMigratedServedWithItsStaticFilesAndToldWhatItLacks() {
        var found = django("manage.py", MANAGE, "mysite/settings.py", SETTINGS, "mysite/wsgi.py", "");

        assertThat(web(found))
                .startsWith("sh -c .venv/bin/python 'manage.py' migrate --noinput && exec ")
                .contains("gunicorn")
                .contains("'django_with_files:application'");
        assertThat(found.install().toString()).contains("whitenoise==").contains("mysite.wsgi");
        assertThat(found.release()).isEmpty();
        assertThat(found.evidence().getFirst().file()).isEqualTo("manage.py");
        assertThat(Sample.warnings(found))
                .containsExactlyInAnyOrder("detect.no-lock", "detect.sqlite", "detect.django-debug");
    }

    @Test
    void settingsForProductionAreUsedWhereTheyAreComplete() {
        var found = django(
                "manage.py",
                MANAGE.replace("mysite.settings", "mysite.settings.dev"),
                "mysite/settings/base.py",
                "WSGI_APPLICATION = 'mysite.wsgi.application'\nDATABASES = {}\nSTATIC_ROOT = 'static'\n",
                "mysite/settings/dev.py",
                "from .base import *\nDEBUG = True\nSECRET_KEY = 'x'\n",
                "mysite/settings/production.py",
                "from .base import *\nSECRET_KEY = os.environ['SECRET_KEY']\n",
                "mysite/wsgi.py",
                MANAGE.replace("mysite.settings", "mysite.settings.production"));

        assertThat(found.evidence().getFirst().why()).isEqualTo("Django with the settings mysite.settings.production");
        assertThat(Sample.words(found.release())).endsWith("--settings=mysite.settings.production");
        assertThat(Sample.words(found.build())).contains("collectstatic").endsWith("=mysite.settings.production");
        assertThat(web(found)).doesNotContain("DJANGO_SETTINGS_MODULE");
        assertThat(Sample.warnings(found)).doesNotContain("detect.django-debug", "detect.django-settings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "''  # later", "None"})
    void filesAreNotCollectedWhereNoPlaceIsNamed(String none) {
        var found = django(
                "manage.py",
                MANAGE,
                "mysite/settings.py",
                "DATABASES = {}\nSECRET_KEY = 'x'\nSTATIC_ROOT = " + none + "\nSTATIC_URL = '/static/'\n");

        assertThat(found.build()).isEmpty();
    }

    @Test
    void settingsForProductionWithoutAKeyGiveWayAndThatIsTold() {
        var found = django(
                "manage.py",
                MANAGE.replace("mysite.settings", "mysite.settings.dev"),
                "mysite/settings/base.py",
                "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3'}}\n",
                "mysite/settings/dev.py",
                "from .base import *\nSECRET_KEY = 'x'\n",
                "mysite/settings/production.py",
                "from .base import *\n",
                "mysite/wsgi.py",
                MANAGE.replace("mysite.settings", "mysite.settings.production"));

        assertThat(web(found))
                .startsWith("sh -c export DJANGO_SETTINGS_MODULE=mysite.settings.dev && .venv/bin/python 'manage.py'"
                        + " migrate --noinput && exec ");
        assertThat(Sample.warnings(found)).contains("detect.django-settings", "detect.sqlite");
    }

    @Test
    void whatAnotherFileStartsIsMigratedByTheRelease() {
        var found =
                django("manage.py", MANAGE, "mysite/settings.py", SETTINGS, "Procfile", "web: gunicorn mysite.wsgi\n");

        assertThat(web(found)).doesNotContain("migrate");
        assertThat(Sample.words(found.release())).isEqualTo(".venv/bin/python manage.py migrate --noinput");
    }

    @Test
    void aDatabaseThatMayBeElsewhereIsMigratedByTheReleaseToo() {
        var found = django(
                "manage.py",
                MANAGE,
                "mysite/settings.py",
                SETTINGS + "DATABASES['default'] = dj_database_url.config()\n");

        assertThat(web(found)).contains(" migrate --noinput && ");
        assertThat(Sample.words(found.release())).isEqualTo(".venv/bin/python manage.py migrate --noinput");
    }

    @Test
    void itIsServedByTheModuleThatItsSettingsNameOrByDjangosOwn() {
        var named = django(
                "manage.py",
                MANAGE,
                "mysite/settings.py",
                "WSGI_APPLICATION = 'deploy.web.app'\n",
                "deploy/web.py",
                "");
        assertThat(web(named)).contains("'deploy.web:app'");

        var none = django("mysite/settings.py", "WSGI_APPLICATION = 'mysite.wsgi.application'\n");
        assertThat(web(none))
                .contains("DJANGO_SETTINGS_MODULE=mysite.settings && ")
                .contains("'django.core.wsgi:get_wsgi_application()'");
    }

    @Test
    void settingsAreFoundAboveTheFolderOfManage() {
        var found = django("example/manage.py", MANAGE, "mysite/settings.py", SETTINGS, "mysite/wsgi.py", "");

        assertThat(web(found))
                .startsWith("sh -c .venv/bin/python 'example/manage.py' migrate")
                .doesNotContain("cd ");
        assertThat(Sample.warnings(found)).contains("detect.django-debug");
    }

    @Test
    void withoutAFileForServersItsStaticFilesAreServedAllTheSame() {
        var found = django("manage.py", MANAGE, "mysite/settings.py", SETTINGS);

        assertThat(web(found)).contains("'django_with_files:application'");
        assertThat(found.install().getLast()).endsWith("django.core.wsgi", "get_wsgi_application", "()");
    }

    @Test
    void inShapeItIsToldNothingAndServesItself() {
        var found = django(
                "requirements.txt",
                "Django==5.2\nwhitenoise\ngunicorn\n",
                "manage.py",
                MANAGE,
                "mysite/settings.py",
                "DEBUG = False\nALLOWED_HOSTS = ['x']\nINSTALLED_APPS = [\n    'django.contrib.staticfiles',\n]\n"
                        + "STATIC_ROOT = 'static'\n",
                "mysite/wsgi.py",
                "");

        assertThat(found.warnings()).isEmpty();
        assertThat(web(found)).contains("'mysite.wsgi:application'");
        assertThat(Sample.words(found.build())).contains("collectstatic");
        assertThat(found.layers()).containsExactly(".venv");
    }

    @Test
    void withSocketsItIsServedAsynchronously() {
        var found = django(
                "requirements.txt",
                "Django\nchannels\ndaphne\n",
                "manage.py",
                MANAGE,
                "mysite/settings.py",
                "",
                "mysite/wsgi.py",
                "",
                "mysite/asgi.py",
                "");

        assertThat(web(found)).contains("-m daphne").contains("'mysite.asgi:application'");
    }

    @Test
    void aProjectBelowTheRootIsStartedThere() {
        var found = django(
                "requirements.txt",
                "Django\n",
                "site/manage.py",
                MANAGE,
                "site/mysite/settings.py",
                SETTINGS,
                "site/mysite/wsgi.py",
                "",
                "site/mysite/tests.py",
                "class A(TestCase):\n    def test_a(self): pass\n");

        assertThat(web(found)).contains("cd 'site' && exec \"$OLDPWD/.venv/bin/python\" -m gunicorn");
        assertThat(web(found)).contains("'site/manage.py' migrate");
        assertThat(found.test().getFirst().command()).containsSubsequence("site/manage.py", "test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"site/requirements.txt", "requirements.txt"})
    void aProjectBelowARootWithoutPackagesIsThatOfTheFolderWithThem(String requirements) {
        var found = django(
                "README.md",
                "# Ours\n",
                "back/" + requirements,
                "Django==4.2.11\ndjangorestframework\n",
                "back/site/manage.py",
                MANAGE,
                "back/site/mysite/settings.py",
                SETTINGS,
                "back/site/mysite/wsgi.py",
                "");

        var place = ("back/" + requirements).replace("/requirements.txt", "");
        assertThat(web(found))
                .startsWith("sh -c cd \"$1\" && shift && exec \"$@\" sh " + place + " sh -c ")
                .contains("'django_with_files:application'");
        assertThat(Sample.words(found.install())).contains(" sh " + place + " python3 -c ");
        assertThat(found.install().toString()).contains("-r, requirements.txt]");
        assertThat(found.caches().getFirst().key()).containsExactly("back/" + requirements);
        assertThat(found.evidence().getFirst().file()).isEqualTo("back/site/manage.py");
        assertThat(Sample.warnings(found)).doesNotContain("detect.no-lock");
    }

    @Test
    void aProcfileAboveSaysWhatIsStartedBelowToo() {
        var found = django(
                "Procfile",
                "web: cd mysite && gunicorn mysite.wsgi\n",
                "mysite/requirements.txt",
                "Django\n",
                "mysite/manage.py",
                MANAGE,
                "mysite/mysite/settings.py",
                SETTINGS);

        assertThat(web(found)).contains("gunicorn mysite.wsgi").doesNotContain("migrate");
        assertThat(Sample.words(found.release())).endsWith("mysite .venv/bin/python manage.py migrate --noinput");
    }
}
