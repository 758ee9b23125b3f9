/// What a project does here, as standard files that do it elsewhere without a word of ours.
///
/// Face: [Eject]. Applications with their settings → for each a [Recipe], what builds, tests and starts it with public
/// images and tools → Dockerfiles, a compose file, a workflow, and notes of what they do not say. The same project
/// gives
/// the same bytes. Must never know servers, releases or where anything runs.
@NullMarked
package dev.johwa.source.eject;

import org.jspecify.annotations.NullMarked;
