package dev.johwa.main;

import dev.johwa.build.base.StandardImages;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.event.Entry;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.event.Subscription;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.DeploymentFinished;
import java.util.List;

/// Names the images of releases by their numbers, so that `docker pull SERVER/shop:41` gives what release 41 is.
final class ReleaseTags implements FactLog.Subscriber {
    private static final String NAME = "release-tags";
    private static final String LIVE = "live";

    private final StandardImages images;

    private ReleaseTags(StandardImages images) {
        this.images = images;
    }

    static void start(FactLog facts, StandardImages images) {
        var wanted = Subscription.of(NAME).only(List.of(DeploymentFinished.class));
        facts.subscribe(wanted, new ReleaseTags(images));
    }

    @Override
    public void hear(Entry entry) {
        if (entry.fact() instanceof DeploymentFinished finished
                && finished.outcome().equals(LIVE)
                && finished.environment().equals(AppEnvironment.PRODUCTION)
                && Digest.isDigest(finished.artifact())) {
            var app = new AppEnvironment(finished.project(), finished.app(), finished.environment());
            images.name(
                    app.name(), new Digest(finished.artifact()), String.valueOf(finished.release()), finished.kind());
        }
    }
}
