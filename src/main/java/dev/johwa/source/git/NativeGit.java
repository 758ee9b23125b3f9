package dev.johwa.source.git;

import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import dev.johwa.lib.text.Escapes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The machine's own git, for what costs memory: serving clones, storing pushes, and repacking. It reads no
/// configuration but the repository's.
final class NativeGit {
    private static final Logger LOG = LoggerFactory.getLogger(NativeGit.class);
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Map<String, String> OF_ITS_OWN =
            Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null", "LC_ALL", "C");

    private static final int EMPTY_PACK = 32;

    /// How the folder of a push begins that is not stored yet.
    static final String APART = "incoming_";

    private final Path program;

    NativeGit(Path program) {
        this.program = program;
    }

    /// The same git toward other servers; what it starts is found beside it and where systems have programs.
    RemoteGit remote() {
        return new RemoteGit(this, program.toAbsolutePath().getParent() + ":/usr/local/bin:/usr/bin:/bin");
    }

    void advertiseUpload(Path repository, Optional<String> protocol, OutputStream out) throws IOException {
        var words = List.of("upload-pack", "--stateless-rpc", "--advertise-refs", repository.toString());
        told(run(repository, words, speaking(protocol), InputStream.nullInputStream(), out), repository);
    }

    void upload(Path repository, Optional<String> protocol, InputStream in, OutputStream out) throws IOException {
        var words = List.of("upload-pack", "--stateless-rpc", repository.toString());
        told(run(repository, words, speaking(protocol), in, out), repository);
    }

    /// Stores the pack of a push once every object of it is checked and everything is there from these objects to what
    /// the refs name already. Until then it lies apart, so nothing is left of one that is refused or cut off.
    ///
    /// @throws IOException with what git says when it is refused
    void store(Path repository, InputStream pack, List<String> wanted) throws IOException {
        var objects = repository.resolve("objects");
        var apart = Files.createTempDirectory(objects, APART);
        try {
            var place = Map.of(
                    "GIT_OBJECT_DIRECTORY", apart.toString(), "GIT_ALTERNATE_OBJECT_DIRECTORIES", objects.toString());
            index(repository, pack, place);
            requireWhole(repository, wanted, place);
            takeIn(apart.resolve("pack"), objects.resolve("pack"));
        } finally {
            FileUtils.delete(apart.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
        }
    }

    private void index(Path repository, InputStream pack, Map<String, String> place) throws IOException {
        var words = List.of(
                "index-pack", "--stdin", "--fix-thin", "--strict", "--max-input-size=" + GitServer.LARGEST_PUSH);
        var ended = run(repository, words, place, pack, OutputStream.nullOutputStream());
        if (!ended.isSuccess()) {
            // Who still sends would not hear the reason.
            drain(pack);
            throw refused(ended);
        }
    }

    private void requireWhole(Path repository, List<String> wanted, Map<String, String> place) throws IOException {
        var words = List.of("rev-list", "--objects", "--stdin", "--not", "--all", "--quiet");
        var in = new ByteArrayInputStream((String.join("\n", wanted) + "\n").getBytes(StandardCharsets.US_ASCII));
        var ended = run(repository, words, place, in, OutputStream.nullOutputStream());
        if (!ended.isSuccess()) {
            throw refused(ended);
        }
    }

    /// The index last: with it the pack counts. A pack without objects, as for refs alone, is not worth a file.
    private static void takeIn(Path from, Path to) throws IOException {
        try (var listed = Files.list(from)) {
            var indexLast = Comparator.comparing((Path file) -> file.toString().endsWith(".idx"));
            var files = listed.sorted(indexLast).toList();
            if (files.stream().anyMatch(NativeGit::isEmptyPack)) {
                return;
            }
            for (var file : files) {
                Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static boolean isEmptyPack(Path file) {
        return file.toString().endsWith(".pack") && file.toFile().length() <= EMPTY_PACK;
    }

    private static void drain(InputStream pack) throws IOException {
        var buffer = new byte[64 * 1024];
        long left = GitServer.LARGEST_PUSH;
        for (int read = pack.read(buffer); read >= 0 && left > 0; read = pack.read(buffer)) {
            left -= read;
        }
    }

    private static IOException refused(Piped.Ended ended) {
        var said = ended.errors().replaceFirst("^(fatal|error): ", "").replace('\n', ' ');
        return new IOException(Escapes.plain(said));
    }

    void copyFile(Path repository, String id, OutputStream out) throws IOException {
        var words = List.of("cat-file", "blob", id);
        var ended = run(repository, words, Map.of(), InputStream.nullInputStream(), out);
        if (!ended.isSuccess()) {
            throw new IOException("git cannot read " + id + ": " + ended.errors());
        }
    }

    /// Packs everything that is named into one pack and drops what nothing has named for a day.
    void collect(Path repository) {
        var words = List.of("-c", "gc.cruftPacks=true", "gc", "--quiet", "--prune=1.day.ago");
        try {
            var ended =
                    run(repository, words, Map.of(), InputStream.nullInputStream(), OutputStream.nullOutputStream());
            if (!ended.isSuccess()) {
                throw new IllegalStateException("git gc of " + repository + " failed: " + ended.errors());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Piped.Ended run(
            Path repository, List<String> words, Map<String, String> environment, InputStream in, OutputStream out)
            throws IOException {
        return run(repository, new Asked(words, environment, PATIENCE), in, out);
    }

    /// @param environment beside that of its own
    record Asked(List<String> words, Map<String, String> environment, Duration limit) {}

    Piped.Ended run(Path folder, Asked asked, InputStream in, OutputStream out) throws IOException {
        // The folder may belong to another account than ours, such as after it moved.
        var argv = new ArrayList<>(List.of(program.toString(), "-c", "safe.directory=*"));
        argv.addAll(asked.words());
        var whole = new HashMap<>(OF_ITS_OWN);
        whole.putAll(asked.environment());
        return Piped.run(new Command(argv, folder, whole), in, out, asked.limit());
    }

    private static Map<String, String> speaking(Optional<String> protocol) {
        return protocol.map(text -> Map.of("GIT_PROTOCOL", text)).orElse(Map.of());
    }

    /// A client that asked wrongly has been told by git itself, in the protocol.
    private static void told(Piped.Ended ended, Path repository) {
        if (!ended.isSuccess()) {
            LOG.info("repository={} upload-pack ended with {}: {}", repository, ended.status(), ended.errors());
        }
    }
}
