package dev.johwa.watch.artifact;

import dev.johwa.build.pipeline.Delivery;
import dev.johwa.build.pipeline.Passed;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.source.git.Progress;
import dev.johwa.watch.artifact.Findings.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A delivery that says which known vulnerabilities, high or critical, came with what is live now. Without an export it
/// says nothing; what is not known within some seconds is left to whoever asks. Safe for use by many threads.
///
/// @param isExportThere asked each time, before anything that judges is loaded
public record JudgedDelivery(
        Delivery delivery, BooleanSupplier isExportThere, Supplier<Vulnerabilities> vulnerabilities, Tasks tasks)
        implements Delivery {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int NAMED = 5;

    @Override
    public Delivered deliver(Passed passed, Progress progress, Cancel cancel) {
        var delivered = delivery.deliver(passed, progress, cancel);
        if (delivered.live() && isExportThere.getAsBoolean()) {
            var where = new AppEnvironment(passed.project(), passed.app(), passed.environment());
            told(where).forEach(progress::say);
        }
        return delivered;
    }

    private List<String> told(AppEnvironment where) {
        var judged = tasks.call(
                "vulnerabilities of " + where,
                () -> vulnerabilities
                        .get()
                        .live(where)
                        .map(JudgedDelivery::lines)
                        .orElse(List.of()));
        try {
            return judged.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // What is live is live; the survey and `johwa artifact vulnerabilities` tell the same, or why they cannot.
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    static List<String> lines(Findings findings) {
        var fresh = findings.alarming().stream()
                .filter(each -> each.isNew() || findings.before().isEmpty())
                .toList();
        var lines = new ArrayList<String>();
        fresh.stream().limit(NAMED).map(JudgedDelivery::line).forEach(lines::add);
        if (fresh.size() > NAMED) {
            lines.add("  " + (fresh.size() - NAMED) + " more: johwa artifact vulnerabilities "
                    + findings.release().where().name());
        }
        return lines;
    }

    private static String line(Finding finding) {
        var vulnerability = finding.vulnerability();
        var component = vulnerability.component();
        return "  known vulnerability: " + vulnerability.id() + ", "
                + vulnerability.severity().word() + ", of "
                + component.name() + " " + component.version()
                + (vulnerability.fixed().isEmpty() ? "" : "; mended in " + String.join(", ", vulnerability.fixed()));
    }

    @Override
    public void branchDeleted(String project, String branch, Progress progress) {
        delivery.branchDeleted(project, branch, progress);
    }

    @Override
    public Optional<String> serving(String project, String app, String environment) {
        return delivery.serving(project, app, environment);
    }

    @Override
    public Optional<String> serving(String project, String app, String environment, Digest artifact) {
        return delivery.serving(project, app, environment, artifact);
    }

    @Override
    public boolean isComposed(String project, String environment) {
        return delivery.isComposed(project, environment);
    }

    @Override
    public Optional<String> unchanged(Passed passed) {
        return delivery.unchanged(passed);
    }

    @Override
    public Optional<String> target(String project, String app, String environment) {
        return delivery.target(project, app, environment);
    }

    @Override
    public List<Left> left(String project, String environment, List<String> apps) {
        return delivery.left(project, environment, apps);
    }
}
