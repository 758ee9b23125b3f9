/// A container engine at its unix socket: Docker's Engine API (1.24 and later, no feature above 1.41), as Docker and
/// Podman answer it.
///
/// Face: [Engine], from which [Containers], [Commands], [EngineImages], [Builds], [Networks] and [Volumes] come. A call
/// → one connection → an answer that is read whole and bounded, or a stream that is closed by who reads it; what goes
/// wrong is a problem in words for people. Every call has a limit. Must never know what the containers are for.
///
/// Format: <https://docs.docker.com/reference/api/engine/version/v1.41/>.
@NullMarked
package dev.johwa.lib.docker;

import org.jspecify.annotations.NullMarked;
