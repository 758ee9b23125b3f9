/// What is wrong with one place, as one thing from its first bad minute to its recovery.
///
/// Face: [Incidents], [Incident], [IncidentEnded], [OutsideAlerts]. A word about a condition of `watch.notice` → the
/// open incident of the same place that showed lately, or a new one → people are told of that once, one issue tells
/// of it. Facts of releases and what people do write its time line. When the last condition hurts nobody any more it
/// is over; a fact says so, with the release that is proven to be its cause. Must never know doors, nor how people are
/// told.
@NullMarked
package dev.johwa.watch.incident;

import org.jspecify.annotations.NullMarked;
