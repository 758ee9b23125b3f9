package dev.johwa.door.api;

import java.util.List;

/// What takes how much of the disk.
///
/// @param room `enough`, `low`; `short`: builds wait; `almost_none`: pushes are refused too
/// @param items empty until it was measured for the first time
public record DiskUse(long freeBytes, long sizeBytes, String room, List<Item> items) {
    public DiskUse {
        items = List.copyOf(items);
    }

    /// A class of files.
    ///
    /// @param what `git`, `blobs`, `caches`, `logs`, `history`
    /// @param advice what to do, while it takes more than its budget; else empty
    public record Item(String what, long usedBytes, long budgetBytes, String advice) {}
}
