package dev.johwa.watch.log;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Frames;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.AppEnvironment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the lines of the edge's access log into the store: a line for each request, with its method, path, status,
/// time and release as fields. Used by one thread at a time.
///
/// Where more requests come than are worth keeping, the newest of each look are taken; figures count all of them. They
/// are read a few at a time then: the edge, which shares the processors with us, is to answer in between.
public final class AccessLines {
    /// Bytes of a look; what is older than twice as much is passed over.
    static final int MOST = 64 << 10;

    /// Lines that are read at one go, about a millisecond's work.
    private static final int AT_ONCE = 32;
    private static final Duration BREATH = Duration.ofMillis(5);

    private static final Logger LOG = LoggerFactory.getLogger(AccessLines.class);

    private final Path file;
    private final Supplier<List<AppEnvironment>> apps;
    private final LogStore store;
    private final Clock clock;
    private boolean wasTold;
    private String last = "";

    /// Source of the form: `serve.router.proxy.AccessLog`. Made with the first request.
    private static final class Form {
        static final Pattern LINE = Pattern.compile("(\\S+) - - \\[([^\\]]+)\\] \"(\\S+) (\\S+) ([^\"]*)\" (\\d+)"
                + " (\\d+) \"[^\"]*\" \"([^\"]*)\" (\\S+) (\\S+)#(\\d+) ([\\d.]+) (\\S+)");
        static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

        private Form() {}
    }

    /// @param apps that there are now
    public AccessLines(Path file, Supplier<List<AppEnvironment>> apps, LogStore store, Clock clock) {
        this.file = file;
        this.apps = apps;
        this.store = store;
        this.clock = clock;
    }

    /// Takes what has come since the last call.
    public void take() {
        try {
            var before = file.resolveSibling(file.getFileName() + ".1");
            var old = key(before);
            if (last.isEmpty() && store.read(old).isPresent()) {
                // It began anew while nobody looked.
                last = old;
            }
            if (!last.isEmpty() && last.equals(old)) {
                // What was written before the file began anew.
                take(before, last);
            }
            var now = key(file);
            if (now.isEmpty()) {
                return;
            }
            if (!last.isEmpty() && !last.equals(now)) {
                store.forget(last);
            }
            last = now;
            take(file, now);
        } catch (IOException e) {
            LOG.warn("requests are not taken into the log for now: {}", e.toString());
        }
    }

    /// A name that stays when the file gets another one.
    private static String key(Path file) throws IOException {
        return Files.exists(file) ? "requests " + Files.getAttribute(file, "unix:ino") : "";
    }

    private void take(Path from, String key) throws IOException {
        long size = Files.size(from);
        long start = Math.min(size, store.read(key).orElse(0L));
        boolean isBehind = size - start > 2 * MOST;
        if (isBehind) {
            tellOnce();
            start = size - MOST;
        }
        if (start < size) {
            var bytes = ByteBuffer.allocate((int) Math.min(2L * MOST, size - start));
            try (var channel = FileChannel.open(from)) {
                Frames.fill(channel, bytes, start);
            }
            keep(bytes.array(), isBehind, start, key);
        }
    }

    private void tellOnce() {
        if (!wasTold) {
            LOG.info("more requests come at times than the log takes: the others are only counted");
            wasTold = true;
        }
    }

    /// @param isBehind whether more comes than is taken: then it may begin within a line
    private void keep(byte[] bytes, boolean isBehind, long start, String key) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end == 0) {
            return;
        }
        var lines = new ArrayList<LogLine>();
        var texts = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).split("\n");
        // Anew each time: what an app was asked that has gone since is nobody's.
        var names = names();
        for (int i = isBehind ? 1 : 0; i < texts.length; i++) {
            if (isBehind && i % AT_ONCE == 0) {
                clock.pause(BREATH);
            }
            var found = Form.LINE.matcher(texts[i]);
            // Where nothing serves, it is of no app.
            var where = found.matches() ? names.get(found.group(10)) : null;
            if (where != null) {
                line(found, where).ifPresent(lines::add);
            }
        }
        store.add(lines, Optional.empty(), Map.of(key, start + end));
    }

    /// As the edge writes them.
    private Map<String, AppEnvironment> names() {
        var all = apps.get();
        var names = new HashMap<String, AppEnvironment>();
        all.forEach(where ->
                names.put(written(where.name(), where.isProduction() ? "" : "@" + where.environment()), where));
        // Edges of before wrote previews so, as if they were another app of the project.
        all.forEach(where -> names.putIfAbsent(written(where.name(), "/" + where.environment()), where));
        return names;
    }

    /// Branches may have letters of any kind.
    private static String written(String app, String environment) {
        var written = new StringBuilder();
        for (char each : (app + environment).toCharArray()) {
            if (each >= ' ' && each < 127 && each != '"' && each != '\\') {
                written.append(each);
            } else {
                written.append("\\x").append(HexFormat.of().toHexDigits((byte) each));
            }
        }
        return written.toString();
    }

    private static Optional<LogLine> line(Matcher found, AppEnvironment where) {
        var at = time(found.group(2));
        if (at == null) {
            return Optional.empty();
        }
        var path = found.group(4).replaceFirst("\\?.*", "");
        int status = Integer.parseInt(found.group(6));
        double millis = Double.parseDouble(found.group(12)) * 1000;
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", LogKind.ACCESS.word());
        fields.put("method", found.group(3));
        fields.put("path", path);
        fields.put("status", status);
        fields.put("ms", Math.round(millis * 1000) / 1000.0);
        fields.put("bytes", Long.parseLong(found.group(7)));
        fields.put("remote", found.group(1));
        fields.put("host", found.group(9));
        fields.put("agent", found.group(8));
        fields.put("id", found.group(13));
        var text = found.group(3) + " " + path + " " + status + " in " + Math.round(millis) + " ms";
        return Optional.of(new LogLine(
                0,
                at,
                where.name(),
                where.environment(),
                LogKind.ACCESS.source(Integer.parseInt(found.group(11))),
                text,
                Json.write(fields)));
    }

    private static @Nullable Instant time(String text) {
        try {
            return ZonedDateTime.parse(text, Form.DATE).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
