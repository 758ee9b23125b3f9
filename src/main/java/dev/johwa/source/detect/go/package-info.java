/// Go modules.
@NullMarked
package dev.johwa.source.detect.go;

import org.jspecify.annotations.NullMarked;
