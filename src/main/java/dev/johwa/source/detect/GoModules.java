package dev.johwa.source.detect;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Go modules: `main` at the root, or below `cmd`.
final class GoModules implements Provider {
    private static final Pattern GO = Pattern.compile("(?m)^go (\\d+\\.\\d+)");
    private static final Pattern MAIN = Pattern.compile("(?m)^package main\\b");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var module = folder.read("go.mod");
        if (module.isEmpty()) {
            return Optional.empty();
        }
        var draft = new Draft("go", "Go").because("go.mod", "a Go module");
        draft.packageManager = Optional.of("go");
        var wanted = GO.matcher(module.get());
        toolchains
                .choose("go", wanted.find() ? Optional.of(">=" + wanted.group(1)) : Optional.empty())
                .or(() -> toolchains.find("go").stream().findFirst())
                .ifPresentOrElse(
                        tool -> {
                            draft.version = Optional.of(tool.version());
                            draft.use(tool);
                        },
                        () -> draft.warn("detect.tool", "there is no Go on this machine", "install golang"));
        draft.environment.put("GOTOOLCHAIN", "local");
        if (!folder.files(8, name -> name.endsWith("_test.go")).isEmpty()) {
            draft.test.add(new Test(List.of("go", "test", "-v", "./..."), "go", Optional.empty()));
        }
        start(folder, draft);
        return Optional.of(draft);
    }

    private static void start(Folder folder, Draft draft) {
        var mains = folder.files(4, name -> name.endsWith(".go") && !name.endsWith("_test.go")).stream()
                .filter(name -> MAIN.matcher(folder.read(name).orElse("")).find())
                .map(name -> name.contains("/") ? "./" + name.substring(0, name.lastIndexOf('/')) : ".")
                .distinct()
                .sorted()
                .toList();
        if (mains.isEmpty()) {
            draft.service = Service.LIBRARY;
            draft.build.add(List.of("go", "build", "./..."));
            return;
        }
        var main = mains.contains(".") ? "." : mains.getFirst();
        draft.because(main.equals(".") ? "main.go" : main, "has package main");
        if (mains.size() > 1) {
            draft.warn(
                    "detect.several-mains",
                    "there are several programs: " + String.join(", ", mains) + "; " + main + " is started",
                    "name another with `build` and `start` in johwa.yaml");
        }
        draft.build.add(List.of("go", "build", "-trimpath", "-o", "bin/app", main));
        draft.start.put("web", List.of("./bin/app"));
    }
}
