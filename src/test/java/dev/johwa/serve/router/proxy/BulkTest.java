package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Much at once, and little memory for it.
class BulkTest {
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 400;
    private static final long LENGTH = (long) BLOCK * BLOCKS;

    @TempDir
    private Path folder;

    private static void send(Wire wire) throws IOException {
        var block = new byte[BLOCK];
        for (int i = 0; i < BLOCKS; i++) {
            wire.send(block);
        }
    }

    private static void read(Wire wire) throws IOException {
        for (int i = 0; i < BLOCKS; i++) {
            assertThat(wire.text(BLOCK)).hasSize(BLOCK);
        }
    }

    private static long buffers() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    @Test
    void aBodyOfAnySizePassesBothWaysInLittleMemory() throws Exception {
        try (var app = new Backend(wire -> {
                    if (wire.head().isEmpty()) {
                        // A check of its health.
                        return;
                    }
                    read(wire);
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n");
                    send(wire);
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            long before = buffers();
            wire.send("PUT / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: " + LENGTH + "\r\n\r\n");
            send(wire);
            assertThat(wire.head()).startsWith("HTTP/1.1 200");
            read(wire);

            assertThat(buffers() - before).isLessThan(48L << 20);
            Rig.await("it is counted", () -> edge.counts().bytesIn() == LENGTH);
            assertThat(edge.counts().bytesOut()).isEqualTo(LENGTH);
        }
    }

    @Test
    void manyIdleConnectionsHinderNobody() throws Exception {
        try (var app = Backend.saying("hello");
                var edge = new Rig(folder).serve(app)) {
            var idle = new ArrayList<Wire>();
            long before = buffers();
            for (int i = 0; i < 1_000; i++) {
                idle.add(edge.connect());
            }
            for (int i = 0; i < 1_000; i += 10) {
                // Half a request, and none at all.
                idle.get(i).send("GET / HT");
            }
            Rig.await("all are there", () -> edge.server.connections() == 1_000);

            assertThat(edge.get("/").body()).isEqualTo("hello");
            assertThat(buffers() - before).isLessThan(24L << 20);
            for (int i = 0; i < 1_000; i += 10) {
                idle.get(i).send("TP/1.1\r\nHost: app.localhost\r\n\r\n");
                assertThat(idle.get(i).message().body()).isEqualTo("hello");
            }
            for (var wire : idle) {
                wire.close();
            }
        }
    }
}
