package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.Optional;
import java.util.regex.Pattern;

/// Django: a manage.py that names its settings. Migrations run once per release; gunicorn or uvicorn serves, with the
/// settings that the project's wsgi.py names where those are complete.
public final class PythonDjango implements Provider {
    private static final Pattern MANAGE = Pattern.compile("([^/]+/){0,2}manage\\.py");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        return folder.files(2, name -> MANAGE.matcher(name).matches()).stream()
                .flatMap(manage -> DjangoSettings.named(folder, manage)
                        .map(module -> new DjangoSite(new PythonProject(folder, toolchains), manage, module))
                        .stream())
                .findFirst()
                .map(DjangoSite::plan);
    }
}
