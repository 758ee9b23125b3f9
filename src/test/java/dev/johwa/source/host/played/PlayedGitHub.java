package dev.johwa.source.host.played;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// GitHub, played on a port of this machine with one repository of real git: its API below `/api/v3` (as a GitHub
/// Enterprise has it), git over HTTP, and the webhooks that follow.
///
/// Every request, every answer and every webhook is held to what GitHub publishes; [#close()] fails the test where
/// one did not fit. The repository is private until it is opened: who asks needs [#token()].
public final class PlayedGitHub implements AutoCloseable {
    private static final String BASE = "/api/v3";
    private static final long REPOSITORY_ID = 1_296_269;
    private static final int HANG_SECONDS = 120;

    private final Path folder;
    private final List<String> mismatches = new ArrayList<>();
    private final Map<String, HostedRepository> forks = new HashMap<>();
    private final Access access;
    private final HostedRepository git;
    private final Deliveries deliveries;
    private final StatusPart statuses;
    private final DeploymentPart deployments;
    private final HookPart hooks;
    private final KeyPart keys;
    private final PullPart pulls;
    private final Told told;
    private final Bodies bodies;
    private final Description description;
    private final Api api;
    private final Listener listener;

    /// @param folder for all that it keeps
    /// @param name of the repository: OWNER/NAME
    public PlayedGitHub(Path folder, String name) {
        this.folder = folder;
        access = new Access(name);
        bodies = new Bodies(this::description, this::web, access::name);
        git = HostedRepository.create(bare(name), folder.resolve("work"));
        deliveries = new Deliveries(Published.webhooks(Told.WEBHOOKS), this::mismatch);
        statuses = new StatusPart(git, bodies, this::described);
        deployments = new DeploymentPart(git, bodies, statuses);
        hooks = new HookPart(bodies, deliveries);
        keys = new KeyPart(bodies);
        pulls = new PullPart(git, bodies, this::described);
        told = new Told(git, bodies, this::described);
        var parts =
                List.of(new RepositoryPart(git, bodies, this::described), statuses, deployments, hooks, keys, pulls);
        var operations = new HashSet<>(Set.of("rate-limit/get"));
        parts.forEach(part -> operations.addAll(part.handlers().keySet()));
        description = Published.api(operations);
        api = new Api(description, this::mismatch);
        parts.forEach(api::add);
        var overHttp = new GitOverHttp(folder.resolve("repositories"));
        listener = new Listener(new Doors(access, api, overHttp, this::around)::answer);
    }

    private Description description() {
        return description;
    }

    private ObjectNode described() {
        return bodies.repository(access.name(), Doors.REPOSITORY_ID, access.isPrivate());
    }

    private Path bare(String fullName) {
        return folder.resolve("repositories").resolve(fullName + ".git");
    }

    private synchronized void mismatch(String what) {
        mismatches.add(what);
    }

    // What a client needs to know.

    /// Where people and git go.
    public String web() {
        return "http://127.0.0.1:" + listener.port();
    }

    /// The base of the API.
    public String api() {
        return web() + Doors.BASE;
    }

    /// The repository's address, as a person copies it.
    public String url() {
        return web() + "/" + access.name();
    }

    /// What opens everything: as Bearer for the API, as Basic password for git.
    public String token() {
        return access.token();
    }

    // What happens at the host.

    /// A commit on a branch, pushed by somebody; webhooks follow.
    ///
    /// @return its id
    public String push(String branch, Map<String, String> files) {
        return moving(() -> git.commit(branch, files));
    }

    /// A branch whose history is another from now on.
    public String forcePush(String branch, Map<String, String> files) {
        return moving(() -> git.rewrite(branch, files));
    }

    public void deleteBranch(String branch) {
        moving(() -> {
            git.delete("refs/heads/" + branch);
            return "";
        });
    }

    /// A pull request from a branch of the repository itself.
    public Pull openPullRequest(String branch, Map<String, String> files) {
        push(branch, files);
        return opened(new Pull(pulls.nextNumber(), branch, access.owner(), Optional.empty(), Pull.State.OPEN));
    }

    /// A pull request of a stranger, from a fork of theirs.
    public Pull openPullRequestFromFork(String login, String branch, Map<String, String> files) {
        var fork = login + "/" + access.name().substring(access.name().indexOf('/') + 1);
        access.addFork(fork);
        forks.computeIfAbsent(fork, _ -> git.fork(bare(fork), folder.resolve("work-of-" + login)))
                .commit(branch, files);
        return opened(new Pull(pulls.nextNumber(), branch, login, Optional.of(fork), Pull.State.OPEN));
    }

    private Pull opened(Pull pull) {
        refresh(pull);
        tell(pull, "opened");
        return pull;
    }

    private synchronized void refresh(Pull pull) {
        git.take(pull.fork().map(forks::get).orElse(git), pull.branch(), pull.ref());
        git.merge("main", pull.ref(), "refs/pull/" + pull.number() + "/merge");
        pulls.put(pull);
    }

    /// More commits for a pull request.
    public String update(Pull pull, Map<String, String> files) {
        var commit = pull.fork().isPresent()
                ? forks.get(pull.fork().get()).commit(pull.branch(), files)
                : push(pull.branch(), files);
        refresh(pull);
        tell(pull, "synchronize");
        return commit;
    }

    /// Ends a pull request without its change.
    public void close(Pull pull) {
        end(pull.in(Pull.State.CLOSED));
    }

    /// Ends a pull request with its change on `main`.
    public String merge(Pull pull) {
        var merged = moving(() -> git.advance("main", "refs/pull/" + pull.number() + "/merge"));
        end(pull.in(Pull.State.MERGED));
        return merged;
    }

