package dev.johwa.door.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What apps have that outlives their releases: databases and folders.
public record DataList(List<Item> data) {

    /// @param app `shop`, or `shop/api`
    /// @param variable under which the app finds its address; of a folder the path where it finds that: `uploads/`
    /// @param kind `postgres`, `mariadb`, `redis` or `folder`
    /// @param version major one of its server; absent for one elsewhere, and for a folder
    /// @param problem what should be done
    public record Item(
            String app,
            String environment,
            String variable,
            String kind,
            Optional<String> version,
            OptionalLong bytes,
            OptionalInt connections,
            Optional<String> problem) {
        @JsonIgnore
        public boolean isFolder() {
            return kind.equals("folder");
        }
    }

    /// What is asked for.
    ///
    /// @param as the name under which the app finds its address; the usual one of the kind when absent
    /// @param url the address of a database elsewhere; none is made then
    /// @param at where the app finds a folder, below its own
    public record Order(String kind, Optional<String> as, Optional<String> url, Optional<String> at) {
        /// A database.
        public Order(String kind, Optional<String> as, Optional<String> url) {
            this(kind, as, url, Optional.empty());
        }

        public Order {
            at = Objects.requireNonNullElse(at, Optional.empty());
            as = Objects.requireNonNullElse(as, Optional.empty());
            url = Objects.requireNonNullElse(url, Optional.empty());
        }
    }

    /// Where a database answers, with all that is needed to come in.
    public record Address(String kind, String address) {}
}
