package dev.johwa.source.git;

import dev.johwa.lib.process.Piped;
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
import org.eclipse.jgit.lib.Constants;

/// The machine's git toward other servers. It asks nobody for anything, follows no redirect, and speaks only what
/// reaches other machines.
final class RemoteGit {
    private static final Duration LOOK = Duration.ofMinutes(2);
    private static final Duration FETCH = Duration.ofHours(1);
    private static final String SYMBOLIC = "ref: " + Constants.R_HEADS;
    private static final int LARGEST_LIST = 64 << 20;

    /// Less than a byte a second over so many seconds is a line that is dead.
    private static final List<String> CAREFUL = List.of(
            "-c", "http.followRedirects=false",
            "-c", "http.lowSpeedLimit=1",
            "-c", "http.lowSpeedTime=60",
            "-c", "credential.helper=",
            "-c", "protocol.version=2");

    /// Old histories have these, and every host takes them.
    private static final List<String> CHECKED = List.of(
            "-c", "fetch.fsckObjects=true",
            "-c", "fetch.fsck.zeroPaddedFilemode=warn",
            "-c", "fetch.fsck.badTimezone=warn",
            "-c", "fetch.fsck.missingSpaceBeforeDate=warn",
            "-c", "fetch.fsck.missingEmail=warn",
            "-c", "fetch.fsck.badFilemode=warn");

    private final NativeGit git;
    private final String path;

    /// @param path folders of programs: git starts ssh
    RemoteGit(NativeGit git, String path) {
        this.git = git;
        this.path = path;
    }

    Mirror.Shown show(Origin origin, List<String> patterns) throws OriginFailed {
        var words = new ArrayList<>(CAREFUL);
        words.addAll(List.of("ls-remote", "--symref", "--", origin.url(), Constants.HEAD));
        words.addAll(patterns);
        var out = new ByteArrayOutputStream();
        run(Path.of("/"), origin, words, new Bounded(out), LOOK);
        var refs = new HashMap<String, String>();
        Optional<String> head = Optional.empty();
        for (var line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            int tab = line.indexOf('\t');
            var name = line.substring(tab + 1);
            if (line.startsWith(SYMBOLIC) && name.equals(Constants.HEAD)) {
                head = Optional.of(line.substring(SYMBOLIC.length(), tab));
            } else if (tab == Constants.OBJECT_ID_STRING_LENGTH && name.startsWith(Constants.R_REFS)) {
                refs.put(name, line.substring(0, tab));
            }
        }
        return new Mirror.Shown(refs, head);
    }

    void fetch(Path repository, Origin origin, List<String> refs) throws OriginFailed {
        var words = new ArrayList<>(CAREFUL);
        words.addAll(CHECKED);
        words.addAll(List.of(
                "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--", origin.url()));
        words.addAll(refs);
        run(repository, origin, words, OutputStream.nullOutputStream(), FETCH);
    }

    private void run(Path folder, Origin origin, List<String> words, OutputStream out, Duration limit)
            throws OriginFailed {
        var environment = new HashMap<>(origin.environment());
        environment.putAll(
                Map.of("GIT_TERMINAL_PROMPT", "0", "GIT_ALLOW_PROTOCOL", "http:https:ssh", "GIT_SSH_VARIANT", "ssh"));
        environment.putIfAbsent("PATH", path);
        try {
            var ended =
                    git.run(folder, new NativeGit.Asked(words, environment, limit), InputStream.nullInputStream(), out);
            if (!ended.isSuccess()) {
                throw new OriginFailed(said(ended, limit));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String said(Piped.Ended ended, Duration limit) {
        return ended.errors().isEmpty()
                ? "git said nothing and ended with " + ended.status() + "; it may take " + limit.toMinutes()
                        + " minutes"
                : ended.errors();
    }

    /// A list of refs that never ends is none.
    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream out;

        private Bounded(ByteArrayOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int letter) throws IOException {
            write(new byte[] {(byte) letter}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (out.size() + count > LARGEST_LIST) {
                throw new IOException("the list of refs is longer than " + (LARGEST_LIST >> 20) + " MiB");
            }
            out.write(bytes, from, count);
        }
    }
}