    private synchronized void end(Pull pull) {
        pulls.put(pull);
        tell(pull, "closed");
    }

    private synchronized void tell(Pull pull, String action) {
        deliveries.send(hooks.hooks(), told.pull(pull, pulls.full(pull), action), false);
    }

    /// A check of the host's own begins, or with a conclusion ends.
    ///
    /// @param conclusion as GitHub says it (`success`, `failure`); empty while it runs
    public synchronized void check(String sha, String check, String conclusion) {
        var run = statuses.check(sha, check, conclusion);
        deliveries.send(hooks.hooks(), told.checkRun(run, conclusion.isEmpty() ? "created" : "completed"), false);
        var suite = statuses.suites(sha).getFirst();
        if (!suite.get("conclusion").isNull()) {
            deliveries.send(hooks.hooks(), told.checkSuite(suite), false);
        }
    }

    public synchronized int openIssue(String title, String text) {
        return pulls.issue(title, text).get("number").asInt();
    }

    /// Somebody closes one on the host's page.
    public void closeIssue(int number) {
        pulls.closeIssue(number);
    }

    /// Somebody deletes one there.
    public void deleteIssue(int number) {
        pulls.deleteIssue(number);
    }

    private interface Move {
        String run();
    }

    private synchronized String moving(Move move) {
        var before = git.refs();
        var result = move.run();
        for (var event : told.moved(before)) {
            deliveries.send(hooks.hooks(), event, false);
        }
        return result;
    }

    private synchronized void around(Doors.Push push) throws IOException {
        var before = git.refs();
        push.run();
        told.moved(before).forEach(event -> deliveries.send(hooks.hooks(), event, false));
    }

    // What goes wrong.

    /// The token is worth nothing from now on; [#token()] tells the next one.
    public void revoke() {
        access.nextToken();
    }

    /// The token sees the repository no longer: for it there is none.
    public void hide() {
        access.setVisible(false);
    }

    public void makePublic() {
        access.makePublic();
    }

    public void makePrivate() {
        access.makePrivate();
    }

    /// @param other the name after the slash
    public synchronized void rename(String other) {
        var next = access.owner() + "/" + other;
        try {
            Files.createSymbolicLink(bare(next), git.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        access.rename(next);
    }

    /// What the token may not do, by the description's name of the operation, such as `repos/create-webhook`.
    public void forbid(String operation) {
        api.forbid(operation);
    }

    /// Hooks to this machine are refused, as GitHub does.
    public void onlyPublicHooks() {
        hooks.onlyPublic();
    }

    /// No request is left until then.
    public void limitRate(Instant until) {
        access.trouble(new Trouble.NoRequestsLeft(until));
    }

    /// Too many requests at once.
    public void slowDown(Duration retryAfter) {
        access.trouble(new Trouble.TooFast(retryAfter));
    }

    /// API and git answer nothing but this.
    public void fail(int status) {
        access.trouble(new Trouble.Broken(status));
    }

    /// Requests are taken and not answered.
    public void hang() {
        access.trouble(new Trouble.Hanging());
    }

    /// Nobody listens.
    public void goDown() {
        listener.close();
    }

    /// Ends every trouble but a revoked token.
    public void recover() {
        access.trouble(new Trouble.None());
        access.setVisible(true);
        listener.open();
    }

    /// The next webhook does not arrive.
    public void loseNextWebhook() {
        deliveries.loseNext();
    }

    /// Sends one once more, under its id of the first time.
    public void redeliver(Seen.Delivery delivery) {
        deliveries.again(delivery);
    }

    // What tests look at.

    /// Branches and pull requests as they are: full names of refs and their commits.
    public Map<String, String> refs() {
        return git.refs();
    }

    /// Oldest first.
    public synchronized List<Seen.Status> statusesOf(String sha) {
        return statuses.statusesOf(sha).stream().map(PlayedGitHub::status).toList();
    }

    private static Seen.Status status(JsonNode status) {
        return new Seen.Status(
                status.get("state").asString(),
                status.get("context").asString(),
                status.get("description").asString(""),
                status.get("target_url").asString(""));
    }

    public List<Seen.Deployment> deployments() {
        return deployments.seen();
    }

    public List<Seen.Hook> hooks() {
        return hooks.hooks();
    }

    public List<Seen.Key> keys() {
        return keys.keys();
    }

    /// Names of the secrets of workflows.
    public List<String> secrets() {
        return keys.secrets();
    }

    public List<Seen.Issue> issues() {
        return pulls.issues().stream()
                .map(issue -> new Seen.Issue(
                        issue.get("number").asInt(),
                        issue.get("title").asString(),
                        issue.get("body").asString(),
                        issue.get("state").asString().equals("open")))
                .toList();
    }

    /// Texts below an issue or a pull request.
    public List<String> comments(int number) {
        return pulls.commentTexts(number);
    }

    public List<Seen.Delivery> deliveries() {
        return deliveries.all();
    }

    /// Requests to the API, in their order.
    public List<Seen.Request> requests() {
        return api.requests();
    }

    /// What was not as GitHub describes it, once: whoever has looked at it need not fail by it.
    public synchronized List<String> mismatches() {
        var found = List.copyOf(mismatches);
        mismatches.clear();
        return found;
    }

    @Override
    public void close() {
        access.trouble(new Trouble.None());
        listener.close();
        deliveries.close();
        assertThat(mismatches()).as("not as GitHub describes it").isEmpty();
    }
}
