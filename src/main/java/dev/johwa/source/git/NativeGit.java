package dev.johwa.source.git;

import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The machine's own git, for what costs memory: serving clones, storing pushes, and repacking. It reads no
/// configuration
/// but the repository's.
final class NativeGit {
    private static final Logger LOG = LoggerFactory.getLogger(NativeGit.class);
    private static final Duration FETCH = Duration.ofHours(1);
    private static final Duration RECEIVE = Duration.ofHours(1);
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

    /// Stores the pack of a push, every object checked, whatever the pack left out to be short completed.
    ///
    /// @throws IOException with what git says when it is refused; nothing of it is left then
    void store(Path repository, InputStream pack) throws IOException {
        var words = List.of(
                "index-pack", "--stdin", "--fix-thin", "--strict", "--max-input-size=" + GitServer.LARGEST_PACK);
        var ended = run(repository, words, Optional.empty(), pack, OutputStream.nullOutputStream(), RECEIVE);
        if (!ended.isSuccess()) {
            // Who still sends would not hear the reason.
            drain(pack);
            throw refused(ended);
        }
    }

    /// Follows everything from these objects to what the refs name already.
    ///
    /// @throws IOException when something is missing
    void requireWhole(Path repository, List<String> objects) throws IOException {
        var words = List.of("rev-list", "--objects", "--stdin", "--not", "--all", "--quiet");
        var in = new ByteArrayInputStream((String.join("\n", objects) + "\n").getBytes(StandardCharsets.US_ASCII));
        var ended = run(repository, words, Optional.empty(), in, OutputStream.nullOutputStream(), RECEIVE);
        if (!ended.isSuccess()) {
            throw refused(ended);
        }
    }

    private static IOException refused(Piped.Ended ended) {
        return new IOException(
                ended.errors().replaceFirst("^(fatal|error): ", "").replace('\n', ' '));
    }

    private static void drain(InputStream pack) throws IOException {
        long left = GitServer.LARGEST_PACK;
        for (long skipped = pack.skip(left); skipped > 0 && left > 0; skipped = pack.skip(left)) {
            left -= skipped;
        }
    }

    void copyFile(Path repository, String id, OutputStream out) throws IOException {
        var words = List.of("cat-file", "blob", id);
        var ended = run(repository, words, Optional.empty(), InputStream.nullInputStream(), out, FETCH);
        if (!ended.isSuccess()) {
            throw new IOException("git cannot read " + id + ": " + ended.errors());
        }
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
