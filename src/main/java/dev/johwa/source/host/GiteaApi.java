package dev.johwa.source.host;

import dev.johwa.source.host.Reports.Deployed;
import dev.johwa.source.host.Reports.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Gitea and Forgejo: what they have of GitHub's words, and their own where they differ. They keep no deployments; the
/// address of a preview goes into a status.
/// Source: Gitea's `templates/swagger/v1_json.tmpl`.
final class GiteaApi implements HostApi {
    private final HostCalls calls;
    private final String path;

    GiteaApi(HostCalls calls, String repository) {
        this.calls = calls;
        this.path = "/repos/" + repository;
    }

    @Override
    public About about() throws HostFailed {
        return about(calls.get(path));
    }

    @Override
    public About about(String location) throws HostFailed {
        return about(calls.follow(location));
    }

    private static About about(JsonNode told) {
        return new About(told.path("clone_url").asString(""));
    }

    @Override
    public List<Pull> pulls() throws HostFailed {
        return GitHubApi.pulls(calls.list(path + "/pulls?state=open&limit=50", ""));
    }

    @Override
    public String makeHook(String url, String secret, Set<String> events) throws HostFailed {
        removeHooks(calls.list(path + "/hooks?limit=50", ""), url);
        var body = new HashMap<>(hook(url, secret));
        body.put("type", "gitea");
        return calls.send("POST", path + "/hooks", body).path("id").asString();
    }

    private static Map<String, Object> hook(String url, String secret) {
        var config = Map.of("url", url, "content_type", "json", "secret", secret);
        var events = List.of("push", "create", "delete", "pull_request", "pull_request_sync", "repository");
        return Map.of("active", true, "events", events, "config", config);
    }

    @Override
    public void changeHook(String id, String url, String secret, Set<String> events) throws HostFailed {
        var _ = calls.send("PATCH", path + "/hooks/" + id, hook(url, secret));
    }

    @Override
    public void removeHook(String id) throws HostFailed {
        calls.delete(path + "/hooks/" + id);
    }

    @Override
    public Checks checks(String commit) throws HostFailed {
        var tally = new Checks.Tally();
        for (var status : calls.get(path + "/commits/" + commit + "/status").path("statuses")) {
            var name = status.path("context").asString("");
            if (name.startsWith(GitHubApi.OURS)) {
                continue;
            }
            switch (status.path("status").asString("")) {
                case "pending" -> tally.pending(name);
                case "success", "warning" -> tally.passed();
                default -> tally.failed(name);
            }
        }
        return tally.checks();
    }

    @Override
    public void tell(Status status) throws HostFailed {
        calls.send("POST", path + "/statuses/" + status.commit(), GitHubApi.body(status));
    }

    @Override
    public String tell(Deployed deployed) throws HostFailed {
        var state = switch (deployed.state()) {
            case "success" -> "success";
            case "failure", "error" -> "failure";
            default -> "pending";
        };
        var page = deployed.address().isEmpty() ? deployed.page() : deployed.address();
        tell(new Status(
                deployed.commit(),
                GitHubApi.OURS + "/" + deployed.place().environment(),
                state,
                deployed.text(),
                page));
        return "";
    }

    @Override
    public HostIssues issues() {
        return new HostIssues(calls, path, Connection.Kind.GITEA);
    }

    @Override
    public void close() {
        calls.close();
    }
}
