package dev.johwa.main.doctor;

import dev.johwa.source.git.Progress;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.git.Soundness;

/// Whether every repository holds what it names, and holds it unharmed.
final class RepositoriesLook extends Look {
    private final Repositories repositories;

    RepositoriesLook(Repositories repositories) {
        super("repositories");
        this.repositories = repositories;
    }

    @Override
    String through(Progress progress) {
        var soundness = new Soundness(repositories);
        var all = repositories.list();
        for (var name : all) {
            progress.say("  repository " + name);
            for (var wrong : soundness.examine(name)) {
                broken(
                        "the repository of " + name,
                        wrong,
                        "pushes, clones or runs that need it fail",
                        "move git/" + name + ".git aside, `johwa down` and `johwa up`, and push every branch again from"
                                + " a clone; or bring the data folder back from a backup");
            }
        }
        return counted(all.size(), "repository", "repositories");
    }
}
