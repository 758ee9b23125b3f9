package dev.johwa.main.setup;

import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import dev.johwa.lib.process.Programs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The person's own ssh, logged in once: their keys, agent, ssh_config and known hosts. The first connection stays
/// (ControlMaster), and the others go through it.
final class Ssh {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    /// A connection that is gone is known long before.
    private static final Duration TO_CARRY = Duration.ofHours(6);

    private final Surroundings around;
    private final Destination destination;
    private final Path program;
    private final Path control;

    /// @param folder for the sockets of connections, which nobody else can enter
    Ssh(Surroundings around, Destination destination, Path folder) throws IOException {
        this.around = around;
        this.destination = destination;
        this.program = tool("ssh");
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        // Short, since a socket's path may have 107 bytes only.
        this.control = folder.resolve(
                Integer.toHexString(String.join(" ", destination.words()).hashCode()));
    }

    private Path tool(String name) {
        return Programs.find(name, around.path())
                .orElseThrow(() -> Problem.user("setup.ssh", "there is no " + name + " on this machine")
                        .hint("apt-get install openssh-client")
                        .exception());
    }

    /// Where the connection's socket lies.
    Path control() {
        return control;
    }

    /// What a person types to log in.
    String words() {
        return "ssh " + String.join(" ", destination.words());
    }

    /// How a program ended, and what it said on both streams.
    record Said(int status, String text) {
        boolean isSuccess() {
            return status == 0;
        }
    }

    boolean isConnected() {
        return run(List.of("-O", "check")).isSuccess();
    }

    /// Logs in, and leaves the connection open.
    ///
    /// @return how it went; [Refusal] reads why not
    Said connect() {
        // Its errors go to a file: the connection stays, and would hold a pipe open.
        var errors = control.resolveSibling(control.getFileName() + ".err");
        var words = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 2>\"$0\"", errors.toString()));
        words.addAll(call(List.of("-o", "ControlMaster=auto", "-o", "ControlPersist=yes")));
        words.add("true");
        try {
            var ended = start(words, InputStream.nullInputStream(), OutputStream.nullOutputStream());
            return new Said(ended.status(), Files.readString(errors).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The server's keys as lines for a file of known hosts; empty when it does not even show them.
    String hostKeys() throws IOException {
        var file = Files.createTempFile(control.getParent(), "keys", "");
        var words = new ArrayList<>(List.of(program.toString(), "-o", "ConnectTimeout=15", "-o", "BatchMode=yes"));
        words.addAll(List.of("-o", "UserKnownHostsFile=\"" + file + "\"", "-o", "GlobalKnownHostsFile=/dev/null"));
        words.addAll(List.of("-o", "StrictHostKeyChecking=accept-new", "-o", "PreferredAuthentications=none"));
        words.addAll(destination.words());
        words.add("true");
        start(words, InputStream.nullInputStream(), OutputStream.nullOutputStream());
        var keys = Files.readString(file);
        Files.delete(file);
        return keys;
    }

    /// As people compare keys: `256 SHA256:… (ED25519)`.
    String fingerprint(String keys) throws IOException {
        var told = new ByteArrayOutputStream();
        start(List.of(tool("ssh-keygen").toString(), "-lf", "-"), bytes(keys), told);
        return told.toString(StandardCharsets.UTF_8).strip();
    }

    /// From now on this is that server's key.
    void know(String keys) throws IOException {
        var file = setting("userknownhostsfile")
                .map(text -> Path.of(text.replaceFirst("^~", around.home().toString())))
                .orElse(around.home().resolve(".ssh/known_hosts"));
        Files.createDirectories(file.getParent());
        var before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, before + (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + keys);
    }

    /// What ssh_config comes to for this server: the first word of it.
    Optional<String> setting(String name) throws IOException {
        var words = new ArrayList<>(List.of(program.toString(), "-G"));
        words.addAll(destination.words());
        var told = new ByteArrayOutputStream();
        start(words, InputStream.nullInputStream(), told);
        return told.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.split(" ")[1])
                .findFirst();
    }

    /// Runs a script of ours as the account that logged in, or by sudo.
    ///
    /// @param out hears both of its streams
    int script(String script, boolean sudo, OutputStream out) throws IOException {
        return remote(sudo ? "sudo -n sh -s 2>&1" : "sh -s 2>&1", bytes(script), out);
    }

    /// Runs a line of ours there.
    int remote(String line, InputStream in, OutputStream out) throws IOException {
        var words = call(List.of());
        words.add(line);
        return start(words, in, out, TO_CARRY).status();
    }

    /// Leads a port of this machine to one of the server's own, as long as the connection stays.
    boolean forward(int here, int there) {
        return run(List.of("-O", "forward", "-L", "127.0.0.1:" + here + ":127.0.0.1:" + there))
                .isSuccess();
    }

    void disconnect() {
        run(List.of("-O", "exit"));
    }

    private Said run(List<String> before) {
        var out = new ByteArrayOutputStream();
        try {
            var ended = start(call(before), InputStream.nullInputStream(), out);
            return new Said(ended.status(), out.toString(StandardCharsets.UTF_8) + ended.errors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// ssh through the connection that stays, up to the destination.
    private List<String> call(List<String> more) {
        var words = new ArrayList<>(List.of(program.toString()));
        words.addAll(options());
        words.addAll(more);
        words.addAll(destination.words());
        return words;
    }

    private List<String> options() {
        return List.of(
                "-T",
                "-o",
                "ControlPath=\"" + control.toString().replace("%", "%%") + "\"",
                "-o",
                "ConnectTimeout=15",
                "-o",
                "ServerAliveInterval=15",
                "-o",
                "StrictHostKeyChecking=yes",
                // Passwords and passphrases only where somebody can type them.
                "-o",
                "BatchMode=" + (around.terminal() ? "no" : "yes"));
    }

    private Piped.Ended start(List<String> words, InputStream in, OutputStream out) throws IOException {
        return start(words, in, out, LIMIT);
    }

    private Piped.Ended start(List<String> words, InputStream in, OutputStream out, Duration limit) throws IOException {
        try {
            return Piped.run(new Command(words, around.folder(), around.environment()), in, out, limit);
        } catch (ProblemException e) {
            throw Problem.user("setup.ssh", e.problem().message())
                    .hint("apt-get install openssh-client")
                    .exception();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
