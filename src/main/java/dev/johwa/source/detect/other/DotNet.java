package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// .NET: the project that serves, published for release.
public final class DotNet implements Provider {
    private static final Needed SDK =
            new Needed("dotnet", "install it on the server: https://learn.microsoft.com/dotnet/core/install/linux");
    private static final int NEAR = 2;
    private static final int DEEP = 6;
    private static final Pattern PROJECT = Pattern.compile(".*\\.(cs|fs|vb)proj");
    private static final Pattern TESTS = Pattern.compile("Microsoft\\.NET\\.Test\\.Sdk|<IsTestProject>true");
    private static final Pattern WEB = Pattern.compile("Sdk=\"Microsoft\\.NET\\.Sdk\\.(Web|BlazorWebAssembly)\"");
    private static final Pattern WORKER = Pattern.compile("Sdk=\"Microsoft\\.NET\\.Sdk\\.Worker\"");
    private static final Pattern PROGRAM = Pattern.compile("<OutputType>\\s*Exe\\s*<");
    private static final Pattern NAMED = Pattern.compile("<AssemblyName>\\s*([\\w.-]+)\\s*<");

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
                .filter(name -> !folder.says(name, TESTS) && rank(folder, name) < 3)
                .min(Comparator.comparing((String name) -> rank(folder, name)).thenComparing(name -> name));
        if (started.isEmpty()) {
            draft.service = Service.LIBRARY;
            draft.build.add(List.of("dotnet", "build", "-c", "Release"));
            return Optional.of(draft);
        }
        start(folder, started.get(), draft);
        return Optional.of(draft);
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

    private static int rank(Folder folder, String project) {
        if (folder.says(project, WEB)) {
            return 0;
        }
        return folder.says(project, WORKER) ? 1 : folder.says(project, PROGRAM) ? 2 : 3;
    }

    private static void start(Folder folder, String project, Draft draft) {
        draft.because(project, "is published and started");
        draft.build.add(List.of("dotnet", "publish", project, "-c", "Release", "-o", "out"));
        var named = NAMED.matcher(folder.read(project).orElse(""));
        var file = project.replaceFirst(".*/", "").replaceFirst("\\.[^.]*$", "");
        var assembly = "out/" + (named.find() ? named.group(1) : file) + ".dll";
        int rank = rank(folder, project);
        var command = rank == 0
                ? List.of(
                        "sh",
                        "-c",
                        "ASPNETCORE_URLS=\"http://${HOST:-127.0.0.1}:${PORT:-8080}\" exec dotnet \"$0\"",
                        assembly)
                : List.of("dotnet", assembly);
        draft.starts(command, rank == 0, rank == 1);
    }
}
