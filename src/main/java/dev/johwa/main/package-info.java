/// Puts the program together: what the process was given, which rooms there are, and who knows whom.
///
/// Face: [Main]. The only room that knows every other, and the only one that reads the environment.
@NullMarked
package dev.johwa.main;

import org.jspecify.annotations.NullMarked;
