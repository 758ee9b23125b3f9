/// What an app promises its users, and whether it keeps to it: objectives, what is left of their budgets, and how fast
/// they burn.
///
/// Face: [Alerts], [Saturation], [Vanished], [Waits], which look; [Objective], [Burning], [Ledger], [PrometheusRules].
/// Counts of requests of two windows, a short one and a long one → shares of bad ones, never averaged → a [Burn] where
/// both are above the pace that uses the budget up too soon, and enough requests were bad to say so. The same is
/// written as rules of Prometheus. What is used up, vanished or waits is asked of kept figures, so that a start
/// forgets nothing. Must never know who is told.
@NullMarked
package dev.johwa.watch.alert;

import org.jspecify.annotations.NullMarked;
