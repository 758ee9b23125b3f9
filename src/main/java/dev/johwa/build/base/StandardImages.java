package dev.johwa.build.base;

import dev.johwa.build.registry.ContentDigest;
import dev.johwa.build.registry.Manifests.Sent;
import dev.johwa.build.registry.Reference;
import dev.johwa.build.registry.Referrer;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Images of artifacts, written by ourselves: the layers of a base as they are, those of the artifact on top. Safe for
/// use by many threads.
public final class StandardImages {
    /// Of numbered tags, which would grow without end.
    private static final int MOST_RELEASES = 50;

    private static final String BY = "build";

    private final Registry registry;
    private final Blobs blobs;
    private final BaseImages bases;

    public StandardImages(Registry registry, Blobs blobs, BaseImages bases) {
        this.registry = registry;
        this.blobs = blobs;
        this.bases = bases;
    }

    /// What they stand on.
    public BaseImages bases() {
        return bases;
    }

    /// What is put together.
    ///
    /// @param app whose it is, by the name of its repository: `shop`, `shop/api`
    /// @param artifact of which the image speaks
    /// @param files manifest of the layers on top; the artifact's own, or one made of the same files on the base
    public record Order(String app, Base base, Digest artifact, Digest files, ImageFace face) {}

    /// Writes an image and has the repository hold it beside the artifact, as long as that one is needed. Equal orders
    /// give equal digests.
    ///
    /// @return digest of its manifest
    public Digest make(Order order) {
        var own = ImageText.json(blobs, order.files());
        var ownConfig = ImageText.json(
                blobs, new Digest(own.path("config").path("digest").asString()));
        var layers = new ArrayList<>(order.base().layers());
        layers.addAll(ImageText.layers(own, ownConfig));
        var values = new HashMap<>(order.base().environment());
        values.put("PATH", order.base().path());
        values.putAll(order.face().environment());
        var config = ImageText.config(order.face(), values, layers);
        var manifest = ImageText.manifest(
                ImageText.descriptor(ImageText.CONFIG, blobs.put(config), config.length),
                layers,
                ImageText.descriptor(ImageText.MANIFEST, order.artifact(), blobs.size(order.artifact())),
                order.base());
        var image = blobs.put(manifest);
        var repository = new RepositoryName(order.app());
        registry.adopt(repository, order.artifact());
        registry.adopt(repository, image);
        return image;
    }

    /// The image of an artifact, when there is one.
    public Optional<Digest> of(String app, Digest artifact) {
        return registry
                .manifests()
                .referrers(new RepositoryName(app), subject(artifact), Optional.of(ImageText.CONFIG))
                .stream()
                .map(Referrer::digest)
                .filter(Digest::isDigest)
                .map(Digest::new)
                .filter(blobs::has)
                .findFirst();
    }

    private static ContentDigest subject(Digest artifact) {
        return new ContentDigest(artifact.text());
    }

    /// Names the image of an artifact, when there is one; of the oldest among very many numbered tags the name goes.
    public void name(String app, Digest artifact, String tag, String by) {
        of(app, artifact).ifPresent(image -> {
            var repository = new RepositoryName(app);
            var sent = new Sent(blobs.read(image), ImageText.MANIFEST, List.of(), by);
            registry.manifests().put(repository, new Reference.Tag(tag), sent);
            trim(repository);
        });
    }

    private void trim(RepositoryName repository) {
        var numbers = registry.manifests().tagged(repository).keySet().stream()
                .filter(tag -> tag.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .sorted()
                .toList();
        for (int number : numbers.subList(0, Math.max(0, numbers.size() - MOST_RELEASES))) {
            registry.manifests().delete(repository, new Reference.Tag(String.valueOf(number)), BY);
        }
    }
}
