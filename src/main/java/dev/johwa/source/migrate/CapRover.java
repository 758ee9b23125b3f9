package dev.johwa.source.migrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// CapRover's captain-definition, which says how an image is built. What a project of several apps calls
/// `captain-definition-NAME` is one of them. All else of CapRover is set on its pages.
final class CapRover {
    private static final Pattern NAMED = Pattern.compile("captain-definition-(\\w[\\w.-]*)");
    private static final List<String> SOURCES = List.of("dockerfileLines", "dockerfilePath", "imageName", "templateId");
    private static final Map<String, String> VERSIONS = Map.of(
            "node", ".nvmrc",
            "python-django", ".python-version",
            "ruby-rack", ".ruby-version",
            "php", "composer.json, below require");

    private CapRover() {}

    static Format file() {
        var rules = new Rules()
                .under((entry, sheet) -> name(entry).map(sheet::of).orElse(sheet))
                .on("schemaVersion", CapRover::version)
                .on("dockerfilePath", (entry, sheet) -> CapRover.one(entry, sheet, Containers::path))
                .on("dockerfileLines", (entry, sheet) -> CapRover.one(entry, sheet, CapRover::lines))
                .on("imageName", (entry, sheet) -> CapRover.one(entry, sheet, CapRover::image))
                .on("templateId", (entry, sheet) -> CapRover.one(entry, sheet, CapRover::template));
        return new Format("CapRover", List.of("captain-definition", "captain-definition-*"), Format.Syntax.JSON, rules);
    }

    private static Optional<String> name(Entry entry) {
        var named = NAMED.matcher(entry.place().file());
        return named.matches() ? Optional.of(named.group(1).replaceFirst("\\.json$", "")) : Optional.empty();
    }

    private static void version(Entry entry, Sheet sheet) {
        if (name(entry).isPresent()) {
            sheet.key(entry, "folder", ".");
        } else if (entry.is("2")) {
            sheet.noNeed(
                    entry,
                    "what CapRover's pages hold is set once: `johwa envs set`, `secrets set`, `domains add`, `data add`");
        } else {
            sheet.notYet(entry, "it is version 2 that is known here");
        }
    }

    /// It takes exactly one source.
    private static void one(Entry entry, Sheet sheet, Rules.Rule rule) {
        var first = SOURCES.stream()
                .filter(source -> entry.top().get(source).isPresent())
                .findFirst();
        if (first.filter(entry.name()::equals).isPresent()) {
            rule.tell(entry, sheet);
        } else {
            sheet.notYet(entry, "one source is taken, and " + first.orElse("another") + " is there");
        }
    }

    private static void lines(Entry entry, Sheet sheet) {
        write(entry, sheet, String.join("\n", entry.texts()) + "\n");
    }

    private static void image(Entry entry, Sheet sheet) {
        entry.text().ifPresent(image -> write(entry, sheet, "FROM " + image + "\n"));
    }

    private static void write(Entry entry, Sheet sheet, String text) {
        var file = name(entry).map(name -> name + ".Dockerfile").orElse("Dockerfile");
        sheet.file(entry, file, text);
        if (!file.equals("Dockerfile")) {
            sheet.key(entry, "docker.file", file);
        }
    }

    private static void template(Entry entry, Sheet sheet) {
        var parts = entry.text().orElse("").split("/", 2);
        var file = VERSIONS.get(parts[0]);
        if (file == null || parts.length < 2) {
            sheet.notYet(entry, "no template that is known here; the stack is found by what lies there");
        } else {
            sheet.byHand(
                    entry,
                    "the stack is found by what lies there; its version is written into " + file + ": " + parts[1]);
        }
    }
}
