package dev.johwa.serve.target.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.process.Exit;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.Observation;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumptionTest {
    @TempDir
    Path folder;

    @Test
    void ofOneThatHasEndedTheEngineIsNotAsked() throws Exception {
        var socket = folder.resolve("s");
        try (var engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            engine.configureBlocking(false);
            var instance = new Instance("shop-1", "shop", "production", 1, "worker", "docker", "/none", Instant.EPOCH);
            var state =
                    new Kept(instance, "abc", "some:1", 0, 0, List.of(), "", Optional.empty(), List.of("johwa-shop"));
            var ended = Observation.ended(new Exit.Status(0));

            assertThat(new Consumption(new Engine(socket)).usage(state, Optional.of(ended)))
                    .isEmpty();
            assertThat(engine.accept()).isNull();
        }
    }
}
