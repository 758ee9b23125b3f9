/// Time as something that is handed in, so that tests never sleep.
///
/// Face: [Clock], [SystemClock], [FakeClock]. The only place that asks the machine what time it is.
@NullMarked
package dev.johwa.lib.clock;

import org.jspecify.annotations.NullMarked;
