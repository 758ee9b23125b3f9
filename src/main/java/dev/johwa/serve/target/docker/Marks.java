package dev.johwa.serve.target.docker;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.file.Whole;
import dev.johwa.serve.target.InstanceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// By what things of ours are known in an engine that others use too: labels, and names that begin with ours.
///
/// The platform has an id, in the file `.platform` of the folder of apps: it is made when the first container is, and
/// goes with the folder.
final class Marks {
    static final String PLATFORM = "dev.johwa.platform";
    static final String APP = "dev.johwa.app";
    static final String PROJECT = "dev.johwa.project";
    static final String ENVIRONMENT = "dev.johwa.environment";
    static final String INSTANCE = "dev.johwa.instance";

    /// The network of this machine, which is not ours.
    static final String HOST = "host";

    private static final String USUAL = "default";
    private static final String WEB = "web";
    private static final int ID_LENGTH = 12;
    private static final int LONGEST_NAME = 40;

    private final Path file;

    Marks(Path apps) {
        this.file = apps.resolve(".platform");
    }

    /// Whether there may be anything of ours in an engine.
    boolean isAnywhere() {
        return Files.exists(file);
    }

    synchronized String platform() {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.resolveSibling(""));
                var id = UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH);
                Whole.writeDurably(file, id.getBytes(StandardCharsets.US_ASCII), "rw-r--r--");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> ours() {
        return Map.of(PLATFORM, platform());
    }

    Map<String, String> of(String app) {
        return Map.of(PLATFORM, platform(), APP, app);
    }

    Map<String, String> of(String app, String environment) {
        return Map.of(PLATFORM, platform(), APP, app, ENVIRONMENT, environment);
    }

    /// Of a network: those of one that several apps share name the project.
    Map<String, String> ofNetwork(InstanceSpec spec) {
        return spec.container().isComposed()
                ? Map.of(PLATFORM, platform(), PROJECT, project(spec.app()), ENVIRONMENT, spec.environment())
                : of(spec.app(), spec.environment());
    }

    /// Of a container; releases and processes are there for people who look.
    Map<String, String> of(InstanceSpec spec) {
        var labels = new HashMap<>(of(spec.app(), spec.environment()));
        labels.put(INSTANCE, spec.id());
        labels.put("dev.johwa.release", String.valueOf(spec.release()));
        labels.put("dev.johwa.process", spec.process());
        return labels;
    }

    /// Those that an instance is in, the one first of which its ports are published. Services of one compose file share
    /// theirs; one whose networks all lead nowhere, and that people visit, is reached by one of its own.
    List<Joined> networks(InstanceSpec spec, List<String> usual) {
        var run = spec.container();
        var project = run.isComposed() ? project(spec.app()) : spec.app();
        if (run.program().powers().contains("host-network")) {
            return List.of(new Joined(HOST, List.of(), false));
        }
        if (run.networks().isEmpty()) {
            return List.of(new Joined(name(project, spec.environment(), ""), usual, false));
        }
        var joined = new ArrayList<Joined>();
        for (var each : run.networks()) {
            var aliases = Stream.concat(Stream.of(run.service()), each.aliases().stream());
            var name = each.name().equals(USUAL) ? "" : "network " + each.name();
            joined.add(new Joined(name(project, spec.environment(), name), aliases.toList(), each.isInternal()));
        }
        joined.sort(Comparator.comparing(Joined::isInternal));
        if (joined.getFirst().isInternal() && spec.process().equals(WEB)) {
            joined.addFirst(new Joined(name(spec.app(), spec.environment(), "network of its own"), List.of(), false));
        }
        return List.copyOf(joined);
    }

    /// @param aliases by which others find it there
    /// @param isInternal whether it leads nowhere else
    record Joined(String name, List<String> aliases, boolean isInternal) {}

    /// The network of an app alone.
    String network(String app, String environment) {
        return name(app, environment, "");
    }

    static String project(String app) {
        int slash = app.indexOf('/');
        return slash < 0 ? app : app.substring(0, slash);
    }

    String volume(String app, String environment, Path path) {
        return name(app, environment, path.toString());
    }

    /// Readable as far as names allow it, and unlike any other.
    private String name(String app, String environment, String path) {
        var whole = String.join("\n", platform(), app, environment, path);
        var shown = String.join("-", app, environment, path)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        var cut = shown.substring(0, Math.min(shown.length(), LONGEST_NAME));
        return "johwa-" + cut + "-" + Digest.of(whole).shortened();
    }
}
