/// The HTTP API as records and a client: what goes over the wire, typed.
///
/// Face: [Meaning], [WireProblem]. Both ends use the same records, so that a verb keeps its name at every hop. Must
/// never know rooms other than `lib`.
@NullMarked
package dev.johwa.door.api;

import org.jspecify.annotations.NullMarked;
