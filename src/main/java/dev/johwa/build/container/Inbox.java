package dev.johwa.build.container;

import dev.johwa.lib.docker.Credential;
import java.util.Optional;

/// Where the engine can give what it built, so that only layers travel that are not there yet.
@FunctionalInterface
public interface Inbox {
    /// Opens it for one image.
    ///
    /// @param name of the app: `shop`, `shop/api`
    /// @return empty where the engine has no way there
    Optional<Way> open(String name);

    /// A way that is open until it is closed.
    ///
    /// @param repository as the engine names it: `127.0.0.1:8321/shop`
    /// @param end closes it
    record Way(String repository, Credential credential, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }
}
