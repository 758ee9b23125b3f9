package dev.johwa.serve.data;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases of the kind redis, with the server of this machine.
class RedisTest {
    private static final Progress QUIET = line -> {};

    @TempDir
    Path folder;

    private static String ask(String address, String... words) {
        var argv = new String[words.length + 4];
        argv[0] = "redis-cli";
        argv[1] = "--no-auth-warning";
        argv[2] = "-u";
        argv[3] = address;
        System.arraycopy(words, 0, argv, 4, words.length);
        return DataRig.said(argv);
    }

    @Test
    void eachHasAServerOfItsOwnWhichKeepsWhatWasWritten() throws IOException {
        try (var rig = new DataRig(folder)) {
            var data = rig.data();
            var preview = new Owner("shop", "shop", "idea");
            data.add(DataRig.SHOP, Kind.REDIS, "REDIS_URL", QUIET);
            data.add(preview, Kind.REDIS, "REDIS_URL", QUIET);
            var address = data.addresses(DataRig.SHOP).get("REDIS_URL");
            var other = data.addresses(preview).get("REDIS_URL");

            assertThat(ask(address, "set", "basket", "full")).isEqualTo("OK");
            assertThat(ask(other, "get", "basket")).isEmpty();
            assertThat(ask(address.replaceFirst(":[^:/@]+@", ":guess@"), "get", "basket"))
                    .contains("NOAUTH");
            assertThat(ask(address, "config", "set", "dir", "/tmp")).contains("NOPERM");
            assertThat(ask(address, "config", "get", "maxmemory-policy")).contains("noeviction");

            var held = data.cut(data.require(DataRig.SHOP, "REDIS_URL"), Duration.ofMinutes(5));
            assertThat(ask(address, "get", "basket")).contains("WRONGPASS");
            assertThat(ask(other, "get", "basket")).isEmpty();
            // As when the control plane is killed.
            held.in().close();
            eventually(() -> ask(address, "get", "basket").equals("full"));

            rig.down();
            var again = rig.data();
            again.recover();
            assertThat(ask(again.addresses(DataRig.SHOP).get("REDIS_URL"), "get", "basket"))
                    .isEqualTo("full");
            assertThat(again.list(each -> each.owner().equals(DataRig.SHOP))
                            .getFirst()
                            .problem())
                    .isEmpty();

            again.discard(preview);
            assertThat(ask(other, "ping")).contains("Could not connect");
            try (var left = Files.list(rig.servers())) {
                assertThat(left.map(each -> each.getFileName().toString())).noneMatch(name -> name.contains("idea"));
            }
        }
    }

    @Test
    void aDumpIsRestoredAndABrokenOneChangesNothing() {
        try (var rig = new DataRig(folder)) {
            var data = rig.data();
            var database = data.add(DataRig.SHOP, Kind.REDIS, "REDIS_URL", QUIET);
            var address = data.addresses(DataRig.SHOP).get("REDIS_URL");
            ask(address, "set", "basket", "full");
            var dump = data.dumps().make(database, "asked", QUIET);
            ask(address, "set", "basket", "empty");

            var broken = data.dumps().take(database, new ByteArrayInputStream("REDIS0010 nonsense".getBytes()));
            assertThatThrownBy(() -> data.dumps().restore(database, broken, QUIET))
                    .isInstanceOf(ProblemException.class);
            assertThat(ask(address, "get", "basket")).isEqualTo("empty");

            data.dumps().restore(database, data.dumps().require(database, Optional.of(dump.id())), QUIET);
            assertThat(ask(address, "get", "basket")).isEqualTo("full");
            ask(address, "set", "basket", "new");
            rig.down();
            var again = rig.data();
            again.recover();
            assertThat(ask(again.addresses(DataRig.SHOP).get("REDIS_URL"), "get", "basket"))
                    .isEqualTo("new");
        }
    }
}
