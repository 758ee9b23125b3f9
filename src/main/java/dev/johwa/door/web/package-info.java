/// The HTTP server of the control plane: API, git, health and metrics.
///
/// Face: [Web], [WebRooms]. request → [Gate] (who, may they: the one choke point; deny by default) → the route of a
/// resource (`RunRoutes`, …) → a room → records of `door.api` as JSON; what goes wrong → [Problems]. A route is a
/// declaration ([Route]) that also describes itself in `/api/openapi.json`. No thinking here: rooms think.
@NullMarked
package dev.johwa.door.web;

import org.jspecify.annotations.NullMarked;
