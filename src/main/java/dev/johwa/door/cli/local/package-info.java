/// Verbs that work on this machine alone, without a server, by the same rooms that a server uses.
///
/// Face: [LocalVerbs]. words → a verb → the faces of source, build, serve and watch → the screen.
@NullMarked
package dev.johwa.door.cli.local;

import org.jspecify.annotations.NullMarked;
