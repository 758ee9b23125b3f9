/// Tells why a command or an application failed, as far as its own words say it, and what would mend it.
///
/// Face: [Causes], [Cause], [Said], [EnvironmentReads]. the last lines of a tool → one table of causes → what it is and
/// the command or line that mends it. Guesses nothing: without the words there is no cause. Must never know what a run,
/// a release or a target is.
@NullMarked
package dev.johwa.build.cause;

import org.jspecify.annotations.NullMarked;
