package dev.johwa.watch.notice;

import dev.johwa.lib.db.Database;
import dev.johwa.lib.mail.MailServer;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.config.Values;
import java.util.Map;
import java.util.Optional;

/// The server that takes our mail, as it is written down; its password lies among the secrets.
final class MailSettings {
    private static final Values.Scope SCOPE = new Values.Scope("", "mail", "notify");
    private static final String PASSWORD = "PASSWORD";

    private final Database database;
    private final Values values;

    MailSettings(Database database, Values values) {
        this.database = database;
        this.values = values;
    }

    Optional<MailServer> find() {
        return database.read(handle -> handle.createQuery("select * from mail_server")
                .map(row -> MailServer.read(
                                row.getColumn("address", String.class), row.getColumn("sender", String.class), false)
                        .as(MailServer.Safety.valueOf(row.getColumn("safety", String.class)))
                        .with(
                                "",
                                Optional.of(row.getColumn("trusted", String.class))
                                        .filter(text -> !text.isEmpty())))
                .findOne()
                .map(server -> server.with(
                        values.revealSecrets(SCOPE, Long.MAX_VALUE).getOrDefault(PASSWORD, ""), server.trusted())));
    }

    /// @throws ProblemException `mail.none`
    MailServer require() {
        return find().orElseThrow(() -> Problem.user("mail.none", "no mail server is set, so no mail can be sent")
                .hint("an owner sets it: `johwa notify mail smtp://user@mail.example.com:587 --from johwa@example.com`")
                .exception());
    }

    void set(MailServer server) {
        values.forget("", SCOPE.app());
        if (!server.password().isEmpty()) {
            values.setSecrets(SCOPE, Map.of(PASSWORD, server.password()));
        }
        database.write(handle -> {
            handle.execute("delete from mail_server");
            return handle.createUpdate("insert into mail_server (address, sender, safety, trusted)"
                            + " values (:address, :sender, :safety, :trusted)")
                    .bind("address", server.address())
                    .bind("sender", server.from())
                    .bind("safety", server.safety().name())
                    .bind("trusted", server.trusted().orElse(""))
                    .execute();
        });
    }

    boolean remove() {
        boolean wasThere = database.write(handle -> handle.execute("delete from mail_server") > 0);
        values.forget("", SCOPE.app());
        return wasThere;
    }
}
