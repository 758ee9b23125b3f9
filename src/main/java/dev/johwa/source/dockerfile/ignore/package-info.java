/// `.dockerignore`: which files of a folder a build is not given, as `moby/patternmatcher` 0.6 and BuildKit's walk of
/// the folder (`fsutil`) have it. Paths are raw: a character stands for a byte.
@NullMarked
package dev.johwa.source.dockerfile.ignore;

import org.jspecify.annotations.NullMarked;
