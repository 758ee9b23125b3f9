/// What the files of other platforms mean here, line for line.
///
/// Face: [Migration], [Line]. A file becomes a tree with the place of each value; each platform is a table of rules
/// from paths in that tree to what becomes of them: nothing to do, a key of `johwa.yaml`, a command to type, or an
/// honest no. Reads only. Must never know a server, nor run what it reads.
@NullMarked
package dev.johwa.source.migrate;

import org.jspecify.annotations.NullMarked;
