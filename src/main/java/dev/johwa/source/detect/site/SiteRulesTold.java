package dev.johwa.source.detect.site;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.site.HeaderRules;
import dev.johwa.lib.site.RedirectRules;
import dev.johwa.lib.site.SiteRules;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells of the `_redirects` and `_headers` of a site what they hold and what is wrong with them.
public final class SiteRulesTold {
    /// From where builders copy files as they are.
    private static final List<String> SOURCES = List.of("public", "static", "src", "content", "docs");

    private SiteRulesTold() {}

    /// Nothing for what is no site.
    public static void tell(Draft draft, Folder folder) {
        draft.publish.ifPresent(publish -> {
            redirects(draft, folder, publish.folder());
            headers(draft, folder, publish.folder());
        });
    }

    private static void redirects(Draft draft, Folder folder, String published) {
        place(draft, folder, published, SiteRules.REDIRECTS).ifPresent(file -> {
            var rules = RedirectRules.of(file, folder.read(file).orElse(""));
            draft.because(file, counted(rules.size(), "redirect"));
            rules.problems().forEach(draft::warn);
        });
    }

    private static void headers(Draft draft, Folder folder, String published) {
        place(draft, folder, published, SiteRules.HEADERS).ifPresent(file -> {
            var rules = HeaderRules.of(file, folder.read(file).orElse(""));
            draft.because(file, counted(rules.size(), "path") + " with fields of their own");
            rules.problems().forEach(draft::warn);
        });
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /// In the folder that is served, or in one whose files a build copies there.
    private static Optional<String> place(Draft draft, Folder folder, String published, String name) {
        boolean isBuilt = !draft.build.isEmpty();
        var served = published.equals(".") ? name : published + "/" + name;
        var found = Stream.concat(
                        Stream.of(served),
                        SOURCES.stream().filter(each -> isBuilt).map(each -> each + "/" + name))
                .filter(folder::has)
                .findFirst();
        if (found.isEmpty() && folder.has(name)) {
            draft.warn(Problem.user(
                            "detect.site-rules", "it is not in " + published + ", which is served, so it is not read")
                    .at(Place.of(name))
                    .hint("move it to " + (isBuilt ? "a folder that the build copies there" : published)));
        }
        found.filter(file -> folder.read(file).isEmpty())
                .ifPresent(file ->
                        draft.warn(Problem.user("detect.site-rules", "it is larger than 1 MiB, so it is not read")
                                .at(Place.of(file))
                                .hint("use patterns instead of single lines")));
        return found;
    }
}
