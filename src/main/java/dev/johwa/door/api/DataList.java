package dev.johwa.door.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Databases of apps.
public record DataList(List<Item> data) {

    /// @param app `shop`, or `shop/api`
    /// @param variable under which the app finds its address
    /// @param version major one of its server; absent for one elsewhere
    /// @param problem what should be done
    public record Item(
            String app,
            String environment,
            String variable,
            String kind,
            Optional<String> version,
            OptionalLong bytes,
            OptionalInt connections,
            Optional<String> problem) {}

    /// What is asked for.
    ///
    /// @param as the name under which the app finds its address; the usual one of the kind when absent
    /// @param url the address of a database elsewhere; none is made then
    public record Order(String kind, Optional<String> as, Optional<String> url) {
        public Order {
            as = Objects.requireNonNullElse(as, Optional.empty());
            url = Objects.requireNonNullElse(url, Optional.empty());
        }
    }

    /// Where a database answers, with all that is needed to come in.
    public record Address(String kind, String address) {}
}
