package dev.johwa.source.host;

import dev.johwa.source.host.Reports.Deployed;
import dev.johwa.source.host.Reports.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// GitLab. Its deployments want a branch and know no address, so the address of a preview goes into a status.
/// Source: GitLab's REST API documentation (projects, merge requests, commits, webhooks).
final class GitLabApi implements HostApi {
    private final HostCalls calls;
    private final String path;

    GitLabApi(HostCalls calls, String repository) {
        this.calls = calls;
        this.path = "/projects/" + URLEncoder.encode(repository, StandardCharsets.UTF_8);
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
        return new About(told.path("http_url_to_repo").asString(""));
    }

    @Override
    public List<Pull> pulls() throws HostFailed {
        return calls.list(path + "/merge_requests?state=opened&per_page=100", "").stream()
                .filter(each -> each.path("source_project_id").asLong(0)
                        != each.path("target_project_id").asLong(0))
                .map(each -> new Pull(
                        each.path("iid").asInt(0),
                        each.path("title").asString(""),
                        each.path("author").path("username").asString("somebody"),
                        each.path("sha").asString(""),
                        "",
                        ""))
                .filter(Pull::isSound)
                .toList();
    }

    @Override
    public String pullRef(int number) {
        return "refs/merge-requests/" + number + "/head";
    }

    @Override
    public String makeHook(String url, String secret, Set<String> events) throws HostFailed {
        removeHooks(calls.list(path + "/hooks?per_page=100", ""), url);
        return calls.send("POST", path + "/hooks", hook(url, secret, events))
                .path("id")
                .asString();
    }

    private static Map<String, Object> hook(String url, String secret, Set<String> events) {
        var body = new LinkedHashMap<String, Object>();
        body.put("url", url);
        body.put("token", secret);
        body.put("push_events", true);
        body.put("merge_requests_events", true);
        body.put("pipeline_events", !events.isEmpty());
        body.put("enable_ssl_verification", true);
        return body;
    }

    @Override
    public void changeHook(String id, String url, String secret, Set<String> events) throws HostFailed {
        var _ = calls.send("PUT", path + "/hooks/" + id, hook(url, secret, events));
    }

    @Override
    public void removeHook(String id) throws HostFailed {
        calls.delete(path + "/hooks/" + id);
    }

    @Override
    public Checks checks(String commit) throws HostFailed {
        var tally = new Checks.Tally();
        for (var status : calls.list(path + "/repository/commits/" + commit + "/statuses?per_page=100", "")) {
            var name = status.path("name").asString("");
            if (name.startsWith(GitHubApi.OURS) || status.path("allow_failure").asBoolean(false)) {
                continue;
            }
            switch (status.path("status").asString("")) {
                case "success", "skipped", "manual" -> tally.passed();
                case "failed", "canceled" -> tally.failed(name);
                default -> tally.pending(name);
            }
        }
        return tally.checks();
    }

    @Override
    public void tell(Status status) throws HostFailed {
        var body = new LinkedHashMap<String, Object>(
                Map.of("state", state(status.state()), "name", status.context(), "description", status.text()));
        if (!status.page().isEmpty()) {
            body.put("target_url", status.page());
        }
        calls.send("POST", path + "/statuses/" + status.commit(), body);
    }

    private static String state(String ours) {
        return switch (ours) {
            case "success" -> "success";
            case "failure", "error" -> "failed";
            case "inactive" -> "canceled";
            default -> "pending";
        };
    }

    @Override
    public String tell(Deployed deployed) throws HostFailed {
        var page = deployed.address().isEmpty() ? deployed.page() : deployed.address();
        tell(new Status(
                deployed.commit(),
                GitHubApi.OURS + "/" + deployed.place().environment(),
                deployed.state(),
                deployed.text(),
                page));
        return "";
    }

    @Override
    public HostIssues issues() {
        return new HostIssues(calls, path, Connection.Kind.GITLAB);
    }

    @Override
    public void close() {
        calls.close();
    }
}
