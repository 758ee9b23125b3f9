package dev.johwa.source.host.played;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Pull requests, and issues: they share their numbers.
final class PullPart implements Part {
    private final HostedRepository git;
    private final Bodies bodies;
    private final Supplier<ObjectNode> repository;
    private final Map<Integer, Pull> pulls = new LinkedHashMap<>();
    private final Map<Integer, ObjectNode> issues = new LinkedHashMap<>();
    private final Map<Long, ObjectNode> comments = new LinkedHashMap<>();
    private int deleted;

    PullPart(HostedRepository git, Bodies bodies, Supplier<ObjectNode> repository) {
        this.git = git;
        this.bodies = bodies;
        this.repository = repository;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.ofEntries(
                Map.entry("pulls/list", (call, _) -> Part.page(call, listed(call))),
                Map.entry(
                        "pulls/get",
                        (_, path) -> pull(path)
                                .map(each -> Answer.of(200, full(each)))
                                .orElseGet(Answer::notFound)),
                Map.entry(
                        "pulls/list-files",
                        (call, path) -> pull(path)
                                .map(each -> Part.page(call, files(each)))
                                .orElseGet(Answer::notFound)),
                Map.entry("issues/list-for-repo", (call, _) -> Part.page(call, openIssues(call))),
                Map.entry(
                        "issues/create",
                        (call, _) -> Answer.of(
                                201,
                                issue(
                                        call.field("title").asString(),
                                        call.field("body").asString("")))),
                Map.entry(
                        "issues/get",
                        (_, path) ->
                                issueAt(path).map(each -> Answer.of(200, each)).orElseGet(Answer::notFound)),
                Map.entry("issues/update", this::update),
                Map.entry(
                        "issues/list-comments", (call, path) -> Part.page(call, commentsOf(path.get("issue_number")))),
                Map.entry("issues/create-comment", this::comment),
                Map.entry("issues/update-comment", this::editComment));
    }

    int nextNumber() {
        return pulls.size() + issues.size() + deleted + 1;
    }

    void put(Pull pull) {
        pulls.put(pull.number(), pull);
    }

    private Optional<Pull> pull(Map<String, String> path) {
        return Optional.ofNullable(pulls.get(Integer.parseInt(path.get("pull_number"))));
    }

    private List<ObjectNode> listed(Call call) {
        var state = call.query().getOrDefault("state", "open");
        return pulls.values().stream()
                .filter(pull -> state.equals("all") || state.equals("open") == (pull.state() == Pull.State.OPEN))
                .map(pull -> filled(pull, bodies.example("pulls/list", 200)))
                .toList()
                .reversed();
    }

    /// All that the host tells of one.
    ObjectNode full(Pull pull) {
        var body = filled(pull, bodies.example("pulls/get", 200));
        var merged = pull.state() == Pull.State.MERGED;
        body.put("merged", merged).put("mergeable", !merged).put("comments", 0);
        body.put(
                "merge_commit_sha",
                git.commitOf("refs/pull/" + pull.number() + "/merge").orElse(null));
        return body;
    }

    private ObjectNode filled(Pull pull, ObjectNode body) {
        var number = pull.number();
        var head = git.commitOf(pull.ref()).orElseThrow();
        body.put("number", number).put("id", 7_000L + number).put("title", "Change by " + pull.from());
        body.put("state", pull.state() == Pull.State.OPEN ? "open" : "closed");
        body.put("closed_at", pull.state() == Pull.State.OPEN ? null : Bodies.now());
        body.put("merged_at", pull.state() == Pull.State.MERGED ? Bodies.now() : null);
        body.put("locked", false).put("draft", false);
        List.of("requested_teams", "requested_reviewers", "assignees", "labels").forEach(body::putArray);
        body.put("url", bodies.url("/pulls/" + number)).put("statuses_url", bodies.url("/statuses/" + head));
        body.put("html_url", repository.get().get("html_url").asString() + "/pull/" + number);
        body.set("user", bodies.user(pull.from()));
        body.put("author_association", pull.fork().isPresent() ? "FIRST_TIME_CONTRIBUTOR" : "MEMBER");
        var base = repository.get();
        end(body.withObjectProperty("head"), pull.from(), pull.branch(), head)
                .set("repo", pull.fork().map(name -> fork(name)).orElse(base));
        end(
                        body.withObjectProperty("base"),
                        base.at("/owner/login").asString(),
                        "main",
                        git.commitOf("main").orElseThrow())
                .set("repo", base);
        return body;
    }

