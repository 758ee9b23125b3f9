/// Versions and the ranges in which projects ask for them, each in its ecosystem's own words. Knows no files, no
/// folders
/// and no machine.
@NullMarked
package dev.johwa.source.detect.version;

import org.jspecify.annotations.NullMarked;
