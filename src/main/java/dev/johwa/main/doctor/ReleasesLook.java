package dev.johwa.main.doctor;

import dev.johwa.serve.release.References;
import dev.johwa.serve.release.References.Reference;
import dev.johwa.source.git.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Whether what releases name is there: artifact, commit, folders of data; and whether what names a release finds it.
final class ReleasesLook extends Look {
    private final Stored stored;
    private final References references;
    private final Damage damage;
    private final Map<String, Boolean> commits = new HashMap<>();

    ReleasesLook(Stored stored, References references, Damage damage) {
        super("releases");
        this.stored = stored;
        this.references = references;
        this.damage = damage;
    }

    @Override
    String through(Progress progress) {
        var releases = references.releases();
        for (var release : releases) {
            artifact(release);
            commit(release);
            folders(release);
        }
        references
                .loose()
                .forEach(loose -> broken(
                        loose.what(),
                        "it names release " + loose.release() + ", which is not there",
                        "it cannot be started again",
                        "push " + loose.what() + " again: the next release takes its place"));
        return counted(releases.size(), "release", "releases") + " that serve or can be gone back to";
    }

    private static String named(Reference release) {
        return release.where() + " release " + release.number();
    }

    private void artifact(Reference release) {
        damage.of(release.artifact())
                .ifPresent(wrong -> broken(
                        named(release),
                        "its artifact " + release.artifact().shortened() + ": " + wrong,
                        meaning(release),
                        "`johwa run rerun " + release.where().project() + " " + release.run()
                                + "` builds it anew; or bring the data folder back from a backup"));
    }

    private static String meaning(Reference release) {
        return switch (release.use()) {
            case LIVE -> "it serves, but no instance of it can be started again where its files are not unpacked";
            case ARRIVING -> "it will not come live";
            case BEFORE -> "nobody can roll back to it";
        };
    }

    private void commit(Reference release) {
        var project = release.where().project();
        boolean isThere = commits.computeIfAbsent(project + " " + release.commit(), key -> has(project, release));
        if (!isThere) {
            broken(
                    named(release),
                    "its commit " + release.commit() + " is not in the repository of " + project,
                    "what it was built of cannot be shown, and not be built again",
                    "push that commit again from a clone that has it");
        }
    }

    private boolean has(String project, Reference release) {
        return stored.repositories().exists(project)
                && stored.repositories().resolve(project, release.commit()).isPresent();
    }

    private void folders(Reference release) {
        for (var folder : release.folders()) {
            var place = place(release, folder.place());
            if (place.isEmpty()) {
                broken(
                        named(release),
                        "its folder of data " + folder.name() + " is gone",
                        "the next release finds it empty",
                        "bring it back from a backup before you push again");
            }
        }
    }

    private Optional<?> place(Reference release, String place) {
        return stored.target().data(release.where().name(), release.where().environment(), place);
    }
}
