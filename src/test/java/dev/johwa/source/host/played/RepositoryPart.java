package dev.johwa.source.host.played;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// The repository itself: what it is, its branches, refs and commits.
final class RepositoryPart implements Part {
    private final HostedRepository git;
    private final Bodies bodies;
    private final Supplier<ObjectNode> repository;

    /// @param repository what is told of it now
    RepositoryPart(HostedRepository git, Bodies bodies, Supplier<ObjectNode> repository) {
        this.git = git;
        this.bodies = bodies;
        this.repository = repository;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of(
                "repos/get", (_, _) -> Answer.of(200, repository.get()),
                "repos/list-branches", (call, _) -> Part.page(call, branches()),
                "repos/get-branch", (_, path) -> branch(path.get("branch")),
                "repos/get-commit", (_, path) -> commit(path.get("ref")),
                "git/get-ref", (_, path) -> ref(path.get("ref")),
                "git/list-matching-refs", (call, path) -> Part.page(call, matching(path.get("ref"))),
                "users/get-authenticated", (_, _) -> Answer.of(200, bodies.example("users/get-authenticated", 200)),
                "meta/get", (_, _) -> Answer.of(200, meta()));
    }

    private ObjectNode meta() {
        var meta = bodies.example("meta/get", 200);
        // Numbers in the published example, against its own description.
        var prints = meta.withObjectProperty("ssh_key_fingerprints");
        prints.propertyNames().forEach(name -> prints.put(name, prints.get(name).asString()));
        return meta;
    }

    private List<ObjectNode> branches() {
        return git.refs().entrySet().stream()
                .filter(ref -> ref.getKey().startsWith("refs/heads/"))
                .map(ref -> branchNamed(ref.getKey().substring("refs/heads/".length()), ref.getValue()))
                .toList();
    }

    private ObjectNode branchNamed(String name, String sha) {
        var branch = bodies.example("repos/list-branches", 200);
        branch.remove(List.of("protection", "protection_url"));
        branch.put("name", name).put("protected", false);
        branch.withObjectProperty("commit").put("sha", sha).put("url", bodies.url("/commits/" + sha));
        return branch;
    }

    private Answer branch(String name) {
        var sha = git.refs().get("refs/heads/" + name);
        if (sha == null) {
            return Answer.failed(404, "Branch not found");
        }
        var branch = bodies.example("repos/get-branch", 200);
        branch.put("name", name).put("protected", false).set("commit", commitBody(sha));
        return Answer.of(200, branch);
    }

    private Answer commit(String name) {
        return git.commitOf(name)
                .map(sha -> Answer.of(200, commitBody(sha)))
                .orElseGet(() -> Answer.failed(422, "No commit found for SHA: " + name));
    }

    private ObjectNode commitBody(String sha) {
        var commit = bodies.example("repos/get-commit", 200);
        commit.put("sha", sha).put("url", bodies.url("/commits/" + sha)).putArray("files");
        commit.withObjectProperty("commit").put("message", git.show(sha, "%B"));
        return commit;
    }

    private Answer ref(String name) {
        return Optional.ofNullable(git.refs().get("refs/" + name))
                .map(sha -> Answer.of(200, refBody("refs/" + name, sha)))
                .orElseGet(Answer::notFound);
    }

    private ObjectNode refBody(String name, String sha) {
        var ref = bodies.example("git/get-ref", 200);
        ref.put("ref", name).put("url", bodies.url("/git/" + name));
        ref.withObjectProperty("object").put("sha", sha).put("url", bodies.url("/git/commits/" + sha));
        return ref;
    }

    private List<ObjectNode> matching(String prefix) {
        return git.refs().entrySet().stream()
                .filter(ref -> ref.getKey().startsWith("refs/" + prefix))
                .map(ref -> refBody(ref.getKey(), ref.getValue()))
                .toList();
    }
}
