/// The way out: what the platform does for a project, as files of others that do without it.
///
/// Face: [Ejection], [EjectedProject], [EjectedApp], [Target]. What apps were found to be and their settings → a
/// [Recipe] for each (bases, files of dependencies, commands without the platform's own words) → a Dockerfile, a
/// compose file, a workflow, routes; what none of them can say is told. Reads only. Must never know a server, nor
/// write.
@NullMarked
package dev.johwa.source.eject;

import org.jspecify.annotations.NullMarked;
