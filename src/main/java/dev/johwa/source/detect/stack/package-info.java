/// What every provider works with: the folder it looks at, the draft it fills, versions, and the files that decide in
/// any stack.
@NullMarked
package dev.johwa.source.detect.stack;

import org.jspecify.annotations.NullMarked;
