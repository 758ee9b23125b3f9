/// Which keys a compose file has, what may stand there, and what becomes of it in the resolved model: one table
/// (`keys.txt`), two readers of it.
@NullMarked
package dev.johwa.source.compose.form;

import org.jspecify.annotations.NullMarked;
