package dev.johwa.lib.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.process.Cgroups.Version;
import dev.johwa.lib.process.Confinement.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CgroupsTest {
    /// Seen under fire: groups of steps that could not begin, since no file could be opened.
    @Test
    void nothingIsLeftOfAGroupThatCannotBeMade() {
        var groups = Cgroups.find(System.getProperty("user.name").equals("root"));
        var name = "test-" + UUID.randomUUID();
        // A tenth of a second cannot be shared out so finely.
        var limits = new Limits(
                OptionalLong.of(64 << 20), OptionalDouble.of(1e-9), OptionalInt.of(64), OptionalLong.empty());
        if (groups.version() == Version.RLIMIT) {
            assertThat(groups.create(name, limits)).isEmpty();
            return;
        }

        assertThatThrownBy(() -> groups.create(name, limits)).hasMessageContaining("control group " + name);

        assertThat(Stream.of("", "memory", "cpu", "pids")
                        .map(each -> Path.of("/sys/fs/cgroup", each, "johwa", name))
                        .filter(Files::exists)
                        .toList())
                .isEmpty();
    }
}
