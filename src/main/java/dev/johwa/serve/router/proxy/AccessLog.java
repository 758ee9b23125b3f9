package dev.johwa.serve.router.proxy;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line a request in the combined format, then host, app, seconds and request id. The file starts anew when it is
/// full, and the one before is kept.
///
/// Event loops fill pages of their own and hand full ones over, which come back empty; when the disk is slower than the
/// requests, pages are dropped and counted rather than kept.
public final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final Duration FLUSH = Duration.ofMillis(500);
    private static final int PAGE = 64 << 10;
    private static final int FIRST_PAGE = 4 << 10;
    private static final int LONGEST_TEXT = 1_000;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Path file;
    private final long largest;
    private final Clock clock;
    private final Tasks tasks;
    private final ArrayBlockingQueue<Filled> full = new ArrayBlockingQueue<>(32);
    private final ArrayBlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(32);
    private final AtomicBoolean isWriting = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();

    private record Filled(byte[] bytes, int length) {}

    public AccessLog(Path file, long largest, Clock clock, Tasks tasks) {
        this.file = file;
        this.largest = largest;
        this.clock = clock;
        this.tasks = tasks;
        tasks.every(FLUSH, "access log", this::flush);
    }

    Page page() {
        return new Page();
    }

    /// What an event loop has written and not handed over. Used by that event loop only.
    final class Page {
        private byte[] bytes = new byte[FIRST_PAGE];
        private int length;
        private byte[] date = new byte[0];

        private Page() {
            tellTime();
        }

        void add(Line line) {
            var request = line.request();
            var headers = request.headers();
            text(line.remote());
            raw(" - - [");
            append(date);
            raw("] \"");
            text(request.method().name());
            raw(" ");
            text(request.uri());
            raw(" ");
            raw(line.protocol());
            raw("\" ");
            number(line.status());
            raw(" ");
            number(line.bytes());
            quoted(headers.get(HttpHeaderNames.REFERER));
            quoted(headers.get(HttpHeaderNames.USER_AGENT));
            raw(" ");
            text(headers.get(HttpHeaderNames.HOST, "-"));
            raw(" ");
            text(line.app());
            raw(" ");
            seconds(line.nanos());
            raw(" ");
            id(RequestHead.givenId(headers), line.id());
            raw("\n");
            if (length > PAGE - (8 << 10)) {
                turn();
                writeSoon();
            }
        }

        private void id(@Nullable String given, long ours) {
            if (given != null) {
                text(given);
                return;
            }
            room(16);
            for (int shift = 60; shift >= 0; shift -= 4) {
                bytes[length++] = (byte) Character.forDigit((int) (ours >>> shift) & 15, 16);
            }
        }

        /// Hands over what is there; called at least once a second.
        void turn() {
            tellTime();
            if (length == 0) {
                return;
            }
            if (length <= FIRST_PAGE) {
                handOver(new Filled(Arrays.copyOf(bytes, length), length));
            } else if (handOver(new Filled(bytes, length))) {
                var next = empty.poll();
                bytes = next == null ? new byte[PAGE] : next;
            }
            length = 0;
        }

        private boolean handOver(Filled page) {
            boolean isTaken = full.offer(page);
            if (!isTaken) {
                dropped.incrementAndGet();
            }
            return isTaken;
        }

        /// Once a second, and before the first line: looking at the clock for every line is not for nothing.
        private void tellTime() {
            date = DATE.format(clock.now()).getBytes(StandardCharsets.US_ASCII);
        }

        private void quoted(@Nullable String value) {
            raw(" \"");
            text(value == null ? "-" : value);
            raw("\"");
        }

        private void append(byte[] more) {
            room(more.length);
            System.arraycopy(more, 0, bytes, length, more.length);
            length += more.length;
        }

        @SuppressWarnings("deprecation") // The quickest way for text that is known to be ASCII.
        private void raw(String plain) {
            room(plain.length());
            plain.getBytes(0, plain.length(), bytes, length);
            length += plain.length();
        }

        /// What came from outside: no line ends, no quotes, not without end.
        private void text(String value) {
            int end = Math.min(value.length(), LONGEST_TEXT);
            room(end * 4);
            for (int i = 0; i < end; i++) {
                char c = value.charAt(i);
                if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                    bytes[length++] = (byte) c;
                } else {
                    raw("\\x");
                    bytes[length++] = (byte) Character.forDigit(c >> 4 & 15, 16);
                    bytes[length++] = (byte) Character.forDigit(c & 15, 16);
                }
            }
        }

        private void number(long value) {
            raw(Long.toString(value));
        }

        private void seconds(long nanos) {
            long micros = nanos / 1_000;
            number(micros / 1_000_000);
            raw(".");
            raw(Long.toString(1_000_000 + micros % 1_000_000).substring(1));
        }

        private void room(int more) {
            if (bytes.length - length < more) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
            }
        }
    }

    /// What is told of a request.
    ///
    /// @param protocol with its version
    /// @param bytes of the answer's body
    /// @param id ours, told where the client gave none
    record Line(
            String remote,
            String protocol,
            HttpRequest request,
            int status,
            long bytes,
            String app,
            long nanos,
            long id) {}

    private void writeSoon() {
        if (isWriting.compareAndSet(false, true)) {
            var _ = tasks.run("access log", () -> {
                isWriting.set(false);
                flush();
            });
        }
    }

    private synchronized void flush() {
        try {
            for (var page = full.poll(); page != null; page = full.poll()) {
                write(page);
            }
        } catch (IOException e) {
            // A full disk must not stop serving.
            dropped.incrementAndGet();
        }
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            LOG.warn("access log: {} pages could not be written to {}", lost, file);
        }
    }

    private void write(Filled page) throws IOException {
        if (Files.exists(file) && Files.size(file) + page.length() > largest) {
            var before = file.resolveSibling(file.getFileName() + ".1");
            Files.move(file, before, StandardCopyOption.REPLACE_EXISTING);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap(page.bytes(), 0, page.length());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        if (page.bytes().length == PAGE) {
            empty.offer(page.bytes());
        }
    }

    @Override
    public void close() {
        flush();
    }
}
