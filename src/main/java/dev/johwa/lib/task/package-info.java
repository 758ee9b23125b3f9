/// Work that goes on beside other work: named virtual threads, schedules, and cancelling with a reason.
///
/// Face: [Tasks], [Cancel], [TimeLimit]. The only place that makes threads. Must never know what the work is.
@NullMarked
package dev.johwa.lib.task;

import org.jspecify.annotations.NullMarked;
