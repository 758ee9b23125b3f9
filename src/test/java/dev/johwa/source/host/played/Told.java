package dev.johwa.source.host.played;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// What webhooks say of what happened.
final class Told {
    static final Set<String> WEBHOOKS = Set.of(
            "ping",
            "push",
            "pull-request-opened",
            "pull-request-synchronize",
            "pull-request-closed",
            "check-run-created",
            "check-run-completed",
            "check-suite-completed");

    private final HostedRepository git;
    private final Bodies bodies;
    private final Supplier<ObjectNode> repository;

    Told(HostedRepository git, Bodies bodies, Supplier<ObjectNode> repository) {
        this.git = git;
        this.bodies = bodies;
        this.repository = repository;
    }

    private ObjectNode common() {
        var here = repository.get();
        var body = here.objectNode();
        body.set("sender", bodies.user(here.at("/owner/login").asString()));
        body.set("repository", here);
        return body;
    }

    /// @param before the refs and their commits at that time
    List<Deliveries.Event> moved(Map<String, String> before) {
        var after = git.refs();
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        var events = new ArrayList<Deliveries.Event>();
        for (var name : names) {
            var from = before.getOrDefault(name, HostedRepository.NOTHING);
            var to = after.getOrDefault(name, HostedRepository.NOTHING);
            if (!from.equals(to) && !name.startsWith("refs/pull/")) {
                events.add(new Deliveries.Event("push", "push", push(name, from, to)));
            }
        }
        return events;
    }

    private ObjectNode push(String ref, String from, String to) {
        var created = from.equals(HostedRepository.NOTHING);
        var deleted = to.equals(HostedRepository.NOTHING);
        var body = common();
        body.put("ref", ref).put("before", from).put("after", to);
        body.put("created", created).put("deleted", deleted);
        body.put("forced", !created && !deleted && !git.isAncestor(from, to));
        body.putNull("base_ref").put("compare", repository.get().get("html_url").asString() + "/compare");
        body.putObject("pusher").put("name", repository.get().at("/owner/login").asString());
        var commits = body.putArray("commits");
        if (deleted) {
            body.putNull("head_commit");
            return body;
        }
        git.between(from, to).forEach(sha -> commits.add(commit(sha)));
        body.set("head_commit", commit(to));
        return body;
    }

    private ObjectNode commit(String sha) {
        var body = repository.get().objectNode();
        body.put("id", sha).put("tree_id", git.show(sha, "%T")).put("distinct", true);
        body.put("message", git.show(sha, "%B")).put("timestamp", git.show(sha, "%cI"));
        body.put("url", repository.get().get("html_url").asString() + "/commit/" + sha);
        for (var who : List.of("author", "committer")) {
            body.putObject(who).put("name", git.show(sha, "%an")).put("email", git.show(sha, "%ae"));
        }
        for (var what : List.of("added", "removed", "modified")) {
            body.putArray(what);
        }
        return body;
    }

    /// @param full all that the API tells of it
    Deliveries.Event pull(Pull pull, ObjectNode full, String action) {
        var body = common();
        body.put("action", action).put("number", pull.number()).set("pull_request", full);
        if (action.equals("synchronize")) {
            body.put("before", HostedRepository.NOTHING)
                    .put("after", full.at("/head/sha").asString());
        }
        return new Deliveries.Event("pull_request", "pull-request-" + action, body);
    }

    Deliveries.Event checkRun(ObjectNode run, String action) {
        var body = common();
        body.put("action", action).set("check_run", run.deepCopy());
        return new Deliveries.Event("check_run", "check-run-" + action, body);
    }

    Deliveries.Event checkSuite(ObjectNode suite) {
        var body = common();
        var told = suite.deepCopy();
        told.remove("repository");
        body.put("action", "completed").set("check_suite", told);
        return new Deliveries.Event("check_suite", "check-suite-completed", body);
    }
}
