package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Django: a manage.py that names its settings. Migrations run once per release; gunicorn or uvicorn serves.
public final class PythonDjango implements Provider {
    private static final String PYTHON = ".venv/bin/python";
    private static final Pattern MANAGE = Pattern.compile("([^/]+/){0,2}manage\\.py");
    private static final Pattern SETTINGS = Pattern.compile("DJANGO_SETTINGS_MODULE[\"']\\s*,\\s*[\"']([\\w.]+)[\"']");
    private static final Pattern STATIC_ROOT = Pattern.compile("(?m)^\\s*STATIC_ROOT\\s*=");
    private static final Pattern DEBUG = Pattern.compile("(?m)^DEBUG\\s*=\\s*True\\b");
    private static final Pattern NO_HOSTS = Pattern.compile("(?m)^ALLOWED_HOSTS\\s*=\\s*\\[\\s*]");
    private static final Pattern STATIC_FILES = Pattern.compile("(?m)^\\s*[\"']django\\.contrib\\.staticfiles[\"']");
    private static final List<String> SERVE_FILES = List.of("whitenoise", "django-storages", "servestatic");
    private static final int SHELL_WORDS = 3;
    private static final Pattern SQLITE = Pattern.compile("(?m)^[^#\\n]*backends\\.sqlite3");

    /// Django's application, and before it the static files of all its apps, as a module beside what is
    /// brought.
    private static final String WITH_FILES = "django_with_files";

