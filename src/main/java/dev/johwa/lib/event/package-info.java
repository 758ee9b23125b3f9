/// Facts: what happened, in the past tense, never changed.
///
/// Face: [Fact], [FactLog], [Entry], [Subscription]. append (durable, with the change of state it tells of) → read in
/// order → each subscriber, from its first day on, with a cursor in the store, at least once. Must never know which
/// facts there are: main hands in their types.
@NullMarked
package dev.johwa.lib.event;

import org.jspecify.annotations.NullMarked;
