/// Git repositories: smart HTTP, pushes, and what the history says.
///
/// Face: [Repositories], [GitServer], [Push], [OnPush], [Progress]. bytes of a client → objects checked → refs moved →
/// fact [Pushed] → [OnPush], whose words stream into the push. Packs go through the machine's git where there is one,
/// all else through JGit, which no other room knows. Must never know pipelines.
@NullMarked
package dev.johwa.source.git;

import org.jspecify.annotations.NullMarked;
