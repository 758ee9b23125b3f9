/// Instances as processes of this machine.
@NullMarked
package dev.johwa.serve.target.process;

import org.jspecify.annotations.NullMarked;
