package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Tasks;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    @TempDir
    private Path folder;

    private static void add(AccessLog.Page page, String uri) {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri);
        page.add(new AccessLog.Line("127.0.0.1", "HTTP/1.1", request, 200, 5, "app#1", 1_234_567, 1));
    }

    private long lines(String name) throws IOException {
        try (var lines = Files.lines(folder.resolve(name))) {
            return lines.count();
        }
    }

    @Test
    void manyPagesComeBackWithEveryLineOnce() throws Exception {
        try (var tasks = new Tasks();
                var log = new AccessLog(folder.resolve("access.log"), 64 << 20, new SystemClock(), tasks)) {
            var page = log.page();
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 2_000; i++) {
                    add(page, "/" + round + "/" + i);
                }
                page.turn();
                int written = (round + 1) * 2_000;
                Rig.await(written + " lines", () -> {
                    try {
                        return Files.exists(folder.resolve("access.log")) && lines("access.log") == written;
                    } catch (IOException | UncheckedIOException e) {
                        return false;
                    }
                });
            }
            var lines = Files.readAllLines(folder.resolve("access.log"));
            assertThat(lines).doesNotHaveDuplicates();
            assertThat(lines.getFirst())
                    .matches(
                            "127\\.0\\.0\\.1 - - \\[.+] \"GET /0/0 HTTP/1\\.1\" 200 5 \"-\" \"-\" - app#1 0\\.001234 0{15}1");
        }
    }

    @Test
    void theFileStartsAnewWhenItIsFullAndTheOneBeforeIsKept() throws Exception {
        int largest = 256 << 10;
        try (var tasks = new Tasks();
                var log = new AccessLog(folder.resolve("access.log"), largest, new SystemClock(), tasks)) {
            var page = log.page();
            for (int i = 0; i < 20_000; i++) {
                add(page, "/" + i);
                if (i % 5_000 == 0) {
                    page.turn();
                    Rig.await("written", () -> Files.exists(folder.resolve("access.log")));
                }
            }
            page.turn();
        }
        assertThat(Files.size(folder.resolve("access.log"))).isBetween(1L, (long) largest);
        assertThat(Files.size(folder.resolve("access.log.1"))).isBetween(1L, (long) largest);
        try (var all = Files.list(folder)) {
            assertThat(all.count()).isEqualTo(2);
        }
    }
}
