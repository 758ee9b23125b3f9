package dev.johwa.source.detect;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Few;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.go.GoModules;
import dev.johwa.source.detect.jvm.JavaGradle;
import dev.johwa.source.detect.jvm.JavaMaven;
import dev.johwa.source.detect.jvm.ScalaSbt;
import dev.johwa.source.detect.node.NodeJs;
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
import dev.johwa.source.detect.site.Hugo;
import dev.johwa.source.detect.site.Jekyll;
import dev.johwa.source.detect.site.MkDocs;
import dev.johwa.source.detect.site.SiteRulesTold;
import dev.johwa.source.detect.site.StaticSite;
import dev.johwa.source.detect.site.Zola;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.LockForms;
import dev.johwa.source.detect.stack.Provider;
import dev.johwa.source.detect.start.StartFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks the providers in order; the first that knows the folder answers, unless it finds nothing to start and a later
/// one finds what answers requests. Then the files that say in any stack what runs have their say ([StartFiles]), and a
/// Dockerfile the last word ([FromDockerfile]).
public final class Detector {
    /// What makes sites first, by files that nobody else has. Then from the most telling manifest to the least: what
    /// compiles first, since such a project often has a package.json for its front end beside it; C and C++ behind
    /// what may have extensions in them; plain files last, since every project has some.
    private static final List<Provider> PROVIDERS = List.of(
            new Zola(),
            new Hugo(),
            new Jekyll(),
            new MkDocs(),
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
            new NodeJs(),
            new CMake(),
            new Meson(),
            new Make(),
            new StaticSite());

    private final Toolchains toolchains;

    /// What image is wanted of a folder, where it has such a file.
    ///
    /// @param file the Dockerfile, relative to the folder
    /// @param stage of it that becomes the image; empty for the last
    /// @param arguments that its build is given, by name
    /// @param text of the file, where it stands elsewhere; else empty
    public record Wish(String file, Optional<String> stage, Map<String, String> arguments, String text) {
        public static final Wish USUAL = new Wish("Dockerfile", Optional.empty(), Map.of(), "");

        public Wish {
            arguments = Map.copyOf(arguments);
        }

        /// What to look at again.
        public static Wish of(Detection.Container container) {
            return new Wish(container.file(), container.stage(), container.arguments(), container.inline());
        }

