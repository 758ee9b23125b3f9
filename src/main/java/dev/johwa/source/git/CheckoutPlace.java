package dev.johwa.source.git;

import dev.johwa.lib.task.Cancel;
import java.nio.file.Path;
import java.util.Set;

/// Where to check out.
///
/// @param before what the last checkout left here; the folder is empty when that is nothing
/// @param spared relative folders that stay as they are, unless the commit has them itself
/// @param account unix account that owns what is written, 0 for the server's own
/// @param cancel ends it in the middle: the next one knows nothing of what lies there
public record CheckoutPlace(Path folder, CheckedOut before, Set<String> spared, int account, Cancel cancel) {
    public CheckoutPlace {
        spared = Set.copyOf(spared);
    }

    public CheckoutPlace(Path folder, CheckedOut before, Set<String> spared, int account) {
        this(folder, before, spared, account, new Cancel());
    }

    public static CheckoutPlace empty(Path folder) {
        return new CheckoutPlace(folder, CheckedOut.nothing(), Set.of(), 0);
    }
}
