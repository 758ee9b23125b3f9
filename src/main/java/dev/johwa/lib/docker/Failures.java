package dev.johwa.lib.docker;

import dev.johwa.lib.docker.Exchange.LateException;
import dev.johwa.lib.docker.Exchange.UnsentException;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What went wrong with the engine, in words for people.
final class Failures {
    static final String CONFLICT = "docker.conflict";
    static final String NOT_RUNNING = "docker.not-running";

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int IN_CONFLICT = 409;
    private static final int FAULT = 500;
    private static final Pattern NO_IMAGE = Pattern.compile("(?i)no such image|image not known|manifest unknown"
            + "|pull access denied|repository .* not found|manifest for .* not found");
    /// Podman answers this as a fault of its own.
    private static final Pattern NAME_TAKEN =
            Pattern.compile("(?i)name .*is already (in use|used)|network already exists|already used");
    private static final Pattern STANDS_STILL = Pattern.compile("(?i)is not running|state improper");
    private static final Pattern NO_SPACE = Pattern.compile("(?i)no space left on device|disk quota exceeded");
    private static final Pattern NO_NETWORK =
            Pattern.compile("(?i)address pools have been fully subnetted" + "|non-overlapping IPv4 address pool");
    private static final Pattern NO_PLATFORM = Pattern.compile(
            "(?i)no matching manifest for|does not match the (specified|detected host) platform|exec format error");

    private Failures() {}

    /// No answer, or not all of it.
    static ProblemException of(Call call, IOException failure, Path socket) {
        return new ProblemException(problem(call, failure, socket), failure);
    }

    private static Problem problem(Call call, IOException failure, Path socket) {
        var words = String.valueOf(failure.getMessage());
        if (failure instanceof UnsentException && failure.getCause() instanceof ProblemException cause) {
            return cause.problem();
        }
        if (failure instanceof LateException) {
            return Problem.external(
                            "docker.late",
                            "the container engine did not answer " + call.text() + " within "
                                    + call.limit().toSeconds() + " s")
                    .hint("look at its log: `journalctl -u docker`");
        }
        if (failure instanceof ClosedByInterruptException) {
            return Problem.external("docker.interrupted", "a call of the container engine was interrupted");
        }
        if (!Files.exists(socket) || words.contains("No such file")) {
            return Problem.resource("docker.absent", "no container engine is at " + socket)
                    .hint("install one (Debian: `apt-get install docker.io`) and start it");
        }
        if (words.contains("Permission denied")) {
            return Problem.resource(
                            "docker.forbidden", "the container engine's socket " + socket + " may not be opened")
                    .hint(mayOpen(socket));
        }
        if (words.contains("refused")) {
            return Problem.resource("docker.down", "no container engine listens at " + socket)
                    .hint("start it: `systemctl start docker`");
        }
        return Problem.external("docker.broken", "the container engine broke off " + call.text() + ": " + words)
                .hint("it may have been restarted; look at its log: `journalctl -u docker`");
    }

    private static String mayOpen(Path socket) {
        try {
            var group = String.valueOf(Files.getAttribute(socket, "unix:gid"));
            var named = String.valueOf(Files.getAttribute(socket, "posix:group"));
            return "it belongs to the group " + (named.equals("null") ? group : named) + ": `usermod -aG " + named
                    + " USER` for the user that runs the platform, then start it again";
        } catch (IOException | UnsupportedOperationException e) {
            return "give the user that runs the platform the right to open it, then start it again";
        }
    }

    /// An answer that is no success.
    ///
    /// @param answer JSON with the word `message`, or other text
    static ProblemException of(Call call, int status, String answer) {
        var message = message(answer);
        return classified(message)
                .orElseGet(() -> switch (status) {
                    case FORBIDDEN -> Problem.user("docker.forbidden", "the container engine refuses: " + message);
                    case NOT_FOUND -> Problem.external("docker.missing", "the container engine says: " + message);
                    case IN_CONFLICT -> Problem.external(CONFLICT, "the container engine says: " + message);
                    default ->
                        status < FAULT
                                ? Problem.external("docker.refused", "the container engine refuses: " + message)
                                : Problem.external(
                                        "docker.failed",
                                        "the container engine failed at " + call.text() + ": " + message);
                })
                .exception();
    }

    /// A name of ours that is somebody else's.
    static ProblemException taken(String what, String name) {
        return Problem.external("docker.name-taken", "the " + what + " '" + name + "' is there and not ours")
                .hint("rename or remove it: `docker " + what + " rm " + name + "`")
                .exception();
    }

    /// A failure that a stream of progress ended with.
    static ProblemException of(String code, String message) {
        return classified(message)
                .orElseGet(() -> Problem.external(code, message))
                .exception();
    }

    private static Optional<Problem> classified(String message) {
        if (NAME_TAKEN.matcher(message).find()) {
            return Optional.of(Problem.external(CONFLICT, "the container engine says: " + message));
        }
        if (STANDS_STILL.matcher(message).find()) {
            return Optional.of(Problem.external(NOT_RUNNING, "the container engine says: " + message));
        }
        if (NO_SPACE.matcher(message).find()) {
            return Optional.of(Problem.resource("docker.no-space", "the container engine's disk is full: " + message)
                    .hint("free some: `docker system df` shows what takes it, `docker system prune` frees it"));
        }
        if (NO_NETWORK.matcher(message).find()) {
            return Optional.of(Problem.resource(
                            "docker.no-network", "the container engine has no address left for a network")
                    .hint("`docker network prune`, or more `default-address-pools` in /etc/docker/daemon.json"));
        }
        if (NO_PLATFORM.matcher(message).find()) {
            return Optional.of(Problem.user("docker.wrong-platform", "the image is not for this machine: " + message)
                    .hint("build it for " + System.getProperty("os.arch")));
        }
        if (NO_IMAGE.matcher(message).find()) {
            return Optional.of(Problem.user("docker.no-image", "an image is missing: " + message)
                    .hint("check its name and tag, and whether the engine may pull it"));
        }
        return Optional.empty();
    }

    private static String message(String answer) {
        var plain = answer.strip();
        try {
            var told = Json.tree(plain).path("message").asString("");
            return told.isEmpty() ? plain : told;
        } catch (ProblemException e) {
            return plain.isEmpty() ? "nothing more" : plain;
        }
    }

    /// Whether the engine itself cannot be asked, so that nothing is known of what it runs.
    static boolean isOutage(Problem problem) {
        return switch (problem.code().toLowerCase(Locale.ROOT)) {
            case "docker.absent", "docker.down", "docker.late", "docker.broken", "docker.forbidden" -> true;
            default -> false;
        };
    }
}
