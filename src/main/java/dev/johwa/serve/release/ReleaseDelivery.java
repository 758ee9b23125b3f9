package dev.johwa.serve.release;

import dev.johwa.build.pipeline.Delivery;
import dev.johwa.build.pipeline.Passed;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.Progress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes what a run passed to its environment: each becomes a release.
public final class ReleaseDelivery implements Delivery {
    private final Releases releases;

    public ReleaseDelivery(Releases releases) {
        this.releases = releases;
    }

    @Override
    public Delivered deliver(Passed passed, Progress progress, Cancel cancel) {
        var outcome = releases.release(passed, progress, cancel);
        var text = outcome.live() ? outcome.address() : outcome.reason();
        return new Delivered(outcome.live(), text, outcome.advice());
    }

    @Override
    public void branchDeleted(String project, String branch, Progress progress) {
        releases.environments().stream()
                .filter(where -> where.project().equals(project)
                        && where.environment().equals(branch)
                        && releases.isPreview(where))
                .forEach(where -> releases.remove(where, progress));
    }

    @Override
    public Optional<String> serving(String project, String app, String environment) {
        return current(project, app, environment).map(ReleaseDelivery::told);
    }

    @Override
    public Optional<String> serving(String project, String app, String environment, Digest artifact) {
        return current(project, app, environment)
                .filter(release -> release.artifact().equals(artifact))
                .map(ReleaseDelivery::told);
    }

    @Override
    public Optional<String> unchanged(Passed passed) {
        return releases.settings().unchanged(passed).map(ReleaseDelivery::told);
    }

    @Override
    public Optional<String> target(String project, String app, String environment) {
        return Stream.of(environment, AppEnvironment.PRODUCTION)
                .filter(each -> !each.isEmpty())
                .flatMap(each -> current(project, app, each).stream())
                .map(release -> release.settings().target())
                .findFirst();
    }

    @Override
    public boolean isComposed(String project, String environment) {
        var serving = Stream.of(environment, AppEnvironment.PRODUCTION)
                .distinct()
                .flatMap(each -> serving(project, each))
                .toList();
        return serving.stream()
                .filter(release -> release.where().app().equals(project))
                .findFirst()
                .map(release -> release.detection().isComposed())
                .orElseGet(() ->
                        serving.stream().anyMatch(release -> release.detection().isComposed()));
    }

    private Stream<Release> serving(String project, String environment) {
        return releases.environments().stream()
                .filter(where ->
                        where.project().equals(project) && where.environment().equals(environment))
                .flatMap(where -> releases.current(where).stream());
    }

    @Override
    public List<Left> left(String project, String environment, List<String> apps) {
        return releases.status(Optional.of(project)).stream()
                .filter(each -> each.where().environment().equals(environment)
                        && !apps.contains(each.where().app())
                        && each.release().isPresent())
                .map(each -> new Left(each.where().name(), each.url()))
                .toList();
    }

    private Optional<Release> current(String project, String app, String environment) {
        return releases.current(new AppEnvironment(project, app, environment));
    }

    private static String told(Release release) {
        return "release " + release.number();
    }
}
