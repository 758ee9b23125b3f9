package dev.johwa.source.detect.node;

import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.version.PlainVersion;
import dev.johwa.source.detect.version.Syntax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which Node.js a project needs that says nothing of it: one on which the packages run that it depends on. A lock file
/// says what they run on, or, where it does not (Yarn's and Bun's), the packages themselves do once they are installed;
/// without a lock file they are the newest, made for what is still maintained. Of the lines that would do the oldest is
/// taken, since most packages know it.
final class DependencyNeeds {
    /// Maintained until 2027-04, 2028-04 and 2029-04, by Node.js' own schedule.
    private static final List<String> LINES = List.of("22", "24", "26");
    /// One version, or a place that is no registry: `1.2.3`, `file:../own`, `owner/repository`.
    private static final Pattern FIXED = Pattern.compile("[v=]?\\d+\\.\\d+\\.\\d+\\S*|(?!npm:).*[:/].*");
    private static final String NO_LOCK = "package.json without a lock file";

    private final NodeProject project;
    private final InstallerAsk ask;
    private final List<Tool> here;
    private final Draft draft;

    DependencyNeeds(NodeProject project, InstallerAsk ask, List<Tool> here, Draft draft) {
        this.project = project;
        this.ask = ask;
        this.here = here;
        this.draft = draft;
    }

    Asks asks() {
        if (here.isEmpty() || !project.needsInstall()) {
            return Asks.none("node");
        }
        var version = here.getFirst().version();
        var needs = needs();
        boolean isLocked = ask.lock().isPresent();
        if (needs.values().stream().allMatch(range -> fits(version, range)) && (isLocked || !isTooOld(version))) {
            return Asks.none("node");
        }
        var file = ask.lock().map(Lock::file).orElse(NO_LOCK);
        needs.forEach((name, range) -> {
            if (!fits(version, range)) {
                draft.because(file, name + " runs on Node.js " + range);
            }
        });
        return line(needs, file);
    }

    /// For the newest of packages, which nothing holds to an older version.
    private boolean isTooOld(String version) {
        boolean isOld = PlainVersion.ORDER.compare(version, LINES.getFirst()) < 0;
        boolean floats = Stream.of(project.manifest(), project.root())
                .anyMatch(each -> each.dependencies().stream()
                        .flatMap(name -> each.version(name).stream())
                        .anyMatch(text -> !FIXED.matcher(text).matches()));
        return isOld && floats;
    }

    private static Asks line(Map<String, String> needs, String file) {
        return LINES.stream()
                .filter(line -> needs.values().stream().allMatch(range -> fits(line + ".99.0", range)))
                .findFirst()
                .map(line -> Asks.none("node").and(file, line, Syntax.NODE))
                .orElseGet(() -> Asks.none("node"));
    }

    /// A range that nobody can read asks for nothing.
    private static boolean fits(String version, String range) {
        return Syntax.NPM.parse(range).map(each -> each.holds(version)).orElse(true);
    }

    private Map<String, String> needs() {
        var text = ask.lock().flatMap(lock -> project.home().read(lock.file())).orElse("");
        var needs = new LinkedHashMap<String, String>();
        for (var name : project.manifest().dependencies()) {
            range(ask.installer(), text, name).ifPresent(range -> needs.put(name, range));
        }
        return needs;
    }

    private Optional<String> range(Installer installer, String text, String name) {
        return switch (installer) {
            case NPM ->
                found("\"node_modules/" + Pattern.quote(name) + "\": \\{(.*?)\\R {4}}", text)
                        .flatMap(entry -> found("\"engines\": \\{[^}]*\"node\": \"([^\"]{1,200})\"", entry));
            case PNPM ->
                found("\\R {2}'?/?" + Pattern.quote(name) + "@\\S{1,200}:\\R(.*?)(?:\\R\\R|\\R {2}\\S)", text)
                        .flatMap(entry -> found("engines: \\{[^}]*\\bnode: ([^,}]{1,200})", entry))
                        .map(range -> range.replaceAll("^'|'$", ""));
            case BUN, YARN, BERRY -> installed(name);
        };
    }

    /// As its own package.json says it, where an earlier run or its author's machine left it in its place.
    private Optional<String> installed(String name) {
        var file = "node_modules/" + name + "/package.json";
        return project.folder()
                .read(file)
                .or(() -> project.home().read(file))
                .flatMap(NodePackage::parsed)
                .flatMap(json -> new NodePackage(json).text("engines", "node"));
    }

    private static Optional<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .findFirst()
                .map(each -> each.group(1));
    }
}