    private static final String WRITE = """
            import sys, pathlib
            pathlib.Path('.venv-brought/django_with_files.py').write_text('''
            from %s import application as project
            from django.conf import settings
            from django.contrib.staticfiles.finders import get_finders
            from whitenoise import WhiteNoise
            application = WhiteNoise(project)
            for finder in reversed(list(get_finders())):
                for storage in reversed(list(getattr(finder, 'storages', {}).values())):
                    below = getattr(storage, 'prefix', None)
                    application.add_files(storage.location, settings.STATIC_URL + (below + '/' if below else ''))
            if settings.STATIC_ROOT:
                application.add_files(str(settings.STATIC_ROOT), settings.STATIC_URL)
            ''' % sys.argv[1])
            """;

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var manage = folder.files(2, name -> MANAGE.matcher(name).matches()).stream()
                .filter(name -> folder.says(name, SETTINGS))
                .findFirst();
        if (manage.isEmpty()) {
            return Optional.empty();
        }
        var settings = SETTINGS.matcher(folder.read(manage.get()).orElse(""));
        return settings.find()
                ? Optional.of(django(new PythonProject(folder, toolchains), manage.get(), settings.group(1)))
                : Optional.empty();
    }

    private static Draft django(PythonProject python, String manage, String module) {
        var folder = python.folder();
        var place = manage.substring(0, Math.max(0, manage.lastIndexOf('/')));
        python.manage(manage);
        python.draft().aboveAll(manage, "Django with the settings " + module);
        if (!python.packages().has("django")) {
            python.draft()
                    .warn(
                            "detect.no-lock",
                            "no file names the version of Django, so the newest is installed",
                            "run `pip freeze > requirements.txt` and commit it");
        }
        python.bring("django", "manage.py needs it");
        var steps = serve(python, place, module);
        if (!folder.files(name -> name.matches("(.*/)?migrations/.*\\.py")).isEmpty()
                || usesDatabase(folder, path(place, module))) {
            python.draft().release.add(List.of(PYTHON, manage, "migrate", "--noinput"));
        }
        settings(folder, path(place, module), python.draft(), manage);
        if (files(folder, path(place, module)).stream().anyMatch(file -> folder.says(file, SQLITE))) {
            migrateAtStart(python.draft(), manage);
        }
        hints(folder, path(place, module), python, !steps.isEmpty());
        PythonTests.add(folder, python);
        return python.done(steps);
    }

    /// A database in the application's folder is one of each instance: what the release command makes is in another.
    private static void migrateAtStart(Draft draft, String manage) {
        var web = draft.start.getOrDefault("web", List.of());
        if (web.size() == SHELL_WORDS && web.getFirst().equals("sh") && PythonServer.isPlain(manage)) {
            var line = PYTHON + " '" + manage + "' migrate --noinput && " + web.getLast();
            draft.start.put("web", List.of("sh", "-c", line));
        }
    }

    /// The settings as a path below the root.
    private static String path(String place, String module) {
        return (place.isEmpty() ? "" : place + "/") + module.replace('.', '/');
    }

    /// @return what has to be written after the install
    private static List<List<String>> serve(PythonProject python, String place, String settings) {
        var folder = python.folder();
        var project = settings.replaceFirst("\\.?settings.*$", "");
        var base = project.isEmpty() ? "" : project + ".";
        var path = path(place, base + "wsgi");
        var server = new PythonServer(python, PythonServer.isPlain(place) ? place : "");
        boolean hasSockets = python.packages().hasAny(List.of("channels", "daphne"));
        boolean hasAsync = folder.has(path.replaceFirst("wsgi$", "asgi") + ".py");
        if (hasAsync && (hasSockets || !folder.has(path + ".py"))) {
            server.async("'" + base + "asgi:application'", false, "it serves Django");
            return List.of();
        }
        var served = files(folder, path(place, settings)).stream().anyMatch(file -> folder.says(file, STATIC_FILES));
        if (!served || python.packages().hasAny(SERVE_FILES)) {
            server.sync("'" + base + "wsgi:application'", "it serves Django");
            return List.of();
        }
        python.bring("whitenoise", "it serves Django's static files");
        server.sync("'" + WITH_FILES + ":application'", "it serves Django");
        return List.of(List.of(PYTHON, "-c", WRITE, base + "wsgi"));
    }

    private static List<String> files(Folder folder, String path) {
        var place = path.contains("/") ? path.substring(0, path.lastIndexOf('/') + 1) : "";
        return folder.files(name -> name.equals(path + ".py")
                || name.equals(path + "/__init__.py")
                || name.endsWith("settings/base.py") && name.startsWith(place));
    }

    private static boolean usesDatabase(Folder folder, String settings) {
        return files(folder, settings).stream().anyMatch(file -> folder.says(file, Pattern.compile("DATABASES")));
    }

    /// What a project as Django's own starter makes it lacks in front of strangers.
    private static void hints(Folder folder, String path, PythonProject python, boolean areFilesServed) {
        for (var file : files(folder, path)) {
            boolean isDebug = folder.says(file, DEBUG);
            if (isDebug) {
                python.draft()
                        .warn(
                                "detect.django-debug",
                                file + " says DEBUG = True: pages of errors show code and settings to everybody",
                                "write DEBUG = os.environ.get('DEBUG') == '1', and name your hosts in ALLOWED_HOSTS");
            } else if (folder.says(file, NO_HOSTS)) {
                python.draft()
                        .warn(
                                "detect.django-hosts",
                                file + " says ALLOWED_HOSTS = []: every request is answered with 400",
                                "name the hosts of the application there");
            }
            if (folder.says(file, STATIC_FILES)
                    && !areFilesServed
                    && !python.packages().hasAny(SERVE_FILES)) {
                python.draft()
                        .warn(
                                "detect.django-static",
                                "nothing serves Django's static files, those of the admin too",
                                "add whitenoise to requirements.txt, its middleware to MIDDLEWARE, and STATIC_ROOT to "
                                        + file);
            }
        }
    }

    private static void settings(Folder folder, String settings, Draft draft, String manage) {
        for (var file : files(folder, settings)) {
            if (folder.says(file, STATIC_ROOT) && draft.build.isEmpty()) {
                draft.build.add(List.of(PYTHON, manage, "collectstatic", "--noinput"));
                draft.because(file, "STATIC_ROOT says where static files are collected");
            }
            if (folder.says(file, SQLITE)) {
                draft.warn(
                        "detect.sqlite",
                        file + " keeps its SQLite database in the application's folder, and a new release begins with"
                                + " new files",
                        "put the database into a folder of its own and name that under `data:` in johwa.yaml");
            }
        }
    }
}
