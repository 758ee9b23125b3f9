package dev.johwa.source.host;

import dev.johwa.source.host.Reports.Deployed;
import dev.johwa.source.host.Reports.Status;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// GitHub, in its cloud and on a server of one's own.
/// Source: GitHub's REST API description, version 2022-11-28.
final class GitHubApi implements HostApi {
    static final Map<String, String> HEADERS =
            Map.of("Accept", "application/vnd.github+json", "X-GitHub-Api-Version", "2022-11-28");
    private static final int LONGEST_TEXT = 140;
    private static final Set<String> GOOD = Set.of("success", "neutral", "skipped");
    /// Contexts of our own, which we do not wait for.
    static final String OURS = "johwa";

    private final HostCalls calls;
    private final String repository;

    /// @param repository `acme/shop`
    GitHubApi(HostCalls calls, String repository) {
        this.calls = calls;
        this.repository = repository;
    }

    @Override
    public About about() throws HostFailed {
        return about(calls.get(path("")));
    }

    @Override
    public About about(String location) throws HostFailed {
        return about(calls.follow(location));
    }

    private static About about(JsonNode told) {
        return new About(told.path("clone_url").asString(""));
    }

    private String path(String rest) {
        return "/repos/" + repository + rest;
    }

    @Override
    public List<Pull> pulls() throws HostFailed {
        return pulls(calls.list(path("/pulls?state=open&per_page=100"), ""));
    }

    /// Those of another repository, also of one that is gone.
    static List<Pull> pulls(List<JsonNode> listed) {
        return listed.stream()
                .filter(each -> !each.path("head")
                        .path("repo")
                        .path("full_name")
                        .asString("")
                        .equals(each.path("base").path("repo").path("full_name").asString("?")))
                .map(each -> new Pull(
                        each.path("number").asInt(0),
                        each.path("title").asString(""),
                        each.path("user").path("login").asString("somebody"),
                        each.path("head").path("sha").asString(""),
                        "",
                        ""))
                .filter(Pull::isSound)
                .toList();
    }

    @Override
    public String makeHook(String url, String secret, Set<String> events) throws HostFailed {
        removeHooks(calls.list(path("/hooks?per_page=100"), ""), url);
        var body = new HashMap<>(hook(url, secret, events));
        body.put("name", "web");
        return calls.send("POST", path("/hooks"), body).path("id").asString();
    }

    private static Map<String, Object> hook(String url, String secret, Set<String> events) {
        var all = new TreeSet<>(Set.of("push", "pull_request", "repository"));
        all.addAll(events);
        var config = Map.of("url", url, "content_type", "json", "secret", secret, "insecure_ssl", "0");
        return Map.of("active", true, "events", List.copyOf(all), "config", config);
    }

    @Override
    public void changeHook(String id, String url, String secret, Set<String> events) throws HostFailed {
        var _ = calls.send("PATCH", path("/hooks/" + id), hook(url, secret, events));
    }

    @Override
    public void removeHook(String id) throws HostFailed {
        calls.delete(path("/hooks/" + id));
    }

    @Override
    public Checks checks(String commit) throws HostFailed {
        var tally = new Checks.Tally();
        for (var run : calls.list(path("/commits/" + commit + "/check-runs?per_page=100"), "check_runs")) {
            var name = run.path("name").asString("");
            if (!run.path("status").asString("").equals("completed")) {
                tally.pending(name);
            } else if (GOOD.contains(run.path("conclusion").asString(""))) {
                tally.passed();
            } else {
                tally.failed(name);
            }
        }
        for (var status :
                calls.get(path("/commits/" + commit + "/status?per_page=100")).path("statuses")) {
            var name = status.path("context").asString("");
            var state = status.path("state").asString("");
            if (name.startsWith(OURS)) {
                continue;
            }
            if (state.equals("pending")) {
                tally.pending(name);
            } else if (state.equals("success")) {
                tally.passed();
            } else {
                tally.failed(name);
            }
        }
        return tally.checks();
    }

    @Override
    public void tell(Status status) throws HostFailed {
        calls.send("POST", path("/statuses/" + status.commit()), body(status));
    }

    static Map<String, Object> body(Status status) {
        var body = new LinkedHashMap<String, Object>();
        body.put("state", status.state());
        body.put("context", status.context());
        body.put("description", cut(status.text()));
        if (!status.page().isEmpty()) {
            body.put("target_url", status.page());
        }
        return body;
    }

    @Override
    public String tell(Deployed deployed) throws HostFailed {
        var id = deployed.id().isEmpty() ? make(deployed) : deployed.id();
        var body = new LinkedHashMap<String, Object>();
        body.put("state", deployed.state());
        body.put("description", cut(deployed.text()));
        if (!deployed.address().isEmpty()) {
            body.put("environment_url", deployed.address());
        }
        if (!deployed.page().isEmpty()) {
            body.put("log_url", deployed.page());
        }
        calls.send("POST", path("/deployments/" + id + "/statuses"), body);
        return id;
    }

    /// Checks were waited for here already, or nobody wanted that.
    private String make(Deployed deployed) throws HostFailed {
        var place = deployed.place();
        var body = new LinkedHashMap<String, Object>();
        body.put("ref", deployed.commit());
        body.put("environment", place.environment());
        body.put("auto_merge", false);
        body.put("required_contexts", List.of());
        body.put("production_environment", place.isProduction());
        body.put("transient_environment", place.isPreview());
        body.put("description", "Johwa");
        return calls.send("POST", path("/deployments"), body).path("id").asString();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }

    @Override
    public HostIssues issues() {
        return new HostIssues(calls, path(""), Connection.Kind.GITHUB);
    }

    @Override
    public void close() {
        calls.close();
    }
}
