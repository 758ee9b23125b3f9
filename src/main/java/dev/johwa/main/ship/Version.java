package dev.johwa.main.ship;

import dev.johwa.door.cli.Cli;
import dev.johwa.lib.text.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which program it is, as archives and installed copies tell in their file `VERSION`. What a later one wrote, an
/// earlier one may not be able to read.
///
/// @param name such as `0.1.0`
/// @param schema the newest form of the database that it knows
public record Version(String name, int schema) implements Comparable<Version> {
    static final String FILE = "VERSION";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9}){0,5})\\+(\\d{1,9})");
    private static final Pattern MIGRATION = Pattern.compile("(?m)^V(\\d+)__");

    public static Version ofThisProgram() {
        var schema = MIGRATION
                .matcher(Resource.text(Version.class, "/db/migration/index"))
                .results()
                .mapToInt(each -> Integer.parseInt(each.group(1)))
                .max()
                .orElse(0);
        return new Version(Cli.version().orElse("0"), schema);
    }

    /// Empty where the text is none.
    public static Optional<Version> parse(String text) {
        var parts = TEXT.matcher(text.strip());
        return parts.matches()
                ? Optional.of(new Version(parts.group(1), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    /// What names the program that lies in a folder: its version, and its bytes. Control planes and edges tell it.
    public static String program(Path home) throws IOException {
        var file = home.resolve(FILE);
        var version =
                Files.exists(file) ? Files.readString(file) : ofThisProgram().toString();
        return version.strip() + " " + Files.readString(home.resolve("id")).strip();
    }

    private List<Integer> numbers() {
        return Stream.of(name.split("\\.")).map(Integer::valueOf).toList();
    }

    @Override
    public int compareTo(Version other) {
        var ours = numbers();
        var theirs = other.numbers();
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            int order = Integer.compare(i < ours.size() ? ours.get(i) : 0, i < theirs.size() ? theirs.get(i) : 0);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(schema, other.schema);
    }

    @Override
    public String toString() {
        return name + "+" + schema;
    }
}
