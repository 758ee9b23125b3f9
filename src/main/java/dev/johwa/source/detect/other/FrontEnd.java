package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Evidence;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.node.NodeJs;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Scripts and styles of pages that Node.js makes beside another language: Vite, Encore, Mix, esbuild. What the folder
/// would be as a project of Node.js tells how; how that would start and be tested is not asked here.
final class FrontEnd {
    private static final String MANIFEST = "package.json";
    private static final Pattern TELLS_OF_PACKAGES =
            Pattern.compile("detect\\.(?:(?:no|other)-lock|lock-.*|private-registry|version.*)");
    /// Mix calls its own so.
    private static final List<String> FOR_PRODUCTION = List.of("production", "prod");

    private final Folder folder;
    private final Draft draft;
    private final Draft node;

    private FrontEnd(Folder folder, Draft draft, Draft node) {
        this.folder = folder;
        this.draft = draft;
        this.node = node;
    }

    /// Empty where there is no package.json, or a broken one, which is told.
    static Optional<FrontEnd> of(Folder folder, Toolchains toolchains, Draft draft) {
        if (!folder.has(MANIFEST)) {
            return Optional.empty();
        }
        return NodeJs.beside(folder, toolchains, draft).map(node -> new FrontEnd(folder, draft, node));
    }

    /// Installs its packages and builds it, where it has a script for that. Tests of pages find what it makes.
    void build() {
        var commands = commands();
        if (commands.isEmpty()) {
            return;
        }
        install("has scripts and styles of its pages, which Node.js builds");
        draft.build.addAll(commands);
        draft.testsNeedBuild = true;
    }

    private List<List<String>> commands() {
        var scripts = JsonManifest.read(folder, MANIFEST).path("scripts");
        if (scripts.has("build")) {
            return node.build;
        }
        return FOR_PRODUCTION.stream()
                .filter(scripts::has)
                .limit(1)
                .map(name -> List.of(node.packageManager.orElse("npm"), "run", name))
                .toList();
    }

    /// Installs its packages alone, for what builds it by itself.
    void install(String why) {
        draft.because(MANIFEST, why);
        node.evidence.stream()
                .filter(each -> each.file().equals(Evidence.BROUGHT))
                .forEach(draft.evidence::add);
        draft.builtBeside(node);
        values();
        node.warnings.stream()
                .filter(warning -> TELLS_OF_PACKAGES.matcher(warning.code()).matches())
                .forEach(draft::warn);
        if (node.warnings.stream().anyMatch(warning -> warning.code().equals(Detection.NO_RUNTIME))) {
            draft.warn(
                    Detection.NO_RUNTIME,
                    "there is no node on this machine, and the pages need what it builds of " + MANIFEST,
                    "install it on the server: apt-get install nodejs npm");
        }
    }

    private void values() {
        Stream.of(node.environment, node.buildEnvironment)
                .flatMap(values -> values.entrySet().stream())
                .filter(value ->
                        !value.getKey().equals("PATH") && !value.getKey().equals("NODE_ENV"))
                .forEach(value -> draft.buildEnvironment.put(value.getKey(), value.getValue()));
    }
}
