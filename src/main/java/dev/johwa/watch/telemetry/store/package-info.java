/// Samples on the disk in a fixed budget: logs and heads of the hour → blocks → coarser tiers. Entered by [Store].
@NullMarked
package dev.johwa.watch.telemetry.store;

import org.jspecify.annotations.NullMarked;
