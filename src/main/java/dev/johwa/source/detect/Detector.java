package dev.johwa.source.detect;

import dev.johwa.source.detect.go.GoModules;
import dev.johwa.source.detect.jvm.JavaGradle;
import dev.johwa.source.detect.jvm.JavaMaven;
import dev.johwa.source.detect.jvm.ScalaSbt;
import dev.johwa.source.detect.node.NodeNpm;
import dev.johwa.source.detect.other.CMake;
import dev.johwa.source.detect.other.Crystal;
import dev.johwa.source.detect.other.Dart;
import dev.johwa.source.detect.other.Deno;
import dev.johwa.source.detect.other.DotNet;
import dev.johwa.source.detect.other.ElixirMix;
import dev.johwa.source.detect.other.Gleam;
import dev.johwa.source.detect.other.Haskell;
import dev.johwa.source.detect.other.Make;
import dev.johwa.source.detect.other.Meson;
import dev.johwa.source.detect.other.PhpComposer;
import dev.johwa.source.detect.other.RubyBundler;
import dev.johwa.source.detect.other.Swift;
import dev.johwa.source.detect.other.Zig;
import dev.johwa.source.detect.python.PythonApp;
import dev.johwa.source.detect.python.PythonDjango;
import dev.johwa.source.detect.rust.RustCargo;
import dev.johwa.source.detect.site.StaticSite;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Procfile;
import dev.johwa.source.detect.stack.Provider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Asks the providers in order; the first that knows the folder answers. Then a Procfile has its say.
public final class Detector {
    /// From the most telling manifest to the least: what compiles first, since such a project often has a package.json
    /// for its front end beside it; C and C++ after what may have extensions in them; plain files last, since every
    /// project has some.
    private static final List<Provider> PROVIDERS = List.of(
            new JavaMaven(),
            new JavaGradle(),
            new ScalaSbt(),
            new GoModules(),
            new RustCargo(),
            new DotNet(),
            new ElixirMix(),
            new RubyBundler(),
            new PhpComposer(),
            new Crystal(),
            new Gleam(),
            new Dart(),
            new Swift(),
            new Haskell(),
            new Zig(),
            new Deno(),
            new PythonDjango(),
            new PythonApp(),
            new NodeNpm(),
            new CMake(),
            new Meson(),
            new Make(),
            new StaticSite());

    private final Toolchains toolchains;

    /// @param toolchains the runtimes that are on this machine
    public Detector(Toolchains toolchains) {
        this.toolchains = toolchains;
    }

    /// What the folder is; empty when nobody knows, and then [#hint] says what would help.
    public Optional<Detection> detect(Path path) {
        return detect(new Folder(path));
    }

    /// What a folder of a repository is: its tools may be written further up, as a workspace's lock file is.
    ///
    /// @param place relative to the repository; `.` or nothing for the repository itself
    public Optional<Detection> detect(Path repository, Path place) {
        var relative = place.normalize().toString();
        var whole = new Folder(repository);
        return detect(relative.isEmpty() || relative.equals(".") ? whole : whole.below(relative));
    }

    private Optional<Detection> detect(Folder folder) {
        var procfile = Procfile.read(folder);
        for (var provider : PROVIDERS) {
            var draft = provider.detect(folder, toolchains);
            if (draft.isPresent()) {
                procfile.ifPresent(each -> each.override(draft.get()));
                return Optional.of(finish(draft.get(), folder));
            }
        }
        return procfile.filter(each -> !each.isEmpty()).map(each -> finish(each.alone(), folder));
    }

    private static Detection finish(Draft draft, Folder folder) {
        draft.folder = folder.place().isEmpty() ? "." : folder.place();
        if (folder.has(".env")) {
            draft.warn(
                    "detect.env-committed",
                    ".env is in the repository; its values are not used",
                    "remove it from git and set secrets with `johwa secrets set`");
        }
        return draft.done();
    }

    /// For a folder that nobody knows: what was looked for, and the smallest file that would make it run.
    public String hint(Path folder) {
        if (!Files.isDirectory(folder)) {
            return "The folder is not in this commit.";
        }
        return "Looked for pom.xml, build.gradle, build.sbt, go.mod, Cargo.toml, requirements.txt, pyproject.toml, *.py,"
                + " package.json, Gemfile, composer.json, index.php, mix.exs, the manifests of more stacks, index.html and"
                + " a Procfile. A Procfile with one line makes anything run: web: ./my-program --port $PORT";
    }
}
