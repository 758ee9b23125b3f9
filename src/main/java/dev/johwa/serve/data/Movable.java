package dev.johwa.serve.data;

import java.util.Map;

/// What an engine can do beside, whose databases go from one major version to another by dump and restore.
interface Movable {
    /// Cuts everybody off, and lets nobody in but us until [Engine#create] gives the role its password again. What is
    /// in it stays as it is.
    void close(Site site, Role role);

    /// Gives the database and its role what was set for them on the old server.
    void takeSettings(Site old, Site site, Role role);

    /// How much there is of what: rows of tables, where sequences are, how many objects of each sort. Equal databases
    /// say the same in all major versions.
    Map<String, Long> contents(Site site, Role role);
}
