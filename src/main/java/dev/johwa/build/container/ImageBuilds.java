package dev.johwa.build.container;

import dev.johwa.build.image.Artifact;
import dev.johwa.build.image.Images;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.dockerfile.ImageDescription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds images by the BuildKit or the container engine of this machine. Nothing is asked of it before somebody wants
/// an image. Safe for use by many threads.
public final class ImageBuilds {
    /// What a step of a Dockerfile failed with.
    public static final String FAILED = "docker.build-failed";
    /// What took longer than it may.
    public static final String LATE = "docker.late";

    private static final Logger LOG = LoggerFactory.getLogger(ImageBuilds.class);
    private static final Duration YOUNG = Duration.ofHours(1);

    private final Supplier<Engine> engine;
    private final Images images;
    private final Inbox inbox;
    private final Clock clock;
    private final ImageParts parts;
    private final BuildkitPlace place;
    private @Nullable BuildkitBuilder buildkit;
    private final Map<String, Instant> made = new ConcurrentHashMap<>();

    /// @param place where BuildKit may be, which then builds instead of the engine
    public ImageBuilds(ImageParts parts, BuildkitPlace place) {
        this.engine = parts.engine();
        this.images = parts.images();
        this.inbox = parts.inbox();
        this.clock = parts.clock();
        this.parts = parts;
        this.place = place;
    }

    /// Why no images can be built and run here, saying what to install or who may open it; empty when they can.
    public Optional<Problem> trouble() {
        return engine.get().trouble().or(() -> {
            try {
                builder();
                return Optional.empty();
            } catch (ProblemException e) {
                return Optional.of(e.problem());
            }
        });
    }

    /// BuildKit where it answers, else the engine.
    private ImageBuilder builder() {
        var found = buildkit();
        if (found.isEmpty() || found.get().answers()) {
            return found.<ImageBuilder>map(each -> each).orElseGet(() -> new ClassicBuilder(parts));
        }
        if (place.address().isPresent()) {
            throw found.get().silent().exception();
        }
        return new ClassicBuilder(parts);
    }

    private synchronized Optional<BuildkitBuilder> buildkit() {
        if (buildkit == null) {
            buildkit = BuildkitBuilder.find(parts, place).orElse(null);
        }
        return Optional.ofNullable(buildkit);
    }

    /// What the builder at hand cannot do, each with its place.
    public List<Problem> lacking(ImageDescription image) {
        return builder().lacking(image);
    }

    /// Builds to its end; cancelling ends the step that runs.
    ///
    /// @param words hears what the builder and the steps say
    /// @return id of the image, by which [#keep] finds it
    /// @throws ProblemException [#FAILED] with the builder's last word, [#LATE], or what else is wrong
    public String build(ImageOrder order, Consumer<BuildWord> words, Cancel cancel) {
        var id = (isOnOurs(order) ? new ClassicBuilder(parts) : builder()).build(order, words, cancel);
        made.put(id, clock.now());
        return id;
    }

    /// On an image that the engine has from us, to which only files come: no other builder needs to hear of it.
    private boolean isOnOurs(ImageOrder order) {
        return order.supplies().bases().stream().anyMatch(base -> base.startsWith(name("")));
    }

    /// An image that others built: the one that the engine has under that name, else from its registry.
    ///
    /// @param reference `postgres:17`
    /// @param tag by which the engine keeps it for us
    /// @param lines hears how far it is
    /// @return id of the image, by which [#keep] finds it
    public String take(String reference, String tag, Consumer<String> lines, Cancel cancel) {
        var here = engine.get().images();
        if (here.inspect(reference).isEmpty()) {
            here.pull(reference, Optional.empty(), lines, cancel);
        }
        var id = here.inspect(reference)
                .orElseThrow(() -> Problem.external("docker.image-gone", "the engine has no image " + reference)
                        .hint("push again")
                        .exception())
                .id();
        made.put(id, clock.now());
        here.tag(id, name(tag));
        return id;
    }

    /// Under which the engine keeps an image for us.
    public String name(String tag) {
        return parts.name(tag);
    }

    /// Takes the image of a build into the store.
    ///
    /// @param name of the app whose it is
    public Artifact keep(String image, String name, Cancel cancel) {
        var known = Digest.isDigest(image) ? made(new Digest(image)) : Optional.<Artifact>empty();
        if (known.isPresent()) {
            return known.get();
        }
        var here = engine.get().images();
        var identity = here.inspect(image)
                .map(found -> new Digest(found.id()))
                .orElseThrow(() -> Problem.external(
                                "docker.image-gone", "the engine has lost the image " + image + ", which it just built")
                        .hint("push again")
                        .exception());
        return images.kept(identity).or(() -> given(identity, name, cancel)).orElseGet(() -> {
            try (var saved = here.save(identity.text());
                    var _ = cancel.onCancel(() -> breakOff(saved))) {
                return images.keep(identity, saved);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private synchronized Optional<Artifact> made(Digest identity) {
        return Optional.ofNullable(buildkit).flatMap(builder -> builder.made(identity));
    }

    private static void breakOff(InputStream saved) {
        try {
            saved.close();
        } catch (IOException e) {
            LOG.debug("an image was not wanted any more: {}", e.getMessage());
        }
    }

    /// The same by the engine itself; empty where that does not work: then the whole of it is read.
    private Optional<Artifact> given(Digest identity, String name, Cancel cancel) {
        try {
            return inbox.open(name).map(way -> push(identity, way, cancel));
        } catch (ProblemException e) {
            if (cancel.isCancelled()) {
                throw e;
            }
            LOG.info("the engine does not give image {} of {}: {}", identity.shortened(), name, e.getMessage());
            return Optional.empty();
        }
    }

    private Artifact push(Digest identity, Inbox.Way way, Cancel cancel) {
        var here = engine.get().images();
        var reference = way.repository() + ":" + ImageParts.TAG;
        try (way) {
            here.tag(identity.text(), reference);
            var begun = clock.now();
            var manifest = new Digest(here.push(reference, way.credential(), line -> {}, cancel));
            return images.given(identity, manifest, begun);
        } finally {
            here.remove(reference);
        }
    }

    /// Takes our names off images that no artifact of these needs and that were not built within the last hour. Those
    /// without another name then go, with the layers that nobody shares.
    public void collect(Set<Digest> artifacts) {
        var old = clock.now().minus(YOUNG);
        made.values().removeIf(at -> at.isBefore(old));
        var needed = new HashSet<>(made.keySet());
        artifacts.stream()
                .filter(images::has)
                .forEach(each -> needed.add(images.identity(each).text()));
        var here = engine.get().images();
        here.named(parts.repository().get()).forEach((id, names) -> {
            if (!needed.contains(id)) {
                names.forEach(here::remove);
            }
        });
    }
}
