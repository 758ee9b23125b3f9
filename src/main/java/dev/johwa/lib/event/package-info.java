/// Facts: what happened, in the past tense, never changed.
///
/// Face: [Fact], [FactLog], [Entry]. append (durable, with the change of state it tells of) → read in order → each
/// subscriber, with a cursor in the store, at least once. Must never know which facts there are: main hands in their
/// types.
@NullMarked
package dev.johwa.lib.event;

import org.jspecify.annotations.NullMarked;
