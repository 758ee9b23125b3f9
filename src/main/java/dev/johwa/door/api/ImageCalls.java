package dev.johwa.door.api;

import dev.johwa.lib.archive.ImageFiles;
import java.util.Map;

/// What a [Client] asks the registry of images itself, by the paths of the OCI distribution specification 1.1.
public final class ImageCalls {
    private final Wire wire;

    ImageCalls(Wire wire) {
        this.wire = wire;
    }

    /// An image by its name: `bases/node`, `22`.
    public record Name(String repository, String tag) {
        private String manifest() {
            return "/v2/" + repository + "/manifests/" + Wire.encoded(tag);
        }

        @Override
        public String toString() {
            return repository + ":" + tag;
        }
    }

    /// Pushes an image: what the repository has of it is not sent again.
    public void push(Name name, ImageFiles image) {
        var blobs = "/v2/" + name.repository() + "/blobs/";
        for (var part : image.parts()) {
            if (!wire.has(blobs + part.digest())) {
                wire.send(blobs + "uploads/", Map.of("digest", part.digest()), part.file(), Void.class);
            }
        }
        wire.put(name.manifest(), image.mediaType(), image.manifest());
    }

    /// Takes the name away; the image goes when nothing needs it any more.
    public void remove(Name name) {
        wire.delete(name.manifest(), Void.class);
    }
}
