package dev.johwa.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Real git in a folder of its own, untouched by the machine's configuration.
public record GitClient(Path folder) {
    private static final int PATIENCE_SECONDS = 300;

    /// What git printed, both streams, and how it ended.
    public record Said(int status, String text) {
        public Said ok() {
            assertThat(status).as(text).isZero();
            return this;
        }

        public String line() {
            return ok().text().strip();
        }

        public Said fails() {
            assertThat(status).as(text).isNotZero();
            return this;
        }
    }

    public static GitClient init(Path folder) throws IOException {
        Files.createDirectories(folder);
        var client = new GitClient(folder);
        client.run("init", "-q", "-b", "main").ok();
        return client;
    }

    /// A client in a new clone.
    public GitClient cloned(Path to, String url, String... words) {
        var argv = new ArrayList<>(List.of("clone", "-q"));
        argv.addAll(List.of(words));
        argv.addAll(List.of(url, to.toString()));
        run(argv.toArray(String[]::new)).ok();
        return new GitClient(to);
    }

    public Said run(String... words) {
        var process = start(words);
        try {
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("git " + List.of(words) + " did not end; it said: " + text);
            }
            return new Said(process.exitValue(), text);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public Process start(String... words) {
        var argv = new ArrayList<>(List.of("git", "-c", "user.name=Test", "-c", "user.email=test@example.com"));
        argv.addAll(List.of(words));
        var builder = new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1", "GIT_TERMINAL_PROMPT", "0"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// A commit with one more file; its id.
    public String commit(String file, String text) throws IOException {
        var place = folder.resolve(file);
        Files.createDirectories(place.getParent());
        Files.writeString(place, text);
        run("add", "-A").ok();
        run("commit", "-q", "--allow-empty", "-m", "Change " + file).ok();
        return head();
    }

    public String head() {
        return run("rev-parse", "HEAD").line();
    }
}
