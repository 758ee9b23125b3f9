package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.db.Database;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.json.Json;
import dev.johwa.source.config.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `johwa doctor --deep` on a platform with faults of each kind, while it works and when it is down.
class DeepLookTest {
    private static final String NOT_OURS = "Tm90IHNlYWxlZCBieSB0aGlzIGtleSwgYnV0IGxvbmcgZW5vdWdo";

    private static final String PUSHED = "sha256:" + "0123456789abcdef".repeat(4);
    private static final String NAMED = "sha256:" + "123456789abcdef0".repeat(4);

    @TempDir
    Path home;

    private Path data;
    private Terminal terminal;

    @Test
    void tellsWhatIsWrongWithWhatAndWhatToDo() throws Exception {
        try (var platform = new Platform()) {
            data = platform.data();
            terminal = new Terminal(platform, home);
            var shop = platform.repository("shop", Apps.TRICKY);
            platform.commit(shop, "johwa.yaml", "data: [keep/]\n");
            platform.push(shop, "main");
            var first = blobs();
            platform.commit(shop, "version", "2\n");
            assertThat(platform.push(shop, "main")).contains("live");
            var second = new TreeSet<>(blobs());
            second.removeAll(first);
            platform.server()
                    .values()
                    .setSecrets(new Values.Scope("shop", "shop", "production"), Map.of("STRIPE", "sk_live_1"));

            assertThat(terminal.johwa("doctor", "--deep")).as(terminal.out()).isZero();
            assertThat(terminal.out()).contains("well: all that is kept is whole");
            assertThat(terminal.err())
                    .contains("artifacts", "releases", "2 releases that serve or can be gone back to")
                    .contains("repositories", "secrets", "certificates", "folders", "backups");
            assertThat(terminal.johwa("doctor", "--deep", "--data", data.toString()))
                    .isEqualTo(2);
            assertThat(terminal.err()).contains("a platform works in " + data, "leave --data out");

            plant(first, second);
            whileItWorks();
            platform.stopControlPlane();
            atRest();
            platform.startControlPlane();
        }
    }

    private void plant(Set<Path> first, Set<Path> second) throws IOException {
        flip(layer(first));
        Files.delete(layer(second));
        flip(onlyFile(data.resolve("git/shop.git/objects/pack"), ".pack"));
        change("insert into registry_blobs values ('shop/api', '" + PUSHED + "', 'shop', '" + PUSHED
                + "', 7, 0, true)");
        change("insert into registry_manifests values ('shop/web', '" + NAMED + "', 'shop', '" + NAMED
                + "', 7, 't', '', '', '{}', 'ann', 0)");
        change("update app_secrets set sealed = '" + NOT_OURS + "'");
        Files.createDirectories(data.resolve("apps/ghost/data/production"));
        Files.setPosixFilePermissions(data.resolve("secrets.key"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.createDirectories(data.resolve("run/backup"));
        Files.writeString(
                data.resolve("run/backup/unfinished"),
                "{\"name\": \"2026-11-26T03-48-00Z\", \"where\": \"/mnt/backup\"}");
    }

    private void whileItWorks() {
        assertThat(terminal.johwa("doctor", "--deep")).isOne();
        assertThat(terminal.out())
                .contains("broken   shop release 1: its artifact", "is damaged", "nobody can roll back to it")
                .contains("→ `johwa run rerun shop 1` builds it anew")
                .contains("broken   shop release 2: its artifact", "is missing", "it serves, but")
                .contains(
                        "broken   shop/api@" + PUSHED + ": its bytes",
                        "broken   shop/web@" + NAMED + ": its bytes",
                        "images that need it cannot be pulled")
                .contains("broken   the repository of shop: ", "pushes, clones or runs that need it fail")
                .contains("broken   the secret STRIPE of shop (production): the key of this data folder does not open")
                .contains("→ bring back the secrets.key", "`johwa secrets set shop STRIPE -e production`")
                .contains("broken   secrets.key: every account of this machine may read it")
                .contains("warning  " + data.resolve("apps/ghost") + ": there is no app or project ghost")
                .contains("warning  the backup 2026-11-26T03-48-00Z: it was cut off", "`johwa backup /mnt/backup`")
                .contains("not well: ")
                .doesNotContain("sk_live_1");
    }

    private void atRest() throws IOException {
        change("update instances set release = 7");
        Trees.delete(data.resolve("apps/shop/data/production"));
        assertThat(terminal.johwa("doctor", "--deep", "--json", "--data", data.toString()))
                .isOne();
        var found = Json.tree(terminal.out());
        assertThat(found.path("findings").findValuesAsString("area"))
                .contains("releases", "repositories", "secrets", "folders", "backups");
        assertThat(found.path("findings").findValuesAsString("wrong"))
                .anySatisfy(wrong -> assertThat(wrong).contains("names release 7, which is not there"))
                .anySatisfy(wrong -> assertThat(wrong).contains("its folder of data keep/ is gone"))
                .anySatisfy(wrong -> assertThat(wrong).contains("is missing"));
        assertThat(found.path("broken").asInt()).isGreaterThan(5);
        assertThat(terminal.johwa("doctor", "--deep", "--data", home.toString()))
                .isOne();
        assertThat(terminal.err()).contains("no platform has worked in " + home);
    }

    private void change(String sql) {
        try (var database = Database.open(data.resolve("johwa.db"), List.of("db/migration"))) {
            database.write(handle -> handle.execute(sql));
        }
    }

    private Set<Path> blobs() throws IOException {
        try (var all = Files.walk(data.resolve("blobs/sha256"))) {
            return new TreeSet<>(all.filter(Files::isRegularFile).toList());
        }
    }

    /// The one that is compressed.
    private static Path layer(Set<Path> blobs) throws IOException {
        for (var blob : blobs) {
            try (var in = Files.newInputStream(blob)) {
                if (in.read() == 0x1f && in.read() == 0x8b) {
                    return blob;
                }
            }
        }
        throw new AssertionError("no layer among " + blobs);
    }

    private static Path onlyFile(Path folder, String ending) {
        return Trees.children(folder).stream()
                .filter(file -> file.toString().endsWith(ending))
                .findFirst()
                .orElseThrow();
    }

    private static void flip(Path file) throws IOException {
        if (!Files.isWritable(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