    private ObjectNode end(ObjectNode end, String login, String branch, String sha) {
        end.put("label", login + ":" + branch).put("ref", branch).put("sha", sha);
        end.set("user", bodies.user(login));
        return end;
    }

    private ObjectNode fork(String name) {
        return bodies.repository(name, Math.abs(name.hashCode()), false).put("fork", true);
    }

    private List<ObjectNode> files(Pull pull) {
        return git.changedFiles("main", pull.ref()).stream()
                .map(name -> bodies.example("pulls/list-files", 200).put("filename", name))
                .toList();
    }

    /// Opens one, as a person does on the host's page.
    ObjectNode issue(String title, String text) {
        int number = nextNumber();
        var issue = bodies.example("issues/create", 201);
        issue.remove(List.of("pull_request", "closed_by"));
        issue.put("number", number)
                .put("id", 9_000L + number)
                .put("title", title)
                .put("body", text);
        issue.put("state", "open").put("locked", false).put("comments", 0);
        issue.put("url", bodies.url("/issues/" + number));
        issue.put("html_url", repository.get().get("html_url").asString() + "/issues/" + number);
        issue.put("created_at", Bodies.now()).put("updated_at", Bodies.now());
        issues.put(number, issue);
        return issue;
    }

    void closeIssue(int number) {
        issues.get(number).put("state", "closed");
    }

    /// Its number is not given again.
    void deleteIssue(int number) {
        issues.remove(number);
        deleted++;
    }

    List<ObjectNode> issues() {
        return List.copyOf(issues.values());
    }

    private List<ObjectNode> openIssues(Call call) {
        var state = call.query().getOrDefault("state", "open");
        return issues().stream()
                .filter(each ->
                        state.equals("all") || each.get("state").asString().equals(state))
                .toList()
                .reversed();
    }

    private Optional<ObjectNode> issueAt(Map<String, String> path) {
        return Optional.ofNullable(issues.get(Integer.parseInt(path.get("issue_number"))));
    }

    private Answer update(Call call, Map<String, String> path) {
        var found = issueAt(path);
        found.ifPresent(issue -> {
            for (var name : List.of("title", "body", "state", "state_reason")) {
                if (!call.field(name).isMissingNode()) {
                    issue.set(name, call.field(name));
                }
            }
        });
        return found.map(issue -> Answer.of(200, issue)).orElseGet(Answer::notFound);
    }

    private Answer comment(Call call, Map<String, String> path) {
        int number = Integer.parseInt(path.get("issue_number"));
        if (!pulls.containsKey(number) && !issues.containsKey(number)) {
            return Answer.notFound();
        }
        var comment = bodies.example("issues/create-comment", 201);
        long id = bodies.newId();
        comment.put("id", id).put("body", call.field("body").asString());
        comment.put("issue_url", bodies.url("/issues/" + number));
        comments.put(id, comment);
        return Answer.of(201, comment);
    }

    private Answer editComment(Call call, Map<String, String> path) {
        var comment = comments.get(Long.parseLong(path.get("comment_id")));
        return comment == null
                ? Answer.notFound()
                : Answer.of(200, comment.put("body", call.field("body").asString()));
    }

    private List<ObjectNode> commentsOf(String number) {
        return comments.values().stream()
                .filter(each -> each.get("issue_url").asString().endsWith("/issues/" + number))
                .toList();
    }

    List<String> commentTexts(int number) {
        return commentsOf(String.valueOf(number)).stream()
                .map(each -> each.get("body").asString())
                .toList();
    }
}
