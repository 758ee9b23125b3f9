package dev.johwa.door.web;

import dev.johwa.door.api.Protection;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.git.Repositories;
import java.io.IOException;
import java.util.List;

/// Which branches move only when their run passes.
final class ProtectionRoutes {
    private static final String PATH = "/api/v1/projects/{project}/protection";

    private final Repositories repositories;

    ProtectionRoutes(Repositories repositories) {
        this.repositories = repositories;
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.READ, "Protected branches", this::list).gives(Protection.class),
                Route.post(PATH, Access.ADMINISTER, "Protect a branch, or no longer", this::change)
                        .takes(Protection.Change.class)
                        .gives(Protection.class));
    }

    private void list(Call call) {
        call.answer(new Protection(repositories.protectedBranches(call.path("project"))));
    }

    private void change(Call call) throws IOException {
        var change = call.body(Protection.Change.class);
        if (change.branch() == null) {
            throw Problem.user("branch.name", "no branch was named").exception();
        }
        repositories.protect(call.path("project"), change.branch(), change.isProtected());
        list(call);
    }
}
