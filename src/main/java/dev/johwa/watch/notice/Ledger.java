package dev.johwa.watch.notice;

import org.jdbi.v3.core.Handle;

/// Where what is wrong of a project is written down for those who mend it, beside the words that go to receivers.
@FunctionalInterface
public interface Ledger {
    /// Within the transaction in which it is told; a reminder and what is over as it is told do not come here.
    void tell(Handle handle, Notice notice);
}
