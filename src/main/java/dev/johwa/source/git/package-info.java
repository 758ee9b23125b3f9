/// Git repositories: smart HTTP, pushes, and what the history says.
///
/// Face: [Repositories], [GitServer], [Mirror], [Push], [PushOptions], [OnPush], [Progress]. bytes of a client →
/// objects checked → options written down → refs moved → fact [Pushed] → [OnPush], whose words stream into the push.
/// Packs go through the machine's git where
/// there is one, all else through JGit, which no other room knows. A [Mirror] fetches by the machine's git and goes
/// the same road from there on. Must never know pipelines.
@NullMarked
package dev.johwa.source.git;

import org.jspecify.annotations.NullMarked;
