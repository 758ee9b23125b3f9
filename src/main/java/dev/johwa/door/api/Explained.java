package dev.johwa.door.api;

import java.util.List;
import java.util.Optional;

/// What a release did to its users.
///
/// @param app `shop`, or `shop/api`
/// @param verdict `good`, `bad`, `unsure` or `not enough traffic`; empty where it was not watched
/// @param cause of a bad one: `errors`, `slowness`, `restarts`, `memory`
/// @param over whether the verdict is the last word
/// @param reason a line with the numbers
/// @param lines all of it for a person, at most ten
public record Explained(
        String app,
        String environment,
        int release,
        Optional<String> verdict,
        Optional<String> cause,
        boolean over,
        Optional<String> reason,
        List<String> lines) {}
