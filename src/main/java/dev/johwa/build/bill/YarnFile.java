package dev.johwa.build.bill;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `yarn.lock` of versions 1 to 8, line by line. What was asked for stands in those only that have the project itself;
/// in others it is what nobody else needs. Used by one thread.
final class YarnFile {
    private static final Pattern DESCRIPTOR = Pattern.compile("((?:@[^/]+/)?[^@/]+)@(.+)");
    private static final Pattern VERSION = Pattern.compile(" {2}version:? \"?([^\"]+)\"?");
    private static final Pattern HERE = Pattern.compile(" {2}resolution: .*@(workspace|link|portal):.*");
    private static final Pattern BLOCK = Pattern.compile(" {2}(\\w+):");
    private static final Pattern NEED = Pattern.compile(" {4}\"?([^\"\\s:]+)\"?:? \"?([^\"]+)\"?");
    private static final List<String> NEEDS = List.of("dependencies", "optionalDependencies", "devDependencies");

    private final List<Entry> entries = new ArrayList<>();
    private String block = "";

    /// @param ids name and range, as they are asked for
    private static final class Entry {
        final List<String> ids;
        final List<String> needs = new ArrayList<>();
        String version = "";
        boolean isHere;

        Entry(List<String> ids) {
            this.ids = ids;
        }

        String name() {
            var words = DESCRIPTOR.matcher(ids.getFirst());
            return words.matches() ? words.group(1) : "";
        }
    }

    static void read(String text, Finding finding) {
        var file = new YarnFile();
        text.lines().forEach(file::line);
        file.tell(finding);
    }

    private void line(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (!line.startsWith(" ")) {
            var ids = List.of(line.replaceFirst(":$", "").replace("\"", "").split(", "));
            entries.add(new Entry(ids.stream().map(YarnFile::id).toList()));
            block = "";
            return;
        }
        if (entries.isEmpty()) {
            return;
        }
        var entry = entries.getLast();
        var version = VERSION.matcher(line);
        var begun = BLOCK.matcher(line);
        var need = NEED.matcher(line);
        if (version.matches()) {
            entry.version = version.group(1);
        } else if (begun.matches()) {
            block = begun.group(1);
        } else if (need.matches() && NEEDS.contains(block)) {
            entry.needs.add(id(need.group(1) + "@" + need.group(2)));
        }
        entry.isHere |= HERE.matcher(line).matches();
    }

    /// Newer versions name the registry in some places and not in others.
    private static String id(String descriptor) {
        return descriptor.replace("@npm:", "@");
    }

    private void tell(Finding finding) {
        var ways = new Ways();
        var asked = new ArrayList<String>();
        for (var entry : entries) {
            if (entry.isHere) {
                asked.addAll(entry.needs);
            } else {
                entry.ids.forEach(id -> ways.add(id, entry.name(), entry.needs));
            }
        }
        ways.from(asked.isEmpty() ? ways.unneeded() : asked);
        entries.stream()
                .filter(entry -> !entry.isHere
                        && !entry.version.isEmpty()
                        && !entry.name().isEmpty())
                .forEach(entry -> finding.add(
                        Component.of(Ecosystem.NPM, entry.name(), entry.version).through(way(entry, ways))));
    }

    private static Optional<List<String>> way(Entry entry, Ways ways) {
        return entry.ids.stream().flatMap(id -> ways.to(id).stream()).min((one, other) -> one.size() - other.size());
    }
}