        /// Whether it names a file or a stage, so that there has to be one.
        public boolean isNamed() {
            return !file.equals(USUAL.file) || stage.isPresent();
        }
    }

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
        return detect(repository, place, Wish.USUAL);
    }

    /// The same where the image is made by another file or stage.
    public Optional<Detection> detect(Path repository, Path place, Wish wish) {
        var folder = folder(repository, place);
        return bounded(folder, () -> decided(folder, stack(folder), wish).map(draft -> finish(draft, folder)));
    }

    /// Patterns that match part after part go as deep as there are parts.
    private static <T> Optional<T> bounded(Folder folder, Supplier<Optional<T>> look) {
        try {
            var found = look.get();
            if (found.isEmpty() && !folder.unread().isEmpty()) {
                throw new ProblemException(folder.unread());
            }
            return found;
        } catch (StackOverflowError e) {
            throw new ProblemException(
                    Problem.user("detect.endless", "a file here says the same so often that it cannot be read")
                            .at(Place.of(folder.place().isEmpty() ? "." : folder.place()))
                            .hint("look for a manifest or a script with thousands of equal words or lines"),
                    e);
        }
    }

    /// What a folder of a repository is where no image is made of it.
    public Optional<Detection> detectWithoutImage(Path repository, Path place) {
        var folder = folder(repository, place);
        return bounded(folder, () -> started(folder, stack(folder)).map(draft -> finish(draft, folder)));
    }

    private static Folder folder(Path repository, Path place) {
        var relative = place.normalize().toString();
        var whole = new Folder(repository);
        return relative.isEmpty() || relative.equals(".") ? whole : whole.below(relative);
    }

    /// The same of a folder that others ask too: what they read is not read again.
    Optional<Detection> detect(Folder folder) {
        return bounded(folder, () -> decided(folder, stack(folder), Wish.USUAL).map(draft -> finish(draft, folder)));
    }

    private Optional<Draft> decided(Folder folder, Optional<Draft> stack, Wish wish) {
        var started = started(folder, stack);
        return FromDockerfile.of(folder, wish, started).or(() -> started);
    }

    private Optional<Draft> started(Folder folder, Optional<Draft> stack) {
        stack.ifPresent(draft -> new PagesBeside(folder, toolchains, draft).build());
        return new StartFiles(folder, toolchains).with(stack);
    }

    private Optional<Draft> stack(Folder folder) {
        var first = Optional.<Draft>empty();
        for (var provider : PROVIDERS) {
            var draft = ask(provider, folder, first.isPresent());
            boolean decides = first.isEmpty()
                    ? draft.filter(each -> each.service != Service.LIBRARY).isPresent()
                    : draft.filter(Detector::answers).isPresent();
            if (decides) {
                return draft;
            }
            first = first.or(() -> draft);
        }
        return first;
    }

    /// What answers requests comes before what starts nothing: many a server has a requirements.txt for its tools.
    private static boolean answers(Draft draft) {
        return draft.service == Service.WEB
                && draft.warnings.stream().noneMatch(told -> told.code().equals("detect.dev-only"));
    }

    /// The same, and what every provider says of the folder: those behind the one that decides are asked too.
    ///
    /// @param place relative to the repository; `.` or nothing for the repository itself
    public Explanation explain(Path repository, Path place) {
        var folder = folder(repository, place);
        return bounded(folder, () -> Optional.of(explain(folder))).orElseThrow();
    }

    private Explanation explain(Folder folder) {
        var chosen = stack(folder);
        var asked = new ArrayList<Explanation.Asked>();
        for (var provider : PROVIDERS) {
            folder.takeLookedFor();
            var draft = ask(provider, folder, chosen.isPresent());
            var other = chosen.filter(one ->
                    draft.filter(each -> each.provider.equals(one.provider)).isEmpty());
            asked.add(Explanation.Asked.of(provider.getClass(), draft, folder.takeLookedFor(), other));
        }
        var detection = decided(folder, chosen, Wish.USUAL).map(draft -> finish(draft, folder));
        return new Explanation(List.copyOf(asked), detection);
    }

    /// What is wrong in a file that does not decide is not told.
    private Optional<Draft> ask(Provider provider, Folder folder, boolean isDecided) {
        try {
            return provider.detect(folder, toolchains);
        } catch (ProblemException e) {
            if (isDecided) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Detection finish(Draft draft, Folder folder) {
        draft.folder = folder.place().isEmpty() ? "." : folder.place();
        if (folder.has(".env")) {
            draft.warn(
                    "detect.env-committed",
                    ".env is in the repository; its values are not used",
                    "remove it from git and set secrets with `johwa secrets set`");
        }
        if (folder.has(Wish.USUAL.file()) && draft.container.isEmpty()) {
            draft.because(Wish.USUAL.file(), "not used: what else was found decides here");
        }
        SiteRulesTold.tell(draft, folder);
        LockForms.tell(draft, folder);
        folder.problems().forEach(draft::warn);
        return draft.done();
    }

    /// For a folder that nobody knows: what was looked for, and the smallest file that would make it run.
    public String hint(Path folder) {
        if (Files.exists(folder.resolve(Wish.USUAL.file()))) {
            return "There is a Dockerfile, and it is not to be used here. A Procfile with one line makes it run without"
                    + " one: web: ./my-program --port $PORT";
        }
        if (!Files.isDirectory(folder)) {
            return "The folder is not in this commit.";
        }
        var several = new Applications(this).survey(folder, "app").beside();
        if (!several.isEmpty()) {
            var names = several.stream().map(each -> each.folder().toString()).toList();
            return "These folders could run, and nothing says which are meant: " + Few.of(names, 8)
                    + ". Name them in johwa.yaml: apps: {" + several.getFirst().name() + ": {folder: "
                    + names.getFirst() + "}}";
        }
        return "Looked for a Dockerfile, pom.xml, build.gradle, build.sbt, go.mod, Cargo.toml, requirements.txt,"
                + " pyproject.toml, *.py, package.json, Gemfile, composer.json, index.php, mix.exs, the manifests of more stacks, index.html and"
                + " a Procfile. A Procfile with one line makes anything run: web: ./my-program --port $PORT";
    }
}
