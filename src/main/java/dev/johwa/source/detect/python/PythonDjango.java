package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Moved;
import dev.johwa.source.detect.stack.Provider;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Django: a manage.py that names its settings. Migrations run once per release; gunicorn or uvicorn serves, with the
/// settings that the project's wsgi.py names where those are complete.
public final class PythonDjango implements Provider {
    private static final Pattern MANAGE = Pattern.compile("([^/]+/){0,2}manage\\.py");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        return folder.files(2, name -> MANAGE.matcher(name).matches()).stream()
                .flatMap(manage ->
                        DjangoSettings.named(folder, manage)
                                .map(module -> plan(folder, toolchains, manage, module))
                                .stream())
                .findFirst();
    }

    /// Where the root names no packages and a folder on the way to manage.py does, the project is that folder's.
    private static Draft plan(Folder folder, Toolchains toolchains, String manage, String module) {
        var own = own(folder, manage);
        if (own.isEmpty()) {
            return new DjangoSite(new PythonProject(folder, toolchains), manage, module).plan();
        }
        var python = new PythonProject(folder.below(own), toolchains);
        return new Moved(own).of(new DjangoSite(python, manage.substring(own.length() + 1), module).plan());
    }

    /// The nearest folder around manage.py with a manifest of its own; empty where that is the root's, or there is
    /// none.
    private static String own(Folder folder, String manage) {
        if (PythonApp.hasManifest(folder)) {
            return "";
        }
        var around = Path.of(manage).getParent();
        while (around != null && !PythonApp.hasManifest(folder.below(around.toString()))) {
            around = around.getParent();
        }
        return around == null ? "" : around.toString();
    }
}
