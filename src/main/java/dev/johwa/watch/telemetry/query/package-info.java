/// Queries in a part of PromQL: text → words → tree → lines of values at each step. Entered by [Engine].
@NullMarked
package dev.johwa.watch.telemetry.query;

import org.jspecify.annotations.NullMarked;
