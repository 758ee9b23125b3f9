package dev.johwa.source.migrate;

import dev.johwa.lib.yaml.Node;

/// What Kamal's proxy does for an application, and its health check: the edge and the release do it here.
final class KamalProxy {
    private static final String CERTIFICATE =
            "with `johwa up --tls` each name gets a certificate, and plain requests" + " are led to it";

    private KamalProxy() {}

    /// @param entry a switch, or a map
    static void tell(Entry entry, Sheet sheet) {
        if (entry.node() instanceof Node.Mapping) {
            rules("*.".repeat(entry.path().size())).tell(entry, sheet);
        } else if (entry.is("false")) {
            sheet.key(entry, "service", "worker");
        } else {
            sheet.asItIs(entry, "the edge leads to it");
        }
    }

    private static Rules rules(String at) {
        var rules = new Rules()
                .on(at + "host", KamalProxy::host)
                .on(at + "hosts", KamalProxy::host)
                .on(at + "app_port", KamalProxy::port)
                .on(at + "healthcheck", KamalProxy::health)
                .on(at + "ssl", KamalProxy::certificate)
                .on(at + "ssl_redirect", KamalProxy::redirect)
                .noNeed("what a proxy before it says is believed by `johwa up --trust-proxy`", at + "forward_headers")
                .on(
                        at + "response_timeout",
                        (entry, sheet) -> entry.text().ifPresent(text -> sheet.key(entry, "limits.answer", text + "s")))
                .on(
                        at + "buffering.max_request_body",
                        (entry, sheet) -> entry.text()
                                .ifPresent(text -> sheet.key(entry, "limits.request", text.replace("_", ""))))
                .noNeed("the edge passes bodies on as they come", at + "buffering.*")
                .on(at + "path_prefix", KamalProxy::path)
                .on(at + "path_prefixes", KamalProxy::path)
                .on(at + "strip_path_prefix", KamalProxy::path)
                .noNeed("requests are in the logs of the edge", at + "logging")
                .noNeed("the edge is the server's", at + "run");
        return rules.on(at + "tls_domain_whitelist", KamalProxy::host);
    }

    private static void host(Entry entry, Sheet sheet) {
        for (var name : String.join(",", entry.texts()).split("\\s*,\\s*")) {
            if (Ruby.isIn(name)) {
                sheet.byHand(entry, "Ruby gives it there: johwa domains add NAME --app " + sheet.app());
            } else {
                Processes.domain(entry, sheet, name);
            }
        }
    }

    private static void port(Entry entry, Sheet sheet) {
        entry.text()
                .filter(text -> text.matches("\\d{1,5}"))
                .ifPresentOrElse(
                        text -> sheet.key(entry, "port", Integer.parseInt(text)),
                        () -> sheet.byHand(entry, "write the port: port: 3000"));
    }

    private static void certificate(Entry entry, Sheet sheet) {
        if (entry.node() instanceof Node.Mapping) {
            sheet.byHandUnseen(
                    entry, "johwa domains add NAME --app " + sheet.app() + " --cert chain.pem --key key.pem");
        } else {
            sheet.asItIs(entry, entry.is("false") ? "without `johwa up --tls` the edge speaks HTTP" : CERTIFICATE);
        }
    }

    private static void redirect(Entry entry, Sheet sheet) {
        if (entry.is("false")) {
            sheet.notYet(entry, "where the server has certificates plain requests are led to them");
        } else {
            sheet.asItIs(entry, CERTIFICATE);
        }
    }

    private static void path(Entry entry, Sheet sheet) {
        sheet.notYet(entry, "an app has names of its own, not paths of another's");
    }

    /// Of the proxy, and of Kamal 1.
    static void health(Entry entry, Sheet sheet) {
        if (!(entry.node() instanceof Node.Mapping)) {
            sheet.noNeed(entry, "that it listens is asked by itself");
            return;
        }
        var at = "*.".repeat(entry.path().size());
        new Rules()
                .on(at + "path", (path, own) -> path.text().ifPresent(text -> own.key(path, "health.path", text)))
                .on(at + "port", KamalProxy::port)
                .notYet("health is asked by a path; a command: verify:", at + "cmd")
                .noNeed(
                        "it is asked each second until it is well, and on",
                        at + "interval",
                        at + "timeout",
                        at + "max_attempts",
                        at + "retries",
                        at + "cord",
                        at + "exposed_port",
                        at + "log_lines")
                .tell(entry, sheet);
    }
}
