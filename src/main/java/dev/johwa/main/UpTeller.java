package dev.johwa.main;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/// Tells that the platform is up, and where.
record UpTeller(Session session, Server server, boolean json) {
    void tell(Path data) {
        if (json) {
            var ready = new LinkedHashMap<String, Object>();
            ready.put("event", "ready");
            ready.put("url", server.url());
            ready.put("edge", server.edgeUrl());
            ready.put("pid", ProcessHandle.current().pid());
            ready.put("edgePid", server.edgePid());
            if (!server.tlsUrl().isEmpty()) {
                ready.put("tls", server.tlsUrl());
            }
            server.stores().kept().address().ifPresent(address -> ready.put("forward", address));
            if (!server.token().isEmpty()) {
                ready.put("token", server.token());
            }
            session.screen().line(Json.write(ready));
            session.surroundings().out().flush();
            return;
        }
        session.screen().line("Johwa is up.");
        session.screen().line("  API and git  " + server.url());
        session.screen().line("  apps         " + server.edgeUrl() + "  (by the header Host)");
        if (!server.tlsUrl().isEmpty()) {
            session.screen().line("  through TLS  " + server.tlsUrl() + "  (API and git)");
        }
        server.stores()
                .kept()
                .address()
                .ifPresent(address ->
                        session.screen().line("  records      " + address + "  (Fluentd's forward protocol)"));
        session.screen().line("  data         " + data);
        if (server.token().isEmpty()) {
            return;
        }
        if (Supervision.isOurs(session.surroundings())) {
            // What we say here is kept in the machine's journal.
            session.screen().line("  a token      sudo johwa tokens new --owner");
        } else {
            var authority = server.url().replaceFirst("http://", "");
            session.screen().line("");
            session.screen().line("The owner's access token, shown this once:");
            session.screen().line("  " + server.token());
            session.screen().line("Push an application:");
            session.screen().line("  git push http://johwa:" + server.token() + "@" + authority + "/NAME.git main");
        }
    }
}
