/// What is known of the artifacts of releases: what they are made of, and where they come from.
///
/// Face: [Papers], [Verdict], [Vulnerabilities], [Findings], [JudgedDelivery]. fact that a release is live → its
/// artifact's bill and a signed statement of where it comes from → beside the artifact in the registry. Asked → every
/// blob read, signature and subject compared. Bill and advisories → what is wrong with a release, beside the one
/// before.
/// Must never know doors; nothing is fetched.
@NullMarked
package dev.johwa.watch.artifact;

import org.jspecify.annotations.NullMarked;
