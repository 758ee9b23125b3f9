package dev.johwa.watch.artifact;

import dev.johwa.build.bill.Bills;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.config.Settings.Ignored;
import dev.johwa.watch.advisory.Advisories;
import dev.johwa.watch.advisory.Judgement;
import dev.johwa.watch.advisory.Vulnerability;
import dev.johwa.watch.artifact.Findings.Finding;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Known vulnerabilities of releases. Safe for use by many threads.
public final class Vulnerabilities {
    /// How long somebody who asks waits for an index of an export that changed.
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Advisories advisories;
    private final Bills bills;
    private final Releases releases;
    private final Clock clock;

    public Vulnerabilities(Advisories advisories, Bills bills, Releases releases, Clock clock) {
        this.advisories = advisories;
        this.bills = bills;
        this.releases = releases;
        this.clock = clock;
    }

    /// Whether there is an export to judge by.
    public boolean areKnown() {
        return advisories.areThere();
    }

    /// What is known of a release, beside the one that went live before it.
    ///
    /// @throws ProblemException where there is no export, or the artifact is not there any more
    public Findings of(Release release, Duration patience) {
        var judged = advisories.judge(bills.of(release.artifact()), patience);
        return beside(release, judged);
    }

    /// The same by what was read already, so that nobody waits; empty where something was not.
    public Optional<Findings> glance(Release release) {
        return areKnown() && bills.has(release.artifact()) ? known(release) : Optional.empty();
    }

    /// Reads the export anew where it changed.
    ///
    /// @return what changes with each change of it
    /// @throws ProblemException where there is none, or it cannot be read
    public String refresh(Duration patience) {
        return advisories.state(patience);
    }

    /// What is known of what serves there, by the advisories that were read already.
    Optional<Findings> live(AppEnvironment where) {
        return releases.current(where).flatMap(this::known);
    }

    /// What is known of a release by the advisories that were read already; its bill is made where there is none.
    public Optional<Findings> known(Release release) {
        return advisories.glance(bills.of(release.artifact())).map(judged -> beside(release, judged));
    }

    private Findings beside(Release release, Judgement judged) {
        var before = before(release);
        var notes = new ArrayList<String>();
        var earlier = before.flatMap(other -> earlier(other, notes));
        var findings = judged.vulnerabilities().stream()
                .map(each -> finding(
                        release,
                        each,
                        earlier.filter(known -> known.stream().noneMatch(each::isSameAs))
                                .isPresent()))
                .toList();
        var gone = earlier.stream()
                .flatMap(List::stream)
                .filter(each -> judged.vulnerabilities().stream().noneMatch(each::isSameAs))
                .toList();
        return new Findings(
                release, before.filter(_ -> earlier.isPresent()).map(Release::number), findings, gone, judged, notes);
    }

    /// The one that served before.
    private Optional<Release> before(Release release) {
        return releases.list(release.where()).stream()
                .filter(each -> each.number() < release.number())
                .filter(each -> each.state() == Release.State.RETIRED || each.state() == Release.State.LIVE)
                .findFirst();
    }

    private Optional<List<Vulnerability>> earlier(Release before, List<String> notes) {
        try {
            return advisories.glance(bills.of(before.artifact())).map(Judgement::vulnerabilities);
        } catch (ProblemException e) {
            notes.add("release " + before.number() + " cannot be compared with: "
                    + e.problem().message());
            return Optional.empty();
        }
    }

    private Finding finding(Release release, Vulnerability each, boolean isNew) {
        var today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
        var ignored = each.ids().stream()
                .flatMap(id -> Optional.ofNullable(release.settings().ignored().get(id)).stream())
                .toList();
        var reason = ignored.stream()
                .filter(rule -> rule.until().filter(today::isAfter).isEmpty())
                .map(Ignored::reason)
                .findFirst();
        return new Finding(each, isNew, reason.orElse(""), !ignored.isEmpty() && reason.isEmpty());
    }
}
