package dev.johwa.lib.db;

import static org.assertj.core.api.Assertions.assertThat;

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
