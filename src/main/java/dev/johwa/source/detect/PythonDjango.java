package dev.johwa.source.detect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Django: a manage.py that names its settings. Migrations run once per release; gunicorn or uvicorn serves.
final class PythonDjango implements Provider {
    private static final Pattern SETTINGS = Pattern.compile("DJANGO_SETTINGS_MODULE[\"']\\s*,\\s*[\"']([\\w.]+)[\"']");
    private static final Pattern STATIC_ROOT = Pattern.compile("(?m)^\\s*STATIC_ROOT\\s*=");
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
        python.bring("django", "manage.py needs it");
        serve(folder, module, python);
        var manage = List.of(".venv/bin/python", "manage.py");
        if (!folder.files(name -> name.matches("(.*/)?migrations/.*\\.py")).isEmpty() || usesDatabase(folder, module)) {
            python.draft().release.add(List.of(manage.get(0), manage.get(1), "migrate", "--noinput"));
        }
        settings(folder, module, python.draft());
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
