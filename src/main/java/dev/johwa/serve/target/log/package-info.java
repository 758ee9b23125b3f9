/// What instances print: files that they append to themselves, and beside each an index of times.
@NullMarked
package dev.johwa.serve.target.log;

import org.jspecify.annotations.NullMarked;
