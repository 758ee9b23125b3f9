package dev.johwa.source.git;

import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The machine's own git, for what costs memory: serving clones and fetches, and repacking. It reads no configuration
/// but the repository's.
final class NativeGit {
    private static final Logger LOG = LoggerFactory.getLogger(NativeGit.class);
    private static final Duration FETCH = Duration.ofHours(1);
    private static final Duration COLLECT = Duration.ofHours(2);

    private final Path program;

    NativeGit(Path program) {
        this.program = program;
    }

    void advertiseUpload(Path repository, Optional<String> protocol, OutputStream out) throws IOException {
        var words = List.of("upload-pack", "--stateless-rpc", "--advertise-refs", repository.toString());
        told(run(repository, words, protocol, InputStream.nullInputStream(), out, FETCH), repository);
    }

    void upload(Path repository, Optional<String> protocol, InputStream in, OutputStream out) throws IOException {
        var words = List.of("upload-pack", "--stateless-rpc", repository.toString());
        told(run(repository, words, protocol, in, out, FETCH), repository);
    }

    /// Packs everything that is named into one pack and drops what nothing has named for a day.
    void collect(Path repository) {
        var words = List.of("-c", "gc.cruftPacks=true", "gc", "--quiet", "--prune=1.day.ago");
        try {
            var ended = run(
                    repository,
                    words,
                    Optional.empty(),
                    InputStream.nullInputStream(),
                    new ByteArrayOutputStream(),
                    COLLECT);
            if (!ended.isSuccess()) {
                throw new IllegalStateException("git gc of " + repository + " failed: " + ended.errors());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Piped.Ended run(
            Path repository,
            List<String> words,
            Optional<String> protocol,
            InputStream in,
            OutputStream out,
            Duration limit)
            throws IOException {
        // The folder may belong to another account than ours, such as after it moved.
        var argv = new ArrayList<>(List.of(program.toString(), "-c", "safe.directory=*"));
        argv.addAll(words);
        var environment =
                new HashMap<>(Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null", "LC_ALL", "C"));
        protocol.ifPresent(text -> environment.put("GIT_PROTOCOL", text));
        return Piped.run(new Command(argv, repository, environment), in, out, limit);
    }

    /// A client that asked wrongly has been told by git itself, in the protocol.
    private static void told(Piped.Ended ended, Path repository) {
        if (!ended.isSuccess()) {
            LOG.info("repository={} upload-pack ended with {}: {}", repository, ended.status(), ended.errors());
        }
    }
}
