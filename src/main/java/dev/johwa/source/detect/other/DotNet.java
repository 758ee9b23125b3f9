package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// .NET: the project that serves, published for release.
public final class DotNet implements Provider {
    private static final Needed SDK =
            new Needed("dotnet", "install it on the server: https://learn.microsoft.com/dotnet/core/install/linux");
    private static final String OUT = "out";
    private static final int NEAR = 2;
    private static final int DEEP = 6;
    private static final Pattern PROJECT = Pattern.compile(".*\\.(cs|fs|vb)proj");
    private static final Pattern TESTS = Pattern.compile("Microsoft\\.NET\\.Test\\.Sdk|<IsTestProject>true");
    private static final Pattern NAMED = Pattern.compile("<AssemblyName>\\s*([\\w.-]+)\\s*<");

    /// What a project is, in the order in which people would start them.
    private enum Kind {
        SERVER("Sdk=\"Microsoft\\.NET\\.Sdk\\.Web\""),
        /// Runs in browsers: files to serve.
        PAGES("Sdk=\"Microsoft\\.NET\\.Sdk\\.BlazorWebAssembly\""),
        WORKER("Sdk=\"Microsoft\\.NET\\.Sdk\\.Worker\""),
        PROGRAM("<OutputType>\\s*Exe\\s*<"),
        LIBRARY("");

        private final Pattern mark;

        Kind(String mark) {
            this.mark = Pattern.compile(mark);
        }

        static Kind of(Folder folder, String project) {
            return Stream.of(values())
                    .filter(kind -> folder.says(project, kind.mark))
                    .findFirst()
                    .orElse(LIBRARY);
        }
    }

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        // A solution says that there is more to look for than a walk past everybody else's folders would be worth.
        boolean isSolution =
                !folder.files(0, name -> name.matches(".*\\.slnx?")).isEmpty();
        var projects = folder.files(
                isSolution ? DEEP : NEAR, name -> PROJECT.matcher(name).matches());
        if (projects.isEmpty()) {
            return Optional.empty();
        }
        var draft = new Draft("dotnet", ".NET").because(projects.getFirst(), "a project of .NET");
        draft.packageManager = Optional.of("nuget");
        SDK.languageOn(toolchains, folder, draft);
        draft.environment.put("DOTNET_NOLOGO", "true");
        draft.environment.put("DOTNET_CLI_TELEMETRY_OPTOUT", "true");
        if (projects.stream().anyMatch(name -> folder.says(name, TESTS))) {
            tests(folder, projects, draft);
        }
        var started = projects.stream()
                .filter(name -> !folder.says(name, TESTS) && Kind.of(folder, name) != Kind.LIBRARY)
                .sorted(Comparator.comparing((String name) -> Kind.of(folder, name))
                        .thenComparing(name -> name))
                .toList();
        if (started.isEmpty()) {
            draft.service = Service.LIBRARY;
            draft.build.add(List.of("dotnet", "build", "-c", "Release"));
            return Optional.of(draft);
        }
        several(folder, started, draft);
        start(folder, started.getFirst(), draft);
        return Optional.of(draft);
    }

    /// All that stays up, or is of its kind; not what another of them brings along.
    private static void several(Folder folder, List<String> projects, Draft draft) {
        var first = projects.getFirst();
        var kind = Kind.of(folder, first);
        var others = projects.stream()
                .skip(1)
                .filter(name -> Kind.of(folder, name) == kind || Kind.of(folder, name) != Kind.PROGRAM)
                .filter(name -> projects.stream().noneMatch(other -> refers(folder, other, name)))
                .toList();
        if (!others.isEmpty()) {
            draft.warn(
                    "detect.several-programs",
                    "there are several programs: " + first + ", " + String.join(", ", others) + "; " + first
                            + " is started",
                    "deploy each from its folder, in johwa.yaml: apps: {"
                            + Stream.concat(Stream.of(first), others.stream())
                                    .map(DotNet::app)
                                    .collect(Collectors.joining(", "))
                            + "}");
        }
    }

    /// As johwa.yaml names it: `web: {folder: src/Web}`.
    private static String app(String project) {
        var folder = project.contains("/") ? project.replaceFirst("/[^/]*$", "") : ".";
        var file = project.replaceFirst(".*/", "").replaceFirst("\\.[^.]*$", "");
        var name = file.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return name + ": {folder: " + folder + "}";
    }

    private static boolean refers(Folder folder, String project, String to) {
        return !project.equals(to)
                && folder.says(
                        project, Pattern.compile("[\\\\/\"]" + Pattern.quote(to.replaceFirst(".*/", "")) + "\""));
    }

    /// A solution or single project at the root is found by itself; else each is named.
    private static void tests(Folder folder, List<String> projects, Draft draft) {
        boolean isAtRoot = !folder.files(0, name -> name.matches(".*\\.(sln|slnx|csproj|fsproj|vbproj)"))
                .isEmpty();
        var named = projects.stream().filter(name -> folder.says(name, TESTS)).toList();
        for (var project : isAtRoot ? List.of("") : named) {
            var words = new ArrayList<>(List.of("dotnet", "test"));
            if (!project.isEmpty()) {
                words.add(project);
            }
            words.addAll(List.of("--logger", "trx"));
            draft.test.add(new Test(List.copyOf(words), "dotnet", Optional.of("**/TestResults/*.trx")));
        }
    }

    private static void start(Folder folder, String project, Draft draft) {
        draft.build.add(List.of("dotnet", "publish", project, "-c", "Release", "-o", OUT));
        var kind = Kind.of(folder, project);
        if (kind == Kind.PAGES) {
            draft.because(project, "runs in browsers: it is published and served as files");
            draft.service = Service.STATIC;
            draft.publish = Optional.of(new Publish(OUT + "/wwwroot", true));
            return;
        }
        draft.because(project, "is published and started");
        var named = NAMED.matcher(folder.read(project).orElse(""));
        var file = project.replaceFirst(".*/", "").replaceFirst("\\.[^.]*$", "");
        var assembly = OUT + "/" + (named.find() ? named.group(1) : file) + ".dll";
        var command = kind == Kind.SERVER
                ? List.of(
                        "sh",
                        "-c",
                        "ASPNETCORE_URLS=\"http://${HOST:-127.0.0.1}:${PORT:-8080}\" exec dotnet \"$0\"",
                        assembly)
                : List.of("dotnet", assembly);
        draft.starts(command, kind == Kind.SERVER, kind == Kind.WORKER);
    }
}
