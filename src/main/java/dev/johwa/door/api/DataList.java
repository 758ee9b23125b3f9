package dev.johwa.door.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What apps have that outlives their releases: databases and folders.
public record DataList(List<Item> data) {
    /// The kind that is no database.
    public static final String FOLDER = "folder";

    /// @param app `shop`, or `shop/api`
    /// @param variable under which the app finds its address; of a folder the path where it finds that: `uploads/`
    /// @param kind `postgres`, `mariadb`, `redis` or `folder`
    /// @param version major one of its server; absent for one elsewhere, and for a folder
    /// @param limits what the app may take of it; absent for one elsewhere, and for a folder
    /// @param health `healthy`, `unhealthy`, or `unknown` for one elsewhere
    /// @param problem what should be done
    /// @param newer a newer major version that is on the server, to which it could go
    /// @param kept what an upgrade left of it
    public record Item(
            String app,
            String environment,
            String variable,
            String kind,
            Optional<String> version,
            OptionalLong bytes,
            OptionalInt connections,
            Optional<Limits> limits,
            String health,
            Optional<String> problem,
            Optional<String> newer,
            Optional<Kept> kept) {
        public Item {
            newer = Objects.requireNonNullElse(newer, Optional.empty());
            kept = Objects.requireNonNullElse(kept, Optional.empty());
        }

        @JsonIgnore
        public boolean isFolder() {
            return kind.equals(FOLDER);
        }
    }

    /// The old one, which nobody uses any more.
    ///
    /// @param version its major one
    /// @param until when it goes by itself
    public record Kept(String version, Instant until) {}

    /// What an app may take of a database.
    ///
    /// @param connections open at the same time
    /// @param memoryBytes of Redis: of all it holds; else of one step of a statement, which sorts or joins
    /// @param statementSeconds how long one may take; absent where nothing ends it
    public record Limits(int connections, long memoryBytes, OptionalLong statementSeconds) {}

    /// What is asked for.
    ///
    /// @param as the name under which the app finds its address; the usual one of the kind when absent
    /// @param url the address of a database elsewhere; none is made then
    /// @param at where the app finds a folder, below its own
    /// @param version major one of the database's server; the newest on the server when absent
    public record Order(
            String kind, Optional<String> as, Optional<String> url, Optional<String> at, Optional<String> version) {
        /// A database.
        public Order(String kind, Optional<String> as, Optional<String> url) {
            this(kind, as, url, Optional.empty(), Optional.empty());
        }

        public Order {
            at = Objects.requireNonNullElse(at, Optional.empty());
            version = Objects.requireNonNullElse(version, Optional.empty());
            as = Objects.requireNonNullElse(as, Optional.empty());
            url = Objects.requireNonNullElse(url, Optional.empty());
        }
    }

    /// The client of a database, with which somebody wants to be connected.
    ///
    /// @param arguments further words for the client
    /// @param terminal absent: three pipes
    public record Opening(List<String> arguments, Optional<Attach.Terminal> terminal) {
        public Opening {
            arguments = arguments == null ? List.of() : List.copyOf(arguments);
            terminal = Objects.requireNonNullElse(terminal, Optional.empty());
        }
    }

    /// Where a database answers, with all that is needed to come in.
    public record Address(String kind, String address) {}
}
