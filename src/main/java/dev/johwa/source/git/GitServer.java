package dev.johwa.source.git;

import dev.johwa.lib.event.FactLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// Git's smart HTTP protocol, v0 and v2, without HTTP: a door hands in the bytes. Safe for use by many threads.
public final class GitServer {
    public GitServer(Repositories repositories, FactLog facts, OnPush onPush) {}

    /// Answers `GET NAME.git/info/refs?service=SERVICE`.
    ///
    /// @param request the value of `Git-Protocol` is part of it
    public void advertise(Request request, OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Answers `POST NAME.git/SERVICE`; the bytes come decoded (gzip is the door's work).
    public void serve(Request request, InputStream in, OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// @param service `git-upload-pack` or `git-receive-pack`
    /// @param protocol the header `Git-Protocol`, when sent
    /// @param by the name of the identity that asks
    public record Request(String repository, String service, Optional<String> protocol, String by) {
        public boolean isPush() {
            return service.equals("git-receive-pack");
        }
    }
}
