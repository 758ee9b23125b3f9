package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.Trouble;
import org.jspecify.annotations.Nullable;

/// What goes wrong with one request on purpose.
///
/// @param heldUntil when it goes on, in ticks of the clock; 0: at once
/// @param end how it ends then; null: it goes on
record Fate(long heldUntil, @Nullable Trouble end) {
    static final Fate NONE = new Fate(0, null);
}
