package dev.johwa.serve.data;

/// What the client by which we ask a server is told, so that an application loses its database and gets it back. Told
/// twice, both change nothing.
///
/// @param cut lets nobody in any more, then ends who is in; twice, as somebody may have been at the door
/// @param join lets it in again
record Parting(String cut, String join) {
    /// @param name of the database and of its role, letters, digits and `_`
    static Parting of(Kind kind, String name) {
        return switch (kind) {
            case POSTGRES ->
                new Parting(
                        """
                        alter role "%1$s" connection limit 0;
                        select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = '%1$s';
                        select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = '%1$s';
                        """.formatted(name),
                        "alter role \"%s\" connection limit %d;".formatted(name, Postgres.CONNECTIONS_OF_A_ROLE));
            case MARIADB ->
                new Parting("""
                        alter user '%1$s'@'127.0.0.1' account lock;
                        kill user '%1$s'@'127.0.0.1';
                        kill user '%1$s'@'127.0.0.1';
                        """.formatted(name), "alter user '%s'@'127.0.0.1' account unlock;".formatted(name));
            // Each has a server of its own, and its application is who needs to give no name there.
            case REDIS -> new Parting("acl setuser default off\nclient kill user default\n", "acl setuser default on");
        };
    }
}
