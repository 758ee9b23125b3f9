/// Python projects.
@NullMarked
package dev.johwa.source.detect.python;

import org.jspecify.annotations.NullMarked;
