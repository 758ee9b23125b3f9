package dev.johwa.source.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.config.Configs;
import dev.johwa.source.migrate.Line.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files as teams have them, and all that becomes of them: `becomes.txt` beside each.
class SamplesTest {
    private static final Path SAMPLES = Path.of("src/test/resources/migrate/samples");
    /// Values that stand in the samples for secrets.
    private static final List<String> SECRETS =
            List.of("hunter", "s3cr3t", "t0k3n", "sk_live", "abc:def", "Production/api", "op://");

    static List<String> samples() throws IOException {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void becomesWhatIsWrittenBesideIt(String sample) throws Exception {
        var folder = SAMPLES.resolve(sample);
        var migration = Migration.of(folder, "shop", Map.of());

        assertThat(migration.problems()).isEmpty();
        if (!migration.keys().isEmpty()) {
            Configs.parse("johwa.yaml", migration.keys());
        }
        requireAllTold(folder, migration);
        assertThat(String.valueOf(migration)).doesNotContain(SECRETS);
        assertThat(told(migration)).isEqualTo(Files.readString(folder.resolve("becomes.txt")));
    }

    private static void requireAllTold(Path folder, Migration migration) throws IOException {
        for (var format : Format.all()) {
            for (var name : format.in(folder)) {
                var text = Files.readString(folder.resolve(name));
                if (format.isIts().test(text)) {
                    var tree = Tree.read(name, text, format.syntax(), new ArrayList<Problem>());
                    MigrationTest.requireTold(Entry.top(tree.orElseThrow()), migration);
                }
            }
        }
    }

    private static String told(Migration migration) {
        var text = new StringBuilder(migration.keys());
        migration
                .beside()
                .forEach((name, lines) ->
                        text.append("--- ").append(name).append('\n').append(lines));
        text.append("---\n");
        migration.commands().forEach(command -> text.append(command).append('\n'));
        text.append("---\n");
        migration.files().stream()
                .flatMap(file -> file.lines().stream())
                .filter(line -> line.kind() != Kind.KEY && !migration.commands().contains(line.here()))
                .forEach(line -> text.append(line.place().file())
                        .append(':')
                        .append(line.place().line())
                        .append(' ')
                        .append(line.says())
                        .append(" | ")
                        .append(line.kind().words())
                        .append(" | ")
                        .append(line.here())
                        .append('\n'));
        return text.toString();
    }
}
