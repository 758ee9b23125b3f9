package dev.johwa.lib.docker;

import dev.johwa.lib.docker.Container.Listed;
import dev.johwa.lib.docker.Engine.Event;
import dev.johwa.lib.docker.Volumes.Volume;
import dev.johwa.lib.process.Usage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What the engine tells us, in our words.
final class Reading {
    private static final int LONGEST_STAMP = 40;

    private Reading() {}

    static Container container(JsonNode told) {
        var state = told.path("State");
        var health = state.path("Health");
        return new Container(
                text(told, "Id"),
                text(told, "Name").replaceFirst("^/", ""),
                text(told, "Image"),
                text(state, "Status"),
                state.path("Pid").asInt(0),
                state.path("ExitCode").asInt(0),
                state.path("OOMKilled").asBoolean(false),
                text(state, "Error"),
                Optional.of(text(health, "Status")).filter(word -> !word.isEmpty() && !word.equals("none")),
                lastWords(health.path("Log")),
                instant(text(state, "StartedAt")),
                instant(text(state, "FinishedAt")),
                address(told.path("NetworkSettings")),
                published(told.path("NetworkSettings").path("Ports")),
                words(told.path("Config").path("Labels")),
                volumes(told.path("Mounts")),
                told.path("Config").path("Tty").asBoolean(false));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static String lastWords(JsonNode log) {
        return log.isArray() && !log.isEmpty()
                ? text(log.get(log.size() - 1), "Output").strip()
                : "";
    }

    /// Times of what has not come yet are from the year 1.
    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(text)
                    .filter(word -> !word.isEmpty() && !word.startsWith("0001-"))
                    .map(word -> OffsetDateTime.parse(word).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String address(JsonNode settings) {
        for (var network : settings.path("Networks")) {
            if (!text(network, "IPAddress").isEmpty()) {
                return text(network, "IPAddress");
            }
        }
        return text(settings, "IPAddress");
    }

    private static Map<Integer, Integer> published(JsonNode ports) {
        var published = new HashMap<Integer, Integer>();
        for (var port : ports.properties()) {
            for (var binding : port.getValue()) {
                var outside = text(binding, "HostPort");
                if (port.getKey().endsWith("/tcp") && outside.matches("[1-9]\\d{0,4}")) {
                    published.put(number(port.getKey()), Integer.parseInt(outside));
                }
            }
        }
        return published;
    }

    private static int number(String port) {
        return Integer.parseInt(port.replaceFirst("/.*", ""));
    }

    private static Map<String, String> words(JsonNode labels) {
        var words = new HashMap<String, String>();
        labels.properties()
                .forEach(label -> words.put(label.getKey(), label.getValue().asString("")));
        return words;
    }

    private static List<String> volumes(JsonNode mounts) {
        var names = new ArrayList<String>();
        for (var mount : mounts) {
            if (text(mount, "Type").equals("volume")) {
                names.add(text(mount, "Name"));
            }
        }
        return names;
    }

    static Listed listed(JsonNode told) {
        var names = strings(told.path("Names"));
        return new Listed(
                text(told, "Id"),
                names.isEmpty() ? "" : names.getFirst().replaceFirst("^/", ""),
                text(told, "Image"),
                text(told, "State"),
                words(told.path("Labels")));
    }

    private static List<String> strings(JsonNode array) {
        var strings = new ArrayList<String>();
        array.forEach(each -> strings.add(each.asString("")));
        return List.copyOf(strings);
    }

    static Image image(JsonNode told) {
        var config = told.path("Config");
        return new Image(
                text(told, "Id"),
                strings(told.path("RepoTags")),
                strings(told.path("RepoDigests")),
                strings(told.path("RootFS").path("Layers")),
                text(told, "Architecture"),
                text(told, "Os"),
                told.path("Size").asLong(0),
                strings(config.path("Entrypoint")),
                strings(config.path("Cmd")),
                environment(config.path("Env")),
                ports(config.path("ExposedPorts")),
                List.copyOf(new TreeSet<>(words(config.path("Volumes")).keySet())),
                text(config, "WorkingDir"),
                text(config, "User"),
                healthcheck(config),
                text(config, "StopSignal"),
                words(config.path("Labels")));
    }

    /// `["CMD", …]`, `["CMD-SHELL", TEXT]` or `["NONE"]`; the text is the image's own, for the image's own shell.
    private static List<String> healthcheck(JsonNode config) {
        var test = strings(config.path("Healthcheck").path("Test"));
        if (test.size() < 2) {
            return List.of();
        }
        if (!test.getFirst().equals("CMD-SHELL")) {
            return test.subList(1, test.size());
        }
        var shell = strings(config.path("Shell"));
        var argv = new ArrayList<>(shell.isEmpty() ? List.of("/bin/sh", "-c") : shell);
        argv.add(test.get(1));
        return List.copyOf(argv);
    }

    private static Map<String, String> environment(JsonNode values) {
        var environment = new HashMap<String, String>();
        for (var value : strings(values)) {
            int equals = value.indexOf('=');
            if (equals > 0) {
                environment.put(value.substring(0, equals), value.substring(equals + 1));
            }
        }
        return Map.copyOf(environment);
    }

    private static List<Integer> ports(JsonNode exposed) {
        var ports = new TreeSet<Integer>();
        for (var port : exposed.properties()) {
            if (port.getKey().matches("\\d{1,5}(/tcp)?")) {
                ports.add(number(port.getKey()));
            }
        }
        return List.copyOf(ports);
    }

    static Volume volume(JsonNode told) {
        return new Volume(
                text(told, "Name"),
                Path.of(text(told, "Mountpoint")),
                Optional.of(text(told.path("Options"), "device"))
                        .filter(device -> !device.isEmpty())
                        .map(Path::of),
                words(told.path("Labels")));
    }

    static Event event(JsonNode told) {
        var actor = told.path("Actor");
        return new Event(
                text(told, "Type"),
                text(told, "Action"),
                text(actor, "ID"),
                words(actor.path("Attributes")),
                Instant.ofEpochSecond(0, told.path("timeNano").asLong(0)));
    }

    /// Without files that the kernel may forget: `total_inactive_file` of cgroup v1, `inactive_file` of v2.
    static Optional<Usage> usage(JsonNode told) {
        var memory = told.path("memory_stats");
        if (memory.path("usage").isMissingNode() || memory.path("usage").asLong(0) == 0) {
            return Optional.empty();
        }
        var files = memory.path("stats");
        long idle = files.path("total_inactive_file")
                .asLong(files.path("inactive_file").asLong(0));
        var cpu = told.path("cpu_stats");
        return Optional.of(new Usage(
                Math.max(0, memory.path("usage").asLong(0) - idle),
                Duration.ofNanos(cpu.path("cpu_usage").path("total_usage").asLong(0)),
                Optional.empty(),
                turns(cpu.path("throttling_data"))));
    }

    private static Optional<Usage.Turns> turns(JsonNode told) {
        long worked = told.path("periods").asLong(0);
        return worked == 0
                ? Optional.empty()
                : Optional.of(
                        new Usage.Turns(worked, told.path("throttled_periods").asLong(0)));
    }

    static List<String> rows(JsonNode told) {
        var rows = new ArrayList<String>();
        told.path("Processes").forEach(row -> rows.add(String.join(" ", strings(row))));
        return List.copyOf(rows);
    }

    /// As the engine takes a time: seconds, a dot, nanoseconds.
    static String time(Instant at) {
        return String.format(Locale.ROOT, "%d.%09d", at.getEpochSecond(), at.getNano());
    }

    /// A piece of output and the time before it.
    record Stamped(Instant at, byte[] rest) {}

    static Stamped stamped(byte[] bytes) {
        int end = 0;
        while (end < Math.min(bytes.length, LONGEST_STAMP) && bytes[end] != ' ') {
            end++;
        }
        var at = instant(new String(bytes, 0, end, StandardCharsets.UTF_8));
        return at.isPresent() && end < bytes.length
                ? new Stamped(at.get(), Arrays.copyOfRange(bytes, end + 1, bytes.length))
                : new Stamped(Instant.EPOCH, bytes);
    }
}
