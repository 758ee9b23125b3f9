package dev.johwa.lib.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    @Test
    void theIndexNamesEveryMigration() throws IOException {
        var folder = Path.of("src/main/resources/db/migration");
        List<String> files;
        try (var all = Files.list(folder)) {
            files = all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sql"))
                    .sorted(Comparator.comparingInt(MigrationsTest::version))
                    .toList();
        }
        assertThat(Files.readAllLines(folder.resolve("index"))).containsExactlyElementsOf(files);
    }

    private static int version(String name) {
        return Integer.parseInt(name.replaceFirst("V(\\d+)__.*", "$1"));
    }

    @Test
    void oneThatANewerVersionMadeIsLeftAlone(@TempDir Path folder) {
        var file = folder.resolve("johwa.db");
        try (var database = Database.open(file, List.of("db/migration"))) {
            database.write(handle -> {
                handle.execute("update schema_origin set version = '9999'");
                return handle.execute("pragma user_version = 7");
            });
        }
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Database.open(file, List.of("db/migration")))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("written by a newer version of Johwa (schema 9999)");
        }
    }

    @Test
    void aDatabaseThatIsThereIsOpenedAgain(@TempDir Path folder) {
        for (int i = 0; i < 2; i++) {
            try (var database = Database.open(folder.resolve("johwa.db"), List.of("db/migration"))) {
                int tables = database.read(
                        handle -> handle.createQuery("select count(*) from sqlite_master where name = 'facts'")
                                .mapTo(Integer.class)
                                .one());
                assertThat(tables).isEqualTo(1);
            }
        }
    }
}
