package dev.johwa.main;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/// Tells that the platform is up, and where.
record UpTeller(Session session, Server server, boolean json) {
    void tell(Path data) {
        if (json) {
            program();
        } else {
            person(data);
        }
    }

    private void program() {
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
    }

    private void person(Path data) {
        line("Johwa is up.");
        line("  API and git  " + server.url());
        line("  apps         " + server.edgeUrl() + "  (by the header Host)");
        if (!server.tlsUrl().isEmpty()) {
            line("  through TLS  " + server.tlsUrl() + "  (API and git)");
        }
        server.stores()
                .kept()
                .address()
                .ifPresent(address -> line("  records      " + address + "  (Fluentd's forward protocol)"));
        line("  data         " + data);
        if (!server.token().isEmpty()) {
            token();
        }
    }

    private void token() {
        if (Supervision.isOurs(session.surroundings())) {
            // What we say here is kept in the machine's journal.
            line("  a token      sudo johwa tokens new --owner");
            return;
        }
        var authority = server.url().replaceFirst("http://", "");
        line("");
        line("The owner's access token, shown this once:");
        line("  " + server.token());
        line("Push an application:");
        line("  git push http://johwa:" + server.token() + "@" + authority + "/NAME.git main");
    }

    private void line(String words) {
        session.screen().line(words);
    }
}
