package dev.johwa.source.detect.go;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Go modules: the program at the root, or one below `cmd`.
public final class GoModules implements Provider {
    private static final Pattern GO = Pattern.compile("(?m)^go\\s+(\\d+\\.\\d+(?:\\.\\d+)?)");
    private static final Pattern TOOLCHAIN = Pattern.compile("(?m)^toolchain\\s+go(\\d+\\.\\d+(?:\\.\\d+)?)");
    private static final Pattern MODULE = Pattern.compile("(?m)^module\\s+(\\S+)");
    private static final Pattern REQUIRE = Pattern.compile("(?m)^require\\b");
    private static final Pattern MAIN = Pattern.compile("(?m)^package main\\b");
    private static final Pattern IGNORED = Pattern.compile("(?m)^//go:build .*\\bignore\\b|^// \\+build ignore");
    private static final Pattern TEST = Pattern.compile("(?m)^func (Test|Example|Fuzz)\\w*\\(");
    private static final Pattern LISTENS = Pattern.compile(
            "ListenAndServe|http\\.Serve|net\\.Listen|\"PORT\"|\\.Run\\(|\\.Start\\(|\\.Listen\\(|http\\.Server\\{");
    private static final Pattern HEALTH = Pattern.compile("[\"`](?:GET )?(/healthz|/health|/livez|/readyz)[\"`]");
    private static final List<String> LIKELY = List.of("server", "web", "api", "app", "main", "http");
    private static final int MOST_READ = 1_000;

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var module = folder.read("go.mod");
        if (module.isEmpty()) {
            return Optional.empty();
        }
        var draft = new Draft("go", "Go").because("go.mod", "a Go module");
        draft.packageManager = Optional.of("go");
        draft.runtime(toolchains.find("go"), asked(module.get()));
        draft.environment.put("GOTOOLCHAIN", "local");
        draft.environment.put("GOFLAGS", "-buildvcs=false");
        if (REQUIRE.matcher(module.get()).find() && !folder.hasFolder("vendor")) {
            draft.install.add(List.of("go", "mod", "download"));
            if (!folder.has("go.sum")) {
                draft.warn("detect.no-lock", "go.mod asks for modules and there is no go.sum", "run `go mod tidy`");
            }
        }
        boolean hasTests = folder.files(name -> name.endsWith("_test.go")).stream()
                .limit(MOST_READ)
                .anyMatch(name -> folder.says(name, TEST));
        if (hasTests) {
            draft.test.add(new Test(List.of("go", "test", "-v", "./..."), "go", Optional.empty()));
        }
        start(folder, module.get(), draft);
        return Optional.of(draft);
    }

    private static Optional<Draft.Ask> asked(String module) {
        var go = GO.matcher(module);
        var toolchain = TOOLCHAIN.matcher(module);
        var version = go.find() ? Optional.of(go.group(1)) : Optional.<String>empty();
        return version.or(() -> toolchain.find() ? Optional.of(toolchain.group(1)) : Optional.empty())
                .map(least -> new Draft.Ask("go.mod", ">=" + least));
    }

    private static void start(Folder folder, String module, Draft draft) {
        var mains = mains(folder, module);
        if (mains.isEmpty()) {
            draft.service = Service.LIBRARY;
            draft.build.add(List.of("go", "build", "./..."));
            return;
        }
        var main = mains.getFirst();
        draft.because(main.equals(".") ? "*.go" : main.substring(2), "has package main");
        if (mains.size() > 1) {
            draft.warn(
                    "detect.several-programs",
                    "there are several programs: " + String.join(", ", mains) + "; " + main + " is started",
                    "name another with `build` and `start` in johwa.yaml");
        }
        draft.build.add(List.of("go", "build", "-trimpath", "-o", "bin/app", main));
        var sources = folder.files(name -> name.endsWith(".go") && !name.endsWith("_test.go")).stream()
                .limit(MOST_READ)
                .toList();
        boolean isWeb = sources.stream().anyMatch(name -> folder.says(name, LISTENS));
        draft.service = isWeb ? Service.WEB : Service.WORKER;
        draft.start.put(isWeb ? "web" : "worker", List.of("./bin/app"));
        sources.stream().filter(name -> folder.says(name, HEALTH)).findFirst().ifPresent(name -> {
            var found = HEALTH.matcher(folder.read(name).orElse(""));
            if (found.find()) {
                draft.health = Optional.of(found.group(1));
                draft.because(name, "answers " + found.group(1));
            }
        });
    }

    /// Folders of programs, the likely one first: the root, then what is named like the module or like a server.
    private static List<String> mains(Folder folder, String module) {
        var named = MODULE.matcher(module);
        var own = named.find() ? named.group(1).replaceFirst("(/v\\d+)?$", "").replaceFirst(".*/", "") : "";
        return folder
                .files(name -> name.endsWith(".go")
                        && !name.endsWith("_test.go")
                        && !name.matches("(.*/)?(testdata|examples?|internal/tools|tools|scripts|hack)/.*"))
                .stream()
                .limit(MOST_READ)
                .filter(name -> folder.says(name, MAIN) && !folder.says(name, IGNORED))
                .map(name -> name.contains("/") ? "./" + name.substring(0, name.lastIndexOf('/')) : ".")
                .distinct()
                .sorted(Comparator.comparing((String main) -> rank(main, own)).thenComparing(main -> main))
                .toList();
    }

    private static int rank(String main, String module) {
        var name = main.replaceFirst(".*/", "");
        if (main.equals(".")) {
            return 0;
        }
        return name.equals(module) ? 1 : LIKELY.stream().anyMatch(name::contains) ? 2 : 3;
    }
}
