/// Jobs of apps that run at their times: `schedule:` of what is live.
///
/// Face: [Schedules]. A round each second: what is due is written down as a run, with the moment up to which the times
/// are done, in one transaction; then it is started beside the instances of its app, watched, and concluded with its
/// facts. A run goes on when the control plane ends, and is found by its name. Knows releases; must never know targets
/// or files.
@NullMarked
package dev.johwa.serve.schedule;

import org.jspecify.annotations.NullMarked;
