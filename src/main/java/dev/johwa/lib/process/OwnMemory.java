package dev.johwa.lib.process;

/// Gives memory of this process back to the system once work is over: the JVM keeps by itself what a burst made large.
public final class OwnMemory {
    /// A heap that grew is given back by whole collections alone, in steps: nothing, a tenth, four tenths, all.
    private static final int WHOLE_COLLECTIONS = 4;

    private OwnMemory() {}

    /// All that is not in use, of the heap and of the archive of classes, of which what is used comes again piece by
    /// piece until [#goOn]. Takes some tenths of a second, in which nothing else works: for when nobody waits.
    public static void giveBack() {
        shrinkHeap();
        ArchivePages.rest();
    }

    /// What is used at rest is there again.
    public static void goOn() {
        ArchivePages.work();
    }

    /// What is not in use of the heap.
    public static void shrinkHeap() {
        for (int i = 0; i < WHOLE_COLLECTIONS; i++) {
            System.gc();
        }
    }
}
