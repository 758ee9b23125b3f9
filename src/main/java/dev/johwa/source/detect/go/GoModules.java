package dev.johwa.source.detect.go;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Moved;
import dev.johwa.source.detect.stack.Provider;
import dev.johwa.source.detect.version.Ask;
import dev.johwa.source.detect.version.PlainVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Go: a module, or the modules of a workspace; the program at the root or the likely one below; a function of the
/// functions framework by a program around it.
public final class GoModules implements Provider {
    private static final Pattern TEST = Pattern.compile("(?m)^func (Test|Example|Fuzz)\\w*\\(");
    private static final int MOST_READ = 1_000;

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var modules = GoModule.all(folder);
        if (modules.isEmpty()) {
            return Optional.empty();
        }
        boolean isWorkspace = folder.has("go.work");
        boolean isPlain = GoModule.isPlain(folder);
        var draft = new Draft("go", "Go")
                .because(
                        isWorkspace ? "go.work" : isPlain ? "*.go" : "go.mod",
                        isWorkspace
                                ? "a workspace of " + modules.size() + " Go modules"
                                : isPlain ? "Go without a go.mod" : "a Go module");
        draft.packageManager = Optional.of("go");
        draft.runtime(toolchains.find("go"), asks(folder, modules));
        draft.environment.put("GOTOOLCHAIN", "local");
        if (isPlain) {
            begin(modules.getFirst(), draft);
        } else {
            dependencies(folder, modules, draft);
        }
        new GoNeeds(folder, toolchains).tell(draft);
        var files = GoFiles.of(folder, modules);
        tests(files, modules, draft);
        return Optional.of(start(files, modules, toolchains, draft));
    }

    /// What the workspace or the module asks for; before it a module of the workspace that asks for something newer.
    private static Asks asks(Folder folder, List<GoModule> modules) {
        var asks = Asks.of("go", folder);
        var newest = modules.stream()
                .flatMap(module -> GoModule.least(folder, module.file()).stream())
                .max(Comparator.comparing(Ask::text, PlainVersion.ORDER))
                .filter(ask -> folder.has("go.work"))
                .filter(ask -> asks.all().isEmpty()
                        || PlainVersion.ORDER.compare(
                                        ask.text(), asks.all().getFirst().text())
                                > 0);
        return newest.map(ask -> new Asks(
                        "go", Stream.concat(Stream.of(ask), asks.all().stream()).toList(), asks.unread()))
                .orElse(asks);
    }

    /// Makes a module of it first; what lies in `vendor` fits none.
    private static void begin(GoModule module, Draft draft) {
        draft.environment.put("GOFLAGS", "-buildvcs=false -mod=mod");
        draft.install.add(List.of("go", "mod", "init", module.path()));
        draft.install.add(List.of("go", "mod", "tidy"));
        draft.warn(
                "detect.no-lock",
                "there is no go.mod, so one is made each time, with the newest versions of what is imported",
                "run `go mod init " + module.path() + " && go mod tidy` and commit go.mod and go.sum");
    }

    private static void dependencies(Folder folder, List<GoModule> modules, Draft draft) {
        if (folder.has("vendor/modules.txt")) {
            draft.because("vendor/modules.txt", "what it needs lies in the repository; nothing is fetched");
            draft.environment.put("GOFLAGS", "-buildvcs=false -mod=vendor");
            draft.environment.put("GOPROXY", "off");
            return;
        }
        draft.environment.put("GOFLAGS", "-buildvcs=false");
        if (modules.stream().anyMatch(GoModule::requires)) {
            draft.install.add(List.of("go", "mod", "download"));
        }
        for (var module : modules) {
            if (module.requires() && !folder.has(module.place() + "go.sum") && !folder.has("go.work.sum")) {
                draft.warn(
                        "detect.no-lock",
                        module.file() + " asks for modules and there is no go.sum",
                        "run `go mod tidy` and commit go.sum");
            }
        }
    }

    private static void tests(GoFiles files, List<GoModule> modules, Draft draft) {
        var words = new ArrayList<>(List.of("go", "test", "-v"));
        modules.stream()
                .filter(module -> hasTests(files, module))
                .forEach(module -> words.add("./" + module.place() + "..."));
        if (words.size() > 3) {
            draft.test.add(new Test(List.copyOf(words), "go", Optional.empty()));
        }
    }

    private static boolean hasTests(GoFiles files, GoModule module) {
        return files.that(name -> name.endsWith("_test.go") && name.startsWith(module.place()))
                .limit(MOST_READ)
                .anyMatch(name -> files.folder().says(name, TEST));
    }

    private Draft start(GoFiles files, List<GoModule> modules, Toolchains toolchains, Draft draft) {
        var programs = new GoPrograms(files, modules);
        if (programs.start(draft) || new GoFunction(files.folder(), modules).start(draft)) {
            return draft;
        }
        draft.service = Service.LIBRARY;
        modules.forEach(module -> draft.build.add(List.of("go", "build", "./" + module.place() + "...")));
        return nested(files, toolchains, draft);
    }

    /// The one module below that has a program, beside a library; several are looked at as applications by themselves.
    private Draft nested(GoFiles files, Toolchains toolchains, Draft library) {
        var running = new LinkedHashMap<String, Draft>();
        for (var place : files.nearest()) {
            var folder = place.substring(0, place.length() - 1);
            if (running.size() > 1 || GoPrograms.ASIDE.matcher(place).matches()) {
                continue;
            }
            detect(files.folder().below(folder), toolchains)
                    .filter(each -> each.service != Service.LIBRARY)
                    .ifPresent(each -> running.put(folder, each));
        }
        if (running.size() != 1) {
            return library;
        }
        var only = running.firstEntry();
        var moved = new Moved(only.getKey()).of(only.getValue());
        moved.install.addAll(0, library.install);
        moved.test.addAll(0, library.test);
        return moved.aboveAll(only.getKey() + "/go.mod", "a module of its own with the program of this library");
    }
}
