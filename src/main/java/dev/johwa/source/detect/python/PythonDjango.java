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
    private static final Pattern SETTINGS = Pattern.compile("DJANGO_SETTINGS_MODULE[\"']\\s*,\\s*[\"']([\\w.]+)[\"']");
    private static final Pattern STATIC_ROOT = Pattern.compile("(?m)^\\s*STATIC_ROOT\\s*=");
    private static final Pattern DEBUG = Pattern.compile("(?m)^DEBUG\\s*=\\s*True\\b");
    private static final Pattern NO_HOSTS = Pattern.compile("(?m)^ALLOWED_HOSTS\\s*=\\s*\\[\\s*]");
    private static final Pattern STATIC_FILES = Pattern.compile("(?m)^\\s*[\"']django\\.contrib\\.staticfiles[\"']");
    private static final List<String> SERVE_FILES = List.of("whitenoise", "django-storages", "servestatic");
    private static final Pattern SQLITE = Pattern.compile("(?m)^[^#\\n]*backends\\.sqlite3");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var settings = folder.read("manage.py").map(SETTINGS::matcher).filter(found -> found.find());
        if (settings.isEmpty()) {
            return Optional.empty();
        }
        var module = settings.get().group(1);
        var python = new PythonProject(folder, toolchains);
        python.draft().aboveAll("manage.py", "Django with the settings " + module);
        if (!python.packages().has("django")) {
            python.draft()
                    .warn(
                            "detect.no-lock",
                            "no file names the version of Django, so the newest is installed",
                            "run `pip freeze > requirements.txt` and commit it");
        }
        python.bring("django", "manage.py needs it");
        serve(folder, module, python);
        var manage = List.of(".venv/bin/python", "manage.py");
        if (!folder.files(name -> name.matches("(.*/)?migrations/.*\\.py")).isEmpty() || usesDatabase(folder, module)) {
            python.draft().release.add(List.of(manage.get(0), manage.get(1), "migrate", "--noinput"));
        }
        settings(folder, module, python.draft());
        hints(folder, module, python);
        PythonTests.add(folder, python);
        return Optional.of(python.draft());
    }

    private static void serve(Folder folder, String settings, PythonProject python) {
        var project = settings.replaceFirst("\\.settings.*$", "");
        var path = project.replace('.', '/');
        if (!folder.has(path + "/wsgi.py") && folder.has(path + "/asgi.py")) {
            PythonServer.async(project + ".asgi:application", python, "it serves Django");
        } else {
            PythonServer.sync(project + ".wsgi:application", python, "it serves Django");
        }
    }

    private static List<String> files(Folder folder, String settings) {
        var path = settings.replace('.', '/');
        var place = path.contains("/") ? path.substring(0, path.lastIndexOf('/') + 1) : "";
        return folder.files(name -> name.equals(path + ".py")
                || name.equals(path + "/__init__.py")
                || name.endsWith("settings/base.py") && name.startsWith(place));
    }

    private static boolean usesDatabase(Folder folder, String settings) {
        return files(folder, settings).stream().anyMatch(file -> folder.says(file, Pattern.compile("DATABASES")));
    }

    /// What a project as Django's own starter makes it lacks in front of strangers.
    private static void hints(Folder folder, String module, PythonProject python) {
        for (var file : files(folder, module)) {
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
            if (folder.says(file, STATIC_FILES) && !python.packages().hasAny(SERVE_FILES)) {
                python.draft()
                        .warn(
                                "detect.django-static",
                                "nothing serves Django's static files, those of the admin too",
                                "add whitenoise to requirements.txt, its middleware to MIDDLEWARE, and STATIC_ROOT to "
                                        + file);
            }
        }
    }

    private static void settings(Folder folder, String settings, Draft draft) {
        for (var file : files(folder, settings)) {
            if (folder.says(file, STATIC_ROOT) && draft.build.isEmpty()) {
                draft.build.add(List.of(".venv/bin/python", "manage.py", "collectstatic", "--noinput"));
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
