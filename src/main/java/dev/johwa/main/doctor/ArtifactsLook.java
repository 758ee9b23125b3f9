package dev.johwa.main.doctor;

import dev.johwa.build.image.Images;
import dev.johwa.build.registry.Registry;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Sizes;
import dev.johwa.serve.release.References;
import dev.johwa.source.git.Progress;
import java.time.Duration;
import java.util.List;

/// Whether every blob of artifacts holds the bytes of its name.
final class ArtifactsLook extends Look {
    private static final Duration EACH = Duration.ofSeconds(5);

    private final Images images;
    private final References references;
    private final Damage damage;
    private final Clock clock;
    private final Registry registry;

    ArtifactsLook(Stored stored, References references, Damage damage) {
        super("artifacts");
        this.images = stored.images();
        this.references = references;
        this.damage = damage;
        this.clock = stored.clock();
        this.registry = stored.registry();
    }

    @Override
    String through(Progress progress) {
        references.releases().forEach(release -> parts(release.artifact()));
        var blobs = images.blobs();
        long all = blobs.stream().mapToLong(images::bytes).sum();
        long read = 0;
        long told = clock.ticks();
        for (var blob : blobs) {
            // Before it may be set aside.
            long size = images.bytes(blob);
            prove(blob);
            read += size;
            if (clock.ticks() - told > EACH.toNanos()) {
                told = clock.ticks();
                progress.say("  artifacts: " + Sizes.text(read) + " of " + Sizes.text(all) + " read");
            }
        }
        return counted(blobs.size(), "blob", "blobs") + ", " + Sizes.text(read);
    }

    private void parts(Digest artifact) {
        try {
            var parts = images.parts(artifact);
            damage.consistsOf(artifact, parts);
            parts.stream()
                    .filter(part -> !images.has(part))
                    .forEach(part -> damage.found(part, "blob " + part.shortened() + " is missing"));
        } catch (ProblemException e) {
            damage.consistsOf(artifact, List.of(artifact));
            damage.found(artifact, e.problem().message());
        }
    }

    private void prove(Digest blob) {
        try {
            images.prove(blob);
        } catch (ProblemException e) {
            damage.found(blob, e.problem().message());
            if (!damage.isOfAny(blob) && !registry.named().contains(blob)) {
                warning(
                        "blob " + blob.shortened(),
                        e.problem().message(),
                        "no release that is kept needs it; it is set aside, so that the next build stores it anew",
                        "look at the disk: it may be failing");
            }
        }
    }

    /// What is damaged has been set aside: a second look finds nothing.
    @Override
    boolean mayPass() {
        return false;
    }
}
