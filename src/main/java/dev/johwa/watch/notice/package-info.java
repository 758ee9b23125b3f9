/// Word when it matters: what went wrong and when it is well again, told once each to whom it concerns.
///
/// Face: [Notices], [Receiver], [Kind], [Sign], [Look], [Evidence], [Causes], [WaitingCanaries]. Facts and looks give
/// signs → a sign begins a [Condition] or finds it open → its cause → a [Notice] for each receiver that wants it,
/// written down → the [Post] brings it, at least once. Must never know doors, nor how a release is made.
@NullMarked
package dev.johwa.watch.notice;

import org.jspecify.annotations.NullMarked;
