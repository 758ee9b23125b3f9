/// A release goes live, or does not: the one story.
///
/// Face: [Releases], [Release], [AppEnvironment], [Outcome], [Deployed]. snapshot of settings → release command →
/// instances →
/// healthy → verified → switch → checked through the edge → the old drains, stays warm, stops. On any failure the old
/// stays. State first, then the act. Must never know how instances run or how the edge routes.
@NullMarked
package dev.johwa.serve.release;

import org.jspecify.annotations.NullMarked;
