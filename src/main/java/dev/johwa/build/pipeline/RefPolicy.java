package dev.johwa.build.pipeline;

import dev.johwa.build.pipeline.RunStore.Order;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ProjectFile;
import dev.johwa.source.git.Push;
import dev.johwa.source.git.Push.RefUpdate;
import dev.johwa.source.git.Repositories;
import java.util.List;
import java.util.Optional;

/// Which refs do what: the default branch goes to production, named branches to their environments, every other
/// branch to a preview of its own. What the file of the default branch says of another branch holds: else whoever may
/// push a branch could send it to production.
final class RefPolicy {
    static final String FILE = "johwa.yaml";
    static final String PREVIEW = "preview";

    private final Repositories repositories;
    private final Configs configs;

    RefPolicy(Repositories repositories, Configs configs) {
        this.repositories = repositories;
        this.configs = configs;
    }

    /// The run that a moved branch asks for.
    Order order(Push push, RefUpdate update) {
        var commit = repositories.resolve(push.repository(), update.to()).orElseThrow();
        var goal = layer(push.repository(), commit.id(), update.shortName());
        var layer = goal.orElse(PREVIEW);
        boolean isNowhere = goal.isEmpty() || push.options().contains("skip-deploy");
        var environment = isNowhere ? "" : layer.equals(PREVIEW) ? update.shortName() : layer;
        return new Order(
                push.repository(),
                update.ref(),
                commit.id(),
                commit.subject(),
                environment,
                layer,
                push.by(),
                push.options(),
                update.forced());
    }

    private Optional<String> layer(String project, String commit, String branch) {
        try {
            var main = repositories.defaultBranch(project);
            var deciding = main.filter(name -> !name.equals(branch))
                    .flatMap(name -> repositories.resolve(project, "refs/heads/" + name))
                    .map(head -> readable(project, head.id()))
                    .orElseGet(() -> file(project, commit));
            return Optional.of(configs.environmentOf(deciding, branch, main));
        } catch (ProblemException e) {
            // The run itself reads the file again and tells what is wrong with it.
            return Optional.empty();
        }
    }

    /// One that is not readable says nothing of other branches.
    private ProjectFile readable(String project, String commit) {
        try {
            return file(project, commit);
        } catch (ProblemException e) {
            return ProjectFile.none();
        }
    }

    private ProjectFile file(String project, String commit) {
        return repositories
                .file(project, commit, FILE)
                .map(text -> Configs.parse(FILE, text))
                .orElseGet(ProjectFile::none);
    }

    /// What to say of refs that start no run.
    static List<String> told(RefUpdate update) {
        if (update.isDeletion()) {
            return List.of(update.shortName() + " is deleted; nothing is deployed.");
        }
        if (update.isTag()) {
            return List.of("Tag " + update.shortName() + " is stored; tags deploy nothing.");
        }
        return List.of(update.ref() + " is stored; only branches are tested and deployed.");
    }
}
