package dev.johwa.source.git;

import dev.johwa.source.git.NativeGit.Asked;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether a repository holds all that it names, and holds it unharmed: by the machine's git, where there is none by
/// ours. Pushes go on meanwhile.
public final class Soundness {
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_LINES = 10;
    /// About how somebody's program wrote an object, or what nothing names: that is no harm.
    private static final Pattern HARMLESS =
            Pattern.compile("(?:(?:error|warning) in |warning: |notice: |dangling |unreachable |Checking ).*|");

    private final Repositories repositories;

    public Soundness(Repositories repositories) {
        this.repositories = repositories;
    }

    /// What is wrong with a repository, a line each, the first of them when there are many.
    public List<String> examine(String name) {
        try {
            var found = repositories.nativeGit().isPresent()
                    ? byGit(repositories.nativeGit().get(), name)
                    : new ObjectCheck(repositories.repository(name)).run().stream();
            return found.distinct().limit(MOST_LINES).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<String> byGit(NativeGit git, String name) throws IOException {
        var words = List.of("fsck", "--full", "--no-dangling", "--no-progress");
        var said = new Said();
        var ended = git.run(
                repositories.path(name), new Asked(words, Map.of(), PATIENCE), InputStream.nullInputStream(), said);
        if (ended.isSuccess() || !repositories.exists(name)) {
            return Stream.of();
        }
        return Stream.concat(ended.errors().lines(), said.text.toString().lines())
                .map(String::strip)
                .filter(line -> !HARMLESS.matcher(line).matches());
    }

    /// The first of what is written to it.
    private static final class Said extends OutputStream {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (text.length() < MOST_BYTES) {
                text.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }
        }
    }
}
