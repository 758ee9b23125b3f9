/// The edge: requests of people to instances of releases.
///
/// Face: [Edge], [RoutingTable], [EdgeProgram]. The control plane sends a whole table over a private socket, the
/// edge swaps it at once and says so; it counts, balances, holds, serves static files, and lives on when the
/// control plane does not. Where two releases of an app serve, a [Part] says which requests go to the second. Must
/// never know what a release is, and depends on lib only.
@NullMarked
package dev.johwa.serve.router;

import org.jspecify.annotations.NullMarked;
