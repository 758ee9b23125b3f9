/// A target that pretends, for tests of those who use targets.
@NullMarked
package dev.johwa.serve.target.dummy;

import org.jspecify.annotations.NullMarked;
