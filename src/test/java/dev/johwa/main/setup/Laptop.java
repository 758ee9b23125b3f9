package dev.johwa.main.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.main.ship.CleanRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A person's machine: their key, their known hosts, their settings, and the `johwa` and `git` of this checkout.
final class Laptop implements AutoCloseable {
    private final Path home;

    Laptop(Path home) throws IOException, InterruptedException {
        this.home = home;
        key("key");
        useKey("key");
    }

    void key(String name) throws IOException, InterruptedException {
        var file = home.resolve(name).toString();
        CleanRoot.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file), 20);
    }

    /// ssh reads the settings of the account, not those of `HOME`: so a word of the same name comes first on PATH.
    void useKey(String name) throws IOException {
        var ssh = Files.createDirectories(home.resolve("bin")).resolve("ssh");
        var settings = home.resolve("ssh_config");
        Files.writeString(settings, """
                IdentityFile %s
                IdentitiesOnly yes
                IdentityAgent none
                UserKnownHostsFile %s
                """.formatted(home.resolve(name), home.resolve("known_hosts")));
        Files.writeString(ssh, "#!/bin/sh\nexec /usr/bin/ssh -F " + settings + " \"$@\"\n");
        assertThat(ssh.toFile().setExecutable(true)).isTrue();
    }

    /// ssh gives up after so many seconds, whatever it is told: of two settings it takes the first.
    void waitAtMost(String seconds) throws IOException {
        var ssh = home.resolve("bin/ssh");
        Files.writeString(ssh, Files.readString(ssh).replace(" \"$@\"", " -o ConnectTimeout=" + seconds + " \"$@\""));
    }

    Path publicKey() {
        return home.resolve("key.pub");
    }

    Path privateKey() {
        return home.resolve("key");
    }

    /// How a command ended and what it said.
    record Said(int status, String out, String err) {}

    Said johwa(Path folder, String... words) throws IOException, InterruptedException {
        var argv = new ArrayList<>(List.of(Path.of("johwa").toAbsolutePath().toString()));
        argv.addAll(List.of(words));
        return run(folder, argv);
    }

    Said run(Path folder, List<String> argv) throws IOException, InterruptedException {
        var out = Files.createTempFile(home, "said", ".out");
        var err = Files.createTempFile(home, "said", ".err");
        var process = start(folder, argv, out, err);
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        end(process);
        assertThat(ended)
                .as("%s took too long: %s", argv, Files.readString(err))
                .isTrue();
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /// Says a word of `johwa`, and ends it with all that it started as soon as it tells something.
    ///
    /// @return what it said until then
    Said johwaKilledAt(String told, Path folder, String... words) throws IOException, InterruptedException {
        var argv = new ArrayList<>(List.of(Path.of("johwa").toAbsolutePath().toString()));
        argv.addAll(List.of(words));
        var out = Files.createTempFile(home, "killed", ".out");
        var err = Files.createTempFile(home, "killed", ".err");
        var process = start(folder, argv, out, err);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
        while (process.isAlive()
                && System.nanoTime() < deadline
                && !Files.readString(err).contains(told)) {
            LockSupport.parkNanos(1_000_000);
        }
        end(process);
        assertThat(Files.readString(err)).contains(told);
        assertThat(Files.readString(out)).as("it had not ended").isEmpty();
        return new Said(process.exitValue(), "", Files.readString(err));
    }

    Process start(Path folder, List<String> argv, Path out, Path err) throws IOException {
        var builder = new ProcessBuilder(argv)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PATH", home.resolve("bin") + ":" + System.getenv("PATH"),
                        "XDG_CACHE_HOME", home.resolve("cache").toString(),
                        "XDG_CONFIG_HOME", home.resolve("config").toString(),
                        "JAVA_HOME", System.getProperty("java.home")));
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") || name.equals("JOHWA_TOKEN"));
        return builder.start();
    }

    /// At once, with all that it started.
    static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /// A repository with these files and a commit: name, text, name, text, …
    Path repository(String name, String... files) throws IOException, InterruptedException {
        var folder = Files.createDirectories(home.resolve(name));
        git(folder, "init", "-q", "-b", "main");
        commit(folder, files);
        return folder;
    }

    void commit(Path folder, String... files) throws IOException, InterruptedException {
        for (int i = 0; i < files.length; i += 2) {
            Files.writeString(folder.resolve(files[i]), files[i + 1]);
        }
        git(folder, "add", "-A");
        git(folder, "-c", "user.name=Someone", "-c", "user.email=someone@example.com", "commit", "-qm", "Change");
    }

    /// @return what it said on both streams; it must end well
    String git(Path folder, String... words) throws IOException, InterruptedException {
        var argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(words));
        var said = run(folder, argv);
        assertThat(said.status()).as("%s", said).isZero();
        return said.out() + said.err();
    }

    /// Runs a script, which must end well.
    void sh(Path folder, String script) throws IOException, InterruptedException {
        var said = run(folder, List.of("sh", "-ec", script));
        assertThat(said.status()).as("%s", said).isZero();
    }

    /// Ends the connections that stayed open.
    @Override
    public void close() throws IOException, InterruptedException {
        try (Stream<Path> sockets = Files.list(home.resolve("cache/johwa/ssh"))) {
            for (var socket : sockets.filter(file -> !Files.isRegularFile(file)).toList()) {
                run(home, List.of("ssh", "-o", "ControlPath=" + socket, "-O", "exit", "nobody"));
            }
        }
    }
}
