package dev.johwa.lib.event;

import java.util.List;
import java.util.Optional;

/// What a subscriber wants to hear, and from when on: nobody hears of what was before they subscribed for the first
/// time, which may be the facts of years.
///
/// @param name under which its place is kept; nobody else may use it
/// @param types that it hears of; empty for all
/// @param first makes, before the first fact is heard, what it would have made of those before: of what there is now.
///     It is done again where it throws, or is cut off
public record Subscription(String name, List<Class<? extends Fact>> types, Optional<Runnable> first) {
    public Subscription {
        types = List.copyOf(types);
    }

    /// All facts from now on.
    public static Subscription of(String name) {
        return new Subscription(name, List.of(), Optional.empty());
    }

    /// Only facts of these types.
    public Subscription only(List<Class<? extends Fact>> wanted) {
        return new Subscription(name, wanted, first);
    }

    /// With what makes up for the facts before.
    public Subscription after(Runnable work) {
        return new Subscription(name, types, Optional.of(work));
    }
}
