/// Programs of the machine: run to their end, or started so that they outlive us and are found again.
///
/// Face: [Command], [Confinement], [Processes], [Running], [Exit]. Every program of a project starts through one small
/// wrapper that writes its exit status to a file; a sandbox (bubblewrap where it works) decides what it sees. Tools of
/// ours that end with their caller go through [Piped] and [Programs]. What this process does not need goes back by
/// [OwnMemory]. The only place that starts, signals and watches processes. Must never know why a program runs.
@NullMarked
package dev.johwa.lib.process;

import org.jspecify.annotations.NullMarked;
