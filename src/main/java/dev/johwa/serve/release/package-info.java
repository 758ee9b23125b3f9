/// A release goes live, or does not: the one story.
///
/// Face: [Releases], [Release], [AppEnvironment], [Outcome], [Canaries]. Snapshot of settings → release command →
/// instances → healthy → verified → switch → checked through the edge → the old drains, stays warm, stops. On any
/// failure the old stays. State first, then the act: a deployment is open until [Conclusions] closes it, and
/// [Recovery] concludes what an earlier control plane left open. With a rollout the new one gets some requests
/// first, as one of the [Canaries]. Must never know how instances run or how the edge routes.
@NullMarked
package dev.johwa.serve.release;

import org.jspecify.annotations.NullMarked;
