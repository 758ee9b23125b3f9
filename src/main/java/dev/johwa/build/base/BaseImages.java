package dev.johwa.build.base;

import dev.johwa.build.registry.Held;
import dev.johwa.build.registry.Reference;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Architecture;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Bases of images: found in the registry by their names, unpacked once each. Safe for use by many threads.
public final class BaseImages {
    /// The project whose images are bases for all others.
    public static final String PROJECT = "bases";

    private static final Pattern NAME = Pattern.compile("([^:@]+)[:@](.+)");
    private static final String PLAIN = ".tar";
    private static final int MOST_NAMED = 10;

    private final Registry registry;
    private final Blobs blobs;
    private final BaseRoots roots;

    /// @param folder where they are unpacked, for as long as this machine is up
    public BaseImages(Registry registry, Blobs blobs, Path folder, Clock clock) {
        this.registry = registry;
        this.blobs = blobs;
        this.roots = new BaseRoots(blobs, folder, clock);
    }

    /// The base of that name, all of it in the store: of the project itself, of `bases`, or of a registry that is
    /// pulled from through this one.
    ///
    /// @param name `bases/node:22`, `hub/library/node@sha256:…`, or `scratch`
    /// @throws ProblemException `image.no-base` and how to bring one
    public Base find(String project, String name) {
        if (name.equals(Base.SCRATCH)) {
            return Base.scratch();
        }
        var words = NAME.matcher(name);
        if (!words.matches()) {
            throw missing(name, "no name of an image: it has no tag");
        }
        var repository = new RepositoryName(words.group(1));
        boolean isMirror = registry.mirrors().isMirror(repository.project());
        if (!isMirror
                && !repository.project().equals(project)
                && !repository.project().equals(PROJECT)) {
            throw missing(name, "of another project, whose images are not for this one");
        }
        return base(name, repository, manifest(repository, Reference.of(words.group(2)), name));
    }

    private Held manifest(RepositoryName repository, Reference reference, String name) {
        var held = registry.mirrors()
                .manifest(repository, reference)
                .orElseThrow(() -> missing(name, "not in the registry of this server: " + there(repository)));
        var tree = ImageText.json(blobs, held.blob());
        if (!tree.has("manifests")) {
            return held;
        }
        var own = ImageText.forThisMachine(tree)
                .orElseThrow(() ->
                        missing(name, "not there for " + Architecture.ofThisMachine() + ", which this server has"));
        return manifest(repository, Reference.of(own), name);
    }

    /// Where it was looked for, and what is there.
    private String there(RepositoryName repository) {
        var tags = registry.manifests().tagged(repository).keySet();
        if (!tags.isEmpty()) {
            return "'" + repository + "' has " + named(tags.stream().map(tag -> repository + ":" + tag));
        }
        var others = registry.repositories().stream()
                .filter(each -> each.project().equals(PROJECT))
                .flatMap(each ->
                        registry.manifests().tagged(each).keySet().stream().map(tag -> each + ":" + tag));
        var bases = named(others);
        return "there is nothing under '" + repository + "', and '" + PROJECT + "' has "
                + (bases.isEmpty() ? "nothing" : bases);
    }

    private static String named(Stream<String> names) {
        var all = names.limit(MOST_NAMED + 1L).toList();
        var told = String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())));
        return all.size() > MOST_NAMED ? told + ", …" : told;
    }

    private Base base(String name, RepositoryName repository, Held held) {
        var manifest = ImageText.json(blobs, held.blob());
        bring(repository, manifest.path("config"), name);
        for (var layer : manifest.path("layers")) {
            bring(repository, layer, name);
        }
        var config = ImageText.json(
                blobs, new Digest(manifest.path("config").path("digest").asString()));
        var architecture = config.path("architecture").asString("");
        if (!architecture.isEmpty() && !Architecture.runs(architecture)) {
            throw missing(
                    name,
                    "for processors of the kind " + architecture + ", and this server has "
                            + Architecture.ofThisMachine());
        }
        var layers = ImageText.layers(manifest, config);
        for (var layer : layers) {
            boolean isRead = layer.mediaType().endsWith(BaseRoots.GZIP)
                    || layer.mediaType().endsWith(PLAIN);
            if (!isRead || layer.content().isEmpty()) {
                throw missing(name, "not of layers that are read here: " + layer.mediaType());
            }
        }
        return new Base(name, Optional.of(held.blob()), layers, ImageText.environment(config));
    }

    /// From the other registry, where it is one of a mirror that nobody asked for yet.
    private void bring(RepositoryName repository, JsonNode descriptor, String name) {
        var reference = Reference.of(descriptor.path("digest").asString(""));
        if (!(reference instanceof Reference.ByDigest named)
                || registry.blob(repository, named.digest()).isEmpty()) {
            throw missing(name, "not whole: " + reference + " is not there");
        }
    }

    private static ProblemException missing(String name, String why) {
        return Problem.user("image.no-base", "the base " + name + " is " + why)
                .hint("bring one: `johwa images base node:22 FOLDER` from an image layout or archive, or `docker push"
                        + " SERVER/bases/node:22`; or pull one through this server: `johwa images mirror`")
                .exception();
    }

    /// The files of a base in a folder that is shared and that nobody changes.
    public Path root(Base base) {
        return roots.of(base);
    }
}
