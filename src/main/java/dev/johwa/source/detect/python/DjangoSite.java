package dev.johwa.source.detect.python;

import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One project of Django: which settings it runs with, what serves it, and what is to be done around that.
final class DjangoSite {
    private static final String PYTHON = ".venv/bin/python";
    private static final Pattern SERVED = Pattern.compile("(?m)^\\s*WSGI_APPLICATION\\s*=\\s*[\"']([\\w.]+)[\"']");
    private static final Pattern SECRET_KEY = Pattern.compile("\\bSECRET_KEY\\b");
    private static final Pattern DATABASES = Pattern.compile("DATABASES");
    private static final Pattern STATIC_ROOT =
            Pattern.compile("(?m)^\\s*STATIC_ROOT\\s*=(?!\\h*(\"\"|''|None)\\h*(#|$))");
    private static final Pattern DEBUG = Pattern.compile("(?m)^DEBUG\\s*=\\s*True\\b");
    private static final Pattern NO_HOSTS = Pattern.compile("(?m)^ALLOWED_HOSTS\\s*=\\s*\\[\\s*]");
    private static final Pattern STATIC_FILES = Pattern.compile("(?m)^\\s*[\"']django\\.contrib\\.staticfiles[\"']");
    private static final Pattern SQLITE = Pattern.compile("(?m)^[^#\\n]*backends\\.sqlite3");
    private static final Pattern OTHER_DATABASE = Pattern.compile("(?m)^[^#\\n]*(?:db\\.backends\\.(?!sqlite3)\\w"
            + "|[\"']ENGINE[\"']\\s*:\\s*+(?![\"'][\\w.]*sqlite3)|dj_database_url|DATABASE_URL|env\\.db)");
    private static final Pattern MIGRATION = Pattern.compile("(.*/)?migrations/.*\\.py");
    /// Files that may say what starts instead, and so without what is put before the server here.
    private static final List<String> STARTERS = List.of("Procfile", "heroku.yml", "app.json", "johwa.yaml");
    private static final List<String> SERVE_FILES = List.of("whitenoise", "django-storages", "servestatic");
    private static final int SHELL_WORDS = 3;

    /// Django's application, and before it the static files of all its apps, as a module beside what is
    /// brought.
    private static final String WITH_FILES = "django_with_files";

    private static final String WRITE = """
            import sys, pathlib
            pathlib.Path('.venv-brought/django_with_files.py').write_text('''
            from %s import %s as project
            from django.conf import settings
            from django.contrib.staticfiles.finders import get_finders
            from whitenoise import WhiteNoise
            application = WhiteNoise(project%s)
            for finder in reversed(list(get_finders())):
                for storage in reversed(list(getattr(finder, 'storages', {}).values())):
                    below = getattr(storage, 'prefix', None)
                    application.add_files(storage.location, settings.STATIC_URL + (below + '/' if below else ''))
            if settings.STATIC_ROOT:
                application.add_files(str(settings.STATIC_ROOT), settings.STATIC_URL)
            ''' % tuple(sys.argv[1:]))
            """;

    private final PythonProject python;
    private final Folder folder;
    private final Draft draft;
    private final String manage;
    /// The folder from which its modules are imported, or empty for the root.
    private final String place;
    /// The settings by which manage.py works.
    private final DjangoSettings managed;
    /// What servers are given, as Django names it: `mysite.wsgi.application`.
    private final String application;
    /// The settings that the file of [#application] names.
    private final Optional<String> named;
    /// The settings by which it is served.
    private final DjangoSettings settings;

    /// @param manage its manage.py
    /// @param module the settings which that names
    DjangoSite(PythonProject python, String manage, String module) {
        this.python = python;
        this.folder = python.folder();
        this.draft = python.draft();
        this.manage = manage;
        this.place = place(folder, manage, module);
        this.managed = DjangoSettings.read(folder, place, module);
        var project = module.replaceFirst("\\.?settings.*$", "");
        this.application =
                managed.text(SERVED).orElse(project.isEmpty() ? "wsgi.application" : project + ".wsgi.application");
        this.named = DjangoSettings.named(folder, file(module()));
        // Those for production that nobody gave a key are made to be completed: they cannot serve as they are.
        this.settings = named.filter(name -> !name.equals(module))
                .map(name -> DjangoSettings.read(folder, place, name))
                .filter(other -> other.say(SECRET_KEY))
                .orElse(managed);
    }

