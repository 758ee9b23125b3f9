package dev.johwa.build.bill;

import dev.johwa.build.bill.Component.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// `pnpm-lock.yaml` of versions 5 to 9, line by line, since it may be long: packages, and who needs whom beside them or
/// in `snapshots`. Used by one thread.
final class PnpmFile {
    /// `/name/1.0.0_peer`, `/name@1.0.0(peer)`, `name@1.0.0`: a package in the words of three versions.
    private static final Pattern KEY = Pattern.compile("/?((?:@[^/]+/)?[^@/(]+)[@/]([0-9][^(:_]*)(?:[(_].*)?");

    private static final Pattern VALUE = Pattern.compile("([0-9][^(_]*)(?:[(_].*)?");
    private static final List<String> ASKED = List.of("dependencies", "devDependencies", "optionalDependencies");
    private static final String PACKAGES = "packages";

    private final Map<String, Package> packages = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private String section = "";
    private String block = "";
    private String item = "";
    private Optional<Package> current = Optional.empty();
    private boolean isForDevelopment;

    private static final class Package {
        final String name;
        final String version;
        final List<String> needs = new ArrayList<>();
        boolean isListed;
        /// Each of what it is with other peers says so.
        boolean isExcluded = true;

        Package(String name, String version) {
            this.name = name;
            this.version = version;
        }
    }

    static void read(String text, Finding finding) {
        var file = new PnpmFile();
        text.lines().filter(line -> !line.isBlank()).forEach(file::line);
        file.tell(finding);
    }

    private void line(String line) {
        int depth = line.length() - line.stripLeading().length();
        var words = line.strip().replace("'", "");
        int colon = words.endsWith(":") ? words.length() - 1 : words.indexOf(": ");
        if (colon < 0) {
            return;
        }
        var key = words.substring(0, colon);
        var value = words.substring(colon + 1).strip();
        if (depth == 0) {
            end();
            section = key;
            block = ASKED.contains(key) ? key : "";
        } else if (section.equals(PACKAGES) || section.equals("snapshots")) {
            ofPackage(depth, key, value);
        } else if (section.equals("importers")) {
            ofProject(depth - 4, key, value);
        } else if (ASKED.contains(section)) {
            ofProject(depth, key, value);
        }
    }

    private void ofPackage(int depth, String key, String value) {
        if (depth == 2) {
            end();
            current = known(key);
            block = "";
        } else if (depth == 4) {
            block = value.isEmpty() ? key : "";
            isForDevelopment |= key.equals("dev") && value.equals("true");
        } else if (ASKED.contains(block)) {
            current.ifPresent(each -> need(key, value).ifPresent(each.needs::add));
        }
    }

    /// Of a package as it is with some peers; with others it may be for more than development.
    private void end() {
        if (section.equals(PACKAGES)) {
            current.ifPresent(each -> {
                each.isListed = true;
                each.isExcluded &= isForDevelopment;
            });
        }
        current = Optional.empty();
        isForDevelopment = false;
    }

    /// @param depth of what a project asks for, below its own
    private void ofProject(int depth, String key, String value) {
        if (depth == 0) {
            block = key;
        } else if (depth == 2 && ASKED.contains(block)) {
            item = key;
            need(item, value).ifPresent(asked::add);
        } else if (key.equals("version") && ASKED.contains(block)) {
            need(item, value).ifPresent(asked::add);
        }
    }

    private Optional<Package> known(String key) {
        var words = KEY.matcher(key);
        return words.matches()
                ? Optional.of(packages.computeIfAbsent(
                        words.group(1) + "@" + words.group(2), _ -> new Package(words.group(1), words.group(2))))
                : Optional.empty();
    }

    /// What it names of the packages; an alias has another name than its own.
    private static Optional<String> need(String name, String value) {
        var version = VALUE.matcher(value);
        if (version.matches()) {
            return Optional.of(name + "@" + version.group(1));
        }
        var other = KEY.matcher(value);
        return other.matches() ? Optional.of(other.group(1) + "@" + other.group(2)) : Optional.empty();
    }

    private void tell(Finding finding) {
        end();
        var ways = new Ways();
        packages.forEach((id, each) -> ways.add(id, each.name, each.needs));
        ways.from(asked);
        packages.forEach((id, each) -> {
            if (each.isListed) {
                finding.add(Component.of(Ecosystem.NPM, each.name, each.version)
                        .used(each.isExcluded ? Use.EXCLUDED : Use.REQUIRED)
                        .through(ways.to(id)));
            }
        });
    }
}
