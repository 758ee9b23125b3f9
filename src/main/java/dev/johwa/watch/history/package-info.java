/// What an app did over time, by release.
///
/// Face: [History], [Course], [Window]. A time in steps ([Window]) → what the edge counted and instances used, summed
/// up by release in each step ([Course]); two releases may be asked for from their own begins. Figures alone: must
/// never know how they are drawn. Nothing is kept here, `watch.telemetry` has it.
@NullMarked
package dev.johwa.watch.history;

import org.jspecify.annotations.NullMarked;
