/// The command line: one class a verb, each a short way to a verb of the same name in `door.api`.
///
/// Face: [Cli], [Verb], [Group], [Session], [Surroundings]. words → [Cli] finds the verb in a table → picocli reads
/// its options → the verb asks the server (or, in `local`, the rooms of this machine) → [Screen] tells it.
/// Only the verb that was asked for is made: a start costs what it must. Must never know rooms, but for `local`.
@NullMarked
package dev.johwa.door.cli;

import org.jspecify.annotations.NullMarked;
