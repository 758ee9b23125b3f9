package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Haskell with Stack where there is a stack.yaml, else with Cabal.
public final class Haskell implements Provider {
    private static final Needed STACK = Needed.packaged("stack", "haskell-stack");
    private static final Needed CABAL = Needed.packaged("cabal", "cabal-install");
    private static final Needed COMPILER = Needed.packaged("ghc", "ghc");
    private static final Pattern PROGRAM = Pattern.compile("(?mi)^executable\\s+([\\w.-]+)");
    private static final Pattern IN_PACKAGE = Pattern.compile("(?m)^executables:\\s*\\n\\s+([\\w.-]+):");
    private static final Pattern TESTS = Pattern.compile("(?mi)^(test-suite\\s|tests:)");
    private static final Pattern LISTENS =
            Pattern.compile("(?m)^\\W*(warp|scotty|servant-server|yesod|snap|wai|spock)\\b");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var cabal = folder.files(1, name -> name.matches("[^/]+\\.cabal|[^/]+/[^/]+\\.cabal"));
        boolean isStack = folder.has("stack.yaml");
        if (!isStack && cabal.isEmpty()) {
            return Optional.empty();
        }
        var file = isStack ? "stack.yaml" : cabal.getFirst();
        var draft = new Draft("haskell", "Haskell").because(file, "a package of Haskell");
        draft.packageManager = Optional.of(isStack ? "stack" : "cabal");
        if (isStack) {
            STACK.languageOn(toolchains, folder, draft);
        } else {
            COMPILER.languageOn(toolchains, folder, draft);
            CABAL.on(toolchains, draft);
        }
        var folderOfWork = isStack ? ".stack-work" : "dist-newstyle";
        draft.kept.add(folderOfWork);
        draft.leftovers.add(folderOfWork);
        var manifests = new ArrayList<>(cabal);
        manifests.add("package.yaml");
        plan(folder, manifests, isStack, draft);
        return Optional.of(draft);
    }

    private static void plan(Folder folder, List<String> manifests, boolean isStack, Draft draft) {
        if (!isStack) {
            draft.install.add(List.of("cabal", "update"));
        }
        if (manifests.stream().anyMatch(name -> folder.says(name, TESTS))) {
            var words = isStack ? List.of("stack", "test") : List.of("cabal", "test", "all");
            draft.test.add(new Test(words, "other", Optional.empty()));
        }
        var program = manifests.stream()
                .flatMap(name -> program(folder, name).stream())
                .findFirst();
        if (program.isEmpty()) {
            draft.service = Service.LIBRARY;
            draft.build.add(isStack ? List.of("stack", "build") : List.of("cabal", "build", "all"));
            return;
        }
        draft.build.add(
                isStack
                        ? List.of("stack", "install", "--local-bin-path", "bin")
                        : List.of(
                                "cabal",
                                "install",
                                "exe:" + program.get(),
                                "--install-method=copy",
                                "--installdir=bin",
                                "--overwrite-policy=always"));
        boolean isWeb = manifests.stream().anyMatch(name -> folder.says(name, LISTENS));
        draft.starts(List.of("./bin/" + program.get()), isWeb, false);
    }

    private static Optional<String> program(Folder folder, String manifest) {
        var text = folder.read(manifest).orElse("");
        var found = (manifest.endsWith(".cabal") ? PROGRAM : IN_PACKAGE).matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