    /// The folder of manage.py; where the settings do not lie below it, the nearest above from which they do.
    private static String place(Folder folder, String manage, String module) {
        var own = parent(manage);
        var place = own;
        while (!place.isEmpty()
                && DjangoSettings.read(folder, place, module).files().isEmpty()) {
            place = parent(place);
        }
        return DjangoSettings.read(folder, place, module).files().isEmpty() ? own : place;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /// The module of the application.
    private String module() {
        return application.substring(0, Math.max(0, application.lastIndexOf('.')));
    }

    private String file(String module) {
        return (place.isEmpty() ? "" : place + "/") + module.replace('.', '/') + ".py";
    }

    Draft plan() {
        python.manage(manage);
        draft.aboveAll(manage, "Django with the settings " + settings.module());
        if (!python.packages().has("django")) {
            draft.warn(
                    "detect.no-lock",
                    "no file names the version of Django, so the newest is installed",
                    "run `pip freeze > requirements.txt` and commit it");
        }
        python.bring("django", "manage.py needs it");
        var steps = serve();
        database();
        settings.where(STATIC_ROOT).ifPresent(file -> {
            draft.build.add(command("collectstatic"));
            draft.because(file, "STATIC_ROOT says where static files are collected");
        });
        chooseSettings();
        hints(!steps.isEmpty());
        PythonTests.add(folder, python);
        return python.done(steps);
    }

    /// A command of manage.py's that asks nothing.
    private List<String> command(String name) {
        var words = new ArrayList<>(List.of(PYTHON, manage, name, "--noinput"));
        if (!settings.equals(managed)) {
            words.add("--settings=" + settings.module());
        }
        return List.copyOf(words);
    }

    /// @return what has to be written after the install
    private List<List<String>> serve() {
        var packages = python.packages();
        var server = new PythonServer(python, PythonServer.isPlain(place) ? place : "");
        boolean isHere = folder.has(file(module()));
        var async = module().replaceFirst("wsgi$", "asgi");
        boolean hasAsync = !async.equals(module()) && folder.has(file(async));
        if (hasAsync && (!isHere || packages.hasAny(List.of("channels", "daphne")))) {
            server.async("'" + async + ":application'", false, "it serves Django");
            return List.of();
        }
        var from = isHere ? module() : "django.core.wsgi";
        var object = isHere ? application.substring(application.lastIndexOf('.') + 1) : "get_wsgi_application";
        var call = isHere ? "" : "()";
        if (!settings.say(STATIC_FILES) || packages.hasAny(SERVE_FILES)) {
            server.sync("'" + from + ":" + object + call + "'", "it serves Django");
            return List.of();
        }
        python.bring("whitenoise", "it serves Django's static files");
        server.sync("'" + WITH_FILES + ":application'", "it serves Django");
        return List.of(List.of(PYTHON, "-c", WRITE, from, object, call));
    }

    private void database() {
        boolean hasMigrations =
                !folder.files(name -> MIGRATION.matcher(name).matches()).isEmpty();
        var ownFile = settings.where(SQLITE);
        // That database is one of each instance: what a release command makes is in another.
        if (ownFile.isPresent() && PythonServer.isPlain(manage)) {
            var migrate = new ArrayList<>(command("migrate"));
            migrate.set(1, "'" + manage + "'");
            before(String.join(" ", migrate));
        }
        boolean isDoneAtStart = ownFile.isPresent()
                && !settings.say(OTHER_DATABASE)
                && Stream.concat(Stream.of(folder), folder.repository().stream())
                        .allMatch(each -> each.first(STARTERS).isEmpty());
        if ((hasMigrations || settings.say(DATABASES)) && !isDoneAtStart) {
            draft.release.add(command("migrate"));
        }
        ownFile.ifPresent(file -> draft.warn(
                "detect.sqlite",
                file
                        + " keeps its SQLite database in the application's folder, and a new release begins with new files",
                "put the database into a folder of its own and name that under `data:` in johwa.yaml"));
    }

    /// Where the file of the application names other settings than it is served with, or is not there.
    private void chooseSettings() {
        boolean isSaid = named.isPresent() ? named.get().equals(settings.module()) : folder.has(file(module()));
        if (isSaid) {
            return;
        }
        before("export DJANGO_SETTINGS_MODULE=" + settings.module());
        named.ifPresent(other -> {
            boolean isHere = !DjangoSettings.read(folder, place, other).files().isEmpty();
            draft.warn(
                    "detect.django-settings",
                    "it is served with " + settings.module() + ", as manage.py is: " + other + ", which "
                            + file(module()) + " names, " + (isHere ? "has no SECRET_KEY" : "is not here"),
                    isHere
                            ? "write SECRET_KEY = os.environ['SECRET_KEY'] there, and set it with `johwa secrets set`"
                            : "let both name the same settings");
        });
    }

    /// Has a command run before the server, in its shell.
    private void before(String line) {
        var web = draft.start.getOrDefault("web", List.of());
        if (web.size() == SHELL_WORDS && web.getFirst().equals("sh")) {
            draft.start.put("web", Draft.shell(line + " && " + web.getLast()));
        }
    }

    /// What a project as Django's own starter makes it lacks in front of strangers.
    private void hints(boolean areFilesServed) {
        settings.where(DEBUG)
                .ifPresent(file -> draft.warn(
                        "detect.django-debug",
                        file + " says DEBUG = True: pages of errors show code and settings to everybody",
                        "write DEBUG = os.environ.get('DEBUG') == '1', and name your hosts in ALLOWED_HOSTS"));
        settings.where(NO_HOSTS)
                .filter(file -> !settings.say(DEBUG))
                .ifPresent(file -> draft.warn(
                        "detect.django-hosts",
                        file + " says ALLOWED_HOSTS = []: every request is answered with 400",
                        "name the hosts of the application there"));
        settings.where(STATIC_FILES)
                .filter(file -> !areFilesServed && !python.packages().hasAny(SERVE_FILES))
                .ifPresent(file -> draft.warn(
                        "detect.django-static",
                        "nothing serves Django's static files, those of the admin too",
                        "add whitenoise to requirements.txt, its middleware to MIDDLEWARE, and STATIC_ROOT to "
                                + file));
    }
}
