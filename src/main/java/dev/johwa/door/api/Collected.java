package dev.johwa.door.api;

import java.util.List;

/// What garbage collection freed, and what is left.
///
/// @param budgetBytes what all of it may take; releases that can be rolled back to are kept also beyond it
/// @param overBudget whether it takes more still
public record Collected(List<Item> items, long freedBytes, long usedBytes, long budgetBytes, boolean overBudget) {

    /// @param what `artifacts`, `unpacked`, `run logs`, `caches`
    public record Item(String what, long freedBytes, long usedBytes) {}
}
