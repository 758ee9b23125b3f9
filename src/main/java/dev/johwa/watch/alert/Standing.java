package dev.johwa.watch.alert;

import dev.johwa.serve.release.AppEnvironment;
import java.util.Optional;

/// How it stands with one objective of an app.
///
/// @param burn where its budget burns too fast
public record Standing(AppEnvironment where, Objective objective, Budget budget, Optional<Burn> burn) {}
