/// Images and artifacts of any kind go in and out as the OCI distribution specification 1.1 says, on the same store as
/// what runs build.
///
/// Face: [Registry] with its [Uploads] and [Manifests], [Passes] for who shows no access token, [Attachments] about
/// artifacts, [Refusal] for what the protocol calls an error. bytes → upload, a file that grows → blob of the store →
/// row that says which repository
/// holds it; a manifest is taken when all that it names is there; a tag names a manifest. Must never know HTTP, runs or
/// releases.
@NullMarked
package dev.johwa.build.registry;

import org.jspecify.annotations.NullMarked;
