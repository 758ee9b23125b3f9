package dev.johwa.build.container;

import dev.johwa.build.container.Inbox.Way;
import dev.johwa.build.image.Artifact;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output.Channel;
import dev.johwa.lib.process.Processes.Task;
import dev.johwa.lib.process.Programs;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.dockerfile.ImageDescription;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// A BuildKit daemon, spoken to by its own `buildctl`. It keeps its cache itself, over builds and over our end.
///
/// What it makes goes into our registry, so that only new layers travel, and from there into the engine; images that
/// the engine has and the Dockerfile begins with come the same way to it.
final class BuildkitBuilder implements ImageBuilder {
    /// For which a build would need something of the server that we do not give.
    private static final Set<String> REFUSED = Set.of("RUN --mount=type=ssh", "RUN --security", "RUN --device");
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int SHORT = 12;
    private static final String UNIX = "unix://";

    private final ImageParts parts;
    private final BuildkitPlace place;
    private final String program;
    private final String address;
    /// Manifests in our registry by repository and id.
    private final Map<String, Digest> given = new ConcurrentHashMap<>();
    /// By identity, until they are asked for.
    private final Map<Digest, Artifact> made = new ConcurrentHashMap<>();
    /// When the daemon answered last, in ticks of the clock.
    private volatile OptionalLong answered = OptionalLong.empty();

    private BuildkitBuilder(ImageParts parts, BuildkitPlace place, String program, String address) {
        this.parts = parts;
        this.place = place;
        this.program = program;
        this.address = address;
    }

    /// The one that somebody named, or that is at the usual place.
    ///
    /// @return empty where nobody named one and none is there
    /// @throws ProblemException `buildkit.absent` or `buildkit.down` when somebody named one
    static Optional<BuildkitBuilder> find(ImageParts parts, BuildkitPlace place) {
        var usual = Optional.of(BuildkitPlace.USUAL).filter(Files::exists).map(socket -> UNIX + socket);
        var address = place.address().or(() -> usual);
        var program = Programs.find("buildctl", place.path());
        if (address.isEmpty() || program.isEmpty()) {
            if (place.address().isPresent()) {
                throw Problem.resource("buildkit.absent", "BuildKit is to build images, and there is no `buildctl`")
                        .hint("put it into a folder of PATH; it comes with BuildKit's release")
                        .exception();
            }
            return Optional.empty();
        }
        BuildkitDesk.sweep(place.work(), parts.clock().now().minus(LONGEST));
        return Optional.of(new BuildkitBuilder(parts, place, program.get().toString(), address.get()));
    }

    /// Whether somebody answers, or did some seconds ago: a push asks several times, each time by a program.
    boolean answers() {
        long now = parts.clock().ticks();
        var last = answered;
        if (last.isPresent() && now - last.getAsLong() < FRESH.toNanos()) {
            return true;
        }
        boolean isThere = Programs.firstLine(List.of(program, "--addr", address, "debug", "workers"))
                .isPresent();
        answered = isThere ? OptionalLong.of(now) : OptionalLong.empty();
        return isThere;
    }

    Problem silent() {
        return Problem.resource("buildkit.down", "no BuildKit answers at " + address)
                .hint("start `buildkitd`, or start the server without BUILDKIT_HOST and --buildkit");
    }

    @Override
    public List<Problem> lacking(ImageDescription image) {
        return image.needs().stream()
                .filter(need -> REFUSED.contains(need.feature()))
                .map(need -> Problem.user(
                                "dockerfile.not-given", need.feature() + " asks for what no build gets on this server")
                        .at(need.where())
                        .hint("write it without; a token comes as RUN --mount=type=secret,id=NAME"))
                .toList();
    }

    @Override
    public String build(ImageOrder order, Consumer<BuildWord> words, Cancel cancel) {
        try (var desk = BuildkitDesk.in(place.work())) {
            desk.place(order.context());
            // Only a daemon of this machine reaches the registry at the loopback.
            var way = address.startsWith(UNIX) ? parts.inbox().open(order.app()) : Optional.<Way>empty();
            var delivery = way.map(to -> new Delivery(parts, to, cancel));
            try {
                return build(new Work(order, desk, way, delivery, cancel), words);
            } finally {
                delivery.ifPresent(Delivery::close);
                way.ifPresent(Way::close);
            }
        }
    }

