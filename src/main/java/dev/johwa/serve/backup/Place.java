package dev.johwa.serve.backup;

import java.util.Map;

/// Where backups are kept: bytes by names such as `objects/ab/abcd…`, each whole or not there. Safe for use by many
/// threads.
interface Place {
    /// Names below a folder, with how many bytes each has.
    Map<String, Long> list(String folder);

    /// @throws ProblemException `backup.missing` when there is nothing of that name
    byte[] read(String name);

    /// Returns when it will still be there after a loss of power.
    void write(String name, byte[] bytes);

    /// Nothing happens when it is not there.
    void delete(String name);

    /// Keeps others from writing here; close it.
    ///
    /// @throws ProblemException when another does so now
    BackupPorts.Held lock();

    /// Whether [#lock] keeps programs of other machines out too.
    boolean isLocked();
}
