package dev.johwa.build.pipeline;

import dev.johwa.build.pipeline.RunStore.Order;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ProjectFile;
import dev.johwa.source.git.Push;
import dev.johwa.source.git.Push.RefUpdate;
import dev.johwa.source.git.Repositories;
import java.util.List;

/// Which refs do what: the default branch goes to production, named branches to their environments, every other
/// branch to a preview of its own. What the file of the default branch says of another branch holds: else whoever may
/// push a branch could send it to production.
final class RefPolicy {
    static final String FILE = "johwa.yaml";
    static final String PREVIEW = "preview";
    static final String FORK = Configs.FORK;

    private final Repositories repositories;
    private final Configs configs;

    RefPolicy(Repositories repositories, Configs configs) {
        this.repositories = repositories;
        this.configs = configs;
    }

    /// The run that a moved branch asks for.
    Order order(Push push, RefUpdate update) {
        var commit = repositories.resolve(push.repository(), update.to()).orElseThrow();
        var goal = update.isPull()
                ? ofStranger(push.repository(), update.preview())
                : goal(push.repository(), commit.id(), update.shortName());
        return new Order(
                push.repository(),
                update.ref(),
                commit.id(),
                commit.subject(),
                push.options().contains(Push.SKIP_DEPLOY) ? "" : goal.environment(),
                goal.layer(),
                push.by(),
                push.options(),
                update.forced());
    }

    /// @param environment empty for nowhere
    private record Goal(String environment, String layer) {}

    /// A preview of its own, with nothing that the project gives its own branches, and never in the place of one.
    private Goal ofStranger(String project, String preview) {
        boolean isTaken = repositories.branches(project).stream()
                .anyMatch(branch -> branch.name().equals(preview));
        return new Goal(isTaken ? "" : preview, FORK);
    }

    private Goal goal(String project, String commit, String branch) {
        try {
            var main = repositories.defaultBranch(project);
            var deciding = main.filter(name -> !name.equals(branch))
                    .flatMap(name -> repositories.resolve(project, "refs/heads/" + name))
                    .map(head -> readable(project, head.id()))
                    .orElseGet(() -> file(project, commit));
            var layer = configs.environmentOf(deciding, branch, main);
            if (!layer.equals(PREVIEW)) {
                return new Goal(layer, layer);
            }
            // A preview has the name of its branch; by that, it must not take an environment's place.
            return new Goal(Configs.isEnvironment(deciding, branch) ? "" : branch, layer);
        } catch (ProblemException e) {
            // The run itself reads the file again and tells what is wrong with it.
            return new Goal("", PREVIEW);
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