    private record Work(
            ImageOrder order, BuildkitDesk desk, Optional<Way> way, Optional<Delivery> delivery, Cancel cancel) {
        boolean isWanted() {
            return order.tag().isPresent();
        }

        List<String> output() {
            if (!isWanted()) {
                return List.of();
            }
            var kind = way.map(to -> "type=image,push=true,name=" + to.repository() + ":" + ImageParts.TAG)
                    .orElse("type=docker,dest=" + desk.image());
            return List.of("--output", kind, "--metadata-file", desk.told().toString());
        }
    }

    private String build(Work work, Consumer<BuildWord> words) {
        work.way().ifPresent(way -> work.desk().signIn(way.credential()));
        var begun = parts.clock().now();
        run(work, new BuildkitCommand(program, address, work.order(), bases(work), work.output()), words);
        return work.order().tag().map(tag -> take(tag, work, begun)).orElse("");
    }

    private void run(Work work, BuildkitCommand command, Consumer<BuildWord> words) {
        var order = work.order();
        var heard = new BuildkitWords(words, pushed -> work.delivery().ifPresent(each -> each.begin(pushed)));
        var task = new Task(
                command.at(work.desk()), Confinement.none(), work.desk().printed(), order.limit());
        var exit = place.processes()
                .run(
                        task,
                        (channel, line) -> {
                            if (channel == Channel.ERR) {
                                heard.hear(line);
                            }
                        },
                        work.cancel());
        switch (exit) {
            case Exit.Status(var code) when code == 0 -> {
                // The image is made.
            }
            case Exit.Cancelled(var reason) ->
                throw Problem.user("docker.cancelled", "cancelled: " + reason).exception();
            case Exit.TimedOut late ->
                throw Problem.user(ImageBuilds.LATE, late.text()).exception();
            default -> throw heard.failure(order.dockerfile()).exception();
        }
    }

    /// Images of the engine by the names that the Dockerfile has for them. What it has not comes from its registry.
    private Map<String, String> bases(Work work) {
        var bases = new LinkedHashMap<String, String>();
        work.way()
                .ifPresent(way -> work.order()
                        .supplies()
                        .bases()
                        .forEach(reference -> parts.engine()
                                .get()
                                .images()
                                .inspect(reference)
                                .ifPresent(found -> bases.put(
                                        familiar(reference),
                                        "docker-image://" + way.repository() + "@"
                                                + give(new Digest(found.id()), way, work.cancel())
                                                        .text()))));
        return bases;
    }

    /// As BuildKit looks for it.
    private static String familiar(String reference) {
        return reference.replaceFirst("^docker\\.io/(library/)?", "").replaceFirst(":latest$", "");
    }

    private Digest give(Digest identity, Way way, Cancel cancel) {
        var key = way.repository() + "@" + identity.text();
        var known = given.get(key);
        if (known != null && parts.images().has(known)) {
            return known;
        }
        var here = parts.engine().get().images();
        var reference = way.repository() + ":base-" + identity.hex().substring(0, SHORT);
        try {
            here.tag(identity.text(), reference);
            var manifest = new Digest(here.push(reference, way.credential(), line -> {}, cancel));
            given.put(key, manifest);
            return manifest;
        } finally {
            here.remove(reference);
        }
    }

    /// What a build has put into the store, told once.
    Optional<Artifact> made(Digest identity) {
        return Optional.ofNullable(made.remove(identity));
    }

    private String take(String tag, Work work, Instant begun) {
        var told = work.desk().readTold();
        var identity = new Digest(told.path("containerimage.config.digest").asString(""));
        var here = parts.engine().get().images();
        if (work.delivery().isPresent()) {
            var manifest = new Digest(told.path("containerimage.digest").asString(""));
            made.put(identity, parts.images().given(identity, manifest, begun));
            work.delivery().get().end(manifest);
        } else {
            here.load(out -> Files.copy(work.desk().image(), out), work.cancel());
        }
        here.tag(identity.text(), parts.name(tag));
        return identity.text();
    }
}
