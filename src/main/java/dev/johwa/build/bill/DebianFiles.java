package dev.johwa.build.bill;

import dev.johwa.build.bill.Component.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What dpkg knows to be installed, and which distribution it is (os-release).
final class DebianFiles {
    private static final Pattern SOURCE = Pattern.compile("([^ ]+)(?: \\((.+)\\))?");

    private DebianFiles() {}

    /// @param release `debian 12`; empty words when nothing told it
    record Distribution(String name, String release) {
        static Distribution of(String osRelease) {
            var values = new LinkedHashMap<String, String>();
            osRelease.lines().map(line -> line.split("=", 2)).forEach(pair -> {
                if (pair.length == 2) {
                    values.put(pair[0], pair[1].replaceAll("^[\"']|[\"']$", ""));
                }
            });
            return new Distribution(values.getOrDefault("ID", "debian"), values.getOrDefault("VERSION_ID", ""));
        }
    }

    /// `var/lib/dpkg/status`, or a file of `status.d`.
    static void status(String text, Finding finding) {
        for (var stanza : text.split("\n\\s*\n")) {
            var fields = fields(stanza);
            var status = fields.getOrDefault("Status", "install ok installed");
            if (fields.containsKey("Package") && status.endsWith(" installed")) {
                finding.add(component(fields));
            }
        }
    }

    private static Component component(Map<String, String> fields) {
        var name = fields.getOrDefault("Package", "");
        var version = fields.getOrDefault("Version", "");
        var made = SOURCE.matcher(fields.getOrDefault("Source", name));
        boolean isNamed = made.matches();
        var source = new Source(
                isNamed ? made.group(1) : name,
                isNamed && made.group(2) != null ? made.group(2) : version,
                fields.getOrDefault("Architecture", "all"),
                "debian",
                "");
        return Component.of(Ecosystem.DEBIAN, name, version).madeOf(Optional.of(source));
    }

    private static Map<String, String> fields(String stanza) {
        var fields = new LinkedHashMap<String, String>();
        stanza.lines().filter(line -> !line.startsWith(" ")).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    /// The same package, now that its distribution is known.
    static Component of(Component component, Distribution distribution) {
        var source = component
                .source()
                .map(known -> new Source(
                        known.name(),
                        known.version(),
                        known.architecture(),
                        distribution.name(),
                        distribution.release()));
        return component.madeOf(source);
    }
}
