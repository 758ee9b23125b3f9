package dev.johwa.door.cli;

import dev.johwa.door.api.TokenList;
import dev.johwa.door.cli.local.GitHubWorkflow;
import dev.johwa.lib.http.OwnAddresses;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lets GitHub push here: the workflow in the repository, and the token among GitHub's secrets.
final class GitHubSetup {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:https?://(?:[^@/]+@)?|ssh://(?:[^@/]+@)?|[^@/]+@)([^:/]+)(?::\\d+)?[:/]([^/]+/[^/]+?)(?:\\.git)?/?");
    private static final Pattern OTHER_HOSTS = Pattern.compile(".*(gitlab|bitbucket|gitea|codeberg|forgejo).*");

    private final Session session;
    private final Path folder;

    GitHubSetup(Session session, Path folder) {
        this.session = session;
        this.folder = folder;
    }

    /// A repository there.
    ///
    /// @param name OWNER/NAME
    private record Origin(String host, String name) {
        String secrets() {
            return "https://" + host + "/" + name + "/settings/secrets/actions/new";
        }
    }

    /// What was done.
    ///
    /// @param workflow `written`, `changed` or `unchanged`
    /// @param secret `set`, `paste` (the token is to be given to GitHub by hand), `later` (no repository there yet)
    /// @param token only where it is to be pasted: it is shown this once
    record Given(
            String project,
            String file,
            String workflow,
            String secret,
            Optional<String> repository,
            Optional<String> link,
            Optional<String> token,
            List<String> notes) {
        List<String> lines() {
            var lines = new ArrayList<String>();
            lines.add(file + ": " + workflow);
            switch (secret) {
                case "set" -> lines.add(GitHubWorkflow.SECRET + ": set for " + repository.orElse("") + " by gh");
                case "paste" -> {
                    lines.add(GitHubWorkflow.SECRET + " is to be given to GitHub by hand:");
                    lines.add("  open   " + link.orElse(""));
                    lines.add("  name   " + GitHubWorkflow.SECRET);
                    lines.add("  secret " + token.orElse("") + "     (shown this once)");
                }
                default -> {}
            }
            lines.addAll(notes);
            lines.add("");
            lines.add("Next:");
            lines.add("  git push johwa HEAD:main     the first release, so that the default branch is known here");
            lines.add("  git add " + file + " && git commit -m 'Push to Johwa' && git push");
            return lines;
        }
    }

    /// @param server without a slash at its end
    /// @param force also over a file that says something else
    Given give(String project, String server, boolean force) {
        var origin = origin();
        var certificate = new Logins(session.surroundings()).certificate(server).map(GitHubSetup::read);
        var workflow = GitHubWorkflow.of(folder, defaultBranch(), server + "/" + project + ".git", certificate);
        var notes = new ArrayList<String>();
        reachability(server).ifPresent(notes::add);
        var written = write(workflow.text(), force);
        if (origin.isEmpty()) {
            notes.add("This repository has no remote named origin: when it is at GitHub, type `johwa init --github`"
                    + " again, and the secret follows.");
            return new Given(
                    project,
                    GitHubWorkflow.FILE.toString(),
                    written,
                    "later",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    notes);
        }
        return secret(project, origin.get(), written, notes);
    }

    private Given secret(String project, Origin origin, String written, List<String> notes) {
        var name = "github:" + origin.name();
        var client = session.client();
        var earlier = client.tokens().tokens().stream()
                .filter(token -> token.name().equals(name))
                .map(TokenList.Item::id)
                .toList();
        var order = new TokenList.Order(
                name, Optional.of("maintainer"), Optional.of(project), Optional.empty(), Optional.empty());
        var token = client.createToken(order);
        var refused = set(origin, token);
        if (refused.isEmpty()) {
            // The one that GitHub had is replaced: nobody holds it any more.
            earlier.forEach(client::revokeToken);
        } else {
            notes.add(refused.get());
            if (!earlier.isEmpty()) {
                notes.add("Once it is pasted, earlier tokens are of no use: johwa tokens revoke "
                        + String.join(", ", earlier));
            }
        }
        var toPaste = refused.isPresent();
        return new Given(
                project,
                GitHubWorkflow.FILE.toString(),
                written,
                toPaste ? "paste" : "set",
                Optional.of(origin.name()),
                Optional.of(origin.secrets()).filter(_ -> toPaste),
                Optional.of(token).filter(_ -> toPaste),
                List.copyOf(notes));
    }

    /// @return why GitHub has it not, or empty
    private Optional<String> set(Origin origin, String token) {
        var surroundings = session.surroundings();
        var gh = dev.johwa.lib.process.Programs.find("gh", surroundings.path());
        if (gh.isEmpty()) {
            return Optional.of("With GitHub's `gh` on this machine, that would have been done for you.");
        }
        var repository = origin.host() + "/" + origin.name();
        var argv = List.of(gh.get().toString(), "secret", "set", GitHubWorkflow.SECRET, "--repo", repository);
        try {
            var said = Piped.run(
                    new Command(argv, folder, surroundings.environment()),
                    new ByteArrayInputStream(token.getBytes(StandardCharsets.UTF_8)),
                    new ByteArrayOutputStream(),
                    PATIENCE);
            return said.isSuccess() ? Optional.empty() : Optional.of("gh did not take it: " + said.errors());
        } catch (IOException | ProblemException e) {
            return Optional.of("gh did not take it: " + e.getMessage());
        }
    }

    private String write(String text, boolean force) {
        var file = folder.resolve(GitHubWorkflow.FILE);
        var known = Files.exists(file);
        if (known && read(file).equals(text)) {
            return "unchanged";
        }
        if (known && !force) {
            throw Problem.user(
                            "init.workflow",
                            GitHubWorkflow.FILE + " is there and says something else; it was left alone")
                    .hint("see it, then write over it with `johwa init --github --force`, or name it otherwise")
                    .exception();
        }
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return known ? "changed" : "written";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Origin> origin() {
        var url = line("remote", "get-url", "origin").orElse("");
        var matcher = ADDRESS.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var origin = new Origin(matcher.group(1), matcher.group(2));
        if (OTHER_HOSTS.matcher(origin.host()).matches()) {
            throw Problem.user("init.host", "the remote named origin is at " + origin.host() + ", which is not GitHub")
                    .hint("workflows are GitHub's; from there, push to the remote named johwa")
                    .exception();
        }
        return Optional.of(origin);
    }

    /// As GitHub has it, as far as this clone knows; else the branch of now.
    private String defaultBranch() {
        return line("symbolic-ref", "--short", "refs/remotes/origin/HEAD")
                .map(name -> name.replaceFirst("^origin/", ""))
                .or(() -> line("symbolic-ref", "--short", "HEAD"))
                .orElse("main");
    }

    private Optional<String> line(String... words) {
        var argv = new ArrayList<>(List.of("git", "-C", folder.toString()));
        argv.addAll(List.of(words));
        return new Programs(session.surroundings()).firstLine(argv);
    }

    private static Optional<String> reachability(String server) {
        var host = Optional.ofNullable(URI.create(server).getHost()).orElse("");
        return OwnAddresses.isPrivate(host)
                ? Optional.of("GitHub's machines do not reach " + server + ": let the workflow run on one of yours"
                        + " (runs-on: self-hosted), or give the server a public address (johwa setup).")
                : Optional.empty();
    }
}
