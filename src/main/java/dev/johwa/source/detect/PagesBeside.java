package dev.johwa.source.detect;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.node.NodeJs;
import dev.johwa.source.detect.node.Workspaces;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Moved;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Pages in a folder of their own that the server at the root answers with once they are built: its code names
/// `client/build` or `frontend/dist`, and nothing of it makes them. They are installed and built before it.
final class PagesBeside {
    private static final String MANIFEST = "package.json";
    private static final Pattern BUILDS = Pattern.compile("\"build\"\\s*:");
    private static final Pattern CODE = Pattern.compile(".*\\.(?:[cm]?[jt]s|py|rb|php)");
    private static final int DEEPEST = 2;
    private static final int MOST_FILES = 40;

    private final Folder folder;
    private final Toolchains toolchains;
    private final Draft draft;

    PagesBeside(Folder folder, Toolchains toolchains, Draft draft) {
        this.folder = folder;
        this.toolchains = toolchains;
        this.draft = draft;
    }

    /// Adds what makes them, where there are such.
    void build() {
        if (draft.service != Service.WEB || draft.start.isEmpty()) {
            return;
        }
        folder.folders(".").stream()
                .filter(place -> folder.read(place + "/" + MANIFEST)
                        .filter(text -> BUILDS.matcher(text).find())
                        .isPresent())
                .filter(place -> !isMade(place) && isAnswered(place))
                .forEach(this::build);
    }

    /// Whether a script or a workspace of the root goes there by itself.
    private boolean isMade(String place) {
        var gone = Pattern.compile("(?:\\bcd|--prefix|--cwd|--dir|-C)[ =]+(?:\\./)?" + Pattern.quote(place) + "\\b");
        boolean isScripted = Stream.of(MANIFEST, "Procfile", "Makefile", "app.json")
                .flatMap(file -> folder.read(file).stream())
                .anyMatch(text -> gone.matcher(text).find());
        return isScripted
                || Workspaces.read(folder)
                        .filter(workspaces -> workspaces.members().contains(place))
                        .isPresent();
    }

    private boolean isAnswered(String place) {
        var named = Pattern.compile(
                "[\"'`/]" + Pattern.quote(place) + "(?:/|[\"'`]\\)?\\s*[,/]\\s*[\"'`])(?:build|dist)\\b");
        return folder.files(DEEPEST, name -> CODE.matcher(name).matches() && !name.startsWith(place + "/")).stream()
                .limit(MOST_FILES)
                .flatMap(file -> folder.read(file).stream())
                .map(named::matcher)
                .anyMatch(Matcher::find);
    }

    private void build(String place) {
        NodeJs.beside(folder.below(place), toolchains, draft)
                .filter(pages -> !pages.build.isEmpty())
                .map(new Moved(place)::of)
                .ifPresent(pages -> {
                    draft.builtBeside(pages).build.addAll(0, pages.build);
                    pages.buildEnvironment.forEach(draft.buildEnvironment::putIfAbsent);
                    draft.because(place + "/" + MANIFEST, "built first, since the server answers with what that makes");
                });
    }
}
