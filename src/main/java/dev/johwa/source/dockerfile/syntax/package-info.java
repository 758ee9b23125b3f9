/// From the bytes of a Dockerfile to its statements, as `parser` and `shell` of BuildKit's front end take them apart.
///
/// Texts are read byte by byte here, since BuildKit does so in places: a character stands for a byte (ISO 8859-1, see
/// [dev.johwa.lib.text.RawNames]), except in [ShellWords], which works on letters.
@NullMarked
package dev.johwa.source.dockerfile.syntax;

import org.jspecify.annotations.NullMarked;
