/// Compose files, read as Docker Compose reads them.
///
/// Face: [ComposeFile] reads a project into [ComposeProject], whose services ([Service]) a target can run, and
/// [ComposeModel], the resolved model in the form of `docker compose config`; [WebService] says which service serves,
/// [Forbidden] what a platform does not run for others. files → trees with places (`tree`) → the stages of Compose's
/// own reader (`load`), which know keys (`form`) and small languages (`text`) → model → records. Held to compose-go by
/// tests. Must never know how services are run.
@NullMarked
package dev.johwa.source.compose;

import org.jspecify.annotations.NullMarked;
