package dev.johwa.main.doctor;

import dev.johwa.door.api.Examination;
import dev.johwa.door.api.Examination.Area;
import dev.johwa.door.api.Examination.Finding;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.release.References;
import dev.johwa.source.git.Progress;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Looks through all that a platform keeps, while it works or not. Meanwhile nothing is collected or packed.
public final class Doctor {
    private final Stored stored;

    public Doctor(Stored stored) {
        this.stored = stored;
    }

    /// Reads everything: takes as long as the disk needs for it, and tells how far it is.
    public Examination examine(Progress progress) {
        progress.say("Reading all that is kept; nothing is collected meanwhile.");
        try (var _ = stored.hold().get()) {
            var areas = new ArrayList<Area>();
            var findings = new ArrayList<Finding>();
            for (var look : looks()) {
                look(look, progress, areas, findings);
            }
            int broken = (int) findings.stream()
                    .filter(finding -> finding.isOf(Finding.BROKEN))
                    .count();
            return new Examination(List.copyOf(areas), List.copyOf(findings), broken);
        }
    }

    private List<Supplier<Look>> looks() {
        var references = new References(stored.database(), stored.data().folders());
        var damaged = new Damage();
        return List.of(
                () -> new DatabaseLook(stored.database()),
                // What is damaged is set aside: those who need it must be known before.
                () -> new ArtifactsLook(stored, references, damaged),
                () -> new RegistryLook(stored.registry(), damaged),
                () -> new ReleasesLook(stored, references, damaged),
                () -> new RepositoriesLook(stored.repositories()),
                () -> new SecretsLook(stored),
                () -> new CertificatesLook(stored),
                () -> new FoldersLook(stored, references),
                () -> new BackupsLook(stored.folder()));
    }

    private void look(Supplier<Look> looks, Progress progress, List<Area> areas, List<Finding> findings) {
        long start = stored.clock().ticks();
        var look = looks.get();
        var looked = through(look, progress);
        var found = new ArrayList<>(look.findings());
        if (!found.isEmpty() && look.mayPass()) {
            var again = looks.get();
            through(again, line -> {});
            found.retainAll(again.findings());
        }
        long millis = (stored.clock().ticks() - start) / 1_000_000;
        var more = found.isEmpty() ? "" : ", " + found.size() + " found";
        progress.say("  %-14s%s%s, %s".formatted(look.area(), looked, more, Durations.text(millis)));
        areas.add(new Area(look.area(), looked, found.size(), millis));
        findings.addAll(found);
    }

    /// What cannot be looked at is a finding: the rest is looked at all the same.
    private static String through(Look look, Progress progress) {
        try {
            return look.through(progress);
        } catch (ProblemException e) {
            var hint = e.problem().hint();
            unread(look, e.problem().message(), hint == null ? "look at the disk" : hint);
        } catch (UncheckedIOException e) {
            unread(look, String.valueOf(e.getCause()), "look at the disk, and at who may read there");
        }
        return "not looked through";
    }

    private static void unread(Look look, String wrong, String next) {
        look.broken(look.area(), wrong, "the look at the " + look.area() + " ended there", next);
    }
}
