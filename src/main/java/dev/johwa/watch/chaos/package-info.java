/// Faults on purpose: what becomes of an app when something breaks.
///
/// Face: [Chaos], [Experiments], [FaultOrder]. An experiment (a file of Chaos Toolkit) → its hypothesis holds, or
/// nothing is done → its method does faults and asks → the hypothesis again → rollbacks → a journal, kept with the
/// release. A fault is written down with its end, then done; its end comes by our own clock, by the next control plane,
/// or by what does it, whichever is first. Must never know how instances run or how the edge routes.
@NullMarked
package dev.johwa.watch.chaos;

import org.jspecify.annotations.NullMarked;
