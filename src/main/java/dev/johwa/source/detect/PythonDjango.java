package dev.johwa.source.detect;

import dev.johwa.source.detect.Detection.Test;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Django: a manage.py that names its settings. Migrations run once per release; gunicorn serves.
final class PythonDjango implements Provider {
    private static final Pattern SETTINGS = Pattern.compile("DJANGO_SETTINGS_MODULE[\"']\\s*,\\s*[\"']([\\w.]+)[\"']");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var settings = folder.read("manage.py").map(SETTINGS::matcher).filter(found -> found.find());
        if (settings.isEmpty()) {
            return Optional.empty();
        }
        var module = settings.get().group(1);
        var python = new PythonProject(folder, toolchains);
        var draft = python.draft();
        if (!python.has("django")) {
            python.bring("django", draft);
        }
        python.bring("gunicorn", draft);
        draft.because("manage.py", "Django with the settings " + module);
        var project = module.replaceFirst("\\.settings.*$", "");
        draft.start.put(
                "web",
                Draft.shell("exec .venv/bin/python -m gunicorn " + project + ".wsgi --bind \"127.0.0.1:$PORT\""));
        draft.release.add(List.of(".venv/bin/python", "manage.py", "migrate", "--noinput"));
        var text = folder.read(module.replace('.', '/') + ".py").orElse("");
        if (text.contains("STATIC_ROOT")) {
            draft.build.add(List.of(".venv/bin/python", "manage.py", "collectstatic", "--noinput"));
        }
        draft.test.add(
                new Test(List.of(".venv/bin/python", "manage.py", "test", "-v", "2"), "django", Optional.empty()));
        return Optional.of(draft);
    }
}
