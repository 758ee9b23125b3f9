package dev.johwa.main;

import dev.johwa.build.bill.Bills;
import dev.johwa.build.image.Images;
import dev.johwa.build.pipeline.Delivery;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.ReleaseDelivery;
import dev.johwa.serve.release.Releases;
import dev.johwa.watch.advisory.Advisories;
import dev.johwa.watch.artifact.JudgedDelivery;
import dev.johwa.watch.artifact.Vulnerabilities;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Puts together what knows what artifacts are made of. What judges them is loaded where an export of OSV lies.
final class ArtifactParts {
    private final Settings settings;
    private final Clock clock;
    private final Bills bills;
    private @Nullable Vulnerabilities vulnerabilities;

    ArtifactParts(Settings settings, Images images, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        // Another program may read artifacts in another way.
        this.bills = new Bills(
                images,
                settings.run()
                        .resolve("bills")
                        .resolve(Digest.of(settings.program()).shortened()));
    }

    Bills bills() {
        return bills;
    }

    private Path export() {
        return settings.data().resolve("osv");
    }

    private boolean isExportThere() {
        return Files.isDirectory(export());
    }

    synchronized Vulnerabilities vulnerabilities(Releases releases, Tasks tasks) {
        var before = vulnerabilities;
        if (before != null) {
            return before;
        }
        var advisories = new Advisories(export(), settings.run().resolve("advisories/index"), tasks);
        var made = new Vulnerabilities(advisories, bills, releases, clock);
        vulnerabilities = made;
        return made;
    }

    /// Takes what a run passed to its environment, and tells what is known of it.
    Delivery delivery(Releases releases, Tasks tasks) {
        return new JudgedDelivery(
                new ReleaseDelivery(releases), this::isExportThere, () -> vulnerabilities(releases, tasks), tasks);
    }

    /// Looks at what is live now and then.
    VulnerabilityLook look(Releases releases, Tasks tasks) {
        var look = new VulnerabilityLook(this::isExportThere, () -> vulnerabilities(releases, tasks), releases, clock);
        tasks.every(VulnerabilityLook.PAUSE, "vulnerabilities", look::survey);
        return look;
    }
}
